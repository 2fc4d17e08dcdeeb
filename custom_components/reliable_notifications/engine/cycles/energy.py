"""Energy from power: what was used, by the rule that fits each stretch.

A value holds until the next report: that is what a plug that reports changes
means, and for a polled one it is right on average. A stretch without a sensor
is bridged by the mean of both sides, up to a limit; beyond it nothing is
invented.

Must not know cycles.
"""

from __future__ import annotations

from dataclasses import dataclass

# An outage longer than this is not filled: a heater may have gone through a whole
# phase meanwhile. 20 min is the longest heating phase seen in the labelled traces.
LONGEST_BRIDGE_S = 1200.0

JOULES_PER_WH = 3600.0


@dataclass(slots=True)
class EnergyMeter:
    """Joules since it was last set to zero."""

    joules: float = 0.0
    gap_s: float = 0.0
    before_gap_w: float = 0.0

    @property
    def wh(self) -> float:
        """Watt hours so far."""
        return self.joules / JOULES_PER_WH

    def outage(self, seconds: float, before_w: float) -> None:
        """Let time pass without a sensor; `before_w` was its last word."""
        self.gap_s += seconds
        self.before_gap_w = before_w

    def back(self, watts: float) -> None:
        """Fill the gap, if it was short enough, now that the sensor is back."""
        if 0.0 < self.gap_s <= LONGEST_BRIDGE_S:
            self.joules += (self.before_gap_w + watts) / 2.0 * self.gap_s
        self.gap_s = 0.0
