"""The household's inbox inside Home Assistant, kept in our database.

A message there outlives restarts and waits to be read; *accepted* says no more than
that. Must not know where the shelf is: the runtime puts it into `hass.data[SHELF]`.
"""

from __future__ import annotations

from typing import Protocol

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN
from ..engine.vocabulary import AttemptResult, Evidence, Instant, Priority
from .interface import Channel, Choice, Envelope


class Shelf(Protocol):
    """Where messages are laid down; durable when `put` returns."""

    async def put(  # noqa: PLR0913 - one per column
        self,
        *,
        recipient_id: str,
        tag: str,
        intent_id: str,
        notification_id: str,
        priority: Priority,
        title: str,
        message: str,
        created_at: Instant,
    ) -> None:
        """Store a message in place of one with the same tag."""

    async def take_back(self, tag: str) -> None:
        """Remove a message from every inbox."""


SHELF: HassKey[Shelf] = HassKey(f"{DOMAIN}_inbox")


class Inbox(Channel):
    """The inbox; there is one for the household."""

    kind = "inbox"
    best_evidence = Evidence.ACCEPTED
    # one row in a local file: a second is long even on a slow memory card
    patience = 3.0
    replaces = True
    local = True
    needs_target = False

    @classmethod
    def choices(cls, hass: HomeAssistant) -> list[Choice]:
        """There is one: nothing to choose."""
        return []

    @classmethod
    def problem(cls, hass: HomeAssistant, target: str) -> str | None:
        """It belongs to us: nothing can be wrong with it."""
        return None

    async def async_send(self, envelope: Envelope) -> AttemptResult:
        """Lay it down."""
        await self._shelf.put(
            recipient_id=envelope.recipient_id,
            tag=envelope.tag,
            intent_id=envelope.intent_id,
            notification_id=envelope.notification_id,
            priority=envelope.priority,
            title=envelope.title,
            message=envelope.message,
            created_at=envelope.sent_at,
        )
        return AttemptResult(evidence=Evidence.ACCEPTED, detail="In the inbox")

    async def async_clear(self, tag: str) -> None:
        """Take it out again."""
        await self._shelf.take_back(tag)

    @property
    def _shelf(self) -> Shelf:
        shelf = self.hass.data.get(SHELF)
        if shelf is None:
            raise HomeAssistantError("The inbox is closed")
        return shelf
