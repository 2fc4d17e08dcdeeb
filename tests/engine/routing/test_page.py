"""The page about routing says what the tables say."""

from __future__ import annotations

from custom_components.reliable_notifications.engine.routing.calm import ASK_AGAIN
from custom_components.reliable_notifications.engine.routing.presence import (
    LAST_KNOWN_FOR,
)

from .page import MARKED, PAGE, page, tables

TEXT = PAGE.read_text(encoding="utf-8")


def test_the_tables_of_the_page_are_those_of_the_engine() -> None:
    """After a wanted change: `python -m tests.engine.routing.page`."""
    assert [found[1] for found in MARKED.findall(TEXT)] == list(tables())
    assert page(TEXT) == TEXT


def test_a_changed_table_would_be_noticed() -> None:
    changed = TEXT.replace("| urgent |", "| loud |")

    assert page(changed) == TEXT != changed


def test_the_numbers_of_the_page_are_those_of_the_engine() -> None:
    assert f"every {ASK_AGAIN / 60:.0f} minutes" in TEXT
    assert f"not older than {LAST_KNOWN_FOR / 60:.0f} minutes" in TEXT
