"""The states that are no plain run, as people see them: waiting, creases, silence."""

from __future__ import annotations

from collections.abc import AsyncIterator

from homeassistant.helpers import entity_registry as er, issue_registry as ir
import pytest

from custom_components.reliable_notifications.const import DOMAIN

from .home import Home, lived_in
from .laundry import Laundry


@pytest.fixture
async def laundry(empty_home: Home) -> AsyncIterator[Laundry]:
    """A home with a washing machine that is set up."""
    async with lived_in(Laundry(empty_home.hass, empty_home.clock)) as place:
        yield place


def _hints(home: Home) -> list[str | None]:
    return [
        issue.translation_key
        for (domain, _), issue in ir.async_get(home.hass).issues.items()
        if domain == DOMAIN and issue.active
    ]


async def test_edge_02_a_delayed_start_is_shown_and_nothing_elapses(
    laundry: Laundry,
) -> None:
    await laundry.wait(900, step=60)
    await laundry.watts(24)
    await laundry.wait(10)
    await laundry.watts(3)
    await laundry.wait(3600, step=60)
    assert laundry.value("sensor", "state") == "waiting_to_start"
    assert laundry.value("binary_sensor", "running") == "off"
    assert laundry.value("sensor", "started_at") == "unknown"
    assert laundry.happened == []
    await laundry.wash()
    (finish,) = laundry.heard("cycle_finished")
    assert finish["duration"] == pytest.approx(1200, abs=10)


async def test_edge_01_a_short_run_is_counted_and_told_to_nobody(
    laundry: Laundry,
) -> None:
    registry = er.async_get(laundry.hass)
    counter = registry.async_get(laundry.entity("sensor", "short_runs"))
    assert counter is not None
    assert counter.disabled_by is er.RegistryEntryDisabler.INTEGRATION
    await laundry.watts(30)
    await laundry.wait(60)
    await laundry.watts(0)
    await laundry.wait(900, step=60)
    assert laundry.value("sensor", "state") == "idle"
    assert laundry.value("binary_sensor", "problem") == "off"
    (run,) = laundry.heard("short_run")
    assert run["reason"] == "short_run"
    assert laundry.received == []
    event = laundry.hass.states.get(laundry.entity("event", "cycle"))
    assert event is not None
    assert event.attributes["event_type"] == "short_run"


async def test_edge_09_anti_crease_is_shown_after_the_finish(laundry: Laundry) -> None:
    await laundry.wash()
    for _ in range(4):
        await laundry.watts(90)
        await laundry.wait(4)
        await laundry.watts(2)
        await laundry.wait(56, step=56)
    assert laundry.value("sensor", "state") == "anti_crease"
    assert laundry.value("binary_sensor", "running") == "off"
    assert laundry.value("binary_sensor", "waiting_to_be_emptied") == "on"
    await laundry.wait(960, step=60)
    assert laundry.value("sensor", "state") == "finished"
    assert len(laundry.heard("cycle_finished")) == 1


@pytest.mark.parametrize(("last", "hours"), [("unavailable", 2.0), (400, 3.0)])
async def test_edges_23_and_36_a_sensor_that_tells_nothing_is_said_to(
    laundry: Laundry, last: float | str, hours: float
) -> None:
    await laundry.watts(400)
    await laundry.wait(600, step=60)
    await laundry.watts(last)
    await laundry.wait(3600 * hours + 120, step=60)
    assert laundry.value("sensor", "state") == "stale"
    assert laundry.value("binary_sensor", "running") == "unknown"
    assert laundry.value("binary_sensor", "problem") == "on"
    assert "stale" in _hints(laundry)
    (told,) = laundry.received  # that it cannot be watched, and no finish
    assert told.data["title"] == "Washer cannot be watched"
    await laundry.watts(0)
    await laundry.wait(120)
    (finish,) = laundry.heard("cycle_finished")
    assert finish["estimated"]
    assert laundry.value("sensor", "state") == "finished"
    await laundry.wait(60, step=60)
    assert "stale" not in _hints(laundry)
