"""Where a rule reaches: for which events, for whom, when; and how two of them meet.

Compares what two rules ask for, with the recipients and events that there are. Must not
say what is wrong with a rule.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence, Set as AbstractSet
from dataclasses import dataclass, replace

from ..vocabulary import Presence, Priority, Recipient, Rule, Span, When
from .catalogue import Catalogue, Category

_MINUTES_OF_DAY = 24 * 60
_MINUTES_OF_WEEK = 7 * _MINUTES_OF_DAY
_WHOLE_WEEK = (1 << _MINUTES_OF_WEEK) - 1

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What a rule asks for; `minutes` has a bit for each of the week.

    `meant`: those of the recipients that there are for whom it is.
    """

    rule: Rule
    meant: frozenset[str]
    minutes: int

    @property
    def when(self) -> When:
        """What has to hold for the rule."""
        return self.rule.when


def reach_of(rule: Rule, recipients: Collection[Recipient]) -> Reach:
    """Look once at whom it means, and when."""
    return Reach(
        rule=rule,
        meant=frozenset(
            each.id
            for each in recipients
            if (not rule.when.recipients or each.id in rule.when.recipients)
            and (not rule.when.roles or rule.when.roles & each.roles)
        ),
        minutes=_minutes(rule.when.spans),
    )


def is_about_nothing(when: When, catalogue: Catalogue) -> bool:
    """Whether there is no such category, or none of its events is in one of them."""
    there_are = when.categories & set(Category)
    if not there_are:
        return bool(when.categories)
    return bool(when.events) and not any(
        _may_be_in(key, there_are, catalogue) for key in when.events
    )


def covers(wide: Reach, narrow: Reach, catalogue: Catalogue) -> bool:
    """Whether the first holds wherever the second does, as far as can be said."""
    mine, yours = wide.when, narrow.when
    return (
        _all_of(mine.events, yours.events)
        and _all_of(mine.sources, yours.sources)
        and _covers_categories(mine, yours, catalogue)
        and _all_of(mine.priorities, yours.priorities)
        and _covers_people(wide, narrow)
        and _all_of(mine.rooms, yours.rooms)
        and _all_of(mine.recipient_rooms, yours.recipient_rooms)
        and set(mine.states) <= set(yours.states)
        and not mine.has_condition
        and _presence_covers(mine.presence, yours.presence)
        and not narrow.minutes & ~wide.minutes
    )


def cover_together(
    wide: Sequence[Reach], narrow: Reach, catalogue: Catalogue
) -> tuple[Reach, ...]:
    """Those that leave nothing of another one between them; empty: they leave some.

    Looks whether they share its events, priorities or the like among them, or the
    hours of its week; not whether they share several of these at once.
    """
    for pieces in _cut(narrow):
        covering = [_first_over(wide, each, catalogue) for each in pieces]
        found = [each for each in covering if each is not None]
        if found and len(found) == len(pieces):
            return tuple(each for each in wide if each in found)
    always = [
        each
        for each in wide
        if narrow.minutes & each.minutes
        and covers(replace(each, minutes=_WHOLE_WEEK), narrow, catalogue)
    ]
    left = narrow.minutes
    for each in always:
        left &= ~each.minutes
    return () if left else tuple(always)


def _first_over(
    wide: Iterable[Reach], piece: Reach, catalogue: Catalogue
) -> Reach | None:
    return next((each for each in wide if covers(each, piece, catalogue)), None)


def _cut(whole: Reach) -> Iterator[Sequence[Reach]]:
    """A rule as several that ask for one thing each, in one respect after the other."""
    when = whole.when
    yield [
        _piece(whole, replace(when, events=frozenset({each})))
        for each in sorted(when.events)
    ]
    yield [
        _piece(whole, replace(when, sources=frozenset({each})))
        for each in sorted(when.sources)
    ]
    yield [
        _piece(whole, replace(when, categories=frozenset({each})))
        for each in sorted(when.categories)
    ]
    yield [
        _piece(whole, replace(when, priorities=frozenset({each})))
        for each in (when.priorities or Priority)
    ]
    if when.recipients or when.roles:
        yield [replace(whole, meant=frozenset({each})) for each in sorted(whole.meant)]


def _piece(whole: Reach, when: When) -> Reach:
    return replace(whole, rule=replace(whole.rule, when=when))


def overlap(one: Reach, other: Reach, catalogue: Catalogue) -> bool:
    """Whether both may hold for the same event and recipient.

    Rules for different rooms are meant as alternatives, also where both are occupied.
    """
    mine, yours = one.when, other.when
    return (
        _share(mine.sources, yours.sources)
        and _share(mine.priorities, yours.priorities)
        and _share(mine.rooms, yours.rooms)
        and _share(mine.recipient_rooms, yours.recipient_rooms)
        and _share_events(mine, yours, catalogue)
        and bool(one.meant & other.meant)
        and frozenset({mine.presence, yours.presence}) not in _CONTRARY
        and _states_agree(mine, yours)
        and bool(one.minutes & other.minutes)
    )


def _all_of(wide: AbstractSet[str], narrow: AbstractSet[str]) -> bool:
    """An empty set is no condition at all."""
    return not wide or bool(narrow and narrow <= wide)


def _share(mine: AbstractSet[str], yours: AbstractSet[str]) -> bool:
    return not mine or not yours or bool(mine & yours)


def _may_be_in(key: str, categories: AbstractSet[str], catalogue: Catalogue) -> bool:
    """An event of the table has its category there; any other key may have any."""
    return key not in catalogue or catalogue[key].category in categories


def _share_events(mine: When, yours: When, catalogue: Catalogue) -> bool:
    """Whether some event is one for both, by its key and by its category."""
    if not _share(mine.events, yours.events):
        return False
    if not _share(mine.categories, yours.categories):
        return False
    events = mine.events & yours.events or mine.events | yours.events
    categories = mine.categories & yours.categories or (
        mine.categories | yours.categories
    )
    return not (events and categories) or any(
        _may_be_in(key, categories, catalogue) for key in events
    )


def _covers_categories(mine: When, yours: When, catalogue: Catalogue) -> bool:
    if _all_of(mine.categories, yours.categories):
        return True
    return bool(yours.events) and all(
        key in catalogue and catalogue[key].category in mine.categories
        for key in yours.events
    )


def _covers_people(wide: Reach, narrow: Reach) -> bool:
    """A rule for everybody is not covered by those for all that there are now."""
    if not (wide.when.recipients or wide.when.roles):
        return True
    if not (narrow.when.recipients or narrow.when.roles):
        return False
    return narrow.meant <= wide.meant


def _presence_covers(wide: Presence | None, narrow: Presence | None) -> bool:
    return wide is None or wide is narrow or (wide, narrow) in _FOLLOWS_FROM


def _states_agree(mine: When, yours: When) -> bool:
    states = {state.entity_id: state.value for state in mine.states}
    return all(
        states.get(state.entity_id, state.value) == state.value
        for state in yours.states
    )


def _minutes(spans: Iterable[Span]) -> int:
    """The minutes of the week in which a rule holds; without spans all."""
    found = 0
    for span in spans:
        end = span.end if span.end > span.start else span.end + _MINUTES_OF_DAY
        of_a_day = ((1 << (end - span.start)) - 1) << span.start
        for day in span.weekdays:
            bits = of_a_day << (day * _MINUTES_OF_DAY)
            found |= (bits | bits >> _MINUTES_OF_WEEK) & _WHOLE_WEEK
    return found or _WHOLE_WEEK
