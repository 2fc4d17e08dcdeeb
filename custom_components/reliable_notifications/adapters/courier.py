"""Carries every stored intent to its end: asks the lifecycle, calls channels, stores.

The only caller of channels. It keeps no knowledge of its own that a restart would
lose: before a call and after it the delivery is stored. Must not decide which channel
comes next or what an answer means.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Mapping
from dataclasses import dataclass, field, replace
import logging
import random
from typing import Any

from homeassistant.core import CALLBACK_TYPE, HassJob, HomeAssistant, callback
from homeassistant.util.hass_dict import HassKey
from homeassistant.util.ulid import ulid_now

from ..channels.interface import Channel, Envelope
from ..const import DOMAIN
from ..engine.delivery.lifecycle import (
    Over,
    Send,
    after_crash,
    attempt_started,
    close,
    next_move,
    receipt,
    verdict,
)
from ..engine.delivery.record import Delivery
from ..engine.vocabulary import (
    AttemptResult,
    Evidence,
    IntentRecord,
    IntentState,
    Priority,
)
from . import verdicts
from .alarm_clock import StartupGrace, now, sleep
from .database import StorageFailed
from .log_tap import listening
from .outbox import AttemptEntry, Outbox, Parcel, ReceiptEntry

_LOGGER = logging.getLogger(__name__)

# Calls that run at the same time (delivery reference, edge 16): enough for a family's
# phones at once, few enough that hanging ones cannot use up Home Assistant's threads.
# Urgent intents have a lane of the same width to themselves.
LANE_WIDTH = 8

# Seconds that calls in progress get when we are stopped (delivery reference 5.13);
# Home Assistant gives all integrations together 20
DRAIN_TIME = 5.0

# Seconds until reading is tried again after the database refused; a full or slow disk
# does not mend faster, and nothing is lost meanwhile
STORAGE_PAUSE = 5.0

_RUNNING: HassKey[Courier] = HassKey(f"{DOMAIN}_courier")


@dataclass(slots=True)
class _Carried:
    """An intent under way, and what wakes it from a pause."""

    parcel: Parcel
    crashed: bool = False
    calling: bool = False
    task: asyncio.Task[None] | None = None
    wake: asyncio.Event = field(default_factory=asyncio.Event)


class Courier:
    """Takes intents from the outbox to the channels; one runs at a time."""

    def __init__(
        self,
        hass: HomeAssistant,
        outbox: Outbox,
        channels: Mapping[str, Channel],
        on_change: Callable[[IntentRecord], None],
    ) -> None:
        """Remember the parts; `on_change` hears of every change after it was stored."""
        self._hass = hass
        self._outbox = outbox
        self._channels = channels
        self._on_change = on_change
        self._running = False
        self._grace = StartupGrace(hass)
        # by intent id; None while the intent is being read
        self._under_way: dict[str, _Carried | None] = {}
        # what was open when we started, and what ended while that was being read
        self._found: frozenset[str] | None = None
        self._ended_while_reading: set[str] = set()
        self._loading: set[asyncio.Task[None]] = set()
        self._lane = asyncio.Semaphore(LANE_WIDTH)
        self._urgent_lane = asyncio.Semaphore(LANE_WIDTH)
        self._unhook: list[CALLBACK_TYPE] = []

    @property
    def is_running(self) -> bool:
        """Whether stored intents are being carried."""
        return self._running

    @property
    def open_count(self) -> int:
        """How many intents are under way."""
        return len(self._under_way)

    async def start(self) -> None:
        """Carry on with everything that has no end yet. Raises StorageFailed."""
        if self._running:
            return
        other = self._hass.data.get(_RUNNING)
        if other is not None and other is not self:
            await other.stop()  # two would send everything twice
        self._hass.data[_RUNNING] = self
        self._running = True
        self._unhook.append(self._grace.begin())
        self._unhook.append(
            self._hass.async_add_shutdown_job(
                HassJob(self._stop_with_home_assistant, f"{DOMAIN} stops its courier")
            )
        )
        try:
            parcels = await self._outbox.open_intents()
        except StorageFailed:
            await self.stop()
            raise
        self._found = frozenset(parcel.delivery.intent_id for parcel in parcels)
        for parcel in parcels:
            self._take_stored(parcel)
        self._ended_while_reading.clear()

    async def stop(self) -> None:
        """End what is in a call within a few seconds; the rest stays stored."""
        if not self._running:
            return
        self._running = False
        while self._unhook:
            self._unhook.pop()()
        await self._drain()
        self._found = None
        if self._hass.data.get(_RUNNING) is self:
            del self._hass.data[_RUNNING]

    @callback
    def submit(self, intent_ids: Iterable[str]) -> None:
        """Carry these intents, which are in the outbox already; returns at once."""
        if not self._running:
            return  # they are stored; the next start finds them
        unread = []
        for intent_id in dict.fromkeys(intent_ids):
            if intent_id in self._under_way or intent_id in (self._found or ()):
                continue  # it was stored before we started, and found then
            parcel = self._outbox.take_fresh(intent_id)
            if parcel is None:
                unread.append(intent_id)
            else:
                self._take(_Carried(parcel))
        if unread:
            self._under_way.update(dict.fromkeys(unread))
            task = self._spawn(self._fetch(unread), f"{DOMAIN} reads intents")
            self._loading.add(task)
            task.add_done_callback(self._loading.discard)

    async def book(self, intent_id: str, news: ReceiptEntry) -> None:
        """Note news of a message from outside a call, also long after its end.

        Unknown ids are allowed: phones answer to messages of years ago.
        """
        carried = self._under_way.get(intent_id)
        if carried is None:
            parcel = await self._outbox.book_receipt(intent_id, news)
            if parcel is not None:
                self._tell(parcel)
            return
        known = receipt(carried.parcel.delivery, news.evidence, news.at)
        carried.wake.set()
        await self._keep(carried, known, news=news)

    # --- starting and stopping ---

    async def _stop_with_home_assistant(self) -> None:
        # Home Assistant is going through its shutdown jobs: taking ours out of the
        # list now would make it skip the next one
        self._unhook.pop()
        await self.stop()

    async def _drain(self) -> None:
        """Wait for calls in progress, stop everything else."""
        carried = [each for each in self._under_way.values() if each is not None]
        calling = [each.task for each in carried if each.task and each.calling]
        idle = [each.task for each in carried if each.task and not each.calling]
        for task in (*idle, *self._loading):
            task.cancel()
        late: Iterable[asyncio.Task[None]] = ()
        if calling:
            _, late = await asyncio.wait(calling, timeout=DRAIN_TIME)
        for task in late:
            task.cancel()  # stays *sending* in the store: in doubt at the next start
        await asyncio.gather(*calling, *idle, *self._loading, return_exceptions=True)
        self._under_way.clear()

    def _spawn(self, work: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        """In the background: Home Assistant's start must not wait for a delivery."""
        return self._hass.async_create_background_task(work, name, eager_start=False)

    # --- taking intents on ---

    async def _fetch(self, intent_ids: list[str]) -> None:
        """Read new intents and take them on."""
        parcels = None
        while parcels is None:
            try:
                parcels = await self._outbox.load(intent_ids)
            except StorageFailed as error:
                _report("New messages wait for the database", error)
                await sleep(self._hass, STORAGE_PAUSE, asyncio.Event())
        for parcel in parcels:
            self._take(_Carried(parcel))
        for intent_id in intent_ids:  # one that does not exist
            if self._under_way.get(intent_id, ...) is None:
                del self._under_way[intent_id]

    @callback
    def _take_stored(self, parcel: Parcel) -> None:
        """Take on an intent that an earlier run left open."""
        intent_id = parcel.delivery.intent_id
        if intent_id in self._under_way or intent_id in self._ended_while_reading:
            return  # it was submitted while we read
        crashed = parcel.delivery.state is IntentState.SENDING
        delivery = after_crash(parcel.delivery, now(), jitter=random.random())
        self._take(_Carried(replace(parcel, delivery=delivery), crashed=crashed))

    @callback
    def _take(self, carried: _Carried) -> None:
        intent_id = carried.parcel.delivery.intent_id
        self._under_way[intent_id] = carried
        carried.task = self._spawn(
            self._carry(carried), f"{DOMAIN} carries {intent_id}"
        )

    # --- one intent ---

    async def _carry(self, carried: _Carried) -> None:
        """Bring one intent to its end, or to the point where we are stopped."""
        try:
            if carried.crashed:
                await self._keep_after_crash(carried)
            while self._running:
                move = next_move(carried.parcel.delivery, now())
                if isinstance(move, Send):
                    await self._ask(carried, move)
                elif isinstance(move, Over):
                    await self._end(carried, move)
                    return
                else:
                    await sleep(self._hass, move.at - now(), carried.wake)
        finally:
            intent_id = carried.parcel.delivery.intent_id
            self._under_way.pop(intent_id, None)
            if self._found is None:
                self._ended_while_reading.add(intent_id)

    async def _end(self, carried: _Carried, over: Over) -> None:
        """Store the end, unless it is stored already."""
        if not carried.parcel.delivery.state.is_terminal:
            await self._keep(carried, close(carried.parcel.delivery, over, now()))

    async def _ask(self, carried: _Carried, move: Send) -> None:
        """Make one attempt: store it, call, store what came of it."""
        urgent = carried.parcel.notification.priority is Priority.URGENT
        async with self._urgent_lane if urgent else self._lane:
            if not self._running or next_move(carried.parcel.delivery, now()) != move:
                return  # while it waited for its turn, something changed
            attempt = AttemptEntry(
                id=ulid_now(), channel_id=move.channel_id, started_at=now()
            )
            carried.calling = True
            try:
                await self._keep(
                    carried, attempt_started(carried.parcel.delivery), attempt=attempt
                )
                result = await self._call(carried.parcel, attempt)
                ended_at = now()
                await self._keep(
                    carried,
                    verdict(
                        carried.parcel.delivery,
                        result,
                        ended_at,
                        jitter=random.random(),
                    ),
                    attempt=replace(attempt, ended_at=ended_at, result=result),
                )
            finally:
                carried.calling = False

    async def _call(self, parcel: Parcel, attempt: AttemptEntry) -> AttemptResult:
        """Call the channel under its own time limit; every error becomes a value."""
        channel = self._channels.get(attempt.channel_id)
        if channel is None:
            return AttemptResult(
                evidence=Evidence.REFUSED, detail="The channel does not exist any more"
            )
        with listening(attempt.id, channel.loggers) as heard:
            limit = asyncio.timeout(channel.patience)
            try:
                async with limit:
                    result = await channel.async_send(_envelope(parcel, attempt.id))
            except Exception as error:  # noqa: BLE001 - platforms leak library errors
                if limit.expired():
                    return verdicts.of_timeout(channel.patience)
                return verdicts.of_error(
                    error, channel.name, starting=self._grace.is_on
                )
            return verdicts.of_return(result, heard)

    # --- storing ---

    async def _keep(
        self,
        carried: _Carried,
        delivery: Delivery,
        *,
        attempt: AttemptEntry | None = None,
        news: ReceiptEntry | None = None,
    ) -> None:
        """Store how far it has come. A failing disk must not hold a message back."""
        carried.parcel = replace(carried.parcel, delivery=delivery)
        try:
            await self._outbox.save(delivery, attempt=attempt, news=news)
        except StorageFailed as error:
            _report("Delivery goes on without being stored", error)
        self._tell(replace(carried.parcel, delivery=delivery))

    async def _keep_after_crash(self, carried: _Carried) -> None:
        """Store what became of a call in which an earlier run was interrupted."""
        try:
            await self._outbox.save_after_crash(carried.parcel.delivery, now())
        except StorageFailed as error:
            _report("Delivery goes on without being stored", error)
        self._tell(carried.parcel)

    @callback
    def _tell(self, parcel: Parcel) -> None:
        """In a turn of its own, so that a listener's mistake cannot stop a delivery."""
        self._hass.loop.call_soon(self._on_change, parcel.record())


def _report(consequence: str, error: StorageFailed) -> None:
    """Say in one sentence what the disk did to us; a trace would not add to it."""
    _LOGGER.error("%s: %s", consequence, error)


def _envelope(parcel: Parcel, attempt_id: str) -> Envelope:
    """What the channel gets to see."""
    notification = parcel.notification
    return Envelope(
        attempt_id=attempt_id,
        intent_id=parcel.delivery.intent_id,
        notification_id=notification.id,
        recipient_id=parcel.recipient_id,
        recipient_name=parcel.recipient_name,
        priority=notification.priority,
        title=notification.title,
        message=notification.message,
        tag=notification.tag,
        sent_at=parcel.created_at,
        data=notification.data,
    )
