"""Calls of channels and news of messages, as rows of the log.

Only the rows; must not know what a call or its answer changes.
"""

from __future__ import annotations

import sqlite3

from ..engine.vocabulary import Instant
from .parcel import NOT_ASKED, AttemptEntry, ReceiptEntry


def store_attempt(
    connection: sqlite3.Connection, intent_id: str, attempt: AttemptEntry
) -> None:
    """Insert a call when it starts; complete it when it has answered."""
    result = attempt.result
    connection.execute(
        "INSERT INTO attempt (id, intent_id, channel_id, started_at, ended_at,"
        " evidence, detail, reference) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET ended_at = excluded.ended_at,"
        " evidence = excluded.evidence, detail = excluded.detail,"
        " reference = excluded.reference",
        (
            attempt.id,
            intent_id,
            attempt.channel_id,
            attempt.started_at,
            attempt.ended_at,
            result.evidence.value if result else None,
            result.detail if result else "",
            result.reference if result else None,
        ),
    )


def store_receipt(
    connection: sqlite3.Connection, intent_id: str, news: ReceiptEntry
) -> None:
    """The first of equal news counts; it says who was first."""
    connection.execute(
        "INSERT OR IGNORE INTO receipt (intent_id, evidence, who, source, at, text,"
        " number) VALUES (?, ?, ?, ?, ?, ?,"
        " (SELECT ifnull(max(number), 0) + 1 FROM receipt))",
        (intent_id, news.evidence.value, news.who, news.source, news.at, news.text),
    )


def sent_since(
    connection: sqlite3.Connection, instant: Instant
) -> list[tuple[str, str, Instant]]:
    """What was handed to channels: to whom, by which one, when; the oldest first."""
    return [
        (row["recipient_id"], row["channel_id"], row["started_at"])
        for row in connection.execute(
            "SELECT intent.recipient_id, attempt.channel_id, attempt.started_at"
            " FROM attempt JOIN intent ON intent.id = attempt.intent_id"
            " WHERE attempt.started_at >= ? AND attempt.detail NOT LIKE ? || '%'"
            " ORDER BY attempt.started_at",
            (instant, NOT_ASKED),
        )
    ]
