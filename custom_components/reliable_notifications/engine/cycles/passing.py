"""Time passes with the last value, and a new value is heard.

What is counted where depends on whether a cycle runs; what follows from the counts
is decided elsewhere.

Must not change the state of the appliance.
"""

from __future__ import annotations

from custom_components.reliable_notifications.engine.vocabulary import (
    ApplianceState,
    Instant,
    Reading,
)

from .aside import hold as hold_aside
from .machine import IN_CYCLE
from .onset import FORGOTTEN_AFTER_S
from .readings import usable
from .snapshot import NEVER
from .tracker import Tracker
from .trust import LONGEST_ABSENCE_S, take_back

# Quiet shorter than this when the sensor went away: the end may lie in the absence.
WORKING_WITHIN_S = 30.0

# A rest of up to so long is one between two turns of a drum.
SHORT_REST_S = 30.0

# A load that came back and rests again for so long was a pulse.
PULSE_OVER_S = 60.0


def accepts(of: Tracker, reading: Reading) -> bool:
    """Say whether the reading is of use; count it if not."""
    heard = of.heard
    if reading.at <= heard.reported_at:
        heard.ignored += 1
        return False
    if reading.watts is not None and usable(reading.watts) is None:
        heard.rejected += 1
        return False
    if reading.watts is not None and heard.watts is not None:
        distance = reading.at - heard.reported_at
        of.cadence.note(distance, changed=reading.watts != heard.watts)
        of.holds.reported(heard.watts, distance)
        of.mains.reported(reading.watts)
    heard.reported_at = reading.at
    return True


def hear(of: Tracker, watts: float | None) -> None:
    """Take over the value; None is the absence of the sensor."""
    heard = of.heard
    if watts is None:
        if heard.watts is not None:
            heard.before_absence_w = heard.watts
            of.audit.power_gone(heard.at, of.meter.joules)
        heard.watts = None
        return
    watts = _believed(of, max(watts, 0.0))
    if watts != heard.watts:
        of.audit.changed()
    if heard.watts is None:
        heard.present_since = heard.at
        if heard.is_stuck:
            take_back(of, watts)
        if heard.absent_s > 0.0:
            _return(of, watts)
    heard.watts = watts
    of.pattern.watched(heard.at)
    if of.state not in IN_CYCLE:
        _open_start(of, heard.at, watts)


def _believed(of: Tracker, watts: float) -> float:
    """Take a value that the counter has shown to be stuck for rest, until it moves."""
    if watts == of.audit.stuck_w:
        return 0.0
    of.audit.stuck_w = NEVER
    return watts


def _open_start(of: Tracker, at: Instant, watts: float) -> None:
    """Begin to count towards a start, if a load is on that may be one."""
    if watts < of.start_from_w:
        of.heard.disregards_load = False
    elif not (of.onset.is_open or of.heard.disregards_load):
        since = max(at - of.cadence.unseen_s, of.cycle.ended_at)
        of.onset.open(since, of.strong_start_w)
        of.opening.begin(first=True)
        if not of.may_pulse:
            of.onset.credit(at - since, watts, of.start_from_w)


def _return(of: Tracker, watts: float) -> None:
    """Take up again after an absence of the sensor."""
    of.audit.power_back(of.heard.at)
    if of.state in IN_CYCLE:
        of.meter.back(watts)
        of.load.fresh_quiet_s = 0.0
        if of.load.quiet_s < WORKING_WITHIN_S:
            of.cycle.estimated = True
        of.cycle.overdue = of.heard.absent_s >= LONGEST_ABSENCE_S
    elif of.heard.absent_s >= FORGOTTEN_AFTER_S:
        of.onset.close()
    of.heard.absent_s = 0.0


def hold_until(of: Tracker, at: Instant) -> None:
    """Let time pass with the last value."""
    heard = of.heard
    seconds = at - heard.at
    if seconds <= 0.0:
        return
    first = heard.at == NEVER
    heard.at = at
    if first:
        return
    watts = heard.watts
    if watts is None:
        heard.absent_s += seconds
        if of.state in IN_CYCLE:
            of.meter.outage(seconds, heard.before_absence_w)
        return
    of.standby.hold(seconds, watts)
    if of.audit.hears:
        of.audit.hold(seconds, watts)
    if of.traits.has_programmes:
        of.neighbours.hold(seconds, at, watts, on=watts >= of.threshold)
    if of.state in IN_CYCLE:
        _hold_in_cycle(of, seconds, at, watts)
    else:
        _hold_outside(of, seconds, at, watts)


def _hold_in_cycle(of: Tracker, seconds: float, at: Instant, watts: float) -> None:
    of.meter.joules += watts * seconds
    of.opening.hold(seconds, watts)
    of.course.note(at - of.cycle.started_at, of.meter.wh)
    if watts < of.threshold:
        _rest(of, seconds, at, watts)
    else:
        _work(of, seconds, at, watts)


def _rest(of: Tracker, seconds: float, at: Instant, watts: float) -> None:
    load, cycle, revival = of.load, of.cycle, of.revival
    of.mains.rest(seconds, watts)
    if load.quiet_s <= SHORT_REST_S:
        cycle.rest_s += seconds
        cycle.rest_joules += watts * seconds
    if of.electronics_hide_load and load.is_alive:
        load.stay(seconds, at, of.cadence.step)
        return
    load.rest(seconds, of.cadence.step, of.traits)
    if revival.is_open:
        revival.hold(seconds, watts, loaded=False)
        if revival.rest_s >= PULSE_OVER_S and not revival.is_activity:
            revival.close()


def _work(of: Tracker, seconds: float, at: Instant, watts: float) -> None:
    load, cycle, revival = of.load, of.cycle, of.revival
    if load.quiet_s > 0.0 and not revival.is_open:
        revival.open(
            at - seconds, load.active_at, load.unbroken_quiet_s, cycle.active_joules
        )
        if of.state is ApplianceState.PAUSED:
            of.opening.begin(first=False)
            of.opening.hold(seconds, watts)
    if revival.is_open:
        revival.hold(seconds, watts, loaded=True)
    of.mains.work()
    load.work(seconds, at, of.cadence.step, of.traits)
    if load.quiet_s == 0.0:
        cycle.active_joules = of.meter.joules
        cycle.estimated = False
        of.trail.work(watts, at)
        revival.is_activity = revival.is_open
    cycle.peak_w = max(cycle.peak_w, watts)
    of.pattern.work(seconds, watts)
    if of.standby.rests_flat(of.traits.safe_wait_s):
        _take_for_rest(of, watts)


def _take_for_rest(of: Tracker, watts: float) -> None:
    """Take the flat stretch that runs for rest, although it looked like a load."""
    of.load.rested(of.standby.flat_s, of.heard.at)
    of.cycle.active_joules -= watts * of.standby.flat_s
    of.standby.teach()
    of.set_threshold()


def _hold_outside(of: Tracker, seconds: float, at: Instant, watts: float) -> None:
    start_from_w = of.start_from_w
    _open_start(of, at - seconds, watts)
    if of.onset.is_open:
        of.opening.hold(seconds, watts)
        of.onset.hold(seconds, at, watts, start_from_w, of.traits.leak)
    if watts < start_from_w:
        of.standby.teach()
        of.set_threshold()
    hold_aside(of, seconds, at, watts)
