"""Event entities: what happened to cycles and to deliveries.

The same happenings are fired on Home Assistant's bus by the pipeline; here they
get a place on dashboards and in the triggers that the UI offers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from homeassistant.components.event import EventEntity
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .appliances.appliance import ApplianceWatch
from .const import (
    ACKNOWLEDGED,
    CHANNEL_DOWN,
    CHANNEL_RESTORED,
    DELIVERED,
    FAILED,
    FEEDBACK,
    REPLIED,
    RESTARTED,
)
from .engine.vocabulary import CycleEventKind, UnloadingEventKind
from .entity import ApplianceEntity, HubEntity
from .runtime import RnConfigEntry

PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: RnConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the event entities of the hub and of each appliance."""
    async_add_entities([DeliveryEvent(entry)])
    for watch in entry.runtime_data.watches.values():
        async_add_entities(
            [CycleEventEntity(entry, watch)], config_subentry_id=watch.spec.id
        )


class CycleEventEntity(ApplianceEntity, EventEntity):
    """What happens to the cycles of one appliance, and to its load after them."""

    def __init__(self, entry: RnConfigEntry, watch: ApplianceWatch) -> None:
        """Describe the entity."""
        super().__init__(entry, watch, "cycle")
        self._attr_event_types = [
            kind.value for kind in (*CycleEventKind, *UnloadingEventKind)
        ]
        self._announcements = entry.runtime_data.pipeline.announcements

    async def async_added_to_hass(self) -> None:
        """Listen to the pipeline; an event entity writes no state by itself."""
        self.async_on_remove(
            self._announcements.async_listen(self._watch.spec.id, self._happened)
        )

    @callback
    def _happened(self, what: str, data: Mapping[str, Any]) -> None:
        self._trigger_event(what, dict(data))
        self.async_write_ha_state()


class DeliveryEvent(HubEntity, EventEntity):
    """What became of messages; channels and parts of ours that went or came back."""

    def __init__(self, entry: RnConfigEntry) -> None:
        """Describe the entity."""
        super().__init__(entry, "delivery")
        self._attr_event_types = [
            DELIVERED,
            FAILED,
            ACKNOWLEDGED,
            REPLIED,
            CHANNEL_DOWN,
            CHANNEL_RESTORED,
            RESTARTED,
            FEEDBACK,
        ]

    async def async_added_to_hass(self) -> None:
        """Listen to the pipeline."""
        self.async_on_remove(
            self._runtime.pipeline.announcements.async_listen(None, self._happened)
        )

    @callback
    def _happened(self, what: str, data: Mapping[str, Any]) -> None:
        self._trigger_event(what, dict(data))
        self.async_write_ha_state()
