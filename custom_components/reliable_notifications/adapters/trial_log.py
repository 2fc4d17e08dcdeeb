"""What became of the tests of channels, out of the log.

Must not test anything. A test is an intent like any other, marked as one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
import sqlite3

from ..engine.vocabulary import Evidence, Instant
from .database import Database

# The attempt of each test; a receipt may have raised what is known of it since
_SELECT = (
    "SELECT attempt.channel_id, attempt.intent_id, attempt.started_at,"
    " attempt.ended_at, attempt.evidence AS answered, attempt.detail,"
    " intent.evidence AS known,"
    " (SELECT min(receipt.at) FROM receipt WHERE receipt.intent_id = intent.id"
    " AND receipt.evidence = intent.evidence) AS proven_at"
    " FROM attempt JOIN intent ON intent.id = attempt.intent_id"
    " JOIN notification ON notification.id = intent.notification_id"
    " WHERE notification.is_test = 1 AND attempt.ended_at IS NOT NULL"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One test of a channel: when, what is known of it, and after how many seconds."""

    channel_id: str
    at: Instant
    evidence: Evidence
    seconds: float
    detail: str


class TrialLog:
    """Reads the tests."""

    def __init__(self, database: Database) -> None:
        """Read from this database."""
        self._database = database

    async def of_intent(self, intent_id: str) -> Trial | None:
        """The test that this intent was; None while it has no answer."""
        row = await self._database.read(
            lambda connection: connection.execute(
                f"{_SELECT} AND intent.id = ? ORDER BY attempt.started_at DESC LIMIT 1",
                (intent_id,),
            ).fetchone()
        )
        return None if row is None else _trial(row)

    async def latest(self) -> Mapping[str, Trial]:
        """The latest test of each channel that was ever tested."""
        rows = await self._database.read(
            lambda connection: connection.execute(
                f"{_SELECT} ORDER BY attempt.started_at"
            ).fetchall()
        )
        return {row["channel_id"]: _trial(row) for row in rows}


def _trial(row: sqlite3.Row) -> Trial:
    answered, known = Evidence(row["answered"]), Evidence(row["known"])
    better = known.rung > answered.rung and row["proven_at"] is not None
    until = row["proven_at"] if better else row["ended_at"]
    return Trial(
        channel_id=row["channel_id"],
        at=row["started_at"],
        evidence=known if better else answered,
        seconds=max(0.0, until - row["started_at"]),
        detail=row["detail"],
    )
