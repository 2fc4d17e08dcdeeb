"""Edge cases 25 to 28 and 46: entities that go, come, and are something else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

from homeassistant.components.recorder import get_instance
from homeassistant.helpers import entity_registry as er, issue_registry as ir
import pytest
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)

from custom_components.reliable_notifications.const import DOMAIN

from .home import PLUG, Home, lived_in
from .laundry import Laundry

OTHER = "sensor.other_plug_power"


@pytest.fixture
async def laundry(empty_home: Home) -> AsyncIterator[Laundry]:
    """A home with a washing machine that is set up."""
    async with lived_in(Laundry(empty_home.hass, empty_home.clock)) as place:
        yield place


def _other(home: Home, watts: float | str) -> None:
    home.hass.states.async_set(OTHER, str(watts), {"unit_of_measurement": "W"})


def _words(home: Home) -> list[str]:
    return [word for word, _ in home.happened if word.startswith("cycle")]


def _ids(home: Home) -> set[Any]:
    return {data["cycle_id"] for word, data in home.happened if "cycle" in word}


async def _choose(home: Home, entity_id: str, **more: str) -> None:
    (appliance,) = (
        each
        for each in home.entry.subentries.values()
        if each.subentry_type == "appliance"
    )
    home.hass.config_entries.async_update_subentry(
        home.entry,
        appliance,
        data={**appliance.data, "power_entity": entity_id, **more},
    )
    await home.settle()
    await home.wait(1)  # two reports never come at the same instant


async def test_edge_27_a_reload_in_mid_cycle_is_not_noticed(laundry: Laundry) -> None:
    await laundry.watts(400)
    await laundry.wait(1200, step=30)
    await laundry.watts(0)
    await laundry.wait(300, step=30)
    assert laundry.value("sensor", "state") == "paused"
    assert await laundry.hass.config_entries.async_reload(laundry.entry.entry_id)
    await laundry.settle()
    await laundry.wait(1)
    assert laundry.value("sensor", "state") == "paused"
    for _ in range(60):
        await laundry.wait(30, step=30)
    (finish,) = laundry.heard("cycle_finished")
    assert finish["duration"] == pytest.approx(1200, abs=2)
    assert not finish["late"]
    assert _words(laundry) == ["cycle_started", "cycle_finished"]
    assert len(_ids(laundry)) == 1


async def test_edge_28_a_renamed_sensor_is_followed_in_mid_cycle(
    laundry: Laundry,
) -> None:
    registry = er.async_get(laundry.hass)
    plug = registry.async_get_or_create("sensor", "test", "1", suggested_object_id="a")
    laundry.hass.states.async_set(plug.entity_id, "0", {"unit_of_measurement": "W"})
    await _choose(laundry, plug.id)
    laundry.hass.states.async_set(plug.entity_id, "400", {"unit_of_measurement": "W"})
    await laundry.wait(900, step=30)
    assert laundry.value("sensor", "state") == "running"
    registry.async_update_entity(plug.entity_id, new_entity_id=OTHER)
    await laundry.wait(1)
    _other(laundry, 380)
    await laundry.wait(600, step=30)
    _other(laundry, 0)
    await laundry.wait(1800, step=30)
    assert _words(laundry) == ["cycle_started", "cycle_finished"]
    (finish,) = laundry.heard("cycle_finished")
    assert finish["duration"] == pytest.approx(1500, abs=35)
    assert not finish["estimated"]


async def test_edge_28_another_sensor_is_taken_when_the_cycle_is_over(
    laundry: Laundry,
) -> None:
    _other(laundry, 0)
    await laundry.watts(400)
    await laundry.wait(600, step=30)
    await _choose(laundry, OTHER)
    await laundry.wait(600, step=30)
    assert laundry.value("sensor", "state") == "running"  # the new one says 0 W
    # also over a second reload
    assert await laundry.hass.config_entries.async_reload(laundry.entry.entry_id)
    await laundry.settle()
    await laundry.wait(1)
    assert laundry.value("sensor", "state") == "running"
    await laundry.watts(0)
    await laundry.wait(1800, step=30)
    (finish,) = laundry.heard("cycle_finished")
    assert finish["duration"] == pytest.approx(1200, abs=35)
    await laundry.watts(400)  # nobody listens to that any more
    await laundry.wait(120, step=30)
    assert laundry.value("sensor", "state") == "finished"
    _other(laundry, 400)
    await laundry.wait(120, step=30)
    assert laundry.value("sensor", "state") == "running"


async def test_edge_28_a_sensor_that_is_dead_is_replaced_at_once(
    laundry: Laundry,
) -> None:
    await laundry.watts(400)
    await laundry.wait(600, step=30)
    await laundry.watts("unavailable")
    await laundry.wait(1)
    _other(laundry, 400)
    await _choose(laundry, OTHER)
    await laundry.wait(600, step=30)
    _other(laundry, 0)
    await laundry.wait(1800, step=30)
    assert _words(laundry) == ["cycle_started", "cycle_finished"]
    (finish,) = laundry.heard("cycle_finished")
    assert finish["duration"] == pytest.approx(1200, abs=65)


@pytest.mark.usefixtures("recorder_mock")
@pytest.mark.parametrize("away", [120.0, 7200.0])
async def test_edge_25_a_restart_in_mid_cycle_is_one_story(
    recorder_mock: object, laundry: Laundry, away: float
) -> None:
    assert get_instance(laundry.hass).recording
    await laundry.watts(400)
    await laundry.wait(600, step=30)
    running = laundry.hass.states.get(laundry.entity("sensor", "state"))
    assert running is not None
    assert await laundry.hass.config_entries.async_unload(laundry.entry.entry_id)
    for each in range(int(away / 60)):  # the recorder sees it
        laundry.clock.tick(timedelta(seconds=60))
        await laundry.watts(390 + each % 2)
    await async_wait_recording_done(laundry.hass)
    assert await laundry.hass.config_entries.async_setup(laundry.entry.entry_id)
    await laundry.settle()
    await laundry.wait(1)
    assert laundry.value("sensor", "state") == "running"
    await laundry.watts(0)
    await laundry.wait(1800, step=30)
    assert _words(laundry) == ["cycle_started", "cycle_finished"]
    (finish,) = laundry.heard("cycle_finished")
    assert finish["cycle_id"] == running.attributes["cycle_id"]
    assert finish["duration"] == pytest.approx(600 + away, abs=65)
    assert finish["energy"] == pytest.approx(0.39 * (600 + away) / 3600, rel=0.05)


@pytest.mark.usefixtures("recorder_mock")
async def test_edge_26_a_finish_that_nobody_was_awake_for_is_marked_late(
    recorder_mock: object, laundry: Laundry
) -> None:
    await laundry.watts(400)
    await laundry.wait(1200, step=30)
    await laundry.watts(0)
    await laundry.wait(60)
    assert await laundry.hass.config_entries.async_unload(laundry.entry.entry_id)
    laundry.clock.tick(timedelta(hours=3))
    await async_wait_recording_done(laundry.hass)
    assert await laundry.hass.config_entries.async_setup(laundry.entry.entry_id)
    await laundry.settle()
    (finish,) = laundry.heard("cycle_finished")
    assert finish["late"]
    assert finish["duration"] == pytest.approx(1200, abs=2)
    assert len(laundry.received) == 1


def _hints(home: Home) -> list[str | None]:
    return [
        issue.translation_key
        for (domain, _), issue in ir.async_get(home.hass).issues.items()
        if domain == DOMAIN and issue.active
    ]


async def test_edge_46_what_is_no_price_costs_nothing_and_is_said(
    laundry: Laundry,
) -> None:
    tariff = "sensor.tariff"

    async def says(value: str, unit: str) -> list[str | None]:
        laundry.hass.states.async_set(tariff, value, {"unit_of_measurement": unit})
        await laundry.wait(120, step=60)
        return _hints(laundry)

    await _choose(laundry, PLUG, price_entity=tariff)
    assert await says("0.4", "EUR/kWh") == []
    assert await says("unavailable", "EUR/kWh") == []
    assert await says("412.5", "kWh") == ["price_unusable"]
    await laundry.wash()
    assert laundry.value("sensor", "cycle_cost") == "unknown"
    assert laundry.heard("cycle_finished")[0]["cost"] is None
    assert await says("0.4", "EUR/kWh") == []


async def test_edge_46_a_price_that_was_deleted_is_said(laundry: Laundry) -> None:
    registry = er.async_get(laundry.hass)
    tariff = registry.async_get_or_create("sensor", "test", "9")
    await _choose(laundry, PLUG, price_entity=tariff.id)
    registry.async_remove(tariff.entity_id)
    await laundry.wait(120, step=60)
    assert _hints(laundry) == ["price_unusable"]
