"""How long the running cycle will still take, as far as it looks like earlier ones.

The whole length is the weighted median of the earlier cycles that began like this one
and were not over by now: a sensor that dries for longer takes the shorter ones out of
the reckoning by itself. Once it has lasted longer than all of them, it overruns.

Must not decide anything: an outlook that is wrong costs a wrong number, no message.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass
import itertools
import math

from .programmes import ENERGY_ALIKE, Programme, Programmes
from .runs import Alike, Runs, SoFar

# Past the longest of its kind by this share, and by this time, a cycle overruns: no
# number is told any more. Minutes more are cold water or a heavy load.
OVERRUN_SHARE = 0.1
OVERRUN_LEAST_S = 300.0

# Earlier cycles are believed if they weigh so much together: one that is nearly the
# same does, one that began only roughly alike does not. Without it one cycle in twenty
# more gets a number, and the worst tenth is off by a sixth more (bench forecast).
LEAST_WEIGHT = 0.1

# While it runs, at least so much is left: the end has not been seen.
LEAST_LEFT_S = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What is expected of the running cycle.

    `remaining_s` and `progress` (0 to 1) are None when it is like no earlier cycle,
    and when it runs longer than those ever did (`overrunning`).
    """

    programme: Programme | None = None
    remaining_s: float | None = None
    progress: float | None = None
    overrunning: bool = False


def outlook(
    runs: Runs, programmes: Programmes, so_far: SoFar, chosen: int | None = None
) -> Outlook:
    """Say what is expected after so much of a cycle.

    `chosen` is the programme that a person says it is.
    """
    alike = runs.alike(so_far, chosen) if so_far.course or chosen is not None else []
    elapsed_s = so_far.elapsed_s
    lasting = [each for each in alike if each.may_last(elapsed_s)]
    if not _believed(lasting, chosen):
        return _past_all(alike, programmes, so_far, chosen)
    length_s = _median(lasting)
    remaining_s = max(length_s - elapsed_s, LEAST_LEFT_S)
    return Outlook(
        programme=programmes.named(_likeliest(lasting)),
        remaining_s=remaining_s,
        progress=elapsed_s / (elapsed_s + remaining_s),
    )


def _past_all(
    alike: Sequence[Alike], programmes: Programmes, so_far: SoFar, chosen: int | None
) -> Outlook:
    """Tell a cycle that overruns from another, longer programme that began alike."""
    same = [
        each
        for each in alike
        if chosen is not None
        or abs(math.log((so_far.wh + 1.0) / (each.wh + 1.0))) <= ENERGY_ALIKE
    ]
    if not _believed(same, chosen):
        return Outlook(programme=None if chosen is None else programmes.named(chosen))
    programme = programmes.named(_likeliest(same))
    longest_s = max(each.length_s for each in same)
    slack_s = max(OVERRUN_LEAST_S, OVERRUN_SHARE * longest_s)
    if so_far.elapsed_s > longest_s + slack_s:
        return Outlook(programme=programme, overrunning=True)
    whole_s = so_far.elapsed_s + LEAST_LEFT_S
    return Outlook(
        programme=programme,
        remaining_s=LEAST_LEFT_S,
        progress=so_far.elapsed_s / whole_s,
    )


def _believed(alike: Sequence[Alike], chosen: int | None) -> bool:
    if chosen is not None:
        return bool(alike)
    return sum(each.weight for each in alike) >= LEAST_WEIGHT


def _median(alike: Sequence[Alike]) -> float:
    """Give the length that half of the weight does not exceed."""
    ordered = sorted(alike, key=lambda each: each.length_s)
    weights = list(itertools.accumulate(each.weight for each in ordered))
    return ordered[bisect.bisect_left(weights, weights[-1] / 2.0)].length_s


def _likeliest(alike: Sequence[Alike]) -> int:
    """Give the programme that most of the weight belongs to."""
    weights: dict[int, float] = {}
    for each in alike:
        weights[each.programme] = weights.get(each.programme, 0.0) + each.weight
    return max(weights, key=lambda programme: weights[programme])
