"""Whether a channel has room for a message now: its rest, its allowance, its room.

Keeps in memory how each channel fares, what each person has been sent by it, and who
speaks and waits in which room. Must not decide how much is too much, who is next, or
what becomes of a message that has to wait: that is the engine's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from homeassistant.core import CALLBACK_TYPE, callback

from ..engine.delivery.allowance import (
    Allowance,
    Bucket,
    Today,
    counted,
    left_today,
    poured,
    ready_at,
)
from ..engine.delivery.rooms import (
    LONGEST_WAIT,
    Room,
    Ticket,
    began,
    came,
    ended,
    is_too_late,
    speaking_time,
    turn_at,
    went,
)
from ..engine.vocabulary import AttemptResult, Evidence, Instant, Priority, Shape
from .health import Health
from .parcel import NOT_ASKED, Parcel

# Seconds for which a full bucket is worth waiting; for longer the next channel is asked
LONGEST_PATIENCE = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrance:
    """What has to be known of a channel before it is asked.

    `room` is where it is heard; None: it does not speak.
    """

    name: str
    allowance: Allowance = field(default_factory=Allowance)
    room: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """Why a channel is not asked now.

    `until` is when it may be; None: this message is not to be sent by it any more.
    `passes_over` says that the next channel is asked meanwhile.
    """

    until: Instant | None
    reason: str
    passes_over: bool = False


class Traffic:
    """All channels, from the point of view of who wants to go in."""

    def __init__(
        self,
        entrance_of: Callable[[str], Entrance | None],
        wake: Callable[[str], None],
    ) -> None:
        """Nobody is inside; `wake` has an intent look again, by its id."""
        self.health = Health()
        self._entrance_of = entrance_of
        self._wake = wake
        self._buckets: defaultdict[tuple[str, str], Bucket] = defaultdict(Bucket)
        self._today: defaultdict[str, Today] = defaultdict(Today)
        self._listeners: list[Callable[[str], None]] = []
        self._rooms: defaultdict[str, Room] = defaultdict(Room)
        # in which room an intent waits, by the channels by which it would speak, and
        # where it speaks: a speaker may be carried to another room meanwhile
        self._waits: defaultdict[str, dict[str, str]] = defaultdict(dict)
        self._speaks: dict[str, str] = {}

    @callback
    def clear_rooms(self) -> None:
        """Nobody speaks or waits any more."""
        self._rooms.clear()
        self._waits.clear()
        self._speaks.clear()

    @callback
    def remember(self, sent: Iterable[tuple[str, str, Instant]]) -> None:
        """Count what was sent before a restart: to whom, by which channel, when."""
        self._buckets.clear()
        self._today.clear()
        for recipient_id, channel_id, at in sent:
            if (entrance := self._entrance_of(channel_id)) is not None:
                self._count(recipient_id, channel_id, entrance.allowance, at)

    @callback
    def listen(self, listener: Callable[[str], None]) -> CALLBACK_TYPE:
        """Hear which channel has been sent a message."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def left_today(self, channel_id: str, at: Instant) -> int | None:
        """How many messages the channel takes yet today; None: no bound is known."""
        entrance = self._entrance_of(channel_id)
        if entrance is None:
            return None
        return left_today(self._today[channel_id], entrance.allowance, at)

    def is_used_up(self, channel_id: str, at: Instant) -> bool:
        """Whether what is left of the day is kept for what is urgent."""
        entrance, left = self._entrance_of(channel_id), self.left_today(channel_id, at)
        return (
            entrance is not None
            and left is not None
            and left <= entrance.allowance.kept
        )

    def resting(self, parcel: Parcel, at: Instant) -> Mapping[str, Instant]:
        """The channels that are let alone; what is urgent takes no notice.

        Nor does a test: somebody wants to know whether the channel works now.
        """
        is_test = parcel.notification.is_test
        heeds = parcel.priority is not Priority.URGENT and not is_test
        return self.health.resting(at) if heeds else {}

    def obstacle(self, parcel: Parcel, channel_id: str, at: Instant) -> Obstacle | None:
        """What keeps this message out of the channel; None: it may go now."""
        entrance = self._entrance_of(channel_id)
        if entrance is None:
            return None
        priority = parcel.priority
        when = ready_at(
            self._buckets[parcel.recipient_id, channel_id],
            self._today[channel_id],
            entrance.allowance,
            priority,
            at,
        )
        if when > at:
            return Obstacle(
                until=when,
                reason=f"{entrance.name}: as many messages as it may get",
                # what is high does not wait where something else can be tried
                passes_over=priority is Priority.HIGH or when - at > LONGEST_PATIENCE,
            )
        if entrance.room is None:
            return None
        return self._in_room(parcel, channel_id, entrance.room, at)

    def _in_room(
        self, parcel: Parcel, channel_id: str, where: str, at: Instant
    ) -> Obstacle | None:
        intent_id = parcel.delivery.intent_id
        key = _key(intent_id, channel_id)
        ticket = Ticket(key=key, priority=parcel.priority, since=at)
        room = self._rooms[where] = came(self._rooms[where], ticket)
        self._waits[intent_id][channel_id] = where
        if is_too_late(room, key, at):
            waited = f"waited {LONGEST_WAIT:.0f} s for its turn to speak"
            return Obstacle(until=None, reason=f"{NOT_ASKED}: {waited}")
        when = turn_at(room, key, at)
        if when <= at:
            return None
        return Obstacle(until=when, reason="Somebody speaks")

    @callback
    def waits_only_for(self, intent_id: str, channel_ids: Iterable[str]) -> None:
        """The intent does not want to be spoken by any other channel any more."""
        waits = self._waits.get(intent_id)
        if waits is None:
            return
        for channel_id in waits.keys() - set(channel_ids):
            where = waits.pop(channel_id)
            self._rooms[where] = went(self._rooms[where], _key(intent_id, channel_id))
            self._look_again(where)
        if not waits:
            del self._waits[intent_id]

    @callback
    def enter(
        self, parcel: Parcel, channel_id: str, at: Instant, patience: float
    ) -> Callable[[], None]:
        """A message goes in, to be answered within its patience in seconds.

        Returns how to take that back, if it did not go in after all.
        """
        self.health.asked(channel_id, at, patience)  # the probe, if one is due
        entrance = self._entrance_of(channel_id)
        if entrance is None:
            return _nothing
        intent_id = parcel.delivery.intent_id
        before = self._buckets[parcel.recipient_id, channel_id]
        today = self._today[channel_id]
        self._count(parcel.recipient_id, channel_id, entrance.allowance, at)
        for listener in tuple(self._listeners):
            listener(channel_id)
        where = self._waits.get(intent_id, {}).get(channel_id)
        if where is not None:
            key = _key(intent_id, channel_id)
            self._rooms[where] = began(self._rooms[where], key)
            self._speaks[key] = where
            del self._waits[intent_id][channel_id]
            self._look_again(where)

        def take_back() -> None:
            self._buckets[parcel.recipient_id, channel_id] = before
            self._today[channel_id] = today
            self._leave(intent_id, channel_id, at)

        return take_back

    @callback
    def heard(
        self,
        parcel: Parcel,
        channel_id: str,
        result: AttemptResult,
        began_at: Instant,
        at: Instant,
    ) -> None:
        """The channel has answered, in time or late."""
        self.health.heard(channel_id, result, began_at, at)
        spoken_at = at
        if result.evidence in (Evidence.DISPATCHED, Evidence.ACCEPTED):
            # the words were taken, and nobody tells when they are spoken
            words = parcel.message(Shape.SPEECH)
            spoken_at = began_at + speaking_time(f"{words.title} {words.message}")
        self._leave(parcel.delivery.intent_id, channel_id, spoken_at)

    def _leave(self, intent_id: str, channel_id: str, spoken_at: Instant) -> None:
        key = _key(intent_id, channel_id)
        if (where := self._speaks.pop(key, None)) is not None:
            self._rooms[where] = ended(self._rooms[where], key, spoken_at)
            self._look_again(where)

    def _look_again(self, where: str) -> None:
        """Have the one that is next look whether it is its turn."""
        room = self._rooms[where]
        if room.waiting:
            self._wake(room.waiting[0].key.partition(" ")[0])

    def _count(
        self, recipient_id: str, channel_id: str, allowance: Allowance, at: Instant
    ) -> None:
        key = (recipient_id, channel_id)
        self._buckets[key] = poured(self._buckets[key], allowance, at)
        self._today[channel_id] = counted(self._today[channel_id], at)


def _key(intent_id: str, channel_id: str) -> str:
    return f"{intent_id} {channel_id}"


def _nothing() -> None:
    """There was nothing to count."""
