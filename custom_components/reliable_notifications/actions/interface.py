"""What every action declares, and what several of them need.

Each refusal is a translated sentence, and nothing is half done. Must not know any
single action.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass
from typing import Any

from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
)
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv

from ..appliances.appliance import ApplianceWatch
from ..appliances.naming import named
from ..compat import vol
from ..const import DOMAIN
from ..recipients.directory import Directory
from ..runtime import Runtime

# it becomes the tag of the messages: the companion app allows 64 of these signs, and
# three are ours
INCIDENT = vol.All(cv.string, vol.Match(r"^[A-Za-z0-9_-]{1,61}$"))
TEXT = vol.All(cv.string, vol.Length(min=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One action: its name, what it takes, what it does, whether it answers."""

    name: str
    schema: vol.Schema
    run: Callable[[ServiceCall], Coroutine[Any, Any, ServiceResponse]]
    responds: SupportsResponse = SupportsResponse.OPTIONAL


def runtime_of(hass: HomeAssistant) -> Runtime:
    """The parts of the entry. Raises ServiceValidationError where there is none."""
    for entry in hass.config_entries.async_loaded_entries(DOMAIN):
        runtime: Runtime = entry.runtime_data
        return runtime
    raise ServiceValidationError(
        translation_domain=DOMAIN, translation_key="not_set_up"
    )


def recipient_id(directory: Directory, wanted: str) -> str:
    """Find a recipient by id, or by name without regard to case.

    Raises ServiceValidationError for one that does not exist.
    """
    for recipient in directory.recipients.values():
        if wanted == recipient.id or wanted.casefold() == recipient.name.casefold():
            return recipient.id
    raise ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key="unknown_recipient",
        translation_placeholders={
            "recipient": wanted,
            "known": ", ".join(r.name for r in directory.recipients.values()) or "-",
        },
    )


def channel_named(directory: Directory, wanted: str) -> str:
    """Find a channel by id, or by name without regard to case; returns its id.

    Raises ServiceValidationError for one that does not exist.
    """
    for channel_id, channel in directory.channels.items():
        if wanted == channel_id or wanted.casefold() == channel.name.casefold():
            return channel_id
    raise ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key="unknown_channel",
        translation_placeholders={
            "channel": wanted,
            "known": ", ".join(directory.names.values()),
        },
    )


def appliance_named(watches: Iterable[ApplianceWatch], wanted: str) -> ApplianceWatch:
    """Find an appliance by id, or by name without regard to case.

    Raises ServiceValidationError for one that does not exist.
    """
    by_id = {watch.spec.id: watch for watch in watches}
    specs = [watch.spec for watch in by_id.values()]
    if (spec := named(specs, wanted)) is not None:
        return by_id[spec.id]
    raise ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key="unknown_appliance",
        translation_placeholders={
            "appliance": wanted,
            "known": ", ".join(spec.name for spec in specs) or "-",
        },
    )
