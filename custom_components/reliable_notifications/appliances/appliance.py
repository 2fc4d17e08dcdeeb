"""One watched appliance: its meter, its detector, its alarm and its memory.

Feeds readings and the passing of time to the detector, what that finds to the
unloading, keeps their state on disk, and hands what happened to the pipeline in
order. It must not decide whether a cycle is over (the detector does), whether a load
was taken out (the unloading does), nor whom to tell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_track_time_change
from homeassistant.util import dt as dt_util

from ..adapters.cycle_log import CycleLog
from ..engine.cycles.bill import Source
from ..engine.cycles.detector import Detector, Step
from ..engine.cycles.machine import IN_CYCLE
from ..engine.cycles.native_tracker import NativeReading, NativeTracker
from ..engine.cycles.witness import Said
from ..engine.vocabulary import (
    ApplianceState,
    CycleEvent,
    CycleRecord,
    EmptiedBy,
    Instant,
    Reading,
    UnloadingEvent,
)
from .alarm import Alarm
from .catching_up import async_catch_up, found_now
from .chronicle import ApplianceSpec, Chronicle, Memory, OnHappening, cycle_record
from .consequences import Consequences
from .display import Display
from .forecast import Forecast, Foresight
from .ledger import Ledger, Usage
from .metering import Metering
from .presence import Presence
from .programme_book import ProgrammeBook
from .schooling import Lesson
from .testimony import Testimony

# A cycle in progress is saved at least this often, so that a power cut costs at most
# a minute of energy; every change of state is saved at once besides.
SAVE_EVERY = 60.0
# A gap in the watch shorter than this (a reload) is no absence of the sensor: even a
# polling plug would not have reported in it.
SHORT_GAP = 30.0
# What is left of a cycle is shown in minutes, so it is looked at each minute, also
# when a steady sensor has nothing new to report.
REFRESH_EVERY = 60.0
_ACTIVE = frozenset(
    {ApplianceState.STARTING, ApplianceState.RUNNING, ApplianceState.PAUSED}
)


class ApplianceWatch:
    """Keeps one detector supplied, awake and remembered."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry[Any],
        spec: ApplianceSpec,
        cycle_log: CycleLog,
        on_happening: OnHappening,
    ) -> None:
        """Prepare; nothing is read before `async_start`."""
        self._hass = hass
        self._entry = entry
        self.spec = spec
        self.chronicle = Chronicle(hass, entry, spec, cycle_log, on_happening)
        self.detector: Detector | NativeTracker
        self._metering = Metering(hass, spec.power_entity, self._read)
        if spec.power_entity is not None:
            self.detector = Detector(spec.kind)
        else:
            self.detector = NativeTracker(spec.kind)
        self.consequences = Consequences(spec)
        self.foresight = Foresight(spec.almost_done_s)
        self.programmes = ProgrammeBook(self)
        self._ledger = Ledger()
        self._stop_calendar: CALLBACK_TYPE | None = None
        self._testimony = Testimony(hass, spec, self)
        self._lesson = Lesson()
        self._display = Display()
        self._alarm = Alarm(hass, self._ring)
        self.presence = Presence()
        self._memory: Memory | None = None
        self._detector_wakes_at: Instant | None = None
        self._saved_at: Instant = 0.0

    @callback
    def async_remember(self, memory: Memory | None) -> None:
        """Take up what was written down; what cannot be read is left alone."""
        if memory is not None and self._remember(memory.snapshot):
            self._memory = memory

    async def async_start(self) -> None:
        """Continue where the last run stopped, then begin to read."""
        now = dt_util.utcnow().timestamp()
        await self.chronicle.async_start()
        memory, self._memory = self._memory, None
        if memory is not None:
            self._saved_at = memory.saved_at
            if now - memory.saved_at > SHORT_GAP:
                await self._catch_up(memory, now)
        elif self._metering.entity_id is not None:
            self._lesson.async_begin(
                self._hass,
                self._entry,
                Detector(self.spec.kind),
                self._metering.entity_id,
                progress=self._display.async_show_at_once,
                done=self._has_learned,
            )
        self._testimony.async_start()
        self._stop_calendar = async_track_time_change(
            self._hass, self._new_day, hour=0, minute=0, second=0
        )
        self._metering.start()

    def _remember(self, snapshot: Mapping[str, Any]) -> bool:
        # up to 0.1.0 a detector was all there was to remember
        detector = dict(snapshot.get("detector", snapshot))
        self.detector = type(self.detector).restore(self.spec.kind, detector)
        self.consequences.restore(snapshot)
        self.consequences.odometer.start_from(self.detector.cycle_count)
        self.foresight.restore(snapshot, self.detector)
        if self.detector.state in IN_CYCLE:
            self._metering.stay_with(snapshot.get("metered_by"))
        return self.detector.state is not ApplianceState.UNKNOWN

    def _snapshot(self) -> dict[str, Any]:
        return {
            "detector": self.detector.snapshot(),
            "metered_by": self._metering.used,
            **self.consequences.snapshot(),
            **self.foresight.snapshot(),
        }

    @callback
    def _has_learned(self, detector: Detector, last: CycleEvent | None) -> None:
        if last is not None:
            self.chronicle.note(cycle_record(self.spec.id, last))
        self.detector = detector
        self.consequences.odometer.start_from(detector.cycle_count)
        self.foresight.follow(detector)
        self.chronicle.save(dt_util.utcnow().timestamp(), self._snapshot())
        self._display.async_show_at_once()

    async def _catch_up(self, memory: Memory, now: Instant) -> None:
        alive_until = max(memory.saved_at, memory.alive_until)
        if isinstance(self.detector, NativeTracker):
            # nobody heard what it said meanwhile
            self.step(alive_until, NativeReading(alive_until, None))
            return
        past = await async_catch_up(
            self._hass,
            self.detector,
            self._metering.entity_id,
            watched_until=memory.saved_at,
            alive_until=alive_until,
            now=now,
        )
        if past:
            self._tell(self._hear(found_now(past, now)), now)

    async def async_stop(self) -> None:
        """Stop reading and put the state on disk."""
        self._metering.stop()
        self._testimony.async_stop()
        self._lesson.async_stop()
        self._alarm.async_cancel()
        if self._stop_calendar is not None:
            self._stop_calendar()
        # a lesson that was cut short begins anew: then there is nothing to remember
        await self.chronicle.async_stop(
            dt_util.utcnow().timestamp(),
            None if self.is_learning else self._snapshot(),
        )

    @property
    def is_learning(self) -> bool:
        """Whether the past is being gone through, and the present has to wait."""
        return self._lesson.is_going_on

    @property
    def learned(self) -> float | None:
        """Share of the past that was gone through, while that is going on."""
        return self._lesson.share

    @property
    def energy_wh(self) -> float | None:
        """Energy of the cycle; None where nothing measures it."""
        billed = self.consequences.bill.energy_wh(self.detector.cycle_id)
        return self.detector.energy_wh if billed is None else billed

    @property
    def energy_source(self) -> Source | None:
        """Where that comes from."""
        if self.energy_wh is None:
            return None
        return self.consequences.bill.source(self.detector.cycle_id)

    @property
    def cost(self) -> float | None:
        """What the cycle cost so far; None where no price is known."""
        return self.consequences.bill.cost(self.detector.cycle_id)

    @property
    def reason(self) -> str:
        """Why the appliance is in the state that it is in, in one word."""
        if isinstance(self.detector, NativeTracker):
            return self.detector.reason
        return self.detector.reason.key.value

    @property
    def forecast(self) -> Forecast:
        """What is expected of the running cycle."""
        return self.foresight.forecast(self.detector)

    @property
    def usage(self) -> Usage:
        """What its cycles come to."""
        return self._ledger.usage(self.chronicle.over)

    @property
    def problem(self) -> str | None:
        """What somebody should look at, in one word."""
        if self.presence.is_away_too_long(dt_util.utcnow().timestamp()):
            return "away"
        detector = self.detector
        if detector.state is ApplianceState.STALE:
            return "stale"
        if detector.state is ApplianceState.INTERRUPTED:
            was_one = detector.cycle_id != self.consequences.no_cycle
            return "interrupted" if was_one else None
        return "overrunning" if self.forecast.overrunning else None

    @property
    def last_cycle(self) -> CycleRecord | None:
        """The latest cycle that is over."""
        return self.chronicle.last_cycle

    @callback
    def async_listen(self, listener: CALLBACK_TYPE) -> CALLBACK_TYPE:
        """Call back when something that is shown has changed."""
        return self._display.async_listen(listener)

    @callback
    def _read(self, reading: Reading) -> None:
        self.presence.note(reading.at, is_there=reading.watts is not None)
        heard_at = max(reading.at, dt_util.utcnow().timestamp())
        self.when_learned(lambda: self.step(heard_at, reading))

    @callback
    def _new_day(self, _: datetime) -> None:
        self._display.async_show_at_once()

    @callback
    def _ring(self, now: Instant) -> None:
        self.step(now, None)

    @callback
    def async_emptied(self, by: EmptiedBy, cycle_id: str | None = None) -> None:
        """Take the word of a person that the load (of this cycle) was taken out."""
        now, unloading = dt_util.utcnow().timestamp(), self.consequences.unloading
        self.when_learned(
            lambda: self.unload(unloading.emptied(by, now, cycle_id), now)
        )

    @callback
    def async_end(self, *, discard: bool) -> None:
        """Take the word of a person: the cycle is over, or there was none."""
        detector, before = self.detector, self.detector.state
        if isinstance(detector, NativeTracker) or self.is_learning:
            return
        now = dt_util.utcnow().timestamp()
        self._take(
            detector.discard(now) if discard else detector.finish(now), before, now
        )

    @callback
    def look_again(self) -> None:
        """See what is expected now, show it, and write it down."""
        now = dt_util.utcnow().timestamp()
        event = self.foresight.look(self.detector, now, at_once=True)
        if event is not None:
            self._tell(self._hear((event,)), now)
        elif not self.is_learning:
            self.chronicle.save(now, self._snapshot())
        self._display.async_show_at_once()

    # -- what is heard of it -----------------------------------------------------------

    @callback
    def when_learned(self, do: Callable[[], None]) -> None:
        """Do it now, or after the lesson, so that nothing of that is written over."""
        self._lesson.when_over(do)

    @callback
    def note_presence(self, at: Instant, *, is_there: bool) -> None:
        """Note whether the appliance can be heard."""
        self.presence.note(at, is_there=is_there)

    @callback
    def step(self, now: Instant, said: Reading | NativeReading | None) -> None:
        """Let the detector find what follows from a word or the time, and tell it."""
        before = self.detector.state
        self._take(self._find(now, said), before, now)

    @callback
    def testify(self, now: Instant, said: Said) -> None:
        """Let the detector of the power find what follows from a witness."""
        if isinstance(self.detector, Detector):
            before = self.detector.state
            self._take(self.detector.witness(now, said), before, now)

    @callback
    def unload(self, event: UnloadingEvent | None, now: Instant) -> None:
        """Tell what happened to the load, if something did."""
        if event is not None:
            self._tell((event,), now)
            self._set_alarm(now)

    @callback
    def show(self, now: Instant) -> None:
        """Show what is new, not more often than anybody looks."""
        state = self.detector.state
        away = self.presence.is_away_too_long(now)
        self._display.async_show(
            now, (state, self.detector.cycle_id, away), is_moving=state in _ACTIVE
        )

    # -- what follows ------------------------------------------------------------------

    def _take(self, step: Step, before: ApplianceState, now: Instant) -> None:
        self._detector_wakes_at = step.wake_at
        events = self._hear(step.events)
        self.consequences.bill.used(self.detector.energy_wh, now)
        at_once = self.detector.state is not before
        if almost := self.foresight.look(self.detector, now, at_once=at_once):
            events = (*events, *self._hear((almost,)))
        events = (*events, *self.consequences.look(self.detector, now))
        self._set_alarm(now)
        if self.detector.state not in IN_CYCLE:
            self._metering.take_chosen()
        if events:
            self._tell(events, now)
        elif self._is_due_to_save(before, now):
            self._saved_at = now
            self.chronicle.save(now, self._snapshot())
        self.show(now)

    def _hear(
        self, events: tuple[CycleEvent, ...]
    ) -> tuple[CycleEvent | UnloadingEvent, ...]:
        for event in events:
            self.foresight.hear(event, self.detector)
        return self.consequences.hear(events, self.detector)

    def _find(self, now: Instant, said: Reading | NativeReading | None) -> Step:
        if isinstance(self.detector, NativeTracker):
            return self.detector.step(
                now, said if isinstance(said, NativeReading) else None
            )
        return self.detector.step(now, said if isinstance(said, Reading) else None)

    def _tell(
        self, events: tuple[CycleEvent | UnloadingEvent, ...], now: Instant
    ) -> None:
        self._saved_at = now
        self.chronicle.tell(events, self._snapshot(), self._display.async_show_at_once)

    def _is_due_to_save(self, before: ApplianceState, now: Instant) -> bool:
        state = self.detector.state
        if state is not before:
            return True
        return state in _ACTIVE and now - self._saved_at >= SAVE_EVERY

    def _set_alarm(self, now: Instant) -> None:
        in_cycle = self.detector.state in _ACTIVE
        self._alarm.async_set(
            (
                self._detector_wakes_at,
                self.consequences.unloading.wake_at,
                self.foresight.wake_at,
                now + REFRESH_EVERY if in_cycle else None,
                self.presence.turns_at(now),
            )
        )
