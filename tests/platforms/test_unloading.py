"""After the finish: who says that the appliance is empty, and who is reminded."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest

from .home import Home, lived_in
from .laundry import DOOR, Laundry

WAITING = ("binary_sensor", "waiting_to_be_emptied")


@pytest.fixture
async def laundry(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, tmp_path: Path
) -> AsyncIterator[Laundry]:
    freezer.move_to("2026-11-21T07:00:00+00:00")
    hass.config.config_dir = str(tmp_path)
    place = Laundry(hass, freezer)
    place.beside = {"door_entity": DOOR}
    place.door("off")
    async with lived_in(place):
        yield place


async def test_the_door_ends_the_waiting(laundry: Laundry) -> None:
    assert laundry.value(*WAITING) == "off"
    await laundry.wash()
    assert laundry.value(*WAITING) == "on"
    waiting = laundry.hass.states.get(laundry.entity(*WAITING))
    assert waiting is not None
    finish = laundry.heard("cycle_finished")[0]
    assert waiting.attributes["since"].isoformat() == finish["ended_at"]
    await laundry.wait(300, step=60)
    laundry.door("on")
    await laundry.settle()
    assert laundry.value(*WAITING) == "off"
    (emptied,) = laundry.heard("emptied")
    assert emptied["by"] == "door"
    assert emptied["cycle_id"] == finish["cycle_id"]
    assert emptied["appliance"] == "Washer"
    assert emptied["finished_at"] == finish["ended_at"]
    assert emptied["idle"] > 300
    event = laundry.hass.states.get(laundry.entity("event", "cycle"))
    assert event is not None
    assert event.attributes["event_type"] == "emptied"
    await laundry.wait(4 * 3600, step=600)
    assert laundry.heard("unload_reminder") == []
    assert len(laundry.received) == 1


async def test_reminders_replace_the_message_and_end_with_the_button(
    laundry: Laundry,
) -> None:
    await laundry.wash()
    await laundry.wait(40 * 60, step=60)
    (reminder,) = laundry.heard("unload_reminder")
    assert reminder["number"] == 1
    assert [call.data["title"] for call in laundry.received] == [
        "Washer finished",
        "Washer wants to be emptied",
    ]
    tags = await laundry.entry.runtime_data.database.read(
        lambda connection: connection.execute("SELECT tag FROM notification").fetchall()
    )
    assert len(tags) == 2
    assert len(set(tags)) == 1  # on a phone the second takes the place of the first
    await laundry.wait(3600, step=60)
    assert len(laundry.heard("unload_reminder")) == 2
    await laundry.press("emptied")
    assert laundry.value(*WAITING) == "off"
    (emptied,) = laundry.heard("emptied")
    assert emptied["by"] == "button"
    await laundry.press("emptied")  # nothing waits any more
    await laundry.wait(3 * 3600, step=600)
    assert len(laundry.heard("emptied")) == 1
    assert len(laundry.heard("unload_reminder")) == 2


async def test_at_most_three_reminders_and_the_next_start_ends_it(
    laundry: Laundry,
) -> None:
    await laundry.wash()
    await laundry.wait(10 * 3600, step=600)
    assert [data["number"] for data in laundry.heard("unload_reminder")] == [1, 2, 3]
    assert laundry.value(*WAITING) == "on"
    await laundry.watts(400)
    await laundry.wait(120)
    assert laundry.value(*WAITING) == "off"
    (emptied,) = laundry.heard("emptied")
    assert emptied["by"] == "start"
    words = [word for word, _ in laundry.happened if not word.startswith("deliv")]
    assert words[-2:] == ["cycle_started", "emptied"]


async def test_the_waiting_survives_a_restart_and_a_door_opened_meanwhile(
    laundry: Laundry,
) -> None:
    await laundry.wash()
    assert await laundry.hass.config_entries.async_reload(laundry.entry.entry_id)
    await laundry.settle()
    assert laundry.value(*WAITING) == "on"
    await laundry.wait(35 * 60, step=60)
    assert len(laundry.heard("unload_reminder")) == 1

    assert await laundry.hass.config_entries.async_unload(laundry.entry.entry_id)
    laundry.door("on")
    assert await laundry.hass.config_entries.async_setup(laundry.entry.entry_id)
    await laundry.settle()
    assert laundry.value(*WAITING) == "off"
    assert [data["by"] for data in laundry.heard("emptied")] == ["door"]


async def test_a_door_that_is_renamed_or_deleted_is_no_unloading(
    hass: HomeAssistant, laundry: Laundry
) -> None:
    await laundry.wash()
    hass.states.async_set(DOOR, "unavailable")
    await laundry.settle()
    laundry.door("off")
    hass.states.async_remove(DOOR)
    await laundry.settle()
    assert laundry.value(*WAITING) == "on"


async def test_what_holds_no_load_has_nothing_to_empty(home: Home) -> None:
    registry = er.async_get(home.hass)
    ours = er.async_entries_for_config_entry(registry, home.entry.entry_id)
    assert not [
        each.unique_id
        for each in ours
        if each.unique_id.endswith(("emptied", "waiting_to_be_emptied"))
    ]


async def test_a_changed_kind_takes_its_entities_along(
    hass: HomeAssistant, laundry: Laundry
) -> None:
    waiting, button = laundry.entity(*WAITING), laundry.entity("button", "emptied")
    (appliance,) = [
        each
        for each in laundry.entry.subentries.values()
        if each.subentry_type == "appliance"
    ]
    hass.config_entries.async_update_subentry(
        laundry.entry, appliance, data={**appliance.data, "kind": "kettle"}
    )
    await laundry.settle()
    await hass.async_block_till_done()
    registry = er.async_get(hass)
    assert registry.async_get(waiting) is None
    assert registry.async_get(button) is None
