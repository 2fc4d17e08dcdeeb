"""Builds what takes snapshots of the household, from what is set up.

Translates what is stored of recipients, channels and settings; must not read a state.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er

from ..adapters.asked import ChannelPlace, Picked
from ..adapters.database import Database
from ..adapters.health import Health
from ..adapters.house_modes import HouseModes
from ..adapters.household import Household
from ..const import (
    CONF_DND_ENTITY,
    CONF_GUEST_ENTITY,
    CONF_IGNORED_ENTITIES,
    CONF_INTERNET_ENTITY,
    CONF_PREFERENCES,
    CONF_QUIET,
    CONF_ROOM_ENTITY,
    CONF_SLEEP_ENTITY,
    CONF_VACATION_AFTER,
    CONF_VACATION_ENTITY,
)
from ..recipients.directory import Directory
from ..recipients.people import spans


async def async_household(
    hass: HomeAssistant,
    entry: ConfigEntry[Any],
    database: Database,
    directory: Directory,
) -> Household:
    """Put it together, as it was switched last; nothing is followed yet."""
    options = entry.options
    after = options.get(CONF_VACATION_AFTER)
    modes = HouseModes(hass, database)
    await modes.async_load()
    return Household(
        hass,
        database,
        recipients=directory.recipients,
        channels={
            channel_id: ChannelPlace(
                device_id=_device(hass, channel.target),
                kind=channel.kind,
                local=channel.local,
            )
            for channel_id, channel in directory.channels.items()
        },
        picked=Picked(
            guest=options.get(CONF_GUEST_ENTITY),
            vacation=options.get(CONF_VACATION_ENTITY),
            vacation_after=None if after is None else 3600.0 * after,
            internet=options.get(CONF_INTERNET_ENTITY),
            quiet=spans(options.get(CONF_QUIET, ())),
            ignored=frozenset(options.get(CONF_IGNORED_ENTITIES, ())),
            sleep=dict(_wished(entry, CONF_SLEEP_ENTITY)),
            do_not_disturb=dict(_wished(entry, CONF_DND_ENTITY)),
            whereabouts={
                subentry.subentry_id: subentry.data[CONF_ROOM_ENTITY]
                for subentry in entry.subentries.values()
                if CONF_ROOM_ENTITY in subentry.data
            },
        ),
        modes=modes,
        health=Health(),
    )


def _wished(entry: ConfigEntry[Any], key: str) -> Iterator[tuple[str, str]]:
    """What each recipient has picked for this."""
    for subentry in entry.subentries.values():
        wishes: Mapping[str, Any] = subentry.data.get(CONF_PREFERENCES, {})
        if entity := wishes.get(key):
            yield subentry.subentry_id, entity


def _device(hass: HomeAssistant, target: str) -> str | None:
    """The device behind a channel's target, which is its id or one of its entities."""
    if dr.async_get(hass).async_get(target) is not None:
        return target
    registry = er.async_get(hass)
    entity_id = er.async_resolve_entity_id(registry, target)
    entity = registry.async_get(entity_id) if entity_id else None
    return None if entity is None else entity.device_id
