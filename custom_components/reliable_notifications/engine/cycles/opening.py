"""How a load begins: the energy of its first hundred seconds.

A programme begins with the same pumps, valves and turns each time, to the second, and
unlike anything that goes on after a pause. So somebody's next load is told from the
programme going on before it has run for two minutes, also while hardly anything is
known of the appliance.

Must not decide what follows from a likeness.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
import math

from .energy import JOULES_PER_WH
from .programmes import differs

# When the energy is noted: a pump out takes 25-75 s, so that it and a beginning have
# parted by the last of them, and a next load is told within two minutes.
MARKS_S = (20.0, 40.0, 60.0, 80.0, 100.0)

# Kept of each: three for each of a few programmes.
MOST = 10

# Below this much energy two openings do not differ by ratio: 15 W for half a minute.
OFFSET_WH = 0.12
# Openings within this are the same (mean of the ratios, as logarithms). Measured on
# labelled dishwashers: beginnings among themselves up to 0.2, pump-outs from 0.4 on.
ALIKE = 0.25
# And nearer to a beginning than to what went on after a pause, by this factor.
CLEARLY = 0.7


@dataclass(slots=True)
class Opening:
    """The energy in Wh at the marks passed so far; `first` is that of the cycle."""

    elapsed_s: float = 0.0
    joules: float = 0.0
    marks: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    is_first: bool = False

    def begin(self, *, first: bool) -> None:
        """Begin: a load has come on, be it the first of a cycle or a later one."""
        self.elapsed_s = self.joules = 0.0
        self.marks = []
        self.is_first = first
        if first:
            self.first = []

    def take_for_first(self) -> None:
        """Know that the load which goes on was the first of a cycle."""
        self.is_first = True
        self.first = list(self.marks) if self.is_complete else []

    def hold(self, seconds: float, watts: float) -> None:
        """Count power that was this for so long."""
        if self.elapsed_s >= MARKS_S[-1]:
            return
        for mark in MARKS_S[len(self.marks) :]:
            if self.elapsed_s + seconds < mark:
                break
            until = mark - self.elapsed_s
            self.marks.append((self.joules + watts * until) / JOULES_PER_WH)
        self.elapsed_s += seconds
        self.joules += watts * seconds
        if self.is_first and self.is_complete:
            self.first = list(self.marks)

    @property
    def is_complete(self) -> bool:
        """Whether all marks have been passed."""
        return self.elapsed_s >= MARKS_S[-1]


@dataclass(slots=True)
class Openings:
    """How cycles began, and how they went on after a long pause."""

    begins: list[list[float]] = field(default_factory=list)
    resumes: list[list[float]] = field(default_factory=list)
    doubted: list[float] = field(default_factory=list)

    def doubt(self, marks: Sequence[float]) -> None:
        """Keep in mind what was taken for a beginning by its likeness alone."""
        self.doubted = list(marks)

    def settle(self, *, was_cycle: bool) -> None:
        """Know what followed: a cycle like others, or else it may have gone on."""
        if not was_cycle:
            self.resumed(self.doubted)
        self.doubted = []

    def began(self, marks: Sequence[float]) -> None:
        """Learn how a cycle began."""
        if len(marks) == len(MARKS_S):
            self.begins = [*self.begins, list(marks)][-MOST:]

    def resumed(self, marks: Sequence[float]) -> None:
        """Learn how a cycle went on after a pause."""
        if len(marks) == len(MARKS_S):
            self.resumes = [*self.resumes, list(marks)][-MOST:]

    def is_beginning(self, opening: Opening) -> bool:
        """Say whether what has been seen of this load may be a beginning."""
        begins = [*self.begins, opening.first] if opening.first else self.begins
        nearest = _nearest(opening.marks, begins)
        if nearest > ALIKE:
            return False
        return nearest < CLEARLY * _nearest(opening.marks, self.resumes)


def _nearest(marks: Sequence[float], rows: Sequence[Sequence[float]]) -> float:
    return min((differs(marks, row, OFFSET_WH) for row in rows), default=math.inf)
