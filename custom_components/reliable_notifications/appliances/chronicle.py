"""Stores and hands on what happened to one appliance, in order and without loss.

While the disk refuses, happenings wait here in memory. Must not find out what
happened (the detector does) nor decide what is said about it (the pipeline does).
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
import logging
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later

from ..adapters.cycle_log import CycleLog
from ..adapters.database import StorageFailed
from ..engine.cycles.evidence import NO_CYCLE
from ..engine.cycles.expectation import LEAD_S
from ..engine.vocabulary import (
    ApplianceKind,
    CycleEvent,
    CycleEventKind,
    CycleRecord,
    EmptiedBy,
    Instant,
    Priority,
    UnloadingEvent,
)

# Pause before the disk is asked again; a full or slow one does not mend faster.
STORAGE_PAUSE = 5.0
# What waits for a broken disk may hold a stop up this long; Home Assistant gives all
# integrations together 20 s.
STOP_PATIENCE = 5.0
# More than an appliance of a household does in a month, which is summed up: a kettle
# that boils ten times a day does 310.
_REMEMBERED = 500

_OVER = frozenset(
    {CycleEventKind.FINISHED, CycleEventKind.INTERRUPTED, CycleEventKind.SHORT_RUN}
)

_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplianceSpec:
    """What the user said about an appliance.

    Without a power sensor it is followed by what it says itself (native entity).
    """

    id: str
    name: str
    kind: ApplianceKind
    power_entity: str | None
    door_entity: str | None = None
    vibration_entity: str | None = None
    native_entity: str | None = None
    counter_entity: str | None = None
    price_entity: str | None = None
    # how long before its expected end a cycle is *almost done*, and whether people want
    # to be told of that, and of its start
    almost_done_s: float = LEAD_S
    tell_almost_done: bool = False
    tell_started: bool = False
    # how loudly its finish and its reminders are told; None: as those of all
    priority: Priority | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """A watch as it was written down, and the last sign of life after that."""

    saved_at: Instant
    snapshot: Mapping[str, Any]
    alive_until: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """An event together with what must be stored in the same breath.

    What happens to a load after its cycle changes the line of that cycle in the log, if
    anything.
    """

    spec: ApplianceSpec
    event: CycleEvent | UnloadingEvent
    record: CycleRecord | None
    snapshot: Mapping[str, Any]


type OnHappening = Callable[[Happening], Awaitable[None]]


class Chronicle:
    """The story of one appliance, one happening after the other."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry[Any],
        spec: ApplianceSpec,
        cycle_log: CycleLog,
        on_happening: OnHappening,
    ) -> None:
        """Begin with nothing to tell."""
        self._hass = hass
        self._entry = entry
        self._spec = spec
        self._cycle_log = cycle_log
        self._on_happening = on_happening
        self._in_order = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._untold: deque[Happening] = deque()
        self._cancel_retry: CALLBACK_TYPE | None = None
        # the latest cycles that are over, the last one first
        self._over: list[CycleRecord] = []

    @property
    def last_cycle(self) -> CycleRecord | None:
        """The latest cycle that is over."""
        return self._over[0] if self._over else None

    async def async_start(self) -> None:
        """Look up how the last cycles ended."""
        self._over = await self._cycle_log.last_cycles(self._spec.id, _REMEMBERED)

    @property
    def over(self) -> Sequence[CycleRecord]:
        """The cycles that are over, the last one first; another list after each."""
        return self._over

    def note(self, record: CycleRecord) -> None:
        """Remember a cycle that is over, or that it is not over after all."""
        self._over = [each for each in self._over if each.cycle_id != record.cycle_id]
        if record.announced_at is not None and not record.no_cycle:
            self._over = [record, *self._over][:_REMEMBERED]

    async def async_stop(
        self, now: Instant, snapshot: Mapping[str, Any] | None
    ) -> None:
        """Finish what is under way, and write the detector down, if it is worth it."""
        if self._cancel_retry is not None:
            self._cancel_retry()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=STOP_PATIENCE)
            for task in late:
                task.cancel()
        if snapshot is not None and not self._untold:
            # else the file keeps the state from before, and finds it all out again
            await self._save(now, snapshot)

    @callback
    def tell(
        self,
        events: tuple[CycleEvent | UnloadingEvent, ...],
        snapshot: Mapping[str, Any],
        then: Callable[[], None],
    ) -> None:
        """Store and hand on what happened; `then` is called when that is done."""
        for event in events:
            record = self._record(event)
            if record is not None:
                self.note(record)
            self._untold.append(
                Happening(
                    spec=self._spec, event=event, record=record, snapshot=snapshot
                )
            )
        self._in_turn(self._tell_in_order(then), "tell")

    def _record(self, event: CycleEvent | UnloadingEvent) -> CycleRecord | None:
        if isinstance(event, CycleEvent):
            return cycle_record(self._spec.id, event)
        last = self.last_cycle
        # what only the next start has noticed may have been done at any time before
        seen = event.by not in (None, EmptiedBy.START)
        if last is None or last.cycle_id != event.cycle_id or not seen:
            return None
        return replace(last, idle_s=event.idle_s)

    @callback
    def save(self, now: Instant, snapshot: Mapping[str, Any]) -> None:
        """Write the detector down."""
        self._in_turn(self._save(now, snapshot), "save")

    async def _tell_in_order(self, then: Callable[[], None]) -> None:
        async with self._in_order:
            while self._untold:
                try:
                    await self._on_happening(self._untold[0])
                except StorageFailed as failure:
                    _LOGGER.error(
                        "What happened to %s waits for the database: %s",
                        self._spec.name,
                        failure,
                    )
                    self._retry_later(then)
                    return
                self._untold.popleft()
        then()

    def _retry_later(self, then: Callable[[], None]) -> None:
        @callback
        def retry(_: datetime) -> None:
            self._cancel_retry = None
            self._in_turn(self._tell_in_order(then), "tell again")

        if self._cancel_retry is None:
            self._cancel_retry = async_call_later(self._hass, STORAGE_PAUSE, retry)

    async def _save(self, now: Instant, snapshot: Mapping[str, Any]) -> None:
        async with self._in_order:
            if self._untold:
                return  # a state after what is untold would make it forgotten
            try:
                await self._cycle_log.save(self._spec.id, snapshot, None, now)
            except StorageFailed as failure:
                # the next change saves all of it again
                _LOGGER.warning(
                    "The state of %s could not be saved: %s", self._spec.name, failure
                )

    def _in_turn(self, work: Coroutine[Any, Any, None], what: str) -> None:
        # no background task: these are short writes, and a stop must wait for them
        task = self._entry.async_create_task(
            self._hass, work, f"reliable_notifications {what} {self._spec.name}"
        )
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def cycle_record(appliance_id: str, event: CycleEvent) -> CycleRecord:
    """The line of the log that an event leaves behind."""
    is_over = event.kind in _OVER
    return CycleRecord(
        cycle_id=event.cycle_id,
        appliance_id=appliance_id,
        started_at=event.started_at,
        ended_at=event.ended_at if is_over else None,
        announced_at=event.at if is_over else None,
        energy_wh=event.energy_wh,
        interrupted=is_over and event.kind is not CycleEventKind.FINISHED,
        estimated=event.estimated,
        cost=event.cost,
        saved=event.saved,
        no_cycle=event.reason in NO_CYCLE,
    )
