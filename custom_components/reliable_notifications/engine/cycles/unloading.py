"""What happens to a load after its cycle: it waits, is reminded of, and taken out.

The rules, in full:
- Only kinds that hold a load wait; something else does if it has a door to watch.
- Waiting begins with the finish. It ends when a door, a person or a change of
  standby power says so, at the latest with the next start.
- A change of standby power counts when it was seen at two unloadings that somebody
  confirmed (`done_level`).
- Who taps *emptied* under the message of a cycle means that load and no later one.
- A finish that is taken back takes the waiting back, without a word.
- Who empties the appliance between its end and our finish has emptied it: then
  nothing waits. A dishwasher is excepted, its door may open by itself to dry.
- A door that stood open at the finish was not opened after it; its closing counts,
  since no door closes by itself.
- Reminders come at most three times, and once only where nothing but the next start
  is sure to notice the unloading: else those who have emptied it would be nagged.

Must not decide when a cycle is over, and must not know words that people read.
"""

from __future__ import annotations

from dataclasses import dataclass

from custom_components.reliable_notifications.engine.vocabulary import (
    ApplianceKind,
    CycleEvent,
    CycleEventKind,
    EmptiedBy,
    Instant,
    UnloadingEvent,
    UnloadingEventKind,
)

from .done_level import ROW_SIZE, DoneLevels
from .snapshot import NEVER, Json, SnapshotError, entry, mapped, pack, unpack

# Half an hour is time enough to end what one is doing; laundry that lies wet for hours
# smells, and dry laundry creases (makers advise to take both out at once).
FIRST_REMINDER_S = 1800.0
# Whoever did not come at the first reminder had a reason that lasts longer.
NEXT_REMINDER_S = 3600.0
# Two and a half hours after the finish everybody who can come knows.
MOST_REMINDERS = 3

_LAUNDRY = frozenset(
    {ApplianceKind.WASHING_MACHINE, ApplianceKind.DRYER, ApplianceKind.WASHER_DRYER}
)
_HOLDS_A_LOAD = _LAUNDRY | {ApplianceKind.DISHWASHER}


def holds_a_load(kind: ApplianceKind, *, has_door: bool) -> bool:
    """Whether something stays in the appliance that a person has to take out."""
    return kind in _HOLDS_A_LOAD or (kind is ApplianceKind.GENERIC and has_door)


def reminders_for(kind: ApplianceKind, *, has_door: bool) -> int:
    """How often to remind: clean dishes neither smell nor crease, once is enough."""
    if not holds_a_load(kind, has_door=has_door):
        return 0
    return MOST_REMINDERS if has_door and kind in _LAUNDRY else 1


@dataclass(slots=True, kw_only=True)
class Waiting:
    """A load that is done and not taken out."""

    cycle_id: str
    finished_at: float
    reminders: int = 0
    # None when it was reminded of often enough
    remind_at: float | None = None


@dataclass(slots=True, kw_only=True)
class _Touched:
    """When somebody last was at the appliance, and how we know."""

    at: float = NEVER
    by: str = EmptiedBy.BUTTON.value


