"""What a person says of a message, as a change that would have made it right.

A proposal only: whoever may change rules or preferences takes it, or not. Must not
change anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ..vocabulary import (
    EVERY_CHANNEL,
    Decision,
    Event,
    Preferences,
    Priority,
    Recipient,
    Rule,
    Then,
    When,
)

_BY_LOUDNESS = tuple(Priority)
# what a complaint may change: an alarm stays what it is
_NO_ALARMS = frozenset(Priority) - {Priority.URGENT}


class Complaint(StrEnum):
    """What was wrong with a message, in the words of its buttons."""

    WRONG_PERSON = "wrong_person"
    TOO_LATE = "too_late"
    TOO_LOUD = "too_loud"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Either a new rule, or other preferences of the recipient who complained.

    `was` is the priority with which it was told.
    """

    complaint: Complaint
    recipient_id: str
    was: Priority
    rule: Rule | None = None
    preferences: Preferences | None = None


def propose(
    complaint: Complaint,
    event: Event,
    decision: Decision,
    recipient: Recipient,
    told: Sequence[str],
) -> Proposal | None:
    """The change that would have made it right; None where there is none.

    `told` are the ids of all who were told. What is urgent is made neither softer nor
    told to fewer by a tap (an alarm that was too loud was still an alarm), and what is
    not is never made urgent.
    """
    was = decision.priority
    if was is Priority.URGENT:
        return None
    others = tuple(key for key in told if key != recipient.id)
    match complaint:
        case Complaint.WRONG_PERSON:
            then = Then(recipients=others) if others else None
        case Complaint.TOO_LATE:
            if (louder := _step(was, -1)) is Priority.URGENT:
                return None
            then = Then(priority=louder)
        case _:
            softer = _step(was, 1)
            then = None if softer is None else Then(priority=softer)
    if then is None:
        return _opted_out(complaint, event, recipient, was)
    return Proposal(
        complaint=complaint,
        recipient_id=recipient.id,
        was=was,
        rule=_rule(complaint, event, recipient, then),
    )


def _rule(complaint: Complaint, event: Event, recipient: Recipient, then: Then) -> Rule:
    """Of this event and appliance; before all that are there.

    For this recipient only, unless it is who are told that changes. Who complains anew
    about the same has the same rule changed: of two, only the first would be heard.
    """
    whom = () if then.recipients else (recipient.id,)
    changes = "whom" if then.recipients else "how_loudly"
    about = (event.key, *filter(None, (event.source,)), *whom)
    return Rule(
        id="-".join(("feedback", changes, *about)),
        name=f"{recipient.name}: " + f"{event.key}, {complaint}".replace("_", " "),
        order=0,
        when=When(
            events=frozenset({event.key}),
            sources=frozenset({event.source} if event.source else ()),
            priorities=_NO_ALARMS,
            recipients=frozenset(whom),
        ),
        then=then,
        final=False,
    )


def _opted_out(
    complaint: Complaint, event: Event, recipient: Recipient, was: Priority
) -> Proposal:
    wishes = recipient.preferences
    muted = wishes.muted | {(event.category, EVERY_CHANNEL)}
    return Proposal(
        complaint=complaint,
        recipient_id=recipient.id,
        was=was,
        preferences=replace(wishes, muted=muted),
    )


def _step(priority: Priority, by: int) -> Priority | None:
    place = _BY_LOUDNESS.index(priority) + by
    return _BY_LOUDNESS[place] if 0 <= place < len(_BY_LOUDNESS) else None
