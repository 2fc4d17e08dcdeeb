"""What follows: the next signal, if what is known gives one.

Must not change anything but the judgement of a quiet that has just begun.
"""

from __future__ import annotations

from custom_components.reliable_notifications.engine.vocabulary import ApplianceState

from .aside import find_aside
from .cut import cut_in, find_after_cut, goes_on
from .energy import JOULES_PER_WH
from .evidence import Reason
from .machine import AFTER_END, IN_CYCLE, Signal
from .onset import Onset
from .place import ELAPSED, WH
from .tracker import PULSES_WITHIN_S, Tracker
from .trust import find_distrust

# Quiet for this long inside a cycle is shown as a pause: drums rest up to 25 s.
PAUSE_SHOWN_AFTER_S = 30.0

# Without a word for so long outside a cycle, nothing is known of it any more.
UNKNOWN_AFTER_S = 86400.0

# A load that comes back after so much quiet may be somebody's next load: opening,
# unloading and loading take minutes. Dishwashers pause for minutes between two rounds.
NEXT_LOAD_AFTER_S = 180.0
# So much load, and it is no pump-out (25-75 s) but a programme.
NEXT_LOAD_PROOF_S = 80.0
# Or, where it begins as cycles of this appliance do. After an end known that well (so
# often, and never with a pause in its place) half a minute is enough.
OPENING_AFTER_S = 180.0
SURE_ENDS = 3
# A slower sensor has hardly a sample of what is compared.
OPENING_STEP_S = 15.0
# A cycle that is over has at least this share of the shortest and the smallest known.
WHOLE_SHARE = 0.7
# No load is put in after a shorter cycle than this.
SHORTEST_CYCLE_S = 600.0

# What has begun with less than a cycle needs, and has rested for so long, was a drain
# check or a button: the longest rest at the beginning of a programme is a soak of
# minutes after minutes of load.
VOID_AFTER_S = 300.0

# A load within so long after a finish may belong to the finished cycle: the longest
# drying pause known of any machine is an hour.
BELONGS_WITHIN_S = 3900.0
# A pump-out is shorter and smaller than this (measured: 25-75 s, up to 3.2 Wh).
PUMP_OUT_S = 100.0
PUMP_OUT_WH = 4.0
# A coffee machine keeps warm with the heater that brews: for a third of a block, and
# for half a minute at most.
PULSE_SHARE = 0.35
LONGEST_PULSE_S = 30.0
# So much load, and somebody has taken up again what looked finished: pulses that keep
# a boiler warm are shorter (2-6 s).
TAKEN_UP_S = 7.0
# Heating up takes a boiler a minute or two; what lasted longer has brewed already, and
# a load after that keeps it warm.
HEATED_UP_S = 150.0
# Where the cycles themselves last for fewer polls than this, one sample is all that
# there may be of the next one.
POLLED_CYCLE_STEPS = 4.0
# The least load that a pump-out after the end is: shorter ones are buttons and lamps.
PUMP_OUT_FROM_S = 20.0
# No load for so long after it: the pump has done.
PUMPED_OUT_AFTER_S = 45.0
# A cycle that was ended with less of its energy than this share of every other one.
INCOMPLETE_SHARE = 0.6

type Found = tuple[Signal, Reason] | None


def find(of: Tracker) -> Found:
    """Find the next signal, if there is one."""
    if of.state in IN_CYCLE and (distrusted := find_distrust(of)) is not None:
        return distrusted
    if of.state is ApplianceState.RUNNING:
        quiet = of.load.quiet_s >= PAUSE_SHOWN_AFTER_S or of.cycle.overdue
        return (Signal.QUIET, Reason.NO_LOAD) if quiet or of.is_stopped() else None
    if of.state is ApplianceState.PAUSED:
        return _in_pause(of)
    return _unseen(of) if of.state is ApplianceState.STALE else _outside(of)


