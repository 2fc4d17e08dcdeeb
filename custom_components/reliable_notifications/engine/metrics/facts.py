"""The log as the metrics get it, and the stretches of time they look at.

Only selection happens here. What a number means is said in `delivery`,
`cycles`, `availability` and `compliance`, and it must not be decided here.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ..vocabulary import CycleRecord, Instant, IntentRecord, UptimeSpan
from .objectives import Objectives

DAY = 86_400.0
# Long enough to hold the rare failure of a home (about five messages a day), and
# exactly four weeks, so that it always holds the same number of each weekday.
# Source: DESIGN section 6; the SRE workbook uses four weeks for the same reason.
WINDOW = 28 * DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything that a metric may look at; `now` is the end of every window.

    `set_up_at` is None until the pipeline has been set up for the first time.
    """

    now: Instant
    intents: tuple[IntentRecord, ...] = ()
    cycles: tuple[CycleRecord, ...] = ()
    uptime: tuple[UptimeSpan, ...] = ()
    set_up_at: Instant | None = None
    objectives: Objectives = field(default_factory=Objectives)

    def intents_within(self, seconds: float) -> tuple[IntentRecord, ...]:
        """Select the intents that were stored in the last `seconds`."""
        since = self.now - seconds
        return tuple(intent for intent in self.intents if intent.created_at > since)

    def cycles_within(self, seconds: float) -> tuple[CycleRecord, ...]:
        """Select the cycles whose end was announced in the last `seconds`."""
        since = self.now - seconds
        return tuple(
            cycle
            for cycle in self.cycles
            if cycle.announced_at is not None and cycle.announced_at > since
        )
