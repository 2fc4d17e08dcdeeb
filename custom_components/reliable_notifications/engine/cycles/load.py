"""Whether the appliance works or rests, from one power value at a time.

Load charges a reservoir, rest empties it slowly. Only a charged reservoir counts
as activity and sets a clock back. There are two clocks. The clock of *quiet* stands
for the programme: pulses after its end (anti-crease, keep warm) do not set it back.
The clock of *stillness* is set back by them too, and by a wool programme that turns
the drum for three seconds a minute: what is not known better waits for that one.

Must not decide what a quiet stretch means.
"""

from __future__ import annotations

from dataclasses import dataclass

from custom_components.reliable_notifications.engine.vocabulary import Instant

from .kinds import KindTraits
from .snapshot import NEVER

# The reservoir holds so much more than activity needs: with a drum that rests for 10 s
# the next turn counts at once.
FULL_SHARE = 1.25

# A sample of a polled sensor stands for the whole step. Where pulses follow an end, one
# of them must not look like work: of the samples, more than one in a row or in two.
POLLED_ACTIVE_STEPS = 1.5

# Electronics at work are believed for so long without a load: no drum rests longer.
ALIVE_S = 1500.0


@dataclass(slots=True)
class Load:
    """Both reservoirs and clocks; `active_at` is the last activity of the programme."""

    charge: float = 0.0
    quiet_s: float = 0.0
    active_at: float = NEVER
    strict_charge: float = 0.0
    still_s: float = 0.0
    fresh_quiet_s: float = 0.0
    alive_s: float = 0.0
    alive_run_s: float = 0.0

    def work(
        self, seconds: float, until: Instant, step_s: float, traits: KindTraits
    ) -> None:
        """Count load that was on for so long."""
        self.alive_s = self.alive_run_s = 0.0
        needed = self._needed(step_s, traits)
        full = FULL_SHARE * needed
        self.strict_charge = min(full, self.strict_charge + seconds)
        self.still_s += seconds
        if self.strict_charge >= min(needed, traits.active_s):
            self.still_s = 0.0
        self.charge = min(full, self.charge + seconds)
        if self.charge >= needed:
            self.active_at = until
            self.quiet_s = self.fresh_quiet_s = 0.0
        else:
            self.quiet_s += seconds
            self.fresh_quiet_s += seconds

    def rest(self, seconds: float, step_s: float, traits: KindTraits) -> None:
        """Count rest of so long."""
        self.alive_run_s = 0.0
        leak = traits.polled_leak if step_s > 0.0 else traits.leak
        self.charge = max(0.0, self.charge - leak * seconds)
        self.strict_charge = max(0.0, self.strict_charge - traits.strict_leak * seconds)
        self.quiet_s += seconds
        self.still_s += seconds
        self.fresh_quiet_s += seconds

    @staticmethod
    def _needed(step_s: float, traits: KindTraits) -> float:
        if step_s > 0.0 and traits.pulses_after and traits.steady:
            return max(traits.active_s, POLLED_ACTIVE_STEPS * step_s)
        return traits.active_s

    def stay(self, seconds: float, until: Instant, step_s: float) -> None:
        """Count electronics at work between two polls: no load, but no rest either.

        After a sample at rest one such sample is a blip; two are needed.
        """
        self.alive_s += seconds
        self.alive_run_s += seconds
        if self.alive_s >= ALIVE_S:
            self.rested(self.alive_run_s, until)
            return
        if self.quiet_s > 0.0 and self.alive_run_s < POLLED_ACTIVE_STEPS * step_s:
            self.quiet_s += seconds
            self.still_s += seconds
            self.fresh_quiet_s += seconds
            return
        self.active_at = until
        self.quiet_s = self.still_s = self.fresh_quiet_s = 0.0

    @property
    def is_alive(self) -> bool:
        """Whether electronics at work may still mean that the programme goes on."""
        return self.alive_s < ALIVE_S

    @property
    def unbroken_quiet_s(self) -> float:
        """The quiet, if the sensor was there all the time; else 0."""
        return self.quiet_s if self.fresh_quiet_s == self.quiet_s else 0.0

    def active_in(self, step_s: float, traits: KindTraits) -> float:
        """Tell in how many seconds a load, if it stays on, is activity."""
        return self._needed(step_s, traits) - self.charge

    def begin(self, at: Instant, step_s: float, traits: KindTraits) -> None:
        """Be active now: a cycle has just been proven."""
        full = FULL_SHARE * self._needed(step_s, traits)
        self.charge = self.strict_charge = full
        self.active_at = at
        self.quiet_s = self.still_s = self.fresh_quiet_s = 0.0

    def rested(self, seconds: float, until: Instant) -> None:
        """Take back what looked like load until now: it was rest for so long."""
        self.charge = self.strict_charge = 0.0
        self.quiet_s = self.still_s = self.fresh_quiet_s = seconds
        self.active_at = until - seconds
