"""A day in a few numbers, for the time after which single messages are forgotten.

Counts by day, priority and channel, so that any longer stretch is a sum. What an
outcome is, is said in `delivery`; must not know how days are told apart.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from ..vocabulary import Instant, IntentRecord, Priority
from .delivery import Outcome, is_valid, latencies, outcome

# Upper ends, in seconds, of the classes into which latencies are counted; the last
# class has none. Narrow around the goal of 3 s, so that the share within it is exact,
# and wide where the next retry is minutes away (delivery reference 5.4 and 6).
LATENCY_BOUNDS: tuple[float, ...] = (
    *(0.1, 0.3, 1.0, 2.0, 3.0, 5.0, 10.0),
    *(30.0, 60.0, 300.0, 1800.0, 21_600.0),
)

_NO_LATENCIES = (0,) * (len(LATENCY_BOUNDS) + 1)

type DayOf = Callable[[Instant], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCount:
    """What became of the intents of one day, priority and channel.

    `day` is the calendar day on which they were stored, as 2026-11-21. `channel_id`
    is the channel with the best evidence, empty if there was none. `uncounted` are
    tests and what its recipient did not want. `latency_sum` is in seconds, `latencies`
    counts by `LATENCY_BOUNDS`.
    """

    day: str
    priority: Priority
    channel_id: str
    proven: int = 0
    unverified: int = 0
    missed: int = 0
    uncounted: int = 0
    attempts: int = 0
    latency_sum: float = 0.0
    latencies: tuple[int, ...] = _NO_LATENCIES

    @property
    def valid(self) -> int:
        """How many count for the success rate."""
        return self.proven + self.unverified + self.missed

    def plus(self, other: DayCount) -> DayCount:
        """Both together; they are of the same day, priority and channel."""
        return replace(
            self,
            proven=self.proven + other.proven,
            unverified=self.unverified + other.unverified,
            missed=self.missed + other.missed,
            uncounted=self.uncounted + other.uncounted,
            attempts=self.attempts + other.attempts,
            latency_sum=self.latency_sum + other.latency_sum,
            latencies=tuple(
                mine + its
                for mine, its in zip(self.latencies, other.latencies, strict=True)
            ),
        )


type Key = tuple[str, Priority, str]


def key(count: DayCount) -> Key:
    """What a count is about."""
    return count.day, count.priority, count.channel_id


def count_by_day(
    intents: Iterable[IntentRecord], now: Instant, day_of: DayOf
) -> dict[Key, DayCount]:
    """Count intents; those that may still be proven in time are left out."""
    counts: dict[Key, DayCount] = {}
    for intent in intents:
        if (one := _count(intent, now, day_of)) is not None:
            known = counts.get(key(one))
            counts[key(one)] = one if known is None else known.plus(one)
    return counts


def _count(intent: IntentRecord, now: Instant, day_of: DayOf) -> DayCount | None:
    judged = outcome(intent, now)
    if judged is Outcome.PENDING:
        return None
    waits = latencies([intent])
    return DayCount(
        day=day_of(intent.created_at),
        priority=intent.priority,
        channel_id=intent.channel_id or "",
        proven=int(judged is Outcome.PROVEN),
        unverified=int(judged is Outcome.UNVERIFIED),
        missed=int(judged is Outcome.MISSED),
        uncounted=int(not is_valid(intent)),
        attempts=intent.attempts,
        latency_sum=sum(waits),
        latencies=_classes(waits),
    )


def _classes(waits: list[float]) -> tuple[int, ...]:
    counted = list(_NO_LATENCIES)
    for wait in waits:
        counted[bisect_left(LATENCY_BOUNDS, wait)] += 1
    return tuple(counted)
