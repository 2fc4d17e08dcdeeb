"""The table of metrics, read the way the sensors read it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from custom_components.reliable_notifications.engine.metrics.catalogue import (
    METRICS,
    Metric,
)
from custom_components.reliable_notifications.engine.metrics.facts import Facts
from custom_components.reliable_notifications.engine.vocabulary import (
    Evidence,
    IntentState,
    Priority,
)

from .records import DAY, HOUR, NOW, cycle, failed, intent, span

BY_KEY = {metric.key: metric for metric in METRICS}
NOTHING = Facts(now=NOW)


def metric(key: str) -> Metric:
    return BY_KEY[key]


def test_the_keys_that_sensors_and_dashboard_rely_on() -> None:
    assert [each.key for each in METRICS] == [
        "compliance_score",
        "delivery_success_rate",
        "average_latency",
        "latency_p95",
        "detection_delay",
        "uptime",
        "acknowledgement_rate",
        "acknowledgement_latency",
        "intents_open",
        "unverified",
        "notifications_24h",
    ]


@pytest.mark.parametrize("each", METRICS, ids=lambda each: each.key)
def test_an_empty_log_makes_up_no_number(each: Metric) -> None:
    """What is measured is unknown, what is counted is zero."""
    counted = each.key in ("intents_open", "unverified", "notifications_24h")
    assert each.value(NOTHING) == (0 if counted else None)
    assert all(value in (None, 0) for value in each.attributes(NOTHING).values())


@pytest.mark.parametrize("each", METRICS, ids=lambda each: each.key)
def test_attributes_stay_few(each: Metric) -> None:
    """They are recorded at every change."""
    assert len(each.attributes(NOTHING)) <= 7


def test_success_rate_with_its_counts() -> None:
    known = Facts(
        now=NOW,
        intents=(
            *[intent(ago=3 * DAY)] * 8,
            failed(ago=2 * DAY),
            failed(ago=HOUR, priority=Priority.URGENT),
        ),
    )
    rate = metric("delivery_success_rate")
    assert rate.value(known) == pytest.approx(80.0)
    assert rate.attributes(known) == {
        "last_24_hours": 0.0,
        "proven": 8,
        "valid": 10,
        "missed_urgent": 1,
    }


def test_average_latency() -> None:
    known = Facts(
        now=NOW, intents=(intent(ago=3 * DAY, took=5.0), intent(ago=HOUR, took=1.0))
    )
    average = metric("average_latency")
    assert average.value(known) == 3.0
    assert average.attributes(known) == {"last_24_hours": 1.0, "samples": 2}


def test_p95_needs_twenty_samples() -> None:
    """Below that, the number of samples is all there is to say."""
    records = tuple(intent(took=float(each)) for each in range(1, 21))
    p95 = metric("latency_p95")
    few = Facts(now=NOW, intents=records[:19])
    assert p95.value(few) is None
    assert p95.attributes(few) == {"p50": None, "p99": None, "samples": 19}
    enough = Facts(now=NOW, intents=records)
    assert p95.value(enough) == 19.0
    assert p95.attributes(enough) == {"p50": 10.0, "p99": 20.0, "samples": 20}


def test_detection_delay_is_the_median_of_real_finishes() -> None:
    known = Facts(
        now=NOW,
        cycles=(
            cycle(delay=30.0),
            cycle(delay=50.0),
            cycle(delay=600.0),
            cycle(delay=9000.0, interrupted=True),
            cycle(delay=9000.0, estimated=True),
            cycle(announced_ago=None),
            cycle(announced_ago=29 * DAY, delay=9000.0),
            replace(cycle(), ended_at=None),
        ),
    )
    delay = metric("detection_delay")
    assert delay.value(known) == 50.0
    assert delay.attributes(known) == {"p90": 600.0, "samples": 3, "estimated": 1}


def test_a_finish_announced_before_its_back_dated_end_is_no_negative_delay() -> None:
    known = Facts(now=NOW, cycles=(cycle(delay=-2.0),))
    assert metric("detection_delay").value(known) == 0.0


def test_uptime_with_what_was_down() -> None:
    known = Facts(
        now=NOW,
        set_up_at=NOW - 10 * HOUR,
        uptime=(
            span(10 * HOUR, HOUR),
            span(HOUR, 0, passed=False, reason="the database does not answer"),
        ),
    )
    uptime = metric("uptime")
    assert uptime.value(known) == pytest.approx(90.0)
    assert uptime.attributes(known) == {
        "last_24_hours": 90.0,
        "down_minutes": 60,
        "last_trouble": "the database does not answer",
    }


def test_score_is_shown_with_its_terms() -> None:
    known = Facts(now=NOW, intents=(intent(took=4.0),))
    score = metric("compliance_score")
    assert score.value(known) == pytest.approx(100 * (0.10 + 0.15) / 0.30)
    assert score.attributes(known) == {
        "urgent_success": None,
        "high_success": None,
        "success": 100.0,
        "latency": 75.0,
        "acknowledgement": None,
        "uptime": None,
        "based_on": 30,
    }


def test_counts() -> None:
    known = Facts(
        now=NOW,
        intents=(
            intent(notification="a"),
            intent(notification="a"),
            intent(notification="b", took=None, evidence=Evidence.DISPATCHED),
            intent(notification="c", took=None, state=IntentState.WAITING),
            intent(notification="d", is_test=True),
            intent(notification="e", state=IntentState.CANCELLED),
            intent(notification="f", ago=25 * HOUR),
        ),
    )
    assert metric("notifications_24h").value(known) == 3
    assert metric("unverified").value(known) == 1
    assert metric("intents_open").value(known) == 1
