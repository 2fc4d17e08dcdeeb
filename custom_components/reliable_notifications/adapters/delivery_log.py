"""The delivery log as it is counted: one record per intent, read in one go.

Metrics look at four weeks of it after each message, so it is read as it is needed,
without what only a delivery needs, and put together off the event loop. Must not write.
"""

from __future__ import annotations

from collections.abc import Mapping
import sqlite3
from typing import Any

from ..engine.vocabulary import (
    Evidence,
    Instant,
    IntentRecord,
    IntentState,
    Priority,
)
from .database import Database

_SELECT = (
    "SELECT intent.id AS intent_id, notification_id, event,"
    " CASE title WHEN '' THEN message ELSE title END AS title, intent.priority,"
    " recipient_id, recipient_name, state, evidence, channel_id, intent.created_at,"
    " released_at, intent.deadline, proven_at, finished_at, attempts, is_test, reason"
    " FROM intent JOIN notification ON notification.id = intent.notification_id"
    " WHERE released_at >= ? OR finished_at IS NULL"
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
            return [_record(row) for row in connection.execute(_SELECT, (instant,))]

        return await self._database.read(work)


def _record(row: Any) -> IntentRecord:
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
    )
