"""The page on which people give the programmes of an appliance names.

Says what was found and what is wrong with a name. It must not find programmes nor keep
their names: that is the appliance's watch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from homeassistant.helpers.selector import TextSelector

from ..appliances.forecast import KnownProgramme
from ..appliances.programme_book import name_problem
from .fields import Field

_HOUR_MIN = 60


def name_fields(known: Sequence[KnownProgramme]) -> list[Field]:
    """One field for each programme, by its place in the list."""
    return [
        Field(key=_key(place), selector=TextSelector(), required=False)
        for place in range(len(known))
    ]


def present_names(known: Sequence[KnownProgramme]) -> dict[str, str]:
    """The names that there are, for the fields."""
    return {_key(place): each.name for place, each in enumerate(known) if each.name}


def descriptions(known: Sequence[KnownProgramme]) -> dict[str, str]:
    """What tells the programmes apart: number, length, energy and how often."""
    told: dict[str, str] = {}
    for place, each in enumerate(known, start=1):
        hours, minutes = divmod(round(each.length_s / 60), _HOUR_MIN)
        told |= {
            f"number_{place}": str(each.id + 1),
            f"length_{place}": f"{hours}:{minutes:02}",
            f"energy_{place}": f"{each.wh / 1000:.2f}",
            f"count_{place}": str(each.count),
        }
    return told


def name_problems(
    answers: Mapping[str, Any], known: Sequence[KnownProgramme]
) -> dict[str, str | None]:
    """What is wrong with each name, None where nothing is."""
    names = _names(answers, known)
    return {
        _key(place): name_problem(name, [*names[:place], *names[place + 1 :]])
        for place, name in enumerate(names)
        if name
    }


def chosen_names(
    answers: Mapping[str, Any], known: Sequence[KnownProgramme]
) -> dict[int, str]:
    """The names by programme; an empty one takes the name away."""
    names = _names(answers, known)
    return {each.id: name for each, name in zip(known, names, strict=True)}


def _names(answers: Mapping[str, Any], known: Sequence[KnownProgramme]) -> list[str]:
    return [
        " ".join(str(answers.get(_key(place), "")).split())
        for place in range(len(known))
    ]


def _key(place: int) -> str:
    return f"programme_{place + 1}"
