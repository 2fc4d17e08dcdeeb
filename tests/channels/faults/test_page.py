"""The page has the cells that are measured, all of them and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from custom_components.reliable_notifications.channels import CHANNELS
from custom_components.reliable_notifications.engine.vocabulary import Evidence
from tests.channels.faults import (
    matrix,
    test_accounts,
    test_at_home,
    test_mail,
    test_online,
    test_phone,
    test_speaker,
    test_text_messages,
    test_voices,
)
from tests.channels.faults.judging import SCENES
from tests.channels.faults.matrix import Cell, Fault

MEASURED = (
    test_accounts,
    test_at_home,
    test_mail,
    test_online,
    test_phone,
    test_speaker,
    test_text_messages,
    test_voices,
)


@pytest.mark.skipif(matrix.WRITING, reason="the page is being written")
def test_the_page_shows_what_is_measured_and_nothing_else() -> None:
    shown = matrix.read(matrix.PAGE.read_text(encoding="utf-8"), matrix.VERSION)

    files = {path.stem for path in Path(__file__).parent.glob("test_*.py")}
    assert {module.__name__.rpartition(".")[2] for module in MEASURED} == files - {
        "test_page"
    }
    assert set(shown) == {scene.row for scene in SCENES}
    for row, cells in shown.items():
        assert set(cells) == {*Fault}, row
        assert all(cells.values()), row


def test_each_kind_of_channel_has_a_scene() -> None:
    """A channel that nobody has seen fail is one of which nobody knows what we say."""
    kinds = {each.kind for each in CHANNELS}
    assert kinds
    if not test_online.has_entities("telegram_bot"):
        kinds.remove("telegram")  # which then is an action, and measured as such
    assert kinds - {scene.kind for scene in SCENES} == set()


def test_a_table_is_read_as_it_was_written() -> None:
    page = "# Title\n\n## Home Assistant 1.0\n\n|a|\n\n## Home Assistant 2.0\n\n|b|\n"
    table = {"x": dict.fromkeys(Fault, "no"), "w": {fault: fault for fault in Fault}}

    changed = matrix.with_table(page, "2.0", table)

    assert matrix.read(changed, "2.0") == table
    assert changed.startswith("# Title\n\n## Home Assistant 1.0\n\n|a|\n\n")
    assert matrix.with_table(changed, "2.0", table) == changed


def test_a_row_that_stands_there_twice_is_found() -> None:
    page = "## Home Assistant 1.0\n\n|  | works |\n| --- | --- |\n"
    assert matrix.read(f"{page}| a | no |\n", "1.0") == {"a": {"works": "no"}}
    with pytest.raises(AssertionError, match="twice"):
        matrix.read(f"{page}| a | no |\n| a | yes |\n", "1.0")


@pytest.mark.parametrize(
    ("arrived", "grade", "later", "lies"),
    [
        (True, Evidence.ACCEPTED, None, False),
        (False, Evidence.ACCEPTED, None, True),
        (False, Evidence.DISPATCHED, None, False),
        (True, Evidence.DISPATCHED, None, False),
        (True, Evidence.UNREACHABLE, None, True),
        (False, Evidence.REFUSED, None, False),
        (True, Evidence.TIMED_OUT, Evidence.ACCEPTED, False),
        (False, Evidence.TIMED_OUT, Evidence.ACCEPTED, True),
    ],
)
def test_what_is_a_lie(
    arrived: bool, grade: Evidence, later: Evidence | None, lies: bool
) -> None:
    assert Cell(arrived, grade, later).lies is lies
