"""Which of the channels are used for a recipient, in which order, and why not others.

What cannot work is left out for good; what only a wish, or want of knowledge, leaves
out is used after all where nothing else is left and the message must not be missed.
Must not say when a channel is asked: that is the schedule's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass

from ..vocabulary import (
    LAST_RESORT,
    ChannelFacts,
    ChannelTraits,
    HouseholdFacts,
    Priority,
    Reason,
    Recipient,
    Shape,
)
from . import presence
from .calm import Case
from .policy import IN_APP
from .policy_row import Policies, Respect
from .rules import RANK
from .wall_clock import end_of
from .why import Why, because

# What leaves a channel out only for now: it may be heard, or seen, later on
_FOR_NOW = frozenset({Why.NOT_HOME, Why.ROOM_EMPTY, Why.SILENT_NOW, Why.CHANNEL_DND})

# A speaker may say for another what was said to them long ago, while this one slept
_UNSURE = frozenset(
    {
        Why.UNKNOWN_PRESENCE,
        Why.ROOM_UNKNOWN,
        Why.IN_ANOTHER_ROOM,
        Why.SPOKEN_ALREADY,
    }
)
_WRONG_TIME = frozenset({Why.ROOM_EMPTY, Why.SILENT_NOW, Why.CHANNEL_DND})

# What counts for nothing where no other channel is left. A speaker in an empty house is
# nobody's, however urgent it is.
_BETTER_THAN_NOTHING: Mapping[Priority, AbstractSet[Why]] = {
    Priority.URGENT: _UNSURE | _WRONG_TIME | {Why.CHANNEL_MUTED},
    Priority.HIGH: _UNSURE | _WRONG_TIME,
    Priority.MEDIUM: _UNSURE,
    Priority.LOW: _UNSURE,
}

# What must not be missed: unknown facts do not keep it from a speaker
_MUST_ARRIVE = frozenset({Priority.URGENT, Priority.HIGH})

_HEALTHY = ChannelFacts()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The household as the channels see it, looked at once for all recipients."""

    facts: HouseholdFacts
    channels: Mapping[str, ChannelTraits]
    anybody_home: bool | None
    rooms: Mapping[str, bool | None]
    night: bool
    private: bool
    resting: frozenset[str]
    owned: frozenset[str]
    speakers: frozenset[str]
    tells: Mapping[str, bool]
    groups: Mapping[Priority, Mapping[str, int | None]]
    plain: Mapping[Priority, AbstractSet[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The channels in order; `together` of the first are asked at once.

    `for_now`: what is left out could be used at another time; `for_arrival`: once
    somebody is home.
    """

    ordered: tuple[ChannelTraits, ...]
    reasons: tuple[Reason, ...]
    together: int = 0
    for_now: bool = False
    for_arrival: bool = False


def look(
    facts: HouseholdFacts,
    channels: Mapping[str, ChannelTraits],
    recipients: Sequence[Recipient],
    policies: Policies,
) -> Scene:
    """Look at the household once.

    It is night while the household is quiet, or anybody who may be home sleeps.
    """
    sleeping = any(
        presence.is_asleep(each, facts)
        and presence.is_home(presence.of(facts, each.id), facts.at) is not False
        for each in recipients
    )
    resting = {
        key
        for key, channel in channels.items()
        if not facts.channels.get(key, _HEALTHY).healthy
        or (facts.internet is False and not channel.local and key != LAST_RESORT)
    }
    groups = {
        priority: {
            key: policy.group_of(each.kind, each.shape)
            for key, each in channels.items()
        }
        for priority, policy in policies.items()
    }
    return Scene(
        facts=facts,
        channels=channels,
        anybody_home=presence.anybody_home(facts),
        rooms=presence.occupied_rooms(facts),
        night=sleeping or end_of(facts.quiet, facts.at, facts.zone) is not None,
        private=bool(facts.guest) or presence.only_children_home(recipients, facts),
        resting=frozenset(resting),
        owned=frozenset(key for each in recipients for key in each.channels)
        & channels.keys(),
        speakers=frozenset(
            key for key, each in channels.items() if each.shape is Shape.SPEECH
        ),
        tells={key: each.can_tell for key, each in channels.items()},
        groups=groups,
        plain={
            priority: {
                key
                for key, group in of_channels.items()
                if group is not None and _is_plain(channels[key], facts)
            }
            for priority, of_channels in groups.items()
        },
    )


def _is_plain(channel: ChannelTraits, facts: HouseholdFacts) -> bool:
    """Whether nothing but a wish of the recipient can be against a channel."""
    return (
        channel.shape is not Shape.SPEECH
        and channel.contact is None
        and channel.id not in facts.off_channels
        and not facts.channels.get(channel.id, _HEALTHY).do_not_disturb
    )


def choose(case: Case, view: Scene, spoken: AbstractSet[str]) -> Choice:
    """The channels of a recipient; `spoken` are speakers that say it for another."""
    used: list[ChannelTraits] = []
    left_out: list[tuple[ChannelTraits, Reason]] = []
    reasons: list[Reason] = []
    wishes = case.recipient.preferences
    usual = not (wishes.muted or wishes.least or case.heard.channels)
    plain = view.plain[case.priority] if usual else frozenset()
    for channel_id in _wished(case, view):
        channel = view.channels.get(channel_id)
        if channel is None:
            reasons.append(because(Why.CHANNEL_GONE, channel_id))
            continue
        if channel_id == case.event.source:  # it cannot tell that it is down
            reasons.append(because(Why.ITSELF, channel_id))
            continue
        if channel_id in plain:  # most are, and are not looked at any closer
            used.append(channel)
            continue
        against = _against(case, view, channel, spoken)
        if against is None:
            used.append(channel)
        else:
            left_out.append((channel, against))
    if not used and left_out:
        spare = _BETTER_THAN_NOTHING[case.priority]
        used = [each for each, against in left_out if against.key in spare]
        reasons.extend(because(Why.YET_USED, each.id) for each in used)
    reasons.extend(against for each, against in left_out if each not in used)
    ordered = _in_order(case, view, used)
    reasons.extend(_of_order(case, view, used, ordered))
    return Choice(
        ordered=ordered,
        reasons=tuple(reasons),
        together=_together(case, view, ordered),
        for_now=not used and any(a.key in _FOR_NOW for _, a in left_out),
        for_arrival=not used and any(a.key == Why.NOT_HOME for _, a in left_out),
    )


def _wished(case: Case, view: Scene) -> Iterator[str]:
    """The channels of the rules, else the recipient's; named twice is asked once.

    Where a channel of a rule is gone, or all of them are somebody else's, the
    recipient's own stand by.
    """
    own, named = case.recipient.channels, case.heard.channels
    wished = named or own
    if case.heard.broken or all(_is_anothers(case, view, each) for each in wished):
        wished = (*named, *own)
    return (each for each in dict.fromkeys(wished) if each != LAST_RESORT)


def _is_anothers(case: Case, view: Scene, key: str) -> bool:
    """Whether it is a device that others have, and this recipient does not.

    Speakers, accounts and the lists in the app are for everybody.
    """
    if key in case.recipient.channels or key not in view.owned:
        return False
    channel = view.channels[key]
    return (
        channel.shape is Shape.PUSH
        and channel.contact is None
        and channel.kind not in IN_APP
    )


def _against(
    case: Case, view: Scene, channel: ChannelTraits, spoken: AbstractSet[str]
) -> Reason | None:
    """Why a channel is not used; what cannot work before what is not wished."""
    key = channel.id
    if key in view.facts.off_channels:
        return because(Why.CHANNEL_OFF, key)
    if channel.contact is not None and (lacks := _lacks(case, channel)) is not None:
        return because(lacks, key, contact=channel.contact.value)
    if not case.heard.channels and view.groups[case.priority][key] is None:
        return because(Why.NOT_IN_TABLE, key, priority=case.priority)
    if case.heard.channels and _is_anothers(case, view, key):
        return because(Why.NOT_THEIRS, key)
    return _against_now(case, view, channel, spoken)


def _against_now(
    case: Case, view: Scene, channel: ChannelTraits, spoken: AbstractSet[str]
) -> Reason | None:
    """What the recipient does not wish of a channel that works, or not now."""
    wishes, key = case.recipient.preferences, channel.id
    if wishes.muted and (case.event.category, key) in wishes.muted:
        return because(Why.CHANNEL_MUTED, key, category=case.event.category)
    least = wishes.least.get(key) if wishes.least else None
    if least is not None and RANK[case.priority] > RANK[least]:
        return because(Why.BELOW_LEAST, key, least=least.value)
    if channel.shape is Shape.SPEECH:
        unheard = _unheard(case, view, channel, spoken)
        if unheard is not None:
            return because(unheard, key)
    if (
        case.policy.do_not_disturb is not Respect.PASS
        and view.facts.channels.get(key, _HEALTHY).do_not_disturb
    ):
        return because(Why.CHANNEL_DND, key)
    return None


def _lacks(case: Case, channel: ChannelTraits) -> Why | None:
    """What is missing for a channel that needs an address of the recipient."""
    fitting = [each for each in case.recipient.contacts if each.kind is channel.contact]
    if any(each.verified for each in fitting):
        return None
    return Why.UNVERIFIED if fitting else Why.NO_CONTACT


def _unheard(
    case: Case, view: Scene, speaker: ChannelTraits, spoken: AbstractSet[str]
) -> Why | None:
    """Why nobody whom it is for would hear a speaker, or somebody who should not."""
    if view.anybody_home is False:
        return Why.NOT_HOME
    person = presence.of(view.facts, case.recipient.id)
    home = presence.is_home(person, view.facts.at)
    if home is False and case.priority is not Priority.URGENT:
        return Why.NOT_HOME
    if speaker.id in spoken:
        return Why.SPOKEN_ALREADY
    if not case.policy.speaks_at_night and (view.night or _is_quiet(case)):
        return Why.SILENT_NOW
    must_arrive = case.priority in _MUST_ARRIVE
    is_known = case.recipient.id in view.facts.people
    if home is None and is_known and not must_arrive:
        return Why.UNKNOWN_PRESENCE
    return _empty_room(case, view, speaker, must_arrive=must_arrive)


def _empty_room(
    case: Case, view: Scene, speaker: ChannelTraits, *, must_arrive: bool
) -> Why | None:
    """Speakers are for rooms in which somebody is, best where the recipient is.

    Where no room with a speaker is known to have somebody in it, what is urgent is said
    in all, and what is not known to be empty counts as occupied.
    """
    occupied = None if speaker.room is None else view.rooms.get(speaker.room)
    if occupied:
        elsewhere = _is_elsewhere(case, view, speaker)
        return Why.IN_ANOTHER_ROOM if elsewhere and not must_arrive else None
    better = any(
        channel is not None
        and channel.shape is Shape.SPEECH
        and channel.room is not None
        and view.rooms.get(channel.room)
        for channel in map(view.channels.get, _wished(case, view))
    )
    if occupied is None:
        return Why.ROOM_UNKNOWN if better and not must_arrive else None
    return Why.ROOM_EMPTY if better or case.priority is not Priority.URGENT else None


def _is_elsewhere(case: Case, view: Scene, speaker: ChannelTraits) -> bool:
    """Whether the recipient is known to be where another of the speakers stands."""
    room = presence.room_of(presence.of(view.facts, case.recipient.id))
    return room not in (None, speaker.room) and any(
        channel is not None and channel.shape is Shape.SPEECH and channel.room == room
        for channel in map(view.channels.get, _wished(case, view))
    )


def _is_quiet(case: Case) -> bool:
    quiet = case.recipient.preferences.quiet
    return end_of(quiet, case.facts.at, case.facts.zone) is not None


def _in_order(
    case: Case, view: Scene, used: Sequence[ChannelTraits]
) -> tuple[ChannelTraits, ...]:
    """The recipient's order, or the rule's; what rests, or proves nothing, later."""
    policy, resting = case.policy, view.resting
    groups, tells = view.groups[case.priority], view.tells
    if case.heard.channels:
        return tuple(sorted(used, key=lambda each: each.id in resting))

    person = presence.of(view.facts, case.recipient.id)
    maybe_away = (
        case.recipient.id in view.facts.people
        and presence.is_home(person, view.facts.at) is None
    )

    def place(each: ChannelTraits) -> tuple[int, ...]:
        group = 0 if policy.own_order else groups[each.id] or 0
        unproven = int(policy.proof_first and not tells[each.id])
        rests = int(each.id in resting)
        if policy.together:
            return group, rests
        # a list that waits to be looked at proves at once, and reaches nobody
        waits = int(policy.proof_first and each.kind in IN_APP)
        # what was said to an empty house is no proof: a phone is where its owner is
        speaks = each.shape is Shape.SPEECH
        unheard = int(speaks and (maybe_away or _is_elsewhere(case, view, each)))
        return waits, rests, unheard, unproven, group

    return tuple(sorted(used, key=place))


def _together(case: Case, view: Scene, ordered: Sequence[ChannelTraits]) -> int:
    """How many of the first are asked at once: the first group of the table."""
    if not case.policy.together or case.heard.channels or not ordered:
        return 0
    groups = view.groups[case.priority]
    first = groups[ordered[0].id]
    return sum(1 for each in ordered if groups[each.id] == first)


def _of_order(
    case: Case,
    view: Scene,
    used: Sequence[ChannelTraits],
    ordered: Sequence[ChannelTraits],
) -> Iterator[Reason]:
    """What is resting, and what was moved."""
    facts = view.facts
    if not used:
        yield because(Why.NO_CHANNEL)
    for each in used:
        if each.id not in view.resting:
            continue
        about = facts.channels.get(each.id, _HEALTHY)
        if about.healthy:
            yield because(Why.NO_INTERNET, each.id)
        else:
            yield because(Why.UNHEALTHY, each.id, until=about.until, why=about.reason)
    if list(used) != list(ordered):
        by = "proof" if case.policy.proof_first else "table"
        yield because(Why.ORDER_CHANGED, None, priority=case.priority, by=by)
