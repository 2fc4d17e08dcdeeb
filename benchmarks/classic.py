"""The rule that everybody starts with: a threshold and a timer, for comparison.

Above 10 W for a minute it has started, below 5 W for three minutes it has finished.

Must not learn.
"""

from __future__ import annotations

import math

START_W, START_S = 10.0, 60.0
STOP_W, STOP_S = 5.0, 180.0


class Classic:
    """Says what the rule says, in the protocol of the scorer."""

    def __init__(self, stop_s: float = STOP_S) -> None:
        self.stop_s = stop_s
        self.watts: float | None = None
        self.since = 0.0  # on this side of the threshold
        self.running = False
        self.reasons: dict[float, str] = {}

    def feed(self, at: float, watts: float | None) -> list[tuple[str, float]]:
        told = self.tick(at)
        if watts is None or self._counts(watts) != self._counts(self.watts):
            self.since = at
        self.watts = watts
        return told

    def tick(self, at: float) -> list[tuple[str, float]]:
        if not self._counts(self.watts):
            return []
        needed = self.stop_s if self.running else START_S
        if at - self.since < needed:
            return []
        self.running = not self.running
        told = ("started" if self.running else "finished", self.since)
        self.since = at
        return [told]

    @property
    def asleep_until(self) -> float:
        if not self._counts(self.watts):
            return math.inf
        return self.since + (self.stop_s if self.running else START_S)

    def _counts(self, watts: float | None) -> bool:
        """Say whether this power speaks for the next change."""
        if watts is None:
            return False
        return watts < STOP_W if self.running else watts > START_W

    def state_bytes(self) -> int:
        return 0
