"""An installation's own words in the table of policies: checked, then put in.

An edit is plain data as a form or a file has it: priority -> field -> value. What is
wrong is left as it was, and said at its field. Must not know where edits are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
import itertools

from ..vocabulary import Cue, Evidence, InterruptionLevel, Priority
from .policy_row import Policies, Policy, Respect

type Value = str | float | bool | Sequence[float] | Sequence[Sequence[str]] | None
type Edits = Mapping[str, Mapping[str, Value]]

# A message that is news for less than a minute cannot be retried; one older than a week
# is history, and the log keeps it anyway
_SHORTEST = 60.0
LONGEST = 7 * 24 * 3600.0

# More reminders than one every five minutes of an hour wake nobody up
_MOST_REPEATS = 12


class Fault(StrEnum):
    """What is wrong with an edit."""

    UNKNOWN_PRIORITY = "unknown_priority"
    UNKNOWN_FIELD = "unknown_field"
    NOT_A_CHOICE = "not_a_choice"
    NOT_A_NUMBER = "not_a_number"
    OUT_OF_RANGE = "out_of_range"
    NOT_ASCENDING = "not_ascending"
    TOO_MANY = "too_many"
    NO_WAY = "no_way"
    WAY_TWICE = "way_twice"
    URGENT_PASSES = "urgent_passes"
    AFTER_DEADLINE = "after_deadline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """An edit that was not made; `field` is empty where the priority is wrong."""

    priority: str
    field: str
    fault: Fault


class _Wrong(Exception):  # noqa: N818 - it says what was found
    """The value cannot be put in."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


def edited(policies: Policies, edits: Edits) -> tuple[Policies, tuple[Problem, ...]]:
    """The table with all edits that are right, and what was wrong with the others."""
    rows = dict(policies)
    problems: list[Problem] = []
    for name, fields in edits.items():
        if name not in set(Priority):
            fault = Fault.UNKNOWN_PRIORITY
            problems.append(Problem(priority=name, field="", fault=fault))
            continue
        priority = Priority(name)
        rows[priority], wrong = _with(priority, policies[priority], fields)
        problems += [
            Problem(priority=name, field=field, fault=fault)
            for field, fault in wrong.items()
        ]
    return rows, tuple(problems)


def _with(
    priority: Priority, before: Policy, fields: Mapping[str, Value]
) -> tuple[Policy, Mapping[str, Fault]]:
    """The row with its edits: each by itself first, then what they make together.

    They are given all at once, so no single one may fail for want of another.
    """
    row, wrong, right = before, dict[str, Fault](), dict[str, Value]()
    for field, value in fields.items():
        try:
            row = _with_one(priority, row, field, value)
            right[field] = value
        except _Wrong as found:
            wrong[field] = found.fault
    while late := _late(row):
        # what comes too late was asked for just now, or else the end has come nearer
        for field in [each for each in late if each in right] or ["time_to_live"]:
            wrong[field] = Fault.AFTER_DEADLINE
            del right[field]
        row = before
        for field, value in right.items():
            row = _with_one(priority, row, field, value)
    return row, wrong


def _with_one(priority: Priority, row: Policy, field: str, value: Value) -> Policy:
    reader = _READERS.get(field)
    if reader is None:
        raise _Wrong(Fault.UNKNOWN_FIELD)
    new = reader(row, value)
    if priority is Priority.URGENT and _keeps_back(field, new):
        raise _Wrong(Fault.URGENT_PASSES)
    return new


def _keeps_back(field: str, row: Policy) -> bool:
    """Whether what is urgent would be held, or put into a digest."""
    if field == "digest":
        return row.digest
    return field in _RESPECTS and any(
        respect is not Respect.PASS
        for respect in (
            row.quiet_hours,
            row.sleep,
            row.do_not_disturb,
            row.away,
            row.vacation,
        )
    )


def _late(row: Policy) -> Sequence[str]:
    """The fields by which a plan would still do something when it is no news."""
    waits: Mapping[str, Sequence[float | None]] = {
        "unseen": [row.unseen],
        "unreceived": [row.unreceived],
        "hedges": row.hedges,
        "repeats": [cue.after for cue in row.repeats or ()],
        "others": [cue.after for cue in row.others or ()],
    }
    return [
        field
        for field, times in waits.items()
        if any((each or 0.0) >= row.time_to_live for each in times)
    ]


