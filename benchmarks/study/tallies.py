"""Counts of many lives, and what mistakes and waiting cost a person.

Must not run or draw anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from benchmarks.measuring import Result
from benchmarks.scoring import quantile
from benchmarks.tables import COLD_CYCLES

# What one mistake is worth, in minutes of waiting: who was sent to a machine that
# runs goes twice and trusts no message for a while; a cycle never told is found by
# chance, half an hour later in a household that is awake.
PREMATURE_MIN = 60.0
LOST_MIN = 30.0

LOST = frozenset({"missed", "merged", "unfinished"})


@dataclass(slots=True)
class Tally:
    """Cycles, mistakes and delays in seconds of the good ones."""

    cycles: int = 0
    premature: int = 0
    lost: int = 0
    delays: list[float] = field(default_factory=list)

    def add(self, results: Iterable[Result], *, learned: bool = True) -> Tally:
        """Count the learned cycles of these lives, or the cold ones."""
        for result in results:
            for score in result.scores:
                for each in score.cycles:
                    cold = each.nth <= COLD_CYCLES
                    if cold == learned or each.cycle.cut or not each.cycle.scored:
                        continue
                    self._count(each.outcome, each.delay)
        return self

    def _count(self, outcome: str, delay: float | None) -> None:
        if outcome == "good" and delay is not None:
            self.delays.append(delay)
        elif outcome == "premature":
            self.premature += 1
        elif outcome in LOST:
            self.lost += 1
        else:
            return
        self.cycles += 1

    def merge(self, other: Tally) -> None:
        """Add another tally."""
        self.cycles += other.cycles
        self.premature += other.premature
        self.lost += other.lost
        self.delays += other.delays

    @property
    def cost_min(self) -> float:
        """Give the cost of an average cycle, in minutes of waiting."""
        total = PREMATURE_MIN * self.premature + LOST_MIN * self.lost
        total += sum(max(each, 0.0) for each in self.delays) / 60.0
        return total / max(self.cycles, 1)

    @property
    def mean_min(self) -> float:
        """Give the average delay in minutes."""
        return sum(self.delays) / 60.0 / max(len(self.delays), 1)

    @property
    def premature_share(self) -> float:
        """Give the share of premature finishes in percent."""
        return 100.0 * self.premature / max(self.cycles, 1)

    @property
    def wrong_share(self) -> float:
        """Give the share of premature and lost cycles in percent."""
        return 100.0 * (self.premature + self.lost) / max(self.cycles, 1)

    def delay(self, share: float) -> float | None:
        """Give the delay in seconds below which this share of the cycles lies."""
        return quantile(self.delays, share)

    def packed(self) -> list[Any]:
        return [self.cycles, self.premature, self.lost, self.delays]

    @classmethod
    def unpacked(cls, packed: list[Any]) -> Tally:
        cycles, premature, lost, delays = packed
        return cls(cycles, premature, lost, list(delays))


def together(tallies: Iterable[Tally]) -> Tally:
    """Add up."""
    whole = Tally()
    for each in tallies:
        whole.merge(each)
    return whole
