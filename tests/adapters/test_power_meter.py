"""The power sensor as readings: renames, repetitions, nonsense, absence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
import pytest

from custom_components.reliable_notifications.adapters.power_meter import PowerMeter
from custom_components.reliable_notifications.engine.vocabulary import Reading

PLUG = "sensor.plug"


@pytest.fixture
def readings() -> list[Reading]:
    return []


@pytest.fixture
def report(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> Callable[..., float]:
    """Let a plug report a second later; gives the instant of the report."""

    def say(value: object, unit: str | None = "W", entity_id: str = PLUG) -> float:
        freezer.tick(timedelta(seconds=1))
        attributes = {} if unit is None else {"unit_of_measurement": unit}
        hass.states.async_set(entity_id, str(value), attributes)
        return dt_util.utcnow().timestamp()

    return say


async def test_the_present_value_is_the_first_reading(
    hass: HomeAssistant, readings: list[Reading], report: Callable[..., float]
) -> None:
    report(12)
    meter = PowerMeter(hass, PLUG, readings.append)
    meter.async_start()
    assert [reading.watts for reading in readings] == [12]
    meter.async_stop()


async def test_changes_and_equal_repetitions_are_readings(
    hass: HomeAssistant, readings: list[Reading], report: Callable[..., float]
) -> None:
    report(0)
    meter = PowerMeter(hass, PLUG, readings.append)
    meter.async_start()
    times = []
    for value in (5, 5, 7):
        times.append(report(value))
        await hass.async_block_till_done()
    assert [(r.at, r.watts) for r in readings[1:]] == list(
        zip(times, (5, 5, 7), strict=True)
    )
    meter.async_stop()
    report(9)
    await hass.async_block_till_done()
    assert len(readings) == 4


@pytest.mark.parametrize(
    ("value", "unit", "watts"),
    [("1.5", "kW", 1500), ("2500", "mW", 2.5), ("40", "W", 40)],
)
async def test_units_are_converted(
    hass: HomeAssistant,
    readings: list[Reading],
    report: Callable[..., float],
    value: str,
    unit: str,
    watts: float,
) -> None:
    report(value, unit)
    meter = PowerMeter(hass, PLUG, readings.append)
    meter.async_start()
    assert readings[0].watts == pytest.approx(watts)
    meter.async_stop()


async def test_nonsense_is_passed_over_counted_and_said_once(
    hass: HomeAssistant,
    readings: list[Reading],
    report: Callable[..., float],
    caplog: pytest.LogCaptureFixture,
) -> None:
    report(10)
    meter = PowerMeter(hass, PLUG, readings.append)
    meter.async_start()
    for value in ("nan", "inf", "broken"):
        report(value)
        await hass.async_block_till_done()
    assert [reading.watts for reading in readings] == [10]
    assert meter.rejected == 3
    assert caplog.text.count("such values are passed over") == 1
    meter.async_stop()


async def test_absence_is_a_reading_of_nothing_and_said_once_each_way(
    hass: HomeAssistant,
    readings: list[Reading],
    report: Callable[..., float],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO")
    report(10)
    meter = PowerMeter(hass, PLUG, readings.append)
    meter.async_start()
    for value in ("unavailable", "unknown", "11"):
        report(value)
        await hass.async_block_till_done()
    hass.states.async_remove(PLUG)
    await hass.async_block_till_done()
    assert [reading.watts for reading in readings] == [10, None, None, 11, None]
    assert caplog.text.count("cannot be used now") == 2
    assert caplog.text.count("is back") == 1
    meter.async_stop()


async def test_a_renamed_sensor_is_followed(
    hass: HomeAssistant, readings: list[Reading], report: Callable[..., float]
) -> None:
    registry = er.async_get(hass)
    plug = registry.async_get_or_create("sensor", "test", "1", suggested_object_id="a")
    report(10, entity_id="sensor.a")
    meter = PowerMeter(hass, plug.id, readings.append)
    meter.async_start()
    assert meter.entity_id == "sensor.a"
    registry.async_update_entity("sensor.a", new_entity_id="sensor.b")
    await hass.async_block_till_done()
    assert meter.entity_id == "sensor.b"
    report(20, entity_id="sensor.b")
    await hass.async_block_till_done()
    assert readings[-1].watts == 20
    meter.async_stop()


async def test_a_deleted_sensor_leaves_nothing_behind(
    hass: HomeAssistant, readings: list[Reading], report: Callable[..., float]
) -> None:
    registry = er.async_get(hass)
    plug = registry.async_get_or_create("sensor", "test", "1", suggested_object_id="a")
    report(10, entity_id="sensor.a")
    meter = PowerMeter(hass, plug.id, readings.append)
    meter.async_start()
    registry.async_remove("sensor.a")
    await hass.async_block_till_done()
    assert readings[-1].watts is None
    meter.async_stop()
    await hass.async_block_till_done()
