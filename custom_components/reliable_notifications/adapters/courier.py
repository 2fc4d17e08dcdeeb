"""The courier: takes stored intents on, and is the only one that runs.

Reads what an earlier run left open, takes on what is submitted, and hands it all to the
carrier, telling it how a channel is called. Must not decide which channel comes next
or what an answer means.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from homeassistant.core import CALLBACK_TYPE, HassJob, HomeAssistant, callback
from homeassistant.util.hass_dict import HassKey

from ..channels.interface import Channel, Envelope
from ..const import DOMAIN
from ..engine.delivery.allowance import (
    DAY,
    MOST_PER_HOUR,
    MOST_PER_MINUTE,
    Allowance,
)
from ..engine.delivery.breaker import Breaker
from ..engine.delivery.lifecycle import (
    after_crash,
    heard_elsewhere,
    receipt,
    resolved,
)
from ..engine.vocabulary import (
    AttemptResult,
    Evidence,
    IntentRecord,
    Shape,
)
from .alarm_clock import StartupGrace, now, sleep
from .calls import Calls, Question
from .carried import Ear, InOne, Texts, report
from .carrier import Carrier
from .database import StorageFailed
from .gate import Gate, Passage
from .outbox import Outbox
from .parcel import AttemptEntry, Parcel, ReceiptEntry
from .second_look import Decide, SecondLook
from .traffic import Entrance, Traffic

# Seconds that calls in progress get when we are stopped (delivery reference 5.13);
# Home Assistant gives all integrations together 20
DRAIN_TIME = 5.0

# Seconds until reading is tried again after the database refused; a full or slow disk
# does not mend faster, and nothing is lost meanwhile
STORAGE_PAUSE = 5.0

_RUNNING: HassKey[Courier] = HassKey(f"{DOMAIN}_courier")


class Courier:
    """Takes intents from the outbox to the channels; one runs at a time."""

    def __init__(
        self,
        hass: HomeAssistant,
        outbox: Outbox,
        channels: Mapping[str, Channel],
        on_change: Callable[[IntentRecord], None],
        decide: Decide = lambda _: None,
        gate: Gate | None = None,
    ) -> None:
        """Remember the parts; `on_change` hears of every change after it was stored.

        `decide` is asked what becomes of what was held; None: it goes by its plan.
        `gate` is asked before an account is; without one they may send what they will.
        """
        self._gate = gate
        self._hass = hass
        self._outbox = outbox
        self._channels = channels
        self._on_change = on_change
        self.in_one: InOne | None = None
        self._running = False
        self._grace = StartupGrace(hass)
        self._calls = Calls(hass, self._grace)
        ear = Ear(
            on_change=self._changed,
            on_put_down=self._put_down,
            in_one=self._in_one,
        )
        self.traffic = Traffic(self._entrance, self._look_again)
        self.health = self.traffic.health
        self._carrier = Carrier(
            hass,
            outbox,
            self._calls,
            self.traffic,
            self._question,
            ear,
            SecondLook(outbox, self._grace, decide),
        )
        self._reading: set[str] = set()
        self._loading: set[asyncio.Task[None]] = set()
        # what was open when we started, and what ended while that was being read
        self._found: frozenset[str] | None = None
        self._ended_while_reading: set[str] = set()
        self._unhook: list[CALLBACK_TYPE] = []

    @property
    def is_running(self) -> bool:
        """Whether stored intents are being carried."""
        return self._running

    @property
    def open_count(self) -> int:
        """How many intents are under way."""
        return len(self._carrier) + len(self._reading)

    async def start(self) -> None:
        """Carry on with everything that has no end yet. Raises StorageFailed."""
        if self._running:
            return
        other = self._hass.data.get(_RUNNING)
        if other is not None and other is not self:
            await other.stop()  # two would send everything twice
        self._hass.data[_RUNNING] = self
        self._running = True
        self._carrier.start()
        self._unhook.append(self._grace.begin())
        self._unhook.append(self.health.listen(self._fares_differently))
        self._unhook.append(
            self._hass.async_add_shutdown_job(
                HassJob(self._stop_with_home_assistant, f"{DOMAIN} stops its courier")
            )
        )
        try:
            self.traffic.remember(await self._outbox.sent_since(now() - DAY))
            parcels = await self._outbox.open_intents()
        except StorageFailed:
            await self.stop()
            raise
        self._found = frozenset(parcel.delivery.intent_id for parcel in parcels)
        await self._take_stored(parcels)
        await self._tell_what_was_answered()
        self._ended_while_reading.clear()

    async def stop(self) -> None:
        """End what is in a call within a few seconds; the rest stays stored."""
        if not self._running:
            return
        self._running = False
        while self._unhook:
            self._unhook.pop()()
        for task in self._loading:
            task.cancel()
        await self._carrier.stop(DRAIN_TIME)
        self._calls.stop()
        await asyncio.gather(*self._loading, return_exceptions=True)
        self._reading.clear()
        self._found = None
        if self._hass.data.get(_RUNNING) is self:
            del self._hass.data[_RUNNING]

    @callback
    def look_again(self) -> None:
        """Something has changed that held messages may have waited for."""
        self._carrier.look_again()

    @callback
    def submit(self, intent_ids: Iterable[str]) -> None:
        """Carry these intents, which are in the outbox already; returns at once."""
        if not self._running:
            return  # they are stored; the next start finds them
        unread = []
        for intent_id in dict.fromkeys(intent_ids):
            if self._is_known(intent_id):
                continue
            parcel = self._outbox.take_fresh(intent_id)
            if parcel is None:
                unread.append(intent_id)
            else:
                self._carrier.take(parcel)
        if unread:
            self._reading.update(unread)
            task = self._hass.async_create_background_task(
                self._fetch(unread), f"{DOMAIN} reads intents", eager_start=False
            )
            self._loading.add(task)
            task.add_done_callback(self._loading.discard)

    async def ask(self, channel_id: str, envelope: Envelope) -> AttemptResult:
        """Call a channel with what is no intent: it is not stored, nor repeated."""
        channel = self._channels[channel_id]
        question = _question(channel, envelope, self._gate)
        return await self._calls.ask(question, _nobody_waits)

    async def book(self, intent_id: str, news: ReceiptEntry) -> None:
        """Note news of a message from outside a call, also long after its end.

        Unknown ids are allowed: phones answer to messages of years ago.
        """
        change = partial(receipt, evidence=news.evidence, now=news.at)
        await self._carrier.change(intent_id, change, news=news)
        if news.evidence.rung >= Evidence.SEEN.rung:
            others = await self._outbox.others_open(intent_id)
            await self._tell_others(others, news.evidence)

    async def resolve(self, tag: str, reason: str) -> None:
        """Put an end to what is open under this tag: it is not true any more."""
        for intent_id in await self._outbox.open_with_tag(tag):
            await self.close(intent_id, reason)

    async def close(self, intent_id: str, reason: str) -> None:
        """Put an end to an intent that nobody needs any more, if it has none."""
        change = partial(resolved, reason=reason, now=now())
        await self._carrier.change(intent_id, change)

    async def _tell_others(self, intent_ids: Iterable[str], evidence: Evidence) -> None:
        change = partial(heard_elsewhere, evidence=evidence, now=now())
        for intent_id in intent_ids:
            await self._carrier.change(intent_id, change)

    async def _stop_with_home_assistant(self) -> None:
        # Home Assistant is going through its shutdown jobs: taking ours out of the
        # list now would make it skip the next one
        self._unhook.pop()
        await self.stop()

    def _is_known(self, intent_id: str) -> bool:
        """Whether it is carried already, or was open when we started."""
        return (
            intent_id in self._carrier
            or intent_id in self._reading
            or intent_id in (self._found or ())
        )

    async def _fetch(self, intent_ids: list[str]) -> None:
        """Read new intents and take them on."""
        parcels = None
        while parcels is None:
            try:
                parcels = await self._outbox.load(intent_ids)
            except StorageFailed as error:
                report("New messages wait for the database", error)
                await sleep(self._hass, STORAGE_PAUSE, asyncio.Event())
        self._reading.difference_update(intent_ids)  # also one that does not exist
        for parcel in parcels:
            self._carrier.take(parcel)

    async def _tell_what_was_answered(self) -> None:
        """We may have died between an answer and telling it to the others' intents."""
        try:
            for intent_id, evidence in await self._outbox.answered_elsewhere():
                await self._tell_others([intent_id], evidence)
        except StorageFailed as error:
            report("Answers of other recipients could not be read", error)

    async def _take_stored(self, parcels: Iterable[Parcel]) -> None:
        """Take on the intents that an earlier run left open."""
        at = now()
        left_open = [
            replace(parcel, delivery=after_crash(parcel.delivery, at))
            for parcel in parcels
            # unless it was submitted while we read
            if parcel.delivery.intent_id not in self._carrier
            and parcel.delivery.intent_id not in self._ended_while_reading
        ]
        for parcel in left_open:
            self._carrier.take(parcel)
        try:
            deliveries = [parcel.delivery for parcel in left_open]
            await self._outbox.save_after_crash(deliveries, at)
        except StorageFailed as error:
            report("Delivery goes on without being stored", error)
        for parcel in left_open:
            self._carrier.tell(parcel)

    @callback
    def _fares_differently(self, _id: str, before: Breaker, after: Breaker) -> None:
        if before.until != after.until:
            self._carrier.wake()

    @callback
    def _changed(self, record: IntentRecord) -> None:
        self._on_change(record)

    async def _in_one(self, parcels: Sequence[Parcel], texts: Texts) -> Texts:
        return await self.in_one(parcels, texts) if self.in_one else texts

    @callback
    def _put_down(self, intent_id: str) -> None:
        if self._found is None:
            self._ended_while_reading.add(intent_id)

    @callback
    def _look_again(self, intent_id: str) -> None:
        self._carrier.wake(intent_id)

    def _entrance(self, channel_id: str) -> Entrance | None:
        """What the channel allows, and where it is heard; None if it is gone."""
        channel = self._channels.get(channel_id)
        if channel is None:
            return None
        limits = channel.limits
        allowance = Allowance(
            per_minute=limits.per_minute or MOST_PER_MINUTE,
            per_hour=limits.per_hour or MOST_PER_HOUR,
            per_day=limits.per_day,
            kept=limits.kept,
        )
        speaks = channel.shape is Shape.SPEECH
        room = (channel.room or channel_id) if speaks else None
        return Entrance(name=channel.name, allowance=allowance, room=room)

    def _question(self, parcel: Parcel, attempt: AttemptEntry) -> Question | None:
        """How the channel of an attempt is called; None if it is gone."""
        channel = self._channels.get(attempt.channel_id)
        if channel is None:
            return None
        envelope = _envelope(parcel, attempt.id, channel)
        return _question(channel, envelope, self._gate)


