"""Buttons: what a person knows better than the sensors."""

from __future__ import annotations

from homeassistant.components.button import DOMAIN, ButtonEntity
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .appliance import ApplianceWatch
from .engine.vocabulary import EmptiedBy
from .entity import ApplianceEntity, async_forget
from .runtime import RnConfigEntry

PARALLEL_UPDATES = 0

EMPTIED = "emptied"


async def async_setup_entry(
    hass: HomeAssistant,
    entry: RnConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the buttons of each appliance to its subentry."""
    for watch in entry.runtime_data.watches.values():
        if watch.holds_a_load:
            async_add_entities(
                [EmptiedButton(entry, watch)], config_subentry_id=watch.spec.id
            )
        else:
            async_forget(hass, DOMAIN, watch, EMPTIED)


class EmptiedButton(ApplianceEntity, ButtonEntity):
    """Says that the load was taken out; without effect when nothing waits."""

    def __init__(self, entry: RnConfigEntry, watch: ApplianceWatch) -> None:
        """Describe the button."""
        super().__init__(entry, watch, EMPTIED)

    async def async_press(self) -> None:
        """End the waiting, and its reminders."""
        self._watch.async_emptied(EmptiedBy.BUTTON)
