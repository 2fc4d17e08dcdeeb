"""What counts as success, and what a delivery took."""

from __future__ import annotations

from dataclasses import replace

import pytest

from custom_components.reliable_notifications.engine.metrics.delivery import (
    Outcome,
    latencies,
    outcome,
    still_open,
    success,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    NOBODY,
    Evidence,
    IntentRecord,
    IntentState,
)

from .records import HOUR, NOW, failed, intent

SENT_INTO_THE_BLUE = intent(took=None, evidence=Evidence.DISPATCHED)
ON_ITS_WAY = intent(took=None, evidence=None, state=IntentState.SENDING)


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (intent(), Outcome.PROVEN),
        (intent(took=6 * HOUR), Outcome.PROVEN),
        (intent(took=6 * HOUR + 1), Outcome.MISSED),
        (failed(), Outcome.MISSED),
        (intent(took=None, evidence=Evidence.TIMED_OUT), Outcome.MISSED),
        (SENT_INTO_THE_BLUE, Outcome.UNVERIFIED),
        (ON_ITS_WAY, Outcome.PENDING),
        (
            intent(took=None, evidence=Evidence.DISPATCHED, state=IntentState.WAITING),
            Outcome.PENDING,
        ),
        (
            intent(ago=HOUR, patience=HOUR, took=None, state=IntentState.WAITING),
            Outcome.MISSED,
        ),
        (intent(state=IntentState.WAITING), Outcome.PROVEN),
        (intent(is_test=True), Outcome.INVALID),
        (intent(state=IntentState.CANCELLED), Outcome.INVALID),
        (
            intent(took=None, attempts=0, state=IntentState.RESOLVED),
            Outcome.INVALID,
        ),
        (
            intent(took=None, attempts=2, evidence=None, state=IntentState.RESOLVED),
            Outcome.MISSED,
        ),
    ],
    ids=[
        "accepted",
        "accepted on the last second",
        "accepted after the deadline",
        "no channel could",
        "no answer proves nothing",
        "dispatched proves nothing",
        "still being sent",
        "dispatched, a receipt may come",
        "deadline is now",
        "proven, waits for a person",
        "a test",
        "the recipient did not want it",
        "reason gone before the first try",
        "reason gone after vain tries",
    ],
)
def test_outcome(record: IntentRecord, expected: Outcome) -> None:
    assert outcome(record, NOW) is expected


def test_success_rate_counts_the_unverified_as_not_proven() -> None:
    """Seven proven, one failed, one unverified, one pending, one test: 7 of 9."""
    records = [intent()] * 7
    records += [failed(), SENT_INTO_THE_BLUE, ON_ITS_WAY, intent(is_test=True)]
    counted = success(records, NOW)
    assert (counted.proven, counted.valid) == (7, 9)
    assert counted.rate == pytest.approx(7 / 9)


def test_no_decided_intent_gives_no_rate() -> None:
    assert success([], NOW).rate is None
    assert success([ON_ITS_WAY], NOW).rate is None


def test_time_in_quiet_hours_is_not_latency() -> None:
    """Stored at 23:00, released at 7:00, on the phone two seconds later: 2 s."""
    assert latencies([intent(ago=9 * HOUR, held=8 * HOUR, took=2.0)]) == [2.0]


def test_latency_of_a_late_proof_counts_with_all_its_delay() -> None:
    assert latencies([intent(took=7 * HOUR)]) == [7 * HOUR]


def test_latency_leaves_out_what_is_not_proven_and_tests() -> None:
    records = [failed(), SENT_INTO_THE_BLUE, ON_ITS_WAY, intent(is_test=True)]
    assert latencies(records) == []


def test_a_clock_set_back_gives_no_negative_latency() -> None:
    assert latencies([intent(took=-3.0)]) == [0.0]


def test_open_are_the_intents_that_may_still_move() -> None:
    held = intent(took=None, evidence=None, state=IntentState.HELD)
    test = intent(took=None, evidence=None, state=IntentState.QUEUED, is_test=True)
    assert still_open([intent(), failed(), ON_ITS_WAY, held, test]) == [
        ON_ITS_WAY,
        held,
    ]


def test_where_nobody_is_set_up_there_is_nothing_to_be_measured() -> None:
    told = replace(SENT_INTO_THE_BLUE, recipient_id=NOBODY)
    assert outcome(told, told.deadline + 1) is Outcome.INVALID
