"""The last minutes before a quiet onset, whatever came before them.

Programmes of one machine differ in length and energy, but end alike: the last spin and
what loosens the laundry after it, the last heating and the cool-down. So an end of a
programme that was never seen can be known by the ends of the others.

Must not look at energy or time, but to refuse what is far too early.
"""

from __future__ import annotations

from collections.abc import Sequence

from .place import ELAPSED, LEVELS_W, SINCE_PAUSE, WH, Place

# What belongs to a tail is not longer ago than this: last spins and cool-downs take
# 1.5-10 min (labelled traces), what loosens after them up to 6.
LONGEST_TAIL_S = 1200.0
# A level reached less than this ago says nothing: it is the load that has just dropped.
SHORTEST_TAIL_S = 40.0

# Ages of one level in two tails that are alike: timers repeat to seconds, what the drum
# does at last and the meter add some.
TAIL_S = 15.0
TAIL_SHARE = 0.15

# Ends with this tail that make it known.
TAILS_NEEDED = 3
# An end so much sooner, or with so much less energy, than all with its tail is none.
LEAST_ELAPSED_SHARE = 0.5
LEAST_WH_SHARE = 0.35

_MARKS = (*range(len(LEVELS_W)), SINCE_PAUSE)


def tails_like(place: Place, ends: Sequence[Place], step_s: float) -> Sequence[Place]:
    """Find the ends with this tail; none if they are too few, or it is too early."""
    alike = [end for end in ends if same_tail(place, end, step_s)]
    if len(alike) < TAILS_NEEDED:
        return ()
    too_early = place[ELAPSED] < LEAST_ELAPSED_SHARE * min(e[ELAPSED] for e in alike)
    too_small = place[WH] < LEAST_WH_SHARE * min(end[WH] for end in alike)
    return () if too_early or too_small else alike


def same_tail(place: Place, other: Place, step_s: float) -> bool:
    """Say whether both have the same last minutes, and minutes that say something."""
    telling = False
    for mark in _MARKS:
        one, two = place[mark], other[mark]
        if (one < LONGEST_TAIL_S) is not (two < LONGEST_TAIL_S):
            return False
        if one >= LONGEST_TAIL_S:
            continue
        if abs(one - two) > max(TAIL_S, TAIL_SHARE * two) + 2.0 * step_s:
            return False
        telling = telling or min(one, two) >= SHORTEST_TAIL_S + step_s
    return telling
