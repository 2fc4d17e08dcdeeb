"""Finds our entities for the dashboard, whatever people have renamed them to.

Everything is looked up by unique id at the moment of asking. An entity that does
not exist or is disabled is None, and whoever asked leaves its card out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from ..const import CONF_POWER_ENTITY, DOMAIN

# which platform an entity belongs to, where it is not a sensor
_PLATFORMS = {
    "about_appliance": "switch",
    "about_general": "switch",
    "about_maintenance": "switch",
    "about_repair": "switch",
    "about_reward": "switch",
    "about_safety": "switch",
    "about_system": "switch",
    "cycle": "event",
    "detailed": "switch",
    "digest": "switch",
    "digest_at": "time",
    "digest_day": "select",
    "digest_rhythm": "select",
    "emptied": "button",
    "end_snooze": "button",
    "guest_mode": "switch",
    "heartbeat": "binary_sensor",
    "household": "notify",
    "inbox": "todo",
    "message_language": "select",
    "pause_all": "switch",
    "pipeline": "binary_sensor",
    "private_lock_screen": "switch",
    "private_speakers": "switch",
    "problem": "binary_sensor",
    "programme_choice": "select",
    "quiet_days": "select",
    "quiet_from": "time",
    "quiet_hours": "switch",
    "quiet_until": "time",
    "running": "binary_sensor",
    "sleep_from": "time",
    "sleep_times": "switch",
    "sleep_until": "time",
    "snooze_until_emptied": "button",
    "snooze_until_tomorrow": "button",
    "too_late": "button",
    "too_loud": "button",
    "vacation": "switch",
    "waiting_to_be_emptied": "binary_sensor",
    "wrong_person": "button",
}

# and those of which there is one for each channel
_LEAST = "least_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An entity on the dashboard, with its name without that of its device.

    `is_renamed` says that people gave it the name, so the name has to stay.
    """

    entity_id: str
    name: str
    is_renamed: bool = False

    def called(self, name: str) -> Shown:
        """Take a shorter name, unless people have chosen one."""
        return self if self.is_renamed else replace(self, name=name)


type Finder = Callable[[str], Shown | None]


def finder(hass: HomeAssistant, prefix: str) -> Finder:
    """Make a function that finds the entities of the hub or of one appliance.

    `prefix` is what their unique ids begin with: the id of the entry or of the
    appliance's subentry.
    """
    registry = er.async_get(hass)

    def find(key: str) -> Shown | None:
        usual = "select" if key.startswith(_LEAST) else "sensor"
        entity_id = registry.async_get_entity_id(
            _PLATFORMS.get(key, usual), DOMAIN, f"{prefix}_{key}"
        )
        return None if entity_id is None else _shown(registry, entity_id)

    return find


def power_sensor(hass: HomeAssistant, appliance: ConfigSubentry) -> Shown | None:
    """Find the power sensor that an appliance is watched by, if it has one."""
    registry = er.async_get(hass)
    known_as = appliance.data.get(CONF_POWER_ENTITY)
    if known_as is None:  # it says itself what it is doing
        return None
    entity_id = er.async_resolve_entity_id(registry, known_as)
    if entity_id is None:
        return None
    if registry.async_get(entity_id) is not None:
        return _shown(registry, entity_id)
    state = hass.states.get(entity_id)  # one of those that have no registry entry
    return None if state is None else Shown(entity_id=entity_id, name=state.name)


def subentries(entry: ConfigEntry, kind: str) -> list[ConfigSubentry]:
    """List what the user has added of one kind, in the order of adding."""
    return [each for each in entry.subentries.values() if each.subentry_type == kind]


def _shown(registry: er.EntityRegistry, entity_id: str) -> Shown | None:
    entry = registry.async_get(entity_id)
    if entry is None or entry.disabled:
        return None
    return Shown(
        entity_id=entity_id,
        name=entry.name or entry.original_name or entity_id,
        is_renamed=entry.name is not None,
    )
