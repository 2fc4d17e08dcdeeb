"""Which rules are heard for an event and a recipient, and what they say together.

What a rule asks for and nobody knows makes it not hold: then the event goes its usual
way. Must not carry out what the rules say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass

from ..vocabulary import (
    Event,
    HoldUntil,
    HouseholdFacts,
    Presence,
    Priority,
    Reason,
    Recipient,
    Role,
    Rule,
    Then,
    When,
)
from . import presence
from .wall_clock import is_in, wall_time
from .why import Why, because

_OF_THE_RECIPIENT = frozenset({Presence.RECIPIENT_HOME, Presence.RECIPIENT_AWAY})

# From the loudest to the softest
RANK: Mapping[Priority, int] = {
    priority: rank for rank, priority in enumerate(Priority)
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A rule that may hold for some recipient; `sure` is False where facts lack."""

    rule: Rule
    sure: bool
    personal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What the rules say together for one recipient; None where none of them does.

    `broken`: a channel that was named is gone, so the usual ones stand by.
    """

    rules: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    roles: frozenset[Role] = frozenset()
    channels: tuple[str, ...] = ()
    broken: bool = False
    priority: Priority | None = None
    hold: HoldUntil | None = None
    held_by: Rule | None = None
    dropped_by: Rule | None = None
    grouped_by: Rule | None = None
    escalate_to: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


def looked_at(rules: Sequence[Rule], event: Event, facts: HouseholdFacts) -> list[Rule]:
    """The rules that are about an event at this time: of these more is asked."""
    weekday, minute = wall_time(facts.at, facts.zone)
    return [
        rule
        for rule in sorted(rules, key=lambda each: (each.order, each.id))
        if rule.enabled
        and _is_about(rule.when, event)
        and (not rule.when.spans or is_in(rule.when.spans, weekday, minute))
    ]


def candidates(
    rules: Sequence[Rule], event: Event, facts: HouseholdFacts
) -> list[Candidate]:
    """The rules that hold as far as the recipient does not matter, in their order."""
    occupied = presence.occupied_rooms(facts)
    found = []
    for rule in looked_at(rules, event, facts):
        when = rule.when
        personal = bool(
            when.recipients
            or when.roles
            or when.recipient_rooms
            or when.presence in _OF_THE_RECIPIENT
        )
        known = _surroundings(rule, facts, occupied)
        if known is not False:
            found.append(Candidate(rule=rule, sure=known is True, personal=personal))
    return found


class Hearing:
    """Hears the rules that may hold for an event, for one recipient after the other."""

    def __init__(
        self, found: Sequence[Candidate], event: Event, channels: AbstractSet[str]
    ) -> None:
        """`channels` are the ids of those that exist."""
        self._found = found
        self._personal = tuple(each for each in found if each.personal)
        self._event = event
        self._channels = channels
        # for most recipients the same rules hold
        self._heard: dict[tuple[bool | None, ...], Heard] = {}

    def of(self, recipient: Recipient, facts: HouseholdFacts) -> Heard:
        """What they say together; of each thing, the first that says it is heard."""
        personal = tuple([_holds(each, recipient, facts) for each in self._personal])
        if personal not in self._heard:
            answers = iter(personal)
            holding = [
                next(answers) if each.personal else each.sure or None
                for each in self._found
            ]
            self._heard[personal] = self._together(holding)
        return self._heard[personal]

    def _together(self, holding: Sequence[bool | None]) -> Heard:
        said: list[Rule] = []
        reasons: list[Reason] = []
        for candidate, holds in zip(self._found, holding, strict=True):
            rule = candidate.rule
            if holds is None:
                reasons.append(because(Why.RULE_UNKNOWN, rule=rule.name))
            elif holds:
                said.append(rule)
                reasons.append(because(Why.RULE_HEARD, rule=rule.name))
                if rule.final:
                    break
        return self._sum(said, reasons) if said else Heard(reasons=tuple(reasons))

    def _sum(self, said: Sequence[Rule], reasons: Sequence[Reason]) -> Heard:
        """Of each thing, what the first says that says anything of it."""
        mild = [rule for rule in said if self._may_quiet(rule)]
        naming = _first(said, lambda then: bool(then.recipients or then.roles))
        ways = _first(said, lambda then: bool(then.channels))
        raising = _first(mild, lambda then: then.priority is not None)
        holding = _first(mild, lambda then: then.hold is not None)
        wished = ways.then.channels if ways else ()
        gone = [key for key in wished if key not in self._channels]
        return Heard(
            rules=tuple(rule.id for rule in said),
            recipients=naming.then.recipients if naming else (),
            roles=naming.then.roles if naming else frozenset(),
            channels=tuple(key for key in wished if key in self._channels),
            broken=bool(gone),
            priority=raising.then.priority if raising else None,
            hold=holding.then.hold if holding else None,
            held_by=holding,
            dropped_by=_first(mild, lambda then: then.drop),
            grouped_by=_first(said, lambda then: then.group),
            escalate_to=next(
                (rule.then.escalate_to for rule in said if rule.then.escalate_to), ()
            ),
            reasons=(
                *reasons,
                *(because(Why.RULE_BROKEN, None, gone=key) for key in gone),
                *(
                    because(Why.RULE_NOT_FOR_URGENT, rule=rule.name)
                    for rule in said
                    if rule not in mild
                ),
            ),
        )

    def _may_quiet(self, rule: Rule) -> bool:
        """What is urgent is kept back, or softened, only by a rule that names it."""
        return (
            self._event.priority is not Priority.URGENT
            or not _quiets(rule.then, self._event)
            or Priority.URGENT in rule.when.priorities
            or self._event.key in rule.when.events
        )


def _first(rules: Sequence[Rule], says: Callable[[Then], bool]) -> Rule | None:
    return next((rule for rule in rules if says(rule.then)), None)


def _holds(
    candidate: Candidate, recipient: Recipient, facts: HouseholdFacts
) -> bool | None:
    """Whether a rule that is meant for some holds for this recipient."""
    known = True if candidate.sure else None
    return _both(known, _is_for(candidate.rule.when, recipient, facts))


def _quiets(then: Then, event: Event) -> bool:
    """Whether a rule would keep the event back, or tell it more softly."""
    softer = then.priority is not None and RANK[then.priority] > RANK[event.priority]
    return then.drop or then.hold is not None or softer


def _is_about(when: When, event: Event) -> bool:
    return (
        (not when.events or event.key in when.events)
        and (not when.sources or event.source in when.sources)
        and (not when.categories or event.category in when.categories)
        and (not when.priorities or event.priority in when.priorities)
    )


def _surroundings(
    rule: Rule, facts: HouseholdFacts, occupied: Mapping[str, bool | None]
) -> bool | None:
    """Whether presence, rooms, states and Home Assistant's condition are as said."""
    when = rule.when
    holds: bool | None = True
    if when.presence is not None and when.presence not in _OF_THE_RECIPIENT:
        holds = _both(holds, presence.holds(when.presence, facts, None))
    if when.rooms:
        holds = _both(holds, _any_of([occupied.get(room) for room in when.rooms]))
    for state in when.states:
        known = facts.states.get(state.entity_id)
        holds = _both(holds, None if known is None else known == state.value)
    if when.has_condition:
        holds = _both(holds, facts.conditions.get(rule.id))
    return holds


def _is_for(when: When, recipient: Recipient, facts: HouseholdFacts) -> bool | None:
    if when.recipients and recipient.id not in when.recipients:
        return False
    if when.roles and not when.roles & recipient.roles:
        return False
    known: bool | None = True
    if when.presence in _OF_THE_RECIPIENT:
        known = presence.holds(when.presence, facts, recipient.id)
    if when.recipient_rooms:
        person = presence.of(facts, recipient.id)
        known = _both(known, presence.is_in(when.recipient_rooms, person, facts.at))
    return known


def _both(one: bool | None, other: bool | None) -> bool | None:
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def _any_of(answers: list[bool | None]) -> bool | None:
    if any(answers):
        return True
    return None if None in answers else False
