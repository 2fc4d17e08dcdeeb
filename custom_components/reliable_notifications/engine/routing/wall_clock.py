"""Times of the day by the local wall clock, over midnight and changes of the clock.

A span of one day is one stretch between two instants, so an hour that comes twice in
autumn neither ends it twice nor begins it anew; a wall time that is left out in spring
counts as the instant at which it would have come. Must not ask for the time.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache

from ..vocabulary import DigestWish, Instant, Span

_MINUTES_OF_DAY = 24 * 60
_DAY = timedelta(days=1)

# Days in a row over which touching spans are followed: after a week they repeat
_WEEK = 7


# One decision asks the same for many recipients; what is kept is only arithmetic
@lru_cache(maxsize=256)
def end_of(spans: tuple[Span, ...], at: Instant, zone: tzinfo) -> Instant | None:
    """The end of the stretch of spans that `at` lies in; None outside of all.

    Spans that touch or overlap are one stretch; of one that never ends, a week.
    """
    if not spans:
        return None
    end: Instant | None = None
    latest = at + _WEEK * _DAY.total_seconds()
    while (later := _end_of_one(spans, at if end is None else end, zone)) is not None:
        end = later
        if end >= latest:
            break
    return end


def is_in(spans: Iterable[Span], weekday: int, minute: int) -> bool:
    """Whether a wall time lies in one of the spans; cheaper than `end_of`."""
    for span in spans:
        if span.end > span.start:
            if weekday in span.weekdays and span.start <= minute < span.end:
                return True
        elif minute >= span.start:
            if weekday in span.weekdays:
                return True
        elif minute < span.end and (weekday - 1) % 7 in span.weekdays:
            return True
    return False


def wall_time(at: Instant, zone: tzinfo) -> tuple[int, int]:
    """The weekday and the minute of the local day."""
    local = datetime.fromtimestamp(at, zone)
    return local.weekday(), local.hour * 60 + local.minute


def next_digest(wish: DigestWish, at: Instant, zone: tzinfo) -> Instant | None:
    """When a digest is due next, after `at`; None for one that has no day."""
    day = _local_midnight(at, zone)
    for ahead in range(_WEEK + 1):
        date = day + ahead * _DAY
        due = _instant(date, wish.minute, zone)
        if date.weekday() in wish.weekdays and due > at:
            return due
    return None


def _end_of_one(spans: Iterable[Span], at: Instant, zone: tzinfo) -> Instant | None:
    """The latest end of the spans in which the instant lies."""
    today = _local_midnight(at, zone)
    ends = [
        end
        for day in (today - _DAY, today)
        for span in spans
        if day.weekday() in span.weekdays
        for end in (_instant(day, _last_minute(span), zone),)
        if _instant(day, span.start, zone) <= at < end
    ]
    return max(ends, default=None)


def _last_minute(span: Span) -> int:
    """Counted from the midnight before its start."""
    return span.end if span.end > span.start else span.end + _MINUTES_OF_DAY


def _local_midnight(at: Instant, zone: tzinfo) -> datetime:
    """The day on the wall, without a zone: wall times are counted on it."""
    local = datetime.fromtimestamp(at, zone)
    return datetime(local.year, local.month, local.day)  # noqa: DTZ001 - on the wall


def _instant(day: datetime, minute: int, zone: tzinfo) -> Instant:
    wall = day + timedelta(minutes=minute)
    return wall.replace(tzinfo=zone).timestamp()
