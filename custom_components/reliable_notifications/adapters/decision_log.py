"""Reads back what was decided about a message, and what came of it.

Only reads. Must not put anything into words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
import json
import sqlite3

from ..engine.vocabulary import Instant
from .database import Database
from .decision_text import Stored, all_of
from .parcel import Parcel
from .parcel_rows import SELECT_PARCEL, parcel_of

# of each recipient the newest that wait, and the newest that do not
_LATEST = (
    f"{SELECT_PARCEL} JOIN (SELECT id AS chosen, row_number() OVER"
    " (PARTITION BY recipient_id, finished_at IS NULL ORDER BY id DESC) AS place"
    " FROM intent WHERE created_at >= ? OR finished_at IS NULL)"
    " ON chosen = intent.id WHERE place <= ? AND NOT notification.is_test"
    " ORDER BY intent.id DESC"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """One call of a channel; without an end it is still going on."""

    channel_id: str
    started_at: Instant
    ended_at: Instant | None
    evidence: str | None
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """An intent with its decisions, the first first, and its calls in their order."""

    parcel: Parcel
    decisions: tuple[Stored, ...]
    reasons: tuple[str, ...]
    attempts: tuple[Asking, ...]


class DecisionLog:
    """The decisions in the database."""

    def __init__(self, database: Database) -> None:
        """Read nothing yet."""
        self._database = database

    async def explained(
        self, *, intent_id: str | None = None, notification_id: str | None = None
    ) -> list[Explained]:
        """One intent, or all of a notification; none if it is not known (any more).

        Raises StorageFailed.
        """
        column = "intent.notification_id" if intent_id is None else "intent.id"
        wanted = notification_id if intent_id is None else intent_id
        return await self._database.read(
            lambda connection: list(_read(connection, column, wanted))
        )

    async def latest(self, since: Instant, most: int) -> list[Explained]:
        """The latest intents of each recipient, the newest first, without their calls.

        Raises StorageFailed.
        """
        return await self._database.read(
            lambda connection: [
                _explained(row, ())
                for row in connection.execute(_LATEST, (since, most)).fetchall()
            ]
        )


def _read(
    connection: sqlite3.Connection, column: str, wanted: str | None
) -> Iterator[Explained]:
    rows = connection.execute(
        f"{SELECT_PARCEL} WHERE {column} = ? ORDER BY intent.id", (wanted,)
    ).fetchall()
    for row in rows:
        yield _explained(row, _attempts(connection, row["id"]))


def _explained(row: sqlite3.Row, attempts: Iterable[Asking]) -> Explained:
    return Explained(
        parcel=parcel_of(row),
        decisions=tuple(all_of(row["decisions"])),
        reasons=tuple(json.loads(row["plan_reasons"])),
        attempts=tuple(attempts),
    )


def _attempts(connection: sqlite3.Connection, intent_id: str) -> Iterator[Asking]:
    for row in connection.execute(
        "SELECT channel_id, started_at, ended_at, evidence, detail FROM attempt"
        " WHERE intent_id = ? ORDER BY started_at, id",
        (intent_id,),
    ):
        yield Asking(
            channel_id=row["channel_id"],
            started_at=row["started_at"],
            ended_at=row["ended_at"],
            evidence=row["evidence"],
            detail=row["detail"],
        )