class Unloading:
    """Keeps track of one appliance's load."""

    __slots__ = (
        "_door_open",
        "_kind",
        "_levels",
        "_most",
        "_touched",
        "_waits",
        "waiting",
    )

    def __init__(self, kind: ApplianceKind, *, has_door: bool) -> None:
        """Begin with nothing in the appliance."""
        self._kind = kind
        self._waits = holds_a_load(kind, has_door=has_door)
        self._most = reminders_for(kind, has_door=has_door)
        self._touched = _Touched()
        self._levels = DoneLevels()
        self._door_open: bool | None = None
        self.waiting: Waiting | None = None

    @property
    def wake_at(self) -> Instant | None:
        """When there is something to be reminded of, or a new level stands."""
        remind_at = None if self.waiting is None else self.waiting.remind_at
        moments = (remind_at, self._levels.settles_at)
        return min((at for at in moments if at is not None), default=None)

    def hear(self, event: CycleEvent) -> UnloadingEvent | None:
        """Take what happened to a cycle."""
        if event.kind is CycleEventKind.FINISHED:
            return self._finished(event)
        if event.kind is CycleEventKind.REOPENED:
            self._levels.stop()
            self.waiting = None
        if event.kind is CycleEventKind.STARTED:
            self._levels.stop()
            return self._taken_out(EmptiedBy.START, event.started_at, event.at)
        return None

    def ring(self, now: Instant) -> UnloadingEvent | None:
        """Say whether it is time to remind. One that was missed comes once."""
        waiting = self.waiting
        if waiting is None or waiting.remind_at is None or now < waiting.remind_at:
            return None
        waiting.reminders += 1
        more = waiting.reminders < self._most
        waiting.remind_at = now + NEXT_REMINDER_S if more else None
        return UnloadingEvent(
            kind=UnloadingEventKind.REMINDER,
            cycle_id=waiting.cycle_id,
            at=now,
            finished_at=waiting.finished_at,
            idle_s=now - waiting.finished_at,
            number=waiting.reminders,
        )

    def door(self, is_open: bool | None, now: Instant) -> UnloadingEvent | None:
        """Take what the door sensor says; None is a sensor that is away."""
        before = self._door_open
        if is_open is None or is_open is before:
            return None  # what it was before it went away still holds
        self._door_open = is_open
        if before is None:
            return None  # it was in this position already, for all we know
        return self.emptied(EmptiedBy.DOOR, now)

    def rests_at(self, watts: float | None, now: Instant) -> UnloadingEvent | None:
        """Take the power after the end; None is a sensor that is away."""
        if not self._levels.hear(watts, now):
            return None
        self._levels.settle()
        if self.waiting is None or not self._levels.take():
            return None
        return self._taken_out(EmptiedBy.LEVEL, self._levels.changed_at, now)

    def emptied(
        self, by: EmptiedBy, now: Instant, cycle_id: str | None = None
    ) -> UnloadingEvent | None:
        """Take the word of a witness that the load was taken out.

        With a cycle it is about the load of that one, and nothing if that is gone.
        """
        if cycle_id is not None and not self._is_about(cycle_id):
            return None
        self._levels.confirm(now)
        if by is not EmptiedBy.DOOR or self._kind is not ApplianceKind.DISHWASHER:
            self._touched = _Touched(at=now, by=by.value)
        return self._taken_out(by, now, now)

    def _is_about(self, cycle_id: str) -> bool:
        return self.waiting is not None and self.waiting.cycle_id == cycle_id

    def _finished(self, event: CycleEvent) -> UnloadingEvent | None:
        if not self._waits:
            return None
        ended_at = event.at if event.ended_at is None else event.ended_at
        self._levels.begin(ended_at)
        self.waiting = Waiting(
            cycle_id=event.cycle_id,
            finished_at=ended_at,
            remind_at=event.at + FIRST_REMINDER_S,
        )
        if self._touched.at > ended_at:
            return self._taken_out(
                EmptiedBy(self._touched.by), self._touched.at, event.at
            )
        return None

    def _taken_out(
        self, by: EmptiedBy, when: Instant, now: Instant
    ) -> UnloadingEvent | None:
        waiting, self.waiting = self.waiting, None
        if waiting is None:
            return None
        return UnloadingEvent(
            kind=UnloadingEventKind.EMPTIED,
            cycle_id=waiting.cycle_id,
            at=now,
            finished_at=waiting.finished_at,
            idle_s=max(0.0, when - waiting.finished_at),
            by=by,
        )

    # -- written down ------------------------------------------------------------------

    def snapshot(self) -> dict[str, Json]:
        """What a restart must not forget, as JSON."""
        return {
            "waiting": None if self.waiting is None else pack(self.waiting),
            "touched": pack(self._touched),
            "door_open": self._door_open,
            "levels": pack(self._levels),
        }

    def restore(self, snapshot: Json) -> None:
        """Take up what was written down; what is not ours is left alone."""
        try:
            data = mapped(snapshot)
            waiting, door = entry(data, "waiting"), entry(data, "door_open")
            touched = unpack(_Touched, entry(data, "touched"))
            known = None if waiting is None else unpack(Waiting, waiting)
            levels = unpack(DoneLevels, data.get("levels", {}))
        except SnapshotError:
            return
        if touched.by not in tuple(EmptiedBy) or not isinstance(door, bool | None):
            return
        if any(len(row) != ROW_SIZE for row in levels.rows):
            return
        self._touched, self._door_open, self._levels = touched, door, levels
        # the user may have said since that it holds no load
        self.waiting = known if self._waits else None
