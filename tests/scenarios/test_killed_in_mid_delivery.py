"""Killed with SIGKILL at every point of a delivery, on a real file: nothing is lost.

After each death the next life carries on; the last one lives until all is over. Then
what was promised is held against what was sent and what is stored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
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
from tests.scenarios.delivery_process import NEVER, POINTS, Ledger


class Lives:
    """Lives of a household in one folder, one after the other."""

    def __init__(self, folder: Path, process: subprocess.Popen[str]) -> None:
        self.folder = folder
        self._process = process

    def live(self, point: str, nth: int = 1) -> int:
        """One life; returns how it ended, the negative number of a signal."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{point} {nth}\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


@pytest.fixture
def lives(tmp_path: Path) -> Iterator[Lives]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.scenarios.delivery_process", tmp_path],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Lives(tmp_path, process)
        assert process.stdin
        process.stdin.close()


def rows(folder: Path, query: str) -> list[sqlite3.Row]:
    connection = sqlite3.connect(folder / "delivery.db")
    connection.row_factory = sqlite3.Row
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def settle(lives: Lives) -> None:
    """Let it live to the end, then hold promises, deeds and records together."""
    folder = lives.folder
    assert lives.live(NEVER) == 0
    intents = rows(
        folder,
        "SELECT intent.*, notification.message FROM intent"
        " JOIN notification ON notification.id = intent.notification_id",
    )
    by_message = {row["message"]: row for row in intents}
    assert len(by_message) == len(intents)
    sent = Counter(Ledger(folder).read("sent"))
    unknown = Counter(
        row["intent_id"]
        for row in rows(folder, "SELECT * FROM attempt WHERE evidence = 'unknown'")
    )

    assert rows(folder, "PRAGMA integrity_check")[0][0] == "ok"
    assert rows(folder, "SELECT * FROM attempt WHERE ended_at IS NULL") == []
    for message in Ledger(folder).read("promised"):
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


def test_killed_at_every_point(lives: Lives) -> None:
    # the second and third time as well: then others are under way
    deaths = [(point, 1) for point in POINTS] + [
        ("started", 4),
        ("sent", 3),
        ("over", 3),
    ]

    for point, nth in deaths:
        assert lives.live(point, nth) == -signal.SIGKILL

    assert len(Ledger(lives.folder).read("promised")) >= len(deaths) - 1
    settle(lives)


@pytest.mark.slow
def test_killed_at_three_hundred_random_moments(lives: Lives) -> None:
    dice = random.Random(2026)
    for number in range(300):
        if number % 3:
            death = (f"after:{dice.uniform(0.0, 0.3):.4f}", 1)
        else:
            death = (dice.choice(POINTS), dice.randint(1, 12))
        assert lives.live(*death) == -signal.SIGKILL

    settle(lives)
