"""Counts of a day: nothing is lost by adding them up, and nothing counted twice."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from custom_components.reliable_notifications.engine.metrics.daily import (
    LATENCY_BOUNDS,
    DayCount,
    count_by_day,
    key,
)
from custom_components.reliable_notifications.engine.metrics.delivery import (
    latencies,
    success,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    Evidence,
    IntentRecord,
    IntentState,
    Priority,
)

from .records import NOW, intent


def day_of(instant: float) -> str:
    return f"day {int(instant // 86_400)}"


def some() -> list[IntentRecord]:
    """One of each outcome, on two days and two channels."""
    proven = intent(took=2.5)
    return [
        proven,
        replace(proven, intent_id="2", channel_id="echo"),
        replace(proven, intent_id="3", proven_at=proven.released_at + 40_000),
        replace(proven, intent_id="4", created_at=proven.created_at - 86_400),
        replace(proven, intent_id="5", proven_at=None, evidence=Evidence.DISPATCHED),
        replace(proven, intent_id="6", proven_at=None, evidence=None, channel_id=None),
        replace(proven, intent_id="7", is_test=True),
        replace(proven, intent_id="8", priority=Priority.URGENT),
    ]


def test_each_intent_is_counted_once_where_it_belongs() -> None:
    counts = count_by_day(some(), NOW, day_of)
    assert set(counts) == {key(count) for count in counts.values()}
    total = [0, 0, 0, 0]
    for count in counts.values():
        parts = (count.proven, count.unverified, count.missed, count.uncounted)
        total = [a + b for a, b in zip(total, parts, strict=True)]
        assert count.valid == sum(parts[:3])
    # the one that was proven late is a miss unless it came before its deadline
    measured = success(some(), NOW)
    assert sum(total) == len(some())
    assert sum(total[:3]) == measured.valid
    assert total[0] == measured.proven
    assert total[3] == 1


def test_latencies_add_up() -> None:
    counts = count_by_day(some(), NOW, day_of).values()
    measured = latencies(some())
    assert sum(sum(count.latencies) for count in counts) == len(measured)
    assert abs(sum(count.latency_sum for count in counts) - sum(measured)) < 1e-6
    within = LATENCY_BOUNDS.index(3.0) + 1
    assert sum(sum(count.latencies[:within]) for count in counts) == sum(
        wait <= 3.0 for wait in measured
    )


def test_what_may_yet_be_proven_is_left_out() -> None:
    pending = replace(intent(took=None), state=IntentState.WAITING, finished_at=None)
    assert count_by_day([pending], NOW, day_of) == {}


def test_counting_in_parts_is_counting_the_whole() -> None:
    intents = some()
    whole = count_by_day(intents, NOW, day_of)
    parts: dict[object, DayCount] = {}
    for one in intents:
        for about, count in count_by_day([one], NOW, day_of).items():
            parts[about] = parts[about].plus(count) if about in parts else count
    assert parts == whole


def test_the_classes_are_in_order_and_know_the_goal() -> None:
    assert all(lower < upper for lower, upper in pairwise(LATENCY_BOUNDS))
    assert 3.0 in LATENCY_BOUNDS
