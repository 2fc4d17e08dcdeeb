"""A file in channels/ is a channel that exists: it is named in the tuple CHANNELS."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from .source_tree import INTEGRATION, parsed

NOT_CHANNELS = {"__init__", "interface"}


def unnamed_channels(folder: Path) -> list[str]:
    """Return the files of a channels folder that its tuple CHANNELS does not name."""
    tree = parsed((folder / "__init__.py").read_text(encoding="utf-8"))
    origin = {  # the file that each imported name comes from
        alias.asname or alias.name: node.module or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.level == 1
        for alias in node.names
    }
    named = {
        origin[name.id]
        for element in _channels_tuple(tree).elts
        for name in ast.walk(element)
        if isinstance(name, ast.Name) and name.id in origin
    }
    files = {path.stem for path in folder.glob("*.py")} - NOT_CHANNELS
    return sorted(files - named)


def _channels_tuple(tree: ast.Module) -> ast.Tuple:
    for node in tree.body:
        targets = (
            node.targets
            if isinstance(node, ast.Assign)
            else [node.target]
            if isinstance(node, ast.AnnAssign)
            else []
        )
        if any(isinstance(t, ast.Name) and t.id == "CHANNELS" for t in targets):
            assert isinstance(node.value, ast.Tuple), "CHANNELS is written as a tuple"
            return node.value
    pytest.fail("channels/__init__.py has no tuple CHANNELS")


def test_each_file_is_named() -> None:
    folder = INTEGRATION / "channels"
    assert len(list(folder.glob("*.py"))) >= 4, "the walk found next to nothing"
    assert unnamed_channels(folder) == []


def test_forgotten_file_is_caught(tmp_path: Path) -> None:
    (tmp_path / "__init__.py").write_text(
        "from . import echo\nfrom .phone import Phone\nfrom .sms import Sms\n"
        "CHANNELS: tuple[type, ...] = (Phone, echo.Echo)\n"
    )
    for name in ("interface", "echo", "phone", "sms", "mail"):
        (tmp_path / f"{name}.py").touch()
    assert unnamed_channels(tmp_path) == ["mail", "sms"]
