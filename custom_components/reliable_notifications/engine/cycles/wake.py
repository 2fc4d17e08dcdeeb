"""When the detector wants to be called again, if nothing is reported before.

Must not decide: being called too early costs nothing.
"""

from __future__ import annotations

from custom_components.reliable_notifications.engine.vocabulary import (
    ApplianceState,
    Instant,
)

from .aside import aside_in
from .cut import cut_in
from .decide import PAUSE_SHOWN_AFTER_S, PUMPED_OUT_AFTER_S, is_void, void_in
from .machine import IN_CYCLE
from .tracker import Tracker
from .trust import distrust_in

# The longest time between two looks while a cycle runs (how late a flat rest is seen),
# and the shortest time to a wake-up (rounding must not make it the present).
LOOK_EVERY_S = 60.0
SOONEST_S = 0.5


def wake_at(of: Tracker) -> Instant | None:
    """Tell the next instant at which something can follow from the value held."""
    wait = _wait(of)
    return None if wait is None else of.heard.at + max(wait, SOONEST_S)


def _wait(of: Tracker) -> float | None:
    watts = of.heard.watts
    if of.state in IN_CYCLE:
        return distrust_in(of) if watts is None else _wait_in_cycle(of, watts)
    return None if watts is None else _wait_outside(of, watts)


def _wait_in_cycle(of: Tracker, watts: float) -> float:
    load = of.load
    if watts >= of.threshold:
        soon = load.quiet_s > 0.0 or of.revival.is_open
        active_in = load.active_in(of.cadence.step, of.traits)
        return max(active_in, 1.0) if soon else LOOK_EVERY_S
    if of.state is not ApplianceState.PAUSED or of.revival.is_activity:
        stops = load.quiet_s == 0.0 and of.witness.is_open
        return SOONEST_S if stops else PAUSE_SHOWN_AFTER_S - load.quiet_s
    waits = [of.quiet_missing()]
    if is_void(of):
        waits.append(void_in(of))
    if (cut_s := cut_in(of)) is not None:
        waits.append(cut_s)
    return min(waits)


def _wait_outside(of: Tracker, watts: float) -> float | None:
    onset, aside_s = of.onset, aside_in(of, watts)
    if not onset.is_open:
        return aside_s
    wait_s = onset.settled_in(watts, of.start_from_w, of.traits)
    if of.traits.pumps_out and onset.quiet_s < PUMPED_OUT_AFTER_S:
        wait_s = min(wait_s, PUMPED_OUT_AFTER_S - onset.quiet_s)
    return wait_s if aside_s is None else min(wait_s, aside_s)
