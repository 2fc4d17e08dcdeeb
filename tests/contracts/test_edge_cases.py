"""Each awkward case of the studies has a test that is named after it.

The 46 of detection and the 44 of delivery have numbers of their own; where a test
stands says which of the two it means.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from pathlib import Path
import re

from .source_tree import REPOSITORY

ROWS = 46
DELIVERY_ROWS = 44
# elsewhere the numbers are those of the awkward cases of delivery
FOLDERS = ("tests/engine/cycles",)
FILES = (
    "tests/platforms/test_edges_entities.py",
    "tests/platforms/test_states_beside_a_cycle.py",
)
_NAMED = re.compile(r"test_edges?_(\d\d)(?:_and_(\d\d))?_\w+")


def rows_tested(source: str) -> set[int]:
    """Read from the names of the tests in a file which rows they are about."""
    names = [
        node.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    found = [match for name in names if (match := _NAMED.fullmatch(name))]
    return {int(number) for match in found for number in match.groups() if number}


def _tested(files: Iterable[Path]) -> set[int]:
    return {
        row for file in files for row in rows_tested(file.read_text(encoding="utf-8"))
    }


def _of_detection() -> set[Path]:
    files = {REPOSITORY / each for each in FILES}
    for folder in FOLDERS:
        files |= set((REPOSITORY / folder).glob("test_*.py"))
    return files


def test_every_awkward_case_of_detection_has_a_test() -> None:
    assert _tested(_of_detection()) == set(range(1, ROWS + 1))


def test_every_awkward_case_of_delivery_has_a_test() -> None:
    others = set((REPOSITORY / "tests").rglob("test_*.py")) - _of_detection()
    tested = _tested(others - {Path(__file__)})
    assert tested == set(range(1, DELIVERY_ROWS + 1))


def test_names_are_read_as_they_are_meant() -> None:
    source = "def test_edges_23_and_36_x(): ...\nasync def test_edge_02_y(): ..."
    assert rows_tested(source) == {23, 36, 2}
    assert rows_tested("def test_edge(): ...\ndef test_edge_7_z(): ...") == set()
