"""The delivery log as it is counted: one record per intent, read in one go.

Metrics look at four weeks of it after each message, so it is read as it is needed,
without what only a delivery needs, and put together off the event loop. Must not write.
"""

from __future__ import annotations

from collections.abc import Mapping
import sqlite3

from ..engine.vocabulary import (
    Evidence,
    Instant,
    IntentRecord,
    IntentState,
    Priority,
)
from .database import Database

# How a record is read; what it is about follows as a WHERE.
SELECT_RECORDS = (
    "SELECT intent.id AS intent_id, notification_id, event,"
    " CASE title WHEN '' THEN message ELSE title END AS title, intent.priority,"
    " recipient_id, recipient_name, state, evidence, channel_id, intent.created_at,"
    " released_at, intent.deadline, proven_at, finished_at, attempts, is_test, reason,"
    " acknowledged_at, resolved_at,"
    " CASE WHEN decisions <> '[]' AND json_valid(decisions)"
    " THEN ifnull(json_extract(decisions, '$[#-1].acknowledge'), 0)"
    " ELSE intent.priority = 'urgent' END AS wants_answer"
    " FROM intent JOIN notification ON notification.id = intent.notification_id"
)
_SINCE = (
    f"{SELECT_RECORDS} WHERE released_at >= ? OR finished_at IS NULL"
    " ORDER BY released_at, intent.id"
)

_PRIORITIES = {each.value: each for each in Priority}
_STATES = {each.value: each for each in IntentState}
_EVIDENCE: Mapping[str | None, Evidence | None] = {
    None: None,
    **{each.value: each for each in Evidence},
}


class DeliveryLog:
    """What became of the intents."""

    def __init__(self, database: Database) -> None:
        """Remember where the rows are; reads nothing yet."""
        self._database = database

    async def records_since(self, instant: Instant) -> list[IntentRecord]:
        """All intents released since then, and all older ones that are open.

        The oldest first. Raises StorageFailed.
        """

        def work(connection: sqlite3.Connection) -> list[IntentRecord]:
            return [as_record(row) for row in connection.execute(_SINCE, (instant,))]

        return await self._database.read(work)


def as_record(row: sqlite3.Row) -> IntentRecord:
    """Make a record of a row that was read so."""
    return IntentRecord(
        intent_id=row["intent_id"],
        notification_id=row["notification_id"],
        event=row["event"],
        title=row["title"],
        priority=_PRIORITIES[row["priority"]],
        recipient_id=row["recipient_id"],
        recipient_name=row["recipient_name"],
        state=_STATES[row["state"]],
        evidence=_EVIDENCE[row["evidence"]],
        channel_id=row["channel_id"],
        created_at=row["created_at"],
        released_at=row["released_at"],
        deadline=row["deadline"],
        proven_at=row["proven_at"],
        finished_at=row["finished_at"],
        attempts=row["attempts"],
        is_test=bool(row["is_test"]),
        reason=row["reason"],
        wants_answer=bool(row["wants_answer"]),
        acknowledged_at=row["acknowledged_at"],
        resolved_at=row["resolved_at"],
    )
