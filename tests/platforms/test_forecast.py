"""What is expected of a cycle, what somebody should look at, and who is away."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest

from custom_components.reliable_notifications.appliances.presence import (
    TOO_LONG_S,
    Presence,
)

from .home import Home, lived_in
from .laundry import Laundry

TWO_HOURS = 7200.0


@pytest.fixture
async def laundry(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, tmp_path: Path
) -> AsyncIterator[Laundry]:
    freezer.move_to("2026-11-21T07:00:00+00:00")
    hass.config.config_dir = str(tmp_path)
    place = Laundry(hass, freezer)
    async with lived_in(place):
        yield place


async def test_from_the_second_similar_cycle_on_there_is_a_forecast(
    laundry: Laundry,
) -> None:
    await laundry.wait(3600, step=300)  # a beginning that was not seen teaches nothing
    await laundry.watts(400)
    await laundry.wait(600, step=30)
    assert laundry.value("sensor", "programme") == "not_recognised"
    for key in ("expected_end", "remaining", "progress"):
        assert laundry.value("sensor", key) == "unknown"
    await laundry.wait(TWO_HOURS - 600, step=300)
    await laundry.watts(0)
    await laundry.wait(300, step=30)
    assert laundry.value("sensor", "state") == "paused"
    assert 0 <= float(laundry.value("sensor", "end_confidence")) <= 100
    await laundry.wait(3600, step=300)
    assert laundry.value("sensor", "end_confidence") == "unknown"
    await laundry.watts(400)
    await laundry.wait(TWO_HOURS, step=300)
    await laundry.watts(0)
    await laundry.wait(3600, step=300)

    began = dt_util.utcnow()
    await laundry.watts(400)
    await laundry.wait(TWO_HOURS / 2, step=300)
    assert laundry.value("sensor", "programme") == "programme_1"
    programme = laundry.hass.states.get(laundry.entity("sensor", "programme"))
    assert programme is not None
    assert programme.attributes["usual_minutes"] == 120
    assert programme.attributes["usual_energy"] == pytest.approx(0.8, abs=0.02)
    # a sensor that has nothing new to report: the clock goes on all the same
    assert float(laundry.value("sensor", "remaining")) == pytest.approx(60, abs=1)
    assert float(laundry.value("sensor", "progress")) == pytest.approx(50, abs=3)
    end = dt_util.parse_datetime(laundry.value("sensor", "expected_end"))
    assert end is not None
    assert (end - began).total_seconds() == pytest.approx(TWO_HOURS, abs=60)
    assert laundry.value("binary_sensor", "problem") == "off"

    await laundry.wait(TWO_HOURS / 2 + 14 * 60, step=300)
    assert laundry.value("sensor", "remaining") == "unknown"  # never stuck at 99 %
    assert laundry.value("binary_sensor", "problem") == "on"
    problem = laundry.hass.states.get(laundry.entity("binary_sensor", "problem"))
    assert problem is not None
    assert problem.attributes["reason"] == "overrunning"


async def test_a_sensor_that_is_away_for_long_is_a_problem(home: Home) -> None:
    await home.watts("unavailable")
    await home.wait(3000, step=300)
    assert home.value("binary_sensor", "problem") == "off"
    await home.wait(900, step=300)
    assert home.value("binary_sensor", "problem") == "on"
    await home.watts(0)
    await home.settle()
    assert home.value("binary_sensor", "problem") == "off"


def test_presence_counts_from_the_first_time_it_was_missed() -> None:
    presence = Presence()
    assert presence.turns_at(0.0) is None
    presence.note(10.0, is_there=False)
    presence.note(500.0, is_there=False)
    assert presence.turns_at(600.0) == 10.0 + TOO_LONG_S
    assert not presence.is_away_too_long(9.0 + TOO_LONG_S)
    assert presence.is_away_too_long(10.0 + TOO_LONG_S)
    assert presence.turns_at(10.0 + TOO_LONG_S) is None
    presence.note(9_000.0, is_there=True)
    assert not presence.is_away_too_long(99_000.0)
