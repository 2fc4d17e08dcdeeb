"""What a decision becomes for who wants to hear of it later."""

from __future__ import annotations

from dataclasses import replace

from custom_components.reliable_notifications.engine.routing.policy import (
    HOUSEHOLD,
    SERVICE_TEAM,
)
from custom_components.reliable_notifications.engine.routing.putting_off import (
    put_off,
    put_off_until,
)
from custom_components.reliable_notifications.engine.routing.why import Why
from custom_components.reliable_notifications.engine.vocabulary import (
    Hold,
    Outcome,
    Priority,
)

from .household import NOON, decided, event, person

ANNA = person("anna")
LATER = NOON + 900.0


def test_it_is_held_until_then_with_the_plan_and_news_for_as_long() -> None:
    (decision,) = decided(event(), ANNA)

    held = put_off(decision, LATER, SERVICE_TEAM)

    assert held.outcome is Outcome.HOLD
    assert held.hold == Hold(until=LATER, why="put_off")
    assert held.plan == decision.plan
    lasts = SERVICE_TEAM[decision.priority].time_to_live
    assert held.deadline == LATER + lasts
    assert held.reasons[0].key == Why.PUT_OFF
    assert held.reasons[1:] == decision.reasons
    assert put_off_until(held) == LATER


def test_what_is_urgent_or_over_stays_as_it_is() -> None:
    (loud,) = decided(event(Priority.URGENT), ANNA)
    over = replace(loud, outcome=Outcome.DROP, priority=Priority.LOW)

    assert put_off(loud, LATER, HOUSEHOLD) is loud
    assert put_off(over, LATER, HOUSEHOLD) is over


def test_what_waits_for_something_else_was_not_put_off() -> None:
    (decision,) = decided(event(), ANNA)

    assert put_off_until(decision) is None
    quiet = replace(decision, hold=Hold(until=LATER, why=Why.QUIET.value))
    assert put_off_until(quiet) is None
