"""The levels at which an appliance rests, learned from the data.

There may be several: off, display on, door open. A level is a flat stretch that
lasts; only stretches outside cycles teach, and a flat stretch inside a cycle
counts as rest only when it has lasted longer than any pause with a load.

Must not decide when a cycle is over, only what "no load" means.
"""

from __future__ import annotations

from dataclasses import dataclass, field

# Power that moves less than this is flat: the resolution of the coarser meters is 2 W,
# and 86-96 % of all minutes of the traces are flat by this rule.
FLAT_SPAN_W = 2.0
FLAT_SPAN_SHARE = 0.05

# A stretch shorter than this is no level: valves and lamps are on for less.
FLAT_FROM_S = 60.0

# Two stretches nearer than this are the same level: electronics drift with the heat.
SAME_LEVEL_W = 1.0
SAME_LEVEL_SHARE = 0.15

# Levels remembered; appliances of the traces have one to three.
LEVELS = 4

# Time beyond which a level gains no more weight, so that a new one (display replaced,
# other plug) takes over within days.
WEIGHT_CAP_S = 3 * 86400.0

# A level needs this much time before it moves the threshold: longer than any door is
# held open with the light on.
TRUSTED_FROM_S = 600.0

# What a day of rest uses is told after so long: until then the display of the last
# cycle, which goes off, would be most of it.
DAY_KNOWN_FROM_S = 21600.0

# No electronics rest above this: what draws more is a lamp, a pump or a fan.
HIGHEST_W = 25.0

# Inside a cycle, a flat stretch up to this power is taken for rest after the safe wait
# and ten minutes more; up to HIGHEST_W only after two hours, longer than any fan dries.
SURE_REST_W = 12.0
SURE_REST_EXTRA_S = 600.0
FLAT_REST_S = 7200.0

# Room between a level and a load: two steps of a 2 W meter, and half the level again
# for those that flicker.
MARGIN_W = 4.0
MARGIN_FACTOR = 1.5


@dataclass(slots=True)
class Standby:
    """Learned levels (watts, weight in seconds) and the stretch that runs."""

    levels: list[list[float]] = field(default_factory=list)
    low: float = 0.0
    high: float = 0.0
    flat_s: float = 0.0
    taught_s: float = 0.0

    @property
    def top(self) -> float:
        """The highest level trusted; 0 while nothing is known."""
        return max(
            (watts for watts, weight in self.levels if weight >= TRUSTED_FROM_S),
            default=0.0,
        )

    @property
    def bottom(self) -> float | None:
        """The lowest level trusted: off, if it is ever off."""
        return min(
            (watts for watts, weight in self.levels if weight >= TRUSTED_FROM_S),
            default=None,
        )

    @property
    def usual(self) -> float | None:
        """The level at which most of the time outside cycles is spent."""
        if not self.levels:
            return None
        return max(self.levels, key=lambda level: level[1])[0]

    @property
    def daily_wh(self) -> float | None:
        """What a whole day of rest uses, by the share of each level, in Wh."""
        weight = sum(level[1] for level in self.levels)
        if weight < DAY_KNOWN_FROM_S:
            return None
        return 24.0 * sum(level[0] * level[1] for level in self.levels) / weight

    def threshold(self, load_w: float) -> float:
        """From which power on a load is on, given the least load of the kind."""
        top = self.top
        return max(load_w, top + MARGIN_W, top * MARGIN_FACTOR)

    def hold(self, seconds: float, watts: float) -> None:
        """Count power that was this for so long."""
        span = max(FLAT_SPAN_W, FLAT_SPAN_SHARE * watts)
        low, high = min(self.low, watts), max(self.high, watts)
        if self.flat_s > 0.0 and high - low <= span:
            self.low, self.high = low, high
            self.flat_s += seconds
        else:
            self.low = self.high = watts
            self.flat_s = seconds
            self.taught_s = 0.0

    def teach(self) -> None:
        """Remember the level of the stretch that runs: it lies outside any cycle."""
        gained = self.flat_s - self.taught_s
        if self.flat_s < FLAT_FROM_S or gained <= 0.0 or self.high > HIGHEST_W:
            return
        self.taught_s = self.flat_s
        watts = (self.low + self.high) / 2.0
        nearest = min(
            self.levels, key=lambda level: abs(level[0] - watts), default=None
        )
        if nearest is not None and abs(nearest[0] - watts) <= max(
            SAME_LEVEL_W, SAME_LEVEL_SHARE * watts
        ):
            share = gained / (nearest[1] + gained)
            nearest[0] += share * (watts - nearest[0])
            nearest[1] = min(WEIGHT_CAP_S, nearest[1] + gained)
            return
        if len(self.levels) >= LEVELS:
            self.levels.remove(min(self.levels, key=lambda level: level[1]))
        self.levels.append([watts, gained])

    def rests_flat(self, safe_wait_s: float) -> bool:
        """Whether the stretch that runs is rest, although it is above the threshold."""
        if self.high <= SURE_REST_W:
            return self.flat_s >= safe_wait_s + SURE_REST_EXTRA_S
        return self.high <= HIGHEST_W and self.flat_s >= FLAT_REST_S
