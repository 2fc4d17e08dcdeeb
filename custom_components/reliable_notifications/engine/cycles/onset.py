"""When a load outside a cycle is a cycle, and when that began.

A cumulative sum: energy above a drain counts up, rest counts down to zero. The
sum passes its bound only if power stays up; the instant at which it was last
zero is the best guess of the beginning.

Must not know states.
"""

from __future__ import annotations

from dataclasses import dataclass

from custom_components.reliable_notifications.engine.vocabulary import Instant

from .energy import JOULES_PER_WH
from .kinds import KindTraits

# Power below this share of the load threshold counts against a start: half, so that
# a pump on for half of the time still proves one.
DRAIN_SHARE = 0.5

# After a cycle one sample of a polled sensor may have hit a pulse: two are needed.
PULSE_STEPS = 1.5

# A weak load proves a start when it has been on for so long: longer than a sensor that
# has lost the fall after a pulse keeps its last value (five minutes), twice.
WEAK_START_S = 600.0

# Without a load for so long the sum is forgotten: a load and one ten minutes later are
# two things, however large the first was.
FORGOTTEN_AFTER_S = 600.0


@dataclass(slots=True)
class Onset:
    """The sum in joules, the load time in it, and since when it is above zero."""

    is_open: bool = False
    since: float = 0.0
    joules: float = 0.0
    joules_used: float = 0.0
    load_s: float = 0.0
    quiet_s: float = 0.0
    strong_w: float = 0.0
    strong_s: float = 0.0
    pumped_s: float = 0.0
    loaded_until: float = 0.0

    def open(self, at: Instant, strong_w: float = 0.0) -> None:
        """Begin: a load has come on, outside a cycle.

        Weaker loads than `strong_w` do not prove a start before they are on for long.
        """
        self.is_open = True
        self.strong_w, self.strong_s = strong_w, 0.0
        self.since = at
        self.joules = self.joules_used = self.load_s = self.quiet_s = 0.0
        self.pumped_s = 0.0

    def credit(self, seconds: float, watts: float, threshold: float) -> None:
        """Believe that the load was on for so long before a poll found it.

        It proves something of a start, but is no energy: at the end of a load the last
        sample is held for as long too much.
        """
        self.joules += (watts - DRAIN_SHARE * threshold) * seconds
        self.load_s += seconds
        self.strong_s += seconds

    def resume(
        self, since: Instant, joules: float, load_s: float, until: Instant
    ) -> None:
        """Begin with a load that came back and was found to be a new one."""
        self.open(since)
        self.joules = self.joules_used = joules
        self.load_s = self.strong_s = self.pumped_s = load_s
        self.loaded_until = until

    def close(self) -> None:
        """Forget the load."""
        self.is_open = False

    def hold(
        self,
        seconds: float,
        until: Instant,
        watts: float,
        threshold: float,
        leak: float,
    ) -> None:
        """Count power that was this for so long, since the load came on."""
        self.joules_used += watts * seconds
        self.joules += (watts - DRAIN_SHARE * threshold) * seconds
        if watts >= threshold:
            self.load_s += seconds
            if watts >= self.strong_w or self.load_s >= WEAK_START_S:
                self.strong_s += seconds
            self.pumped_s += seconds
            self.quiet_s = 0.0
            self.loaded_until = until
        else:
            self.quiet_s += seconds
            self.load_s = max(0.0, self.load_s - leak * seconds)
        if self.joules <= 0.0 or self.quiet_s >= FORGOTTEN_AFTER_S:
            self.close()

    def proves(self, traits: KindTraits, step_s: float = 0.0) -> bool:
        """Say whether this is a cycle; after one, a sample may be a pulse."""
        return (
            self.joules >= traits.start_wh * JOULES_PER_WH
            and self.load_s >= traits.start_s
            and self.strong_s >= traits.start_s
            and self.load_s >= PULSE_STEPS * step_s
        )

    def settled_in(self, watts: float, threshold: float, traits: KindTraits) -> float:
        """Tell in how many seconds the power, if it stays, decides it."""
        gain = watts - DRAIN_SHARE * threshold
        if watts < threshold:
            forgotten = FORGOTTEN_AFTER_S - self.quiet_s
            return min(forgotten, -self.joules / gain) if gain < 0.0 else forgotten
        missing = (traits.start_wh * JOULES_PER_WH - self.joules) / gain
        if watts < self.strong_w:
            return max(missing, WEAK_START_S - self.load_s)
        return max(missing, traits.start_s - min(self.load_s, self.strong_s))
