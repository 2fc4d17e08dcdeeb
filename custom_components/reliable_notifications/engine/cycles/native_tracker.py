"""Finds the cycles of an appliance that says itself what it is doing.

For appliances without a power sensor. Has the shape of the detector: steps in, events
and the next wake-up out, written down and restored at any point. The rules, in full:
- *Running* begins a cycle, *paused* and *waiting* keep it.
- *Finished* ends it at once. *Idle* ends it after a while: some words flicker between
  two phases, and not every appliance has a word for its end.
- *Failed* interrupts it. If it runs again soon after that, or after an end that was
  only concluded from *idle*, the same cycle goes on.
- An appliance that says nothing stays as it was. If it is done when it speaks again,
  it ended at its last word before, and that is an estimate.

Must not know entities or their words.
"""

from __future__ import annotations

from dataclasses import dataclass

from custom_components.reliable_notifications.engine.vocabulary import (
    ApplianceKind,
    ApplianceState,
    CycleEvent,
    CycleEventKind,
    Instant,
)

from .cycle import Deviation, cycle_id
from .detector import Step
from .machine import IN_CYCLE
from .native_states import NativeState
from .snapshot import NEVER, Json, SnapshotError, pack, unpack

# Phases follow each other within seconds, and clouds that are polled do so each half
# minute: a word that stands for a minute is meant.
IDLE_WAIT_S = 60.0
# Who adds a sock or refills the salt is back within minutes; a new load takes longer.
RESUME_S = 600.0

_ENDS = {
    CycleEventKind.FINISHED: ApplianceState.FINISHED,
    CycleEventKind.INTERRUPTED: ApplianceState.INTERRUPTED,
}

# Where it is idle when it says anything else than *running* or *waiting*.
_NOT_PROGRAMMED = frozenset({ApplianceState.UNKNOWN, ApplianceState.WAITING_TO_START})


@dataclass(frozen=True, slots=True)
class NativeReading:
    """What an appliance said at an instant; None while it cannot be heard."""

    at: Instant
    state: NativeState | None


@dataclass(slots=True, kw_only=True)
class _Known:
    """Everything that is known of one appliance."""

    state: str = ApplianceState.UNKNOWN.value
    word: str = ""
    id: str = ""
    started_at: float = NEVER
    ended_at: float = NEVER
    active_at: float = NEVER
    # since when it has been idle within a cycle
    idle_since: float = NEVER
    # since when it cannot be heard
    gone_since: float = NEVER
    estimated: bool = False
    may_resume: bool = False
    count: int = 0


