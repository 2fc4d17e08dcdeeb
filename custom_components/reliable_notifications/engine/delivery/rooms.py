"""Who may speak in a room: one after the other, the more urgent first.

What nobody can hear any more in time is not said: the laundry of a minute ago is on the
phone by then. An urgent message waits for nothing but another urgent one. Must not know
speakers, or what becomes of a message that was not spoken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..vocabulary import Instant, Priority

# Seconds after which a message that waits for its turn is not spoken any more
# (delivery reference, edge 13)
LONGEST_WAIT = 60.0

# Seconds of silence between two announcements. Alexa answers "too much" to calls that
# follow within a second (delivery reference, edge 12; core#147465)
PAUSE = 1.0

# A speaker that does not tell when it has ended is given the time that a voice needs:
# 150 words a minute, six letters each with the blank, is what speech services use by
# default; a chime comes before, and nobody should talk for longer than half a minute
LETTERS_PER_SECOND = 15.0
CHIME = 1.5
LONGEST_SPEECH = 30.0

_RANKS: Mapping[Priority, int] = {each: rank for rank, each in enumerate(Priority)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """A message that wants to be spoken, since when, and how urgently."""

    key: str
    priority: Priority
    since: Instant

    @property
    def is_urgent(self) -> bool:
        """Whether it waits for nothing but its like."""
        return self.priority is Priority.URGENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What is being spoken and what waits, in its order.

    `speaking` are calls that have not returned; `quiet_at` and `urgent_quiet_at` are
    when what was handed over is spoken, all of it and the urgent part.
    """

    waiting: tuple[Ticket, ...] = ()
    speaking: tuple[Ticket, ...] = ()
    quiet_at: Instant = 0.0
    urgent_quiet_at: Instant = 0.0


def speaking_time(text: str) -> float:
    """Seconds that a voice needs for this text, 1.5 to 30."""
    return min(CHIME + len(text) / LETTERS_PER_SECOND, LONGEST_SPEECH)


def came(room: Room, ticket: Ticket) -> Room:
    """A message wants to be spoken. One that waits already keeps its place."""
    if any(each.key == ticket.key for each in room.waiting):
        return room
    place = sum(
        1 for each in room.waiting if _RANKS[each.priority] <= _RANKS[ticket.priority]
    )
    return replace(room, waiting=(*room.waiting[:place], ticket, *room.waiting[place:]))


def went(room: Room, key: str) -> Room:
    """A message does not want to be spoken any more."""
    return replace(room, waiting=tuple(e for e in room.waiting if e.key != key))


def is_too_late(room: Room, key: str, now: Instant) -> bool:
    """Whether it has waited for so long that it is not spoken any more."""
    return any(
        each.key == key and now - each.since >= LONGEST_WAIT for each in room.waiting
    )


def turn_at(room: Room, key: str, now: Instant) -> Instant:
    """When its turn may be, or it is too late; `now` if it may speak at once.

    While a call goes on nobody knows how long: ask again when it has ended.
    """
    place = next(place for place, e in enumerate(room.waiting) if e.key == key)
    ticket = room.waiting[place]
    too_late = ticket.since + LONGEST_WAIT
    if ticket.is_urgent:
        busy = any(each.is_urgent for each in room.speaking)
        free_at = room.urgent_quiet_at
    else:
        busy = bool(room.speaking)
        free_at = room.quiet_at
    # a clock that was set back ends a silence that would otherwise last for hours
    if free_at > now + LONGEST_SPEECH + PAUSE:
        free_at = now
    if place or busy:
        return max(too_late, now)
    return now if free_at <= now else min(free_at, max(too_late, now))


def began(room: Room, key: str) -> Room:
    """It is handed to the speaker."""
    ticket = next(each for each in room.waiting if each.key == key)
    return replace(went(room, key), speaking=(*room.speaking, ticket))


def ended(room: Room, key: str, spoken_at: Instant) -> Room:
    """The call has returned; the speaker will have spoken at `spoken_at`."""
    ticket = next((each for each in room.speaking if each.key == key), None)
    if ticket is None:
        return room
    silent = spoken_at + PAUSE
    urgent = max(room.urgent_quiet_at, silent) if ticket.is_urgent else None
    return replace(
        room,
        speaking=tuple(each for each in room.speaking if each.key != key),
        quiet_at=max(room.quiet_at, silent),
        urgent_quiet_at=room.urgent_quiet_at if urgent is None else urgent,
    )
