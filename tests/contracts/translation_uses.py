"""Where the source uses a translation key, and which text that needs.

Reads what is written as a literal. Keys made at run time (forms, entities, errors) are
checked when tests run them: see tests/translation_guard.py.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .layers import DESCRIPTIONS, PLATFORMS
from .source_tree import INTEGRATION, Module, modules

EXCEPTION_ENDINGS = ("Error", "Failed", "NotReady", "Unauthorized", "NotSupported")
# functions that say by a key what is wrong; forms show it as an error or abort with it
SPEAKING_FUNCTIONS = ("problem", "obstacle")


@dataclass(frozen=True, slots=True)
class Use:
    """One use: any of these paths in the translation file satisfies it."""

    paths: tuple[str, ...]
    where: str


def uses(integration: Path = INTEGRATION) -> list[Use]:
    """All literal uses of translation keys in an integration."""
    return [
        Use(paths, f"{module.path.relative_to(integration)}:{line}")
        for module in modules(integration)
        for line, paths in _in_module(module)
    ]


def _in_module(module: Module) -> Iterator[tuple[int, tuple[str, ...]]]:
    name = module.name[0] if module.name else ""
    platform = name if name in PLATFORMS else DESCRIPTIONS.get(name)
    forms = module.name[:1] in (("flows",), ("config_flow",))
    catalogue = module.name == ("engine", "metrics", "catalogue")
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func).rpartition(".")[2]
            given = {
                word.arg: word.value.value
                for word in node.keywords
                if isinstance(word.value, ast.Constant)
                and isinstance(word.value.value, str)
            }
            for path in _in_call(name, given, platform, catalogue=catalogue):
                yield node.lineno, (path,)
            if forms:
                yield from _in_form_call(node, name, given)
        elif forms or module.name[:1] == ("channels",):
            yield from _in_speaking_function(node)
        if platform and isinstance(node, ast.Assign):
            for path in _in_assignment(node, platform):
                yield node.lineno, (path,)


def _in_call(
    name: str, given: dict[str | None, str], platform: str | None, *, catalogue: bool
) -> Iterator[str]:
    key = given.get("translation_key")
    if catalogue and name == "Metric" and "key" in given:
        yield f"entity.sensor.{given['key']}.name"
    elif platform and name.endswith("Description") and "name" not in given:
        if described := key or given.get("key"):
            yield f"entity.{platform}.{described}.name"
    elif key and name.endswith("create_issue"):
        yield f"issues.{key}.title"
    elif key and name == "SelectSelectorConfig":
        yield f"selector.{key}.options"
    elif key and (name.endswith(EXCEPTION_ENDINGS) or "translation_domain" in given):
        yield f"exceptions.{key}.message"
    elif key and platform:
        yield f"entity.{platform}.{key}.name"


def _in_form_call(
    node: ast.Call, name: str, given: dict[str | None, str]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    if "step_id" in given:
        yield node.lineno, _anywhere("step", given["step_id"])
    if name == "async_abort" and "reason" in given:
        yield node.lineno, _anywhere("abort", given["reason"])
    for word in node.keywords:
        if word.arg == "errors" and isinstance(word.value, ast.Dict):
            for value in word.value.values:
                if isinstance(value, ast.Constant):
                    yield value.lineno, _anywhere("error", value.value)


def _in_speaking_function(node: ast.AST) -> Iterator[tuple[int, tuple[str, ...]]]:
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return
    if not node.name.endswith(SPEAKING_FUNCTIONS):
        return
    for returned in ast.walk(node):
        if isinstance(returned, ast.Return) and returned.value:
            for key in _possible_values(returned.value):
                yield returned.lineno, _anywhere("error", key) + _anywhere("abort", key)


def _possible_values(value: ast.expr) -> list[str]:
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return [value.value]
    if isinstance(value, ast.IfExp):
        return _possible_values(value.body) + _possible_values(value.orelse)
    return []


def _in_assignment(node: ast.Assign, platform: str) -> Iterator[str]:
    if isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
        for target in node.targets:
            if ast.unparse(target).endswith("_attr_translation_key"):
                yield f"entity.{platform}.{node.value.value}.name"


def _anywhere(part: str, key: str) -> tuple[str, ...]:
    """Return the places of a form's text: which form uses it is known at run time."""
    return tuple(
        f"{section}.{part}.{key}"
        for section in ("config", "options", "config_subentries.*")
    )
