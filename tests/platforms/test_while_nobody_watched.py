"""What happened while the integration was not loaded, read from the recorder."""

from __future__ import annotations

from datetime import timedelta

from homeassistant.components.recorder import get_instance
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)

from .home import Home

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