type _Reader = Callable[[Policy, Value], Policy]


def _respect(field: str) -> _Reader:
    def read(row: Policy, value: Value) -> Policy:
        fits = set(Respect) if field == "sleep" else _OF_ANY_TIME
        if not isinstance(value, str) or value not in fits:
            raise _Wrong(Fault.NOT_A_CHOICE)
        return _set(row, field, Respect(value))

    return read


def _yes_no(field: str) -> _Reader:
    def read(row: Policy, value: Value) -> Policy:
        if not isinstance(value, bool):
            raise _Wrong(Fault.NOT_A_CHOICE)
        return _set(row, field, value)

    return read


def _seconds(field: str, *, optional: bool) -> _Reader:
    def read(row: Policy, value: Value) -> Policy:
        if value is None and optional:
            return _set(row, field, None)
        seconds = _number(value)
        least = 1.0 if optional else _SHORTEST
        if not least <= seconds <= LONGEST:
            raise _Wrong(Fault.OUT_OF_RANGE)
        return _set(row, field, seconds)

    return read


def _cues(field: str) -> _Reader:
    """Times as cues; what has to be acknowledged goes on when seen (`insisting`)."""

    def read(row: Policy, value: Value) -> Policy:
        cues = tuple(Cue(Evidence.SEEN, each) for each in _times(value))
        return _set(row, field, cues)

    return read


def _hedges(row: Policy, value: Value) -> Policy:
    return replace(row, hedges=_times(value))


def _level(row: Policy, value: Value) -> Policy:
    if not isinstance(value, str) or value not in set(InterruptionLevel):
        raise _Wrong(Fault.NOT_A_CHOICE)
    return replace(row, level=InterruptionLevel(value))


def _ways(row: Policy, value: Value) -> Policy:
    """Groups of kinds or shapes, at least one, none empty, nothing in two of them."""
    if isinstance(value, str) or not isinstance(value, Sequence) or not value:
        raise _Wrong(Fault.NO_WAY)
    groups = []
    for group in value:
        if not isinstance(group, Sequence) or isinstance(group, str) or not group:
            raise _Wrong(Fault.NO_WAY)
        groups.append(frozenset(str(name) for name in group))
    if any(one & other for one, other in itertools.combinations(groups, 2)):
        raise _Wrong(Fault.WAY_TWICE)
    return replace(row, ways=tuple(groups))


def _times(value: Value) -> tuple[float, ...]:
    """Seconds, each later than the one before."""
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise _Wrong(Fault.NOT_A_NUMBER)
    times = tuple(_number(each) for each in value)
    if len(times) > _MOST_REPEATS:
        raise _Wrong(Fault.TOO_MANY)
    if any(not 0.0 < each <= LONGEST for each in times):
        raise _Wrong(Fault.OUT_OF_RANGE)
    if any(later <= sooner for sooner, later in itertools.pairwise(times)):
        raise _Wrong(Fault.NOT_ASCENDING)
    return times


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _Wrong(Fault.NOT_A_NUMBER)
    return float(value)


def _set(row: Policy, field: str, value: object) -> Policy:
    """One field of a row; the readers have seen to the type."""
    return replace(row, **{field: value})  # type: ignore[arg-type]


# A row without anybody awake to be spared for has no such choice
_OF_ANY_TIME = frozenset({Respect.PASS, Respect.HOLD, Respect.DIGEST})

_RESPECTS = ("quiet_hours", "sleep", "do_not_disturb", "away", "vacation")
_SWITCHES = (
    *("acknowledge", "digest", "speaks_at_night", "together"),
    *("own_order", "proof_first", "speaks_up"),
)

_READERS: Mapping[str, _Reader] = {
    **{field: _respect(field) for field in _RESPECTS},
    **{field: _yes_no(field) for field in _SWITCHES},
    "time_to_live": _seconds("time_to_live", optional=False),
    "dedupe": _seconds("dedupe", optional=True),
    "unseen": _seconds("unseen", optional=True),
    "unreceived": _seconds("unreceived", optional=True),
    "repeats": _cues("repeats"),
    "others": _cues("others"),
    "hedges": _hedges,
    "level": _level,
    "ways": _ways,
}

# What a form may offer
EDITABLE = frozenset(_READERS)
