"""The page on which a household edits what one priority means.

Turns a row of the table into a form, and answers into the edits that differ from it;
whether an edit is right is the engine's to say. Must not store anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from homeassistant.helpers.selector import TextSelector

from ..engine.routing.policy import IN_APP
from ..engine.routing.policy_edits import Value, edited
from ..engine.routing.policy_row import Policies, Policy, Respect
from ..engine.vocabulary import InterruptionLevel, Priority, Shape
from .fields import (
    NO,
    YES,
    Field,
    Group,
    answer_field,
    number_field,
    several_field,
    word_field,
)
from .subentry_form import Answers, Problems

RESPECTS = ("quiet_hours", "do_not_disturb", "sleep", "away", "vacation")
_SECOND, _MINUTE, _HOUR = 1.0, 60.0, 3600.0
_OF_ANY_TIME = tuple(each for each in Respect if each is not Respect.SPARE_SLEEPERS)

# The sections of the page
WAYS, WAITS = "ways", "waits"

# Groups of channels in the order in which they are asked; no table has more of them
_PLACES = ("first", "then", "last")

# The lists inside the app are one choice: nobody cares which of them it is
_LISTS = "in_app"
_WAYS = (*(each.value for each in Shape), _LISTS)

_ORDER, _RECIPIENT, _PROOF, _TABLE = "order", "recipient", "proof", "table"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """One field: how it is filled in, how a row shows it, what an answer means."""

    field: Field
    shown: Callable[[Policy], Any]
    meant: Callable[[Any], Value]


def _respect(key: str) -> _Entry:
    options = tuple(Respect) if key == "sleep" else _OF_ANY_TIME
    return _Entry(
        field=word_field(key, [each.value for each in options], "respect"),
        shown=lambda row: getattr(row, key).value,
        meant=str,
    )


def _yes_no(key: str) -> _Entry:
    return _Entry(
        field=answer_field(key),
        shown=lambda row: YES if getattr(row, key) else NO,
        meant=lambda answer: answer == YES,
    )


def _minutes(key: str) -> _Entry:
    """Several times in minutes, such as *2, 5, 10*; empty: never."""
    return _Entry(
        field=Field(key=key, selector=TextSelector(), required=False),
        shown=lambda row: _written(
            ((cue.after or 0.0) for cue in getattr(row, key) or ()), _MINUTE
        ),
        meant=lambda answer: _times(answer, _MINUTE),
    )


def _wait(key: str, unit: str, seconds: float) -> _Entry:
    """One time; empty, or nothing: none."""
    most = 7 * 24 * _HOUR / seconds
    return _Entry(
        field=number_field(key, least=0, most=most, unit=unit, required=False),
        shown=lambda row: (wait := getattr(row, key)) and wait / seconds,
        meant=lambda answer: seconds * answer if answer else None,
    )


def _written(times: Iterable[float], unit: float) -> str:
    return ", ".join(f"{each / unit:g}" for each in times)


def _times(answer: Any, unit: float) -> Value:
    written = [each.strip() for each in str(answer or "").split(",") if each.strip()]
    try:
        return [unit * float(each) for each in written]
    except ValueError:
        return str(answer)  # the engine says that it is no number


_ENTRIES: tuple[_Entry, ...] = (
    *(_respect(key) for key in RESPECTS),
    _Entry(
        field=word_field("level", [each.value for each in InterruptionLevel], "level"),
        shown=lambda row: row.level.value,
        meant=str,
    ),
    _yes_no("digest"),
    _yes_no("acknowledge"),
    _minutes("repeats"),
    _minutes("others"),
    _Entry(
        field=number_field("time_to_live", least=0.1, most=168, unit="h"),
        shown=lambda row: row.time_to_live / _HOUR,
        meant=lambda answer: _HOUR * answer,
    ),
    _wait("dedupe", "min", _MINUTE),
)
_OF_WAYS = tuple(map(_yes_no, ("together", "speaks_up", "speaks_at_night")))
_OF_WAITS: tuple[_Entry, ...] = (
    _Entry(
        field=Field(key="hedges", selector=TextSelector(), required=False),
        shown=lambda row: _written(row.hedges, _SECOND),
        meant=lambda answer: _times(answer, _SECOND),
    ),
    _wait("unreceived", "s", _SECOND),
    _wait("unseen", "min", _MINUTE),
)

FIELDS: tuple[Field | Group, ...] = (
    *(entry.field for entry in _ENTRIES),
    Group(
        key=WAYS,
        fields=(
            *(several_field(place, _WAYS, "way") for place in _PLACES),
            word_field(_ORDER, (_RECIPIENT, _PROOF, _TABLE), "way_order"),
            *(entry.field for entry in _OF_WAYS),
        ),
    ),
    Group(key=WAITS, fields=tuple(entry.field for entry in _OF_WAITS)),
)

# In which section a field of a row is edited
_SECTION_OF: Mapping[str, str] = {
    **{entry.field.key: WAYS for entry in _OF_WAYS},
    **{entry.field.key: WAITS for entry in _OF_WAITS},
    "ways": WAYS,
}


def shown(row: Policy) -> dict[str, Any]:
    """A row as the form shows it."""
    return {
        **_shown(_ENTRIES, row),
        WAYS: {
            **{
                place: [way for way in _WAYS if _is_in(way, group)]
                for place, group in zip(_PLACES, row.ways, strict=False)
            },
            _ORDER: _order(row),
            **_shown(_OF_WAYS, row),
        },
        WAITS: _shown(_OF_WAITS, row),
    }


def filled(answers: Answers, row: Policy) -> Answers:
    """The answers with the sections that were left out, as the row has them."""
    before = shown(row)
    return {WAYS: before[WAYS], WAITS: before[WAITS], **answers}


def checked(
    table: Policies, priority: Priority, answers: Answers
) -> tuple[dict[str, Any], Problems]:
    """What differs from the table's row, as it is stored; and what is wrong with it."""
    usual = _meant(shown(table[priority]))
    edits = {
        field: value
        for field, value in _meant(answers).items()
        if value != usual[field]
    }
    _, problems = edited(table, {priority.value: edits})
    return edits, {
        _SECTION_OF.get(each.field, each.field): f"policy_{each.fault}"
        for each in problems
    }