async def _nobody_waits(_answer: AttemptResult) -> None:
    """Nothing is stored of it that a late answer could change."""


def _question(channel: Channel, envelope: Envelope, gate: Gate | None) -> Question:
    """How a channel is called with this."""
    send = partial(channel.async_send, envelope)
    if gate is not None and (channel.paid or channel.traits.contact is not None):
        send = partial(gate.async_send, passage_of(channel, envelope), send)
    return Question(
        attempt_id=envelope.attempt_id,
        channel_id=channel.channel_id,
        channel_name=channel.name,
        send=send,
        patience=channel.patience,
        loggers=channel.loggers,
        shared_failure=channel.shared_failure,
        linger=channel.linger,
        hidden=(*channel.secrets, envelope.address or ""),
    )


def passage_of(channel: Channel, envelope: Envelope) -> Passage:
    """What has to be known of a message before an account is asked to send it."""
    whither = [envelope.address or ""]
    unpriced = channel.unpriced(channel.hass, channel.filled_in, whither)
    return Passage(
        attempt_id=envelope.attempt_id,
        channel_id=channel.channel_id,
        recipient_id=envelope.recipient_id,
        recipient_name=envelope.recipient_name,
        address=envelope.address,
        paid=channel.paid,
        price=channel.price(envelope),
        unpriced=", ".join(unpriced),
        cap=channel.monthly_cap,
    )


def _envelope(parcel: Parcel, attempt_id: str, channel: Channel) -> Envelope:
    """What the channel gets to see."""
    notification = parcel.notification
    said, words = parcel.message(channel.shape), parcel.words
    contact = channel.traits.contact
    return Envelope(
        attempt_id=attempt_id,
        intent_id=parcel.delivery.intent_id,
        notification_id=notification.id,
        recipient_id=parcel.recipient_id,
        recipient_name=parcel.recipient_name,
        priority=parcel.priority,
        title=said.title,
        message=said.message,
        html=said.html,
        language=words.language or None,
        address=words.addresses.get(contact) if contact else None,
        tag=parcel.tag,
        sent_at=parcel.created_at,
        data=parcel.data,
        deadline=parcel.delivery.deadline,
        # what was not decided: only what is urgent must be (delivery reference 5.7)
        acknowledge=parcel.wants_answer,
        level=parcel.level,
        is_test=notification.is_test,
        ring=parcel.delivery.rings_of(channel.channel_id),
    )
