"""Whether the appliance works or rests, from one power value at a time.

Load charges a reservoir, rest empties it slowly. Only a charged reservoir counts
as activity and sets the clock of quiet back. So the pulse of a second in each
minute after the end is no activity, and tumbling for six seconds in twenty is.

Must not decide what a quiet stretch means.
"""

from __future__ import annotations

from dataclasses import dataclass

from custom_components.reliable_notifications.engine.vocabulary import Instant

from .snapshot import NEVER

# Load for this long is activity, from an empty reservoir: longer than an anti-crease
# pulse (4-9 s) or a valve, shorter than the shortest closing drain (23 s).
ACTIVE_FROM_S = 12.0

# The reservoir holds this much: with a drum that rests for 10 s the next turn counts
# at once.
FULL_S = 15.0


@dataclass(slots=True)
class Load:
    """The reservoir and the clock of quiet."""

    charge: float = 0.0
    quiet_s: float = 0.0
    fresh_quiet_s: float = 0.0
    active_at: float = NEVER

    def work(self, seconds: float, until: Instant) -> None:
        """Count load that was on for so long."""
        self.charge = min(FULL_S, self.charge + seconds)
        if self.charge >= ACTIVE_FROM_S:
            self.active_at = until
            self.quiet_s = self.fresh_quiet_s = 0.0
        else:
            self.quiet_s += seconds
            self.fresh_quiet_s += seconds

    def rest(self, seconds: float, pace: float, leak: float) -> None:
        """Count rest of so long; the clock of quiet runs at this pace."""
        self.charge = max(0.0, self.charge - leak * seconds)
        self.quiet_s += pace * seconds
        self.fresh_quiet_s += pace * seconds

    def begin(self, at: Instant) -> None:
        """Be active now: a cycle has just been proven."""
        self.charge = FULL_S
        self.active_at = at
        self.quiet_s = self.fresh_quiet_s = 0.0

    def rested(self, seconds: float) -> None:
        """Take back what looked like load for so long: it was rest."""
        self.charge = 0.0
        self.quiet_s = self.fresh_quiet_s = seconds
        self.active_at -= seconds
