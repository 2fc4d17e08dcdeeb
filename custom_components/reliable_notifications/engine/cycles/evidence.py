"""How long to wait at a quiet onset before the cycle is taken for over, and why.

The onset is compared with those of the past. Ends near it speak for an end; pauses
near it are threats that must have run out; what is near nothing gets the safe wait
of the kind. The length of the cycle neither ends nor blocks anything.

Must not change anything: it judges what others have gathered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
import itertools

from .kinds import KindTraits
from .memory import LENGTH, Memory
from .place import ELAPSED, LEVELS_W, WH, Place
from .seen import (
    ENDS_NEEDED,
    MOTIF_S,
    MOTIF_SHARE,
    at_position,
    gather,
    outlast as outlast_s,
)
from .tail import LONGEST_TAIL_S

# What is left of the safe wait for the meter itself: a fall is reported up to 20 s
# late by the usual plugs, so that the announcement still comes within the wait.
REPORTING_S = 20.0

# A slow sensor may take no more of the wait than this: what is left must still outlast
# the pauses that the wait is there for.
LARGEST_LAG_SHARE = 1.0 / 3.0

# Risk that a finish announced is none: at most one in two hundred, the bound that 119
# labelled cycles without a longer pause than the safe wait allow to state.
RISK = 0.005

# Quiet that confirms a known end: drums rest up to 25 s, gaps in a drain last 3-5 s;
# the median goal of 60 s leaves 20 s for the reporting.
CONFIRM_S = 40.0
# What the safe wait is stretched by where it would be rash: long before any end known,
# or usual of the kind.
EARLY_FACTOR = 2.5
# Room above the longest pause known, and how alike two of them must be to count.
LONGEST_FACTOR = 1.15
RECURRING_SHARE = 0.05
BREAK_S = 2700.0
# A machine that its user drives waits for its user where he went on more often than
# not, but not for longer than he takes to find a cup.
MOSTLY = 0.5
LONGEST_FOR_USER_S = 150.0
# Drying heats until the cool-down of 5-10 min; a wash ends 20 min and more after it has
# heated, with rinsing and spinning.
HEATER = len(LEVELS_W) - 1
DRIED_WITHIN_S = 900.0


class Reason(StrEnum):
    """Why the appliance is not finished yet, or why it is."""

    NEVER_HEARD = "never_heard"
    SENSOR_SILENT = "sensor_silent"
    SENSOR_STUCK = "sensor_stuck"
    NO_LOAD = "no_load"
    PROVING_START = "proving_start"
    LOAD_ON = "load_on"
    SAFE_WAIT = "safe_wait"
    EARLY = "early"
    ELECTRONICS_ON = "electronics_on"
    KNOWN_PAUSE = "known_pause"
    KNOWN_END = "known_end"
    CLOSING_MOTIF = "closing_motif"
    PLAUSIBLE_END = "plausible_end"
    NEW_LOAD = "new_load"
    SHORT_RUN = "short_run"
    SENSOR_WAS_ABSENT = "sensor_was_absent"
    DOOR_OPEN = "door_open"
    DOOR_OPENED = "door_opened"
    VIBRATION = "vibration"
    NATIVE_RUNNING = "native_running"
    NATIVE_PAUSED = "native_paused"
    NATIVE_FINISHED = "native_finished"
    NATIVE_FAILED = "native_failed"
    COUNTER_RISES = "counter_rises"
    MAINS_LOST = "mains_lost"
    PROGRAMMED = "programmed"
    TURNING = "turning"
    TOLD_BY_PERSON = "told_by_person"
    DISCARDED = "discarded"


# Reasons for which what had begun was no cycle: nobody waits for news of it.
NO_CYCLE = frozenset({Reason.SHORT_RUN, Reason.DISCARDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """A reason with its numbers: seconds gone and seconds needed, where it has any."""

    key: Reason
    gone_s: float = 0.0
    needed_s: float = 0.0


@dataclass(slots=True)
class Judgement:
    """What was made of an onset: the quiet needed, the stillness if it is new.

    `ends` and `threats` count the records near it; `short_s` and
    `long_s` are the shortest and the longest threat;
    `safe_s` is what would be waited if nothing were known.
    """

    quiet_s: float = 0.0
    still_s: float = 0.0
    reason: str = Reason.SAFE_WAIT.value
    ends: int = 0
    threats: int = 0
    short_s: float = 0.0
    long_s: float = 0.0
    safe_s: float = 0.0
    dropped: bool = False

    def expects(self, pause_s: float) -> bool:
        """Say whether a pause of so long is like those seen in this place."""
        shortest = self.short_s - max(MOTIF_S, MOTIF_SHARE * self.short_s)
        return self.threats > 0 and shortest <= pause_s <= outlast_s(self.long_s, 0.0)

    def confidence(self, quiet_s: float, still_s: float, stretch: float) -> float:
        """Give the probability, 0 to 1, that the cycle is over after so much quiet.

        It begins with the share of ends among what was seen in this place (even, if
        nothing was) and grows to 1 - RISK when the wait is over. While a pause known
        here may yet come to its end, the quiet says nothing: it grows after that.
        """
        still_needed = self.still_s * stretch
        needed, gone = self.quiet_s, quiet_s
        if still_needed > needed:
            needed, gone = still_needed, still_s
        telling_from = self.long_s if self.threats and self.long_s < needed else 0.0
        gone, needed = max(gone - telling_from, 0.0), needed - telling_from
        doubt = (self.threats + 1.0) / (self.ends + self.threats + 2.0)
        share = min(gone / needed, 1.0) if needed > 0.0 else 1.0
        return float(1.0 - doubt * (min(RISK / doubt, 1.0)) ** share)


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What the judgement needs besides the place.

    `dropped`: the electronics were at work between the loads, and now are not;
    `headless`: the beginning of the cycle was not seen.
    """

    step_s: float
    dropped: bool = False
    headless: bool = False


