"""Where a message may be seen, by the tag that it carries.

Must not take anything back: it only knows what was sent where.
"""

from __future__ import annotations

from .database import Database


async def async_channels_with_tag(database: Database, tag: str) -> set[str]:
    """Find the ids of the channels that were called for messages with this tag."""
    rows = await database.read(
        lambda connection: connection.execute(
            "SELECT DISTINCT attempt.channel_id FROM attempt"
            " JOIN intent ON intent.id = attempt.intent_id"
            " JOIN notification ON notification.id = intent.notification_id"
            " WHERE notification.tag = ?",
            (tag,),
        ).fetchall()
    )
    return {str(row[0]) for row in rows}


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
