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


class Complaint(StrEnum):
    """What was wrong with a message, in the words of its buttons."""

    WRONG_PERSON = "wrong_person"
    TOO_LATE = "too_late"
    TOO_LOUD = "too_loud"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Either a new rule, or other preferences of the recipient who complained."""

    complaint: Complaint
    recipient_id: str
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

    `told` are the ids of all who were told. What is urgent is not made softer by a tap:
    an alarm that was too loud was still an alarm.
    """
    others = tuple(key for key in told if key != recipient.id)
    match complaint:
        case Complaint.WRONG_PERSON if others:
            rule = _rule(complaint, event, recipient, Then(recipients=others))
            rule = replace(rule, when=replace(rule.when, recipients=frozenset()))
            return _by_rule(complaint, recipient, rule)
        case Complaint.WRONG_PERSON:
            return _opted_out(complaint, event, recipient)
        case Complaint.TOO_LATE:
            louder = _step(decision.priority, -1)
            if louder is None:
                return None
            return _by_rule(
                complaint,
                recipient,
                _rule(complaint, event, recipient, Then(priority=louder)),
            )
        case _:
            return _softer(complaint, event, decision, recipient)


def _softer(
    complaint: Complaint, event: Event, decision: Decision, recipient: Recipient
) -> Proposal | None:
    if decision.priority is Priority.URGENT:
        return None
    softer = _step(decision.priority, 1)
    if softer is None:
        return _opted_out(complaint, event, recipient)
    rule = _rule(complaint, event, recipient, Then(priority=softer))
    return _by_rule(complaint, recipient, rule)


def _rule(complaint: Complaint, event: Event, recipient: Recipient, then: Then) -> Rule:
    """Of this event and appliance, for this recipient; before all that are there."""
    return Rule(
        id=f"{complaint}-{event.key}-{recipient.id}",
        name=f"{recipient.name}: {event.key}, {complaint.replace('_', ' ')}",
        order=0,
        when=When(
            events=frozenset({event.key}),
            sources=frozenset({event.source} if event.source else ()),
            recipients=frozenset({recipient.id}),
        ),
        then=then,
        final=False,
    )


def _by_rule(complaint: Complaint, recipient: Recipient, rule: Rule) -> Proposal:
    return Proposal(complaint=complaint, recipient_id=recipient.id, rule=rule)


def _opted_out(complaint: Complaint, event: Event, recipient: Recipient) -> Proposal:
    wishes = recipient.preferences
    muted = wishes.muted | {(event.category, EVERY_CHANNEL)}
    return Proposal(
        complaint=complaint,
        recipient_id=recipient.id,
        preferences=replace(wishes, muted=muted),
    )


def _step(priority: Priority, by: int) -> Priority | None:
    place = _BY_LOUDNESS.index(priority) + by
    return _BY_LOUDNESS[place] if 0 <= place < len(_BY_LOUDNESS) else None
