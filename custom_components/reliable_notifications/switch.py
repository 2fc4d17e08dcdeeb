"""Switches: what keeps messages back for everybody, each named after what it does.

They only show and pass on; what is switched is kept by the store and heard by the
router, which lets pass what is urgent, and says so.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import partial
from math import isfinite
from typing import Any

from homeassistant.components.switch import SwitchEntity, SwitchEntityDescription
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .entity import ChannelEntity, HubEntity, ReliableEntity, WishEntity
from .runtime import RnConfigEntry, Runtime
from .wish_switches import WISHES, WishDescription

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class ModeDescription(SwitchEntityDescription):
    """A switch of the whole household: how it is, and how it is changed."""

    value: Callable[[Runtime], bool]
    change: Callable[[Runtime, bool], Coroutine[Any, Any, None]]


MODES: tuple[ModeDescription, ...] = (
    ModeDescription(
        key="pause_all",
        value=lambda runtime: runtime.modes.switched.paused_until is not None,
        change=lambda runtime, is_on: (
            runtime.modes.async_pause() if is_on else runtime.modes.async_resume()
        ),
    ),
    ModeDescription(
        key="guest_mode",
        value=lambda runtime: runtime.modes.switched.guest,
        change=lambda runtime, is_on: runtime.modes.async_change(guest=is_on),
    ),
    ModeDescription(
        key="vacation",
        value=lambda runtime: runtime.modes.switched.vacation,
        change=lambda runtime, is_on: runtime.modes.async_change(vacation=is_on),
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: RnConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the household's switches, and one for each channel to its subentry."""
    async_add_entities(
        [
            *(ModeSwitch(entry, description) for description in MODES),
            *(
                CategorySwitch(entry, category)
                for category in entry.runtime_data.categories
            ),
        ]
    )
    for recipient_id in entry.runtime_data.pipeline.directory.recipients:
        async_add_entities(
            [WishSwitch(entry, recipient_id, each) for each in WISHES],
            config_subentry_id=recipient_id,
        )
    for channel_id in entry.runtime_data.pipeline.directory.configured:
        async_add_entities(
            [ChannelSwitch(entry, channel_id)], config_subentry_id=channel_id
        )


class _Switch(ReliableEntity, SwitchEntity):
    """Follows what is switched."""

    _parts: Runtime

    async def async_added_to_hass(self) -> None:
        """Hear also of the end of a pause."""
        await super().async_added_to_hass()
        self.async_on_remove(self._parts.modes.listen(self.async_write_ha_state))

    async def async_turn_on(self, **kwargs: Any) -> None:
        """Switch it on."""
        await self._async_switch(is_on=True)

    async def async_turn_off(self, **kwargs: Any) -> None:
        """Switch it off."""
        await self._async_switch(is_on=False)

    @abstractmethod
    async def _async_switch(self, *, is_on: bool) -> None:
        """Pass it on."""


class ModeSwitch(_Switch, HubEntity):
    """Pause all, guest mode or vacation."""

    entity_description: ModeDescription

    def __init__(self, entry: RnConfigEntry, description: ModeDescription) -> None:
        """Describe the switch."""
        super().__init__(entry, description.key)
        self.entity_description = description
        self._parts = entry.runtime_data

    @property
    def is_on(self) -> bool:
        """How it is switched."""
        return self.entity_description.value(self._parts)

    @property
    def extra_state_attributes(self) -> dict[str, Any] | None:
        """When a pause ends by itself, and that what is urgent passes it."""
        if self.entity_description.key != "pause_all":
            return None
        until = self._parts.modes.switched.paused_until
        ends = until is not None and isfinite(until)
        return {
            "until": dt_util.utc_from_timestamp(until) if until and ends else None,
            "passes": "urgent",
        }

    async def _async_switch(self, *, is_on: bool) -> None:
        await self.entity_description.change(self._parts, is_on)


class CategorySwitch(_Switch, HubEntity):
    """Whether messages of a category are told at all."""

    _attr_entity_category = EntityCategory.CONFIG
    # few want to silence a whole category, and there are as many as in the table
    _attr_entity_registry_enabled_default = False

    def __init__(self, entry: RnConfigEntry, category: str) -> None:
        """Describe the switch."""
        super().__init__(entry, f"category_{category}")
        self._category = category
        self._parts = entry.runtime_data

    @property
    def is_on(self) -> bool:
        """Whether they are told."""
        return self._category not in self._parts.modes.switched.off_categories

    async def _async_switch(self, *, is_on: bool) -> None:
        await self._parts.modes.async_change(category=(self._category, is_on))


class ChannelSwitch(_Switch, ChannelEntity):
    """Whether a channel is used."""

    _attr_entity_category = EntityCategory.CONFIG

    def __init__(self, entry: RnConfigEntry, channel_id: str) -> None:
        """Describe the switch."""
        super().__init__(entry, channel_id, "used")
        self._parts = entry.runtime_data

    @property
    def is_on(self) -> bool:
        """Whether messages may take it."""
        return self._channel_id not in self._parts.modes.switched.off_channels

    async def _async_switch(self, *, is_on: bool) -> None:
        await self._parts.modes.async_change(channel=(self._channel_id, is_on))


class WishSwitch(WishEntity, SwitchEntity):
    """Something that a recipient wishes, or not."""

    _attr_entity_category = EntityCategory.CONFIG
    entity_description: WishDescription

    def __init__(
        self, entry: RnConfigEntry, recipient_id: str, description: WishDescription
    ) -> None:
        """Describe the switch."""
        super().__init__(entry, recipient_id, description.key)
        self.entity_description = description

    @property
    def is_on(self) -> bool:
        """Whether it is wished."""
        return self.entity_description.value(self._wishes)

    async def async_turn_on(self, **kwargs: Any) -> None:
        """Wish it."""
        await self._async_change(partial(self.entity_description.change, is_on=True))

    async def async_turn_off(self, **kwargs: Any) -> None:
        """Wish it no more."""
        await self._async_change(partial(self.entity_description.change, is_on=False))
