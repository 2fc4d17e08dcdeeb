"""Whether the appliance has lost its mains in the middle of a cycle.

The electronics of a running programme draw something at every rest. A socket that is
switched off, or a plug pulled out, shows nothing at all, and at once. What is below
every rest seen in this cycle, by more than the meter can be wrong, is that, unless the
appliance is one of those that sleep: in a drying pause, or right at the end.

Must not know programmes.
"""

from __future__ import annotations

from dataclasses import dataclass

# Rests seen in this cycle, and their length together, before their lowest level counts.
RESTS_NEEDED = 3
RESTED_FROM_S = 60.0

# The fall below that level which no meter invents: electronics at work draw 2-5 W,
# asleep 0.3-0.5 W. Meters of 2 W steps need two and a half of those.
MARGIN_W = 2.5
COARSE_STEP_W = 2.0
COARSE_MARGIN_W = 5.0
# So many reports between those steps, and the meter is finer: one may be a mean of two.
FINE_FROM = 20
# Nothing at all, but for the wobble of a meter.
NOTHING_W = 0.3

# Without mains for so long, and it is told: a fuse is reset and a plug put back within
# two minutes, if at all. A polled sensor must have said it three times.
TOLD_AFTER_S = 120.0
POLLS_NEEDED = 3.0

# The fall must come so soon after the last load: whoever goes off by itself at the end
# shows that it is done first. Having shown it for so long after the end is staying on.
AT_ONCE_S = 30.0
STAYED_S = 40.0

# Before that, this appliance must have kept its electronics on at the end of so many
# cycles, and gone to sleep in one of ten at most.
STAYED_NEEDED = 3
SLEEPERS_SHARE = 0.1


@dataclass(slots=True)
class Mains:
    """The lowest rest of this cycle, and what the appliance did at earlier ends.

    `here_s` is the rest that runs with the electronics on, `dead_s` the time below
    every rest that follows. `stayed_on` and `slept` count ends (and rests, for the
    second) with and without the electronics.
    """

    fine: int = 0
    floor_w: float = 0.0
    rests: int = 0
    rested_s: float = 0.0
    here_s: float = 0.0
    dead_s: float = 0.0
    stayed_on: int = 0
    slept: int = 0
    is_cut: bool = False

    def reported(self, watts: float) -> None:
        """Take the resolution of the meter from what it shows."""
        if self.fine < FINE_FROM and watts % COARSE_STEP_W > 0.0:
            self.fine += 1

    def begin(self) -> None:
        """Know nothing of the rests of a new cycle."""
        self.floor_w = self.rested_s = self.here_s = self.dead_s = 0.0
        self.rests, self.is_cut = 0, False

    def work(self) -> None:
        """Count load: if the mains was gone before it, that was sleep."""
        if self.dead_s > 0.0:
            self.slept += 1
            self.floor_w, self.dead_s = 0.0, 0.0
        self.here_s = 0.0

    def rest(self, seconds: float, watts: float) -> None:
        """Count rest inside a cycle."""
        if self._is_dead(watts):
            self.dead_s += seconds
            return
        self.rests += self.here_s == 0.0
        self.floor_w = watts if self.rested_s == 0.0 else min(self.floor_w, watts)
        self.here_s += seconds
        self.rested_s += seconds
        self.dead_s = 0.0

    def _is_dead(self, watts: float) -> bool:
        if self.rests < RESTS_NEEDED or self.rested_s < RESTED_FROM_S:
            return False
        return watts <= NOTHING_W and self.floor_w - watts >= self._margin_w

    @property
    def _margin_w(self) -> float:
        return MARGIN_W if self.fine >= FINE_FROM else COARSE_MARGIN_W

    def ended(self) -> None:
        """Learn from a finish what the electronics do at the end."""
        if self.floor_w < self._margin_w:
            return
        if self.here_s >= STAYED_S:
            self.stayed_on += 1
        elif self.dead_s > 0.0:
            self.slept += 1

    def gone_in(self, step_s: float) -> float | None:
        """Tell in how many seconds the mains is surely gone; None if it is there."""
        sleeps = self.slept > SLEEPERS_SHARE * self.stayed_on
        if self.dead_s == 0.0 or self.here_s > AT_ONCE_S:
            return None
        if sleeps or self.stayed_on < STAYED_NEEDED:
            return None
        return max(TOLD_AFTER_S, POLLS_NEEDED * step_s) - self.dead_s
