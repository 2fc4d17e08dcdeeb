"""Events of other systems are told to people without an automation."""

from __future__ import annotations

from dataclasses import replace

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
import pytest

from custom_components.reliable_notifications.appliances.chronicle import ApplianceSpec
from custom_components.reliable_notifications.decisions.bindings import Bindings, Bound
from custom_components.reliable_notifications.decisions.handover import LONGEST, MOST
from custom_components.reliable_notifications.engine.routing.catalogue import (
    CATALOGUE,
    Binding,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    ApplianceKind,
    Event,
    Priority,
)

from .home import Home


class Told:
    """Notes what is to be told."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.error: HomeAssistantError | None = None

    async def say(self, event: Event) -> None:
        if self.error is not None:
            raise self.error
        self.events.append(event)


def _bound(key: str = "repair_approved", **more: str) -> Bound:
    match = {"ticket.state": "approved"}
    return Bound(
        name="Shop",
        binding=Binding(event_type="shop_ticket", key=key, match=match),
        **more,
    )


KETTLE = ApplianceSpec(
    id="kettle-1",
    name="Kettle",
    kind=ApplianceKind.KETTLE,
    power_entity=None,
    priority=Priority.HIGH,
)


def _listening(hass: HomeAssistant, told: Told, *bound: Bound) -> Bindings:
    bindings = Bindings(hass, bound, CATALOGUE, told.say, [KETTLE])
    bindings.async_start()
    return bindings


async def test_it_is_told_as_the_catalogue_says(hass: HomeAssistant) -> None:
    told = Told()
    bindings = _listening(hass, told, _bound())
    ticket = {"state": "approved", "id": 17, "parts": ["a"], "urgent": None}
    hass.bus.async_fire("shop_ticket", {"ticket": ticket, "shop": "x" * 900})
    hass.bus.async_fire("shop_ticket", {"ticket": {"state": "open"}})
    await hass.async_block_till_done()
    [event] = told.events
    assert (event.key, event.priority) == ("repair_approved", Priority.URGENT)
    assert (event.category, event.title, event.message) == ("repair", "", "")
    assert event.data == {
        "ticket_state": "approved",
        "ticket_id": 17,
        "ticket_urgent": None,
        "shop": "x" * 200,
    }
    bindings.async_stop()
    hass.bus.async_fire("shop_ticket", {"ticket": ticket})
    await hass.async_block_till_done()
    assert len(told.events) == 1


async def test_one_text_of_ones_own_and_one_that_fails(
    hass: HomeAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    told = Told()
    own = _bound(
        title="Ticket {{ event.ticket.id }}", message="{{ event.x | nothing }}"
    )
    _listening(hass, told, own)
    hass.bus.async_fire("shop_ticket", {"ticket": {"state": "approved", "id": 17}})
    await hass.async_block_till_done()
    [event] = told.events
    assert (event.title, event.message) == ("Ticket 17", "")
    assert "The text of Shop cannot be made, so the usual one is told" in caplog.text


async def test_two_meanings_are_told_and_the_same_one_once(hass: HomeAssistant) -> None:
    told = Told()
    _listening(
        hass, told, _bound(), _bound("my_own"), _bound(title="A second binding of it")
    )
    hass.bus.async_fire("shop_ticket", {"ticket": {"state": "approved"}})
    await hass.async_block_till_done()
    assert {(each.key, each.title) for each in told.events} == {
        ("repair_approved", ""),
        ("my_own", ""),
    }
    assert told.events[1].priority is Priority.MEDIUM


async def test_what_cannot_be_told_is_said_in_the_log(
    hass: HomeAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    told = Told()
    told.error = HomeAssistantError("The disk is full")
    _listening(hass, told, _bound())
    hass.bus.async_fire("shop_ticket", {"ticket": {"state": "approved"}})
    await hass.async_block_till_done()
    assert "Shop could not be told: The disk is full" in caplog.text


@pytest.mark.parametrize(
    ("key", "appliance", "data", "source"),
    [
        # as chosen in the form, as a template finds it, as an appliance event says it
        ("my_own", "kettle-1", {}, "kettle-1"),
        ("my_own", "{{ event.device }}", {"device": "kettle"}, "kettle-1"),
        ("cycle_finished", "", {"appliance": "KETTLE"}, "kettle-1"),
        # one that is not set up is told without its rules
        ("cycle_finished", "", {"appliance": "Boat"}, None),
        ("my_own", "", {"appliance": "Kettle"}, None),
        ("my_own", "{{ event.device }}", {"device": "Boat"}, None),
    ],
)
async def test_which_appliance_it_is_about(
    hass: HomeAssistant,
    caplog: pytest.LogCaptureFixture,
    key: str,
    appliance: str,
    data: dict[str, str],
    source: str | None,
) -> None:
    told = Told()
    binding = Binding(event_type="shop", key=key, match={})
    _listening(hass, told, Bound(name="Shop", binding=binding, appliance=appliance))
    hass.bus.async_fire("shop", data)
    await hass.async_block_till_done()
    [event] = told.events
    assert event.source == source
    assert ("not set up: Boat" in caplog.text) is bool(appliance and not source)
    is_loud = (key, source) == ("cycle_finished", "kettle-1")
    assert event.priority is (Priority.HIGH if is_loud else Priority.MEDIUM)
    said = data.get("appliance") or (source and "Kettle")
    assert event.data.get("appliance") == said


async def test_what_is_said_during_a_reload_is_told_after_it(home: Home) -> None:
    data = {"event_type": "shop_ticket", "key": "repair_approved"}
    home._add("binding", "Shop", **data, message="Ticket {{ event.id }}")
    home._add("recipient", "Tina", channels=_of_anna(home), roles=["technician"])
    await home.settle()
    manager, bus = home.hass.config_entries, home.hass.bus

    await manager.async_unload(home.entry.entry_id)
    bus.async_fire("shop_ticket", {"id": 1})
    home.clock.tick(LONGEST + 1)
    bus.async_fire("shop_ticket", {"id": 2})
    bus.async_fire("shop_ticket", {"id": 3})
    await manager.async_setup(home.entry.entry_id)
    await home.settle()

    told = [str(call.data["message"]) for call in home.received]
    assert told == ["Ticket 2", "Ticket 3"], "and what is no news any more is not told"
    bus.async_fire("shop_ticket", {"id": 4})
    await home.settle()
    assert [str(call.data["message"]) for call in home.received][2:] == ["Ticket 4"]


async def test_an_entry_that_is_removed_listens_no_more(home: Home) -> None:
    home._add("binding", "Shop", event_type="shop_ticket", key="repair_approved")
    await home.settle()
    assert home.hass.bus.async_listeners()["shop_ticket"] == 1

    await home.hass.config_entries.async_remove(home.entry.entry_id)

    assert "shop_ticket" not in home.hass.bus.async_listeners()


async def test_of_a_storm_during_a_reload_the_latest_are_told(
    hass: HomeAssistant,
) -> None:
    told = Told()
    bound = replace(_bound(), binding=replace(_bound().binding, match={}))
    _listening(hass, told, bound).async_stop()
    for number in range(MOST + 5):
        hass.bus.async_fire("shop_ticket", {"number": number})
    _listening(hass, told, bound)
    await hass.async_block_till_done()
    assert [each.data["number"] for each in told.events] == list(range(5, MOST + 5))


def _of_anna(home: Home) -> list[str]:
    return next(
        list(each.data["channels"])
        for each in home.entry.subentries.values()
        if each.title == "Anna"
    )