def _in_pause(of: Tracker) -> Found:
    watts = of.heard.watts
    if of.cycle.overdue:
        return Signal.OVER, Reason.SENSOR_WAS_ABSENT
    if watts is None:
        return _unseen(of)
    if of.revival.is_open and of.revival.is_activity:
        return _revived(of)
    if of.load.quiet_s == 0.0:
        return Signal.RESUMED, Reason.LOAD_ON
    return None if watts >= of.threshold else _after_quiet(of)


def _after_quiet(of: Tracker) -> Found:
    verdict, cut_s = of.verdict(), cut_in(of)
    void = is_void(of) and verdict.reason is None and void_in(of) <= 0.0
    if void or verdict.missing_s <= 0.0:
        return _over(of, verdict.reason or Reason(of.judgement.reason))
    if cut_s is not None and cut_s <= 0.0:
        return Signal.CUT, Reason.MAINS_LOST
    return None


def _over(of: Tracker, reason: Reason) -> Found:
    if is_void(of):
        return Signal.VOID, Reason.SHORT_RUN
    return (Signal.CUT if reason is Reason.NATIVE_FAILED else Signal.OVER), reason


def _unseen(of: Tracker) -> Found:
    """Take the appliance's own word, for want of a power sensor."""
    said = of.said_over()
    return None if said is None else _over(of, said)


def is_void(of: Tracker) -> bool:
    """Say whether what has begun is too little for a cycle so far."""
    return of.cycle.energy_wh < of.traits.least_wh


def void_in(of: Tracker) -> float:
    """Tell in how many seconds of rest it is too late for more."""
    return VOID_AFTER_S - of.load.still_s


def _revived(of: Tracker) -> Found:
    """Tell the programme that goes on from somebody's next load."""
    if _may_be_next_load(of):
        if of.revival.load_s >= NEXT_LOAD_PROOF_S:
            return Signal.OVER, Reason.NEW_LOAD
    elif not _may_begin_anew(of):
        return Signal.RESUMED, Reason.LOAD_ON
    elif of.opening.is_complete:
        return Signal.OVER, Reason.NEW_LOAD
    if of.load.quiet_s >= PAUSE_SHOWN_AFTER_S:
        return Signal.RESUMED, Reason.LOAD_ON
    return None


def _may_be_next_load(of: Tracker) -> bool:
    judged, revival = of.judgement, of.revival
    if not of.traits.splits or judged.ends == 0:
        return False
    return revival.pause_s >= NEXT_LOAD_AFTER_S and not judged.expects(revival.pause_s)


def _may_begin_anew(of: Tracker) -> bool:
    """Say whether the load that is back may be the beginning of another cycle."""
    judged, pause_s = of.judgement, of.revival.pause_s
    if not of.traits.splits or judged.expects(pause_s):
        return False
    if not of.witness.lets_load(of.revival.quiet_since):
        return False
    if of.cadence.step > OPENING_STEP_S or not _is_whole(of):
        return False
    if of.traits.tumbles and not (judged.ends or judged.dropped):
        return False  # it may be soaking: with its electronics on
    after_s = PAUSE_SHOWN_AFTER_S if _is_sure_end(of) else OPENING_AFTER_S
    return pause_s >= after_s and of.openings.is_beginning(of.opening)


def _is_sure_end(of: Tracker) -> bool:
    """Say whether cycles ended in this place so often, and never paused."""
    return of.judgement.ends >= SURE_ENDS and of.judgement.threats == 0


def _is_whole(of: Tracker) -> bool:
    """Say whether the cycle that rests is long and large enough to be over."""
    elapsed_s = of.revival.quiet_since - of.cycle.started_at
    wh = of.revival.joules_before / JOULES_PER_WH
    ends, traits = of.memory.ends, of.traits
    least_s = WHOLE_SHARE * min((end[ELAPSED] for end in ends), default=0.0)
    least_wh = WHOLE_SHARE * min((end[WH] for end in ends), default=0.0)
    long_enough = elapsed_s >= max(least_s, SHORTEST_CYCLE_S, traits.early_s)
    return long_enough and wh >= max(least_wh, traits.least_wh, traits.early_wh)


