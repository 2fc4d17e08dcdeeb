"""What was seen before in the place of a quiet onset: ends, and pauses of what length.

Must not say how long to wait: that weighs what is found here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .kinds import KindTraits
from .memory import GAP, LENGTH, Memory
from .place import (
    ELAPSED,
    LEVELS_W,
    OFFSET_TIME_S,
    PAUSE,
    SINCE_PAUSE,
    WH,
    Place,
    distance,
    within,
)
from .tail import same_tail, tails_like

# Two onsets within this are the same place of the same programme (swept 0.15-0.36).
NEAR = 0.30
# Pauses are threats up to here, or up to this multiple of the nearest end.
THREAT_FACTOR = 2.5
THREAT_NEAR = 0.30
THREAT_LEAST = 0.15
ENDS_TO_NARROW = 3
# One level this much longer or less long ago, as a ratio, and it is another place.
VETO_FACTOR = 10.0
# The same landmark pause: the timer of a machine repeats within 1-3 s in half an hour.
MOTIF_S = 20.0
MOTIF_SHARE = 0.02
MOTIF_SINCE_S = 30.0
# What follows the drying pause is shorter than this (measured: 25-75 s of pump).
CLOSING_S = 180.0
# With the last report lost and five minutes late, it is longer.
LATEST_CLOSING_S = 480.0
# A pause that long threatens wherever energy and time agree to a quarter.
LONG_PAUSE_S = 300.0
SAME_POSITION = (0.8, 1.25)
# A pause of about that length, and not long ago, was this one: it is behind us.
TAKEN_SHARE = 0.8
TAKEN_WITHIN_S = 1200.0
THREAT_BOUNDS = (0.55, 1.8)
# The same moment of a short cycle: water and its warmth vary by a fifth.
PACED = (0.8, 1.25)

# Pauses needed that are alike, and ends (three) further off, to say anything.
ENDS_NEEDED = 2
# With one known end near, or several a little further off, the kind has a longer wait.
PLAUSIBLE_NEAR = 0.45

# Room above the gap after a doubtful end: a soaking drum turns each three minutes,
# and the gap may have been measured from such a turn.
DOUBT_S = 240.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was seen in a place: ends near it, lengths of pauses near it."""

    near: Sequence[Place]
    several: bool
    motif: bool
    threats: Sequence[float]
    clockwork: bool


def gather(place: Place, memory: Memory, traits: KindTraits, step_s: float) -> Seen:
    """Find what memory has of this place."""
    near: list[Place] = []
    doubtful: list[float] = []
    around, nearest = 0, NEAR
    for end in memory.ends:
        d = distance(place, end, step_s)
        if d > PLAUSIBLE_NEAR or not _alike(place, end, traits, step_s):
            continue
        if end[GAP] > 0.0 and traits.doubts:
            doubtful += (end[GAP], end[GAP] + DOUBT_S)
            continue
        around += 1
        if d <= NEAR:
            near.append(end)
            nearest = min(nearest, d)
    motif = not traits.tumbles and _closing_motif(place, memory.ends, step_s)
    radius = THREAT_NEAR
    if len(near) >= ENDS_TO_NARROW:
        radius = max(THREAT_LEAST, THREAT_FACTOR * nearest)
    here = [r for r in memory.pauses if _same_place(place, r, radius, step_s)]
    threats = [row[LENGTH] for row in here]
    clockwork = traits.pumps_out and _clockwork(threats, memory.ends)
    threats += [
        r[LENGTH] for r in memory.pauses if r not in here and _same_position(place, r)
    ]
    if not (near or motif):
        threats += doubtful
    if traits.known_by_tail and len(near) < traits.ends_needed:
        settled = [e for e in memory.ends if e[GAP] <= 0.0 or not traits.doubts]
        tails = tails_like(place, settled, step_s)
        near = [*near, *(end for end in tails if end not in near)]
        if tails:
            threats += [r[LENGTH] for r in memory.pauses if same_tail(place, r, step_s)]
    several = around > ENDS_NEEDED
    return Seen(
        near=near,
        several=several,
        motif=motif,
        threats=threats,
        clockwork=clockwork,
    )


