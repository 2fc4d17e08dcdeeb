"""From a cycle event to a delivered message: the one file that knows all stages.

reading -> event -> plan -> stored intents -> delivery -> record. Every step is
somebody else's; here they are put in order, and here is decided what is stored
together so that nothing is lost between two steps.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
import sqlite3

from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.util import dt as dt_util
from homeassistant.util.ulid import ulid_now

from .adapters.courier import Courier
from .adapters.cycle_log import store_cycle
from .adapters.database import Database, StorageFailed
from .adapters.log_tap import attempt_going_on
from .adapters.outbox import Outbox
from .adapters.parcel import Parcel
from .adapters.scoreboard import Scoreboard
from .announcements import Announcements
from .bulletins import (
    channel_data,
    cycle_data,
    delivery_data,
    duration,
    unloading_data,
)
from .channels.interface import Channel
from .chronicle import Happening
from .const import (
    ACKNOWLEDGED,
    ATTR_APPLIANCE,
    CHANNEL_DOWN,
    CHANNEL_RESTORED,
    DELIVERED,
    DOMAIN,
    FAILED,
)
from .engine.content.messages import compose, compose_reminder
from .engine.content.verbs import OFFERS, Verb
from .engine.delivery.breaker import Breaker
from .engine.routing.policy import deadline
from .engine.routing.router import LAST_RESORT, decide
from .engine.vocabulary import (
    Cue,
    Event,
    Evidence,
    Instant,
    IntentRecord,
    IntentState,
    Notification,
    Plan,
    Priority,
    Recipient,
    UnloadingEvent,
    UnloadingEventKind,
)
from .responses import Responses
from .snoozing import Snoozing
from .telling import loudness, wants_emptying
from .withdrawal import Withdrawal

# Whom to tell while nobody is set up: the plan then ends at the last resort
HOUSEHOLD = Recipient(id="household", name="Household", channels=())

# Intents whose end was said already and may yet be acknowledged; a person who has not
# tapped after this many newer messages is not listened for on the bus any more
_REMEMBERED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What became of an event: it is stored, and this is the plan."""

    notification: Notification
    intents: tuple[tuple[str, Plan], ...]
    channel_names: Mapping[str, str]


