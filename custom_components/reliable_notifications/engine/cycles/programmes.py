"""Programmes: cycles that were alike, found without anybody naming them.

A cycle leaves a course behind: how much energy it had used at fixed times after its
start. Cycles of about the same length, energy and course are one programme.

Must not decide when a cycle is over: its length never ends and never blocks one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
import math

# Minutes after the start at which the energy is noted: dense at first, where programmes
# differ most, then in steps of a third.
MARKS_MIN = (
    3.0,
    6.0,
    10.0,
    15.0,
    20.0,
    30.0,
    40.0,
    55.0,
    75.0,
    100.0,
    130.0,
    170.0,
    225.0,
)

# Kept: more programmes than anybody uses of one machine. The one longest unused goes.
MOST = 8

# Two cycles of one programme: load and cold water change the length by up to a fifth,
# the energy by up to a third (labelled dishwashers and washing machines).
LENGTH_ALIKE = 0.2
ENERGY_ALIKE = 0.3
COURSE_ALIKE = 0.35

# Below this much energy two courses do not differ by ratio: pumps and drums only.
COURSE_OFFSET_WH = 8.0

# A programme moves towards each new cycle by at least this share: it drifts with the
# seasons (cold water) within weeks.
DRIFT = 0.25

_ID, _COUNT, _USED, _LENGTH, _WH, _COURSE = 0, 1, 2, 3, 4, 5


@dataclass(slots=True)
class Course:
    """Energy at each mark that the running cycle has passed."""

    marks: list[float] = field(default_factory=list)

    def note(self, elapsed_s: float, wh: float) -> None:
        """Note the energy at marks that have just been passed."""
        marks = self.marks
        while len(marks) < len(MARKS_MIN) and elapsed_s >= 60.0 * MARKS_MIN[len(marks)]:
            marks.append(wh)


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """What is usual for one programme."""

    id: int
    count: int
    length_s: float
    wh: float


@dataclass(slots=True)
class Programmes:
    """All programmes of an appliance, as rows of numbers."""

    rows: list[list[float]] = field(default_factory=list)
    clock: float = 0.0

    def learn(self, length_s: float, wh: float, course: Sequence[float]) -> int:
        """Take in a cycle that is over; gives the programme that it was."""
        self.clock += 1.0
        row = self._like(length_s, wh, course)
        if row is None:
            if len(self.rows) >= MOST:
                self.rows.remove(min(self.rows, key=lambda each: each[_USED]))
            row = [float(self._free()), 0.0, self.clock, length_s, wh, *course]
            self.rows.append(row)
        row[_COUNT] += 1.0
        row[_USED] = self.clock
        share = max(1.0 / row[_COUNT], DRIFT)
        row[_LENGTH] += share * (length_s - row[_LENGTH])
        row[_WH] += share * (wh - row[_WH])
        for index, mark in enumerate(course[: len(row) - _COURSE]):
            row[_COURSE + index] += share * (mark - row[_COURSE + index])
        return int(row[_ID])

    def _free(self) -> int:
        """Give the least number that is free: people see it, so it stays small."""
        taken = {int(row[_ID]) for row in self.rows}
        return next(number for number in range(MOST) if number not in taken)

    def _like(
        self, length_s: float, wh: float, course: Sequence[float]
    ) -> list[float] | None:
        alike = [
            (differs(course, row[_COURSE:]), row)
            for row in self.rows
            if abs(math.log(length_s / row[_LENGTH])) <= LENGTH_ALIKE
            and abs(math.log((wh + 1.0) / (row[_WH] + 1.0))) <= ENERGY_ALIKE
        ]
        best = min(alike, key=lambda each: each[0], default=(math.inf, None))
        return best[1] if best[0] <= COURSE_ALIKE else None

    def named(self, number: int) -> Programme | None:
        """Get a programme by its id."""
        row = next((each for each in self.rows if each[_ID] == number), None)
        return None if row is None else self._named(row)

    def like(
        self, length_s: float, wh: float, course: Sequence[float]
    ) -> Programme | None:
        """Find the programme that a whole cycle belongs to."""
        row = self._like(length_s, wh, course)
        return None if row is None else self._named(row)

    def course(self, number: int) -> list[float]:
        """Get the course of a programme; an empty one of one that is not there."""
        return next((each[_COURSE:] for each in self.rows if each[_ID] == number), [])

    def known(self) -> list[Programme]:
        """Get all programmes, the one used most often first."""
        return [
            self._named(row) for row in sorted(self.rows, key=lambda row: -row[_COUNT])
        ]

    @staticmethod
    def _named(row: Sequence[float]) -> Programme:
        return Programme(
            id=int(row[_ID]),
            count=int(row[_COUNT]),
            length_s=row[_LENGTH],
            wh=row[_WH],
        )


def marks_within(length_s: float) -> int:
    """Count the marks that a cycle of this length passes."""
    return sum(60.0 * mark <= length_s for mark in MARKS_MIN)


def differs(
    one: Sequence[float], other: Sequence[float], offset_wh: float = COURSE_OFFSET_WH
) -> float:
    """Compare two courses as far as both go; 0 is the same.

    The mean of the ratios, as logarithms; below the offset they do not differ by ratio.
    """
    both = list(zip(one, other, strict=False))
    if not both:
        return 0.0
    return sum(abs(math.log((a + offset_wh) / (b + offset_wh))) for a, b in both) / len(
        both
    )
