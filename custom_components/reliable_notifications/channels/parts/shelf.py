"""Where messages lie that wait to be read inside Home Assistant.

The runtime puts the shelf into `hass.data[SHELF]`; it is gone while nothing is set up.
Must not know who lays something down, or what that proves.
"""

from __future__ import annotations

from typing import Protocol

from homeassistant.util.hass_dict import HassKey

from ...const import DOMAIN
from ...engine.vocabulary import Instant, Priority
from ..interface import Envelope


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


async def lay_down(shelf: Shelf, envelope: Envelope) -> None:
    """Store a message for its recipient."""
    await shelf.put(
        recipient_id=envelope.recipient_id,
        tag=envelope.tag,
        intent_id=envelope.intent_id,
        notification_id=envelope.notification_id,
        priority=envelope.priority,
        title=envelope.title,
        message=envelope.message,
        created_at=envelope.sent_at,
    )
