"""What was said of the end of the running cycle, and that it is almost done.

An outlook changes with each reading; people want an end that stands. So what was said
is said again until the outlook differs from it by more than people plan by. Once a
cycle, some time before its expected end, *almost done* is told.

Must not guess itself, and must not decide when a cycle is over.
"""

from __future__ import annotations

from dataclasses import dataclass

from custom_components.reliable_notifications.engine.vocabulary import (
    CycleEvent,
    CycleEventKind,
    Instant,
)

from .outlook import LEAST_LEFT_S, Outlook
from .programmes import Programme
from .snapshot import NEVER, Json, SnapshotError, pack, unpack

# The end that was said stands while the new one is this near: nobody plans by less than
# two minutes, and of hours that are left a twentieth is no news.
STANDS_WITHIN_S = 120.0
STANDS_WITHIN_SHARE = 0.05

# *Almost done* comes so long before the end unless people want it sooner or later: time
# to end what one is doing and to walk to the appliance.
LEAD_S = 600.0
# In a short programme it comes in its second half: news at the start is none.
NOT_BEFORE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What is shown of the running cycle; None where nothing is expected.

    `remaining_s` is at least a minute while it runs, `progress` is 0 to 1.
    """

    programme: Programme | None = None
    end_at: Instant | None = None
    remaining_s: float | None = None
    progress: float | None = None
    overrunning: bool = False


NOTHING = Expected()


@dataclass(slots=True, kw_only=True)
class _Said:
    """Of which cycle what was said, and which was told to be almost done."""

    cycle_id: str = ""
    end_at: float = NEVER
    almost_done: str = ""


class Expectation:
    """Follows the outlooks of one appliance."""

    __slots__ = ("_due_at", "_lead_s", "_said", "expected")

    def __init__(self, lead_s: float = LEAD_S) -> None:
        """Begin with nothing said; `lead_s` is how early *almost done* comes."""
        self._lead_s = lead_s
        self._said = _Said()
        self._due_at: Instant = NEVER
        self.expected = NOTHING

    @property
    def wake_at(self) -> Instant | None:
        """When *almost done* is due; None if it is not known, or was told."""
        if (
            self.expected.end_at is None
            or self._said.almost_done == self._said.cycle_id
        ):
            return None
        return self._due_at

    def look(
        self, now: Instant, cycle_id: str, started_at: Instant, outlook: Outlook
    ) -> CycleEvent | None:
        """Take what is expected now; gives *almost done* when it is time."""
        said = self._said
        if said.cycle_id != cycle_id:
            said.cycle_id, said.end_at = cycle_id, NEVER
        if outlook.remaining_s is None:
            said.end_at = NEVER
            self.expected = Expected(
                programme=outlook.programme, overrunning=outlook.overrunning
            )
            return None
        self._say(now, outlook.remaining_s)
        remaining_s = max(said.end_at - now, LEAST_LEFT_S)
        elapsed_s = max(now - started_at, 0.0)
        length_s = elapsed_s + remaining_s
        early_s = min(self._lead_s, (1.0 - NOT_BEFORE) * length_s)
        self._due_at = now + remaining_s - early_s
        self.expected = Expected(
            programme=outlook.programme,
            end_at=now + remaining_s,
            remaining_s=remaining_s,
            progress=elapsed_s / length_s,
        )
        return self._almost_done(now, started_at)

    def rest(self) -> None:
        """Take that no cycle runs."""
        self.expected = NOTHING

    def _say(self, now: Instant, remaining_s: float) -> None:
        within_s = max(STANDS_WITHIN_S, STANDS_WITHIN_SHARE * remaining_s)
        if abs(now + remaining_s - self._said.end_at) > within_s:
            self._said.end_at = now + remaining_s

    def _almost_done(self, now: Instant, started_at: Instant) -> CycleEvent | None:
        said, expected = self._said, self.expected
        due = self.wake_at
        if due is None or now < due:
            return None
        said.almost_done = said.cycle_id
        return CycleEvent(
            kind=CycleEventKind.ALMOST_DONE,
            cycle_id=said.cycle_id,
            at=now,
            started_at=started_at,
            expected_at=expected.end_at,
        )

    # -- written down ------------------------------------------------------------------

    def snapshot(self) -> dict[str, Json]:
        """What a restart must not forget, as JSON."""
        return pack(self._said)

    def restore(self, snapshot: Json) -> None:
        """Take up what was written down; what is not ours is left alone."""
        try:
            self._said = unpack(_Said, snapshot)
        except SnapshotError:
            return
