"""The compliance score: one number from 0 to 100 for "does it keep its promises".

Each term is how much of its goal was reached, at most all of it. A term without
data gives its weight to the others, and no data at all gives no score. The
score is never shown without its terms.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..vocabulary import IntentRecord, Priority
from . import acknowledgement, availability, delivery
from .facts import WINDOW, Facts
from .windows import mean

# Production needs at least this. Source: DESIGN section 6.
REQUIRED_SCORE = 95.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One part of the score: its name, its weight, and how it is measured.

    `reached` gives the share of the goal, 0 to 1, or None without data.
    """

    key: str
    weight: float
    reached: Callable[[Facts], float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The score with its terms (percent of the goal, None without data).

    `based_on` is the share of the weight, 0 to 1, that had data of its own.
    """

    value: float | None
    terms: Mapping[str, float | None]
    based_on: float


def _of_goal(measured: float | None, goal: float) -> float | None:
    return None if measured is None else min(1.0, measured / goal)


def _success(
    facts: Facts, wanted: Callable[[IntentRecord], bool], goal: float
) -> float | None:
    chosen = filter(wanted, facts.intents_within(WINDOW))
    return _of_goal(delivery.success(chosen, facts.now).rate, goal)


def _success_of(priority: Priority) -> Callable[[Facts], float | None]:
    return lambda facts: _success(
        facts,
        lambda intent: intent.priority is priority,
        facts.objectives.success_by_priority[priority],
    )


def _success_of_all(facts: Facts) -> float | None:
    return _success(facts, lambda _: True, facts.objectives.success)


def _latency(facts: Facts) -> float | None:
    """Divide the goal by what was measured: here less is better."""
    average = mean(delivery.latencies(facts.intents_within(WINDOW)))
    if average is None:
        return None
    goal = facts.objectives.latency
    return 1.0 if average <= goal else goal / average


def _acknowledgement(facts: Facts) -> float | None:
    """Answered, or told to others in turn: nobody waits in vain."""
    served = acknowledgement.answers(facts.intents_within(WINDOW)).served
    return _of_goal(served, facts.objectives.acknowledged)


def _uptime(facts: Facts) -> float | None:
    measured = availability.measure(facts, WINDOW)
    return _of_goal(measured.share if measured else None, facts.objectives.uptime)


# Urgent success weighs most because that is what the whole thing is for; latency
# comes next because a late warning is half a miss. Source: DESIGN section 6.
TERMS: tuple[Term, ...] = (
    Term(key="urgent_success", weight=0.30, reached=_success_of(Priority.URGENT)),
    Term(key="high_success", weight=0.15, reached=_success_of(Priority.HIGH)),
    Term(key="success", weight=0.10, reached=_success_of_all),
    Term(key="latency", weight=0.20, reached=_latency),
    Term(key="acknowledgement", weight=0.10, reached=_acknowledgement),
    Term(key="uptime", weight=0.15, reached=_uptime),
)


def score(facts: Facts) -> Score:
    """Weigh the terms that have data."""
    reached = {term.key: term.reached(facts) for term in TERMS}
    weighed = [
        (term.weight, share)
        for term in TERMS
        if (share := reached[term.key]) is not None
    ]
    weight = sum(each for each, _ in weighed)
    points = sum(each * share for each, share in weighed)
    return Score(
        value=100 * points / weight if weighed else None,
        terms={
            key: None if share is None else 100 * share
            for key, share in reached.items()
        },
        based_on=weight,
    )
