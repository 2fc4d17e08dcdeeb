"""Sensors of an appliance: what its cycles use, cost, and come to.

Descriptions only. Money has no unit here: the currency is the household's.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.const import (
    PERCENTAGE,
    EntityCategory,
    UnitOfEnergy,
    UnitOfTime,
)
from homeassistant.util import dt as dt_util

from .appliance_sensors import (
    ApplianceSensorDescription,
    has_power,
    moment,
    percent,
)
from .appliances.appliance import ApplianceWatch
from .engine.vocabulary import ApplianceState

# a thousandth of a cent: enough for a kettle
MONEY_DIGITS = 4
_IN_CYCLE = frozenset({ApplianceState.RUNNING, ApplianceState.PAUSED})


def _has_price(watch: ApplianceWatch) -> bool:
    return watch.spec.price_entity is not None


def _has_both(watch: ApplianceWatch) -> bool:
    return has_power(watch) and _has_price(watch)


def _holds_a_load(watch: ApplianceWatch) -> bool:
    return watch.consequences.holds_a_load


def _money(amount: float | None) -> float | None:
    return None if amount is None else round(amount, MONEY_DIGITS)


def _last_energy(watch: ApplianceWatch) -> float | None:
    return None if watch.last_cycle is None else round(watch.last_cycle.energy_wh, 1)


def _last_cost(watch: ApplianceWatch) -> float | None:
    return None if watch.last_cycle is None else _money(watch.last_cycle.cost)


def _price_paid(watch: ApplianceWatch) -> Mapping[str, Any]:
    """What a kWh of it has cost on average, at the prices of its hours."""
    last = watch.last_cycle
    if last is None or last.cost is None or last.energy_wh <= 0.0:
        return {}
    return {"per_kwh": round(1000.0 * last.cost / last.energy_wh, MONEY_DIGITS)}


def _last_saving(watch: ApplianceWatch) -> float | None:
    return None if watch.last_cycle is None else _money(watch.last_cycle.saved)


def _cheapest(watch: ApplianceWatch) -> Mapping[str, Any]:
    """When it would have been cheapest, in case it was not."""
    if not _last_saving(watch):
        return {}
    return {"cheapest_start": moment(watch.consequences.cheapest_at)}


def _last_began(watch: ApplianceWatch) -> datetime | None:
    return moment(watch.last_cycle.started_at if watch.last_cycle else None)


def _began(watch: ApplianceWatch) -> datetime | None:
    return moment(watch.detector.started_at)


def _month_cost(watch: ApplianceWatch) -> float | None:
    """With what the running cycle has cost so far."""
    is_on = watch.detector.state in _IN_CYCLE
    return _money(watch.usage.month_cost.total + ((watch.cost or 0.0) if is_on else 0))


def _projected(watch: ApplianceWatch) -> float | None:
    now = dt_util.utcnow().timestamp()
    return _money(
        watch.consequences.projected_cost(
            watch.cost, watch.energy_wh, watch.forecast, now
        )
    )


def _standby(watch: ApplianceWatch) -> float | None:
    """To a whole Wh: electronics are no more exact."""
    wh = watch.detector.standby_wh_per_day
    return None if wh is None else round(wh)


VALUE_SENSORS: tuple[ApplianceSensorDescription, ...] = (
    ApplianceSensorDescription(
        key="cycle_cost",
        device_class=SensorDeviceClass.MONETARY,
        suggested_display_precision=2,
        state_class=SensorStateClass.TOTAL,
        value=lambda watch: _money(watch.cost),
        reset=_began,
        offered=_has_price,
    ),
    ApplianceSensorDescription(
        key="projected_cost",
        device_class=SensorDeviceClass.MONETARY,
        suggested_display_precision=2,
        value=_projected,
        offered=_has_both,
    ),
    ApplianceSensorDescription(
        key="last_energy",
        device_class=SensorDeviceClass.ENERGY,
        native_unit_of_measurement=UnitOfEnergy.WATT_HOUR,
        suggested_unit_of_measurement=UnitOfEnergy.KILO_WATT_HOUR,
        suggested_display_precision=2,
        state_class=SensorStateClass.TOTAL,
        value=_last_energy,
        reset=_last_began,
    ),
    ApplianceSensorDescription(
        key="last_cost",
        device_class=SensorDeviceClass.MONETARY,
        suggested_display_precision=2,
        state_class=SensorStateClass.TOTAL,
        value=_last_cost,
        attributes=_price_paid,
        reset=_last_began,
        offered=_has_price,
    ),
    ApplianceSensorDescription(
        key="energy_deviation",
        native_unit_of_measurement=PERCENTAGE,
        state_class=SensorStateClass.MEASUREMENT,
        value=lambda watch: percent(watch.detector.deviation.energy),
        offered=has_power,
    ),
    ApplianceSensorDescription(
        key="duration_deviation",
        native_unit_of_measurement=PERCENTAGE,
        state_class=SensorStateClass.MEASUREMENT,
        value=lambda watch: percent(watch.detector.deviation.length),
        offered=has_power,
    ),
    ApplianceSensorDescription(
        key="cycle_count",
        state_class=SensorStateClass.TOTAL_INCREASING,
        value=lambda watch: watch.consequences.odometer.cycles,
    ),
    ApplianceSensorDescription(
        key="short_runs",
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        state_class=SensorStateClass.TOTAL_INCREASING,
        value=lambda watch: watch.detector.short_runs,
        offered=has_power,
    ),
    ApplianceSensorDescription(
        key="cycles_today",
        state_class=SensorStateClass.TOTAL,
        value=lambda watch: watch.usage.cycles_today,
        reset=lambda watch: watch.usage.day_began,
    ),
    ApplianceSensorDescription(
        key="total_energy",
        device_class=SensorDeviceClass.ENERGY,
        native_unit_of_measurement=UnitOfEnergy.WATT_HOUR,
        suggested_unit_of_measurement=UnitOfEnergy.KILO_WATT_HOUR,
        suggested_display_precision=1,
        state_class=SensorStateClass.TOTAL_INCREASING,
        entity_registry_enabled_default=False,
        value=lambda watch: round(watch.consequences.odometer.wh, 1),
    ),
    ApplianceSensorDescription(
        key="month_cost",
        device_class=SensorDeviceClass.MONETARY,
        suggested_display_precision=2,
        state_class=SensorStateClass.TOTAL,
        value=_month_cost,
        attributes=lambda watch: {"without_price": watch.usage.month_cost.unknown},
        reset=lambda watch: watch.usage.month_began,
        offered=_has_price,
    ),
    ApplianceSensorDescription(
        key="last_saving",
        device_class=SensorDeviceClass.MONETARY,
        suggested_display_precision=2,
        state_class=SensorStateClass.TOTAL,
        value=_last_saving,
        attributes=_cheapest,
        reset=_last_began,
        offered=_has_price,
    ),
    ApplianceSensorDescription(
        key="month_saving",
        device_class=SensorDeviceClass.MONETARY,
        suggested_display_precision=2,
        state_class=SensorStateClass.TOTAL,
        value=lambda watch: _money(watch.usage.month_saved.total),
        attributes=lambda watch: {"without_prices": watch.usage.month_saved.unknown},
        reset=lambda watch: watch.usage.month_began,
        offered=_has_price,
    ),
    ApplianceSensorDescription(
        key="last_idle",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.SECONDS,
        suggested_unit_of_measurement=UnitOfTime.MINUTES,
        suggested_display_precision=0,
        state_class=SensorStateClass.MEASUREMENT,
        value=lambda watch: watch.usage.last_idle_s,
        offered=_holds_a_load,
    ),
    ApplianceSensorDescription(
        key="average_idle",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.SECONDS,
        suggested_unit_of_measurement=UnitOfTime.MINUTES,
        suggested_display_precision=0,
        state_class=SensorStateClass.MEASUREMENT,
        entity_registry_enabled_default=False,
        value=lambda watch: watch.usage.average_idle_s,
        offered=_holds_a_load,
    ),
    # a rate has no device class of its own, and no sum
    ApplianceSensorDescription(
        key="standby_energy",
        device_class=SensorDeviceClass.ENERGY,
        native_unit_of_measurement=UnitOfEnergy.WATT_HOUR,
        suggested_display_precision=0,
        entity_category=EntityCategory.DIAGNOSTIC,
        value=_standby,
        offered=has_power,
    ),
)
