"""How many messages one person gets by one channel, and a channel takes in a day.

Token buckets for the minute and the hour, per person and channel, and a count of the
day per channel. They keep others from using up what an urgent message may need; they
never stop an urgent one. Must not decide what becomes of a message that has to wait.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..vocabulary import Instant, Priority

MINUTE = 60.0
HOUR = 3600.0
DAY = 86_400.0

# Messages that a person may get by one channel, where the channel says nothing stricter
# (delivery reference 5.10): more in a minute nobody reads, more in an hour is a fault
# that should be mended and not told on and on
MOST_PER_MINUTE = 10
MOST_PER_HOUR = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What a channel allows; None: no bound.

    `per_minute` and `per_hour` hold for each person, `per_day` for all together, of
    which `kept` are there for urgent messages only.
    """

    per_minute: int | None = MOST_PER_MINUTE
    per_hour: int | None = MOST_PER_HOUR
    per_day: int | None = None
    kept: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """What a person has been sent by a channel: when each bucket is full again."""

    minute: Instant = 0.0
    hour: Instant = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """How many messages a channel has taken on a day, counted from 1970 in UTC."""

    day: int = 0
    taken: int = 0


def poured(bucket: Bucket, allowance: Allowance, now: Instant) -> Bucket:
    """A message is sent. An urgent one may find the buckets empty, and is sent."""
    return replace(
        bucket,
        minute=_poured(bucket.minute, allowance.per_minute, MINUTE, now),
        hour=_poured(bucket.hour, allowance.per_hour, HOUR, now),
    )


def counted(today: Today, now: Instant) -> Today:
    """A message is taken by the channel; at midnight UTC the count begins anew."""
    return Today(day=_day(now), taken=taken_today(today, now) + 1)


def taken_today(today: Today, now: Instant) -> int:
    """How many messages the channel has taken since midnight UTC."""
    return today.taken if today.day == _day(now) else 0


def left_today(today: Today, allowance: Allowance, now: Instant) -> int | None:
    """How many it will take yet, the urgent ones included; None: no bound."""
    if allowance.per_day is None:
        return None
    return max(0, allowance.per_day - taken_today(today, now))


def ready_at(
    bucket: Bucket,
    today: Today,
    allowance: Allowance,
    priority: Priority,
    now: Instant,
) -> Instant:
    """When a message of this priority may be sent; `now` if at once."""
    if priority is Priority.URGENT:
        return now
    return max(_ready(bucket, today, allowance, now), default=now)


def _ready(
    bucket: Bucket, today: Today, allowance: Allowance, now: Instant
) -> Iterator[Instant]:
    if allowance.per_minute is not None:
        yield _has_one(bucket.minute, allowance.per_minute, MINUTE, now)
    if allowance.per_hour is not None:
        yield _has_one(bucket.hour, allowance.per_hour, HOUR, now)
    left = left_today(today, allowance, now)
    if left is not None and left <= allowance.kept:
        yield (_day(now) + 1) * DAY


def _poured(full_at: Instant, size: int | None, window: float, now: Instant) -> Instant:
    """One out of a bucket of this size that fills up within the window."""
    if size is None:
        return full_at
    full_at = _full_at(full_at, window, now)
    return min(full_at + window / size, now + window)  # never emptier than empty


def _has_one(full_at: Instant, size: int, window: float, now: Instant) -> Instant:
    """When there is one in the bucket."""
    return max(now, _full_at(full_at, window, now) - window + window / size)


def _full_at(full_at: Instant, window: float, now: Instant) -> Instant:
    """A clock that was set back by more than the window fills the bucket."""
    return now if full_at > now + window else max(full_at, now)


def _day(now: Instant) -> int:
    return int(now // DAY)
