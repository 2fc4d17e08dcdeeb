"""Run the detector with other numbers than the shipped ones, for a while.

A name is `module.CONSTANT` of the cycle engine, or `kinds.FIELD` for a field of all
kinds: there a float is a factor, and a text names the field to take instead. A name
that does not exist is an error: a study of a number that nobody reads would show
nothing, convincingly.

Must not outlive its block.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
import contextlib
import dataclasses
import importlib
import pkgutil
from types import MappingProxyType, ModuleType
from typing import Any

from custom_components.reliable_notifications.engine import cycles
from custom_components.reliable_notifications.engine.cycles.kinds import KindTraits
from custom_components.reliable_notifications.engine.vocabulary import ApplianceKind

type Number = float | bool | str | tuple[float, float]
type Overrides = Mapping[str, Number]
type Kinds = Mapping[ApplianceKind, KindTraits]


@contextlib.contextmanager
def overridden(numbers: Overrides) -> Iterator[None]:
    """Set the numbers wherever the engine reads them; set them back afterwards."""
    replacement: object
    before: list[tuple[ModuleType, str, object]] = []
    modules = _modules()
    try:
        for name, value in numbers.items():
            module, _, attribute = name.partition(".")
            if module == "kinds":
                kinds: Kinds = vars(modules["kinds"])["KINDS"]
                attribute, replacement = "KINDS", _kinds(kinds, attribute, value)
            else:
                _check(modules, module, attribute)
                replacement = value
            for each in modules.values():
                if attribute in vars(each):
                    before.append((each, attribute, vars(each)[attribute]))
                    setattr(each, attribute, replacement)
        yield
    finally:
        for each, attribute, was in reversed(before):
            setattr(each, attribute, was)


def shipped(name: str) -> float:
    """Give the number that is shipped; of a field of all kinds, where times differ, 1.

    Where a field is a count, it is that of most kinds.
    """
    modules = _modules()
    module, _, attribute = name.partition(".")
    if module != "kinds":
        _check(modules, module, attribute)
        return float(vars(modules[module])[attribute])
    kinds: Kinds = vars(modules["kinds"])["KINDS"]
    values = [getattr(each, attribute) for each in kinds.values()]
    if isinstance(values[0], float):
        return 1.0
    return float(max(set(values), key=values.count))


def _modules() -> dict[str, ModuleType]:
    return {
        each.name: importlib.import_module(f"{cycles.__name__}.{each.name}")
        for each in pkgutil.iter_modules(cycles.__path__)
    }


def _check(modules: Mapping[str, ModuleType], module: str, attribute: str) -> None:
    if module not in modules or not hasattr(modules[module], attribute):
        msg = f"the engine has no {module}.{attribute}"
        raise LookupError(msg)


def _kinds(kinds: Kinds, field: str, value: Number) -> Kinds:
    if field not in {each.name for each in dataclasses.fields(KindTraits)}:
        msg = f"kinds have no {field}"
        raise LookupError(msg)
    return MappingProxyType(
        {
            kind: _with(traits, {field: _changed(traits, field, value)})
            for kind, traits in kinds.items()
        }
    )


def _with(traits: KindTraits, changed: Mapping[str, Any]) -> KindTraits:
    return dataclasses.replace(traits, **changed)


def _changed(traits: KindTraits, field: str, value: Number) -> object:
    if isinstance(value, str):
        return getattr(traits, value)
    was = getattr(traits, field)
    if isinstance(was, float) and isinstance(value, float):
        return was * value
    if type(was) is int and isinstance(value, float):
        return int(value)
    return value
