"""One watched appliance: its meter, its detector, its alarm and its memory.

Feeds readings and the passing of time to the detector, what that finds to the
unloading, keeps their state on disk, and hands what happened to the pipeline in
order. It must not decide whether a cycle is over (the detector does), whether a load
was taken out (the unloading does), nor whom to tell.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, State, callback
from homeassistant.util import dt as dt_util

from .adapters.cycle_log import CycleLog
from .adapters.followed_entity import FollowedEntity
from .adapters.power_meter import PowerMeter
from .adapters.witnesses import (
    counted_wh,
    is_open,
    price_per_kwh,
    says,
)
from .alarm import Alarm
from .catching_up import async_catch_up
from .chronicle import ApplianceSpec, Chronicle, Memory, OnHappening, cycle_record
from .display import Display
from .engine.cycles.bill import Bill, Source
from .engine.cycles.detector import Detector, Step
from .engine.cycles.evidence import NO_CYCLE
from .engine.cycles.native_tracker import NativeReading, NativeTracker
from .engine.cycles.unloading import Unloading, holds_a_load
from .engine.vocabulary import (
    ApplianceState,
    CycleEvent,
    CycleRecord,
    EmptiedBy,
    Instant,
    Reading,
    UnloadingEvent,
)
from .forecast import Forecast, forecast
from .presence import Presence
from .schooling import async_learn, has_past

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
        self._chronicle = Chronicle(hass, entry, spec, cycle_log, on_happening)
        self.detector: Detector | NativeTracker
        self._meter: PowerMeter | None = None
        self._witnesses: list[FollowedEntity] = []
        if spec.power_entity is not None:
            self.detector = Detector(spec.kind)
            self._meter = PowerMeter(hass, spec.power_entity, self._read)
        else:
            self.detector = NativeTracker(spec.kind)
            self._follow(spec.native_entity, self._native_said)
        has_door = spec.door_entity is not None
        self.holds_a_load = holds_a_load(spec.kind, has_door=has_door)
        self.unloading = Unloading(spec.kind, has_door=has_door)
        self.bill = Bill()
        self._follow(spec.door_entity, self._door_said)
        self._follow(spec.counter_entity, self._counter_said)
        self._follow(spec.price_entity, self._price_said)
        # share of the past that was gone through, while that is going on
        self.learned: float | None = None
        self._lesson: asyncio.Task[None] | None = None
        self._waiting: list[Reading] | None = None
        self._display = Display()
        self._alarm = Alarm(hass, self._ring)
        self._presence = Presence()
        # the latest one that turned out to be no cycle
        self._no_cycle: str | None = None
        self._detector_wakes_at: Instant | None = None
        self._saved_at: Instant = 0.0

    def _follow(
        self, reference: str | None, said: Callable[[State | None], None]
    ) -> None:
        if reference is not None:
            self._witnesses.append(
                FollowedEntity(self._hass, reference, lambda state, _at: said(state))
            )

    async def async_start(self, memory: Memory | None) -> None:
        """Continue where the last run stopped, then begin to read."""
        now = dt_util.utcnow().timestamp()
        known = memory is not None and self._remember(memory.snapshot)
        await self._chronicle.async_start(self.detector.cycle_id, now)
        if memory is not None and known:
            self._saved_at = memory.saved_at
            if now - memory.saved_at > SHORT_GAP:
                await self._catch_up(memory, now)
        elif self._meter is not None and self._meter.entity_id is not None:
            self._begin_lesson(self._meter.entity_id, now)
        for witness in self._witnesses:
            witness.async_start()
        if self._meter is not None:
            self._meter.async_start()

    def _begin_lesson(self, entity_id: str, now: Instant) -> None:
        if has_past(self._hass):
            self._waiting = []
            self._lesson = self._entry.async_create_background_task(
                self._hass,
                self._learn(entity_id, now),
                f"reliable_notifications learns {self.spec.name}",
            )

    def _remember(self, snapshot: Mapping[str, Any]) -> bool:
        # up to 0.1.0 a detector was all there was to remember
        detector = dict(snapshot.get("detector", snapshot))
        self.detector = type(self.detector).restore(self.spec.kind, detector)
        self.unloading.restore(snapshot.get("unloading"))
        self.bill.restore(snapshot.get("bill"))
        self._no_cycle = snapshot.get("no_cycle")
        return self.detector.state is not ApplianceState.UNKNOWN

    def _snapshot(self) -> dict[str, Any]:
        return {
            "detector": self.detector.snapshot(),
            "unloading": self.unloading.snapshot(),
            "bill": self.bill.snapshot(),
            "no_cycle": self._no_cycle,
        }

    async def _learn(self, entity_id: str, now: Instant) -> None:
        """Go through the past first, then take up what was reported meanwhile."""
        detector = Detector(self.spec.kind)
        last = await async_learn(
            self._hass, detector, entity_id, now, self._has_learned
        )
        if last is not None:
            self._chronicle.last_cycle = cycle_record(self.spec.id, last)
        self.detector, self.learned = detector, None
        waiting, self._waiting = self._waiting or [], None
        for reading in waiting:
            self._step(reading.at, reading)
        self._chronicle.save(dt_util.utcnow().timestamp(), self._snapshot())
        self._display.async_show_at_once()

    def _has_learned(self, share: float) -> None:
        self.learned = share
        self._display.async_show_at_once()

    async def _catch_up(self, memory: Memory, now: Instant) -> None:
        alive_until = max(memory.saved_at, memory.alive_until)
        if isinstance(self.detector, NativeTracker) or self._meter is None:
            # nobody heard what it said meanwhile
            self._step(alive_until, NativeReading(alive_until, None))
            return
        past = await async_catch_up(
            self._hass,
            self.detector,
            self._meter.entity_id,
            watched_until=memory.saved_at,
            alive_until=alive_until,
            now=now,
        )
        if past:  # it is found out now, whenever it happened
            events = tuple(replace(event, at=now) for event in past)
            self._tell(self._with_figures(events), now)

    async def async_stop(self) -> None:
        """Stop reading and put the state on disk."""
        if self._meter is not None:
            self._meter.async_stop()
        for witness in self._witnesses:
            witness.async_stop()
        if self._lesson is not None:
            self._lesson.cancel()
        self._alarm.async_cancel()
        # a lesson that was cut short begins anew: then there is nothing to remember
        await self._chronicle.async_stop(
            dt_util.utcnow().timestamp(),
            None if self.is_learning else self._snapshot(),
        )

    @property
    def is_learning(self) -> bool:
        """Whether the past is being gone through, and the present has to wait."""
        return self._waiting is not None

    @property
    def energy_wh(self) -> float | None:
        """Energy of the cycle; None where nothing measures it."""
        billed = self.bill.energy_wh(self.detector.cycle_id)
        return self.detector.energy_wh if billed is None else billed

    @property
    def energy_source(self) -> Source | None:
        """Where that comes from."""
        if self.energy_wh is None:
            return None
        return self.bill.source(self.detector.cycle_id)

    @property
    def cost(self) -> float | None:
        """What the cycle cost so far; None where no price is known."""
        return self.bill.cost(self.detector.cycle_id)

    @property
    def reason(self) -> str:
        """Why the appliance is in the state that it is in, in one word."""
        if isinstance(self.detector, NativeTracker):
            return self.detector.reason
        return self.detector.reason.key.value

    @property
    def forecast(self) -> Forecast:
        """What is expected of the running cycle."""
        return forecast(self.detector)

    @property
    def problem(self) -> str | None:
        """What somebody should look at, in one word."""
        if self._presence.is_away_too_long(dt_util.utcnow().timestamp()):
            return "away"
        detector = self.detector
        if detector.state is ApplianceState.INTERRUPTED:
            return None if detector.cycle_id == self._no_cycle else "interrupted"
        return "overrunning" if self.forecast.overrunning else None

    @property
    def last_cycle(self) -> CycleRecord | None:
        """The latest cycle that is over."""
        return self._chronicle.last_cycle

    @callback
    def async_listen(self, listener: CALLBACK_TYPE) -> CALLBACK_TYPE:
        """Call back when something that is shown has changed."""
        return self._display.async_listen(listener)

    @callback
    def _read(self, reading: Reading) -> None:
        self._presence.note(reading.at, is_there=reading.watts is not None)
        if self._waiting is not None:
            self._waiting.append(reading)
            return
        self._step(max(reading.at, dt_util.utcnow().timestamp()), reading)

    @callback
    def _ring(self, now: Instant) -> None:
        self._step(now, None)

    @callback
    def async_emptied(self, by: EmptiedBy) -> None:
        """Take the word of a person that the load was taken out."""
        now = dt_util.utcnow().timestamp()
        self._unload(self.unloading.emptied(by, now), now)

    @callback
    def _native_said(self, state: State | None) -> None:
        now = dt_util.utcnow().timestamp()
        word = says(state)
        self._presence.note(now, is_there=word is not None)
        self._step(now, NativeReading(now, word))

    @callback
    def _counter_said(self, state: State | None) -> None:
        now = dt_util.utcnow().timestamp()
        if (wh := counted_wh(state)) is not None:
            self.bill.counted(wh, now)
            self.bill.used(self.detector.energy_wh, now)
            self._show(now)

    @callback
    def _price_said(self, state: State | None) -> None:
        now = dt_util.utcnow().timestamp()
        if not self.is_learning:
            self._step(now, None)  # what was used up to now had the price before
        self.bill.priced(price_per_kwh(state, self._hass.config.currency), now)
        self._show(now)

    @callback
    def _door_said(self, state: State | None) -> None:
        now = dt_util.utcnow().timestamp()
        self._unload(self.unloading.door(is_open(state), now), now)

    def _unload(self, event: UnloadingEvent | None, now: Instant) -> None:
        if event is not None:
            self._tell((event,), now)
            self._set_alarm(now)

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

    def _step(self, now: Instant, said: Reading | NativeReading | None) -> None:
        before = self.detector.state
        self._take(self._find(now, said), before, now)

    def _take(self, step: Step, before: ApplianceState, now: Instant) -> None:
        self._detector_wakes_at = step.wake_at
        events = self._with_figures(step.events)
        self.bill.used(self.detector.energy_wh, now)
        if (reminder := self.unloading.ring(now)) is not None:
            events = (*events, reminder)
        self._set_alarm(now)
        if events:
            self._tell(events, now)
        elif self._is_due_to_save(before, now):
            self._saved_at = now
            self._chronicle.save(now, self._snapshot())
        self._show(now)

    def _find(self, now: Instant, said: Reading | NativeReading | None) -> Step:
        if isinstance(self.detector, NativeTracker):
            return self.detector.step(
                now, said if isinstance(said, NativeReading) else None
            )
        return self.detector.step(now, said if isinstance(said, Reading) else None)

    def _with_figures(
        self, events: tuple[CycleEvent, ...]
    ) -> tuple[CycleEvent | UnloadingEvent, ...]:
        """Add what a cycle used and cost, and what it means for the load."""
        told: list[CycleEvent | UnloadingEvent] = []
        for event in events:
            if event.reason in NO_CYCLE:
                self._no_cycle = event.cycle_id
            told.append(self.bill.hear(event, has_power=self._meter is not None))
            if (unloaded := self.unloading.hear(event)) is not None:
                told.append(unloaded)
        return tuple(told)

    def _tell(
        self, events: tuple[CycleEvent | UnloadingEvent, ...], now: Instant
    ) -> None:
        self._saved_at = now
        self._chronicle.tell(events, self._snapshot(), self._display.async_show_at_once)

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
                self.unloading.wake_at,
                now + REFRESH_EVERY if in_cycle else None,
                self._presence.turns_at(now),
            )
        )

    def _show(self, now: Instant) -> None:
        state = self.detector.state
        away = self._presence.is_away_too_long(now)
        self._display.async_show(
            now, (state, self.detector.cycle_id, away), is_moving=state in _ACTIVE
        )
