"""The compliance score, term by term."""

from __future__ import annotations

import pytest

from custom_components.reliable_notifications.engine.metrics.compliance import (
    TERMS,
    score,
)
from custom_components.reliable_notifications.engine.metrics.facts import WINDOW, Facts
from custom_components.reliable_notifications.engine.metrics.objectives import (
    SUCCESS_GOALS,
    Objectives,
)
from custom_components.reliable_notifications.engine.vocabulary import Priority

from .records import HOUR, NOW, failed, intent, span

UP = (span(10 * HOUR, 0),)


def test_the_weights_are_those_of_the_definition() -> None:
    assert {term.key: term.weight for term in TERMS} == {
        "urgent_success": 0.30,
        "high_success": 0.15,
        "success": 0.10,
        "latency": 0.20,
        "acknowledgement": 0.10,
        "uptime": 0.15,
    }


def test_every_priority_has_a_goal() -> None:
    assert set(SUCCESS_GOALS) == set(Priority)


def test_nothing_known_gives_no_score() -> None:
    nothing = score(Facts(now=NOW))
    assert nothing.value is None
    assert nothing.based_on == 0
    assert set(nothing.terms.values()) == {None}


def test_one_term_takes_all_the_weight_and_the_score_says_so() -> None:
    """Only uptime is known, 9 of 10 hours of a 99.5 % goal: 90.45."""
    known = Facts(now=NOW, set_up_at=NOW - 10 * HOUR, uptime=(span(9 * HOUR, 0),))
    result = score(known)
    assert result.value == pytest.approx(90 / 0.995)
    assert result.based_on == pytest.approx(0.15)
    assert result.terms["success"] is None


def test_worked_example() -> None:
    """Urgent 1 of 2, high 2 of 2, medium 6 of 6; latency 4 s; always up.

    urgent  .5 / .999 = .5005 of .30 -> .15015    high    1 of .15 -> .15
    all     .9 / .99  = .9091 of .10 -> .09091    latency 3/4 of .20 -> .15
    uptime  1 of .15 -> .15                       acknowledgement: no data, .10
    sum .69106 of .90 -> 76.78
    """
    intents = [intent(took=4.0, priority=Priority.URGENT)]
    intents += [failed(priority=Priority.URGENT)]
    intents += [intent(took=4.0, priority=Priority.HIGH)] * 2
    intents += [intent(took=4.0)] * 6
    known = Facts(now=NOW, set_up_at=NOW - 10 * HOUR, uptime=UP, intents=tuple(intents))
    result = score(known)
    assert result.value == pytest.approx(76.78, abs=0.01)
    assert result.based_on == pytest.approx(0.9)
    assert result.terms == {
        "urgent_success": pytest.approx(50.05, abs=0.01),
        "high_success": 100.0,
        "success": pytest.approx(90.91, abs=0.01),
        "latency": pytest.approx(75.0),
        "acknowledgement": None,
        "uptime": 100.0,
    }


def test_better_than_the_goal_earns_nothing_extra() -> None:
    known = Facts(
        now=NOW, set_up_at=NOW - 10 * HOUR, uptime=UP, intents=(intent(took=0.0),)
    )
    assert score(known).value == pytest.approx(100)


def test_goals_of_the_home_are_used() -> None:
    """Half of the messages get through where a home asks for half: full term."""
    goals = Objectives(success=0.5, latency=60.0)
    records = (intent(took=45.0), failed())
    result = score(Facts(now=NOW, intents=records, objectives=goals))
    assert result.value == pytest.approx(100)


def test_what_is_older_than_the_window_is_forgotten() -> None:
    known = Facts(now=NOW, intents=(failed(ago=WINDOW),))
    assert score(known).value is None
