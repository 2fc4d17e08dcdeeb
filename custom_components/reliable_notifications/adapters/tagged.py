"""Where a message may be seen, by the tag that it carries.

Must not take anything back: it only knows what was sent where.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .database import Database


async def async_channels_with_tag(
    database: Database, tag: str
) -> Mapping[str, Sequence[str]]:
    """Find the channels that were called for messages with this tag, by their ids.

    Each with what its provider calls those messages, as far as it said so.
    """
    rows = await database.read(
        lambda connection: connection.execute(
            "SELECT DISTINCT attempt.channel_id, attempt.reference FROM attempt"
            " JOIN intent ON intent.id = attempt.intent_id"
            " JOIN notification ON notification.id = intent.notification_id"
            " WHERE notification.tag = ? ORDER BY attempt.rowid",
            (tag,),
        ).fetchall()
    )
    found: dict[str, list[str]] = {}
    for channel_id, reference in rows:
        references = found.setdefault(str(channel_id), [])
        if reference is not None:
            references.append(str(reference))
    return found


async def async_on_its_way(database: Database, tag: str) -> bool:
    """Whether a message with this tag may yet be sent somewhere."""
    found = await database.read(
        lambda connection: connection.execute(
            "SELECT 1 FROM intent"
            " JOIN notification ON notification.id = intent.notification_id"
            " WHERE notification.tag = ? AND (intent.finished_at IS NULL"
            " OR EXISTS (SELECT 1 FROM attempt WHERE attempt.intent_id = intent.id"
            " AND attempt.ended_at IS NULL)) LIMIT 1",
            (tag,),
        ).fetchone()
    )
    return found is not None
