"""Where in a programme the appliance is, seen backwards from the last activity.

Nine numbers: how long ago the power last reached each of five levels, energy and
time so far, the length of the last long pause and the time since it. Being counted
from the present backwards they do not care how long the programme is.

Must not judge: two places can be compared here, what that means is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
import math

from custom_components.reliable_notifications.engine.vocabulary import Instant

from .snapshot import NEVER

# Levels one octave apart, from a pump to a heater: motors of drums lie at 60-500 W,
# heaters above 960 W except in heat-pump machines.
LEVELS_W = (60.0, 120.0, 240.0, 480.0, 960.0)

# A level not reached in this cycle counts as reached that long ago.
LONGEST_S = 14400.0

# A pause from here on is a landmark (drying, soaking), shorter ones are drums at rest.
LANDMARK_S = 150.0
LANDMARK_STEPS = 4.0

# Added before comparing by ratio: below these, differences are chance (a start is found
# within some 10 s, a meter and its reports are no better than that).
OFFSET_TIME_S = 30.0
OFFSET_WH = 10.0
OFFSET_ELAPSED_S = 60.0

WH, ELAPSED, PAUSE, SINCE_PAUSE = 5, 6, 7, 8
SIZE = 9

type Place = Sequence[float]


@dataclass(slots=True)
class Trail:
    """When each level was last reached in this cycle, and its last long pause."""

    reached: list[float] = field(default_factory=lambda: [NEVER] * len(LEVELS_W))
    pause_s: float = 0.0
    pause_until: float = NEVER
    onset: list[float] = field(default_factory=list)

    def work(self, watts: float, until: Instant) -> None:
        """Note the power of activity."""
        for index, level in enumerate(LEVELS_W):
            if watts < level:
                return
            self.reached[index] = until

    def forget_after(self, at: Instant) -> None:
        """Take back what was noted after an instant: it was no activity."""
        self.reached = [min(reached, at) for reached in self.reached]

    def paused(self, seconds: float, until: Instant, step_s: float) -> None:
        """Note a pause that is over."""
        if seconds >= max(LANDMARK_S, LANDMARK_STEPS * step_s):
            self.pause_s, self.pause_until = seconds, until

    def place(self, at: Instant, wh: float, elapsed: float) -> list[float]:
        """Describe the last activity, at `at`."""
        since = [min(at - reached, LONGEST_S) for reached in self.reached]
        return [
            *since,
            wh,
            elapsed,
            self.pause_s,
            min(at - self.pause_until, LONGEST_S),
        ]


def distance(one: Place, other: Place, step_s: float) -> float:
    """Compare two places: the mean of the ratios, as logarithms; 0 is the same."""
    offset = OFFSET_TIME_S + step_s
    total = abs(math.log((one[WH] + OFFSET_WH) / (other[WH] + OFFSET_WH)))
    total += abs(
        math.log(
            (one[ELAPSED] + OFFSET_ELAPSED_S) / (other[ELAPSED] + OFFSET_ELAPSED_S)
        )
    )
    for index in (0, 1, 2, 3, 4, PAUSE, SINCE_PAUSE):
        total += abs(math.log((one[index] + offset) / (other[index] + offset)))
    return total / SIZE


def within(one: Place, other: Place, index: int, least: float, most: float) -> bool:
    """Say whether the ratio of one number lies between bounds."""
    offset = OFFSET_WH if index == WH else OFFSET_ELAPSED_S
    ratio = (one[index] + offset) / (other[index] + offset)
    return least <= ratio <= most
