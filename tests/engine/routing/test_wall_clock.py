"""Times of the day over midnight, changes of the clock, and changes of the zone."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import given, strategies as st
import pytest

from custom_components.reliable_notifications.engine.routing.wall_clock import (
    end_of,
    is_in,
    next_digest,
    wall_time,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    DigestWish,
    Instant,
    Span,
)

from .household import BERLIN, HOUR, MINUTE, at

# with changes of the clock at night, at noon of nobody, by half an hour, and without
ZONES = [
    ZoneInfo(name)
    for name in (
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "Asia/Kathmandu",
        "Pacific/Apia",
        "UTC",
    )
]
MONDAY = frozenset({0})
DAYS = st.frozensets(st.integers(0, 6), min_size=1)
SPANS = st.builds(
    Span, start=st.integers(0, 1439), end=st.integers(0, 1439), weekdays=DAYS
)
# a year, to the minute
INSTANTS = st.integers(29_800_000, 29_800_000 + 525_600).map(lambda m: m * MINUTE)


def local(instant: Instant, zone: ZoneInfo = BERLIN) -> str:
    return f"{datetime.fromtimestamp(instant, zone):%a %d %H:%M}"


NIGHT = (Span(start=22 * 60, end=7 * 60),)


@pytest.mark.parametrize(
    ("when", "end"),
    [
        ("2026-11-24 21:59", None),
        ("2026-11-24 22:00", "2026-11-25 07:00"),
        ("2026-11-25 00:00", "2026-11-25 07:00"),
        ("2026-11-25 06:59", "2026-11-25 07:00"),
        ("2026-11-25 07:00", None),
    ],
)
def test_a_night_runs_over_midnight(when: str, end: str | None) -> None:
    assert end_of(NIGHT, at(when), BERLIN) == (None if end is None else at(end))


def test_a_night_belongs_to_the_day_on_which_it_starts() -> None:
    monday = (Span(start=22 * 60, end=7 * 60, weekdays=MONDAY),)

    assert end_of(monday, at("2026-11-24 06:00"), BERLIN) == at("2026-11-24 07:00")
    assert end_of(monday, at("2026-11-24 23:00"), BERLIN) is None  # Tuesday
    assert end_of(monday, at("2026-11-23 06:00"), BERLIN) is None  # Sunday's night


def test_spans_that_touch_are_one_stretch() -> None:
    evening = Span(start=20 * 60, end=22 * 60)

    end = end_of((evening, *NIGHT), at("2026-11-24 20:30"), BERLIN)

    assert end == at("2026-11-25 07:00")


def test_quiet_that_never_ends_is_asked_again_after_a_week() -> None:
    always = (Span(start=0, end=0),)
    now = at("2026-11-24 12:00")

    end = end_of(always, now, BERLIN)

    assert end is not None
    assert 7 * 24 * HOUR <= end - now <= 8 * 24 * HOUR


def test_a_night_is_an_hour_shorter_in_spring_and_longer_in_autumn() -> None:
    spring, autumn = at("2026-03-28 22:00"), at("2026-10-24 22:00")

    for start, hours in ((spring, 8), (autumn, 10)):
        end = end_of(NIGHT, start, BERLIN)
        assert end is not None
        assert end - start == hours * HOUR
        assert local(end).endswith("07:00")


def test_the_hour_that_comes_twice_does_not_begin_the_night_anew() -> None:
    # until 02:30: in autumn that comes twice, and the first counts
    short = (Span(start=22 * 60, end=2 * 60 + 30),)
    first = at("2026-10-25 02:30")

    assert end_of(short, first - MINUTE, BERLIN) == first
    assert local(first + HOUR - MINUTE).endswith("02:29")  # on the wall once more
    assert end_of(short, first + HOUR - MINUTE, BERLIN) is None


def test_the_hour_that_is_left_out_ends_the_night_all_the_same() -> None:
    short = (Span(start=22 * 60, end=2 * 60 + 30),)

    end = end_of(short, at("2026-03-29 01:59"), BERLIN)

    assert end is not None
    assert local(end).endswith("03:30")
    assert end_of(short, end, BERLIN) is None


@given(
    spans=st.lists(SPANS, min_size=1, max_size=4),
    now=INSTANTS,
    zone=st.sampled_from(ZONES),
)
def test_the_end_of_a_stretch_lies_ahead_and_outside(
    spans: list[Span], now: Instant, zone: ZoneInfo
) -> None:
    end = end_of(tuple(spans), now, zone)

    if end is None:
        return
    assert now < end <= now + 9 * 24 * HOUR
    if end < now + 7 * 24 * HOUR:
        assert end_of(tuple(spans), end, zone) is None


@given(spans=st.lists(SPANS, max_size=4), now=INSTANTS)
def test_both_ways_of_asking_agree_where_the_clock_does_not_change(
    spans: list[Span], now: Instant
) -> None:
    zone = ZoneInfo("Asia/Kathmandu")
    inside = is_in(spans, *wall_time(now, zone))

    assert (end_of(tuple(spans), now, zone) is not None) is inside


@given(
    minute=st.integers(0, 1439), days=DAYS, now=INSTANTS, zone=st.sampled_from(ZONES)
)
def test_a_digest_comes_within_a_week_at_its_time(
    minute: int, days: frozenset[int], now: Instant, zone: ZoneInfo
) -> None:
    due = next_digest(DigestWish(minute=minute, weekdays=days), now, zone)

    assert due is not None
    assert 0 < due - now <= 8 * 24 * HOUR
    weekday, on_the_wall = wall_time(due, zone)
    # a time that is left out in spring comes as much later as the clock was moved
    assert (on_the_wall - minute) % 1440 in (0, 30, 60)
    assert weekday in days or on_the_wall < 60


def test_a_digest_without_a_day_never_comes() -> None:
    wish = DigestWish(minute=0, weekdays=frozenset())

    assert next_digest(wish, at("2026-11-24 12:00"), BERLIN) is None


def test_no_spans_hold_nothing() -> None:
    assert end_of((), at("2026-11-24 12:00"), BERLIN) is None
    assert not is_in((), 0, 0)
