"""The rules and event bindings as a household has set them up, in the engine's words.

What is stored is plain data that a form has checked; whatever is missing from it asks
for nothing. Must not decide what follows from a rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..engine.routing.catalogue import Binding, EntryEdit
from ..engine.vocabulary import (
    HoldUntil,
    Presence,
    Priority,
    Role,
    Rule,
    StateIs,
    Then,
    When,
)
from ..recipients.people import spans


def rule(rule_id: str, name: str, data: Mapping[str, Any]) -> Rule:
    """Read what is stored of a rule."""
    return Rule(
        id=rule_id,
        name=name,
        order=data.get("order", 0),
        when=_when(data.get("when", {})),
        then=_then(data.get("then", {})),
        final=data.get("final", True),
        enabled=data.get("enabled", True),
    )


def written(proposed: Rule) -> dict[str, Any]:
    """What is stored of a rule that we propose, as its form would have stored it.

    Only what proposals say: events, sources, priorities, recipients; other recipients,
    a priority. Where it stands among the others is found when it is added to them.
    """
    when, then = proposed.when, proposed.then
    about = {
        "events": sorted(when.events),
        "appliances": sorted(when.sources),
        "priorities": [each.value for each in Priority if each in when.priorities],
        "recipients": sorted(when.recipients),
    }
    changes = {
        "recipients": list(then.recipients),
        "priority": None if then.priority is None else then.priority.value,
    }
    return {
        "when": {key: each for key, each in about.items() if each},
        "then": {key: each for key, each in changes.items() if each},
        **({} if proposed.final else {"final": False}),
    }


def binding(data: Mapping[str, Any]) -> Binding:
    """Read what is stored of a binding."""
    return Binding(
        event_type=data["event_type"], key=data["key"], match=data.get("match", {})
    )


def event_edit(key: str, data: Mapping[str, Any]) -> EntryEdit:
    """Read what an installation says instead for an event."""
    priority, roles = data.get("priority"), data.get("roles")
    return EntryEdit(
        key=key,
        priority=None if priority is None else Priority(priority),
        roles=None if roles is None else frozenset(map(Role, roles)),
        acknowledge=data.get("acknowledge"),
    )


def _when(data: Mapping[str, Any]) -> When:
    presence = data.get("presence")
    return When(
        events=frozenset(data.get("events", ())),
        sources=frozenset(data.get("appliances", ())),
        categories=frozenset(data.get("categories", ())),
        priorities=frozenset(map(Priority, data.get("priorities", ()))),
        recipients=frozenset(data.get("recipients", ())),
        roles=frozenset(map(Role, data.get("roles", ()))),
        spans=spans(data.get("spans", ())),
        presence=None if presence is None else Presence(presence),
        rooms=frozenset(data.get("rooms", ())),
        recipient_rooms=frozenset(data.get("recipient_rooms", ())),
        states=tuple(
            StateIs(entity_id=each["entity"], value=each["state"])
            for each in data.get("states", ())
        ),
        has_condition=bool(data.get("condition")),
    )


def _then(data: Mapping[str, Any]) -> Then:
    priority, hold = data.get("priority"), data.get("hold")
    return Then(
        recipients=tuple(data.get("recipients", ())),
        roles=frozenset(map(Role, data.get("roles", ()))),
        channels=tuple(data.get("channels", ())),
        priority=None if priority is None else Priority(priority),
        hold=None if hold is None else HoldUntil(hold),
        drop=data.get("drop", False),
        group=data.get("group", False),
        escalate_to=tuple(data.get("escalate_to", ())),
    )
