"""Sensors: the metrics of the hub and the cycle of each appliance.

The hub's metrics come from the engine's catalogue, so a new metric needs no line
here; the appliances' sensors are a tuple of descriptions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from homeassistant.components.sensor import (
    DOMAIN,
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.const import (
    PERCENTAGE,
    EntityCategory,
    UnitOfEnergy,
    UnitOfTime,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .appliance import ApplianceWatch
from .engine.metrics.catalogue import METRICS, SECONDS, Metric
from .engine.vocabulary import ApplianceState, CycleRecord, Instant
from .entity import ApplianceEntity, HubEntity, async_forget
from .runtime import RnConfigEntry

PARALLEL_UPDATES = 0

# Home Assistant refuses longer states
LONGEST_STATE = 255

type SensorValue = str | int | float | datetime | None


@dataclass(frozen=True, kw_only=True)
class ApplianceSensorDescription(SensorEntityDescription):
    """A sensor of an appliance and where its value comes from."""

    value: Callable[[ApplianceWatch], SensorValue]
    attributes: Callable[[ApplianceWatch], Mapping[str, Any]] | None = None
    reset: Callable[[ApplianceWatch], datetime | None] | None = None
    # for which appliances there is such a sensor
    offered: Callable[[ApplianceWatch], bool] = lambda _: True


def _moment(instant: Instant | None) -> datetime | None:
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
        attributes["last_activity"] = _moment(detector.last_activity_at)
        attributes["decision_at_the_latest"] = _moment(detector.deadline)
    return attributes


def _has_power(watch: ApplianceWatch) -> bool:
    return watch.spec.power_entity is not None


def _percent(share: float | None) -> int | None:
    return None if share is None else round(100 * share)


def _end_confidence(watch: ApplianceWatch) -> int | None:
    """Only a pause raises the question."""
    is_paused = watch.detector.state is ApplianceState.PAUSED
    return _percent(watch.detector.end_confidence) if is_paused else None


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
    return _moment(watch.last_cycle.ended_at if watch.last_cycle else None)


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
        value=lambda watch: _moment(watch.detector.started_at),
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
        reset=lambda watch: _moment(watch.detector.started_at),
    ),
    # without a unit: the currency is the household's
    ApplianceSensorDescription(
        key="cycle_cost",
        device_class=SensorDeviceClass.MONETARY,
        suggested_display_precision=2,
        state_class=SensorStateClass.TOTAL,
        value=lambda watch: None if watch.cost is None else round(watch.cost, 4),
        reset=lambda watch: _moment(watch.detector.started_at),
        offered=lambda watch: watch.spec.price_entity is not None,
    ),
    ApplianceSensorDescription(
        key="cycle_count",
        state_class=SensorStateClass.TOTAL_INCREASING,
        value=lambda watch: watch.detector.cycle_count,
    ),
    ApplianceSensorDescription(
        key="short_runs",
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        state_class=SensorStateClass.TOTAL_INCREASING,
        value=lambda watch: watch.detector.short_runs,
        offered=_has_power,
    ),
    ApplianceSensorDescription(
        key="programme",
        value=lambda watch: watch.forecast.programme,
        attributes=_usual,
        offered=_has_power,
    ),
    ApplianceSensorDescription(
        key="expected_end",
        device_class=SensorDeviceClass.TIMESTAMP,
        value=lambda watch: _moment(watch.forecast.expected_end),
        offered=_has_power,
    ),
    ApplianceSensorDescription(
        key="remaining",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.SECONDS,
        suggested_unit_of_measurement=UnitOfTime.MINUTES,
        suggested_display_precision=0,
        value=lambda watch: watch.forecast.remaining_s,
        offered=_has_power,
    ),
    ApplianceSensorDescription(
        key="progress",
        native_unit_of_measurement=PERCENTAGE,
        value=lambda watch: _percent(watch.forecast.progress),
        offered=_has_power,
    ),
    ApplianceSensorDescription(
        key="end_confidence",
        native_unit_of_measurement=PERCENTAGE,
        entity_category=EntityCategory.DIAGNOSTIC,
        value=_end_confidence,
        offered=_has_power,
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: RnConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the hub's sensors, and those of each appliance to its subentry."""
    async_add_entities(
        [MetricSensor(entry, metric) for metric in METRICS]
        + [LastNotificationSensor(entry)]
    )
    for watch in entry.runtime_data.watches.values():
        async_add_entities(
            _sensors(hass, entry, watch), config_subentry_id=watch.spec.id
        )


