"""One dishwasher from day to day, as its detector sees it: power, state, confidence.

Must not judge.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from benchmarks.profiles import PROFILES
from benchmarks.shipped import factory
from benchmarks.traces import Appliance, Trace, TrueCycle
from custom_components.reliable_notifications.engine.vocabulary import Reading

PROFILE = "shelly"
BEFORE_S, AFTER_S = 600.0, 2700.0
EACH_S = 5.0
# A drying pause that everybody can see, and the first cycle in which it is known.
PAUSE_S = 900.0
KNOWN_FROM = 4
REST_W = 5.0


def day_of(metered: Sequence[Appliance]) -> dict[str, Any]:
    """Record a cycle with a long pause that is known; nothing if there is none."""
    for appliance in metered:
        if appliance.kind != "dishwasher":
            continue
        seen = 0
        for trace in appliance.traces:
            for cycle in trace.cycles:
                seen += _pauses(trace, cycle) >= PAUSE_S
                if seen == KNOWN_FROM:
                    return _recorded(appliance, trace, cycle)
    return {}


def _pauses(trace: Trace, cycle: TrueCycle) -> float:
    """Tell the longest rest inside the cycle."""
    end = trace.duration if cycle.end is None else cycle.end
    longest, since = 0.0, cycle.start
    for begin, until, watts in trace.segments:
        if watts is None or watts >= REST_W:
            since = until
        elif cycle.start <= begin and until <= end:
            longest = max(longest, until - since)
    return longest


def _recorded(appliance: Appliance, wanted: Trace, cycle: TrueCycle) -> dict[str, Any]:
    """Live up to that cycle, then look closely."""
    adapter = factory({"kind": appliance.kind})
    detector = adapter.detector
    seen: dict[str, Any] = {
        "t": [],
        "watts": [],
        "state": [],
        "reason": [],
        "confidence": [],
        "events": [],
        "start": cycle.start,
        "end": cycle.end,
        "name": appliance.name,
    }
    until = (cycle.end or wanted.duration) + AFTER_S
    for trace in appliance.traces:
        base = trace.begin - appliance.traces[0].begin
        due = 0.0
        for at, watts in PROFILES[PROFILE](trace, 0):
            close = trace is wanted and at >= cycle.start - BEFORE_S
            while close and due < at:
                if due >= cycle.start - BEFORE_S:
                    _look(seen, detector.step(due + base), due, detector)
                due += EACH_S
            step = detector.step(at + base, Reading(at + base, watts))
            due = max(due, at)
            if close:
                _look(seen, step, at, detector)
            if trace is wanted and at > until:
                return seen
    return seen


def _look(seen: dict[str, Any], step: Any, at: float, detector: Any) -> None:
    seen["t"].append(at)
    seen["watts"].append(detector.watts)
    seen["state"].append(detector.state.value)
    seen["reason"].append(detector.reason.key.value)
    seen["confidence"].append(detector.end_confidence)
    seen["events"] += [[at, event.kind.value] for event in step.events]
