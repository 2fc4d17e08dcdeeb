"""What the contract tests know of the source: files, syntax trees, imports.

Works on a folder, so that the checks can be tried on small trees made for it. It reads
source only; nothing of the integration is imported or run.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
PACKAGE = "custom_components.reliable_notifications"
INTEGRATION = REPOSITORY.joinpath(*PACKAGE.split("."))

type Parts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Module:
    """One source file; `name` is relative to the integration, without `__init__`."""

    path: Path
    name: Parts
    is_package: bool

    @property
    def tree(self) -> ast.Module:
        """The parsed file."""
        return parsed(self.path.read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Import:
    """One imported name.

    `target` is relative to the integration if `internal`, else the absolute name.
    """

    importer: Parts
    target: Parts
    internal: bool
    typing_only: bool
    where: str


@cache  # by content, so that a file changed during a test is read anew
def parsed(source: str) -> ast.Module:
    """The syntax tree of a source text."""
    return ast.parse(source)


def python_files(*folders: Path) -> list[Path]:
    """All Python files below these folders, sorted."""
    return sorted(
        path
        for folder in folders
        for path in folder.rglob("*.py")
        if "__pycache__" not in path.parts
    )


def modules(integration: Path = INTEGRATION) -> list[Module]:
    """All modules of an integration."""
    found = []
    for path in python_files(integration):
        parts = path.relative_to(integration).with_suffix("").parts
        is_package = parts[-1] == "__init__"
        found.append(Module(path, parts[:-1] if is_package else parts, is_package))
    return found


def imports(integration: Path = INTEGRATION) -> list[Import]:
    """All imports in an integration, those inside functions too."""
    return [
        found
        for module in modules(integration)
        for found in _module_imports(module, integration)
    ]


def _module_imports(module: Module, integration: Path) -> Iterator[Import]:
    for_types = _type_checking_lines(module.tree)
    for node in ast.walk(module.tree):
        for target, internal in _targets(node, module):
            yield Import(
                importer=module.name,
                target=target,
                internal=internal,
                typing_only=node.lineno in for_types,
                where=f"{module.path.relative_to(integration)}:{node.lineno}",
            )


def _targets(node: ast.AST, module: Module) -> Iterator[tuple[Parts, bool]]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield _relative_to_package(tuple(alias.name.split(".")))
    elif isinstance(node, ast.ImportFrom):
        base = tuple(node.module.split(".")) if node.module else ()
        for alias in node.names:
            if not node.level:
                yield _relative_to_package((*base, alias.name))
                continue
            # one dot is the module's own package, each further dot its parent
            up = node.level - 1 if module.is_package else node.level
            package = module.name[: len(module.name) - up] if up else module.name
            yield (*package, *base, alias.name), True


def _relative_to_package(name: Parts) -> tuple[Parts, bool]:
    package = tuple(PACKAGE.split("."))
    if name[: len(package)] == package:
        return name[len(package) :], True
    return name, False


def _type_checking_lines(tree: ast.Module) -> set[int]:
    lines: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) in (
            "TYPE_CHECKING",
            "typing.TYPE_CHECKING",
        ):
            for child in node.body:
                lines.update(range(child.lineno, (child.end_lineno or 0) + 1))
    return lines