def _shown(entries: Iterable[_Entry], row: Policy) -> dict[str, Any]:
    values = {entry.field.key: entry.shown(row) for entry in entries}
    return {key: value for key, value in values.items() if value not in (None, "")}


def _order(row: Policy) -> str:
    """What of it decides which channel comes first."""
    if row.proof_first:
        return _PROOF
    return _RECIPIENT if row.own_order else _TABLE


def _is_in(way: str, group: frozenset[str]) -> bool:
    return bool(IN_APP & group) if way == _LISTS else way in group


def _meant(answers: Answers) -> dict[str, Value]:
    """What the answers say of each field of a row."""
    ways = answers[WAYS]
    groups = [
        [name for way in _WAYS if way in chosen for name in _names(way)]
        for place in _PLACES
        if (chosen := ways.get(place))
    ]
    return {
        **_said(_ENTRIES, answers),
        **_said(_OF_WAYS, ways),
        **_said(_OF_WAITS, answers[WAITS]),
        "ways": groups,
        "own_order": ways[_ORDER] == _RECIPIENT,
        "proof_first": ways[_ORDER] == _PROOF,
    }


def _names(way: str) -> Iterable[str]:
    return sorted(IN_APP) if way == _LISTS else (way,)


def _said(entries: Iterable[_Entry], answers: Answers) -> dict[str, Value]:
    return {
        entry.field.key: entry.meant(answers.get(entry.field.key)) for entry in entries
    }


def with_edits(table: Policies, edits: Mapping[str, Mapping[str, Any]]) -> Policies:
    """The table as it is after these edits; what is wrong with them is left out."""
    rows, _ = edited(table, edits)
    return rows


def priorities() -> Iterable[str]:
    """The rows that can be chosen."""
    return [each.value for each in Priority]
