"""Device triggers: what happens to an appliance, for automations made in the UI.

They listen to the same words on Home Assistant's bus as everybody else; nothing is
found out or said here.
"""

from __future__ import annotations

from typing import Any

from homeassistant.components.device_automation import DEVICE_TRIGGER_BASE_SCHEMA
from homeassistant.components.homeassistant.triggers import event as event_trigger
from homeassistant.const import (
    CONF_DEVICE_ID,
    CONF_DOMAIN,
    CONF_EVENT_DATA,
    CONF_PLATFORM,
    CONF_TYPE,
)
from homeassistant.core import CALLBACK_TYPE, HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.trigger import TriggerActionType, TriggerInfo
from homeassistant.helpers.typing import ConfigType

from .compat import vol
from .const import DOMAIN, EVENT_PREFIX, SUBENTRY_APPLIANCE
from .engine.vocabulary import CycleEventKind, UnloadingEventKind

TYPES = tuple(kind.value for kind in (*CycleEventKind, *UnloadingEventKind))

TRIGGER_SCHEMA = DEVICE_TRIGGER_BASE_SCHEMA.extend(
    {vol.Required(CONF_TYPE): vol.In(TYPES)}
)


async def async_get_triggers(
    hass: HomeAssistant, device_id: str
) -> list[dict[str, Any]]:
    """What an appliance offers; the hub's device has no cycles."""
    if _appliance_id(hass, device_id) is None:
        return []
    return [
        {
            CONF_PLATFORM: "device",
            CONF_DEVICE_ID: device_id,
            CONF_DOMAIN: DOMAIN,
            CONF_TYPE: each,
        }
        for each in TYPES
    ]


async def async_attach_trigger(
    hass: HomeAssistant,
    config: ConfigType,
    action: TriggerActionType,
    trigger_info: TriggerInfo,
) -> CALLBACK_TYPE:
    """Listen for it."""
    wanted = event_trigger.TRIGGER_SCHEMA(
        {
            CONF_PLATFORM: "event",
            event_trigger.CONF_EVENT_TYPE: f"{EVENT_PREFIX}{config[CONF_TYPE]}",
            CONF_EVENT_DATA: {
                "appliance_id": _appliance_id(hass, config[CONF_DEVICE_ID]) or ""
            },
        }
    )
    return await event_trigger.async_attach_trigger(
        hass, wanted, action, trigger_info, platform_type="device"
    )


def _appliance_id(hass: HomeAssistant, device_id: str) -> str | None:
    """The appliance that a device is; None if it is none of ours."""
    device = dr.async_get(hass).async_get(device_id)
    if device is None:
        return None
    known = {
        subentry.subentry_id
        for entry in hass.config_entries.async_entries(DOMAIN)
        for subentry in entry.subentries.values()
        if subentry.subentry_type == SUBENTRY_APPLIANCE
    }
    ours = {identifier for domain, identifier in device.identifiers if domain == DOMAIN}
    return next(iter(ours & known), None)
