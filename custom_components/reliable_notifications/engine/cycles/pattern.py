"""Whether something set up as a generic appliance has programmes at all.

A refrigerator's compressor and a television come and go, too, but nobody wants to be
told. What has never had a heater on, and what comes back all day and night in equal
steps, is recognised after a day and kept quiet about.

Must not know states; kinds that people chose themselves are not judged.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from custom_components.reliable_notifications.engine.vocabulary import Instant

from .snapshot import NEVER

# Judged from then on, so that what begins before a day is over ends silently after it:
# it shows an evening and a night.
JUDGED_AFTER_S = 20 * 3600.0
# Cycles needed for a judgement: fewer are too few to be a nuisance.
CYCLES_NEEDED = 2

# A heater or a strong motor: what has none of these for so long in any cycle is no
# appliance with programmes (televisions 60-200 W, compressors 60-140 W).
STRONG_W = 400.0
STRONG_S = 30.0

# Intervals from start to start looked at, and how alike they must be: compressors vary
# with the day and with the door, three quarters of the intervals lie within a factor 2.
INTERVALS = 12
ALIKE_FACTOR = 2.0
ALIKE_SHARE = 0.75
# Nobody starts an appliance that often around the clock.
OFTEN_S = 3 * 3600.0


class Unfit(StrEnum):
    """Why cycles are not told."""

    NO_STRONG_LOAD = "no_strong_load"
    TOO_REGULAR = "too_regular"


@dataclass(slots=True)
class Pattern:
    """When starts came, and how long the strongest load was on in one cycle."""

    first_at: float = NEVER
    last_start: float = NEVER
    cycles: int = 0
    strong_s: float = 0.0
    strongest_s: float = 0.0
    intervals: list[float] = field(default_factory=list)

    def work(self, seconds: float, watts: float) -> None:
        """Count a load inside a cycle."""
        if watts >= STRONG_W:
            self.strong_s += seconds
            self.strongest_s = max(self.strongest_s, self.strong_s)

    def watched(self, at: Instant) -> None:
        """Note since when the appliance is watched."""
        if self.first_at == NEVER:
            self.first_at = at

    def begin(self, at: Instant) -> None:
        """Count the start of a cycle."""
        self.watched(at)
        if self.cycles:
            self.intervals = [*self.intervals, at - self.last_start][-INTERVALS:]
        self.last_start = at
        self.cycles += 1
        self.strong_s = 0.0

    def unfit(self) -> Unfit | None:
        """Say why this has no programmes; None if it may have."""
        seen_s = self.last_start - self.first_at
        if self.cycles < CYCLES_NEEDED or seen_s < JUDGED_AFTER_S:
            return None
        if self.strongest_s < STRONG_S:
            return Unfit.NO_STRONG_LOAD
        return Unfit.TOO_REGULAR if self._regular() else None

    def _regular(self) -> bool:
        if len(self.intervals) < INTERVALS:
            return False
        middle = sorted(self.intervals)[INTERVALS // 2]
        alike = sum(
            middle / ALIKE_FACTOR <= each <= middle * ALIKE_FACTOR
            for each in self.intervals
        )
        return middle <= OFTEN_S and alike >= ALIKE_SHARE * INTERVALS
