"""Selects: which programme runs, for those who know better than the course of power."""

from __future__ import annotations

from homeassistant.components.select import DOMAIN, SelectEntity
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .appliances.appliance import ApplianceWatch
from .entity import ApplianceEntity, async_forget
from .runtime import RnConfigEntry

PARALLEL_UPDATES = 0

CHOICE = "programme_choice"
AUTOMATIC = "automatic"


async def async_setup_entry(
    hass: HomeAssistant,
    entry: RnConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the choice of each appliance whose power is measured to its subentry."""
    for watch in entry.runtime_data.watches.values():
        if watch.spec.power_entity is None:
            async_forget(hass, DOMAIN, watch, CHOICE)
        else:
            async_add_entities(
                [ProgrammeChoice(entry, watch)], config_subentry_id=watch.spec.id
            )


class ProgrammeChoice(ApplianceEntity, SelectEntity):
    """The programme of the running cycle, or of the next one.

    What is expected follows the choice. It holds for one cycle.
    """

    def __init__(self, entry: RnConfigEntry, watch: ApplianceWatch) -> None:
        """Describe the choice."""
        super().__init__(entry, watch, CHOICE)

    @property
    def options(self) -> list[str]:
        """The programmes that were found, under their names."""
        return [AUTOMATIC, *(each.label for each in self._watch.programmes.known)]

    @property
    def current_option(self) -> str:
        """What a person has said, if anything."""
        return self._watch.programmes.chosen or AUTOMATIC

    async def async_select_option(self, option: str) -> None:
        """Pass it on."""
        self._watch.programmes.async_choose(None if option == AUTOMATIC else option)
