"""An appliance without a power sensor, which says itself what it is doing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant
import pytest

from .home import lived_in
from .laundry import Laundry

OPERATION = "sensor.dishwasher_operation_state"


class Kitchen(Laundry):
    """The home, with a dishwasher of Home Connect in it."""

    appliance = "Dishwasher"

    async def add(self) -> None:
        await super().add()
        (appliance,) = [
            each
            for each in self.entry.subentries.values()
            if each.subentry_type == "appliance"
        ]
        self.hass.config_entries.async_remove_subentry(
            self.entry, appliance.subentry_id
        )
        self.hass.config_entries.async_add_subentry(
            self.entry,
            ConfigSubentry(
                data=MappingProxyType(
                    {"kind": "dishwasher", "native_entity": OPERATION}
                ),
                subentry_type="appliance",
                title=self.appliance,
                unique_id=None,
            ),
        )

    async def says(self, word: str) -> None:
        """Let the appliance say something."""
        self.hass.states.async_set(OPERATION, word)
        await self.settle()

    def words(self) -> list[str]:
        """What happened to its cycles."""
        return [word for word, _ in self.happened if word.startswith("cycle")]


@pytest.fixture
async def kitchen(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, tmp_path: Path
) -> AsyncIterator[Kitchen]:
    freezer.move_to("2026-11-21T07:00:00+00:00")
    hass.config.config_dir = str(tmp_path)
    place = Kitchen(hass, freezer)
    hass.states.async_set(OPERATION, "ready")
    async with lived_in(place):
        yield place


async def test_its_own_words_tell_the_story(kitchen: Kitchen) -> None:
    assert kitchen.value("sensor", "state") == "idle"
    await kitchen.says("run")
    await kitchen.wait(1800, step=300)
    assert kitchen.value("sensor", "state") == "running"
    assert kitchen.value("sensor", "cycle_energy") == "unknown"  # nothing measures it
    await kitchen.says("pause")
    assert kitchen.value("sensor", "state") == "paused"
    state = kitchen.hass.states.get(kitchen.entity("sensor", "state"))
    assert state is not None
    assert state.attributes["reason"] == "paused"
    await kitchen.says("run")
    await kitchen.says("finished")
    assert kitchen.value("sensor", "state") == "finished"
    assert kitchen.words() == ["cycle_started", "cycle_finished"]
    assert kitchen.value("binary_sensor", "waiting_to_be_emptied") == "on"
    assert [call.data["title"] for call in kitchen.received] == ["Dishwasher finished"]
    assert kitchen.received[0].data["message"].startswith("Ran 30 min.")


async def test_an_end_that_is_taken_back_is_not_shown_any_more(
    kitchen: Kitchen,
) -> None:
    await kitchen.says("run")
    await kitchen.wait(600, step=300)
    await kitchen.says("finished")
    first = kitchen.value("sensor", "finished_at")
    await kitchen.wait(3600, step=600)
    await kitchen.says("run")
    await kitchen.wait(600, step=300)
    await kitchen.says("ready")
    await kitchen.wait(90)
    assert kitchen.value("sensor", "finished_at") != first
    await kitchen.says("run")
    assert kitchen.words()[-1] == "cycle_reopened"
    assert kitchen.value("sensor", "finished_at") == first
    assert float(kitchen.value("sensor", "last_duration")) == 10.0
    assert await kitchen.hass.config_entries.async_reload(kitchen.entry.entry_id)
    await kitchen.settle()
    assert kitchen.value("sensor", "finished_at") == first


async def test_idle_ends_it_by_the_clock(kitchen: Kitchen) -> None:
    await kitchen.says("run")
    await kitchen.wait(600, step=60)
    await kitchen.says("inactive")
    assert kitchen.words() == ["cycle_started"]
    await kitchen.wait(70)
    assert kitchen.words() == ["cycle_started", "cycle_finished"]
    assert float(kitchen.value("sensor", "last_duration")) == 10.0


async def test_a_restart_in_mid_cycle_keeps_it_and_an_unheard_end_is_an_estimate(
    kitchen: Kitchen,
) -> None:
    await kitchen.says("run")
    await kitchen.wait(300, step=60)
    assert await kitchen.hass.config_entries.async_reload(kitchen.entry.entry_id)
    await kitchen.settle()
    assert kitchen.value("sensor", "state") == "running"
    assert kitchen.words() == ["cycle_started"]

    assert await kitchen.hass.config_entries.async_unload(kitchen.entry.entry_id)
    kitchen.hass.states.async_set(OPERATION, "finished")
    kitchen.clock.tick(timedelta(seconds=3600))
    assert await kitchen.hass.config_entries.async_setup(kitchen.entry.entry_id)
    await kitchen.settle()
    assert kitchen.words() == ["cycle_started", "cycle_finished"]
    finish = kitchen.heard("cycle_finished")[0]
    assert finish["estimated"] is True
    assert finish["duration"] < 400


async def test_silence_ends_nothing(kitchen: Kitchen) -> None:
    await kitchen.says("run")
    await kitchen.says("unavailable")
    await kitchen.wait(7200, step=600)
    await kitchen.says("a word of the next firmware")
    await kitchen.wait(60)
    assert kitchen.words() == ["cycle_started"]
