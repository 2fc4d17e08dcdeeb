"""From a cycle event to a delivered message: the one file that knows all stages.

reading -> event -> plan -> stored intents -> delivery -> record. Every step is
somebody else's; here they are put in order, and here is decided what is stored
together so that nothing is lost between two steps.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
import logging
import sqlite3

from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.util import dt as dt_util
from homeassistant.util.ulid import ulid_now

from .adapters.courier import Courier, passage_of
from .adapters.cycle_log import store_cycle
from .adapters.database import Database, StorageFailed
from .adapters.gate import Gate
from .adapters.household import Household
from .adapters.log_tap import attempt_going_on
from .adapters.outbox import Outbox
from .adapters.parcel import NOTHING_ASKED, Asked, Parcel, Settled
from .adapters.scoreboard import Scoreboard
from .adapters.storage_errors import telling_of_the_disk
from .adapters.told_before import ToldBefore
from .adapters.trial_log import TrialLog
from .announcements import Announcements
from .answering.responses import AGAIN, Responses
from .answering.snoozing import Snoozing
from .answering.withdrawal import Withdrawal
from .appliances.chronicle import Happening
from .channels.interface import Envelope
from .const import ATTR_APPLIANCE, DOMAIN
from .decisions.laid_down import LaidDown
from .decisions.switchboard import TAG, Switchboard, event_of as event_behind
from .engine.delivery.breaker import Breaker
from .engine.routing.policy import deadline
from .engine.vocabulary import (
    AttemptResult,
    Event,
    Instant,
    IntentRecord,
    Notification,
    Outcome,
    Plan,
    Priority,
    UnloadingEvent,
    UnloadingEventKind,
)
from .recipients.directory import Directory
from .reporting.bulletins import cycle_data, unloading_data
from .reporting.outcomes import Outcomes
from .reporting.telling import event_of, incident, is_told, own_priority
from .texts.wording import Wording
from .upkeep.trials import Trials

_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What became of an event: it is stored, and this was decided."""

    notification: Notification
    intents: tuple[tuple[str, Settled], ...]
    channel_names: Mapping[str, str]


