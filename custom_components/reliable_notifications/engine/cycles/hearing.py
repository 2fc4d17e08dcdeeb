"""A witness is heard, and what the appliance did is seen in its light.

Must not decide when a cycle is over: that is `decide`, by the verdict.
"""

from __future__ import annotations

from custom_components.reliable_notifications.engine.vocabulary import (
    ApplianceState,
    Instant,
)

from .audit import TOGETHER_S, Outage
from .energy import JOULES_PER_WH
from .machine import IN_CYCLE
from .snapshot import NEVER
from .tracker import Tracker
from .witness import Counted, Said


def take(of: Tracker, at: Instant, said: Said) -> None:
    """Take what a witness says at an instant up to which time has passed."""
    if isinstance(said, Counted):
        _audit(of, at, said.wh)
        return
    of.witness.hear(at, said)
    unseen = of.heard.watts is None and of.state in IN_CYCLE
    if unseen and of.said_over() is not None:
        # the power sensor went away first: this word is the last sign of the cycle
        of.load.active_at = max(of.load.active_at, min(at, of.heard.at))
        of.cycle.estimated = True


def _audit(of: Tracker, at: Instant, wh: float) -> None:
    audit = of.audit
    if (used := audit.hear(at, wh)) is None:
        return
    watts = of.heard.watts
    in_cycle = of.state in IN_CYCLE
    if in_cycle and watts is not None and watts >= of.threshold:
        if audit.is_stuck(used):
            _disbelieve(of, watts)
    elif audit.stuck_w != NEVER and used > of.threshold * _hours(audit.held_s):
        of.heard.watts, audit.stuck_w = audit.stuck_w, NEVER  # it works again
    audit.follow(at, used, of.threshold)
    settle_outage(of)
    if in_cycle and watts is not None:
        audit.watch_quiet(at, of.load.active_at, of.threshold)


def _hours(seconds: float) -> float:
    return seconds / JOULES_PER_WH


def _disbelieve(of: Tracker, watts: float) -> None:
    """Take back the work that a stuck value made believe."""
    seconds = min(of.audit.held_s, of.heard.at - of.cycle.started_at)
    of.meter.joules -= watts * seconds
    of.cycle.active_joules = min(of.cycle.active_joules, of.meter.joules)
    of.load.rested(seconds, of.heard.at)
    of.trail.forget_after(of.load.active_at)
    of.revival.close()
    of.cycle.estimated = True
    of.audit.stuck_w = watts
    of.heard.watts = 0.0
    of.audit.changed()


def settle_outage(of: Tracker) -> None:
    """See an outage of the power sensor in the light of the counter, once it spoke."""
    audit, heard = of.audit, of.heard
    if not audit.knows_gap or heard.watts is None:
        return
    found = audit.outage(of.threshold)
    if of.state in IN_CYCLE and found is not Outage.UNCLEAR:
        used_wh = audit.gap_used_wh()
        of.meter.joules = audit.gap_joules + (used_wh + audit.after_wh) * JOULES_PER_WH
        if heard.watts < of.threshold:
            _rested(of) if found is Outage.QUIET else _worked(of, used_wh)
            if of.state is ApplianceState.PAUSED:
                of.judge()
    audit.forget_gap()


def _rested(of: Tracker) -> None:
    """Count the outage as quiet."""
    load, audit = of.load, of.audit
    seconds = audit.gap_until - audit.gap_from
    load.quiet_s += seconds
    load.still_s += seconds
    load.fresh_quiet_s = load.quiet_s
    of.cycle.estimated = of.cycle.overdue = False


def _worked(of: Tracker, used_wh: float) -> None:
    """Move the last activity into the outage, as far as what was used reached."""
    load, audit, cycle = of.load, of.audit, of.cycle
    fresh_s = load.fresh_quiet_s
    if audit.gap_from < audit.moved_at < audit.gap_until - TOGETHER_S:
        stopped_at = audit.moved_at
    else:  # by the mean power of the cycle so far
        lasted_s = max(audit.gap_from - cycle.started_at, 1.0)
        mean_w = max(audit.gap_joules / lasted_s, of.threshold)
        stopped_at = audit.gap_from + used_wh * JOULES_PER_WH / mean_w
    stopped_at = min(stopped_at, audit.gap_until)
    load.rested(of.heard.at - stopped_at, of.heard.at)
    load.fresh_quiet_s = min(fresh_s, load.quiet_s)
    cycle.active_joules = of.meter.joules
    cycle.estimated = True
