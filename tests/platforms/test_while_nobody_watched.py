"""What happened while the integration was not loaded, read from the recorder."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

from homeassistant.components.recorder import get_instance
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)

from custom_components.reliable_notifications.appliances import schooling
from custom_components.reliable_notifications.engine.cycles.unloading import Waiting
from custom_components.reliable_notifications.engine.vocabulary import (
    EmptiedBy,
    Reading,
)

from .home import PLUG, Home
from .laundry import DOOR

pytestmark = pytest.mark.usefixtures("recorder_mock")


async def test_an_end_while_we_were_unloaded_is_told_with_its_true_time(
    recorder_mock: object, hass: HomeAssistant, home: Home
) -> None:
    await home.watts(1800)
    await home.wait(120)
    assert await hass.config_entries.async_unload(home.entry.entry_id)
    await home.watts(1790)
    home.clock.tick(timedelta(seconds=60))
    await home.watts(0)  # ends here, at 07:03:01
    home.clock.tick(timedelta(seconds=1800))
    await async_wait_recording_done(hass)
    assert get_instance(hass).recording

    assert await hass.config_entries.async_setup(home.entry.entry_id)
    await home.settle()
    words = [word for word, _ in home.happened if word.startswith("cycle")]
    assert words == ["cycle_started", "cycle_finished"]
    finish = next(data for word, data in home.happened if word == "cycle_finished")
    assert finish["ended_at"] == "2026-11-21T07:03:01+00:00"
    assert abs(finish["energy"] - 0.09) < 0.002
    (told,) = home.received
    assert told.data["title"] == "Kettle finished"


async def test_a_new_appliance_learns_from_the_past_and_tells_nobody(
    recorder_mock: object, hass: HomeAssistant, empty_home: Home
) -> None:
    home = empty_home
    for _ in range(2):  # two boils before we were installed
        await home.watts(1800)
        home.clock.tick(timedelta(seconds=180))
        await home.watts(0)
        home.clock.tick(timedelta(seconds=3600))
    await async_wait_recording_done(hass)

    await home.add()
    await home.set_up()
    assert home.value("sensor", "cycle_count") == "2"
    assert float(home.value("sensor", "last_duration")) == 3.0
    assert home.happened == []
    assert home.received == []

    await home.boil()  # and from now on it is told
    words = [word for word, _ in home.happened if word.startswith("cycle")]
    assert words == ["cycle_started", "cycle_finished"]
    assert home.value("sensor", "cycle_count") == "3"
    await hass.config_entries.async_unload(home.entry.entry_id)


async def test_what_is_reported_during_the_lesson_is_not_lost(
    recorder_mock: object, hass: HomeAssistant, empty_home: Home
) -> None:
    home = empty_home
    await home.watts(0)
    home.clock.tick(timedelta(seconds=3600))
    await async_wait_recording_done(hass)
    await home.add()
    assert await hass.config_entries.async_setup(home.entry.entry_id)
    home.clock.tick(timedelta(seconds=1))
    hass.states.async_set(PLUG, "1800", {"unit_of_measurement": "W"})
    began = home.clock.time_to_freeze
    while _lesson_goes_on(home):
        await hass.async_block_till_done(wait_background_tasks=True)
    await home.wait(60)
    assert home.value("sensor", "state") == "running"
    (started,) = [data for word, data in home.happened if word == "cycle_started"]
    assert started["started_at"][:19] == began.isoformat()[:19]
    await hass.config_entries.async_unload(home.entry.entry_id)


async def test_a_hand_on_the_appliance_during_the_lesson_saves_nothing_unlearned(
    recorder_mock: object,
    hass: HomeAssistant,
    empty_home: Home,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun, read = asyncio.Event(), schooling.async_readings

    async def read_later(*args: Any) -> AsyncIterator[list[Reading]]:
        await begun.wait()
        async for readings in read(*args):
            yield readings

    monkeypatch.setattr(schooling, "async_readings", read_later)
    home = empty_home
    home.appliance, home.kind = "Washer", "washing_machine"
    home.beside = {"door_entity": DOOR}
    hass.states.async_set(DOOR, "off")
    await home.watts(0)
    home.clock.tick(timedelta(seconds=3600))
    await async_wait_recording_done(hass)
    await home.add()
    assert await hass.config_entries.async_setup(home.entry.entry_id)
    (watch,) = home.entry.runtime_data.watches.values()
    cycle_log = home.entry.runtime_data.cycle_log
    waiting = Waiting(cycle_id="c1", finished_at=dt_util.utcnow().timestamp())
    watch.consequences.unloading.waiting = waiting
    hass.states.async_set(DOOR, "on")
    await hass.async_block_till_done()  # 2025.6 tells listeners one turn later
    watch.async_emptied(EmptiedBy.BUTTON)
    await home.settle()
    assert _lesson_goes_on(home)
    assert watch.consequences.unloading.waiting is waiting
    assert await cycle_log.snapshots() == {}

    begun.set()
    while _lesson_goes_on(home):
        await hass.async_block_till_done(wait_background_tasks=True)
    await home.settle()
    assert [data["by"] for word, data in home.happened if word == "emptied"] == ["door"]
    ((_, saved),) = (await cycle_log.snapshots()).values()
    assert saved["detector"]["state"] == "idle"
    await hass.config_entries.async_unload(home.entry.entry_id)


def _lesson_goes_on(home: Home) -> bool:
    (watch,) = home.entry.runtime_data.watches.values()
    return watch.is_learning
