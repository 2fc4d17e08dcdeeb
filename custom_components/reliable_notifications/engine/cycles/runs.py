"""The latest cycles one by one, and which of them the running one looks like.

A programme is a mean; machines that dry by a sensor or weigh their load are not. So
what is left of a cycle is read from single cycles that began like it.

Must not decide when a cycle is over, and must not know names.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field
import itertools
import math

from .programmes import COURSE_ALIKE, COURSE_OFFSET_WH, MARKS_MIN, differs

# Kept: four cycles of each programme that is kept. More changed no figure on traces.
MOST_RUNS = 32

# How fast a cycle counts less with the distance of its course. Half or double of it
# changes the median error by less than one percent of the length (bench forecast).
COURSE_SPREAD = 0.1

# What each newer cycle takes of the weight of an older one: half after ten. Faster
# forgets the rarer programmes, slower follows the seasons too late.
FADING = 0.93

# A cycle this much longer than an earlier one may still be like it: two cycles of one
# programme differ by so much in water and load.
LONGER_SHARE = 0.05

# Seconds and Wh to a tenth: plugs know no more, and the file stays small.
ROW_DIGITS = 1

_PROGRAMME, _LENGTH, _WH, _COURSE = 0, 1, 2, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class SoFar:
    """What the running cycle has shown: its course, its time, its energy."""

    course: Sequence[float]
    elapsed_s: float
    wh: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """An earlier cycle that began like the running one; `weight` is at most 1."""

    programme: int
    length_s: float
    wh: float
    weight: float

    def may_last(self, elapsed_s: float) -> bool:
        """Say whether a cycle like it may still run after so long."""
        return elapsed_s <= self.length_s * (1.0 + LONGER_SHARE)


@dataclass(slots=True)
class Runs:
    """Rows of numbers, the oldest first."""

    rows: list[list[float]] = field(default_factory=list)

    def learn(
        self, programme: int, length_s: float, wh: float, course: Sequence[float]
    ) -> None:
        """Take in a cycle that is over."""
        row = [float(programme), length_s, wh, *course]
        self.rows.append([round(number, ROW_DIGITS) for number in row])
        del self.rows[:-MOST_RUNS]

    def keep_only(self, programmes: Sequence[int]) -> None:
        """Forget the cycles of programmes that were forgotten."""
        self.rows = [row for row in self.rows if int(row[_PROGRAMME]) in programmes]

    def alike(self, so_far: SoFar, chosen: int | None) -> list[Alike]:
        """Find the cycles that began like this one.

        A programme that a person has chosen is believed, whatever its course.
        """
        found = []
        weight = 1.0
        for row in reversed(self.rows):
            how_far = _distance(so_far, row)
            mine = chosen is None or int(row[_PROGRAMME]) == chosen
            if mine and (how_far <= COURSE_ALIKE or chosen is not None):
                near = max(math.exp(-((how_far / COURSE_SPREAD) ** 2)), 1e-6)
                found.append(
                    Alike(
                        programme=int(row[_PROGRAMME]),
                        length_s=row[_LENGTH],
                        wh=row[_WH],
                        weight=weight * near,
                    )
                )
            weight *= FADING
        return found


def _distance(so_far: SoFar, row: Sequence[float]) -> float:
    """Compare the course with that of a row, at its marks and now; 0 is the same."""
    course = row[_COURSE:]
    both = min(len(course), len(so_far.course))
    now = math.log(
        (so_far.wh + COURSE_OFFSET_WH)
        / (energy_at(row, so_far.elapsed_s) + COURSE_OFFSET_WH)
    )
    marks = differs(so_far.course, course) * both
    return (marks + abs(now)) / (both + 1)


def profile(
    length_s: float, wh: float, course: Sequence[float], slot_s: float
) -> list[float]:
    """Tell the mean power of each slot of a programme, in watts.

    The last slot may end after the programme; its mean is over the whole slot.
    """
    row = [0.0, length_s, wh, *course]
    slots = math.ceil(length_s / slot_s)
    used = [energy_at(row, slot_s * number) for number in range(slots + 1)]
    return [
        3600.0 * (after - before) / slot_s for before, after in itertools.pairwise(used)
    ]


def energy_at(row: Sequence[float], elapsed_s: float) -> float:
    """Tell what a cycle had used after so long, in Wh: between its marks evenly."""
    course = row[_COURSE:]
    times = [0.0, *(60.0 * mark for mark in MARKS_MIN[: len(course)]), row[_LENGTH]]
    used = [0.0, *course, row[_WH]]
    after = bisect.bisect_right(times, elapsed_s)
    if after >= len(times):
        return row[_WH]
    since, until = times[after - 1], times[after]
    share = (elapsed_s - since) / (until - since)
    return used[after - 1] + share * (used[after] - used[after - 1])
