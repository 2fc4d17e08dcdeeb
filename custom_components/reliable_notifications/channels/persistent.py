"""Home Assistant's own notification list: the last resort, always there.

It needs neither set-up nor network, and nobody is called to it: what lies there is
seen when somebody opens Home Assistant, and gone after a restart. Therefore it proves
nothing. Must not be offered as a channel of its own; the inbox is for that.
"""

from __future__ import annotations

from homeassistant.components import persistent_notification
from homeassistant.core import HomeAssistant

from ..engine.vocabulary import AttemptResult, Evidence
from .interface import Channel, Choice, Envelope


class Persistent(Channel):
    """One message per tag in Home Assistant's notification list."""

    kind = "persistent"
    best_evidence = Evidence.DISPATCHED
    # a write into memory; more would mean that Home Assistant itself hangs (5.3)
    patience = 1.0
    replaces = True
    local = True
    needs_target = False
    offered = False

    @classmethod
    def choices(cls, hass: HomeAssistant) -> list[Choice]:
        """There is one, and nobody chooses it."""
        return []

    @classmethod
    def problem(cls, hass: HomeAssistant, target: str) -> str | None:
        """It is part of Home Assistant's core: nothing can be wrong."""
        return None

    async def async_send(self, envelope: Envelope) -> AttemptResult:
        """Put it on the list."""
        persistent_notification.async_create(
            self.hass, envelope.message, envelope.title or None, envelope.tag
        )
        return AttemptResult(
            evidence=Evidence.DISPATCHED,
            detail="In Home Assistant's notification list until the next restart",
        )

    async def async_clear(self, tag: str) -> None:
        """Take it off the list."""
        persistent_notification.async_dismiss(self.hass, tag)
