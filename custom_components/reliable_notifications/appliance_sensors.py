"""Sensors of an appliance: where its cycle is, and what is expected of it.

Descriptions only. What its cycles come to is described in `value_sensors`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.const import (
    PERCENTAGE,
    EntityCategory,
    UnitOfEnergy,
    UnitOfPower,
    UnitOfTime,
)
from homeassistant.util import dt as dt_util

from .appliances.appliance import ApplianceWatch
from .engine.vocabulary import ApplianceState, CycleRecord, Instant

# the appliance is at work, or rests within a cycle
_IN_CYCLE = frozenset({ApplianceState.RUNNING, ApplianceState.PAUSED})

type SensorValue = str | int | float | datetime | None


@dataclass(frozen=True, kw_only=True)
class ApplianceSensorDescription(SensorEntityDescription):
    """A sensor of an appliance and where its value comes from."""

    value: Callable[[ApplianceWatch], SensorValue]
    attributes: Callable[[ApplianceWatch], Mapping[str, Any]] | None = None
    reset: Callable[[ApplianceWatch], datetime | None] | None = None
    # for which appliances there is such a sensor
    offered: Callable[[ApplianceWatch], bool] = lambda _: True


def moment(instant: Instant | None) -> datetime | None:
    """Show an instant."""
    return None if instant is None else dt_util.utc_from_timestamp(instant)


def _duration(cycle: CycleRecord | None) -> float | None:
    if cycle is None or cycle.ended_at is None:
        return None
    return cycle.ended_at - cycle.started_at


def _state(watch: ApplianceWatch) -> str | None:
    state = watch.detector.state
    return None if state is ApplianceState.UNKNOWN else state.value


def _state_attributes(watch: ApplianceWatch) -> Mapping[str, Any]:
    """Few and short: what explains the state, nothing that belongs to history."""
    detector = watch.detector
    attributes: dict[str, Any] = {
        "cycle_id": detector.cycle_id,
        "reason": watch.reason,
    }
    if watch.learned is not None:
        attributes["learning"] = f"{watch.learned:.0%}"
    if detector.state is ApplianceState.PAUSED:
        # both stand still in a pause; elsewhere they would be recorded each reading
        attributes["last_activity"] = moment(detector.last_activity_at)
        attributes["decision_at_the_latest"] = moment(detector.deadline)
    return attributes


def has_power(watch: ApplianceWatch) -> bool:
    """Whether its power is measured; what tells itself what it does needs none."""
    return watch.spec.power_entity is not None


def percent(share: float | None) -> int | None:
    """Show a share in whole percent."""
    return None if share is None else round(100 * share)


def _end_confidence(watch: ApplianceWatch) -> int | None:
    """Only a pause raises the question."""
    is_paused = watch.detector.state is ApplianceState.PAUSED
    return percent(watch.detector.end_confidence) if is_paused else None


def _whole(number: float | None) -> int | None:
    return None if number is None else round(number)


def _elapsed(watch: ApplianceWatch) -> float | None:
    """In whole minutes: each new state is a row in the recorder."""
    started_at = watch.detector.started_at
    if started_at is None or watch.detector.state not in _IN_CYCLE:
        return None
    return (dt_util.utcnow().timestamp() - started_at) // 60 * 60


def _usual(watch: ApplianceWatch) -> Mapping[str, Any]:
    expected = watch.forecast
    if expected.usual_s is None or expected.usual_wh is None:
        return {}
    return {
        "usual_minutes": round(expected.usual_s / 60),
        "usual_energy": round(expected.usual_wh / 1000, 2),
    }


def _energy(watch: ApplianceWatch) -> float | None:
    return None if watch.energy_wh is None else round(watch.energy_wh, 1)


def _finished_at(watch: ApplianceWatch) -> datetime | None:
    return moment(watch.last_cycle.ended_at if watch.last_cycle else None)


APPLIANCE_SENSORS: tuple[ApplianceSensorDescription, ...] = (
    ApplianceSensorDescription(
        key="state",
        device_class=SensorDeviceClass.ENUM,
        # Home Assistant has a word of its own for *unknown*
        options=[
            state.value
            for state in ApplianceState
            if state is not ApplianceState.UNKNOWN
        ],
        value=_state,
        attributes=_state_attributes,
    ),
    ApplianceSensorDescription(
        key="started_at",
        device_class=SensorDeviceClass.TIMESTAMP,
        value=lambda watch: moment(watch.detector.started_at),
    ),
    ApplianceSensorDescription(
        key="finished_at",
        device_class=SensorDeviceClass.TIMESTAMP,
        value=_finished_at,
    ),
    ApplianceSensorDescription(
        key="last_duration",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.SECONDS,
        suggested_unit_of_measurement=UnitOfTime.MINUTES,
        suggested_display_precision=0,
        state_class=SensorStateClass.MEASUREMENT,
        value=lambda watch: _duration(watch.last_cycle),
    ),
    ApplianceSensorDescription(
        key="cycle_energy",
        device_class=SensorDeviceClass.ENERGY,
        native_unit_of_measurement=UnitOfEnergy.WATT_HOUR,
        suggested_unit_of_measurement=UnitOfEnergy.KILO_WATT_HOUR,
        suggested_display_precision=2,
        # the energy of one cycle, which begins anew with the next
        state_class=SensorStateClass.TOTAL,
        value=_energy,
        attributes=lambda watch: {"source": watch.energy_source},
        reset=lambda watch: moment(watch.detector.started_at),
    ),
    ApplianceSensorDescription(
        key="programme",
        value=lambda watch: watch.forecast.programme,
        attributes=_usual,
        offered=has_power,
    ),
    ApplianceSensorDescription(
        key="expected_end",
        device_class=SensorDeviceClass.TIMESTAMP,
        value=lambda watch: moment(watch.forecast.expected_end),
        offered=has_power,
    ),
    ApplianceSensorDescription(
        key="remaining",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.SECONDS,
        suggested_unit_of_measurement=UnitOfTime.MINUTES,
        suggested_display_precision=0,
        value=lambda watch: watch.forecast.remaining_s,
        offered=has_power,
    ),
    ApplianceSensorDescription(
        key="progress",
        native_unit_of_measurement=PERCENTAGE,
        value=lambda watch: percent(watch.forecast.progress),
        offered=has_power,
    ),
    ApplianceSensorDescription(
        key="elapsed",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.SECONDS,
        suggested_unit_of_measurement=UnitOfTime.MINUTES,
        suggested_display_precision=0,
        entity_registry_enabled_default=False,
        value=_elapsed,
    ),
    ApplianceSensorDescription(
        key="usual_duration",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.SECONDS,
        suggested_unit_of_measurement=UnitOfTime.MINUTES,
        suggested_display_precision=0,
        entity_registry_enabled_default=False,
        value=lambda watch: _whole(watch.forecast.usual_s),
        offered=has_power,
    ),
    ApplianceSensorDescription(
        key="usual_energy",
        device_class=SensorDeviceClass.ENERGY,
        native_unit_of_measurement=UnitOfEnergy.WATT_HOUR,
        suggested_unit_of_measurement=UnitOfEnergy.KILO_WATT_HOUR,
        suggested_display_precision=2,
        entity_registry_enabled_default=False,
        value=lambda watch: _whole(watch.forecast.usual_wh),
        offered=has_power,
    ),
    ApplianceSensorDescription(
        key="peak_power",
        device_class=SensorDeviceClass.POWER,
        native_unit_of_measurement=UnitOfPower.WATT,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        entity_registry_enabled_default=False,
        value=lambda watch: _whole(watch.detector.peak_watts),
        offered=has_power,
    ),
    ApplianceSensorDescription(
        key="end_confidence",
        native_unit_of_measurement=PERCENTAGE,
        entity_category=EntityCategory.DIAGNOSTIC,
        value=_end_confidence,
        offered=has_power,
    ),
)
