"""One watched appliance: its meter, its detector, its alarm and its memory.

Feeds readings and the passing of time to the detector, keeps the detector's
state on disk, and hands what happened to the pipeline in order. It must not
decide whether a cycle is over (the detector does) nor whom to tell.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
import logging
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import (
    async_call_later,
    async_track_point_in_utc_time,
)
from homeassistant.util import dt as dt_util

from .adapters.cycle_log import CycleLog
from .adapters.database import StorageFailed
from .adapters.power_meter import PowerMeter
from .catching_up import async_catch_up
from .engine.cycles.detector import Detector
from .engine.vocabulary import (
    ApplianceKind,
    ApplianceState,
    CycleEvent,
    CycleEventKind,
    CycleRecord,
    Instant,
    Reading,
)

# A cycle in progress is saved at least this often, so that a power cut costs at most
# a minute of energy; every change of state is saved at once besides.
SAVE_EVERY = 60.0
# Energy alone is shown at most this often: it changes with each reading, and nobody
# watches it closer; a change of state is shown at once.
SHOW_EVERY = 10.0
# A gap in the watch shorter than this (a reload) is no absence of the sensor: even a
# polling plug would not have reported in it.
SHORT_GAP = 30.0
# Pause before the disk is asked again; a full or slow one does not mend faster.
STORAGE_PAUSE = 5.0
# What waits for a broken disk may hold a stop up this long; Home Assistant gives all
# integrations together 20 s.
STOP_PATIENCE = 5.0

_LOGGER = logging.getLogger(__name__)

_ACTIVE = frozenset(
    {ApplianceState.STARTING, ApplianceState.RUNNING, ApplianceState.PAUSED}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplianceSpec:
    """What the user said about an appliance."""

    id: str
    name: str
    kind: ApplianceKind
    power_entity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """A detector as it was written down, and the last sign of life after that."""

    saved_at: Instant
    snapshot: Mapping[str, Any]
    alive_until: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """A cycle event together with what must be stored in the same breath."""

    spec: ApplianceSpec
    event: CycleEvent
    record: CycleRecord
    snapshot: Mapping[str, Any]


type OnHappening = Callable[[Happening], Awaitable[None]]


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
        self._cycle_log = cycle_log
        self._on_happening = on_happening
        self.detector = Detector(spec.kind)
        self.meter = PowerMeter(hass, spec.power_entity, self._read)
        self.last_cycle: CycleRecord | None = None
        self._listeners: list[CALLBACK_TYPE] = []
        self._disarm: CALLBACK_TYPE | None = None
        self._in_order = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._untold: deque[Happening] = deque()
        self._cancel_retry: CALLBACK_TYPE | None = None
        self._saved_at: Instant = 0.0
        self._shown_at: Instant = 0.0
        self._shown: tuple[ApplianceState, str | None] | None = None

    async def async_start(self, memory: Memory | None) -> None:
        """Continue where the last run stopped, then begin to read."""
        now = dt_util.utcnow().timestamp()
        self.last_cycle = await self._cycle_log.last_cycle(self.spec.id)
        if memory is not None:
            self.detector = Detector.restore(self.spec.kind, dict(memory.snapshot))
            self._saved_at = memory.saved_at
            if now - memory.saved_at > SHORT_GAP:
                await self._catch_up(memory, now)
        self.meter.async_start()

    async def _catch_up(self, memory: Memory, now: Instant) -> None:
        past = await async_catch_up(
            self._hass,
            self.detector,
            self.meter.entity_id,
            watched_until=memory.saved_at,
            alive_until=max(memory.saved_at, memory.alive_until),
            now=now,
        )
        if past:  # it is found out now, whenever it happened
            events = tuple(replace(event, at=now) for event in past)
            await self._tell(events, self.detector.snapshot())

    async def async_stop(self) -> None:
        """Stop reading and put the state on disk."""
        self.meter.async_stop()
        self._set_alarm(None)
        if self._cancel_retry is not None:
            self._cancel_retry()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=STOP_PATIENCE)
            for task in late:
                task.cancel()
        await self._save(dt_util.utcnow().timestamp(), self.detector.snapshot())

    @callback
    def async_listen(self, listener: CALLBACK_TYPE) -> CALLBACK_TYPE:
        """Call back when something that is shown has changed."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @callback
    def _read(self, reading: Reading) -> None:
        self._step(max(reading.at, dt_util.utcnow().timestamp()), reading)

    @callback
    def _ring(self, moment: datetime) -> None:
        self._disarm = None
        self._step(max(moment.timestamp(), dt_util.utcnow().timestamp()), None)

    def _step(self, now: Instant, reading: Reading | None) -> None:
        before = self.detector.state
        step = self.detector.step(now, reading)
        self._set_alarm(step.wake_at)
        if step.events:
            snapshot = self.detector.snapshot()
            self._saved_at = now
            self._in_turn(self._tell(step.events, snapshot), "tell")
        elif self._is_due_to_save(before, now):
            self._saved_at = now
            self._in_turn(self._save(now, self.detector.snapshot()), "save")
        self._show(now)

    def _is_due_to_save(self, before: ApplianceState, now: Instant) -> bool:
        state = self.detector.state
        if state is not before:
            return True
        return state in _ACTIVE and now - self._saved_at >= SAVE_EVERY

    async def _tell(
        self, events: tuple[CycleEvent, ...], snapshot: Mapping[str, Any]
    ) -> None:
        async with self._in_order:
            for event in events:
                record = cycle_record(self.spec.id, event)
                if record.announced_at is not None:
                    self.last_cycle = record
                self._untold.append(
                    Happening(
                        spec=self.spec, event=event, record=record, snapshot=snapshot
                    )
                )
            await self._tell_in_order()
        self._show(dt_util.utcnow().timestamp(), force=True)

    async def _tell_in_order(self) -> None:
        """Hand happenings on; while the disk refuses, they wait here in memory."""
        while self._untold:
            try:
                await self._on_happening(self._untold[0])
            except StorageFailed as failure:
                _LOGGER.error(
                    "What happened to %s waits for the database: %s",
                    self.spec.name,
                    failure,
                )
                self._set_retry()
                return
            self._untold.popleft()

    def _set_retry(self) -> None:
        if self._cancel_retry is None:
            self._cancel_retry = async_call_later(
                self._hass, STORAGE_PAUSE, self._retry
            )

    @callback
    def _retry(self, _: datetime) -> None:
        self._cancel_retry = None
        self._in_turn(self._tell((), {}), "tell again")

    async def _save(self, now: Instant, snapshot: Mapping[str, Any]) -> None:
        async with self._in_order:
            try:
                await self._cycle_log.save(self.spec.id, snapshot, None, now)
            except StorageFailed as failure:
                # the next change saves all of it again
                _LOGGER.warning(
                    "The state of %s could not be saved: %s", self.spec.name, failure
                )

    def _in_turn(self, work: Coroutine[Any, Any, None], what: str) -> None:
        # no background task: these are short writes, and a stop must wait for them
        task = self._entry.async_create_task(
            self._hass, work, f"reliable_notifications {what} {self.spec.name}"
        )
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _set_alarm(self, at: Instant | None) -> None:
        if self._disarm is not None:
            self._disarm()
            self._disarm = None
        if at is not None:
            self._disarm = async_track_point_in_utc_time(
                self._hass, self._ring, dt_util.utc_from_timestamp(at)
            )

    def _show(self, now: Instant, *, force: bool = False) -> None:
        shown = (self.detector.state, self.detector.cycle_id)
        if (
            not force
            and shown == self._shown
            and (shown[0] not in _ACTIVE or now - self._shown_at < SHOW_EVERY)
        ):
            return
        self._shown, self._shown_at = shown, now
        for listener in tuple(self._listeners):
            listener()


def cycle_record(appliance_id: str, event: CycleEvent) -> CycleRecord:
    """The line of the log that an event leaves behind."""
    is_over = event.kind in (CycleEventKind.FINISHED, CycleEventKind.INTERRUPTED)
    return CycleRecord(
        cycle_id=event.cycle_id,
        appliance_id=appliance_id,
        started_at=event.started_at,
        ended_at=event.ended_at if is_over else None,
        announced_at=event.at if is_over else None,
        energy_wh=event.energy_wh,
        interrupted=event.kind is CycleEventKind.INTERRUPTED,
        estimated=event.estimated,
    )
