"""Answers to what asks for one: counted per notification, worked out by hand."""

from __future__ import annotations

from functools import partial

import pytest

from custom_components.reliable_notifications.engine.metrics.acknowledgement import (
    answers,
    latencies,
)
from custom_components.reliable_notifications.engine.metrics.catalogue import METRICS
from custom_components.reliable_notifications.engine.metrics.compliance import score
from custom_components.reliable_notifications.engine.metrics.facts import Facts
from custom_components.reliable_notifications.engine.vocabulary import (
    IntentState,
    Priority,
)

from .records import NOW, failed, intent

urgent = partial(intent, priority=Priority.URGENT, wants_answer=True)

ANSWERED = (urgent(notification="a", answered=40.0), urgent(notification="a"))
IN_TURN = (
    urgent(notification="b"),
    urgent(notification="b", held=120.0),
)
IN_VAIN = (urgent(notification="c"),)
WAITING = (urgent(notification="d", state=IntentState.WAITING),)
DRY_AGAIN = (urgent(notification="e", resolved=90.0),)
NO_QUESTION = (intent(notification="f"),)
A_TEST = (urgent(notification="g", is_test=True),)
UNWANTED = (
    urgent(notification="h", took=None, state=IntentState.CANCELLED, attempts=0),
)
ALL = ANSWERED + IN_TURN + IN_VAIN + WAITING + DRY_AGAIN + NO_QUESTION + A_TEST
ALL += UNWANTED


def test_one_answer_stands_for_all_recipients() -> None:
    found = answers(ANSWERED)
    assert (found.acknowledged, found.required, found.rate) == (1, 1, 1.0)


def test_what_went_on_to_others_is_served_but_not_answered() -> None:
    found = answers(IN_TURN)
    assert (found.rate, found.served) == (0.0, 1.0)


def test_others_who_were_held_and_never_told_are_no_escalation() -> None:
    held = urgent(notification="c", held=120.0, attempts=0, took=None)
    assert answers((*IN_VAIN, held)).served == 0.0


def test_worked_example() -> None:
    """Asked and decided: answered, in turn, in vain; the rest does not count."""
    found = answers(ALL)
    assert (found.acknowledged, found.escalated, found.required) == (1, 1, 3)
    assert found.rate == pytest.approx(1 / 3)
    assert found.served == pytest.approx(2 / 3)


def test_nothing_asked_is_no_rate() -> None:
    found = answers(NO_QUESTION)
    assert (found.rate, found.served, found.required) == (None, None, 0)


def test_what_never_arrived_was_not_answered() -> None:
    lost = failed(priority=Priority.URGENT)
    assert answers([lost]).required == 0  # the record says who is asked
    unheard = urgent(took=None, state=IntentState.FAILED, evidence=None)
    assert answers([unheard]).served == 0.0


def test_the_time_counts_from_the_first_telling_to_the_first_answer() -> None:
    both = (
        urgent(notification="a", answered=90.0),
        urgent(notification="a", held=30.0, answered=20.0),
    )
    assert latencies(both) == [50.0]
    early = urgent(notification="b", answered=-5.0)  # the clock was set back
    assert latencies([early, *IN_VAIN]) == [0.0]


def test_the_score_has_its_term() -> None:
    assert score(Facts(now=NOW, intents=IN_TURN)).terms["acknowledgement"] == 100.0
    some = score(Facts(now=NOW, intents=ALL)).terms["acknowledgement"]
    assert some == pytest.approx(100 * (2 / 3) / 0.99)
    assert score(Facts(now=NOW, intents=NO_QUESTION)).terms["acknowledgement"] is None


def test_the_sensors_show_it() -> None:
    by_key = {each.key: each for each in METRICS}
    known = Facts(now=NOW, intents=ALL)
    rate = by_key["acknowledgement_rate"]
    assert rate.value(known) == pytest.approx(100 / 3)
    assert rate.attributes(known) == {
        "acknowledged": 1,
        "escalated": 1,
        "required": 3,
    }
    time = by_key["acknowledgement_latency"]
    assert (time.value(known), time.attributes(known)) == (40.0, {"samples": 1})
