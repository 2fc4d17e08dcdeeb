"""Sensors: the metrics of the hub and the cycle of each appliance.

The hub's metrics come from the engine's catalogue, so a new metric needs no line
here; the appliances' sensors are tuples of descriptions, in files of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from homeassistant.components.sensor import (
    DOMAIN,
    SensorDeviceClass,
    SensorEntity,
    SensorStateClass,
)
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .appliance_sensors import (
    APPLIANCE_SENSORS,
    ApplianceSensorDescription,
    SensorValue,
    moment,
)
from .appliances.appliance import ApplianceWatch
from .engine.metrics.catalogue import METRICS, SECONDS, Metric
from .engine.vocabulary import Evidence
from .entity import (
    ApplianceEntity,
    ChannelEntity,
    HubEntity,
    RecipientEntity,
    async_forget,
)
from .runtime import RnConfigEntry
from .snooze_sensor import SnoozedUntilSensor
from .value_sensors import MONEY_DIGITS, VALUE_SENSORS

PARALLEL_UPDATES = 0

# Home Assistant refuses longer states
LONGEST_STATE = 255


async def async_setup_entry(
    hass: HomeAssistant,
    entry: RnConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the hub's sensors, and those of each part to its subentry."""
    async_add_entities(
        [MetricSensor(entry, metric) for metric in METRICS]
        + [LastNotificationSensor(entry)]
    )
    for channel_id, channel in entry.runtime_data.pipeline.directory.configured.items():
        costs = [CostSensor(entry, channel_id)] if channel.paid else []
        async_add_entities(
            [LastTestSensor(entry, channel_id), *costs], config_subentry_id=channel_id
        )
    for recipient_id in entry.runtime_data.pipeline.directory.recipients:
        async_add_entities(
            [
                SnoozedUntilSensor(entry, recipient_id),
                MessagesSensor(entry, recipient_id),
            ],
            config_subentry_id=recipient_id,
        )
    for watch in entry.runtime_data.watches.values():
        async_add_entities(
            _sensors(hass, entry, watch), config_subentry_id=watch.spec.id
        )


def _sensors(
    hass: HomeAssistant, entry: RnConfigEntry, watch: ApplianceWatch
) -> list[ApplianceSensor]:
    sensors = []
    for description in (*APPLIANCE_SENSORS, *VALUE_SENSORS):
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


class CostSensor(ChannelEntity, SensorEntity):
    """What a channel has cost since the month began."""

    _attr_device_class = SensorDeviceClass.MONETARY
    _attr_state_class = SensorStateClass.TOTAL
    _attr_suggested_display_precision = 2
    # one for each recipient: for people to look at, not for the history
    _unrecorded_attributes = frozenset({"recipients"})

    def __init__(self, entry: RnConfigEntry, channel_id: str) -> None:
        """Describe the sensor."""
        super().__init__(entry, channel_id, "channel_cost")
        pipeline = entry.runtime_data.pipeline
        self._purse = pipeline.gate.purse
        self._recipients = pipeline.directory.recipients
        channel = pipeline.directory.configured[channel_id]
        self._cap = channel.monthly_cap
        self._attr_native_unit_of_measurement = channel.currency

    async def async_added_to_hass(self) -> None:
        """Follow what is spent, and the change of the month."""
        await super().async_added_to_hass()
        self.async_on_remove(self._purse.async_listen(self.async_write_ha_state))

    @property
    def native_value(self) -> float:
        """The sum of the attempts that the service took, or may have taken."""
        return round(self._purse.spent(self._channel_id).amount, MONEY_DIGITS)

    @property
    def last_reset(self) -> datetime:
        """When the month began."""
        return self._purse.since

    @property
    def extra_state_attributes(self) -> Mapping[str, Any]:
        """How many messages, for whom, and how much is allowed."""
        spent = self._purse.spent(self._channel_id)
        recipients = {
            self._recipients[key].name: round(amount, MONEY_DIGITS)
            for key, amount in spent.recipients.items()
            if key in self._recipients
        }
        return {
            "messages": spent.messages,
            "unpriced": spent.unpriced,
            "limit": self._cap,
            "recipients": recipients,
        }


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


class MessagesSensor(RecipientEntity, SensorEntity):
    """How many messages to a recipient wait, with the latest and why they went so."""

    # people read them now; the recorder would only grow by them
    _unrecorded_attributes = frozenset({"messages"})

    def __init__(self, entry: RnConfigEntry, recipient_id: str) -> None:
        """Describe the sensor."""
        super().__init__(entry, recipient_id, "messages")
        self._latest = entry.runtime_data.latest_messages

    async def async_added_to_hass(self) -> None:
        """Follow what happens to messages."""
        self.async_on_remove(self._latest.async_listen(self.async_write_ha_state))

    @property
    def native_value(self) -> int:
        """How many wait, or are on their way."""
        return sum(each.waits for each in self._latest.of(self._recipient_id))

    @property
    def extra_state_attributes(self) -> Mapping[str, Any]:
        """What each was, what became of it, and why."""
        latest = self._latest.of(self._recipient_id)
        return {"messages": [each.as_attribute() for each in latest]}


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
            "at": moment(last.at),
            "recipients": ", ".join(last.recipients),
            "evidence": last.evidence.value if last.evidence else None,
            "seconds": None if last.seconds is None else round(last.seconds, 2),
        }


class LastTestSensor(ChannelEntity, SensorEntity):
    """What the latest test of a channel has proved."""

    _attr_device_class = SensorDeviceClass.ENUM
    _attr_entity_category = EntityCategory.DIAGNOSTIC

    def __init__(self, entry: RnConfigEntry, channel_id: str) -> None:
        """Describe the sensor."""
        super().__init__(entry, channel_id, "last_test")
        self._attr_options = [evidence.value for evidence in Evidence]
        self._trials = entry.runtime_data.pipeline.trials

    async def async_added_to_hass(self) -> None:
        """Follow the tests, and nothing else."""
        self.async_on_remove(self._trials.async_listen(self.async_write_ha_state))

    @property
    def native_value(self) -> str | None:
        """None while it was never tested."""
        trial = self._trials.latest.get(self._channel_id)
        return None if trial is None else trial.evidence.value

    @property
    def extra_state_attributes(self) -> Mapping[str, Any] | None:
        """When that was, how long it took, and in words what happened."""
        trial = self._trials.latest.get(self._channel_id)
        if trial is None:
            return None
        return {
            "at": moment(trial.at),
            "milliseconds": round(1000 * trial.seconds),
            "detail": trial.detail,
        }
