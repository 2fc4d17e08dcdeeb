"""A household for the tests of routing: two people, their channels, a Tuesday."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from custom_components.reliable_notifications.engine.routing.policy import HOUSEHOLD
from custom_components.reliable_notifications.engine.routing.policy_row import Policies
from custom_components.reliable_notifications.engine.routing.router import (
    HouseRules,
    decide,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    LAST_RESORT,
    ChannelTraits,
    Contact,
    ContactKind,
    Decision,
    Event,
    Evidence,
    HouseholdFacts,
    Instant,
    PersonFacts,
    Preferences,
    Priority,
    Recipient,
    Role,
    Rule,
    Shape,
    Span,
    Then,
    When,
)

BERLIN = ZoneInfo("Europe/Berlin")
MINUTE = 60.0
HOUR = 3600.0


def at(text: str, zone: ZoneInfo = BERLIN) -> Instant:
    """A local time as an instant."""
    return datetime.fromisoformat(text).replace(tzinfo=zone).timestamp()


NOON = at("2026-11-24 12:00")  # a Tuesday
NIGHT = at("2026-11-24 23:30")

QUIET = Span(start=22 * 60, end=7 * 60)


def channel(
    channel_id: str,
    shape: Shape = Shape.PUSH,
    best: Evidence = Evidence.ACCEPTED,
    **more: Any,
) -> ChannelTraits:
    return ChannelTraits(
        id=channel_id,
        kind=more.pop("kind", "any"),
        name=channel_id.title(),
        best_evidence=best,
        patience=4.0,
        replaces=shape is Shape.PUSH,
        shape=shape,
        **more,
    )


PHONE = channel("phone")
TABLET = channel("tablet")
KITCHEN = channel("kitchen", Shape.SPEECH, Evidence.DISPATCHED, room="kitchen")
BATH = channel("bath", Shape.SPEECH, Evidence.DISPATCHED, room="bath")
MAIL = channel("mail", Shape.EMAIL, contact=ContactKind.EMAIL)
SMS = channel("sms", Shape.SHORT_TEXT, contact=ContactKind.PHONE)
INBOX = channel("inbox", kind="inbox", local=True)
LIST = channel(LAST_RESORT, best=Evidence.DISPATCHED, kind="persistent", local=True)

ALL = {each.id: each for each in (PHONE, TABLET, KITCHEN, BATH, MAIL, SMS, INBOX, LIST)}

VERIFIED = (
    Contact(kind=ContactKind.EMAIL, value="anna@example.org", verified=True),
    Contact(kind=ContactKind.PHONE, value="+491700000000", verified=True),
)


def person(
    recipient_id: str = "anna", *channels: str, roles: Iterable[Role] = (), **more: Any
) -> Recipient:
    """A recipient; keywords that are preferences become some."""
    names = set(Preferences.__dataclass_fields__)
    wishes = {key: more.pop(key) for key in list(more) if key in names}
    if roles := frozenset(roles):
        more["roles"] = roles
    return Recipient(
        id=recipient_id,
        name=recipient_id.title(),
        channels=channels or ("phone",),
        preferences=Preferences(**wishes),
        **more,
    )


def facts(when: Instant = NOON, **more: Any) -> HouseholdFacts:
    """What is known; `anna=..` and `ben=..` are facts of persons."""
    people: dict[str, PersonFacts] = dict(more.pop("people", {}))
    for name in ("anna", "ben", "kid"):
        if name in more:
            people[name] = more.pop(name)
    return HouseholdFacts(at=when, zone=more.pop("zone", BERLIN), people=people, **more)


HOME = PersonFacts(home=True, asleep=False, do_not_disturb=False)
AWAY = PersonFacts(home=False, asleep=False, do_not_disturb=False)
UNKNOWN = PersonFacts()


def event(
    priority: Priority = Priority.MEDIUM, key: str = "cycle_finished", **more: Any
) -> Event:
    return Event(
        key=key,
        at=more.pop("at", NOON),
        title="Washer",
        message="Finished",
        priority=priority,
        category=more.pop("category", "appliance"),
        source=more.pop("source", "washer"),
        **more,
    )


def decided(
    what: Event,
    *people: Recipient,
    known: HouseholdFacts | None = None,
    channels: Mapping[str, ChannelTraits] = ALL,
    rules: Iterable[Rule] = (),
    policies: Policies = HOUSEHOLD,
    named: Collection[str] | None = None,
) -> tuple[Decision, ...]:
    return decide(
        what,
        people,
        channels,
        known or facts(max(what.at, NOON)),
        HouseRules(rules=tuple(rules), policies=policies),
        named,
    )


def only(decisions: tuple[Decision, ...]) -> Decision:
    (decision,) = decisions
    return decision


def ways(decision: Decision) -> list[str]:
    """The channels of the plan, without the last resort."""
    assert decision.plan is not None
    return [step.channel_id for step in decision.plan.steps if not step.last_resort]


def keys(decision: Decision) -> set[str]:
    return {str(reason.key) for reason in decision.reasons}


def would(decision: Decision) -> set[str]:
    return {str(change.key) for change in decision.changes}


def rule(rule_id: str = "one", order: int = 1, **more: Any) -> Rule:
    """Keywords of `When` and `Then`, told apart by a leading `then_`."""
    conduct = {key: more.pop(key) for key in ("final", "enabled") if key in more}
    then = {
        key.removeprefix("then_"): more.pop(key)
        for key in list(more)
        if key.startswith("then_")
    }
    return Rule(
        id=rule_id,
        name=rule_id.title(),
        order=order,
        when=When(**more),
        then=Then(**then),
        **conduct,
    )
