"""Binary sensors: whether an appliance is in a cycle."""

from __future__ import annotations

from homeassistant.components.binary_sensor import (
    BinarySensorDeviceClass,
    BinarySensorEntity,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .appliance import ApplianceWatch
from .engine.vocabulary import ApplianceState
from .entity import ApplianceEntity
from .runtime import RnConfigEntry

PARALLEL_UPDATES = 0

# a pause belongs to the cycle: the appliance is still at work
_RUNNING = frozenset({ApplianceState.RUNNING, ApplianceState.PAUSED})


async def async_setup_entry(
    hass: HomeAssistant,
    entry: RnConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the binary sensors of each appliance to its subentry."""
    for watch in entry.runtime_data.watches.values():
        async_add_entities(
            [RunningSensor(entry, watch)], config_subentry_id=watch.spec.id
        )


class RunningSensor(ApplianceEntity, BinarySensorEntity):
    """On from the start of a cycle to its finish, through all pauses."""

    _attr_device_class = BinarySensorDeviceClass.RUNNING

    def __init__(self, entry: RnConfigEntry, watch: ApplianceWatch) -> None:
        """Describe the sensor."""
        super().__init__(entry, watch, "running")

    @property
    def is_on(self) -> bool | None:
        """None while nothing is known of the appliance."""
        if self._watch.detector.state is ApplianceState.UNKNOWN:
            return None
        return self._watch.detector.state in _RUNNING
