"""Who is told through what, in which order, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

import pytest

from custom_components.reliable_notifications.engine.routing.explain import sentences
from custom_components.reliable_notifications.engine.routing.policy import (
    HOUSEHOLD,
    PRESETS,
    deadline,
)
from custom_components.reliable_notifications.engine.routing.router import decide
from custom_components.reliable_notifications.engine.vocabulary import (
    LAST_RESORT,
    ChannelTraits,
    Event,
    Evidence,
    HouseholdFacts,
    Plan,
    Priority,
    Recipient,
)

NOW = 1_790_000_000.0
FACTS = HouseholdFacts(at=NOW, zone=UTC)


def channel(
    channel_id: str, best: Evidence = Evidence.ACCEPTED, *, replaces: bool = True
) -> ChannelTraits:
    return ChannelTraits(
        id=channel_id,
        kind="any",
        name=channel_id.title(),
        best_evidence=best,
        patience=4.0,
        replaces=replaces,
    )


PHONE = channel("phone")
ECHO = channel("echo", Evidence.DISPATCHED, replaces=False)
MAIL = channel("mail", replaces=False)
LIST = channel(LAST_RESORT, Evidence.DISPATCHED)


def event(priority: Priority) -> Event:
    return Event(key="leak", at=NOW, title="Leak", message="Water", priority=priority)


def plan_for(
    priority: Priority, *wished: str, channels: tuple[ChannelTraits, ...]
) -> Plan:
    recipient = Recipient(id="anna", name="Anna", channels=wished)
    known = {each.id: each for each in channels}
    (decision,) = decide(event(priority), [recipient], known, FACTS)
    assert decision.plan is not None
    return replace(decision.plan, reasons=sentences(decision.reasons, known))


def order(plan: Plan) -> list[str]:
    return [step.channel_id for step in plan.steps]


@pytest.mark.parametrize("priority", [Priority.MEDIUM, Priority.LOW])
def test_the_recipients_order_holds_for_what_can_wait(priority: Priority) -> None:
    plan = plan_for(priority, "echo", "phone", channels=(PHONE, ECHO, LIST))

    assert order(plan) == ["echo", "phone", LAST_RESORT]
    assert plan.reasons == ()
    assert "first choice" in plan.steps[0].reason
    assert "choice 2" in plan.steps[1].reason


@pytest.mark.parametrize("priority", [Priority.URGENT, Priority.HIGH])
def test_what_can_prove_goes_first_where_a_miss_matters(priority: Priority) -> None:
    plan = plan_for(priority, "echo", "mail", "phone", channels=(PHONE, ECHO, MAIL))

    assert order(plan) == ["mail", "phone", "echo", LAST_RESORT]
    assert any("Order changed" in reason for reason in plan.reasons)
    assert "cannot prove" in plan.steps[2].reason


def test_an_order_that_is_right_already_is_not_said_to_be_changed() -> None:
    plan = plan_for(Priority.URGENT, "phone", "echo", channels=(PHONE, ECHO))

    assert order(plan) == ["phone", "echo", LAST_RESORT]
    assert plan.reasons == ()


def test_a_removed_channel_is_skipped_with_a_reason() -> None:
    plan = plan_for(Priority.MEDIUM, "pager", "phone", channels=(PHONE, LIST))

    assert order(plan) == ["phone", LAST_RESORT]
    assert plan.reasons == ("Skipped channel pager: it does not exist any more",)


def test_without_a_usable_channel_the_last_resort_is_left() -> None:
    plan = plan_for(Priority.HIGH, "pager", channels=(LIST,))

    assert order(plan) == [LAST_RESORT]
    assert "no usable channel" in plan.steps[0].reason
    assert any("No usable channel" in reason for reason in plan.reasons)


def test_the_last_resort_stays_last_and_alone_even_if_somebody_lists_it() -> None:
    plan = plan_for(Priority.MEDIUM, LAST_RESORT, "phone", channels=(PHONE, LIST))

    assert order(plan) == ["phone", LAST_RESORT]


def test_a_channel_named_twice_is_asked_once() -> None:
    plan = plan_for(Priority.LOW, "phone", "phone", channels=(PHONE,))

    assert order(plan) == ["phone", LAST_RESORT]


def test_steps_remember_what_their_channels_can_do() -> None:
    plan = plan_for(Priority.LOW, "phone", "echo", channels=(PHONE, ECHO, LIST))

    abilities = [
        (step.can_tell, step.replaces, step.last_resort) for step in plan.steps
    ]
    assert abilities == [
        (True, True, False),
        (False, False, False),
        (False, True, True),
    ]


def test_the_last_resort_is_planned_even_where_nobody_describes_it() -> None:
    plan = plan_for(Priority.LOW, channels=())

    assert plan.steps[0].last_resort
    assert not plan.steps[0].replaces


def test_every_recipient_gets_a_plan_of_its_own() -> None:
    people = [
        Recipient(id="anna", name="Anna", channels=("phone",)),
        Recipient(id="ben", name="Ben", channels=()),
    ]

    decisions = decide(event(Priority.MEDIUM), people, {"phone": PHONE}, FACTS)
    plans = [each.plan for each in decisions if each.plan is not None]

    assert [plan.recipient_name for plan in plans] == ["Anna", "Ben"]
    assert [order(plan) for plan in plans] == [["phone", LAST_RESORT], [LAST_RESORT]]


def test_every_priority_has_a_deadline() -> None:
    for policies in PRESETS.values():
        assert set(policies) == set(Priority)
        urgent, high = (
            deadline(each, NOW, policies) for each in (Priority.URGENT, Priority.HIGH)
        )
        assert urgent > high
    assert deadline(Priority.MEDIUM, NOW, HOUSEHOLD) == NOW + 6 * 3600
