"""When the detector wants to be called again, if nothing is reported before.

Must not decide: being called too early costs nothing.
"""

from __future__ import annotations

from custom_components.reliable_notifications.engine.vocabulary import (
    ApplianceState,
    Instant,
)

from .decide import PAUSE_SHOWN_AFTER_S, PUMPED_OUT_AFTER_S
from .machine import IN_CYCLE
from .tracker import Tracker

# The longest time between two looks while a cycle runs (how late a flat rest is seen),
# and the shortest time to a wake-up (rounding must not make it the present).
LOOK_EVERY_S = 60.0
SOONEST_S = 0.5


def wake_at(of: Tracker) -> Instant | None:
    """Tell the next instant at which something can follow from the value held."""
    wait = _wait(of)
    return None if wait is None else of.heard.at + max(wait, SOONEST_S)


def _wait(of: Tracker) -> float | None:
    watts, load = of.heard.watts, of.load
    if watts is None:
        return None
    if of.state in IN_CYCLE:
        if watts >= of.threshold:
            soon = load.quiet_s > 0.0 or of.revival.is_open
            active_in = load.active_in(of.cadence.step, of.traits)
            return max(active_in, 1.0) if soon else LOOK_EVERY_S
        if of.state is ApplianceState.PAUSED and not of.revival.is_activity:
            return of.quiet_missing()
        stops = load.quiet_s == 0.0 and of.witness.is_open
        return SOONEST_S if stops else PAUSE_SHOWN_AFTER_S - load.quiet_s
    onset = of.onset
    if not onset.is_open:
        return None
    settled_in = onset.settled_in(watts, of.start_from_w, of.traits)
    if of.traits.pumps_out and onset.quiet_s < PUMPED_OUT_AFTER_S:
        return min(settled_in, PUMPED_OUT_AFTER_S - onset.quiet_s)
    return settled_in