class NativeTracker:
    """Follows what one appliance says."""

    __slots__ = ("_known", "kind")

    def __init__(self, kind: ApplianceKind) -> None:
        """Begin without having heard anything."""
        self.kind = kind
        self._known = _Known()

    def step(self, now: Instant, reading: NativeReading | None = None) -> Step:
        """Take a word, or none (a timer), and say what follows."""
        events: list[CycleEvent] = []
        if reading is not None:
            events += self._hear(min(reading.at, now), reading.state, now)
        deadline = self.deadline
        if deadline is not None and now >= deadline:
            known = self._known
            events.append(
                self._end(
                    CycleEventKind.FINISHED, known.idle_since, now, may_resume=True
                )
            )
        return Step(tuple(events), self.deadline)

    # -- what the shell reads ----------------------------------------------------------

    @property
    def state(self) -> ApplianceState:
        """Where the appliance is in its cycle."""
        return ApplianceState(self._known.state)

    @property
    def cycle_id(self) -> str | None:
        """The running cycle, or the last one."""
        return self._known.id or None

    @property
    def started_at(self) -> Instant | None:
        """When that cycle began."""
        return _at(self._known.started_at)

    @property
    def last_activity_at(self) -> Instant | None:
        """When the appliance last said that it works."""
        return _at(self._known.active_at)

    @property
    def ended_at(self) -> Instant | None:
        """When that cycle ended; None while it runs."""
        return _at(self._known.ended_at)

    @property
    def deadline(self) -> Instant | None:
        """When the cycle will be taken for over, if nothing is said."""
        known = self._known
        if (
            self.state not in IN_CYCLE
            or known.idle_since == NEVER
            or known.gone_since != NEVER
        ):
            return None
        return known.idle_since + IDLE_WAIT_S

    @property
    def cycle_count(self) -> int:
        """Cycles finished since the tracker was made."""
        return self._known.count

    @property
    def short_runs(self) -> int:
        """None: what an appliance calls running is a cycle, however short."""
        return 0

    @property
    def energy_wh(self) -> float | None:
        """Nothing is measured here; there may be a counter."""
        return None

    @property
    def peak_watts(self) -> float | None:
        """Nothing is measured here."""
        return None

    @property
    def standby_wh_per_day(self) -> float | None:
        """Nothing is measured here."""
        return None

    @property
    def deviation(self) -> Deviation:
        """There are no programmes to compare with."""
        return Deviation()

    @property
    def end_confidence(self) -> float | None:
        """There is nothing to guess: the appliance says it."""
        return None

    @property
    def reason(self) -> str:
        """The last word, which is all there is to explain a state."""
        return self._known.word or "never_heard"

    # -- words -------------------------------------------------------------------------

    def _hear(
        self, at: Instant, word: NativeState | None, now: Instant
    ) -> list[CycleEvent]:
        known = self._known
        if word is None:
            if known.gone_since == NEVER:
                known.gone_since = at
            return []
        was_gone, known.gone_since = known.gone_since, NEVER
        known.word = word.value
        if self.state in IN_CYCLE:
            return self._hear_within(at, word, was_gone, now)
        if word is NativeState.RUNNING:
            return [self._begin(at, now)]
        if word is NativeState.WAITING:
            # what is programmed anew is no longer what went before
            known.state, known.may_resume = ApplianceState.WAITING_TO_START.value, False
        elif self.state in _NOT_PROGRAMMED:
            known.state = ApplianceState.IDLE.value
        return []

    def _hear_within(
        self, at: Instant, word: NativeState, was_gone: Instant, now: Instant
    ) -> list[CycleEvent]:
        known = self._known
        if word is NativeState.IDLE:
            if known.idle_since == NEVER:
                known.idle_since = _earlier(was_gone, at)
                known.estimated = was_gone != NEVER
            known.state = ApplianceState.PAUSED.value
            return []
        if word in (NativeState.FINISHED, NativeState.FAILED):
            if known.idle_since == NEVER:
                known.estimated = was_gone != NEVER
                known.idle_since = _earlier(was_gone, at)
            failed = word is NativeState.FAILED
            kind = CycleEventKind.INTERRUPTED if failed else CycleEventKind.FINISHED
            return [self._end(kind, known.idle_since, now, may_resume=failed)]
        known.idle_since, known.estimated = NEVER, False
        if word is NativeState.RUNNING:
            known.state, known.active_at = ApplianceState.RUNNING.value, at
        else:
            known.state = ApplianceState.PAUSED.value
        return []

    def _begin(self, at: Instant, now: Instant) -> CycleEvent:
        known = self._known
        resumes = known.may_resume and at - known.ended_at <= RESUME_S
        if resumes:
            if known.state == ApplianceState.FINISHED.value:
                known.count -= 1
        else:
            known.id, known.started_at = cycle_id(at), at
        known.state, known.active_at = ApplianceState.RUNNING.value, at
        known.ended_at, known.idle_since = NEVER, NEVER
        known.estimated = known.may_resume = False
        kind = CycleEventKind.REOPENED if resumes else CycleEventKind.STARTED
        return self._event(kind, now)

    def _end(
        self, kind: CycleEventKind, at: Instant, now: Instant, *, may_resume: bool
    ) -> CycleEvent:
        known = self._known
        known.state, known.may_resume = _ENDS[kind].value, may_resume
        known.ended_at = max(at, known.started_at)
        known.idle_since = NEVER
        known.count += kind is CycleEventKind.FINISHED
        return self._event(kind, now)

    def _event(self, kind: CycleEventKind, now: Instant) -> CycleEvent:
        known = self._known
        return CycleEvent(
            kind=kind,
            cycle_id=known.id,
            at=now,
            started_at=known.started_at,
            ended_at=self.ended_at,
            estimated=known.estimated,
            reason=known.word,
        )

    # -- what the shell writes down ----------------------------------------------------

    def snapshot(self) -> dict[str, Json]:
        """Everything, as JSON."""
        return pack(self._known)

    @classmethod
    def restore(cls, kind: ApplianceKind, snapshot: Json) -> NativeTracker:
        """Bring back the tracker of the snapshot; a fresh one if it is not ours."""
        tracker = cls(kind)
        try:
            known = unpack(_Known, snapshot)
        except SnapshotError:
            return tracker
        if known.state in tuple(ApplianceState):
            tracker._known = known
        return tracker


def _at(instant: Instant) -> Instant | None:
    return None if instant == NEVER else instant


def _earlier(was_gone: Instant, at: Instant) -> Instant:
    """When it stopped: at its last word, if it was not heard in between."""
    return at if was_gone == NEVER else min(was_gone, at)
