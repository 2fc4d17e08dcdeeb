"""Uptime: only what a passed self-test proves counts as up."""

from __future__ import annotations

import pytest

from custom_components.reliable_notifications.engine.metrics.availability import (
    last_trouble,
    measure,
)
from custom_components.reliable_notifications.engine.metrics.facts import (
    DAY,
    WINDOW,
    Facts,
)
from custom_components.reliable_notifications.engine.vocabulary import UptimeSpan

from .records import HOUR, NOW, span


def facts(*spans: UptimeSpan, set_up_ago: float | None) -> Facts:
    set_up_at = None if set_up_ago is None else NOW - set_up_ago
    return Facts(now=NOW, uptime=spans, set_up_at=set_up_at)


def share(known: Facts, seconds: float = WINDOW) -> float | None:
    measured = measure(known, seconds)
    return measured.share if measured else None


def test_home_assistant_being_down_counts_as_down() -> None:
    """Ten hours since set-up, off for one of them: 90 %."""
    known = facts(span(10 * HOUR, 6 * HOUR), span(5 * HOUR, 0), set_up_ago=10 * HOUR)
    measured = measure(known, WINDOW)
    assert measured is not None
    assert measured.share == pytest.approx(0.9)
    assert measured.down_minutes == pytest.approx(60)


def test_a_failed_self_test_counts_as_down_and_says_why() -> None:
    known = facts(
        span(10 * HOUR, 2 * HOUR),
        span(2 * HOUR, HOUR, passed=False, reason="the disk is full"),
        span(HOUR, 0),
        set_up_ago=10 * HOUR,
    )
    assert share(known) == pytest.approx(0.9)
    assert last_trouble(known, WINDOW) == "the disk is full"


def test_the_latest_trouble_is_told_and_old_trouble_forgotten() -> None:
    known = facts(
        span(3 * HOUR, 2 * HOUR, passed=False, reason="later"),
        span(30 * HOUR, 29 * HOUR, passed=False, reason="earlier"),
        set_up_ago=40 * HOUR,
    )
    assert last_trouble(known, WINDOW) == "later"
    assert last_trouble(known, HOUR) is None


def test_off_since_the_last_test() -> None:
    """Tested for one hour, then nothing for another: half."""
    known = facts(span(2 * HOUR, HOUR), set_up_ago=2 * HOUR)
    assert share(known) == pytest.approx(0.5)


def test_the_minute_in_progress_is_not_judged() -> None:
    """Set up an hour ago, first test after 5 s, last 50 s ago: nothing was down."""
    known = facts(span(HOUR - 5, 50), set_up_ago=HOUR)
    assert share(known) == 1.0


def test_a_gap_after_the_last_test_is_judged() -> None:
    known = facts(span(HOUR, 91), set_up_ago=HOUR)
    assert share(known) == pytest.approx(1 - 91 / HOUR)


def test_a_late_first_test_is_judged() -> None:
    known = facts(span(HOUR - 91, 0), set_up_ago=HOUR)
    assert share(known) == pytest.approx(1 - 91 / HOUR)


def test_only_the_window_counts() -> None:
    """Down all of last month, up since 36 hours: the last day is whole."""
    known = facts(span(36 * HOUR, 0), set_up_ago=60 * DAY)
    assert share(known, DAY) == 1.0
    assert share(known) == pytest.approx(36 * HOUR / WINDOW)


def test_no_test_ever_passed_is_zero_not_unknown() -> None:
    assert share(facts(set_up_ago=HOUR)) == 0.0


def test_unknown_before_set_up_and_before_the_first_full_minute() -> None:
    assert share(facts(set_up_ago=None)) is None
    assert share(facts(span(0, 0), set_up_ago=5)) is None
