"""A notify entity for the household, so that any automation can use the pipeline."""

from __future__ import annotations

from homeassistant.components.notify import NotifyEntity, NotifyEntityFeature
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .entity import HubEntity
from .runtime import RnConfigEntry

# the pipeline orders and bounds what is sent; nothing is gained by waiting here
PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: RnConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the household's entity."""
    async_add_entities([HouseholdNotify(entry)])


class HouseholdNotify(HubEntity, NotifyEntity):
    """Everybody at once.

    Returns when the message is stored: from then on it cannot be lost, and the
    pipeline goes on by itself. Raises when it could not be stored.
    """

    _attr_supported_features = NotifyEntityFeature.TITLE

    def __init__(self, entry: RnConfigEntry) -> None:
        """Describe the entity."""
        super().__init__(entry, "household")

    async def async_send_message(self, message: str, title: str | None = None) -> None:
        """Give a message to the pipeline."""
        await self._runtime.pipeline.async_write(message, title)
