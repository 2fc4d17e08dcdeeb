"""The snapshot of the household: rooms, channels, the internet, what was switched."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
import json
from pathlib import Path
import time

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)

from custom_components.reliable_notifications.adapters.asked import ChannelPlace, Picked
from custom_components.reliable_notifications.engine.vocabulary import (
    AttemptResult,
    Evidence,
    Trouble,
)

from .lived_in_house import ANNA, House


@pytest.fixture
async def house(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, tmp_path: Path
) -> AsyncIterator[House]:
    freezer.move_to("2026-11-21T20:00:00+00:00")
    place = House(hass, tmp_path)
    yield place
    await place.close()


async def _pass(house: House, clock: FrozenDateTimeFactory, seconds: float) -> None:
    clock.tick(timedelta(seconds=seconds))
    async_fire_time_changed(house.hass)
    await house.hass.async_block_till_done()


async def test_rooms_are_occupied_empty_or_unknown(
    house: House, freezer: FrozenDateTimeFactory
) -> None:
    kitchen, hall, den, attic = (
        house.area(name) for name in ("Kitchen", "Hall", "Den", "Attic")
    )
    radar = house.entity(
        "binary_sensor",
        "mqtt",
        "radar",
        area=kitchen,
        original_device_class="occupancy",
    )
    pir = house.entity(
        "binary_sensor", "mqtt", "pir", area=hall, original_device_class="motion"
    )
    sofa = house.device("cast", "Television")
    dr.async_get(house.hass).async_update_device(sofa, area_id=den)
    tv = house.entity("media_player", "cast", "tv", device_id=sofa)
    house.entity(
        "binary_sensor", "mqtt", "gone", area=attic, original_device_class="presence"
    )
    house.entity(
        "binary_sensor", "mqtt", "smoke", area=attic, original_device_class="smoke"
    )
    await house.open()
    states = house.hass.states
    for entity in (radar, pir):
        states.async_set(entity, "off")
    states.async_set(tv, "idle")
    # motion that stays away and music that is off do not prove an empty room
    assert house.facts().rooms == {kitchen: False, hall: None, den: None, attic: None}
    for entity in (radar, pir):
        states.async_set(entity, "on")
    states.async_set(tv, "playing")
    assert house.facts().rooms == {kitchen: True, hall: True, den: True, attic: None}
    states.async_set(radar, "unavailable")
    assert house.facts().rooms[kitchen] is None


async def test_a_sensor_can_be_ignored_and_a_disabled_one_is(house: House) -> None:
    kitchen = house.area("Kitchen")
    radar = house.entity(
        "binary_sensor", "mqtt", "r", area=kitchen, original_device_class="occupancy"
    )
    house.entity(
        "binary_sensor",
        "mqtt",
        "off",
        area=kitchen,
        original_device_class="occupancy",
        disabled_by=er.RegistryEntryDisabler.USER,
    )
    house.hass.states.async_set(radar, "on")
    await house.open()
    assert house.facts().rooms == {kitchen: True}
    await house.close()
    house.picked = Picked(ignored=frozenset({radar}))
    await house.open()
    assert house.facts().rooms == {}


@pytest.mark.parametrize(
    ("platform", "unique_id", "key"),
    [
        ("alexa_devices", "G090-do_not_disturb", "do_not_disturb"),
        ("alexa_devices", "G090-dnd", None),
    ],
)
async def test_the_silence_of_a_speaker_is_that_of_its_channel(
    house: House, platform: str, unique_id: str, key: str | None
) -> None:
    echo = house.device(platform, "Echo")
    switch = house.entity(
        "switch", platform, unique_id, device_id=echo, translation_key=key
    )
    house.channels["echo"] = ChannelPlace(device_id=echo, kind="alexa", local=False)
    house.channels["inbox"] = ChannelPlace(device_id=None, kind="inbox", local=True)
    await house.open()
    assert house.facts().channels["echo"].do_not_disturb is None
    house.hass.states.async_set(switch, "on")
    facts = house.facts()
    assert facts.channels["echo"].do_not_disturb is True
    assert facts.channels["inbox"].do_not_disturb is None
    assert facts.people == {}


async def test_channels_that_are_down_and_the_way_to_their_services(
    house: House,
) -> None:
    for name in ("push", "sms"):
        house.channels[name] = ChannelPlace(device_id=None, kind=name, local=False)
    await house.open()
    assert house.facts().internet is None
    assert house.facts().channels["push"].healthy is True
    broken = AttemptResult(
        evidence=Evidence.UNREACHABLE, trouble=Trouble.OUTAGE, detail="no route"
    )
    for number in range(6):
        at = house.facts().at + 10.0 * number
        house.health.heard("push", broken, at, at)
    facts = house.facts()
    assert facts.channels["push"].healthy is False
    assert facts.channels["push"].until is not None
    assert facts.channels["push"].reason == "no route"
    assert facts.internet is None  # one service may be down by itself
    for number in range(6):
        at = facts.at + 10.0 * number
        house.health.heard("sms", broken, at, at)
    assert house.facts().internet is False


async def test_the_host_knows_whether_it_is_online(house: House) -> None:
    await house.open()
    for online in (True, False):
        house.hass.data["hassio_network_info"] = {"host_internet": online}
        assert house.facts().internet is online
    house.hass.data["hassio_network_info"] = {"host_internet": None}
    assert house.facts().internet is None


async def test_states_that_rules_ask_for_and_what_was_switched(house: House) -> None:
    house.hass.states.async_set("sensor.season", "winter")
    house.hass.states.async_set("sensor.away", "unavailable")
    await house.open()
    facts = house.facts(("sensor.season", "sensor.away", "sensor.none"), {"rule": True})
    assert facts.states == {
        "sensor.season": "winter",
        "sensor.away": None,
        "sensor.none": None,
    }
    assert facts.conditions == {"rule": True}
    assert (facts.guest, facts.vacation, facts.paused_until) == (False, False, None)
    house.changes = 0
    await house.modes.async_change(guest=True)
    await house.modes.async_pause(facts.at + 60.0)
    assert house.changes == 2
    after = house.facts()
    assert after.guest is True
    assert after.paused_until == facts.at + 60.0


async def test_a_snapshot_of_a_large_house_is_cheap(house: House) -> None:
    """2 ms of the 20 that are given from an event to the first call."""
    for number in range(40):
        area = house.area(f"Room {number}")
        for kind in ("occupancy", "motion"):
            entity = house.entity(
                "binary_sensor",
                "mqtt",
                f"{kind}{number}",
                area=area,
                original_device_class=kind,
            )
            house.hass.states.async_set(entity, "off")
    for number in range(20):
        person = f"person.p{number}"
        house.inhabitant(f"p{number}", person)
        house.person("home", person)
    await house.open()
    house.facts()
    runs = 50
    begin = time.process_time()
    for _ in range(runs):
        house.facts()
    assert (time.process_time() - begin) / runs < 0.002


async def test_an_entry_of_the_app_without_a_user_is_nobodys(house: House) -> None:
    MockConfigEntry(domain="mobile_app", data={}).add_to_hass(house.hass)
    phone = house.device("mobile_app", "Nobody's", webhook_id="w9")
    dnd = house.entity("sensor", "mobile_app", "w9_dnd_sensor", device_id=phone)
    house.hass.states.async_set(dnd, "total_silence")
    house.inhabitant("anna", ANNA)
    house.person("home")
    await house.open()
    assert house.of("anna").do_not_disturb is None


HOUR = 3600.0


async def test_everybody_away_for_long_are_on_vacation(
    house: House, freezer: FrozenDateTimeFactory
) -> None:
    house.inhabitant("anna", ANNA)
    house.inhabitant("ben", "person.ben")
    house.inhabitant("workshop")
    house.picked = Picked(vacation_after=36 * HOUR)
    house.person("not_home")
    house.person("home", "person.ben")
    await house.open()
    await _pass(house, freezer, 40 * HOUR)
    assert house.facts().vacation is False

    house.person("not_home", "person.ben")
    await house.hass.async_block_till_done()
    await _pass(house, freezer, 35 * HOUR)
    house.person("Beach", "person.ben")  # another zone is no arrival
    await house.hass.async_block_till_done()
    assert house.facts().vacation is False
    await house.close()
    await house.open()  # since when is known over a restart
    await _pass(house, freezer, 1 * HOUR)
    assert house.facts().vacation is True

    house.person("unknown")
    assert house.facts().vacation is None
    house.person("home")
    assert house.facts().vacation is False


async def test_vacation_is_what_a_calendar_says_beside_how_long_they_are_away(
    house: House, freezer: FrozenDateTimeFactory
) -> None:
    house.inhabitant("anna", ANNA)
    house.person("home")
    house.picked = Picked(vacation="calendar.family", vacation_after=36 * HOUR)
    await house.open()
    assert house.facts().vacation is None
    for said, known in (("off", False), ("on", True)):
        house.hass.states.async_set("calendar.family", said)
        assert house.facts().vacation is known
    house.hass.states.async_set("calendar.family", "unavailable")
    house.person("not_home")
    await house.hass.async_block_till_done()
    await _pass(house, freezer, 36 * HOUR)
    assert house.facts().vacation is True


async def test_of_nobody_it_is_not_known_how_long_they_are_away(house: House) -> None:
    house.picked = Picked(vacation_after=36 * HOUR)
    await house.open()
    assert house.facts().vacation is None


async def test_what_an_older_version_knew_counts_from_when_it_was_last_known(
    house: House, freezer: FrozenDateTimeFactory
) -> None:
    house.inhabitant("anna", ANNA)
    house.person("not_home")
    house.picked = Picked(vacation_after=36 * HOUR)
    at = dt_util.utcnow().timestamp() - 30 * HOUR
    await house.database.open()
    await house.database.write(
        lambda connection: connection.execute(
            "INSERT INTO meta (key, value) VALUES ('last_known_home', ?)",
            (json.dumps({ANNA: [False, at]}),),
        )
    )
    await house.database.close()
    await house.open()
    assert house.facts().vacation is False
    await _pass(house, freezer, 6 * HOUR)
    assert house.facts().vacation is True
