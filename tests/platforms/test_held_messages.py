"""Held messages in a real core: they come out once, at their time or never."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.reliable_notifications.adapters.parcel import Parcel
from custom_components.reliable_notifications.const import DOMAIN
from custom_components.reliable_notifications.engine.vocabulary import (
    InterruptionLevel,
    Priority,
)

from .home import Home, lived_in
from .laundry import DOOR, Laundry
from .test_sending import act, subentry

# from ten in the evening to seven in the morning
QUIET = [{"start": 22 * 60, "end": 7 * 60}]
ANNA = "person.anna"
HIGH, MEDIUM, LOW = Priority.HIGH, Priority.MEDIUM, Priority.LOW


@pytest.fixture
async def night(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, tmp_path: Path
) -> AsyncIterator[Laundry]:
    """A quarter past ten in the evening, in a house that wants quiet since ten."""
    freezer.move_to("2026-11-21T22:15:00+00:00")
    await hass.config.async_set_time_zone("UTC")
    hass.config.config_dir = str(tmp_path)
    place = Laundry(hass, freezer)
    place.beside = {"door_entity": DOOR}
    place.door("off")
    place.entry = MockConfigEntry(
        domain=DOMAIN, title="Ours", data={}, options={"quiet": QUIET}
    )
    async with lived_in(place):
        yield place


async def _records(home: Home) -> list[tuple[str, str, str]]:
    log = await home.entry.runtime_data.outbox.records_since(0)
    return [(each.event, each.state.value, each.reason) for each in log]


async def test_the_washer_that_ends_at_night_is_told_in_the_morning(
    night: Laundry,
) -> None:
    await night.wash()
    assert [event for event, state, _ in await _records(night)] == ["cycle_finished"]
    assert night.received == []
    # not over a restart either, and not a second time after it
    assert await night.hass.config_entries.async_reload(night.entry.entry_id)
    await night.settle()
    assert night.received == []
    await night.wait(9 * 3600, step=600)
    # the reminders that were held with it have taken its place, and each other's
    assert len(night.received) == 1
    assert "Washer" in night.received[0].data["title"]
    records = await _records(night)
    assert records[0] == (
        "cycle_finished",
        "resolved",
        "A later message replaces it",
    )
    assert [state for _, state, _ in records].count("done") == 1


async def test_what_was_emptied_before_the_morning_is_not_told(night: Laundry) -> None:
    await night.wash()
    await night.wait(600, step=60)
    night.door("on")
    await night.settle()
    await night.wait(10 * 3600, step=600)
    assert night.received == []
    assert ("cycle_finished", "resolved", "emptied") in await _records(night)


async def test_urgent_passes_the_night(night: Laundry) -> None:
    answer = await act(night, "send", message="Water!", priority="urgent")
    await night.wait(5, 1)
    assert [call.data["message"] for call in night.received] == ["Water!"]
    assert any("quiet" in each.lower() for each in answer["intents"][0]["reasons"])


async def test_the_first_who_comes_home_is_told_at_once(home: Home) -> None:
    anna = home.entry.subentries[subentry(home, "Anna")]
    home.hass.states.async_set(ANNA, "not_home")
    home.hass.config_entries.async_update_subentry(
        home.entry, anna, data={**anna.data, "person": ANNA}
    )
    await home.settle()
    answer = await act(home, "send", message="The parcel is here")
    assert answer["intents"][0]["outcome"] == "hold"
    await home.wait(3600, step=600)
    assert home.received == []
    home.hass.states.async_set(ANNA, "home")
    await home.settle()
    assert [call.data["message"] for call in home.received] == ["The parcel is here"]
    home.hass.states.async_set(ANNA, "not_home")
    home.hass.states.async_set(ANNA, "home")
    await home.settle()
    assert len(home.received) == 1


async def test_an_incident_that_is_over_is_not_told_when_the_pause_ends(
    home: Home,
) -> None:
    await act(home, "pause")
    await act(home, "send", message="Window open, rain soon", incident="window")
    await act(home, "resolve", incident="window")
    await act(home, "resume")
    await home.wait(5, 1)
    assert home.received == []
    assert [state for _, state, _ in await _records(home)] == ["resolved"]


async def _by_rule(home: Home, when: dict[str, Any], then: dict[str, Any]) -> None:
    home._add("rule", "Ours", when=when, then=then)
    await home.settle()


async def test_rules_are_heard_with_the_states_they_ask_for(home: Home) -> None:
    home.hass.states.async_set("input_boolean.film", "on")
    await _by_rule(
        home,
        {"states": [{"entity": "input_boolean.film", "state": "on"}]},
        {"drop": True},
    )
    answer = await act(home, "send", message="Hello")
    assert answer["intents"][0]["outcome"] == "drop"
    assert any("Ours" in each for each in answer["intents"][0]["reasons"])
    home.hass.states.async_set("input_boolean.film", "off")
    await act(home, "send", message="Hello again")
    assert [call.data["message"] for call in home.received] == ["Hello again"]


async def test_conditions_of_rules_are_asked(home: Home) -> None:
    home.hass.states.async_set("sun.sun", "below_horizon")
    condition = [
        {"condition": "state", "entity_id": "sun.sun", "state": "below_horizon"}
    ]
    await _by_rule(home, {"condition": condition}, {"drop": True})
    answer = await act(home, "send", message="Hello")
    assert answer["intents"][0]["outcome"] == "drop"
    home.hass.states.async_set("sun.sun", "above_horizon")
    answer = await act(home, "send", message="Hello")
    assert answer["intents"][0]["outcome"] == "deliver"


async def test_a_rule_makes_it_softer_only_for_as_long_as_it_holds(
    night: Laundry,
) -> None:
    night.hass.config_entries.async_update_entry(night.entry, options={})
    night._add(
        "rule",
        "Softly at night",
        when={"spans": QUIET},
        then={"priority": "low", "hold": "span_ends"},
    )
    await night.settle()
    answer = await act(night, "send", message="Filter is full", acknowledge=True)

    async def parcel() -> Parcel:
        outbox = night.entry.runtime_data.outbox
        (found,) = await outbox.of_notification(answer["notification_id"])
        return found

    held = await parcel()
    assert held.level is InterruptionLevel.PASSIVE
    assert (held.priority, held.notification.priority) == (LOW, MEDIUM)
    # nor does a restart at night take the softer one for the event's own
    assert await night.hass.config_entries.async_reload(night.entry.entry_id)
    await night.wait(8 * 3600, step=600)
    assert night.received == []
    await night.wait(3600, step=300)

    assert [call.data["message"] for call in night.received] == ["Filter is full"]
    told = await parcel()
    assert told.level is InterruptionLevel.ACTIVE
    assert (told.priority, told.notification.priority) == (MEDIUM, MEDIUM)
    records = await night.entry.runtime_data.outbox.records_since(0)
    assert [each.priority for each in records] == [MEDIUM]


async def test_what_a_rule_has_made_louder_is_so_when_it_was_put_off(
    home: Home,
) -> None:
    home._add("rule", "Loudly", when={"events": ["message"]}, then={"priority": "high"})
    await home.settle()
    answer = await act(home, "send", message="Filter is full", acknowledge=True)
    await home.wait(60)
    await act(home, "snooze", intent_id=answer["intents"][0]["intent_id"], minutes=5)

    again = await home.entry.runtime_data.outbox.last_notification()
    assert again is not None
    (parcel,) = await home.entry.runtime_data.outbox.of_notification(again.id)
    assert again.id != answer["notification_id"]
    assert (parcel.priority, again.priority) == (HIGH, MEDIUM)
    assert parcel.level is InterruptionLevel.TIME_SENSITIVE
    assert parcel.acknowledge
    assert parcel.delivery.deadline == parcel.created_at + 12 * 3600 + 5 * 60
    await home.wait(6 * 60, 30)
    assert [call.data["message"] for call in home.received] == ["Filter is full"] * 2
