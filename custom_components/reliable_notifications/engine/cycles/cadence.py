"""How often the sensor reports, and whether it is asked or speaks by itself.

A polled sensor tells the value each so many seconds: what happens in between is
not seen, so a low sample proves less than a low report. A sensor that reports
changes is silent as long as nothing changes, and that silence is information.

Must not know what the values mean.
"""

from __future__ import annotations

from dataclasses import dataclass

# A sensor that has ever reported three times within this is not polled in a way
# that matters: a shorter grid than 15 s shows every load of a programme.
POLLED_FROM_S = 15.0

# Shorter distances believed only after three: one odd report (a dropout, a
# restart) must not make a polling sensor look like a reporting one.
PROOFS = 3

# Distances must be whole multiples of the step, within this share of the step or
# this many seconds: jitter of a polling loop.
GRID_SHARE = 0.06
GRID_S = 1.5
GRID_MULTIPLE = 10.0  # beyond so many steps the jitter has added up to nonsense

# Evidence for a grid needed before it is believed, and its cap: +1 a report on
# the grid, -2 off it, so that six good ones must outweigh three accidents.
GRID_PROOF = 4.0
GRID_CAP = 12.0

# The step follows distances of about one step by this share: the largest of three
# was its first estimate, the mean is the better one.
FOLLOW = 0.05

# The shortest distance grows by this share at each longer distance, so that a
# sensor replaced by a slower one is noticed after a day, not never.
LEAK = 1.01


@dataclass(slots=True)
class Cadence:
    """The shortest usual distance of two reports, in seconds; 0 is not known yet."""

    shortest: float = 0.0
    proofs: int = 0
    candidate: float = 0.0
    grid: float = 0.0

    @property
    def is_polled(self) -> bool:
        """Whether the sensor is asked on a grid so wide that loads fall between."""
        return self.shortest >= POLLED_FROM_S and self.grid >= GRID_PROOF

    @property
    def step(self) -> float:
        """Seconds between two samples of a polled sensor; 0 for others."""
        return self.shortest if self.is_polled else 0.0

    @property
    def unseen_s(self) -> float:
        """How long before its sample a load came on, on average: half a step."""
        return self.step / 2.0

    def note(self, distance: float, *, changed: bool) -> None:
        """Take into account that a report came so long after the one before."""
        if self.shortest == 0.0 or distance < 0.8 * self.shortest:
            self.candidate = max(self.candidate, distance)
            self.proofs += 1
            if self.proofs >= PROOFS:
                self.shortest, self.proofs, self.candidate = self.candidate, 0, 0.0
                self.grid = 0.0
            return
        if distance > GRID_MULTIPLE * self.shortest:
            return
        steps = round(distance / self.shortest)
        slack = max(GRID_S, GRID_SHARE * self.shortest)
        if abs(distance - steps * self.shortest) <= slack:
            self.grid = min(GRID_CAP, self.grid + 1.0)
            if steps == 1:
                self.shortest += FOLLOW * (distance - self.shortest)
        else:
            self.grid = max(0.0, self.grid - 2.0)
        if changed and distance > 1.5 * self.shortest:
            self.shortest *= LEAK
