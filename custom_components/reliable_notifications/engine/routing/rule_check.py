"""What is wrong with a set of rules: never heard, at odds with another, or broken.

Each finding names the rules it is about. Must not decide anything about an event.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from ..vocabulary import Presence, Rule, Span, Then, When

_MINUTES_OF_DAY = 24 * 60
_MINUTES_OF_WEEK = 7 * _MINUTES_OF_DAY

# What cannot hold at once
_CONTRARY = frozenset(
    {
        frozenset({Presence.ANYBODY_HOME, Presence.NOBODY_HOME}),
        frozenset({Presence.EVERYBODY_HOME, Presence.NOBODY_HOME}),
        frozenset({Presence.RECIPIENT_HOME, Presence.NOBODY_HOME}),
        frozenset({Presence.RECIPIENT_HOME, Presence.RECIPIENT_AWAY}),
        frozenset({Presence.EVERYBODY_HOME, Presence.RECIPIENT_AWAY}),
    }
)

# What holds wherever another does
_FOLLOWS_FROM = frozenset(
    {
        (Presence.ANYBODY_HOME, Presence.EVERYBODY_HOME),
        (Presence.ANYBODY_HOME, Presence.RECIPIENT_HOME),
        (Presence.RECIPIENT_HOME, Presence.EVERYBODY_HOME),
        (Presence.RECIPIENT_AWAY, Presence.NOBODY_HOME),
    }
)


class Flaw(StrEnum):
    """What is wrong."""

    UNREACHABLE = "unreachable"  # `other` holds wherever it would, and is the last
    CONFLICT = "conflict"  # both hold at times and say different things of `about`
    BROKEN = "broken"  # it names `about`, which is gone


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One flaw of a rule; `other` is the second rule of which it is a matter."""

    flaw: Flaw
    rule: Rule
    other: Rule | None = None
    about: str = ""


def findings(
    rules: Sequence[Rule], recipients: AbstractSet[str], channels: AbstractSet[str]
) -> tuple[Finding, ...]:
    """All flaws, in the order of the rules; of a rule that is off there are none."""
    on = sorted(
        (rule for rule in rules if rule.enabled), key=lambda each: (each.order, each.id)
    )
    found = [broken for rule in on for broken in _broken(rule, recipients, channels)]
    unheard: set[str] = set()
    for earlier, later in combinations(on, 2):
        if later.id in unheard or earlier.id in unheard:
            continue
        if earlier.final and _covers(earlier.when, later.when):
            unheard.add(later.id)
            found.append(Finding(flaw=Flaw.UNREACHABLE, rule=later, other=earlier))
        elif (not earlier.final or earlier.order == later.order) and _overlap(
            earlier.when, later.when
        ):
            found.extend(_at_odds(earlier, later))
    return tuple(found)


def _broken(
    rule: Rule, recipients: AbstractSet[str], channels: AbstractSet[str]
) -> Iterator[Finding]:
    then = rule.then
    people = (*rule.when.recipients, *then.recipients, *then.escalate_to)
    gone = [key for key in dict.fromkeys(people) if key not in recipients]
    gone += [key for key in then.channels if key not in channels]
    for key in sorted(gone):
        yield Finding(flaw=Flaw.BROKEN, rule=rule, about=key)


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


def _covers(wide: When, narrow: When) -> bool:
    """Whether the first holds wherever the second does, as far as can be said."""
    return (
        _all_of(wide.events, narrow.events)
        and _all_of(wide.sources, narrow.sources)
        and _all_of(wide.categories, narrow.categories)
        and _all_of(wide.priorities, narrow.priorities)
        and _all_of(wide.recipients, narrow.recipients)
        and _all_of(wide.roles, narrow.roles)
        and _all_of(wide.rooms, narrow.rooms)
        and set(wide.states) <= set(narrow.states)
        and not wide.has_condition
        and _presence_covers(wide.presence, narrow.presence)
        and _minutes(wide.spans) >= _minutes(narrow.spans)
    )


def _all_of(wide: AbstractSet[str], narrow: AbstractSet[str]) -> bool:
    """An empty set is no condition at all."""
    return not wide or bool(narrow and narrow <= wide)


def _presence_covers(wide: Presence | None, narrow: Presence | None) -> bool:
    return wide is None or wide is narrow or (wide, narrow) in _FOLLOWS_FROM


def _overlap(one: When, other: When) -> bool:
    """Whether both may hold for the same event and recipient."""
    sets = (
        (one.events, other.events),
        (one.sources, other.sources),
        (one.categories, other.categories),
        (one.priorities, other.priorities),
        (one.recipients, other.recipients),
    )
    if any(mine and yours and not mine & yours for mine, yours in sets):
        return False
    if frozenset({one.presence, other.presence}) in _CONTRARY:
        return False
    states = {state.entity_id: state.value for state in one.states}
    if any(
        states.get(state.entity_id, state.value) != state.value
        for state in other.states
    ):
        return False
    return bool(_minutes(one.spans) & _minutes(other.spans))


def _minutes(spans: Sequence[Span]) -> AbstractSet[int]:
    """The minutes of the week in which a rule holds; without spans all."""
    if not spans:
        return _WHOLE_WEEK
    return {
        (day * _MINUTES_OF_DAY + minute) % _MINUTES_OF_WEEK
        for span in spans
        for day in span.weekdays
        for minute in range(
            span.start,
            span.end if span.end > span.start else span.end + _MINUTES_OF_DAY,
        )
    }


_WHOLE_WEEK = frozenset(range(_MINUTES_OF_WEEK))
