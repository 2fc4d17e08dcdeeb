"""The router is held to its truth tables, which people have read."""

from __future__ import annotations

import pytest

from custom_components.reliable_notifications.engine.routing.policy import Preset

from .truth_tables import FOLDER, tables

TABLES = tables()
ROWS = {
    "household": 4 * 3 * 2 * 3 * 2,
    "service_team": 4 * 3 * 2 * 3 * 2,
    "household_sleep": 4 * 3 * 3,
    "service_team_sleep": 4 * 3 * 3,
}


@pytest.mark.parametrize("name", sorted(TABLES))
def test_what_is_decided_is_what_was_reviewed(name: str) -> None:
    """After a wanted change: `python -m tests.engine.routing.truth_tables`."""
    assert (FOLDER / name).read_text(encoding="utf-8") == TABLES[name]


def test_every_situation_is_in_the_tables() -> None:
    assert {path.name for path in FOLDER.iterdir()} == TABLES.keys()
    for name, text in TABLES.items():
        lines = text.splitlines()[2:]
        assert len(lines) == len(set(lines)) == ROWS[name.removesuffix(".txt")]


@pytest.mark.parametrize("preset", list(Preset))
def test_no_row_keeps_back_what_is_urgent(preset: Preset) -> None:
    rows = [line.split() for line in TABLES[f"{preset}.txt"].splitlines()[2:]]

    urgent = [row for row in rows if row[0] == "urgent"]
    assert len(urgent) == 36
    assert {row[5] for row in urgent} == {"deliver"}
    unknown_high = [row for row in rows if row[0] == "high" and row[1] == "?"]
    assert {row[5] for row in unknown_high} == {"deliver"}
