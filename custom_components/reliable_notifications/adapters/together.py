"""Keeps messages to the same person back for seconds, and has them told in one.

What waits is only known here and in the rows of the intents: after a restart they come
to the door again. Once told together, it is in the rows who leads whom. Must not decide
how long is waited, or what the end of a leader means for those that it leads.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Coroutine, MutableMapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later

from ..const import DOMAIN
from ..engine.content.bundle import bundle
from ..engine.content.languages import language_of
from ..engine.delivery.gathering import WAITS, Stream, arrives, told
from ..engine.vocabulary import Instant, IntentState, Shape
from .alarm_clock import now
from .carried import Carried, Carries, Ear, report
from .database import StorageFailed
from .outbox import Outbox
from .parcel import Bundle, Parcel, are_digest

# Intents that follow one leader: their rows are written in one piece, and nobody else
# can write meanwhile; with a thousand that takes some ten milliseconds
MOST_IN_ONE = 1000

# Changes that are told in one go: between them the event loop does other things
_TOLD_AT_ONCE = 20

# to whom, how urgently, and by which channels in which order
type _Way = tuple[str, ...]


class Together:
    """The groups that are being gathered, and those that are being told."""

    def __init__(
        self,
        hass: HomeAssistant,
        outbox: Outbox,
        under_way: MutableMapping[str, Carried],
        carrier: Carries,
        ear: Ear,
    ) -> None:
        """Nothing came yet; `under_way` is what the carrier carries."""
        self._ear = ear
        self._hass = hass
        self._outbox = outbox
        self._under_way = under_way
        self._carrier = carrier
        self._streams: defaultdict[_Way, Stream] = defaultdict(Stream)
        self._groups: dict[_Way, list[str]] = {}
        self._timers: dict[_Way, CALLBACK_TYPE] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_stopped = False

    @callback
    def start(self) -> None:
        """From now on messages may wait for each other."""
        self._is_stopped = False

    @callback
    def stop(self) -> None:
        """Hand nothing over any more; what waits stays held in the rows."""
        self._is_stopped = True
        while self._timers:
            self._timers.popitem()[1]()
        self._groups.clear()
        self._streams.clear()
        for task in self._tasks:
            task.cancel()

    @callback
    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Do it in the background, until we are stopped."""
        task = self._hass.async_create_background_task(
            work, f"{DOMAIN} tells messages together", eager_start=False
        )
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    @callback
    def waits(self, carried: Carried) -> Instant | None:
        """Until when it waits for others; None: it goes now, alone. Asked once."""
        parcel, at = carried.parcel, now()
        if carried.came or parcel.notification.is_test or parcel.delivery.attempts:
            return None
        carried.came = True
        way = _way(parcel)
        if parcel.digest_at is not None:
            until: Instant | None = at + WAITS[0]  # all of them were let go just now
        else:
            priority = parcel.priority
            # what was kept back before a restart has waited for its company
            fresh = parcel.delivery.state is IntentState.QUEUED
            company = parcel.company if fresh else 0.0
            self._streams[way], until = arrives(
                self._streams[way], priority, at, company
            )
        if until is None:
            return None
        carried.gathered = True
        self._groups.setdefault(way, []).append(parcel.delivery.intent_id)
        if way not in self._timers:
            self._timers[way] = async_call_later(
                self._hass, until - at, partial(self._time_is_up, way)
            )
        return until

    @callback
    def _time_is_up(self, way: _Way, _at: datetime) -> None:
        del self._timers[way]
        group = self._groups.pop(way)
        self._streams[way] = told(self._streams[way], len(group), now())
        for first in range(0, len(group), MOST_IN_ONE):
            self._tell_together(group[first : first + MOST_IN_ONE])

    @callback
    def _tell_together(self, intent_ids: Sequence[str]) -> None:
        waiting = [
            carried
            for each in intent_ids
            if (carried := self._under_way.get(each)) is not None
            and not carried.parcel.delivery.state.is_terminal
        ]
        alone = len(waiting) < 2 and not are_digest(each.parcel for each in waiting)
        if alone or not waiting:
            for carried in waiting:
                carried.go_on()
            return
        leader, *led = waiting
        for carried in led:
            carried.is_led = True
            del self._under_way[carried.parcel.delivery.intent_id]
            carried.go_on()
        self.begin(self._lead(leader, [each.parcel for each in led]))

    async def _lead(self, leader: Carried, led: Sequence[Parcel]) -> None:
        """Store who leads whom, then let the leader go."""
        words = await self._in_one([leader.parcel, *led])
        intent_id = leader.parcel.delivery.intent_id
        ids = [each.delivery.intent_id for each in led]
        leader.parcel = replace(leader.parcel, bundle=words)
        try:
            await self._outbox.lead(intent_id, words, ids, now())
        except StorageFailed as error:
            report("Messages are told one by one, without being gathered", error)
            leader.parcel = replace(leader.parcel, bundle=None)
            for parcel in led:
                self._carrier.take(parcel)
        leader.go_on()

    async def _in_one(self, parcels: Sequence[Parcel]) -> Bundle:
        """These messages in the words of one, led by the first."""
        spoken = parcels[0].words.language or self._hass.config.language
        language = language_of(spoken)
        texts = {
            shape: bundle([each.bare(shape) for each in parcels], language, shape)
            for shape in Shape
        }
        return Bundle(
            tag=f"rn-together-{parcels[0].delivery.intent_id}",
            number=len(parcels),
            texts=await self._ear.in_one(parcels, texts),
        )

    async def tell_led(self, leader_id: str) -> None:
        """Those that were told with this one have come as far as it has."""
        try:
            led = await self._outbox.led_by(leader_id)
        except StorageFailed as error:
            report("What became of messages told together is not said", error)
            return
        for number, parcel in enumerate(led, start=1):
            self._carrier.tell(parcel)
            if number % _TOLD_AT_ONCE == 0:
                await asyncio.sleep(0)

    async def take_again(self, intent_ids: Sequence[str]) -> None:
        """The one with which they were to be told is over: they go by themselves.

        Raises StorageFailed; the next start finds them.
        """
        for parcel in await self._outbox.load(intent_ids):
            known = parcel.delivery.intent_id in self._under_way
            if not known and not self._is_stopped:
                self._carrier.take(parcel)


def _way(parcel: Parcel) -> _Way:
    if parcel.digest_at is not None:
        return (parcel.recipient_id, "digest")
    steps = (step.channel_id for step in parcel.delivery.steps)
    # what is to wait for company keeps nobody waiting who was not told to
    stays = "company" if parcel.company else ""
    return (parcel.recipient_id, parcel.priority.value, stays, *steps)