class Pipeline:
    """Puts the stages in order."""

    def __init__(
        self,
        hass: HomeAssistant,
        *,
        database: Database,
        outbox: Outbox,
        scoreboard: Scoreboard,
        announcements: Announcements,
        channels: Mapping[str, Channel],
        recipients: Mapping[str, Recipient],
    ) -> None:
        """Take the parts, and make the courier that reports back here."""
        self._hass = hass
        self._database = database
        self._outbox = outbox
        self._scoreboard = scoreboard
        self._channels = channels
        self._said: dict[str, str] = {}
        self.withdrawal = Withdrawal(hass, database, channels)
        self.announcements = announcements
        self.recipients = recipients
        self.courier = Courier(hass, outbox, channels, self._changed)
        self.snoozing = Snoozing(outbox, self.courier, self.withdrawal, self._again)
        self.responses = Responses(
            hass, outbox, self.courier, self.withdrawal, recipients
        )
        self.courier.health.listen(self._channel_fares)

    @property
    def configured(self) -> Mapping[str, Channel]:
        """The channels that somebody has set up, by id; the last resort needs none."""
        return {
            channel_id: channel
            for channel_id, channel in self._channels.items()
            if channel_id != LAST_RESORT
        }

    @property
    def channel_names(self) -> Mapping[str, str]:
        """Names of the channels by their ids."""
        return {key: channel.name for key, channel in self._channels.items()}

    async def async_happened(self, happening: Happening) -> None:
        """Store what happened to a cycle together with its message, then tell it."""
        now = dt_util.utcnow().timestamp()
        spec, event = happening.spec, happening.event

        def keep(connection: sqlite3.Connection) -> None:
            store_cycle(connection, spec.id, happening.snapshot, happening.record, now)

        if (priority := loudness(event, happening.spec)) is None:
            await self._database.write(keep)
        else:
            await self._accept(self._appliance_message(happening, priority, now), keep)
        data = (
            unloading_data(event)
            if isinstance(event, UnloadingEvent)
            else cycle_data(event)
        )
        if event.kind is UnloadingEventKind.EMPTIED:
            await self.responses.async_resolve(_tag(_incident(happening)), "emptied")
        about = {ATTR_APPLIANCE: spec.name, "appliance_id": spec.id}
        self.announcements.async_say(spec.id, event.kind.value, about | data)
        self._scoreboard.request()

    async def async_say(
        self,
        message: str,
        title: str | None = None,
        priority: Priority = Priority.MEDIUM,
        recipients: Sequence[str] | None = None,
        incident: str | None = None,
    ) -> Told:
        """Store what somebody wrote and start its delivery.

        When this returns the message cannot be lost. `recipients` are ids; None
        means everybody. Raises HomeAssistantError when it cannot be stored, or when
        a delivery of ours has led back here.
        """
        if attempt_going_on() is not None:
            raise ServiceValidationError(
                translation_domain=DOMAIN, translation_key="led_back_to_us"
            )
        event = Event(
            key="message",
            at=dt_util.utcnow().timestamp(),
            title=title or "",
            message=message,
            priority=priority,
            incident=incident,
        )
        try:
            told = await self._accept(event, None, recipients)
        except StorageFailed as failure:
            raise HomeAssistantError(
                translation_domain=DOMAIN,
                translation_key="storage_failed",
                translation_placeholders={"reason": str(failure)},
            ) from failure
        self._scoreboard.request()
        return told

    async def async_resolve(self, incident: str, all_clear: str = "") -> list[str]:
        """Close the messages of an incident; tell the all-clear to who was told of it.

        Returns the names of who was told. Raises like `async_say`.
        """
        told = await self.responses.async_resolve(_tag(incident), "resolved")
        known = [each for each in told if each.recipient_id in self.recipients]
        if all_clear and known:
            title = known[0].notification.title
            ids = [each.recipient_id for each in known]
            await self.async_say(all_clear, title, recipients=ids)
        return [each.recipient_name for each in told]

    async def _accept(
        self,
        event: Event,
        also: Callable[[sqlite3.Connection], None] | None,
        recipients: Sequence[str] | None = None,
    ) -> Told:
        now = dt_util.utcnow().timestamp()
        traits = {key: channel.traits for key, channel in self._channels.items()}
        plans = decide(
            event,
            self._addressed(recipients),
            traits,
            now,
            self._others(event.priority, recipients),
        )
        notification = _notification(event, now)
        ids = await self._outbox.accept(notification, plans, also=also)
        self.courier.submit(ids)
        return Told(
            notification=notification,
            intents=tuple(zip(ids, plans, strict=True)),
            channel_names={key: trait.name for key, trait in traits.items()},
        )

    async def _again(self, parcel: Parcel, after: float) -> None:
        """Store a message anew for its recipient, to be told after so many seconds."""
        now, about = dt_util.utcnow().timestamp(), parcel.notification
        again = replace(
            about,
            id=ulid_now(),
            created_at=now,
            deadline=deadline(about.priority, now + after),
        )
        event = Event(
            key=about.event,
            at=now,
            title=about.title,
            message=about.message,
            priority=about.priority,
        )
        recipient = self.recipients.get(parcel.recipient_id, HOUSEHOLD)
        traits = {key: channel.traits for key, channel in self._channels.items()}
        plans = [
            replace(plan, hold=Cue(Evidence.ACKNOWLEDGED, after))
            for plan in decide(event, [recipient], traits, now)
        ]
        self.courier.submit(await self._outbox.accept(again, plans))

    def _others(
        self, priority: Priority, wanted: Sequence[str] | None
    ) -> Sequence[Recipient]:
        """Who else is told if nobody acknowledges it.

        Only of what is urgent: a message of less weight may be meant for one alone.
        """
        if wanted is None or priority is not Priority.URGENT:
            return ()
        return [each for key, each in self.recipients.items() if key not in wanted]

    def _addressed(self, wanted: Sequence[str] | None) -> Sequence[Recipient]:
        if wanted is not None:
            return [self.recipients[recipient_id] for recipient_id in wanted]
        return list(self.recipients.values()) or [HOUSEHOLD]

    def _appliance_message(
        self, happening: Happening, priority: Priority, now: Instant
    ) -> Event:
        spec, event = happening.spec, happening.event
        language = self._hass.config.language
        message = (
            compose_reminder(
                appliance=spec.name, idle_s=event.idle_s, language=language
            )
            if isinstance(event, UnloadingEvent)
            else compose(
                event.kind,
                appliance=spec.name,
                duration_s=duration(event),
                energy_wh=event.energy_wh,
                started_local=_local_time(event.started_at),
                ended_local=_local_time(event.ended_at),
                expected_local=_local_time(event.expected_at),
                estimated=event.estimated,
                language=language,
            )
        )
        return Event(
            key=event.kind.value,
            at=now,
            title=message.title,
            message=message.message,
            priority=priority,
            category="appliance",
            source=spec.id,
            incident=_incident(happening),
            data={
                "appliance": spec.name,
                "cycle_id": event.cycle_id,
                **({OFFERS: Verb.EMPTIED.value} if wants_emptying(happening) else {}),
            },
        )

    @callback
    def _changed(self, record: IntentRecord) -> None:
        """Say once on the bus how an intent ended, and that somebody acknowledged."""
        self._scoreboard.request()
        what = _what_became(record)
        if what is None or self._said.get(record.intent_id) == what:
            return
        self._said[record.intent_id] = what
        while len(self._said) > _REMEMBERED:
            del self._said[next(iter(self._said))]
        data = delivery_data(record, self._name(record.channel_id))
        self.announcements.async_say(None, what, data)

    @callback
    def _channel_fares(self, channel_id: str, before: Breaker, after: Breaker) -> None:
        """Say when a channel goes down, and when it is back."""
        if before.is_down is after.is_down:
            return
        what = CHANNEL_DOWN if after.is_down else CHANNEL_RESTORED
        data = channel_data(
            channel_id, self._name(channel_id), after if after.is_down else before
        )
        self.announcements.async_say(None, what, data)
        self._scoreboard.request()

    def _name(self, channel_id: str | None) -> str | None:
        """What a channel is called; its id where it is gone."""
        channel = self._channels.get(channel_id or "")
        return channel.name if channel else channel_id


def _incident(happening: Happening) -> str:
    """One cycle, one message on the phone: a later one replaces it."""
    return f"{happening.spec.id}-{happening.event.cycle_id}"


def _tag(incident: str) -> str:
    # the companion app allows 64 letters, digits, - and _
    return f"rn-{incident}"[:64]


def _what_became(record: IntentRecord) -> str | None:
    if record.evidence is Evidence.ACKNOWLEDGED:
        return ACKNOWLEDGED
    if record.proven_at is not None:
        return DELIVERED
    # *done* without proof is unverified: neither delivered nor failed
    return FAILED if record.state in (IntentState.FAILED, IntentState.EXPIRED) else None


def _notification(event: Event, now: Instant) -> Notification:
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
        deadline=deadline(event.priority, now),
        source=event.source,
        is_test=event.is_test,
        data=event.data,
    )


def _local_time(instant: Instant | None) -> str | None:
    if instant is None:
        return None
    return dt_util.as_local(dt_util.utc_from_timestamp(instant)).strftime("%H:%M")
