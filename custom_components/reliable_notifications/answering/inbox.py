"""The inbox as people use it: look what lies there, and tick it off.

Keeps no messages (the store does) and decides nothing about their delivery.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
import logging

from homeassistant.core import CALLBACK_TYPE, callback
from homeassistant.util import dt as dt_util

from ..adapters.database import StorageFailed
from ..adapters.inbox_store import InboxItem, InboxStore
from ..adapters.parcel import ReceiptEntry
from ..engine.vocabulary import Evidence

_LOGGER = logging.getLogger(__name__)

type Book = Callable[[str, ReceiptEntry], Awaitable[None]]


class Inbox:
    """What lies in the inbox of the household."""

    def __init__(self, store: InboxStore, book: Book) -> None:
        """Look into this store; `book` is the courier's."""
        self._store = store
        self._book = book
        self._items: Sequence[InboxItem] = ()

    @callback
    def async_listen(self, listener: Callable[[], None]) -> CALLBACK_TYPE:
        """Call back when something was laid down, ticked off or taken out."""
        return self._store.async_listen(listener)

    async def async_look(self) -> Sequence[InboxItem]:
        """Open items, the newest first; the last known ones while the disk fails."""
        try:
            self._items = await self._store.items()
        except StorageFailed as failure:
            _LOGGER.warning("The inbox shows what it held before: %s", failure)
        return self._items

    async def async_tick_off(self, intent_id: str, who: str) -> bool:
        """Mark as read, which acknowledges the message; False if it is gone."""
        now = dt_util.utcnow().timestamp()
        if not await self._store.complete(intent_id, now):
            return False
        await self._book(
            intent_id,
            ReceiptEntry(
                evidence=Evidence.ACKNOWLEDGED, at=now, source="inbox", who=who
            ),
        )
        return True
