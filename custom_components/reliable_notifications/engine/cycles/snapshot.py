"""Components of the detector as plain JSON, and back, with every value checked.

A component is a slotted dataclass of numbers, strings and lists of numbers. A
snapshot comes from a file that may be damaged or written by another version:
whatever does not fit is an error here, and the detector then starts afresh.

Must not know what the values mean.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

type Json = bool | int | float | str | list[Json] | dict[str, Json] | None

# "Long before anything": a finite number, because JSON has no infinity.
NEVER = -1.0e12


class SnapshotError(ValueError):
    """The snapshot is not one of ours."""


def _number(value: Json) -> float:
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or not math.isfinite(value)
    ):
        msg = f"not a number: {value!r}"
        raise SnapshotError(msg)
    return float(value)


def _number_or_none(value: Json) -> float | None:
    return None if value is None else _number(value)


def _whole(value: Json) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        msg = f"not a whole number: {value!r}"
        raise SnapshotError(msg)
    return value


def _truth(value: Json) -> bool:
    if not isinstance(value, bool):
        msg = f"not true or false: {value!r}"
        raise SnapshotError(msg)
    return value


def _text(value: Json) -> str:
    if not isinstance(value, str):
        msg = f"not a text: {value!r}"
        raise SnapshotError(msg)
    return value


def _numbers(value: Json) -> list[float]:
    return [_number(item) for item in listed(value)]


def _rows(value: Json) -> list[list[float]]:
    return [_numbers(item) for item in listed(value)]


_CHECKS: Mapping[str, Callable[[Json], object]] = {
    "float": _number,
    "float | None": _number_or_none,
    "int": _whole,
    "bool": _truth,
    "str": _text,
    "list[float]": _numbers,
    "list[list[float]]": _rows,
}


def listed(value: Json) -> list[Json]:
    """Take the value for a list, or raise."""
    if not isinstance(value, list):
        msg = f"not a list: {value!r}"
        raise SnapshotError(msg)
    return value


def mapped(value: Json) -> dict[str, Json]:
    """Take the value for a mapping, or raise."""
    if not isinstance(value, dict):
        msg = f"not a mapping: {value!r}"
        raise SnapshotError(msg)
    return value


def entry(data: Mapping[str, Json], key: str) -> Json:
    """Get what stands under the key, or raise."""
    if key not in data:
        msg = f"{key} is missing"
        raise SnapshotError(msg)
    return data[key]


def pack(component: DataclassInstance) -> dict[str, Json]:
    """Write the component as a mapping of its fields; lists are copied."""
    packed: dict[str, Json] = {}
    for each in fields(component):
        value = getattr(component, each.name)
        packed[each.name] = _copied(value) if isinstance(value, list) else value
    return packed


def _copied(value: list[Json]) -> list[Json]:
    return [_copied(item) if isinstance(item, list) else item for item in value]


def unpack[C: DataclassInstance](cls: type[C], value: Json) -> C:
    """Make the component that `pack` was given.

    A field that is not there was added later: it keeps its default, so that what was
    learned survives an update.
    """
    data = mapped(value)
    return cls(
        **{
            each.name: _CHECKS[str(each.type)](data[each.name])
            for each in fields(cls)
            if each.name in data
        }
    )
