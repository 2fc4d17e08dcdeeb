"""What an appliance does between two cycles: waits to start, turns against creases.

Must not begin, end or reopen a cycle.
"""

from __future__ import annotations

from custom_components.reliable_notifications.engine.vocabulary import (
    ApplianceState,
    Instant,
)

from .evidence import Reason
from .machine import AFTER_END, Signal
from .tracker import Tracker

_MAY_BE_PROGRAMMED = frozenset(
    {ApplianceState.IDLE, ApplianceState.FINISHED, ApplianceState.INTERRUPTED}
)


def may_be_delayed(of: Tracker) -> bool:
    """Say whether it checks its drain before it waits for its start."""
    return of.traits.tumbles or of.traits.pumps_out


def may_turn(of: Tracker) -> bool:
    """Say whether it turns the laundry after the end; keeping coffee warm is none."""
    return of.traits.pulses_after and not of.traits.single_block


def hold(of: Tracker, seconds: float, until: Instant, watts: float) -> None:
    """Let time pass outside a cycle."""
    if of.state in AFTER_END and may_turn(of):
        of.pulses.hold(seconds, until, of.cadence.step, on=watts >= of.threshold)
        if of.traits.steady and of.onset.load_s == 0.0:
            of.onset.close()  # a turn that is over is not the beginning of a load
    off_w = of.standby.bottom
    if off_w is not None and may_be_delayed(of):
        of.delayed.hold(seconds, watts, off_w, of.start_from_w)


def find_aside(of: Tracker) -> tuple[Signal, Reason] | None:
    """Find what changes between two cycles."""
    state, is_set = of.state, of.delayed.is_set
    if state is ApplianceState.WAITING_TO_START:
        return None if is_set else (Signal.SWITCHED_OFF, Reason.NO_LOAD)
    if state in _MAY_BE_PROGRAMMED and is_set:
        return Signal.PROGRAMMED, Reason.PROGRAMMED
    if state not in AFTER_END:
        return None
    turns = of.pulses.is_habit(of.heard.at)
    if turns and state is ApplianceState.FINISHED:
        return Signal.PULSED, Reason.TURNING
    if not turns and state is ApplianceState.ANTI_CREASE:
        return Signal.CALMED, Reason.NO_LOAD
    return None


def aside_in(of: Tracker, watts: float) -> float | None:
    """Tell in how many seconds that may change, if the power stays."""
    if of.state is ApplianceState.ANTI_CREASE:
        return of.pulses.goes_on_in(of.heard.at)
    off_w = of.standby.bottom
    return None if off_w is None else of.delayed.changes_in(watts, off_w)
