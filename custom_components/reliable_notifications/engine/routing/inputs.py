"""The facts that a decision was made from, flat, as they are stored beside it.

Must not decide.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite

from ..vocabulary import Scalar
from . import presence
from .calm import Case


def facts_used(case: Case) -> Mapping[str, Scalar]:
    """What was known of the recipient and the household; None: not known."""
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
    }
