"""Sizes, names and docstrings, as functions from files to breaches."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from pathlib import Path

from .source_tree import parsed

FILE_LINES = 400
FUNCTION_LINES = 60
# names that say nothing about what is inside, and so attract everything
EMPTY_NAMES = frozenset({"utils", "util", "helpers", "helper", "common", "manager"})


def long_files(paths: Iterable[Path]) -> list[str]:
    """Files that answer more than one question."""
    return [
        f"{path}: {lines} lines"
        for path in paths
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > FILE_LINES
    ]


def long_functions(paths: Iterable[Path]) -> list[str]:
    """Functions that cannot be read at one glance; decorators do not count."""
    return [
        f"{path}:{node.lineno}: {node.name} has {lines} lines"
        for path in paths
        for node in ast.walk(parsed(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or 0) - node.lineno + 1) > FUNCTION_LINES
    ]


def empty_names(paths: Iterable[Path]) -> list[str]:
    """Modules and folders named after nothing."""
    return [
        str(path)
        for path in paths
        if {path.stem, path.parent.name} & EMPTY_NAMES
        or path.stem.rpartition("_")[2] in EMPTY_NAMES
    ]


def missing_docstrings(paths: Iterable[Path]) -> list[str]:
    """Modules that do not say what they are for (and must not do)."""
    return [
        str(path)
        for path in paths
        if not ast.get_docstring(parsed(path.read_text(encoding="utf-8")))
    ]
