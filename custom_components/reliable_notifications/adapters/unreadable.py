"""Rows that a damaged disk has made unreadable although the file is sound as a whole.

SQLite does not check what it stores, so a flipped byte in a text is found by whoever
reads it, each time. Such rows are taken out once, at the start, and said. Must not
judge rows that can be read.
"""

from __future__ import annotations

import logging
import sqlite3

from .database import Database
from .outbox import Outbox

_LOGGER = logging.getLogger(__name__)

# What reading a row as a value raises if the row makes no sense
_NONSENSE = (KeyError, TypeError, ValueError)


async def async_drop_unreadable(database: Database, outbox: Outbox) -> int:
    """Take out the intents that cannot be read; returns how many.

    One of them would otherwise keep all others from being sent and counted.
    """
    try:
        await outbox.records_since(0.0)
    except _NONSENSE:
        pass
    else:
        return 0
    lost = [
        intent_id
        for intent_id in await database.read(_intent_ids)
        if not await _is_readable(outbox, intent_id)
    ]
    await database.write(lambda connection: _drop(connection, lost))
    _LOGGER.error(
        "%d messages of the log were damaged and had to be taken out: %s",
        len(lost),
        ", ".join(repr(intent_id) for intent_id in lost),
    )
    return len(lost)


def _intent_ids(connection: sqlite3.Connection) -> list[str]:
    return [row[0] for row in connection.execute("SELECT id FROM intent")]


async def _is_readable(outbox: Outbox, intent_id: str) -> bool:
    try:
        for parcel in await outbox.load([intent_id]):
            parcel.record()
    except _NONSENSE:
        return False
    return True


def _drop(connection: sqlite3.Connection, intent_ids: list[str]) -> None:
    connection.executemany(
        "DELETE FROM intent WHERE id = ?", [(intent_id,) for intent_id in intent_ids]
    )
    connection.execute(
        "DELETE FROM notification WHERE id NOT IN (SELECT notification_id FROM intent)"
    )
