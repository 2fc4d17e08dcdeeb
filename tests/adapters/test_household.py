"""The snapshot of the household: what is found by itself, and what stays unknown."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar, entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import (
    async_fire_time_changed,
)

from custom_components.reliable_notifications.adapters.asked import ChannelPlace, Picked
from custom_components.reliable_notifications.engine.vocabulary import (
    PersonFacts,
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


@pytest.mark.parametrize(
    ("state", "home"),
    [
        ("home", True),
        ("not_home", False),
        ("Work", False),
        ("unknown", None),
        ("unavailable", None),
        (None, None),
    ],
)
async def test_a_person_is_home_away_or_unknown(
    house: House, state: str | None, home: bool | None
) -> None:
    house.inhabitant("anna", ANNA)
    if state is not None:
        house.person(state)
    await house.open()
    assert house.of("anna").home is home


async def test_the_last_known_place_stands_with_its_time(
    house: House, freezer: FrozenDateTimeFactory
) -> None:
    house.inhabitant("anna", ANNA)
    house.person("home")
    await house.open()
    begin = house.facts().at
    assert house.of("anna") == PersonFacts(home=True, last_home=True, home_at=begin)
    await _pass(house, freezer, 600)
    house.person("unavailable")
    await house.hass.async_block_till_done()
    await _pass(house, freezer, 60)
    assert house.of("anna") == PersonFacts(
        home=None, last_home=True, home_at=begin + 600
    )


async def test_the_last_known_place_survives_a_restart(
    house: House, freezer: FrozenDateTimeFactory
) -> None:
    house.inhabitant("anna", ANNA)
    house.inhabitant("bert", "person.bert")
    house.person("not_home")
    await house.open()
    begin = house.facts().at
    await _pass(house, freezer, 100)
    await house.close()
    house.hass.states.async_remove(ANNA)
    await _pass(house, freezer, 50)
    await house.open()
    assert house.of("anna") == PersonFacts(
        home=None, last_home=False, home_at=begin + 100
    )
    assert house.of("bert") == PersonFacts()


async def test_a_person_that_changes_is_told_at_once(house: House) -> None:
    house.inhabitant("anna", ANNA)
    house.person("not_home")
    await house.open()
    house.changes = 0
    house.person("home")
    await house.hass.async_block_till_done()
    assert house.changes == 1
    house.person("home", source="device_tracker.phone")
    await house.hass.async_block_till_done()
    assert house.changes == 1


async def test_phones_are_found_by_user_by_tracker_and_by_channel(
    house: House, freezer: FrozenDateTimeFactory
) -> None:
    by_user = house.device("mobile_app", "Pixel", user_id="u1", webhook_id="w1")
    by_tracker = house.device("mobile_app", "Tablet", user_id="u2", webhook_id="w2")
    by_channel = house.device("mobile_app", "Old", user_id="u3", webhook_id="w3")
    strangers = house.device("mobile_app", "Bert's", user_id="u4", webhook_id="w4")
    tracker = house.entity("device_tracker", "mobile_app", "t", device_id=by_tracker)
    silence = {
        device: house.entity(
            "sensor", "mobile_app", f"w_{device}_dnd_sensor", device_id=device
        )
        for device in (by_user, by_tracker, by_channel, strangers)
    }
    house.channels["c"] = ChannelPlace(
        device_id=by_channel, kind="mobile_app", local=False
    )
    house.inhabitant("anna", ANNA, ("c",))
    house.person("home", user_id="u1", device_trackers=[tracker])
    await house.open()
    states = house.hass.states
    for device in (by_user, by_tracker, by_channel):
        for other in silence.values():
            states.async_set(other, "off")
        assert house.of("anna").do_not_disturb is False
        states.async_set(silence[device], "priority_only")
        assert house.of("anna").do_not_disturb is True, device
        states.async_set(silence[device], "off")
    states.async_set(silence[strangers], "total_silence")
    assert house.of("anna").do_not_disturb is False
    states.async_set(silence[by_user], "unavailable")
    assert house.of("anna").do_not_disturb is None


async def test_the_focus_of_an_iphone_that_came_later_is_heard(
    house: House, freezer: FrozenDateTimeFactory
) -> None:
    house.inhabitant("anna", ANNA)
    house.person("home", user_id="u1")
    await house.open()
    assert house.of("anna").do_not_disturb is None
    phone = house.device("mobile_app", "iPhone", user_id="u1", webhook_id="w1")
    focus = house.entity("binary_sensor", "mobile_app", "w1_focus", device_id=phone)
    await house.hass.async_block_till_done()
    await _pass(house, freezer, 2)
    house.hass.states.async_set(focus, "on")
    await house.hass.async_block_till_done()
    assert house.of("anna").do_not_disturb is True
    house.changes = 0
    house.hass.states.async_set(focus, "off")
    await house.hass.async_block_till_done()
    assert house.changes == 1
    assert house.of("anna").do_not_disturb is False


@pytest.mark.parametrize(
    ("confidence", "asleep"),
    [
        ("100", True),
        ("75", True),
        ("50", None),
        ("25", False),
        ("0", False),
        ("unknown", None),
        ("nan", None),
    ],
)
async def test_a_phone_that_is_sure_of_sleep(
    house: House, confidence: str, asleep: bool | None
) -> None:
    phone = house.device("mobile_app", "Pixel", user_id="u1", webhook_id="w1")
    sensor = house.entity(
        "sensor", "mobile_app", "w1_sleep_confidence", device_id=phone
    )
    house.inhabitant("anna", ANNA)
    house.person("home", user_id="u1")
    house.hass.states.async_set(sensor, confidence)
    await house.open()
    assert house.of("anna").asleep is asleep


async def test_phones_that_contradict_each_other_say_nothing(house: House) -> None:
    house.inhabitant("anna", ANNA)
    house.person("home", user_id="u1")
    for number, sure in enumerate(("95", "5")):
        phone = house.device("mobile_app", f"p{number}", user_id="u1")
        sensor = house.entity(
            "sensor", "mobile_app", f"{number}_sleep_confidence", device_id=phone
        )
        house.hass.states.async_set(sensor, sure)
    await house.open()
    assert house.of("anna").asleep is None


async def test_what_was_picked_stands_in_place_of_what_is_found(house: House) -> None:
    phone = house.device("mobile_app", "Pixel", user_id="u1", webhook_id="w1")
    found = house.entity("sensor", "mobile_app", "w1_dnd_sensor", device_id=phone)
    house.inhabitant("anna", ANNA)
    house.person("home", user_id="u1")
    house.picked = Picked(
        sleep={"anna": "schedule.night"},
        do_not_disturb={"anna": "input_boolean.meeting"},
        guest="input_boolean.visitors",
        vacation="binary_sensor.away_for_long",
        internet="binary_sensor.ping",
    )
    states = house.hass.states
    states.async_set(found, "total_silence")
    await house.open()
    facts = house.facts()
    assert facts.people["anna"].do_not_disturb is None
    assert (facts.guest, facts.vacation, facts.internet) == (None, None, None)
    for entity, state in (
        ("schedule.night", "on"),
        ("input_boolean.meeting", "off"),
        ("input_boolean.visitors", "on"),
        ("binary_sensor.away_for_long", "off"),
        ("binary_sensor.ping", "off"),
    ):
        states.async_set(entity, state)
    facts = house.facts()
    assert facts.people["anna"].asleep is True
    assert facts.people["anna"].do_not_disturb is False
    assert (facts.guest, facts.vacation, facts.internet) == (True, False, False)


async def test_a_recipient_without_a_person_is_no_unknown_inhabitant(
    house: House,
) -> None:
    house.inhabitant("anna", ANNA)
    house.inhabitant("workshop")
    await house.open()
    assert house.facts().people.keys() == {"anna"}


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("Living Room", True),
        ("living_room", True),
        (" LIVING ROOM ", True),
        ("lounge", True),
        ("not_home", False),
        ("unknown", False),
        ("unavailable", False),
        ("Garage", False),
        ("", False),
    ],
)
async def test_the_room_of_a_person_is_what_a_sensor_names(
    house: House, said: str, known: bool
) -> None:
    areas = ar.async_get(house.hass)
    area = areas.async_create("Living Room", aliases={"Lounge"})
    house.inhabitant("anna", ANNA)
    house.inhabitant("ben")
    tag = house.entity("sensor", "espresense", "anna")
    entry = er.async_get(house.hass).async_get(tag)
    assert entry is not None
    house.picked = Picked(whereabouts={"anna": entry.id, "ben": "sensor.gone"})
    house.hass.states.async_set(tag, said)
    await house.open()

    assert house.of("anna").room == (area.id if known else None)
    assert house.of("ben").room is None


async def test_a_room_that_gets_another_name_is_known_by_it(
    house: House, freezer: FrozenDateTimeFactory
) -> None:
    areas = ar.async_get(house.hass)
    area = areas.async_create("Den")
    house.inhabitant("anna")
    house.picked = Picked(whereabouts={"anna": "sensor.tag"})
    house.hass.states.async_set("sensor.tag", "study")
    await house.open()
    assert house.of("anna").room is None
    areas.async_update(area.id, name="Study")
    await _pass(house, freezer, 1.1)
    assert house.of("anna").room == area.id
