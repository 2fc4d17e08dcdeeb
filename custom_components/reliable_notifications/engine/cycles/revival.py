"""A load that comes back after a quiet stretch, until it is known what it is.

It may be the programme going on, a pump-out, a pulse, or somebody's next load.

Must not decide which.
"""

from __future__ import annotations

from dataclasses import dataclass

from custom_components.reliable_notifications.engine.vocabulary import Instant

from .snapshot import NEVER


@dataclass(slots=True)
class Revival:
    """Since when the load is back, what it used, and what was before it."""

    is_open: bool = False
    at: float = 0.0
    load_s: float = 0.0
    rest_s: float = 0.0
    joules: float = 0.0
    quiet_since: float = NEVER
    joules_before: float = 0.0
    pause_s: float = 0.0
    is_activity: bool = False

    def open(
        self,
        at: Instant,
        quiet_since: Instant,
        pause_s: float,
        joules_before: float,
    ) -> None:
        """Begin: a load has come back after so much quiet that was seen."""
        self.pause_s = pause_s
        self.is_open, self.is_activity = True, False
        self.at, self.quiet_since, self.joules_before = at, quiet_since, joules_before
        self.load_s = self.rest_s = self.joules = 0.0

    def hold(self, seconds: float, watts: float, *, loaded: bool) -> None:
        """Count power that was this for so long."""
        self.joules += watts * seconds
        if loaded:
            self.load_s += seconds
            self.rest_s = 0.0
        else:
            self.rest_s += seconds

    def close(self) -> None:
        """Know what it was."""
        self.is_open = False
