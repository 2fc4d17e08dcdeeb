"""The detector of one appliance, as the shell sees it.

Readings and timers in; events and the next wake-up time out; what is known, to
read and to write down. It can be written down and restored at any point without
changing what follows.

While nobody can read the sensor (also while Home Assistant is down) the shell
says so with a reading of None; otherwise the last value is taken to hold.

Must not decide anything: that is the tracker and what it uses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from custom_components.reliable_notifications.engine.vocabulary import (
    ApplianceKind,
    ApplianceState,
    CycleEvent,
    Instant,
    Reading,
)

from .audit import Audit
from .cadence import Cadence
from .company import Company, Neighbours
from .cycle import Cycle, Deviation
from .decide import find
from .delayed import Delayed
from .energy import EnergyMeter
from .evidence import Judgement, Reason, Why
from .hearing import settle_outage, take
from .holds import Holds
from .load import Load
from .machine import IN_CYCLE
from .mains import Mains
from .memory import Memory
from .onset import Onset
from .opening import Opening, Openings
from .outlook import Outlook
from .passing import accepts, hear, hold_until
from .pattern import Pattern, Unfit
from .place import Trail
from .programmes import Course, Programme, Programmes
from .pulses import Pulses
from .revival import Revival
from .runs import Runs
from .snapshot import NEVER, Json, SnapshotError, entry, mapped, pack, unpack
from .standby import Standby
from .tracker import Heard, Tracker
from .turn import told_over, turn
from .wake import wake_at
from .witness import Said, Witness

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

# Raised when the meaning of what is written changes; older snapshots then start afresh.
VERSION = 4

_COMPONENTS: Mapping[str, type[DataclassInstance]] = MappingProxyType(
    {
        "heard": Heard,
        "cadence": Cadence,
        "standby": Standby,
        "load": Load,
        "onset": Onset,
        "opening": Opening,
        "openings": Openings,
        "meter": EnergyMeter,
        "cycle": Cycle,
        "trail": Trail,
        "revival": Revival,
        "memory": Memory,
        "pattern": Pattern,
        "programmes": Programmes,
        "runs": Runs,
        "course": Course,
        "judgement": Judgement,
        "witness": Witness,
        "audit": Audit,
        "delayed": Delayed,
        "pulses": Pulses,
        "holds": Holds,
        "mains": Mains,
        "neighbours": Neighbours,
    }
)

# Not in snapshots of before: it begins anew, and the rest is kept.
_ADDED = frozenset(
    {
        "witness",
        "audit",
        "delayed",
        "pulses",
        "holds",
        "mains",
        "neighbours",
        "opening",
        "openings",
    }
)

# Why it is at rest, where that has a reason of its own.
_AT_REST: Mapping[ApplianceState, Reason] = MappingProxyType(
    {
        ApplianceState.WAITING_TO_START: Reason.PROGRAMMED,
        ApplianceState.ANTI_CREASE: Reason.TURNING,
    }
)


@dataclass(frozen=True, slots=True)
class Step:
    """What came of one step: events, oldest first, and the time of the next."""

    events: tuple[CycleEvent, ...]
    wake_at: Instant | None


def _known(at: Instant) -> Instant | None:
    return None if at == NEVER else at


class Detector:
    """Finds the cycles of one appliance."""

    __slots__ = ("_tracker", "kind")

    def __init__(
        self, kind: ApplianceKind, knowledge: Mapping[str, Json] | None = None
    ) -> None:
        """Begin without having heard anything; another one may have learned."""
        self.kind = kind
        self._tracker = Tracker(kind)
        if knowledge is not None:
            self._know(knowledge)

    def step(self, now: Instant, reading: Reading | None = None) -> Step:
        """Take a reading, or none (a timer), and say what follows."""
        tracker = self._tracker
        if reading is not None and accepts(tracker, reading):
            hold_until(tracker, min(reading.at, now))
            hear(tracker, reading.watts)
            settle_outage(tracker)
        hold_until(tracker, now)
        return self._follow()

    def _follow(self) -> Step:
        events: tuple[CycleEvent, ...] = ()
        while (found := find(self._tracker)) is not None:
            events += turn(self._tracker, *found)
        return Step(events, wake_at(self._tracker))

    def witness(self, now: Instant, said: Said) -> Step:
        """Take what is said of the appliance beside its power, and say what follows."""
        before = self.step(now).events
        take(self._tracker, max(now, self._tracker.heard.at), said)
        step = self._follow()
        return Step(before + step.events, step.wake_at)

    def finish(self, now: Instant) -> Step:
        """End the running cycle, because a person says that it is over."""
        return self._told(now, Reason.TOLD_BY_PERSON)

    def discard(self, now: Instant) -> Step:
        """Drop the running cycle, because a person says that it is none."""
        return self._told(now, Reason.DISCARDED)

    def _told(self, now: Instant, reason: Reason) -> Step:
        step = self.step(now)
        return Step(
            step.events + told_over(self._tracker, reason), wake_at(self._tracker)
        )

    # -- what the shell reads ---------------------------------------------------------

    @property
    def state(self) -> ApplianceState:
        """Where the appliance is in its cycle."""
        return self._tracker.state

    @property
    def cycle_id(self) -> str | None:
        """The running cycle, or the last one."""
        return self._tracker.cycle.id or None

    @property
    def started_at(self) -> Instant | None:
        """When that cycle began (back-dated)."""
        return _known(self._tracker.cycle.started_at)

    @property
    def last_activity_at(self) -> Instant | None:
        """When the appliance last worked in that cycle."""
        return _known(self._tracker.load.active_at)

    @property
    def ended_at(self) -> Instant | None:
        """When that cycle ended (back-dated); None while it runs."""
        return _known(self._tracker.cycle.ended_at)

    @property
    def energy_wh(self) -> float:
        """Energy of that cycle so far, or up to its end."""
        tracker = self._tracker
        return (
            tracker.meter.wh if tracker.state in IN_CYCLE else tracker.cycle.energy_wh
        )

    @property
    def watts(self) -> float | None:
        """The power last reported; None while the sensor is unavailable."""
        return self._tracker.heard.watts

    @property
    def standby_watts(self) -> float | None:
        """The level at which the appliance usually rests, once known."""
        return self._tracker.standby.usual

    @property
    def standby_wh_per_day(self) -> float | None:
        """What a day of rest uses, once its levels are known well enough."""
        return self._tracker.standby.daily_wh

    @property
    def peak_watts(self) -> float | None:
        """The highest power of the running cycle, or of the last one."""
        cycle = self._tracker.cycle
        return cycle.peak_w if cycle.id else None

    @property
    def deviation(self) -> Deviation:
        """How the last cycle differs from its programme before it, in shares."""
        return self._tracker.cycle.deviation

    @property
    def course(self) -> list[tuple[float, float]]:
        """Energy of the cycle that is over: (seconds since its start, Wh by then)."""
        return self._tracker.cycle.curve(self._tracker.course.marks)

    @property
    def programmes(self) -> Programmes:
        """The programmes that were found; to look at only."""
        return self._tracker.programmes

    @property
    def chosen(self) -> int | None:
        """The programme that a person has named for this cycle, or the next one."""
        chosen = self._tracker.cycle.chosen
        return None if self._tracker.programmes.named(chosen) is None else chosen

    def choose(self, programme: int | None) -> None:
        """Take the word of a person which programme it is; None to look again."""
        self._tracker.cycle.chosen = -1 if programme is None else programme

    @property
    def programme(self) -> Programme | None:
        """The programme that runs, as far as recognised, or that ran last."""
        return self._tracker.programme()

    @property
    def outlook(self) -> Outlook:
        """What is expected of the running cycle; nothing while none runs."""
        return self._tracker.outlook()

    @property
    def unfit(self) -> Unfit | None:
        """Why no cycles are told of this appliance; None if they are."""
        return self._tracker.unfit

    @property
    def company(self) -> Company | None:
        """Why it looks as if two appliances hung on the plug; None if it does not."""
        return self._tracker.neighbours.found()

    @property
    def short_runs(self) -> int:
        """What had begun and was too little for a cycle, since it was made."""
        return self._tracker.cycle.short_runs

    @property
    def cycle_count(self) -> int:
        """Cycles finished since the detector was made."""
        return self._tracker.cycle.count

    @property
    def rejected(self) -> int:
        """Readings that no appliance can have caused, and repeated or late ones."""
        return self._tracker.heard.rejected + self._tracker.heard.ignored

    @property
    def end_confidence(self) -> float:
        """Probability, 0 to 1, that the cycle is over."""
        return self._tracker.end_confidence()

    @property
    def deadline(self) -> Instant | None:
        """When the cycle will be taken for over at the latest, if it stays quiet."""
        tracker = self._tracker
        if tracker.state is not ApplianceState.PAUSED or tracker.heard.watts is None:
            return None
        return tracker.heard.at + max(tracker.quiet_missing(), 0.0)

    @property
    def reason(self) -> Why:
        """Why the appliance is not finished (yet)."""
        tracker = self._tracker
        state = tracker.state
        if state is ApplianceState.UNKNOWN:
            return Why(key=Reason.NEVER_HEARD)
        if tracker.heard.watts is None:
            stuck = tracker.heard.is_stuck
            silent = Reason.SENSOR_STUCK if stuck else Reason.SENSOR_SILENT
            return Why(key=silent, gone_s=tracker.heard.absent_s)
        if state is ApplianceState.STARTING:
            return Why(key=Reason.PROVING_START, gone_s=tracker.onset.load_s)
        if state is ApplianceState.RUNNING:
            return Why(key=Reason.LOAD_ON)
        if state is ApplianceState.PAUSED:
            return tracker.why_waiting()
        return Why(key=_AT_REST.get(state, Reason.NO_LOAD))

    # -- what the shell writes down ----------------------------------------------------

    def snapshot(self) -> dict[str, Json]:
        """Everything, as JSON; a few kilobytes."""
        packed: dict[str, Json] = {
            "version": VERSION,
            "state": self._tracker.state.value,
        }
        for name in _COMPONENTS:
            packed[name] = pack(getattr(self._tracker, name))
        return packed

    @classmethod
    def restore(cls, kind: ApplianceKind, snapshot: Json) -> Detector:
        """Bring back the detector of the snapshot; a fresh one if it is not ours."""
        detector = cls(kind)
        try:
            detector._take_over(snapshot)
        except SnapshotError:
            return cls(kind)
        return detector

    def _take_over(self, snapshot: Json) -> None:
        data = mapped(snapshot)
        state = entry(data, "state")
        if entry(data, "version") != VERSION or state not in tuple(ApplianceState):
            msg = "another version"
            raise SnapshotError(msg)
        self._tracker.state = ApplianceState(str(state))
        for name, component in _COMPONENTS.items():
            written = {} if name in _ADDED - data.keys() else entry(data, name)
            setattr(self._tracker, name, unpack(component, written))
        self._tracker.set_threshold()

    def knowledge(self) -> dict[str, Json]:
        """Give what was learned of the appliance, without the cycle that runs."""
        return {
            "version": VERSION,
            "standby": pack(Standby(levels=self._tracker.standby.levels)),
            "memory": pack(self._tracker.memory.without_pending()),
            "programmes": pack(self._tracker.programmes),
            "runs": pack(self._tracker.runs),
            "openings": pack(self._tracker.openings),
        }

    def _know(self, knowledge: Mapping[str, Json]) -> None:
        try:
            if entry(knowledge, "version") != VERSION:
                return
            self._tracker.standby = unpack(Standby, entry(knowledge, "standby"))
            self._tracker.memory = unpack(Memory, entry(knowledge, "memory"))
            self._tracker.openings = unpack(Openings, entry(knowledge, "openings"))
            self._tracker.programmes = unpack(
                Programmes, entry(knowledge, "programmes")
            )
            self._tracker.runs = unpack(Runs, entry(knowledge, "runs"))
        except SnapshotError:
            return
        self._tracker.set_threshold()
