"""Energy of a cycle from a counter that only goes up, with its faults left out.

A counter knows what a slow power sensor misses, but it starts again at zero, rolls
over, jumps, and may belong to something else. Whatever cannot have been used by a
household appliance makes it useless for that cycle: then it says None.

Must not integrate power, and must not know entities or units.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from custom_components.reliable_notifications.engine.vocabulary import Instant

from .snapshot import NEVER, Json, SnapshotError, pack, unpack

# Three phases of 16 A at 230 V: nothing with a plug draws more.
MOST_WATTS = 11_000.0
# Coarse counters go up by 0.1 kWh at once; one step is always allowed.
STEP_WH = 100.0
# Where a cycle began is known a few minutes later at most, where it ended after the
# longest wait; in a wait a counter hardly moves, so 64 points reach back far enough.
POINTS = 64
POINT_S = 30.0


@dataclass(slots=True, kw_only=True)
class _Counted:
    """What the counter said, without its faults."""

    last_wh: float = NEVER
    moved_at: float = NEVER
    total_wh: float = 0.0
    flawed_at: float = NEVER
    # (time, total) where the total changed, the oldest first
    points: list[list[float]] = field(default_factory=list)
    # total at the start of the cycle; negative when it is not known
    base_wh: float = -1.0
    base_at: float = NEVER


class EnergyCounter:
    """One counter, and the cycle that it counts."""

    __slots__ = ("_counted", "_is_first")

    def __init__(self) -> None:
        """Begin without having heard anything."""
        self._counted = _Counted()
        self._is_first = True

    def hear(self, at: Instant, wh: float) -> None:
        """Take what the counter says, in watt hours."""
        counted = self._counted
        if counted.last_wh not in (NEVER, wh):
            used, time = wh - counted.last_wh, max(0.0, at - counted.moved_at)
            if 0.0 <= used <= STEP_WH + MOST_WATTS * time / 3600.0:
                counted.total_wh += used
            else:
                counted.flawed_at = at
        if self._is_first or wh != counted.last_wh:
            counted.moved_at = at
            self._note(at)
        counted.last_wh, self._is_first = wh, False

    def begin(self, started_at: Instant) -> None:
        """Count from here; the start may lie a little in the past."""
        counted = self._counted
        before = [total for at, total in counted.points if at <= started_at]
        counted.base_wh = before[-1] if before else -1.0
        counted.base_at = started_at

    def used_wh(self, until: Instant | None = None) -> float | None:
        """What the cycle used (up to its end); None if that is not known."""
        counted = self._counted
        if counted.base_wh < 0.0 or counted.flawed_at >= counted.base_at:
            return None
        total = counted.total_wh
        if until is not None:
            # the report after the end holds the last of the cycle
            later = (total for at, total in counted.points if at >= until)
            total = next(later, counted.total_wh)
        return max(0.0, total - counted.base_wh)

    def _note(self, at: Instant) -> None:
        points = self._counted.points
        if len(points) > 1 and at - points[-2][0] < POINT_S:
            points.pop()
        points.append([at, self._counted.total_wh])
        del points[:-POINTS]

    def snapshot(self) -> dict[str, Json]:
        """Everything, as JSON."""
        return pack(self._counted)

    def restore(self, snapshot: Json) -> None:
        """Take up what was written down; what is not ours is left alone."""
        try:
            counted = unpack(_Counted, snapshot)
        except SnapshotError:
            return
        # a cycle that began while nobody counted has no known beginning
        counted.points = []
        self._counted, self._is_first = counted, True
