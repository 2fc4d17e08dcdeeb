"""Uptime: how much of the time the whole way to a message was proven to work.

A self-test answers for the minute before it. Whatever no passed test answers
for counts as down, so a Home Assistant that was off has no way to look good.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..vocabulary import Instant
from .facts import Facts
from .windows import Stretch, covered

# Seconds between two self-tests. Uptime is defined in minutes (DESIGN section 6).
TEST_INTERVAL = 60.0
# Two tests further apart than this did not follow each other: Home Assistant was
# down, or stuck. Half an interval of slack for a busy start or a slow disk.
LONGEST_GAP = 90.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    """Seconds in which the pipeline was proven to work, out of those that count."""

    up: float
    total: float

    @property
    def share(self) -> float:
        """Between 0 and 1."""
        return self.up / self.total

    @property
    def down_minutes(self) -> float:
        """Minutes that nothing proves."""
        return (self.total - self.up) / 60


def measure(facts: Facts, seconds: float) -> Availability | None:
    """Availability in the last `seconds`; None while no full test has passed by."""
    stretch = _judged(facts, seconds)
    if stretch is None:
        return None
    start, end = stretch
    passed = [(span.start, span.end) for span in facts.uptime if span.passed]
    return Availability(up=covered(passed, start, end), total=end - start)


def last_trouble(facts: Facts, seconds: float) -> str | None:
    """Why the latest failed self-test of the last `seconds` failed."""
    since = facts.now - seconds
    failed = [span for span in facts.uptime if not span.passed and span.end > since]
    return max(failed, key=lambda span: span.end).reason if failed else None


def _judged(facts: Facts, seconds: float) -> Stretch | None:
    """From when to when a verdict is possible.

    The moments before the first test and after the latest are nobody's fault
    as long as they are shorter than a gap.
    """
    if facts.set_up_at is None:
        return None
    start: Instant = facts.set_up_at
    end: Instant = facts.now
    if facts.uptime:
        first = min(span.start for span in facts.uptime)
        latest = max(span.end for span in facts.uptime)
        if start < first <= start + LONGEST_GAP:
            start = first
        if end - LONGEST_GAP <= latest < end:
            end = latest
    start = max(start, facts.now - seconds)
    return (start, end) if end > start else None