def _outside(of: Tracker) -> Found:
    if of.heard.watts is None:
        known = of.state is not ApplianceState.UNKNOWN
        lost = known and of.heard.absent_s >= UNKNOWN_AFTER_S
        return (Signal.LOST, Reason.SENSOR_SILENT) if lost else None
    if of.state is ApplianceState.STARTING:
        return _at_start(of)
    if of.state in AFTER_END:
        return _after_cycle(of) or find_aside(of)
    if of.onset.is_open:
        if of.state is ApplianceState.INTERRUPTED and goes_on(of):
            return find_after_cut(of)
        return Signal.LOAD, Reason.PROVING_START
    if of.state is ApplianceState.UNKNOWN:
        return Signal.HEARD, Reason.NO_LOAD
    return find_aside(of)


def _at_start(of: Tracker) -> Found:
    if of.onset.proves(of.traits):
        return Signal.PROVEN, Reason.LOAD_ON
    return None if of.onset.is_open else (Signal.FADED, Reason.NO_LOAD)


def _after_cycle(of: Tracker) -> Found:
    """Tell a new cycle from a pulse, a pump-out and a finish that was none."""
    onset, traits = of.onset, of.traits
    if not onset.is_open:
        return None
    gap_s = onset.since - of.cycle.ended_at
    pulses = traits.pulses_after and gap_s <= PULSES_WITHIN_S
    step_s = of.cadence.step if pulses else 0.0
    if of.cycle.lasted_s < POLLED_CYCLE_STEPS * step_s:
        step_s = 0.0
    if gap_s <= traits.reopens_s and _is_taken_up(onset, of.cycle.lasted_s):
        return Signal.REOPENED, Reason.LOAD_ON
    belongs = gap_s <= BELONGS_WITHIN_S
    if belongs and traits.pumps_out and _is_pump_out(onset):
        return (Signal.AMENDED, Reason.NO_LOAD) if _pumped_out(onset) else None
    if not onset.proves(traits, step_s) or (pulses and onset.load_s < _pulse_s(of)):
        return None
    # a door that was opened since was opened for a new load, but if it does so itself
    reloaded = of.witness.opened_since(of.cycle.ended_at) and not traits.pumps_out
    if belongs and traits.doubts and not reloaded and _was_no_end(of, gap_s):
        return Signal.REOPENED, Reason.LOAD_ON
    return Signal.LOAD, Reason.PROVING_START


def _is_taken_up(onset: Onset, lasted_s: float) -> bool:
    """Say whether somebody goes on with a machine that had only heated up."""
    return lasted_s <= HEATED_UP_S and onset.load_s >= TAKEN_UP_S


def _pulse_s(of: Tracker) -> float:
    """Tell how long a load may be kept warm by pulses, from the block before."""
    if not of.traits.single_block:
        return 0.0
    return min(PULSE_SHARE * of.cycle.lasted_s, LONGEST_PULSE_S)


def _pumped_out(onset: Onset) -> bool:
    return onset.quiet_s >= PUMPED_OUT_AFTER_S and onset.pumped_s >= PUMP_OUT_FROM_S


def _is_pump_out(onset: Onset) -> bool:
    """Say whether the load is so short and small that it may be a pump-out."""
    small = onset.joules_used < PUMP_OUT_WH * JOULES_PER_WH
    return small and onset.pumped_s < PUMP_OUT_S


def _was_no_end(of: Tracker, gap_s: float) -> bool:
    """Say whether the same pause, or all other cycles, show that it went on."""
    if of.memory.repeats(gap_s, of.cadence.step):
        return True
    others = of.memory.ends[:-1]
    if of.judgement.ends or len(others) < 2:
        return False
    least = min(end[WH] for end in others)
    return of.cycle.energy_wh < INCOMPLETE_SHARE * least
