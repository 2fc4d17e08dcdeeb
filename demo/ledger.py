"""The integration's own record of what it decided and did, read from outside.

The database is opened read-only, while Home Assistant writes it: what stands there
is what would be left after a power cut. It must never create or change anything.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
import json
from pathlib import Path
import sqlite3

DATABASE = Path(".storage", "reliable_notifications.db")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One call of one channel; without evidence it is still going on."""

    id: str
    channel_id: str
    started_at: float
    ended_at: float | None
    evidence: str | None
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """News from outside a call: delivered, seen, acknowledged."""

    evidence: str
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """One message for one person, from the plan to the end."""

    id: str
    notification_id: str
    title: str
    message: str
    priority: str
    tag: str
    recipient: str
    created_at: float
    steps: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]
    state: str
    evidence: str | None
    channel_id: str | None
    proven_at: float | None
    finished_at: float | None
    reason: str
    attempts: tuple[Attempt, ...]
    receipts: tuple[Receipt, ...]

    @property
    def latency(self) -> float | None:
        """Seconds from being stored to the first evidence that counts."""
        return None if self.proven_at is None else self.proven_at - self.created_at

    @property
    def has_arrived(self) -> bool:
        """Whether the person's device is known to have it."""
        return self.evidence in ("delivered", "seen", "acknowledged")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """One cycle of an appliance; open while it is not announced."""

    id: str
    appliance_id: str
    started_at: float
    ended_at: float | None
    announced_at: float | None
    energy_wh: float
    interrupted: bool


class Ledger:
    """The database of the integration in a config folder."""

    def __init__(self, folder: Path) -> None:
        """Remember the place; the file may come into being later."""
        self._path = folder / DATABASE

    def _rows(self, query: str, *values: str) -> list[sqlite3.Row]:
        if not self._path.exists():
            return []
        uri = f"{self._path.as_uri()}?mode=ro"
        with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=5)) as database:
            database.row_factory = sqlite3.Row
            return database.execute(query, values).fetchall()

    def intents(self) -> list[Intent]:
        """Return all intents, the oldest first."""
        rows = self._rows(
            "SELECT intent.*, title, message, tag FROM intent JOIN notification"
            " ON notification.id = notification_id ORDER BY intent.id"
        )
        return [self._intent(row) for row in rows]

    def intent(self, intent_id: str) -> Intent:
        """Return one intent; a LookupError if there is none."""
        for intent in self.intents():
            if intent.id == intent_id:
                return intent
        raise LookupError(f"no intent {intent_id} in {self._path}")

    def cycles(self) -> list[Cycle]:
        """Return all cycles, the oldest first."""
        return [
            Cycle(
                id=row["id"],
                appliance_id=row["appliance_id"],
                started_at=row["started_at"],
                ended_at=row["ended_at"],
                announced_at=row["announced_at"],
                energy_wh=row["energy_wh"],
                interrupted=bool(row["interrupted"]),
            )
            for row in self._rows("SELECT * FROM cycle ORDER BY started_at")
        ]

    def _intent(self, row: sqlite3.Row) -> Intent:
        attempts = self._rows(
            "SELECT * FROM attempt WHERE intent_id = ? ORDER BY started_at", row["id"]
        )
        receipts = self._rows(
            "SELECT * FROM receipt WHERE intent_id = ? ORDER BY at", row["id"]
        )
        steps = json.loads(row["steps"])
        return Intent(
            id=row["id"],
            notification_id=row["notification_id"],
            title=row["title"],
            message=row["message"],
            priority=row["priority"],
            tag=row["tag"],
            recipient=row["recipient_name"],
            created_at=row["created_at"],
            steps=tuple((step["channel_id"], step["reason"]) for step in steps),
            reasons=tuple(json.loads(row["plan_reasons"])),
            state=row["state"],
            evidence=row["evidence"],
            channel_id=row["channel_id"],
            proven_at=row["proven_at"],
            finished_at=row["finished_at"],
            reason=row["reason"],
            attempts=tuple(
                Attempt(
                    id=attempt["id"],
                    channel_id=attempt["channel_id"],
                    started_at=attempt["started_at"],
                    ended_at=attempt["ended_at"],
                    evidence=attempt["evidence"],
                    detail=attempt["detail"],
                )
                for attempt in attempts
            ),
            receipts=tuple(
                Receipt(evidence=each["evidence"], at=each["at"]) for each in receipts
            ),
        )
