"""Audits the power by an energy counter: an outage, a value that is stuck, hidden work.

A counter knows how much was used, but late, in steps, and it starts again at zero or
jumps. What cannot be is left out, and it speaks only where the difference is larger
than its step and what it may lag behind.

Must not change the cycle: that is `hearing`. The bill of a cycle is `bill`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from custom_components.reliable_notifications.engine.vocabulary import Instant

from .counter import MOST_WATTS, STEP_WH
from .energy import JOULES_PER_WH
from .snapshot import NEVER

# Amounts by which the counter lagged behind the power, kept: one cycle has dozens.
LAGS = 8
# So many must be known before it contradicts the power.
LAGS_KNOWN = 5
# A value is stuck if by its account three times the largest lag was used and waited
# for, and 20 Wh more (half a minute of a heater), while the counter saw less than a
# tenth of that.
LAG_FACTOR = 3.0
STUCK_WH = 20.0
STUCK_SHARE = 0.1
# And it must have stood for so long: counters report each minute or two.
STUCK_S = 120.0
# Counters count in decimal steps, none finer than this; what a unit adds in rounding is
# less than a hundredth of a step.
FINEST_WH = 0.01
OFF_SHARE = 0.01
# Use that is less than this is the tail of a cycle: a drain pump, a lamp.
TAIL_WH = 2.0
# What a counter reports so soon after the last activity may have been used before.
LATE_S = 120.0
# A counter that spoke so shortly before the power sensor came back spoke of the outage.
TOGETHER_S = 60.0


class Outage(StrEnum):
    """What the counter says of an outage of the power sensor."""

    QUIET = "quiet"
    WORKED = "worked"
    UNCLEAR = "unclear"


@dataclass(slots=True)
class Audit:
    """What the counter said, and what the power would have it say."""

    last_wh: float = NEVER
    last_at: float = NEVER
    moved_at: float = NEVER
    # what all differences are multiples of; watt hours and seconds from step to step
    step_wh: float = STEP_WH
    lags: list[list[float]] = field(default_factory=list)
    # used by the power: since the last step or value, and since the last report
    held_wh: float = 0.0
    held_s: float = 0.0
    unreported_wh: float = 0.0
    # the outage: its beginning and end, what the counter stood at, what came after
    gap_from: float = NEVER
    gap_until: float = NEVER
    gap_wh: float = NEVER
    gap_joules: float = 0.0
    after_wh: float = 0.0
    # the quiet stretch: since when it is watched, and what the counter stood at
    quiet_from: float = NEVER
    quiet_wh: float = 0.0
    worked_at: float = NEVER
    # the value that is not believed
    stuck_w: float = NEVER

    @property
    def hears(self) -> bool:
        """Whether there is a counter."""
        return self.last_at != NEVER

    def hold(self, seconds: float, watts: float) -> None:
        """Count what the power says was used."""
        wh = watts * seconds / JOULES_PER_WH
        self.held_wh += wh
        self.held_s += seconds
        self.unreported_wh += wh
        if self.gap_until != NEVER:
            self.after_wh += wh

    def changed(self) -> None:
        """Note that the power sensor has said something new: it is not stuck."""
        self.held_wh = self.held_s = 0.0

    def hear(self, at: Instant, wh: float) -> float | None:
        """Take what the counter says; give what was used since, None if not known."""
        before, since = self.last_wh, max(0.0, at - self.last_at)
        self.last_wh, self.last_at = wh, at
        used = wh - before
        if before == NEVER or not 0.0 <= used <= _most(since):
            self._begin_anew(at)
            return None
        return used

    def _begin_anew(self, at: Instant) -> None:
        self.moved_at, self.quiet_from = at, NEVER
        self.held_wh = self.held_s = self.unreported_wh = 0.0
        self.forget_gap()

    def is_stuck(self, used_wh: float) -> bool:
        """Whether the power says much that the counter, used to follow it, does not."""
        if len(self.lags) < LAGS_KNOWN or self.held_s < STUCK_S:
            return False
        used_most = max(wh for wh, _ in self.lags)
        longest_s = max(seconds for _, seconds in self.lags)
        return (
            self.held_wh >= LAG_FACTOR * used_most + STUCK_WH
            and self.held_s >= LAG_FACTOR * longest_s
            and used_wh < STUCK_SHARE * self.held_wh
        )

    def follow(self, at: Instant, used_wh: float, threshold_w: float) -> None:
        """Learn how the counter follows the power."""
        self.unreported_wh = 0.0
        if used_wh <= 0.0:
            return
        self.step_wh = _step(used_wh, self.step_wh)
        if self.held_wh > threshold_w * self.held_s / JOULES_PER_WH:
            self.lags.append([self.held_wh, self.held_s])
            del self.lags[:-LAGS]
        self.moved_at = at
        self.held_wh = self.held_s = 0.0

    # -- an outage of the power sensor -------------------------------------------------

    def power_gone(self, at: Instant, joules: float) -> None:
        """Note that the power sensor is away, and what the cycle had used."""
        if self.hears:
            self.forget_gap()
            self.gap_from, self.gap_joules = at, joules
            self.gap_wh = self.last_wh + self.unreported_wh

    def power_back(self, at: Instant) -> None:
        """Note that it is back."""
        if self.gap_from != NEVER:
            self.gap_until, self.after_wh = at, 0.0

    def forget_gap(self) -> None:
        """Leave the outage as it is."""
        self.gap_from = self.gap_until = self.gap_wh = NEVER

    @property
    def knows_gap(self) -> bool:
        """Whether the outage is over, and the counter has spoken of it."""
        known = self.gap_until != NEVER and self.gap_from < self.last_at
        return known and self.last_at >= self.gap_until - TOGETHER_S

    def gap_used_wh(self) -> float:
        """Tell what was used in the outage."""
        return max(0.0, self.last_wh - self.gap_wh - self.after_wh)

    def outage(self, threshold_w: float) -> Outage:
        """Say whether the appliance worked in the outage."""
        rest_wh = threshold_w * (self.gap_until - self.gap_from) / JOULES_PER_WH
        used = self.gap_used_wh()
        if used + self.step_wh <= rest_wh:
            return Outage.QUIET
        return Outage.WORKED if used > rest_wh + self.step_wh else Outage.UNCLEAR

    # -- a quiet stretch ---------------------------------------------------------------

    def watch_quiet(self, at: Instant, active_at: Instant, threshold_w: float) -> None:
        """See whether the counter goes up in a quiet stretch, as no rest makes it."""
        if at < active_at + LATE_S:
            return
        if self.quiet_from >= active_at:
            rest_wh = threshold_w * (at - self.quiet_from) / JOULES_PER_WH
            if self.last_wh - self.quiet_wh <= rest_wh + self.step_wh + TAIL_WH:
                return
            self.worked_at = at
        self.quiet_from, self.quiet_wh = at, self.last_wh


def _step(used_wh: float, known_wh: float) -> float:
    """Find the decimal step that a difference is a multiple of."""
    step = known_wh
    while step > FINEST_WH and abs(used_wh / step - round(used_wh / step)) > OFF_SHARE:
        step /= 10.0
    return step


def _most(seconds: float) -> float:
    """Tell how much can have been used at most."""
    return STEP_WH + MOST_WATTS * seconds / JOULES_PER_WH
