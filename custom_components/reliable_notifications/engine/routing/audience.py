"""For whom an event is: by the call, by the rules, by the catalogue, in this order.

Must not decide when or through what anybody is told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..vocabulary import (
    NOBODY,
    Event,
    HouseholdFacts,
    Priority,
    Reason,
    Recipient,
    Role,
)
from .catalogue import Entry
from .policy_row import Policy
from .presence import only_children_home
from .rules import Heard, Hearing
from .why import Why, because

# Whom to tell while nobody is set up, or nobody is left: Home Assistant's own list
THE_HOUSE = Recipient(id=NOBODY, name="Household", channels=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressed:
    """Somebody whom an event is for, what the rules say for them, and why it is.

    `spared`: for whom it would be, were it not for who is home.
    """

    recipient: Recipient
    heard: Heard
    reasons: tuple[Reason, ...] = ()
    spared: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """An event, and what bears on whom it is for.

    `named` are the ids of those whom the call names; None: it names nobody.
    """

    event: Event
    entry: Entry
    recipients: Sequence[Recipient]
    facts: HouseholdFacts
    hearing: Hearing
    named: Collection[str] | None

    def heard_for(self, recipient: Recipient) -> Heard:
        """What the rules say for a recipient."""
        return self.hearing.of(recipient, self.facts)


def first_told(question: Question) -> tuple[Addressed, ...]:
    """Those who are told first, each once; and those who are spared."""
    told: dict[str, Addressed] = {}
    for each in _meant(question):
        for target in _after_rules(question, each):
            told.setdefault(target.recipient.id, target)
    return tuple(told.values())


def named_later(
    question: Question, first: Sequence[Addressed]
) -> tuple[Recipient, ...] | None:
    """Those whom a rule tells where the first do not answer; None: no rule does."""
    known = {each.id: each for each in question.recipients}
    already = {each.recipient.id for each in first}
    by_rule = dict.fromkeys(
        key for each in first for key in each.heard.escalate_to if key in known
    )
    if not by_rule:
        return None
    return tuple(known[key] for key in by_rule if key not in already)


def told_later(
    question: Question, first: Sequence[Addressed], priority: Priority, policy: Policy
) -> tuple[Recipient, ...]:
    """Those who are told where the first do not answer, adults before others.

    Of what is urgent everybody who may be; of less weight those who would have been
    told, had no rule chosen others. Such a message whose recipients were named may be
    meant for these alone.
    """
    already = {each.recipient.id for each in first}
    if priority is Priority.URGENT:
        meant: Iterable[Recipient] = (
            each for each in question.recipients if each.roles & policy.others_roles
        )
    elif question.named is None:
        meant = _by_role(question)
    else:
        return ()
    rest = [each for each in meant if each.id not in already]
    return tuple(sorted(rest, key=lambda each: Role.ADULT not in each.roles))


def _meant(question: Question) -> Iterator[Addressed]:
    """Before the rules are asked."""
    if question.named is not None:
        known = {each.id: each for each in question.recipients}
        named = [known[key] for key in question.named if key in known]
        for each in named or (THE_HOUSE,):
            yield _addressed(question, each)
        return
    meant = _by_role(question)
    unfound: tuple[Reason, ...] = ()
    if not meant:
        meant = question.recipients
        roles = ",".join(sorted(question.entry.roles))
        unfound = (because(Why.NOBODY_HAS_ROLE, None, roles=roles),)
    adults_only = _is_for_adults(question, meant)
    for each in meant:
        addressed = _addressed(question, each, unfound)
        if adults_only and _is_child(each):
            yield replace(addressed, spared=because(Why.ADULTS_ONLY))
        else:
            yield addressed


def _addressed(
    question: Question, recipient: Recipient, reasons: tuple[Reason, ...] = ()
) -> Addressed:
    heard = question.heard_for(recipient)
    return Addressed(
        recipient=recipient, heard=heard, reasons=(*reasons, *heard.reasons)
    )


def _by_role(question: Question) -> Sequence[Recipient]:
    """Whom the catalogue addresses; guests in the house hear of what is urgent."""
    roles = question.entry.roles
    urgent = question.event.priority is Priority.URGENT
    if urgent and Role.HOUSEHOLD in roles and question.facts.guest is not False:
        roles = roles | {Role.GUEST}
    return [each for each in question.recipients if each.roles & roles]


def _is_for_adults(question: Question, meant: Sequence[Recipient]) -> bool:
    """Guests are there, or only children: adults are told, and children spared."""
    if question.event.priority is Priority.URGENT:
        return False
    if not any(Role.ADULT in each.roles for each in meant):
        return False
    facts = question.facts
    return bool(facts.guest) or only_children_home(question.recipients, facts)


def _is_child(recipient: Recipient) -> bool:
    return recipient.roles == {Role.HOUSEHOLD}


def _after_rules(question: Question, meant: Addressed) -> Iterator[Addressed]:
    """Instead of the one who is meant, those whom a rule names."""
    heard = meant.heard
    if not (heard.recipients or heard.roles):
        yield meant
        return
    if question.named is not None:
        reason = because(Why.NAMED_BY_CALL)
        yield replace(meant, reasons=(*meant.reasons, reason))
        return
    known = {each.id: each for each in question.recipients}
    gone = tuple(
        because(Why.RULE_BROKEN, None, gone=key)
        for key in heard.recipients
        if key not in known
    )
    told = [known[key] for key in heard.recipients if key in known]
    told += [each for each in question.recipients if each.roles & heard.roles]
    if not told:
        yield replace(meant, reasons=(*meant.reasons, *gone))
        return
    named = because(Why.NAMED_BY_RULE)
    for each in told:
        yield Addressed(
            recipient=each, heard=heard, reasons=(*meant.reasons, *gone, named)
        )
