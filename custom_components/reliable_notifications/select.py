"""Selects: which programme runs, and what recipients wish.

For those who know better than the course of power, and for everybody's own preferences.
"""

from __future__ import annotations

from functools import partial

from homeassistant.components.select import DOMAIN, SelectEntity
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .appliances.appliance import ApplianceWatch
from .entity import ApplianceEntity, WishEntity, async_forget, async_forget_all_but
from .recipients.wish_choices import (
    AUTOMATIC as LANGUAGE_OF_THE_HOUSE,
    LANGUAGE_CHOICES,
)
from .runtime import RnConfigEntry
from .wish_selects import CHOICES, LEAST_KEY, WishSelectDescription, least_over

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
    directory = entry.runtime_data.pipeline.directory
    for recipient_id, recipient in directory.recipients.items():
        bounds = [
            least_over(channel_id, directory.configured[channel_id].name)
            for channel_id in recipient.channels
            if channel_id in directory.configured
        ]
        async_forget_all_but(
            hass, DOMAIN, f"{recipient_id}_{LEAST_KEY}_", [each.key for each in bounds]
        )
        choices = [
            WishChoice(entry, recipient_id, each) for each in (*CHOICES, *bounds)
        ]
        async_add_entities(
            [LanguageChoice(entry, recipient_id), *choices],
            config_subentry_id=recipient_id,
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


class WishChoice(WishEntity, SelectEntity):
    """Something of which a recipient wishes one of several."""

    _attr_entity_category = EntityCategory.CONFIG
    entity_description: WishSelectDescription

    def __init__(
        self,
        entry: RnConfigEntry,
        recipient_id: str,
        description: WishSelectDescription,
    ) -> None:
        """Describe the choice."""
        super().__init__(entry, recipient_id, description.key)
        self._attr_translation_key = description.translation_key or description.key
        self.entity_description = description

    @property
    def available(self) -> bool:
        """There is nothing to choose of what is off."""
        return self.current_option is not None

    @property
    def options(self) -> list[str]:
        """What there is to choose, and what it is besides."""
        choices, now = self.entity_description.choices, self.current_option
        return [*choices, *([now] if now is not None and now not in choices else [])]

    @property
    def current_option(self) -> str | None:
        """As it is stored."""
        return self.entity_description.value(self._wishes)

    async def async_select_option(self, option: str) -> None:
        """Store another one."""
        change = self.entity_description.change
        await self._async_change(partial(change, option=option))


class LanguageChoice(WishEntity, SelectEntity):
    """The language of a recipient's messages."""

    _attr_entity_category = EntityCategory.CONFIG

    def __init__(self, entry: RnConfigEntry, recipient_id: str) -> None:
        """Describe the choice."""
        super().__init__(entry, recipient_id, "message_language")
        self._attr_options = [*LANGUAGE_CHOICES]

    @property
    def current_option(self) -> str:
        """What is chosen; without that it is the language of Home Assistant."""
        directory = self._runtime.pipeline.directory
        chosen = directory.recipients[self._recipient_id].language or ""
        known = chosen.partition("-")[0].lower()
        return known if known in LANGUAGE_CHOICES else LANGUAGE_OF_THE_HOUSE

    async def async_select_option(self, option: str) -> None:
        """Store another one, if who asks may."""
        await self._runtime.wishes.async_speak(
            self._recipient_id,
            None if option == LANGUAGE_OF_THE_HOUSE else option,
            self._context,
        )
