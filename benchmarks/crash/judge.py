"""Holds what a household promised and sent against what its database says.

Counts; every figure whose name is in `NEVER_ALLOWED` must be nought. Must not change
anything in the folder.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from contextlib import closing
from pathlib import Path
import sqlite3

from custom_components.reliable_notifications.engine.vocabulary import (
    Evidence,
    IntentState,
)

from .household import CHANNELS, DATABASE, REPLACING, Ledger

NEVER_ALLOWED = (
    "lost",
    "sent_unstored",
    "ends_not_one",
    "ends_not_good",
    "false_success",
    "duplicates_not_permitted",
    "calls_left_open",
    "damaged",
)

type Counts = dict[str, int]


def judge(folder: Path) -> Counts:
    """Count, after the last life has settled everything."""
    ledger = Ledger(folder)
    rows = _rows(
        folder,
        "SELECT intent.*, notification.message FROM intent"
        " JOIN notification ON notification.id = intent.notification_id",
    )
    stored = Counter(row["message"] for row in rows)
    sent = Counter(ledger.read("sent"))
    promised = ledger.read("promised")
    told = {line.split(" ", 1)[1] for line in sent}
    damaged = _rows(folder, "PRAGMA integrity_check")[0][0] != "ok"
    return {
        "intents": len(rows),
        "promised": len(promised),
        "sent": sent.total(),
        "lost": sum(stored[message] != 1 for message in promised)
        + sum(not _has_arrived(row, sent) for row in rows),
        "sent_unstored": sum(message not in stored for message in told),
        "ends_not_one": _ends_not_one(rows, ledger.read("ended")),
        # each way has a channel that works, or the last resort
        "ends_not_good": sum(row["state"] != IntentState.DONE for row in rows),
        "false_success": sum(_is_false_success(row, sent) for row in rows),
        **_duplicates(rows, sent, _doubts(folder)),
        "calls_left_open": len(
            _rows(folder, "SELECT 1 FROM attempt WHERE ended_at IS NULL")
        ),
        "damaged": int(damaged),
    }


def _rows(folder: Path, query: str) -> list[sqlite3.Row]:
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        connection.row_factory = sqlite3.Row
        return connection.execute(query).fetchall()


def _doubts(folder: Path) -> Counter[tuple[str, str]]:
    """The calls whose outcome nobody could know, by intent and channel."""
    rows = _rows(
        folder, "SELECT intent_id, channel_id FROM attempt WHERE evidence = 'unknown'"
    )
    return Counter((row["intent_id"], row["channel_id"]) for row in rows)


def _has_arrived(row: sqlite3.Row, sent: Counter[str]) -> bool:
    """Whether the world got it, or the last resort has shown it.

    Every way has a channel that works; where the call of one that does not replace is
    in doubt it is not repeated, and the last resort says so.
    """
    if any(sent[f"{channel} {row['message']}"] for channel in CHANNELS):
        return True
    evidence = row["evidence"]
    return evidence is not None and Evidence(evidence).rung >= 1


def _ends_not_one(rows: list[sqlite3.Row], ended: list[str]) -> int:
    """Intents without an end, or of which two different ends were told."""
    told: defaultdict[str, set[str]] = defaultdict(set)
    for line in ended:
        intent_id, state = line.split()
        told[intent_id].add(state)
    return sum(
        not IntentState(row["state"]).is_terminal
        or row["finished_at"] is None
        or bool(told[row["id"]] - {row["state"]})
        for row in rows
    )


def _is_false_success(row: sqlite3.Row, sent: Counter[str]) -> bool:
    """Whether it is said to have been sent by a channel that never got it."""
    evidence = row["evidence"]
    return (
        evidence is not None
        and Evidence(evidence).is_success
        and not sent[f"{row['channel_id']} {row['message']}"]
    )


def _duplicates(
    rows: list[sqlite3.Row], sent: Counter[str], doubts: Counter[tuple[str, str]]
) -> Counts:
    """Messages that came more than once by one channel.

    Permitted is one more for each call in doubt, where it replaces the first.
    """
    permitted = forbidden = 0
    for row in rows:
        for channel in CHANNELS:
            more = max(0, sent[f"{channel} {row['message']}"] - 1)
            allowed = doubts[row["id"], channel] if channel in REPLACING else 0
            permitted += min(more, allowed)
            forbidden += max(0, more - allowed)
    return {"duplicates_permitted": permitted, "duplicates_not_permitted": forbidden}