def judge(
    place: Place, memory: Memory, traits: KindTraits, around: Circumstances
) -> Judgement:
    """Say how long to wait in this place."""
    safe = safe_wait(place, memory, traits, around)
    step_s = around.step_s
    if traits.single_block:
        return _user_paced(safe, place, memory, step_s)
    seen = gather(place, memory, traits, step_s)
    outlast = max((outlast_s(length, step_s) for length in seen.threats), default=0.0)
    wait, still = outlast, 0.0
    witness = around.dropped and step_s == 0.0  # one poll may be mistaken
    if seen.motif or len(seen.near) + witness >= _ends_needed(place, traits):
        confirm = _confirm(len(seen.near), traits, around)
        if step_s and traits.tumbles:
            confirm = max(confirm, _tail_missing(place, seen.near, step_s))
        reason = Reason.CLOSING_MOTIF if seen.motif else Reason.KNOWN_END
        reason = Reason.KNOWN_PAUSE if outlast > confirm else reason
        wait = max(confirm, outlast)
    elif seen.near or seen.several:
        plausible = min(traits.plausible_s + 2.0 * step_s, safe.still_s)
        reason, wait = Reason.PLAUSIBLE_END, max(plausible, outlast)
    elif seen.clockwork:
        reason = Reason.KNOWN_PAUSE
    else:
        reason, still = Reason(safe.reason), safe.still_s
        reason = Reason.KNOWN_PAUSE if outlast > still else reason
    return Judgement(
        quiet_s=wait,
        still_s=still,
        reason=reason.value,
        ends=len(seen.near) + seen.motif,
        threats=len(seen.threats),
        short_s=min(seen.threats, default=0.0),
        long_s=max(seen.threats, default=0.0),
        safe_s=safe.still_s,
        dropped=around.dropped,
    )


def _ends_needed(place: Place, traits: KindTraits) -> int:
    """Tell how many known ends make one: after drying no more than of a dryer."""
    dried = place[HEATER] <= DRIED_WITHIN_S
    return min(ENDS_NEEDED, traits.ends_needed) if dried else traits.ends_needed


def _user_paced(
    safe: Judgement, place: Place, memory: Memory, step_s: float
) -> Judgement:
    """Wait for a user who mostly goes on from here (pads: heated up, then brewed)."""
    ends, lengths = at_position(place, memory)
    if not lengths or len(lengths) < MOSTLY * (len(lengths) + ends):
        return safe
    wait = min(outlast_s(max(lengths), step_s), LONGEST_FOR_USER_S)
    return Judgement(
        quiet_s=wait,
        reason=Reason.KNOWN_PAUSE.value,
        ends=ends,
        threats=len(lengths),
        short_s=min(lengths),
        long_s=max(lengths),
        safe_s=safe.still_s,
    )


def safe_wait(
    place: Place, memory: Memory, traits: KindTraits, around: Circumstances
) -> Judgement:
    """Wait as the kind asks, less what the sensor's own reporting takes."""
    lag_s = max(REPORTING_S, min(around.step_s, LARGEST_LAG_SHARE * traits.safe_wait_s))
    wait, reason = traits.safe_wait_s - lag_s, Reason.SAFE_WAIT
    if _early(place, traits) and not around.headless:
        wait, reason = wait * EARLY_FACTOR, Reason.EARLY
    longest = _longest([row[LENGTH] for row in memory.pauses])
    if not traits.single_block and longest * LONGEST_FACTOR > wait:
        wait = longest * LONGEST_FACTOR
    return Judgement(still_s=wait, safe_s=wait, reason=reason.value)


def _longest(lengths: Sequence[float]) -> float:
    """Find the longest pause; a very long one counts only if it came twice."""
    ordered = sorted(lengths, reverse=True)
    for longer, shorter in itertools.pairwise([*ordered, 0.0]):
        if longer <= BREAK_S or longer - shorter <= RECURRING_SHARE * longer:
            return longer
    return 0.0


def _early(place: Place, traits: KindTraits) -> bool:
    """Say whether hardly any programme of this kind ends so early."""
    if place[WH] < traits.least_wh:  # a drain check, a button: no programme at all
        return False
    return place[WH] < traits.early_wh or place[ELAPSED] < traits.early_s


def _middle(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


def _tail_missing(place: Place, near: Sequence[Place], step_s: float) -> float:
    """Tell how long ago the steadiest level must still get before an end is due.

    Polls may miss the last turns of a drum for minutes. What follows the last spin is
    of one length, so the end is not before the middle one known, seen from there.
    """
    tails = [
        (max(ages) - min(ages), _middle(ages) - place[level])
        for level in range(len(LEVELS_W))
        if 2.0 * step_s
        < max(ages := [end[level] for end in near], default=0.0)
        < LONGEST_TAIL_S
    ]
    return min(tails)[1] + step_s if tails else 0.0


def _confirm(ends: int, traits: KindTraits, around: Circumstances) -> float:
    """Tell how much quiet confirms an end that is known so often.

    Between two polls a drum may turn: without electronics that have gone off, it takes
    one sample more.
    """
    steps = 1.0 if ends > ENDS_NEEDED else 2.0
    if traits.tumbles and not around.dropped:
        steps = 3.0
    return max(CONFIRM_S, steps * around.step_s)
