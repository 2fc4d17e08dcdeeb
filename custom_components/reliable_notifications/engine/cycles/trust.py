"""Whether the last value may still be taken for true while a cycle runs.

A sensor that is unavailable says so. One that has lost the last report, or its radio,
goes on showing two kilowatts: when that has lasted longer than any silence of this
sensor at such power, the value is set aside, as if the sensor were away since then.
The cycle is *stale* until something is heard. Of an appliance whose programmes are
known, a stuck value is taken for the end when none of them lasts so long.

Must not end a cycle because a sensor that says so is unavailable.
"""

from __future__ import annotations

from custom_components.reliable_notifications.engine.vocabulary import ApplianceState

from .evidence import Reason
from .holds import is_same
from .machine import Signal
from .programmes import marks_within
from .tracker import Tracker

# The sensor away for so long in a cycle: nobody knows what happened. Longer than any
# rest of a programme, shorter than the time between two loads of a day.
LONGEST_ABSENCE_S = 7200.0

# A stuck value ends the cycle when it was doubtful twice over and for two hours at
# least, if so many cycles have shown how long they take.
BEYOND_DOUBT = 2.0
CYCLES_KNOWN = 3


def find_distrust(of: Tracker) -> tuple[Signal, Reason] | None:
    """Find that a cycle becomes stale, or what follows after that."""
    heard = of.heard
    if of.state is ApplianceState.STALE:
        return _while_stale(of)
    if heard.watts is None:
        silent = heard.absent_s >= LONGEST_ABSENCE_S
        return (Signal.STALE, Reason.SENSOR_SILENT) if silent else None
    if heard.watts >= of.threshold and _doubted_in(of, heard.watts) <= 0.0:
        return Signal.STALE, Reason.SENSOR_STUCK
    return None


def _while_stale(of: Tracker) -> tuple[Signal, Reason] | None:
    heard = of.heard
    if heard.watts is None:
        left_s = _presumed_in(of) if heard.is_stuck else None
        over = left_s is not None and left_s <= 0.0
        return (Signal.OVER, Reason.SENSOR_STUCK) if over else None
    if of.load.quiet_s == 0.0:
        return Signal.RESUMED, Reason.LOAD_ON
    return Signal.QUIET, Reason.NO_LOAD


def _doubted_in(of: Tracker, watts: float) -> float:
    silent_s = of.heard.at - of.heard.reported_at
    return of.holds.doubtful_from(watts) - silent_s


def _presumed_in(of: Tracker) -> float | None:
    """Tell in how many seconds a stuck value is taken for the end, if ever."""
    if of.cycle.count < CYCLES_KNOWN:
        return None
    doubted_s = BEYOND_DOUBT * of.holds.doubtful_from(of.heard.before_absence_w)
    lengths = [programme.length_s for programme in of.programmes.known()]
    return max(doubted_s, LONGEST_ABSENCE_S, *lengths) - of.heard.absent_s


def distrust_in(of: Tracker) -> float | None:
    """Tell in how many seconds of absence something follows from it."""
    if of.state is not ApplianceState.STALE:
        return LONGEST_ABSENCE_S - of.heard.absent_s
    return _presumed_in(of) if of.heard.is_stuck else None


def set_aside(of: Tracker) -> None:
    """Take back what was counted since the last report: nobody knows what was."""
    heard, load = of.heard, of.load
    watts, silent_s = heard.watts or 0.0, heard.at - heard.reported_at
    heard.is_stuck, heard.before_absence_w, heard.watts = True, watts, None
    heard.absent_s = silent_s
    of.revival.close()
    of.meter.joules = max(0.0, of.meter.joules - watts * silent_s)
    of.meter.outage(silent_s, watts)
    of.cycle.active_joules = min(of.cycle.active_joules, of.meter.joules)
    of.cycle.estimated = True
    load.active_at = min(load.active_at, heard.reported_at)
    of.trail.forget_after(load.active_at)
    lasted_s = load.active_at - of.cycle.started_at
    del of.course.marks[marks_within(lasted_s) :]


def take_back(of: Tracker, watts: float) -> None:
    """Hear from a stuck sensor again: if it says the same, it was right all along."""
    heard, held, silent_s = of.heard, of.heard.before_absence_w, of.heard.absent_s
    heard.is_stuck = False
    if not is_same(watts, held):
        return
    of.holds.reported(held, silent_s)
    of.meter.joules += held * silent_s
    of.meter.gap_s = heard.absent_s = 0.0
