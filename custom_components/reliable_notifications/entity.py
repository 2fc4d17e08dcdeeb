"""Base entities: which device an entity belongs to, and its unique id.

Holds no values; the platforms describe those.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.device_registry import DeviceEntryType, DeviceInfo
from homeassistant.helpers.entity import Entity
from homeassistant.util import dt as dt_util

from .appliances.appliance import ApplianceWatch
from .compat import subentry_device_info
from .const import DOMAIN
from .engine.delivery.breaker import Breaker
from .runtime import RnConfigEntry


class ReliableEntity(Entity):
    """What all our entities have in common."""

    _attr_has_entity_name = True
    _attr_should_poll = False

    @callback
    def async_entity_id_changed(self, old_entity_id: str) -> None:
        """Nothing here depends on the entity id, so a rename needs no new entity."""


class HubEntity(ReliableEntity):
    """An entity of the integration as a whole."""

    def __init__(self, entry: RnConfigEntry, key: str) -> None:
        """Name the entity within the hub's device."""
        self._runtime = entry.runtime_data
        self._attr_translation_key = key
        self._attr_unique_id = f"{entry.entry_id}_{key}"
        self._attr_device_info = DeviceInfo(
            identifiers={(DOMAIN, entry.entry_id)},
            entry_type=DeviceEntryType.SERVICE,
        )


class ApplianceEntity(ReliableEntity):
    """An entity of one appliance."""

    def __init__(self, entry: RnConfigEntry, watch: ApplianceWatch, key: str) -> None:
        """Name the entity within the appliance's device."""
        self._watch = watch
        self._attr_translation_key = key
        self._attr_unique_id = f"{watch.spec.id}_{key}"
        self._attr_device_info = subentry_device_info(
            identifier=(DOMAIN, watch.spec.id),
            name=watch.spec.name,
            model=watch.spec.kind.value.replace("_", " ").capitalize(),
            hub=entry.runtime_data.hub,
        )

    async def async_added_to_hass(self) -> None:
        """Follow the appliance while the entity exists."""
        self.async_on_remove(self._watch.async_listen(self.async_write_ha_state))


class ChannelEntity(ReliableEntity):
    """An entity of one channel."""

    def __init__(self, entry: RnConfigEntry, channel_id: str, key: str) -> None:
        """Name the entity within the channel's device."""
        pipeline = entry.runtime_data.pipeline
        channel = pipeline.directory.configured[channel_id]
        self._health = pipeline.courier.health
        self._traffic = pipeline.courier.traffic
        self._channel_id = channel_id
        self._attr_translation_key = key
        self._attr_unique_id = f"{channel_id}_{key}"
        self._attr_device_info = subentry_device_info(
            identifier=(DOMAIN, channel_id),
            name=channel.name,
            model=channel.kind.replace("_", " ").capitalize(),
            hub=entry.runtime_data.hub,
        )

    async def async_added_to_hass(self) -> None:
        """Follow how the channel fares."""
        self.async_on_remove(self._health.listen(self._fares))
        self.async_on_remove(self._traffic.listen(self._was_sent))

    @callback
    def _was_sent(self, channel_id: str) -> None:
        if channel_id == self._channel_id and self._left_today is not None:
            self.async_write_ha_state()

    @property
    def _left_today(self) -> int | None:
        """How many messages it takes yet today; None: no bound is known."""
        return self._traffic.left_today(self._channel_id, dt_util.utcnow().timestamp())

    @callback
    def _fares(self, channel_id: str, _before: Breaker, _after: Breaker) -> None:
        if channel_id == self._channel_id:
            self.async_write_ha_state()


class RecipientEntity(ReliableEntity):
    """An entity of one recipient."""

    def __init__(self, entry: RnConfigEntry, recipient_id: str, key: str) -> None:
        """Name the entity within the recipient's device."""
        recipient = entry.runtime_data.pipeline.directory.recipients[recipient_id]
        self._runtime = entry.runtime_data
        self._recipient_id = recipient_id
        self._attr_translation_key = key
        self._attr_unique_id = f"{recipient_id}_{key}"
        self._attr_device_info = subentry_device_info(
            identifier=(DOMAIN, recipient_id),
            name=recipient.name,
            model="Recipient",
            hub=entry.runtime_data.hub,
        )


class WishEntity(RecipientEntity):
    """An entity with which a recipient says what they wish."""

    async def async_added_to_hass(self) -> None:
        """Follow the wishes, whoever changes them."""
        self.async_on_remove(self._runtime.wishes.listen(self.async_write_ha_state))

    @property
    def _wishes(self) -> Mapping[str, Any]:
        """What is stored of them."""
        return self._runtime.wishes.of(self._recipient_id)

    async def _async_change(
        self, change: Callable[[Mapping[str, Any]], Mapping[str, Any]]
    ) -> None:
        """Store another one, if who asks may."""
        await self._runtime.wishes.async_change(
            self._recipient_id, change, self._context
        )


@callback
def async_forget(
    hass: HomeAssistant, platform: str, watch: ApplianceWatch, key: str
) -> None:
    """Remove an entity that an appliance had before it was changed."""
    _forget(hass, platform, f"{watch.spec.id}_{key}")


@callback
def async_forget_of_hub(
    hass: HomeAssistant, platform: str, entry: RnConfigEntry, key: str
) -> None:
    """Remove an entity that the hub had before its settings were changed."""
    _forget(hass, platform, f"{entry.entry_id}_{key}")


@callback
def async_forget_all_but(
    hass: HomeAssistant, platform: str, prefix: str, keys: Iterable[str]
) -> None:
    """Remove entities of what is gone: ids that begin so, but end in none of these."""
    registry, kept = er.async_get(hass), tuple(keys)
    for entity in list(registry.entities.values()):
        ours = (entity.platform, entity.domain) == (DOMAIN, platform)
        theirs = entity.unique_id.startswith(prefix)
        if ours and theirs and not entity.unique_id.endswith(kept):
            registry.async_remove(entity.entity_id)


def _forget(hass: HomeAssistant, platform: str, unique_id: str) -> None:
    registry = er.async_get(hass)
    if entity_id := registry.async_get_entity_id(platform, DOMAIN, unique_id):
        registry.async_remove(entity_id)
