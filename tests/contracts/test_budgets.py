"""Files, functions and names stay small and telling."""

from __future__ import annotations

from pathlib import Path

from . import budgets
from .source_tree import INTEGRATION, REPOSITORY, python_files

FOLDERS = [REPOSITORY / name for name in ("custom_components", "benchmarks", "tests")]
OURS = python_files(*FOLDERS)


def test_walk_is_not_empty() -> None:
    assert len(python_files(INTEGRATION)) > 20
    assert all(python_files(folder) for folder in FOLDERS)


def test_files_are_short() -> None:
    assert budgets.long_files(OURS) == []


def test_functions_are_short() -> None:
    assert budgets.long_functions(OURS) == []


def test_names_say_something() -> None:
    assert budgets.empty_names(OURS) == []


def test_each_module_of_the_integration_says_what_it_is_for() -> None:
    assert budgets.missing_docstrings(python_files(INTEGRATION)) == []


def test_each_breach_is_caught(tmp_path: Path) -> None:
    good = tmp_path / "detector.py"
    good.write_text('"""Why."""\n\n\ndef short():\n' + "    pass\n" * 59)
    bad = tmp_path / "time_utils.py"
    bad.write_text("async def long():\n" + "    pass\n" * 400)
    both = python_files(tmp_path)
    assert budgets.long_files(both) == [f"{bad}: 401 lines"]
    assert budgets.long_functions(both) == [f"{bad}:1: long has 401 lines"]
    assert budgets.empty_names(both) == [str(bad)]
    assert budgets.missing_docstrings(both) == [str(bad)]
