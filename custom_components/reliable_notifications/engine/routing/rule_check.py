"""What is wrong with a set of rules: never heard, at odds with another, or broken.

Each finding names the rules it is about. Must not decide anything about an event.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations

from ..vocabulary import Recipient, Rule, Then
from .audience import THE_HOUSE
from .catalogue import CATALOGUE, Catalogue
from .rule_reach import (
    Reach,
    cover_together,
    covers,
    is_about_nothing,
    overlap,
    reach_of,
)


class Flaw(StrEnum):
    """What is wrong."""

    UNREACHABLE = "unreachable"  # `other` holds wherever it would, and is the last
    CONFLICT = "conflict"  # both hold at times and say different things of `about`
    BROKEN = "broken"  # it names `about`, which is gone
    NEVER = "never"  # it asks for what cannot be at once, in `about`


class Part(StrEnum):
    """What of a rule is gone."""

    RECIPIENT = "recipient"
    CHANNEL = "channel"
    APPLIANCE = "appliance"
    ROOM = "room"
    ENTITY = "entity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One flaw of a rule; `other` is the second rule of which it is a matter.

    `together` are several that only between them leave nothing of the rule.
    """

    flaw: Flaw
    rule: Rule
    other: Rule | None = None
    together: tuple[Rule, ...] = ()
    about: str = ""
    part: Part | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What there is that rules may name.

    Of entities there are too many: `gone` has those that rules name in vain. `asked`
    are, by the id of the rule, those at which its condition looks.
    """

    recipients: Mapping[str, Recipient]
    channels: AbstractSet[str]
    appliances: AbstractSet[str]
    rooms: AbstractSet[str]
    gone: AbstractSet[str] = frozenset()
    asked: Mapping[str, AbstractSet[str]] = field(default_factory=dict)
    catalogue: Catalogue = field(default_factory=lambda: CATALOGUE)


def findings(rules: Sequence[Rule], known: Known) -> tuple[Finding, ...]:
    """All flaws, in the order of the rules; of a rule that is off there are none."""
    on = sorted(
        (rule for rule in rules if rule.enabled), key=lambda each: (each.order, each.id)
    )
    found = [broken for rule in on for broken in _broken(rule, known)]
    people = tuple(known.recipients.values()) or (THE_HOUSE,)
    unheard = {each.rule.id for each in found if each.flaw is Flaw.NEVER}
    reaches = [reach_of(rule, people) for rule in on]
    for first, second in combinations(reaches, 2):
        if {first.rule.id, second.rule.id} & unheard:
            continue
        if first.rule.final and covers(first, second, known.catalogue):
            unheard.add(second.rule.id)
            found.append(
                Finding(flaw=Flaw.UNREACHABLE, rule=second.rule, other=first.rule)
            )
        elif _are_heard_together(first, second) and overlap(
            first, second, known.catalogue
        ):
            found.extend(_at_odds(first.rule, second.rule))
    heard = [each for each in reaches if each.rule.id not in unheard]
    return (*found, *_left_nothing(heard, known.catalogue))


def _left_nothing(heard: Sequence[Reach], catalogue: Catalogue) -> Iterator[Finding]:
    """Rules of which several before them leave nothing between them."""
    final: list[Reach] = []
    for each in heard:
        together = cover_together(final, each, catalogue)
        if together:
            yield Finding(
                flaw=Flaw.UNREACHABLE,
                rule=each.rule,
                together=tuple(other.rule for other in together),
            )
        elif each.rule.final:
            final.append(each)


def _are_heard_together(first: Reach, second: Reach) -> bool:
    """Of two at the same place nobody has said which comes first."""
    return not first.rule.final or first.rule.order == second.rule.order


def _broken(rule: Rule, known: Known) -> Iterator[Finding]:
    """What it names and is gone; and what of it cannot be at once."""
    when, then = rule.when, rule.then
    people = (*when.recipients, *then.recipients, *then.escalate_to)
    gone = {
        Part.RECIPIENT: set(people) - known.recipients.keys(),
        Part.CHANNEL: set(then.channels) - known.channels,
        Part.APPLIANCE: when.sources - known.appliances,
        Part.ROOM: (when.rooms | when.recipient_rooms) - known.rooms,
        Part.ENTITY: known.gone
        & {
            *(each.entity_id for each in when.states),
            *known.asked.get(rule.id, ()),
        },
    }
    for part, keys in gone.items():
        for key in sorted(keys):
            yield Finding(flaw=Flaw.BROKEN, rule=rule, about=key, part=part)
    if is_about_nothing(when, known.catalogue):
        yield Finding(flaw=Flaw.NEVER, rule=rule, about="events")
    people_there = known.recipients.values()
    if (
        known.recipients
        and not gone[Part.RECIPIENT]
        and not reach_of(rule, people_there).meant
    ):
        yield Finding(flaw=Flaw.NEVER, rule=rule, about="recipients")


def _at_odds(one: Rule, other: Rule) -> Iterator[Finding]:
    """What two rules that are heard together say differently."""
    for about in _differences(one.then, other.then):
        yield Finding(flaw=Flaw.CONFLICT, rule=one, other=other, about=about)


def _differences(one: Then, other: Then) -> Iterator[str]:
    if one.drop is not other.drop and _tells(other if one.drop else one):
        yield "drop"
    if one.priority and other.priority and one.priority is not other.priority:
        yield "priority"
    if one.hold and other.hold and one.hold is not other.hold:
        yield "hold"
    if one.channels and other.channels and one.channels != other.channels:
        yield "channels"
    told, told_too = _whom(one), _whom(other)
    if any(told) and any(told_too) and told != told_too:
        yield "recipients"


def _tells(then: Then) -> bool:
    """Whether a rule wants something told, in some way."""
    return bool(any(_whom(then)) or then.channels or then.priority or then.hold)


def _whom(then: Then) -> tuple[AbstractSet[str], AbstractSet[str]]:
    return frozenset(then.recipients), then.roles
