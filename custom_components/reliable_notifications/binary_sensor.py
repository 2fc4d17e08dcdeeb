"""Binary sensors: whether an appliance is in a cycle, waits, or needs a look.

And whether the pipeline does, and is watched from outside. They only show.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from homeassistant.components.binary_sensor import (
    DOMAIN,
    BinarySensorDeviceClass,
    BinarySensorEntity,
)
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .appliances.appliance import ApplianceWatch
from .engine.vocabulary import ApplianceState
from .entity import (
    ApplianceEntity,
    ChannelEntity,
    HubEntity,
    async_forget,
    async_forget_of_hub,
)
from .runtime import RnConfigEntry

PARALLEL_UPDATES = 0

# a pause belongs to the cycle: the appliance is still at work
_RUNNING = frozenset({ApplianceState.RUNNING, ApplianceState.PAUSED})
_NOT_KNOWN = frozenset({ApplianceState.UNKNOWN, ApplianceState.STALE})
WAITING = "waiting_to_be_emptied"
HEARTBEAT = "heartbeat"


async def async_setup_entry(
    hass: HomeAssistant,
    entry: RnConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the binary sensors of each appliance to its subentry."""
    hub: list[BinarySensorEntity] = [PipelineProblem(entry)]
    if entry.runtime_data.heartbeat is not None:
        hub.append(HeartbeatSensor(entry))
    else:
        async_forget_of_hub(hass, DOMAIN, entry, HEARTBEAT)
    async_add_entities(hub)
    for channel_id in entry.runtime_data.pipeline.directory.configured:
        async_add_entities(
            [ChannelProblem(entry, channel_id)], config_subentry_id=channel_id
        )
    for watch in entry.runtime_data.watches.values():
        sensors: list[BinarySensorEntity] = [
            RunningSensor(entry, watch),
            ProblemSensor(entry, watch),
        ]
        if watch.consequences.holds_a_load:
            sensors.append(WaitingSensor(entry, watch))
        else:
            async_forget(hass, DOMAIN, watch, WAITING)
        async_add_entities(sensors, config_subentry_id=watch.spec.id)


class PipelineProblem(HubEntity, BinarySensorEntity):
    """On while the self-test fails: messages may not get through."""

    _attr_device_class = BinarySensorDeviceClass.PROBLEM
    _attr_entity_category = EntityCategory.DIAGNOSTIC

    def __init__(self, entry: RnConfigEntry) -> None:
        """Describe the sensor."""
        super().__init__(entry, "pipeline")

    async def async_added_to_hass(self) -> None:
        """Follow the scoreboard, which counts after each self-test."""
        self.async_on_remove(
            self._runtime.scoreboard.async_listen(self.async_write_ha_state)
        )

    @property
    def is_on(self) -> bool:
        """Whether something is wrong."""
        return self._runtime.uptime.trouble is not None

    @property
    def extra_state_attributes(self) -> Mapping[str, Any] | None:
        """What it is."""
        trouble = self._runtime.uptime.trouble
        return None if trouble is None else {"reason": trouble}


class HeartbeatSensor(HubEntity, BinarySensorEntity):
    """On while the watcher outside takes our signs of life."""

    _attr_device_class = BinarySensorDeviceClass.CONNECTIVITY
    _attr_entity_category = EntityCategory.DIAGNOSTIC

    def __init__(self, entry: RnConfigEntry) -> None:
        """Describe the sensor."""
        super().__init__(entry, HEARTBEAT)
        assert self._runtime.heartbeat is not None  # else there is no such sensor
        self._heartbeat = self._runtime.heartbeat

    async def async_added_to_hass(self) -> None:
        """Follow the signs of life."""
        self.async_on_remove(self._heartbeat.async_listen(self.async_write_ha_state))

    @property
    def is_on(self) -> bool | None:
        """None until the first sign of life."""
        return self._heartbeat.is_reached

    @property
    def extra_state_attributes(self) -> Mapping[str, Any] | None:
        """What keeps it from being reached."""
        obstacle = self._heartbeat.obstacle
        return None if obstacle is None else {"reason": obstacle}


class RunningSensor(ApplianceEntity, BinarySensorEntity):
    """On from the start of a cycle to its finish, through all pauses."""

    _attr_device_class = BinarySensorDeviceClass.RUNNING

    def __init__(self, entry: RnConfigEntry, watch: ApplianceWatch) -> None:
        """Describe the sensor."""
        super().__init__(entry, watch, "running")

    @property
    def is_on(self) -> bool | None:
        """None while nothing is known of the appliance."""
        if self._watch.detector.state in _NOT_KNOWN:
            return None
        return self._watch.detector.state in _RUNNING


class WaitingSensor(ApplianceEntity, BinarySensorEntity):
    """On from the finish until the load was taken out."""

    def __init__(self, entry: RnConfigEntry, watch: ApplianceWatch) -> None:
        """Describe the sensor."""
        super().__init__(entry, watch, WAITING)

    @property
    def is_on(self) -> bool:
        """Whether a load is done and still in the appliance."""
        return self._watch.consequences.unloading.waiting is not None

    @property
    def extra_state_attributes(self) -> Mapping[str, Any] | None:
        """Since when."""
        waiting = self._watch.consequences.unloading.waiting
        if waiting is None:
            return None
        return {"since": dt_util.utc_from_timestamp(waiting.finished_at)}


class ProblemSensor(ApplianceEntity, BinarySensorEntity):
    """On while somebody should look at the appliance or at its sensor."""

    _attr_device_class = BinarySensorDeviceClass.PROBLEM

    def __init__(self, entry: RnConfigEntry, watch: ApplianceWatch) -> None:
        """Describe the sensor."""
        super().__init__(entry, watch, "problem")

    @property
    def is_on(self) -> bool:
        """Whether something is wrong."""
        return self._watch.problem is not None

    @property
    def extra_state_attributes(self) -> Mapping[str, Any] | None:
        """What it is."""
        problem = self._watch.problem
        return None if problem is None else {"reason": problem}


class ChannelProblem(ChannelEntity, BinarySensorEntity):
    """On while messages do not get through a channel."""

    _attr_device_class = BinarySensorDeviceClass.PROBLEM
    _attr_entity_category = EntityCategory.DIAGNOSTIC

    def __init__(self, entry: RnConfigEntry, channel_id: str) -> None:
        """Describe the sensor."""
        super().__init__(entry, channel_id, "channel_problem")

    @property
    def is_on(self) -> bool:
        """Whether the channel is down."""
        return self._health.of(self._channel_id).is_down

    @property
    def extra_state_attributes(self) -> Mapping[str, Any] | None:
        """Why, and since when; and how many messages it takes yet today."""
        left, breaker = self._left_today, self._health.of(self._channel_id)
        attributes: dict[str, Any] = {}
        if left is not None:
            attributes["messages_left_today"] = left
        if breaker.is_down and breaker.failing_since is not None:
            attributes["reason"] = breaker.trouble
            attributes["since"] = dt_util.utc_from_timestamp(breaker.failing_since)
        return attributes or None
