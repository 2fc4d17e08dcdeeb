"""What the cycles of an appliance come to by the calendar of the household.

Knows when its day and its month began; the sums are the engine's. Must not keep
anything of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from homeassistant.util import dt as dt_util

from ..engine.cycles.usage import (
    Sum,
    average_idle_s,
    cost_since,
    finished_since,
    last_idle_s,
    saved_since,
)
from ..engine.vocabulary import CycleRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Sums over the cycles that are over."""

    day_began: datetime
    month_began: datetime
    cycles_today: int
    month_cost: Sum
    month_saved: Sum
    last_idle_s: float | None
    average_idle_s: float | None


class Ledger:
    """Sums up once for all who ask, until there is another cycle or another day."""

    def __init__(self) -> None:
        """Begin without sums."""
        self._usage: Usage | None = None
        self._of: Sequence[CycleRecord] = ()

    def usage(self, over: Sequence[CycleRecord]) -> Usage:
        """Sum up; `over` are the cycles that are over, the last one first."""
        today = dt_util.start_of_local_day()
        usage = self._usage
        if usage is None or usage.day_began != today or over is not self._of:
            self._usage = usage = _sum_up(over, today)
            self._of = over
        return usage


def _sum_up(over: Sequence[CycleRecord], today: datetime) -> Usage:
    month = dt_util.start_of_local_day(today.date().replace(day=1))
    oldest_first = over[::-1]
    return Usage(
        day_began=today,
        month_began=month,
        cycles_today=finished_since(over, today.timestamp()),
        month_cost=cost_since(over, month.timestamp()),
        month_saved=saved_since(over, month.timestamp()),
        last_idle_s=last_idle_s(oldest_first),
        average_idle_s=average_idle_s(oldest_first),
    )