def at_position(place: Place, memory: Memory) -> tuple[int, list[float]]:
    """Count the ends at this energy and time, and list the pauses there."""

    def here(row: Place) -> bool:
        return within(place, row, WH, *PACED) and within(place, row, ELAPSED, *PACED)

    ends = sum(here(end) for end in memory.ends)
    return ends, [row[LENGTH] for row in memory.pauses if here(row)]


def _alike(place: Place, end: Place, traits: KindTraits, step_s: float) -> bool:
    """Say whether energy, time and every level may be those of one programme.

    A level reached half an hour ago instead of one minute (no spin yet) is a veto,
    however alike the rest is.
    """
    offset = OFFSET_TIME_S + step_s
    for level in range(len(LEVELS_W)):
        ratio = (place[level] + offset) / (end[level] + offset)
        if not 1.0 / VETO_FACTOR <= ratio <= VETO_FACTOR:
            return False
    return within(place, end, WH, *traits.energy_bounds) and within(
        place, end, ELAPSED, *traits.elapsed_bounds
    )


def outlast(seconds: float, step_s: float) -> float:
    """Tell how long to wait until a pause of this length has surely run out."""
    steps = 2.0 if seconds >= LONG_PAUSE_S else 1.0
    return seconds + max(MOTIF_S, MOTIF_SHARE * seconds) + steps * step_s


def _same_pause(place: Place, row: Place, step_s: float) -> bool:
    slack = max(MOTIF_S, MOTIF_SHARE * row[PAUSE]) + 2.0 * step_s
    return row[PAUSE] >= LONG_PAUSE_S and abs(place[PAUSE] - row[PAUSE]) <= slack


def _closing_motif(place: Place, ends: Sequence[Place], step_s: float) -> bool:
    """Say whether a known pause was followed by the load that closed a cycle before."""
    slack = MOTIF_SINCE_S + 2.0 * step_s
    return place[SINCE_PAUSE] <= LATEST_CLOSING_S and any(
        _same_pause(place, end, step_s)
        and abs(place[SINCE_PAUSE] - end[SINCE_PAUSE]) <= slack
        for end in ends
    )


def _same_place(place: Place, row: Place, radius: float, step_s: float) -> bool:
    return (
        distance(place, row, step_s) <= radius
        and within(place, row, WH, *THREAT_BOUNDS)
        and within(place, row, ELAPSED, *THREAT_BOUNDS)
    )


def _same_position(place: Place, row: Place) -> bool:
    """Say whether a long pause was seen at this energy and time, and not yet taken."""
    taken = (
        place[PAUSE] >= TAKEN_SHARE * row[LENGTH]
        and place[SINCE_PAUSE] <= TAKEN_WITHIN_S
    )
    return (
        row[LENGTH] >= LONG_PAUSE_S
        and not taken
        and within(place, row, WH, *SAME_POSITION)
        and within(place, row, ELAPSED, *SAME_POSITION)
    )


def _clockwork(lengths: Sequence[float], ends: Sequence[Place]) -> bool:
    """Say whether the pauses seen in this place are all the same, and near the end.

    Only then can the end be known to have come when the pause runs out: a pause in
    mid-programme may be a longer one in another programme.
    """
    if len(lengths) < ENDS_NEEDED or min(lengths) < LONG_PAUSE_S:
        return False
    slack = max(MOTIF_S, MOTIF_SHARE * min(lengths))
    closing = any(
        abs(end[PAUSE] - max(lengths)) <= slack and end[SINCE_PAUSE] <= CLOSING_S
        for end in ends
    )
    return closing and max(lengths) - min(lengths) <= slack
