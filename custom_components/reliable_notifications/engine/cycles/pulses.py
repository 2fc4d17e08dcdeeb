"""Short loads that come again and again after the end: the drum turns against creases.

Must not decide whether one of them is a new cycle.
"""

from __future__ import annotations

from dataclasses import dataclass

from custom_components.reliable_notifications.engine.vocabulary import Instant

from .snapshot import NEVER

# A turn against creases lasts 4-9 s in the traces; gentle ones go on for half a minute.
# A poll sees one or none of its samples of it.
LONGEST_TURN_S = 60.0
POLLED_STEPS = 1.5

# One turn may be anything, a second one within this is a habit; without a further one
# for so long it is over. Turns come each 31-120 s, and a poll of a minute meets one of
# ten: it sees one in ten minutes.
APART_S = 900.0
TURNS_NEEDED = 2


@dataclass(slots=True)
class Pulses:
    """How many came in a row, and when the last one was over."""

    count: int = 0
    load_s: float = 0.0
    last_at: float = NEVER

    def hold(self, seconds: float, until: Instant, step_s: float, *, on: bool) -> None:
        """Count that the load was on, or off, for so long until now."""
        if on:
            self.load_s += seconds
            return
        if 0.0 < self.load_s <= max(LONGEST_TURN_S, POLLED_STEPS * step_s):
            self.count = self.count + 1 if self.goes_on_in(until) > 0.0 else 1
            self.last_at = until - seconds
        self.load_s = 0.0

    def goes_on_in(self, now: Instant) -> float:
        """Tell for how many seconds the last one may still be followed by another."""
        return self.last_at + APART_S - now

    def is_habit(self, now: Instant) -> bool:
        """Whether they come again and again."""
        return self.count >= TURNS_NEEDED and self.goes_on_in(now) > 0.0
