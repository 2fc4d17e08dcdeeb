"""What rules say is done, from the end of a cycle to the words on the phone."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from homeassistant.config_entries import ConfigSubentry
from homeassistant.helpers import area_registry as ar, entity_registry as er

from .home import Home
from .test_sending import act

OTHER_PLUG = "sensor.other_plug_power"


async def with_rule(home: Home, name: str, **data: Any) -> None:
    rule = ConfigSubentry(
        data=MappingProxyType(data), subentry_type="rule", title=name, unique_id=None
    )
    home.hass.config_entries.async_add_subentry(home.entry, rule)
    await home.settle()
    await home.wait(10)  # two reports never come at the same instant


async def other_watts(home: Home, value: float) -> None:
    home.hass.states.async_set(
        OTHER_PLUG,
        str(value),
        {"device_class": "power", "unit_of_measurement": "W"},
    )
    await home.hass.async_block_till_done()


def messages(home: Home) -> list[str]:
    return [str(call.data["message"]) for call in home.received]


async def two_finishes(home: Home) -> None:
    """The second kettle ends twenty seconds after the first."""
    await home.watts(1800)
    await other_watts(home, 1800)
    await home.wait(180)
    await home.watts(0)
    await home.wait(20)
    await other_watts(home, 0)
    await home.wait(240)


async def with_two_kettles(home: Home) -> None:
    await other_watts(home, 0)
    home._add("appliance", "Teapot", kind="kettle", power_entity=OTHER_PLUG)
    await home.settle()
    await home.wait(10)


async def test_two_finishes_under_a_rule_are_one_message(home: Home) -> None:
    await with_two_kettles(home)
    together = {"when": {"events": ["cycle_finished"]}, "then": {"group": True}}
    await with_rule(home, "Together", order=1, **together)

    await two_finishes(home)

    (message,) = messages(home)
    assert "Kettle" in message
    assert "Teapot" in message


async def test_without_such_a_rule_they_are_two(home: Home) -> None:
    await with_two_kettles(home)

    await two_finishes(home)

    assert len(messages(home)) == 2


async def test_one_alone_waits_a_minute_and_explains_it_and_urgent_does_not_wait(
    home: Home,
) -> None:
    await with_rule(home, "Together", order=1, then={"group": True})

    answer = await act(home, "send", message="Calm")
    assert messages(home) == []
    loud = await act(home, "send", message="Loud", priority="urgent")
    assert messages(home)[:1] == ["Loud"]
    await home.wait(61)
    assert "Calm" in messages(home)

    ids = (answer["notification_id"], loud["notification_id"])
    calm, urgent = [
        (await act(home, "explain", notification_id=each))["intents"][0] for each in ids
    ]
    assert (
        'Rule "Together" has it wait up to 60 s, to be told together with others'
        " that come" in calm["reasons"]
    )
    assert not any("wait up to" in each for each in urgent["reasons"])


async def test_what_waits_for_company_is_told_after_a_restart_without_a_second_wait(
    home: Home,
) -> None:
    await with_rule(home, "Together", order=1, then={"group": True})
    await act(home, "send", message="One")
    await home.wait(40)
    await home.hass.config_entries.async_reload(home.entry.entry_id)
    await home.wait(10)
    assert messages(home) == []

    await home.wait(20)

    assert messages(home) == ["One"]


async def test_what_a_rule_keeps_is_told_when_what_it_asks_for_has_ended(
    home: Home,
) -> None:
    """By a state, by a room, and by a condition of Home Assistant."""
    hass, registry = home.hass, er.async_get(home.hass)
    area = ar.async_get(hass).async_create("Cinema")
    sensor = registry.async_get_or_create(
        "binary_sensor", "test", "seat", original_device_class="occupancy"
    )
    registry.async_update_entity(sensor.entity_id, area_id=area.id)
    film = registry.async_get_or_create("input_boolean", "test", "film")
    ends = {"film": film.entity_id, "seat": sensor.entity_id, "light": "light.hall"}
    for entity_id in ends.values():
        hass.states.async_set(entity_id, "on")
    condition = {"condition": "state", "entity_id": "light.hall", "state": "on"}
    whens: dict[str, dict[str, Any]] = {
        "film": {"states": [{"entity": film.id, "state": "on"}]},
        "seat": {"rooms": [area.id]},
        "light": {"condition": [condition]},
    }
    for order, (event, when) in enumerate(whens.items(), start=1):
        about = {"events": [event], **when}
        await with_rule(
            home, event, order=order, when=about, then={"hold": "rule_ends"}
        )
    for event in whens:
        await act(home, "send", event=event, message=event)
    await home.wait(20 * 60)
    assert messages(home) == [], "it was asked again, and they hold"

    for number, (event, entity_id) in enumerate(ends.items()):
        hass.states.async_set(entity_id, "off")
        await home.settle()
        assert messages(home)[number:] == [event]
        await home.wait(30)


async def test_a_rule_keeps_messages_while_the_recipient_is_in_a_room(
    home: Home,
) -> None:
    hass = home.hass
    bath = ar.async_get(hass).async_create("Bath")
    ar.async_get(hass).async_create("Hall")
    hass.states.async_set("sensor.annas_watch", "bath")
    anna = next(each for each in home.entry.subentries.values() if each.title == "Anna")
    hass.config_entries.async_update_subentry(
        home.entry, anna, data={**anna.data, "room_entity": "sensor.annas_watch"}
    )
    await with_rule(
        home,
        "Bath",
        order=1,
        when={"recipient_rooms": [bath.id]},
        then={"hold": "rule_ends"},
    )
    await act(home, "send", message="Calm")
    await home.wait(60)
    assert messages(home) == []

    hass.states.async_set("sensor.annas_watch", "hall")
    await home.settle()

    assert messages(home) == ["Calm"]
