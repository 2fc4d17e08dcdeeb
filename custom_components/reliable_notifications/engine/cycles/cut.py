"""A cycle cut off by the loss of its mains: when that is told, and when it goes on.

Must not know what the meter showed: `mains` does.
"""

from __future__ import annotations

from .evidence import Reason
from .machine import Signal
from .place import ELAPSED
from .tracker import Tracker

# Before this share of the time of every end known (or of the programme recognised) no
# cycle is over: time varies by a fifth.
BEFORE_SHARE = 0.8
ENDS_NEEDED = 3

# After a mains failure a machine goes on by itself, after a plug was pulled as soon as
# it is back: as long as the longest drying pause known of any machine, it is the same
# cycle.
GOES_ON_WITHIN_S = 3900.0


def cut_in(of: Tracker) -> float | None:
    """Tell in how many seconds the pause is known to be a loss of the mains."""
    gone_in = of.mains.gone_in(of.cadence.step)
    if gone_in is None or not _is_before_any_end(of):
        return None
    return gone_in


def _is_before_any_end(of: Tracker) -> bool:
    """Say whether neither a pause nor an end is known anywhere near."""
    judged, ends = of.judgement, of.memory.ends
    if judged.ends or judged.threats or len(ends) < ENDS_NEEDED:
        return False
    elapsed_s = of.trail.onset[ELAPSED]
    programme = of.programme()
    soonest_s = min(end[ELAPSED] for end in ends)
    usual_s = soonest_s if programme is None else programme.length_s
    return elapsed_s < BEFORE_SHARE * max(soonest_s, usual_s)


def goes_on(of: Tracker) -> bool:
    """Say whether a load would belong to the cycle that was cut off."""
    gap_s = of.onset.since - of.cycle.ended_at
    return of.mains.is_cut and gap_s <= GOES_ON_WITHIN_S


def find_after_cut(of: Tracker) -> tuple[Signal, Reason] | None:
    """Find that the cycle goes on."""
    if of.onset.proves(of.traits):
        return Signal.REOPENED, Reason.LOAD_ON
    return None
