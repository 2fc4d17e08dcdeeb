"""The household's inbox as rows: messages that wait to be read in Home Assistant.

Keeps one item per recipient and tag; must not decide who gets one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
import sqlite3

from homeassistant.core import CALLBACK_TYPE, callback

from ..engine.vocabulary import Instant, Priority
from .database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxItem:
    """One message in the inbox of one recipient; done when somebody says so."""

    recipient_id: str
    tag: str
    intent_id: str
    notification_id: str
    priority: Priority
    title: str
    message: str
    created_at: Instant
    done_at: Instant | None = None


class InboxStore:
    """The inbox in the database; what `channels.inbox` asks for as its shelf."""

    def __init__(self, database: Database) -> None:
        """Remember where the rows are; reads nothing yet."""
        self._database = database
        self._listeners: list[Callable[[], None]] = []

    @callback
    def async_listen(self, listener: Callable[[], None]) -> CALLBACK_TYPE:
        """Call back after each change; returns what ends that."""
        self._listeners.append(listener)
        return partial(self._listeners.remove, listener)

    async def _write[T](self, work: Callable[[sqlite3.Connection], T]) -> T:
        answer = await self._database.write(work)
        for listener in tuple(self._listeners):
            listener()
        return answer

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
        """Store a message; one with the same tag replaces what lies there."""
        values = (
            recipient_id,
            tag,
            intent_id,
            notification_id,
            priority.value,
            title,
            message,
            created_at,
        )

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "INSERT OR REPLACE INTO inbox_item (recipient_id, tag, intent_id,"
                " notification_id, priority, title, message, created_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                values,
            )

        await self._write(work)

    async def take_back(self, tag: str) -> None:
        """Remove a message that turned out to be wrong, from every inbox."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM inbox_item WHERE tag = ?", (tag,))

        await self._write(work)

    async def items(self) -> list[InboxItem]:
        """Everything that is not done, the newest first."""
        rows = await self._database.read(
            lambda connection: connection.execute(
                "SELECT * FROM inbox_item WHERE done_at IS NULL"
                " ORDER BY created_at DESC, tag"
            ).fetchall()
        )
        return [
            InboxItem(**{**dict(row), "priority": Priority(row["priority"])})
            for row in rows
        ]

    async def complete(self, intent_id: str, at: Instant) -> bool:
        """Mark an item as done; False if it is not there (any more)."""

        def work(connection: sqlite3.Connection) -> bool:
            changed = connection.execute(
                "UPDATE inbox_item SET done_at = ?"
                " WHERE intent_id = ? AND done_at IS NULL",
                (at, intent_id),
            )
            return changed.rowcount > 0

        return await self._write(work)
