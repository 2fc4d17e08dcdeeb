"""What belongs to each signal: the state, the records and the event that tells of it.

Must not decide whether a signal is right.
"""

from __future__ import annotations

from custom_components.reliable_notifications.engine.vocabulary import (
    ApplianceState,
    CycleEvent,
)

from .decide import OPENING_AFTER_S, PAUSE_SHOWN_AFTER_S
from .energy import EnergyMeter
from .evidence import Judgement, Reason
from .machine import ANNOUNCES, IN_CYCLE, Signal, after
from .place import Trail
from .programmes import Course, marks_within
from .pulses import Pulses
from .snapshot import NEVER
from .tracker import Tracker
from .trust import set_aside

# A start is seen if the sensor was there before it, be it for seconds: sockets that are
# switched on with the appliance come up just before it.
SEEN_BEFORE_S = 5.0

# A load so soon after an end makes that doubtful: soaks last up to 40 min, and people
# who come back later than that mostly bring a new load.
DOUBT_WITHIN_S = 2700.0


def turn(of: Tracker, signal: Signal, reason: Reason) -> tuple[CycleEvent, ...]:
    """Take the signal: change the state, do what belongs to it, tell it."""
    sure = of.end_confidence() if signal is Signal.OVER else None
    of.state = after(of.state, signal)
    if signal is Signal.PROVEN:
        _begin(of)
    elif signal in (Signal.QUIET, Signal.STALE):
        _weigh(of, reason)
    elif signal is Signal.RESUMED:
        _resume(of)
    elif signal is Signal.OVER:
        _finish(of, reason)
    elif signal in (Signal.CUT, Signal.VOID):
        _cut(of, reason)
    elif signal is Signal.REOPENED:
        _reopen(of)
    elif signal is Signal.AMENDED:
        _amend(of)
    elif signal is Signal.LOST:
        of.onset.close()
    kind = ANNOUNCES.get(signal)
    if kind is None or of.cycle.silent:
        return ()
    return (of.cycle.event(kind, of.heard.at, reason.value, sure),)


def told_over(of: Tracker, reason: Reason) -> tuple[CycleEvent, ...]:
    """End the running cycle because a person says so.

    What still runs belongs to it: no start is looked for before the next rest.
    """
    if of.state not in IN_CYCLE:
        return ()
    of.heard.disregards_load = True
    if reason is Reason.DISCARDED:
        return turn(of, Signal.CUT, reason)
    if of.state is ApplianceState.RUNNING:
        turn(of, Signal.QUIET, reason)
    return turn(of, Signal.OVER, reason)


def _weigh(of: Tracker, reason: Reason) -> None:
    """Weigh the last activity; what a stuck sensor showed after it was none."""
    if reason is Reason.SENSOR_STUCK:
        set_aside(of)
    of.judge()


def _cut(of: Tracker, reason: Reason) -> None:
    cycle = of.cycle
    cycle.ended_at = max(of.load.active_at, cycle.started_at)
    of.neighbours.cycle_over()
    of.mains.is_cut = reason is Reason.MAINS_LOST
    if reason is Reason.SHORT_RUN:  # a door lock before the cycle it is for
        cycle.short_runs += 1
        of.delayed.void()
        of.standby.teach()  # what it rests at looked like a start
        of.set_threshold()
    else:
        of.delayed.ended()
    if of.mains.is_cut:  # it may go on
        return
    of.memory.pending.clear()
    if reason is not Reason.SHORT_RUN:
        cycle.chosen = -1


def _begin(of: Tracker) -> None:
    onset = of.onset
    gap_s = onset.since - of.cycle.ended_at
    known = of.judgement.ends > 0 and of.judgement.dropped
    reloaded = of.witness.opened_since(of.cycle.ended_at)
    doubted = of.traits.doubts and not (known or reloaded)
    if of.cycle.id and gap_s <= DOUBT_WITHIN_S and doubted:
        of.memory.followed(gap_s)
    of.pattern.begin(onset.since)
    of.cycle.silent = of.unfit is not None
    of.cycle.headless = onset.since - of.heard.present_since < SEEN_BEFORE_S
    of.cycle.begin(onset.since, onset.joules_used, of.heard.watts or 0.0)
    of.meter = EnergyMeter(joules=onset.joules_used)
    of.trail = Trail()
    of.course = Course()
    of.judgement = Judgement()
    of.mains.begin()
    of.delayed.began()
    of.memory.pending.clear()
    of.load.begin(of.heard.at, of.cadence.step, of.traits)
    onset.close()
    of.revival.close()
    of.witness.begin()


