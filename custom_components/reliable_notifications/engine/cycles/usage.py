"""What the log of an appliance's cycles adds up to: today, this month, on average.

Must not know the calendar: when a day or a month began is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
import math

from custom_components.reliable_notifications.engine.vocabulary import (
    CycleRecord,
    Instant,
)

# The latest unloadings that are averaged: a month or two of a household, so that a new
# habit shows.
RECENT_UNLOADINGS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """Amounts of several cycles, and how many of them have no such amount."""

    total: float
    unknown: int


def finished_since(records: Iterable[CycleRecord], since: Instant) -> int:
    """Count the cycles that have finished since then."""
    return sum(1 for each in _over_since(records, since) if not each.interrupted)


def cost_since(records: Iterable[CycleRecord], since: Instant) -> Sum:
    """Add up what the cycles that ended since then have cost."""
    return _sum([each.cost for each in _over_since(records, since)])


def saved_since(records: Iterable[CycleRecord], since: Instant) -> Sum:
    """Add up what the cheapest hours would have saved on them."""
    return _sum([each.saved for each in _over_since(records, since)])


def average_idle_s(records: Iterable[CycleRecord]) -> float | None:
    """How long a load lay in the appliance on average; None if nobody ever told."""
    known = [each.idle_s for each in records if each.idle_s is not None]
    recent = known[-RECENT_UNLOADINGS:]
    return sum(recent) / len(recent) if recent else None


def last_idle_s(records: Sequence[CycleRecord]) -> float | None:
    """How long the last load lay there of which that is known."""
    return next(
        (each.idle_s for each in reversed(records) if each.idle_s is not None), None
    )


def _over_since(records: Iterable[CycleRecord], since: Instant) -> list[CycleRecord]:
    return [
        each for each in records if each.ended_at is not None and each.ended_at >= since
    ]


def _sum(amounts: Sequence[float | None]) -> Sum:
    known = [amount for amount in amounts if amount is not None]
    return Sum(total=math.fsum(known), unknown=len(amounts) - len(known))
