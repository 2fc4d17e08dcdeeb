"""Who is home and who sleeps, as far as is known; what is unknown stays unknown.

Must not decide what follows from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set as AbstractSet

from ..vocabulary import HouseholdFacts, Instant, PersonFacts, Presence, Recipient, Role
from .wall_clock import end_of

# How long the last known answer stands for an unknown one (delivery reference 7, row
# 20): a phone that lost its place for longer may have been carried anywhere
LAST_KNOWN_FOR = 30 * 60.0

_NOTHING_KNOWN = PersonFacts()


def of(facts: HouseholdFacts, recipient_id: str) -> PersonFacts:
    """What is known of a recipient's person."""
    return facts.people.get(recipient_id, _NOTHING_KNOWN)


def is_home(person: PersonFacts, at: Instant) -> bool | None:
    """Whether somebody is home; the last known answer counts for half an hour.

    Of whom only the room is known, is there.
    """
    if person.home is not None:
        return person.home
    if person.room is not None:
        return True
    if leans_on_last_known(person, at):
        return person.last_home
    return None


def leans_on_last_known(person: PersonFacts, at: Instant) -> bool:
    """Whether only an earlier answer says where somebody is."""
    return (
        person.home is None
        and person.room is None
        and person.last_home is not None
        and person.home_at is not None
        and 0.0 <= at - person.home_at < LAST_KNOWN_FOR
    )


def room_of(person: PersonFacts) -> str | None:
    """The room in which somebody is; who is away has left the sensor behind."""
    return None if person.home is False else person.room


def is_in(rooms: AbstractSet[str], person: PersonFacts, at: Instant) -> bool | None:
    """Whether somebody is in one of the rooms; None where that is not known."""
    if is_home(person, at) is False:
        return False
    room = room_of(person)
    return None if room is None else room in rooms


def anybody_home(facts: HouseholdFacts) -> bool | None:
    """Whether anybody is home: False only where everybody is known to be away."""
    return _any([is_home(each, facts.at) for each in facts.people.values()])


def everybody_home(facts: HouseholdFacts) -> bool | None:
    """Whether all are home: True only where everybody is known to be."""
    away = _any(
        [_not(is_home(each, facts.at)) for each in facts.people.values()],
    )
    return _not(away)


def holds(
    presence: Presence, facts: HouseholdFacts, recipient_id: str | None
) -> bool | None:
    """Whether a rule's presence is as said; None where that is not known."""
    match presence:
        case Presence.ANYBODY_HOME:
            return anybody_home(facts)
        case Presence.NOBODY_HOME:
            return _not(anybody_home(facts))
        case Presence.EVERYBODY_HOME:
            return everybody_home(facts)
        case Presence.RECIPIENT_HOME:
            return is_home(of(facts, recipient_id or ""), facts.at)
        case _:  # RECIPIENT_AWAY
            return _not(is_home(of(facts, recipient_id or ""), facts.at))


def only_children_home(recipients: Iterable[Recipient], facts: HouseholdFacts) -> bool:
    """Whether somebody of the household is known to be home, and surely no adult."""
    adult: list[bool | None] = []
    child: list[bool | None] = []
    for each in recipients:
        if Role.ADULT in each.roles:
            adult.append(is_home(of(facts, each.id), facts.at))
        elif Role.HOUSEHOLD in each.roles:
            child.append(is_home(of(facts, each.id), facts.at))
    return _any(child) is True and _any(adult) is False


def occupied_rooms(facts: HouseholdFacts) -> Mapping[str, bool | None]:
    """Whether somebody is in a room; who is known to be in one is somebody, too."""
    rooms = dict(facts.rooms)
    for person in facts.people.values():
        if (room := room_of(person)) is not None:
            rooms[room] = True
    return rooms


def is_asleep(recipient: Recipient, facts: HouseholdFacts) -> bool | None:
    """Whether a recipient sleeps; the times of sleep count where no sensor tells."""
    known = of(facts, recipient.id).asleep
    if known is not None or not recipient.preferences.sleep:
        return known
    return end_of(recipient.preferences.sleep, facts.at, facts.zone) is not None


def _any(answers: list[bool | None]) -> bool | None:
    """Of nobody nothing is known."""
    if any(answers):
        return True
    return None if not answers or None in answers else False


def _not(answer: bool | None) -> bool | None:
    return None if answer is None else not answer
