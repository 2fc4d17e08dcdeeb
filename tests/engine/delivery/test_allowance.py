"""How many messages somebody gets: buckets, the day, and the way of what is urgent."""

from __future__ import annotations

from hypothesis import given, strategies as st
import pytest

from custom_components.reliable_notifications.engine.delivery.allowance import (
    DAY,
    HOUR,
    MINUTE,
    MOST_PER_HOUR,
    MOST_PER_MINUTE,
    Allowance,
    Bucket,
    Today,
    counted,
    left_today,
    poured,
    ready_at,
    taken_today,
)
from custom_components.reliable_notifications.engine.vocabulary import Priority

NOON = 20_000 * DAY + 12 * HOUR
USUAL = Allowance()
PHONE = Allowance(per_day=500, kept=50)
CALM = [Priority.HIGH, Priority.MEDIUM, Priority.LOW]
PAUSES = st.sampled_from([0.0, 0.5, 6.0, 60.0, 3600.0, -7200.0])


def send_all(
    times: list[float], allowance: Allowance, priority: Priority
) -> list[float]:
    """Those instants of the times at which a message was let through."""
    bucket, today, sent = Bucket(), Today(), []
    for now in times:
        if ready_at(bucket, today, allowance, priority, now) <= now:
            bucket, today = poured(bucket, allowance, now), counted(today, now)
            sent.append(now)
    return sent


def test_a_minute_has_ten_and_an_hour_sixty() -> None:
    burst = [NOON + each * 0.01 for each in range(100)]
    assert len(send_all(burst, USUAL, Priority.MEDIUM)) == MOST_PER_MINUTE

    steady = [NOON + second for second in range(3600)]
    sent = send_all(steady, USUAL, Priority.MEDIUM)
    # what the bucket holds at first, and what comes in during the hour
    assert MOST_PER_HOUR < len(sent) <= 2 * MOST_PER_HOUR


def test_it_says_when_there_is_room_again() -> None:
    bucket = Bucket()
    for _ in range(MOST_PER_MINUTE):
        bucket = poured(bucket, USUAL, NOON)
    when = ready_at(bucket, Today(), USUAL, Priority.LOW, NOON)
    assert when == pytest.approx(NOON + MINUTE / MOST_PER_MINUTE)
    assert ready_at(bucket, Today(), USUAL, Priority.LOW, when) == when
    assert ready_at(bucket, Today(), USUAL, Priority.LOW, when - 0.1) > when - 0.1


def test_urgent_is_never_stopped_and_is_counted() -> None:
    times = [NOON] * 1000
    assert len(send_all(times, PHONE, Priority.URGENT)) == 1000

    bucket, today = Bucket(), Today()
    for _ in range(1000):
        bucket, today = poured(bucket, PHONE, NOON), counted(today, NOON)
    assert left_today(today, PHONE, NOON) == 0
    assert ready_at(bucket, today, PHONE, Priority.HIGH, NOON) == 20_001 * DAY


def test_edge_10_the_day_keeps_fifty_for_urgent_and_begins_anew_at_midnight_utc() -> (
    None
):
    today = Today()
    for _ in range(450):
        assert ready_at(Bucket(), today, PHONE, Priority.MEDIUM, NOON) == NOON
        today = counted(today, NOON)
    midnight = 20_001 * DAY
    assert left_today(today, PHONE, NOON) == 50
    assert ready_at(Bucket(), today, PHONE, Priority.MEDIUM, NOON) == midnight
    assert ready_at(Bucket(), today, PHONE, Priority.URGENT, NOON) == NOON
    assert left_today(today, PHONE, midnight) == 500
    assert taken_today(today, midnight) == 0
    assert ready_at(Bucket(), today, PHONE, Priority.MEDIUM, midnight) == midnight


def test_a_channel_without_bounds_has_none() -> None:
    free = Allowance(per_minute=None, per_hour=None)
    assert len(send_all([NOON] * 500, free, Priority.LOW)) == 500
    assert left_today(Today(), free, NOON) is None


def test_a_clock_that_was_set_back_stops_nothing_for_long() -> None:
    bucket = Bucket()
    for _ in range(200):
        bucket = poured(bucket, USUAL, NOON)
    back = NOON - 30 * DAY
    wait = ready_at(bucket, Today(), USUAL, Priority.LOW, back) - back
    assert wait <= HOUR / MOST_PER_HOUR


@given(st.lists(PAUSES, max_size=60), st.sampled_from(CALM))
def test_nobody_waits_longer_than_for_one_drop_and_the_day(
    pauses: list[float], priority: Priority
) -> None:
    bucket, today, now = Bucket(), Today(), NOON
    for pause in pauses:
        now += pause
        when = ready_at(bucket, today, USUAL, priority, now)
        assert now <= when <= now + HOUR / MOST_PER_HOUR
        assert ready_at(bucket, today, USUAL, priority, when) == when
        bucket, today = poured(bucket, USUAL, when), counted(today, when)
        now = max(now, when)


@given(st.lists(st.floats(0, 3 * HOUR), max_size=300))
def test_in_no_minute_and_no_hour_are_more_than_two_buckets(
    offsets: list[float],
) -> None:
    sent = send_all([NOON + each for each in sorted(offsets)], USUAL, Priority.MEDIUM)
    for first, at in enumerate(sent):
        within = [each for each in sent[first:] if each < at + MINUTE]
        assert len(within) <= 2 * MOST_PER_MINUTE
        within = [each for each in sent[first:] if each < at + HOUR]
        assert len(within) <= 2 * MOST_PER_HOUR
