"""Whether somebody has programmed the appliance to start later.

A washing machine or dishwasher that is switched on for later checks its drain, which
is too little for a cycle, and then rests with its electronics on. Coming from *off*,
that is the sign: after a cycle the display stays on, too.

Must not know states.
"""

from __future__ import annotations

from dataclasses import dataclass

# At *off* for so long, and it was switched off: a meter wobbles for seconds.
OFF_FOR_S = 60.0
# A drain check takes 10-60 s; buttons, lamps and door locks are done in a moment.
DRAIN_LEAST_S = 5.0
# At rest with the electronics on for so long: whoever chooses a programme and starts it
# at once is through the drain check by then.
SHOWN_AFTER_S = 60.0
# The longest delay that machines offer is a day.
LONGEST_S = 86400.0
# Electronics draw so much more than *off*: more than half a step of a 2 W meter.
ON_FROM_W = 1.2


@dataclass(slots=True)
class Delayed:
    """`was_off` since the last cycle, then `drained_s` of load and `on_s` of rest."""

    was_off: bool = False
    drained_s: float = 0.0
    on_s: float = 0.0
    off_s: float = 0.0
    is_set: bool = False

    def hold(self, seconds: float, watts: float, off_w: float, load_w: float) -> None:
        """Count power that was this for so long, outside a cycle.

        `off_w` is the lowest level at which the appliance rests.
        """
        if watts >= load_w:
            self.drained_s += seconds
        elif watts > off_w + ON_FROM_W:
            self.on_s += seconds
            self.off_s = 0.0
            drained = self.was_off and self.drained_s >= DRAIN_LEAST_S
            self.is_set = drained and SHOWN_AFTER_S <= self.on_s <= LONGEST_S
        else:
            self.off_s += seconds
            if self.off_s >= OFF_FOR_S:
                self.was_off, self.is_set = True, False
                self.drained_s = self.on_s = 0.0

    def changes_in(self, watts: float, off_w: float) -> float | None:
        """Tell in how many seconds the power, if it stays, says something new."""
        if self.is_set and watts <= off_w + ON_FROM_W:
            return OFF_FOR_S - self.off_s
        if self.was_off and self.drained_s >= DRAIN_LEAST_S and not self.is_set:
            return SHOWN_AFTER_S - self.on_s if self.on_s < SHOWN_AFTER_S else None
        return None

    def void(self) -> None:
        """Take what had begun, and was too little for a cycle, for a drain check."""
        self.drained_s = DRAIN_LEAST_S
        self.on_s = self.off_s = 0.0

    def began(self) -> None:
        """Know that a cycle has begun: nothing is waited for."""
        self.is_set = False
        self.drained_s = self.on_s = self.off_s = 0.0

    def ended(self) -> None:
        """Know that it is over: what is on now is on because of it."""
        self.began()
        self.was_off = False
