"""The page on which a household edits what one priority means.

Turns a row of the table into a form, and answers into the edits that differ from it;
whether an edit is right is the engine's to say. Must not store anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from homeassistant.helpers.selector import TextSelector

from ..engine.routing.policy_edits import Value, edited
from ..engine.routing.policy_row import Policies, Policy, Respect
from ..engine.vocabulary import InterruptionLevel, Priority
from .fields import Field, Group, number_field, word_field
from .subentry_form import Answers, Problems

RESPECTS = ("quiet_hours", "do_not_disturb", "sleep", "away", "vacation")
_MINUTE, _HOUR = 60.0, 3600.0
_YES, _NO = "yes", "no"
_OF_ANY_TIME = tuple(each for each in Respect if each is not Respect.SPARE_SLEEPERS)


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
        field=word_field(key, (_YES, _NO), "yes_no"),
        shown=lambda row: _YES if getattr(row, key) else _NO,
        meant=lambda answer: answer == _YES,
    )


def _minutes(key: str) -> _Entry:
    """Several times in minutes, such as *2, 5, 10*; empty: never."""
    return _Entry(
        field=Field(key=key, selector=TextSelector(), required=False),
        shown=lambda row: ", ".join(
            f"{(cue.after or 0.0) / _MINUTE:g}" for cue in getattr(row, key) or ()
        ),
        meant=_times,
    )


def _times(answer: Any) -> Value:
    written = [each.strip() for each in str(answer or "").split(",") if each.strip()]
    try:
        return [_MINUTE * float(each) for each in written]
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
    _Entry(
        field=number_field("dedupe", least=0, most=10080, unit="min", required=False),
        shown=lambda row: None if row.dedupe is None else row.dedupe / _MINUTE,
        meant=lambda answer: None if not answer else _MINUTE * answer,
    ),
)

FIELDS: tuple[Field | Group, ...] = tuple(entry.field for entry in _ENTRIES)


def shown(row: Policy) -> dict[str, Any]:
    """A row as the form shows it."""
    values = {entry.field.key: entry.shown(row) for entry in _ENTRIES}
    return {key: value for key, value in values.items() if value not in (None, "")}


def checked(
    table: Policies, priority: Priority, answers: Answers
) -> tuple[dict[str, Any], Problems]:
    """What differs from the table's row, as it is stored; and what is wrong with it."""
    before = shown(table[priority])
    edits = {
        entry.field.key: entry.meant(answers.get(entry.field.key))
        for entry in _ENTRIES
        if answers.get(entry.field.key) != before.get(entry.field.key)
    }
    _, problems = edited(table, {priority.value: edits})
    return edits, {each.field: f"policy_{each.fault}" for each in problems}


def with_edits(table: Policies, edits: Mapping[str, Mapping[str, Any]]) -> Policies:
    """The table as it is after these edits; what is wrong with them is left out."""
    rows, _ = edited(table, edits)
    return rows


def priorities() -> Iterable[str]:
    """The rows that can be chosen."""
    return [each.value for each in Priority]
