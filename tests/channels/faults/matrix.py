"""The table of what happens to a message and what we say of it, and its page.

A cell is measured by a test; the page `docs/fault-matrix.md` shows the cells of the
oldest and of the newest Home Assistant. With the environment variable
RN_WRITE_FAULT_MATRIX set, the tests write their version's table instead of holding it
against the page. Must not know how a fault is brought about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
import os
from pathlib import Path
import re

from homeassistant.const import MAJOR_VERSION, MINOR_VERSION

from custom_components.reliable_notifications.engine.vocabulary import Evidence

PAGE = Path(__file__).parents[3] / "docs" / "fault-matrix.md"
VERSION = f"{MAJOR_VERSION}.{MINOR_VERSION}"
# the ends of what we support; between them nothing of this changes
SHOWN = ("2025.6", "2026.11")
WRITING = bool(os.environ.get("RN_WRITE_FAULT_MATRIX"))

_ARRIVED, _DID_NOT = "✔", "✘"


class Fault(StrEnum):
    """What can happen to a call; the value heads the column."""

    WORKS = "works"
    RAISES = "raises"
    GONE = "server gone"
    HANGS = "hangs"
    SWALLOWS = "only logs"
    MISSING = "missing"
    UNAVAILABLE = "unavailable"
    LATE = "answers late"
    THROTTLES = "throttles"


@dataclass(frozen=True, slots=True)
class Cell:
    """Whether the message has come to the other side, and the grade that we recorded.

    `later` is the grade after an answer came that we did not wait for any more.
    """

    arrived: bool
    grade: Evidence
    later: Evidence | None = None

    def __str__(self) -> str:
        """As it stands in the table."""
        grades = str(self.grade)
        if self.later is not None and self.later is not self.grade:
            grades = f"{grades}, then {self.later}"
        return f"{_ARRIVED if self.arrived else _DID_NOT} {grades}".replace("_", " ")

    @property
    def lies(self) -> bool:
        """Whether we claim what did not happen, or deny what did."""
        final = self.later or self.grade
        denied = final in (Evidence.REFUSED, Evidence.UNREACHABLE)
        return final.is_success if not self.arrived else denied


def impossible(reason: str) -> str:
    """A cell that cannot be; the reason stands in it."""
    return f"– {reason}"


type Table = dict[str, dict[str, str]]  # row, column, text


def read(page: str, version: str) -> Table:
    """The table of one version."""
    found = re.search(
        rf"^## Home Assistant {re.escape(version)}\n(.*?)(?=^## |\Z)",
        page,
        re.MULTILINE | re.DOTALL,
    )
    assert found, f"the page has no table for {version}"
    lines = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in found[1].splitlines()
        if line.startswith("|")
    ]
    head, _, *rows = lines
    assert len({row[0] for row in rows}) == len(rows), "a row stands there twice"
    return {row[0]: dict(zip(head[1:], row[1:], strict=True)) for row in rows}


def written(table: Table) -> str:
    """The table as text; the rows in alphabetical order, so that it never moves."""
    head = ["", *Fault]
    rows = [
        [name, *(table[name].get(fault, "") for fault in Fault)]
        for name in sorted(table)
    ]
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def with_table(page: str, version: str, table: Table) -> str:
    """The page with this version's table in place of the one that it had."""
    return re.sub(
        rf"(^## Home Assistant {re.escape(version)}\n)(.*?)(?=^## |\Z)",
        lambda found: f"{found[1]}\n{written(table)}\n\n",
        page,
        flags=re.MULTILINE | re.DOTALL,
    )


def write(cells: Mapping[tuple[str, Fault], str]) -> None:
    """Put what was measured into this version's table."""
    page = PAGE.read_text(encoding="utf-8")
    table = read(page, VERSION)
    for (row, fault), text in cells.items():
        table.setdefault(row, {})[fault] = text
    text = with_table(page, VERSION, table).rstrip() + "\n"
    PAGE.write_text(text, encoding="utf-8")