def _resume(of: Tracker) -> None:
    """Note the pause that is over."""
    revival = of.revival
    if not revival.is_open:  # electronics at work, seen by a poll: no pause, no load
        return
    if revival.pause_s >= OPENING_AFTER_S:
        of.openings.resumed(of.opening.marks)
    if not of.witness.by_hand(revival.quiet_since):
        of.memory.settle(of.trail.onset, revival.pause_s, resumed=True)
        of.memory.saw_pause(of.trail.onset, revival.pause_s, of.cadence.step)
        of.trail.paused(revival.pause_s, revival.at, of.cadence.step)
    revival.close()


def _finish(of: Tracker, reason: Reason) -> None:
    cycle, revival = of.cycle, of.revival
    cycle.ended_at = max(of.load.active_at, cycle.started_at)
    first = of.opening.first
    if reason is Reason.NEW_LOAD:
        of.opening.take_for_first()
        cycle.ended_at = revival.quiet_since
        cycle.active_joules = revival.joules_before
        of.onset.resume(revival.at, revival.joules, revival.load_s, of.heard.at)
    of.memory.settle(of.trail.onset, of.load.quiet_s, resumed=False)
    of.memory.outlast(of.trail.onset, of.load.quiet_s)
    blind = cycle.estimated or cycle.overdue or cycle.headless
    certain = not (blind or reason is Reason.NEW_LOAD)
    of.pulses = Pulses()
    of.delayed.ended()
    of.neighbours.cycle_over()
    if of.load.quiet_s < PAUSE_SHOWN_AFTER_S:  # a person said so while it worked
        certain = False
    of.memory.learn(of.trail.onset if certain else None)
    if certain:
        of.mains.ended()
    if certain and not of.traits.may_be_unfit:
        _learn_programme(of)
    if of.programmes.named(cycle.chosen) is not None:
        cycle.programme = cycle.chosen
    cycle.chosen = -1
    _learn_opening(of, certain=certain, first=first, reason=reason)
    cycle.estimated = cycle.estimated or cycle.overdue
    cycle.overdue = False
    cycle.count += 1
    of.witness.end(cycle.started_at, cycle.ended_at)


def _learn_opening(
    of: Tracker, *, certain: bool, first: list[float], reason: Reason
) -> None:
    """Take in how the cycle began, and settle doubts whether it was one."""
    openings = of.openings
    if openings.doubted:
        openings.settle(was_cycle=_is_like_others(of))
    elif certain:
        openings.began(first)
    if reason is Reason.NEW_LOAD and of.judgement.ends == 0:
        openings.doubt(of.opening.marks)


def _learn_programme(of: Tracker) -> None:
    """Take the cycle into its programme, and note first what that took before."""
    cycle = of.cycle
    lasted_s = max(cycle.lasted_s, 1.0)
    marks = of.course.marks[: marks_within(lasted_s)]
    before = of.programmes.like(lasted_s, cycle.energy_wh, marks)
    if before is not None:
        cycle.usual_s, cycle.usual_wh = before.length_s, before.wh
    cycle.programme = of.programmes.learn(lasted_s, cycle.energy_wh, marks)
    of.runs.keep_only([each.id for each in of.programmes.known()])
    of.runs.learn(cycle.programme, lasted_s, cycle.energy_wh, marks)


def _is_like_others(of: Tracker) -> bool:
    """Say whether the cycle that is over is one of a programme seen before."""
    programme = of.programmes.named(of.cycle.programme)
    return programme is not None and programme.count > 1


def _reopen(of: Tracker) -> None:
    """Go on with the cycle that was taken for over, and learn from the mistake."""
    cycle, onset = of.cycle, of.onset
    if of.mains.is_cut:  # nothing was learned, and the programme did not pause
        of.mains.begin()
    else:
        gap_s = onset.since - cycle.ended_at
        of.memory.unlearn_end(gap_s, of.cadence.step)
        of.trail.paused(gap_s, onset.since, of.cadence.step)
        cycle.count -= 1
    of.meter.joules += onset.joules_used
    cycle.active_joules = of.meter.joules
    cycle.ended_at = NEVER
    of.witness.goes_on()
    of.load.begin(of.heard.at, of.cadence.step, of.traits)
    onset.close()


def _amend(of: Tracker) -> None:
    """Move the end of the finished cycle to the pump-out that came after it."""
    cycle, onset = of.cycle, of.onset
    gap_s = onset.since - cycle.ended_at
    of.memory.unlearn_end(gap_s, of.cadence.step)
    of.trail.paused(gap_s, onset.since, of.cadence.step)
    of.load.active_at = cycle.ended_at = onset.loaded_until
    cycle.active_joules += onset.joules_used
    of.memory.learn(of.place())
    onset.close()