def _sensors(
    hass: HomeAssistant, entry: RnConfigEntry, watch: ApplianceWatch
) -> list[ApplianceSensor]:
    sensors = []
    for description in APPLIANCE_SENSORS:
        if description.offered(watch):
            described = _in_currency(description, hass.config.currency)
            sensors.append(ApplianceSensor(entry, watch, described))
        else:
            async_forget(hass, DOMAIN, watch, description.key)
    return sensors


def _in_currency(
    description: ApplianceSensorDescription, currency: str
) -> ApplianceSensorDescription:
    if description.device_class is not SensorDeviceClass.MONETARY:
        return description
    return replace(description, native_unit_of_measurement=currency)


class ApplianceSensor(ApplianceEntity, SensorEntity):
    """One fact about the cycle of an appliance."""

    entity_description: ApplianceSensorDescription

    def __init__(
        self,
        entry: RnConfigEntry,
        watch: ApplianceWatch,
        description: ApplianceSensorDescription,
    ) -> None:
        """Describe the sensor."""
        super().__init__(entry, watch, description.key)
        self.entity_description = description

    @property
    def native_value(self) -> SensorValue:
        """Present value."""
        return self.entity_description.value(self._watch)

    @property
    def extra_state_attributes(self) -> Mapping[str, Any] | None:
        """Few and short ones."""
        attributes = self.entity_description.attributes
        return None if attributes is None else attributes(self._watch)

    @property
    def last_reset(self) -> datetime | None:
        """When a total that is counted per cycle began."""
        reset = self.entity_description.reset
        return None if reset is None else reset(self._watch)


class ScoreboardSensor(HubEntity, SensorEntity):
    """A sensor that follows the scoreboard."""

    async def async_added_to_hass(self) -> None:
        """Follow the scoreboard while the entity exists."""
        self.async_on_remove(
            self._runtime.scoreboard.async_listen(self.async_write_ha_state)
        )


class MetricSensor(ScoreboardSensor):
    """One metric of the catalogue."""

    # all metrics are snapshots of a rolling window, so their statistics are means
    _attr_state_class = SensorStateClass.MEASUREMENT

    def __init__(self, entry: RnConfigEntry, metric: Metric) -> None:
        """Describe the sensor as the catalogue says."""
        super().__init__(entry, metric.key)
        self._key = metric.key
        self._attr_native_unit_of_measurement = metric.unit
        self._attr_suggested_display_precision = metric.precision
        if metric.unit == SECONDS:
            self._attr_device_class = SensorDeviceClass.DURATION
        if metric.diagnostic:
            self._attr_entity_category = EntityCategory.DIAGNOSTIC

    @property
    def native_value(self) -> float | None:
        """Unknown as long as there is nothing to count."""
        return self._runtime.scoreboard.values[self._key].value

    @property
    def extra_state_attributes(self) -> Mapping[str, Any]:
        """The terms that the number is made of."""
        return self._runtime.scoreboard.values[self._key].attributes


class LastNotificationSensor(ScoreboardSensor):
    """The latest message, and what is known of it."""

    def __init__(self, entry: RnConfigEntry) -> None:
        """Describe the sensor."""
        super().__init__(entry, "last_notification")

    @property
    def native_value(self) -> str | None:
        """Its title, as far as a state can hold it."""
        last = self._runtime.scoreboard.last_notification
        return last.title[:LONGEST_STATE] if last and last.title else None

    @property
    def extra_state_attributes(self) -> Mapping[str, Any]:
        """Whom it was for and what proves that it arrived."""
        last = self._runtime.scoreboard.last_notification
        if last is None:
            return {}
        return {
            "at": _moment(last.at),
            "recipients": ", ".join(last.recipients),
            "evidence": last.evidence.value if last.evidence else None,
            "seconds": None if last.seconds is None else round(last.seconds, 2),
        }
