"""Buttons: what a person knows better than the sensors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from homeassistant.components.button import (
    DOMAIN,
    ButtonEntity,
    ButtonEntityDescription,
)
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .appliances.appliance import ApplianceWatch
from .engine.vocabulary import EmptiedBy
from .entity import ApplianceEntity, ChannelEntity, async_forget
from .runtime import RnConfigEntry

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class ApplianceButtonDescription(ButtonEntityDescription):
    """A button of an appliance, what it does, and which appliances have it."""

    press: Callable[[ApplianceWatch], None]
    offered: Callable[[ApplianceWatch], bool]


def _has_power(watch: ApplianceWatch) -> bool:
    """What says itself what it is doing need not be told."""
    return watch.spec.power_entity is not None


# Each is without effect when there is nothing to empty, to finish or to discard.
BUTTONS: tuple[ApplianceButtonDescription, ...] = (
    ApplianceButtonDescription(
        key="emptied",
        press=lambda watch: watch.async_emptied(EmptiedBy.BUTTON),
        offered=lambda watch: watch.consequences.holds_a_load,
    ),
    ApplianceButtonDescription(
        key="finished_now",
        entity_category=EntityCategory.CONFIG,
        press=lambda watch: watch.async_end(discard=False),
        offered=_has_power,
    ),
    ApplianceButtonDescription(
        key="discard",
        entity_category=EntityCategory.CONFIG,
        press=lambda watch: watch.async_end(discard=True),
        offered=_has_power,
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: RnConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the buttons of each appliance and channel to its subentry."""
    for channel_id in entry.runtime_data.pipeline.directory.configured:
        async_add_entities(
            [ChannelTestButton(entry, channel_id)], config_subentry_id=channel_id
        )
    for watch in entry.runtime_data.watches.values():
        buttons = []
        for description in BUTTONS:
            if description.offered(watch):
                buttons.append(ApplianceButton(entry, watch, description))
            else:
                async_forget(hass, DOMAIN, watch, description.key)
        async_add_entities(buttons, config_subentry_id=watch.spec.id)


class ApplianceButton(ApplianceEntity, ButtonEntity):
    """Something that a person says of an appliance."""

    entity_description: ApplianceButtonDescription

    def __init__(
        self,
        entry: RnConfigEntry,
        watch: ApplianceWatch,
        description: ApplianceButtonDescription,
    ) -> None:
        """Describe the button."""
        super().__init__(entry, watch, description.key)
        self.entity_description = description

    async def async_press(self) -> None:
        """Pass it on."""
        self.entity_description.press(self._watch)


class ChannelTestButton(ChannelEntity, ButtonEntity):
    """Sends a test message; the sensor beside it shows what that proved."""

    _attr_entity_category = EntityCategory.DIAGNOSTIC

    def __init__(self, entry: RnConfigEntry, channel_id: str) -> None:
        """Describe the button."""
        super().__init__(entry, channel_id, "test")
        self._trials = entry.runtime_data.pipeline.trials

    async def async_press(self) -> None:
        """Test the channel, to its end."""
        await self._trials.async_run(self._channel_id)
