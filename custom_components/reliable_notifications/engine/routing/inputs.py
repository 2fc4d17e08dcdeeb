"""The facts that a decision was made from, flat, as they are stored beside it.

What there may be several of has its kind before its name: `state:light.hall`,
`condition:` and the name of a rule, `room:` and an area, `resting:` and
`do_not_disturb:` with the id of a channel. Must not decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import isfinite

from ..vocabulary import Event, HouseholdFacts, Rule, Scalar, Shape
from . import presence
from .calm import Case
from .choice import Scene
from .rules import looked_at


def asked_by_rules(
    rules: Iterable[Rule], event: Event, facts: HouseholdFacts
) -> Mapping[str, Scalar]:
    """What the rules that are about an event have asked for, and what was known."""
    found: dict[str, Scalar] = {}
    rooms: Mapping[str, bool | None] = {}
    for rule in looked_at(tuple(rules), event, facts):
        when = rule.when
        for state in when.states:
            found[f"state:{state.entity_id}"] = facts.states.get(state.entity_id)
        if when.has_condition:
            found[f"condition:{rule.name}"] = facts.conditions.get(rule.id)
        if when.rooms:
            rooms = rooms or presence.occupied_rooms(facts)
            found |= {f"room:{room}": rooms.get(room) for room in sorted(when.rooms)}
    return found


def facts_used(case: Case, view: Scene | None = None) -> Mapping[str, Scalar]:
    """What was known of the recipient and the household; None: not known.

    Channels are looked at with a `view` only: not where nothing is told at all.
    """
    facts, person = case.facts, presence.of(case.facts, case.recipient.id)
    paused = facts.paused_until
    return {
        "at": facts.at,
        "priority": case.event.priority,
        "home": presence.is_home(person, facts.at),
        "home_is_last_known": presence.leans_on_last_known(person, facts.at),
        "anybody_home": case.anybody_home,
        "room": presence.room_of(person),
        "asleep": presence.is_asleep(case.recipient, facts),
        "do_not_disturb": person.do_not_disturb,
        "guest": facts.guest,
        "vacation": facts.vacation,
        "internet": facts.internet,
        "paused": paused is not None and paused > facts.at,
        "paused_until": paused if paused is not None and isfinite(paused) else None,
        **case.asked,
        **({} if view is None else _of_channels(case, view)),
    }


def _of_channels(case: Case, view: Scene) -> Mapping[str, Scalar]:
    """What was known of the channels that the recipient has, or a rule names."""
    found: dict[str, Scalar] = {}
    about = case.facts.channels
    for key in case.heard.channels or case.recipient.channels:
        channel = view.channels.get(key)
        if channel is None:
            continue
        if channel.shape is Shape.SPEECH and channel.room is not None:
            found[f"room:{channel.room}"] = view.rooms.get(channel.room)
        if key in view.resting:
            found[f"resting:{key}"] = (
                about[key].reason if key in about else ""
            ) or True
        if key in about and about[key].do_not_disturb is not None:
            found[f"do_not_disturb:{key}"] = about[key].do_not_disturb
    return found