class Pipeline:
    """Puts the stages in order."""

    def __init__(  # noqa: PLR0913 - the parts that it puts in order
        self,
        hass: HomeAssistant,
        *,
        database: Database,
        outbox: Outbox,
        scoreboard: Scoreboard,
        announcements: Announcements,
        directory: Directory,
        household: Household,
        laid_down: LaidDown,
        wording: Wording,
    ) -> None:
        """Take the parts, and make the courier that reports back here."""
        self._database = database
        self._outbox = outbox
        self._scoreboard = scoreboard
        self.switchboard = Switchboard(directory, household, laid_down, wording)
        self._policies = laid_down.rules.policies
        self.told_before = ToldBefore(database, outbox, self._policies)
        self._outcomes = Outcomes(announcements, directory)
        self.directory = directory
        self.wording = wording
        self.announcements = announcements
        self.withdrawal = Withdrawal(hass, database, directory.channels)
        self.gate = Gate(database)
        self.courier = Courier(
            hass,
            outbox,
            directory.channels,
            self._changed,
            self.switchboard.again,
            gate=self.gate,
        )
        household.health = self.courier.health  # it is kept where the calls are made
        household.listen(self.courier.look_again)
        self.snoozing = Snoozing(outbox, self.courier, self.withdrawal, self._again)
        self.responses = Responses(
            hass, outbox, self.courier, self.withdrawal, directory.recipients
        )
        self.trials = Trials(directory, self.courier, TrialLog(database), self._try)
        self.courier.health.listen(self._channel_fares)

    async def async_happened(self, happening: Happening) -> None:
        """Store what happened to a cycle together with its message, then tell it."""
        now = dt_util.utcnow().timestamp()
        spec, event = happening.spec, happening.event

        def keep(connection: sqlite3.Connection) -> None:
            store_cycle(connection, spec.id, happening.snapshot, happening.record, now)

        if is_told(event, spec):
            priority = self.switchboard.priority(
                event.kind.value, own_priority(event.kind.value, spec)
            )
            await self._accept(event_of(happening, priority, now), keep)
        else:
            await self._database.write(keep)
        data = (
            unloading_data(event)
            if isinstance(event, UnloadingEvent)
            else cycle_data(event)
        )
        if event.kind is UnloadingEventKind.EMPTIED:
            await self._over(_tag(incident(happening)), "emptied")
        about = {ATTR_APPLIANCE: spec.name, "appliance_id": spec.id}
        self.announcements.async_say(spec.id, event.kind.value, about | data)
        self._scoreboard.request()

    async def async_write(
        self,
        message: str,
        title: str | None = None,
        priority: Priority = Priority.MEDIUM,
        recipients: Sequence[str] | None = None,
        about: str | None = None,
    ) -> Told:
        """Tell what somebody wrote, `about` an incident. Raises like `async_say`."""
        event = Event(
            key="message",
            at=dt_util.utcnow().timestamp(),
            title=title or "",
            message=message,
            priority=priority,
            incident=about,
            own_words=True,
        )
        return await self.async_say(event, recipients)

    async def async_say(
        self,
        event: Event,
        recipients: Sequence[str] | None = None,
        asked: Asked = NOTHING_ASKED,
        *,
        is_again: bool = False,
    ) -> Told:
        """Store an event that somebody wants to be told, and start its delivery.

        When this returns the message cannot be lost. `recipients` are ids; None leaves
        it to the catalogue and the rules whom; `is_again` tells it although it was told
        before. Raises HomeAssistantError when it cannot be stored, or when a delivery
        of ours has led back here.
        """
        if attempt_going_on() is not None:
            raise ServiceValidationError(
                translation_domain=DOMAIN, translation_key="led_back_to_us"
            )
        if event.incident is not None and self.switchboard.entry(event).ends:
            recipients = await self._end(event.incident, recipients)
            event = replace(event, incident=None)
        with telling_of_the_disk():
            told = await self._accept(event, None, recipients, asked, is_again=is_again)
        self._scoreboard.request()
        return told

    async def async_resolve(self, about: str, all_clear: str | Event = "") -> list[str]:
        """Close the messages of an incident; tell the all-clear to who was told of it.

        Returns the names of who was told. Raises like `async_say`.
        """
        told = await self._over(_tag(about), "resolved")
        recipients = self.directory.recipients
        known = [each for each in told if each.recipient_id in recipients]
        ids = [each.recipient_id for each in known]
        if known and isinstance(all_clear, Event):
            await self.async_say(all_clear, ids)
        elif known and isinstance(all_clear, str) and all_clear:
            title = known[0].notification.title
            await self.async_write(all_clear, title, recipients=ids)
        return [each.recipient_name for each in told]

    async def _end(
        self, about: str, recipients: Sequence[str] | None
    ) -> Sequence[str] | None:
        """Close an incident. Whom to tell: as the call says, or who was told of it."""
        told = await self._over(_tag(about), "resolved")
        known = {each.recipient_id for each in told} & self.directory.recipients.keys()
        return recipients or sorted(known) or None

    async def _over(self, tag: str, reason: str) -> Sequence[Parcel]:
        """What these messages are about is over: nobody needs them, a new one is news.

        Returns the intents of the latest one that has been told.
        """
        told = await self.responses.async_resolve(tag, reason)
        await self.told_before.async_over(tag, dt_util.utcnow().timestamp())
        return told

    async def async_retry(self, parcel: Parcel) -> Told:
        """Tell a message again that did not arrive. Raises like `async_say`."""
        now = dt_util.utcnow().timestamp()
        event = replace(event_behind(parcel), at=now, own_words=True)
        asked = replace(parcel.asked, expires=None)
        return await self.async_say(event, [parcel.recipient_id], asked, is_again=True)

    async def _accept(
        self,
        event: Event,
        also: Callable[[sqlite3.Connection], None] | None,
        recipients: Sequence[str] | None = None,
        asked: Asked = NOTHING_ASKED,
        plans: Sequence[Plan] | None = None,
        *,
        is_again: bool = False,
    ) -> Told:
        settled = (
            self.switchboard.settled(event, recipients, asked)
            if plans is None
            else [self.switchboard.planned(event, each) for each in plans]
        )
        now = dt_util.utcnow().timestamp()
        filled = self.wording.filled(event)
        until = deadline(filled.priority, now, self._policies)
        notification = _notification(filled, now, until)
        people = [each.recipient_id for each in settled if each.plan is not None]
        dropped: Mapping[str, str] = {}
        if not is_again:
            dropped = await self.told_before.reasons_to_drop(filled, people, now)
        if len(dropped) < len(people):
            self.told_before.remember(filled, people, notification)
        told = [_unless(each, dropped.get(each.recipient_id)) for each in settled]
        try:
            ids = await self._outbox.accept(notification, told, also=also)
        except StorageFailed:
            self.told_before.forget(notification.id)
            raise
        self.courier.submit(ids)
        if event.incident is not None:
            await self._supersede(notification.tag, people, ids)
        return Told(
            notification=notification,
            intents=tuple(zip(ids, told, strict=True)),
            channel_names=self.directory.names,
        )

    async def _supersede(
        self, tag: str, people: Sequence[str], ids: Sequence[str]
    ) -> None:
        """What is held of the same incident is no news beside this."""
        try:
            earlier = await self._outbox.load(await self._outbox.open_with_tag(tag))
            for parcel in earlier:
                intent_id = parcel.delivery.intent_id
                is_theirs = parcel.recipient_id in people and intent_id not in ids
                if is_theirs and parcel.delivery.provisional:
                    await self.courier.close(intent_id, "A later message replaces it")
        except StorageFailed:
            _LOGGER.info("What is held of %s is told beside what is newer", tag)

    async def _try(self, event: Event, plans: Sequence[Plan]) -> Sequence[str]:
        told = await self._accept(event, None, plans=plans)
        return [intent_id for intent_id, _ in told.intents]

    async def _again(self, parcel: Parcel, until: Instant) -> None:
        """Store a message anew for its recipient, to be decided again at that time."""
        about, held = parcel.notification, self.switchboard.put_off(parcel, until)
        again = replace(
            about,
            id=ulid_now(),
            created_at=dt_util.utcnow().timestamp(),
            data={AGAIN: about.id, **about.data},
        )
        self.courier.submit(await self._outbox.accept(again, [held]))

    @callback
    def _changed(self, record: IntentRecord) -> None:
        self._scoreboard.request()
        if record.is_test:
            self.trials.async_heard(record)
        else:
            self._outcomes.async_of_intent(record)

    @callback
    def _channel_fares(self, channel_id: str, before: Breaker, after: Breaker) -> None:
        self._outcomes.async_of_channel(channel_id, before, after)
        self._scoreboard.request()

    async def async_rehearse(
        self, channel_id: str, envelope: Envelope
    ) -> AttemptResult | None:
        """What would become of this, unsent; None where its service cannot tell."""
        channel = self.directory.channels[channel_id]
        # what we would not even ask for, the service need not answer
        refused = self.gate.refusal(passage_of(channel, envelope))
        return refused or await channel.async_rehearse(envelope)


def _unless(settled: Settled, because: str | None) -> Settled:
    """What was decided, unless there is a reason to tell nobody."""
    decision = settled.decision
    if because is None:
        return settled
    if decision is not None:
        decision = replace(decision, outcome=Outcome.DROP, plan=None, hold=None)
    return replace(
        settled,
        plan=None,
        decision=decision,
        reasons=(*settled.reasons, because),
        because=because,
    )


def _tag(about: str) -> str:
    # the companion app allows 64 letters, digits, - and _
    return f"{TAG}{about}"[:64]


def _notification(event: Event, now: Instant, until: Instant) -> Notification:
    notification_id = ulid_now()
    return Notification(
        id=notification_id,
        event=event.key,
        category=event.category,
        priority=event.priority,
        title=event.title,
        message=event.message,
        tag=_tag(event.incident or notification_id),
        created_at=now,
        deadline=until,
        source=event.source,
        is_test=event.is_test,
        data=event.data,
    )
