"""Which objectives were missed for sure, and which are met again.

Between the two nothing is said: a value that dances around its goal is told once. Must
not know who is told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ..vocabulary import Scalar
from .facts import WINDOW
from .objectives import Objectives

# So many messages say something of a share; and a single one that was missed is told by
# itself, and is no trend (below 100 messages it alone would break a goal of 99 %).
ENOUGH_MESSAGES = 20
MISSES_NEEDED = 2

# Seconds beyond the goal for the average latency: less reads like the goal itself.
LATENCY_SLACK_S = 0.5

# Seconds that were watched, for the uptime: a day that Home Assistant was off in the
# week of its set-up is no trend.
WATCHED_FOR_S = 7 * 86400.0

# Met again once this share of what the goal allows is not used up any more.
MET_AGAIN = 0.8

type Values = Mapping[str, tuple[float | None, Mapping[str, Scalar]]]


class Standing(StrEnum):
    """How an objective stands; `between`: missed or met, but not clearly."""

    MET = "met"
    BETWEEN = "between"
    MISSED = "missed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """One objective: the metric it is about, how it stands, and the facts of it."""

    key: str
    standing: Standing
    facts: Mapping[str, Scalar]


def objectives(values: Values, goals: Objectives) -> Sequence[Objective]:
    """How each objective stands of which enough is known.

    `values` are the metrics by their keys, each with what is shown beside it.
    """
    return [
        Objective(key=key, standing=judged[0], facts={"objective": key, **judged[1]})
        for key, judge in _JUDGES.items()
        if (judged := judge(values[key], goals)) is not None
    ]


type _Value = tuple[float | None, Mapping[str, Scalar]]
type _Judged = tuple[Standing, Mapping[str, Scalar]] | None


def _success(value: _Value, goals: Objectives) -> _Judged:
    share, beside = value
    valid, proven = _number(beside, "valid"), _number(beside, "proven")
    if share is None or valid < ENOUGH_MESSAGES:
        return None
    goal, missed = 100 * goals.success, valid - proven
    is_missed = share < goal and missed >= MISSES_NEEDED
    is_met = 100 - share <= MET_AGAIN * (100 - goal)
    return _standing(is_missed, is_met), {"value_percent": share, "goal_percent": goal}


def _latency(value: _Value, goals: Objectives) -> _Judged:
    average, beside = value
    if average is None or _number(beside, "samples") < ENOUGH_MESSAGES:
        return None
    is_missed = average >= goals.latency + LATENCY_SLACK_S
    is_met = average <= MET_AGAIN * goals.latency
    return _standing(is_missed, is_met), {"value_s": average, "goal_s": goals.latency}


def _uptime(value: _Value, goals: Objectives) -> _Judged:
    """Missed once all that the whole window allows is used up, however it goes on."""
    share, beside = value
    down_min = _number(beside, "down_minutes")
    if share is None or down_min < (1 - share / 100) * WATCHED_FOR_S / 60:
        return None
    allowed_min = (1 - goals.uptime) * WINDOW / 60
    judged = _standing(down_min > allowed_min, down_min <= MET_AGAIN * allowed_min)
    return judged, {"value_percent": share, "goal_percent": 100 * goals.uptime}


def _standing(is_missed: bool, is_met: bool) -> Standing:
    if is_missed:
        return Standing.MISSED
    return Standing.MET if is_met else Standing.BETWEEN


def _number(beside: Mapping[str, Scalar], name: str) -> float:
    value = beside.get(name)
    return value if isinstance(value, int | float) else 0.0


_JUDGES: Mapping[str, Callable[[_Value, Objectives], _Judged]] = {
    "delivery_success_rate": _success,
    "average_latency": _latency,
    "uptime": _uptime,
}
