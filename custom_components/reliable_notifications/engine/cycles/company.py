"""Whether a second appliance hangs on the same plug.

Two signs, each of which no single appliance with programmes gives:
- *Round the clock*: weak loads of some minutes come all day and all night, with no
  break of three hours, as a compressor's do. Nobody washes for a day at a stretch.
- *Two heaters*: two strong loads, each known alone in cycles of its own, are on at once
  and add up to more than one appliance on a plug draws.

A hint costs trust when it is wrong: when in doubt, say nothing. Must not know states,
and must not influence what is told of cycles.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from custom_components.reliable_notifications.engine.vocabulary import Instant

from .snapshot import NEVER

# A load after this much rest is another block; drums rest for seconds, compressors for
# a quarter of an hour and more.
BLOCK_REST_S = 300.0
# Blocks of a compressor: minutes long (pulses against creases are seconds), and weak
# (55-200 W; a heater, a magnetron or a spinning drum draws more).
BLOCK_LEAST_S = 180.0
WEAK_BELOW_W = 300.0
WEAK_INRUSH_S = 15.0
# So many of them, over nearly a day, and none three hours after the one before.
BLOCKS_NEEDED = 16
CHAIN_S = 20 * 3600.0
CHAIN_BREAK_S = 3 * 3600.0

# A heater, alone: from here on, at one level for so long.
HEATER_FROM_W = 1000.0
HEATER_S = 60.0
HEATER_SPAN = 0.04
# Levels kept. Two are the same within this share, and a sum is one within this.
LEVELS = 6
SAME_SHARE = 0.08
SUM_SHARE = 0.03
# No appliance with programmes on a plug draws more (16 A at 230 V are 3680 W; the
# strongest dryers are rated 3000 W).
ONE_DRAWS_W = 3200.0
# Cycles needed with the one alone, the other alone, and both at once.
CYCLES_NEEDED = 2

_WATTS, _ALONE = 0, 1


class Company(StrEnum):
    """Why it looks as if there were two."""

    ROUND_THE_CLOCK = "round_the_clock"
    TWO_HEATERS = "two_heaters"


@dataclass(slots=True)
class Neighbours:
    """The block that runs, the chain of weak ones, and the levels of heaters.

    A level is watts, and cycles in which it was the only one. `sums` counts cycles in
    which two of the levels were on at once.
    """

    block_s: float = 0.0
    strong_s: float = 0.0
    rest_s: float = 0.0
    block_at: float = NEVER
    chain: int = 0
    chain_since: float = NEVER
    flat_w: float = 0.0
    flat_s: float = 0.0
    levels: list[list[float]] = field(default_factory=list)
    here: list[float] = field(default_factory=list)
    sums: int = 0
    sum_here: bool = False

    def hold(self, seconds: float, at: Instant, watts: float, *, on: bool) -> None:
        """Count power that was this for so long until now."""
        if not on:
            self.rest_s += seconds
            self.flat_s = 0.0
            return
        if self.rest_s >= BLOCK_REST_S:
            self._block_over()
            self._open(at - seconds)
        self.rest_s = 0.0
        self.block_s += seconds
        if watts >= WEAK_BELOW_W:
            self.strong_s += seconds
        if watts >= HEATER_FROM_W:
            self._heat(seconds, watts)
        else:
            self.flat_s = 0.0

    def _open(self, at: Instant) -> None:
        if at - self.block_at > CHAIN_BREAK_S:
            self.chain, self.chain_since = 0, at
        self.block_at = at
        self.block_s = self.strong_s = 0.0

    def _block_over(self) -> None:
        weak = self.strong_s <= WEAK_INRUSH_S
        if weak and self.block_s >= BLOCK_LEAST_S:
            self.chain += 1

    def _heat(self, seconds: float, watts: float) -> None:
        if self.flat_s > 0.0 and abs(watts - self.flat_w) <= HEATER_SPAN * self.flat_w:
            self.flat_s += seconds
        else:
            self.flat_w, self.flat_s = watts, seconds
        if self.flat_s >= HEATER_S:
            self._level()

    def _level(self) -> None:
        """Take the stretch that runs for a level of this cycle."""
        watts = self.flat_w
        if any(_is_sum(watts, a, b) for a in self._known() for b in self._known()):
            self.sum_here = True
        elif not any(_is_same(watts, each) for each in self.here):
            self.here.append(watts)
            del self.here[:-LEVELS]

    def _known(self) -> list[float]:
        return [row[_WATTS] for row in self.levels if row[_ALONE] >= CYCLES_NEEDED]

    def cycle_over(self) -> None:
        """Learn from the levels of a cycle that is over."""
        if self.sum_here:
            self.sums += 1
        elif len(self.here) == 1:
            self._alone(self.here[0])
        self.here.clear()
        self.sum_here, self.flat_s = False, 0.0

    def _alone(self, watts: float) -> None:
        for row in self.levels:
            if _is_same(watts, row[_WATTS]):
                row[_ALONE] += 1.0
                return
        self.levels.append([watts, 1.0])
        if len(self.levels) > LEVELS:
            self.levels.remove(min(self.levels, key=lambda each: each[_ALONE]))

    def found(self) -> Company | None:
        """Say why it looks as if there were two; None if it does not."""
        if self.sums >= CYCLES_NEEDED:
            return Company.TWO_HEATERS
        lasted_s = self.block_at - self.chain_since
        if self.chain >= BLOCKS_NEEDED and lasted_s >= CHAIN_S:
            return Company.ROUND_THE_CLOCK
        return None


def _is_same(one: float, other: float) -> bool:
    return abs(one - other) <= SAME_SHARE * other


def _is_sum(watts: float, one: float, other: float) -> bool:
    both = one + other
    if watts < ONE_DRAWS_W or _is_same(one, other):
        return False
    return abs(watts - both) <= SUM_SHARE * both
