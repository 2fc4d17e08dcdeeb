"""Every difference between Home Assistant 2025.6 and the newest, in one place.

Features are asked for, versions are not compared: a difference that a later
release removes then vanishes here without anybody noticing. Nothing else may
look at Home Assistant's version.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
import sys
from typing import TYPE_CHECKING, Any, cast

from homeassistant import components
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.device_registry import DeviceEntry, DeviceInfo

if TYPE_CHECKING:
    from homeassistant.components.media_source import PlayMedia

    # the newest Home Assistant validates with probatio and installs it under the
    # name of voluptuous; its own types are written against probatio
    import probatio as vol
else:
    import voluptuous as vol

__all__ = [
    "can_ask_aloud",
    "echo_batches",
    "echo_calls_wait",
    "find_device",
    "host_has_internet",
    "html5_has_entities",
    "subentry_device_info",
    "vol",
]

# DeviceInfo was a TypedDict up to 2026.9 and is a slotted dataclass since; both
# answer one of these two
_DEVICE_FIELDS: frozenset[str] = frozenset(
    getattr(DeviceInfo, "__annotations__", None) or ()
) | frozenset(getattr(DeviceInfo, "__dataclass_fields__", None) or ())

# asked of the disk while we are imported, in a thread: importing html5 itself would
# load what only those have installed who use it
_HTML5_EVENTS = Path(components.__path__[0], "html5", "event.py").is_file()


def html5_has_entities() -> bool:
    """Whether browsers of html5 have entities, and answer through them.

    They were on the bus only in 2025.6; who listens there since 2026 is told not to.
    """
    return _HTML5_EVENTS


def subentry_device_info(
    *, identifier: tuple[str, str], name: str, model: str, hub: DeviceEntry
) -> DeviceInfo:
    """Describe a device of a subentry, linked to the hub's device.

    2026.8 links devices by the id of the parent, before that by its identifier.
    """
    link: dict[str, Any] = (
        {"via_device_id": hub.id}
        if "via_device_id" in _DEVICE_FIELDS
        else {"via_device": next(iter(hub.identifiers))}
    )
    return DeviceInfo(
        identifiers={identifier},
        name=name,
        manufacturer="Reliable Notifications",
        model=model,
        **link,
    )


def find_device(
    registry: dr.DeviceRegistry, identifier: tuple[str, str], entry_id: str
) -> DeviceEntry | None:
    """Look a device of ours up (2026.9 wants the entry named, before it could not)."""
    lookup = getattr(registry, "async_get_device_by_identifier", None)
    if lookup is not None:
        return cast("DeviceEntry | None", lookup(identifier, entry_id))
    return registry.async_get_device(identifiers={identifier})


def can_ask_aloud(hass: HomeAssistant) -> bool:
    """Whether satellites can be made to ask a question (since 2025.7)."""
    return hass.services.has_service("assist_satellite", "ask_question")


def is_no_answer(error: HomeAssistantError) -> bool:
    """Whether a satellite got no answer (until 2026.10 that is only in the words)."""
    return error.translation_key == "no_answer" or str(error).startswith(
        "No answer from "
    )


def echo_calls_wait(account: ConfigEntry | None) -> bool:
    """Whether a call of `alexa_devices` returns only after Amazon's answer.

    So it was in 2025.6: its library sent each message itself, and raised.
    """
    api = _echo_library(account)
    return hasattr(api, "_session_request") and not hasattr(api, "_sequence_handler")


def echo_batches(account: ConfigEntry | None) -> frozenset[asyncio.Task[Any]] | None:
    """The tasks in which the library of `alexa_devices` sends what it has gathered.

    It has gathered messages since 2026 and tells nobody when they are sent. None where
    there are no such tasks, or where they are not where they were.
    """
    handler = getattr(_echo_library(account), "_sequence_handler", None)
    tasks = getattr(handler, "_tasks", None)
    return None if tasks is None else frozenset(tasks)


def _echo_library(account: ConfigEntry | None) -> object | None:
    return getattr(getattr(account, "runtime_data", None), "api", None)


def host_has_internet(hass: HomeAssistant) -> bool | None:
    """What the Supervisor knows of the internet; None without one, or as it looks.

    It was kept in a dictionary in 2025.6, and is in a record since 2026.
    """
    info = hass.data.get("hassio_network_info")
    found: object = (
        info.get("host_internet")
        if isinstance(info, dict)
        else getattr(info, "host_internet", None)
    )
    return found if isinstance(found, bool) else None


def smtp_attaches(hass: HomeAssistant) -> bool:
    """Whether mail can have pictures under a name that its HTML uses (since 2026)."""
    if not hass.services.has_service("smtp", "send_message"):
        return False
    from homeassistant.components.smtp import const

    return hasattr(const, "ATTR_CONTENT_ID")


def smtp_action_raises() -> bool:
    """Whether the older mail action raises its server's refusal.

    Up to 2025 it only warned of it; since then a warning is a try that failed, after
    which the next one may have worked. What raises an error has it imported.
    """
    action = sys.modules.get("homeassistant.components.smtp.notify")
    return hasattr(action, HomeAssistantError.__name__)


def media_at(path: Path, mime_type: str) -> PlayMedia:
    """A medium that is a file and has no address; 2025.6 knows no files."""
    from homeassistant.components.media_source import PlayMedia

    beside: dict[str, Any] = {"path": path}
    known = PlayMedia.__dataclass_fields__
    return PlayMedia("", mime_type, **{k: v for k, v in beside.items() if k in known})
