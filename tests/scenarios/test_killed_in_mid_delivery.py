"""Killed with SIGKILL at every point of a delivery, on a real file: nothing is lost.

After each death the next life carries on; the last one lives until all is over. Then
what was promised is held against what was sent and what is stored.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
import random
import signal
import sqlite3
import subprocess
import sys

import pytest

from custom_components.reliable_notifications.engine.vocabulary import (
    Evidence,
    IntentState,
)
from tests.scenarios.delivery_process import NEVER, POINTS

ROOT = Path(__file__).parents[2]


def life(folder: Path, point: str, nth: int = 1) -> int:
    """One life; its exit code says how it ended."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.scenarios.delivery_process",
            folder,
            point,
            str(nth),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode


def lines(folder: Path, book: str) -> list[str]:
    path = folder / book
    return path.read_text().split("\n")[:-1] if path.exists() else []


def rows(folder: Path, query: str) -> list[sqlite3.Row]:
    connection = sqlite3.connect(folder / "delivery.db")
    connection.row_factory = sqlite3.Row
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def settle(folder: Path) -> None:
    """Let it live to the end, then hold promises, deeds and records together."""
    assert life(folder, NEVER) == 0
    intents = rows(
        folder,
        "SELECT intent.*, notification.message FROM intent"
        " JOIN notification ON notification.id = intent.notification_id",
    )
    by_message = {row["message"]: row for row in intents}
    assert len(by_message) == len(intents)
    sent = Counter(lines(folder, "sent"))
    unknown = Counter(
        row["intent_id"]
        for row in rows(folder, "SELECT * FROM attempt WHERE evidence = 'unknown'")
    )

    assert rows(folder, "PRAGMA integrity_check")[0][0] == "ok"
    assert rows(folder, "SELECT * FROM attempt WHERE ended_at IS NULL") == []
    for message in lines(folder, "promised"):
        assert message in by_message, "promised and forgotten"
    for message, row in by_message.items():
        # exactly one end, and it is a good one: every plan has a way that works
        assert IntentState(row["state"]) is IntentState.DONE, dict(row)
        assert row["finished_at"] is not None
        assert Evidence(row["evidence"]).rung >= 1, "lost"
        if Evidence(row["evidence"]).is_success:
            assert sent[f"{row['channel_id']} {message}"], "said to be sent, was not"
        assert sent[f"mail {message}"] <= 1, "a second mail"
        for channel in ("phone", "flaky"):
            # one more only for each call whose outcome nobody could know
            assert sent[f"{channel} {message}"] <= 1 + unknown[row["id"]]
    for line in sent:
        assert line.split(" ", 1)[1] in by_message, "sent without being stored"


def test_killed_at_every_point(tmp_path: Path) -> None:
    # the second and third time as well: then others are under way
    deaths = [(point, 1) for point in POINTS] + [
        ("started", 4),
        ("sent", 3),
        ("over", 3),
    ]

    for point, nth in deaths:
        assert life(tmp_path, point, nth) == -signal.SIGKILL

    assert len(lines(tmp_path, "promised")) >= len(deaths) - 1
    settle(tmp_path)


@pytest.mark.slow
def test_killed_at_three_hundred_random_moments(tmp_path: Path) -> None:
    dice = random.Random(2026)
    for number in range(300):
        if number % 3:
            death = (f"after:{dice.uniform(0.0, 0.3):.4f}", 1)
        else:
            death = (dice.choice(POINTS), dice.randint(1, 12))
        assert life(tmp_path, *death) == -signal.SIGKILL

    settle(tmp_path)
