"""Killed with SIGKILL at every point of a delivery, on a real file: nothing is lost.

After each death the next life carries on; the last one lives until all is over. Then
what was promised is held against what was sent and what is stored.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
import shutil
import signal
import sqlite3

import pytest

from benchmarks.crash.household import DATABASE, POINTS, Ledger
from benchmarks.crash.judge import NEVER_ALLOWED, judge
from benchmarks.crash.lives import Lives, deaths, lives

NOTHING_WRONG = dict.fromkeys(NEVER_ALLOWED, 0)


@pytest.fixture
def household(tmp_path: Path) -> Iterator[Lives]:
    with lives(tmp_path) as household:
        yield household


def found_wrong(folder: Path) -> dict[str, int]:
    counts = judge(folder)
    return {name: counts[name] for name in NEVER_ALLOWED}


def test_killed_at_every_point(household: Lives) -> None:
    # the second and third time as well: then others are under way
    twice = [("started", 4), ("sent", 3), ("over", 3)]

    for point, nth in [(point, 1) for point in POINTS] + twice:
        assert household.live(point, nth) == -signal.SIGKILL
    household.settle()

    assert found_wrong(household.folder) == NOTHING_WRONG
    counts = judge(household.folder)
    assert counts["promised"] >= len(POINTS)
    assert counts["intents"] >= counts["promised"]
    assert counts["sent"] >= counts["promised"] // 2
    # of those that were killed between sending and storing, some could be repeated
    assert counts["duplicates_permitted"] >= 1


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_killed_at_three_hundred_random_moments(household: Lives) -> None:
    for death in deaths(300, seed=2026):
        assert household.live(*death) == -signal.SIGKILL
    household.settle()

    assert found_wrong(household.folder) == NOTHING_WRONG


@pytest.fixture(scope="module")
def all_right(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a household leaves that was killed once."""
    with lives(tmp_path_factory.mktemp("household")) as household:
        assert household.live("promised", 6) == -signal.SIGKILL
        household.settle()
    assert found_wrong(household.folder) == NOTHING_WRONG
    return household.folder


class TestTheJudge:
    """Sees what is wrong, where something is."""

    @pytest.fixture
    def folder(self, all_right: Path, tmp_path: Path) -> Path:
        return Path(shutil.copytree(all_right, tmp_path / "household"))

    @staticmethod
    def change(folder: Path, statement: str) -> None:
        with closing(sqlite3.connect(folder / DATABASE)) as connection, connection:
            assert connection.execute(statement).rowcount == 1

    def test_promised_and_forgotten(self, folder: Path) -> None:
        Ledger(folder).note("promised", "a word of honour")
        assert judge(folder)["lost"] == 1

    def test_sent_without_being_stored(self, folder: Path) -> None:
        Ledger(folder).note("sent", "phone out of nowhere")
        assert judge(folder)["sent_unstored"] == 1

    def test_a_second_mail(self, folder: Path) -> None:
        sent = Ledger(folder).read("sent")
        Ledger(folder).note("sent", next(each for each in sent if "mail" in each))
        assert judge(folder)["duplicates_not_permitted"] == 1

    def test_a_second_push_without_a_doubt(self, folder: Path) -> None:
        sent = Ledger(folder).read("sent")
        Ledger(folder).note("sent", next(each for each in sent if "phone" in each))
        assert judge(folder)["duplicates_not_permitted"] == 1

    def test_two_ends(self, folder: Path) -> None:
        intent_id, _ = Ledger(folder).read("ended")[0].split()
        Ledger(folder).note("ended", f"{intent_id} failed")
        assert judge(folder)["ends_not_one"] == 1

    @pytest.mark.parametrize(
        ("wrong", "statement"),
        [
            ("ends_not_one", "UPDATE intent SET finished_at = NULL"),
            ("ends_not_good", "UPDATE intent SET state = 'failed'"),
            ("false_success", "UPDATE intent SET channel_id = 'missing'"),
            ("calls_left_open", "UPDATE attempt SET ended_at = NULL"),
        ],
    )
    def test_a_wrong_row(self, folder: Path, wrong: str, statement: str) -> None:
        table = statement.split()[1]
        self.change(
            folder,
            f"{statement} WHERE id = (SELECT id FROM {table} ORDER BY id LIMIT 1)",
        )
        assert judge(folder)[wrong] == 1
