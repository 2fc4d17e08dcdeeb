"""When each channel has its turn, by priority: the policy table at work."""

from __future__ import annotations

from datetime import UTC

import pytest

from custom_components.reliable_notifications.engine.routing.policy import (
    HOUSEHOLD,
    PRESETS,
)
from custom_components.reliable_notifications.engine.routing.policy_edits import edited
from custom_components.reliable_notifications.engine.routing.router import (
    HouseRules,
    decide,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    LAST_RESORT,
    ChannelTraits,
    Cue,
    Event,
    Evidence,
    HouseholdFacts,
    Plan,
    Priority,
    Recipient,
)

NOW = 1_790_000_000.0
FAILED = None  # once those before have failed


def channel(
    channel_id: str, best: Evidence = Evidence.ACCEPTED, *, confirms: bool = False
) -> ChannelTraits:
    return ChannelTraits(
        id=channel_id,
        kind="any",
        name=channel_id.title(),
        best_evidence=best,
        patience=4.0,
        replaces=True,
        confirms=confirms,
    )


CHANNELS = {
    each.id: each
    for each in (
        channel("android", confirms=True),
        channel("iphone"),
        channel("mail"),
        channel("sms"),
        channel("echo", Evidence.DISPATCHED),
        channel("radio", Evidence.DISPATCHED),
        channel(LAST_RESORT, Evidence.DISPATCHED),
    )
}


def plans(priority: Priority, *people: Recipient, others: int = 0) -> tuple[Plan, ...]:
    event = Event(key="leak", at=NOW, title="Leak", message="", priority=priority)
    rest = [Recipient(id=f"o{n}", name=f"O{n}", channels=()) for n in range(others)]
    facts = HouseholdFacts(at=NOW, zone=UTC)
    named = [each.id for each in people]
    decisions = decide(event, [*people, *rest], CHANNELS, facts, named=named)
    return tuple(each.plan for each in decisions if each.plan is not None)


def cues(priority: Priority, *channels: str) -> dict[str, list[Cue]]:
    anna = Recipient(id="anna", name="Anna", channels=channels)
    (plan,) = plans(priority, anna)
    return {step.channel_id: list(step.cues) for step in plan.steps}


def times(priority: Priority, *channels: str) -> dict[str, list[float | None]]:
    """When each channel is asked as long as nothing is proven."""
    return {
        channel_id: [
            cue.after for cue in asked if cue.unless.rung <= Evidence.ACCEPTED.rung
        ]
        for channel_id, asked in cues(priority, *channels).items()
    }


def test_urgent_asks_one_channel_after_the_other_within_three_seconds() -> None:
    assert times(Priority.URGENT, "android", "mail", "sms", "iphone") == {
        "android": [0.0],
        "mail": [FAILED, 1.0],
        "sms": [FAILED, 2.0],
        "iphone": [FAILED, 2.0],
        LAST_RESORT: [FAILED, 2.5],
    }


def test_urgent_speaks_up_at_once() -> None:
    assert times(Priority.URGENT, "echo", "android", "mail", "radio") == {
        "android": [0.0],
        "mail": [FAILED, 1.0],
        "echo": [0.0],
        "radio": [FAILED, 2.0],
        LAST_RESORT: [FAILED, 2.5],
    }
    assert times(Priority.URGENT, "echo") == {
        "echo": [0.0],
        LAST_RESORT: [FAILED, 2.5],
    }


def test_high_hedges_once_and_then_goes_by_failures() -> None:
    assert times(Priority.HIGH, "iphone", "mail", "sms") == {
        "iphone": [0.0],
        "mail": [FAILED, 1.5],
        "sms": [FAILED],
        LAST_RESORT: [FAILED],
    }


@pytest.mark.parametrize("priority", [Priority.MEDIUM, Priority.LOW])
def test_what_can_wait_goes_by_failures_alone(priority: Priority) -> None:
    assert times(priority, "android", "echo") == {
        "android": [FAILED],
        "echo": [FAILED],
        LAST_RESORT: [FAILED],
    }
    for asked in cues(priority, "android", "echo").values():
        assert asked == [Cue(Evidence.DISPATCHED)]


def test_a_speaker_that_was_heard_is_enough_where_it_is_not_urgent() -> None:
    high = cues(Priority.HIGH, "iphone", "echo")
    urgent = cues(Priority.URGENT, "iphone", "mail", "echo", "radio")

    assert high["echo"][0] == Cue(Evidence.DISPATCHED)
    assert high["iphone"] == [Cue(Evidence.ACCEPTED, 0.0)]
    assert urgent["radio"][0] == Cue(Evidence.ACCEPTED)


def test_only_a_phone_that_confirms_is_missed_when_it_does_not() -> None:
    assert (
        Cue(Evidence.DELIVERED, 30.0)
        in cues(Priority.URGENT, "android", "mail")["mail"]
    )
    assert (
        Cue(Evidence.DELIVERED, 60.0)
        in cues(Priority.HIGH, "android", "mail", "sms")["sms"]
    )
    unproven = cues(Priority.URGENT, "iphone", "mail")["mail"]
    assert all(cue.unless is not Evidence.DELIVERED for cue in unproven)


@pytest.mark.parametrize(
    ("priority", "unseen"), [(Priority.URGENT, 120.0), (Priority.HIGH, 900.0)]
)
def test_what_nobody_sees_goes_on_to_the_next_channel(
    priority: Priority, unseen: float
) -> None:
    asked = cues(priority, "iphone", "mail", "sms")

    assert Cue(Evidence.SEEN, unseen) in asked["mail"]
    assert Cue(Evidence.SEEN, 2 * unseen) in asked["sms"]
    assert (Cue(Evidence.SEEN, 3 * unseen) in asked[LAST_RESORT]) is (
        priority is Priority.URGENT
    )


def test_repeats_grow_rarer_and_have_an_end() -> None:
    anna = Recipient(id="anna", name="Anna", channels=("iphone",))
    urgent, high, medium = (
        plans(priority, anna)[0].repeats
        for priority in (Priority.URGENT, Priority.HIGH, Priority.MEDIUM)
    )

    assert len(urgent) == 12
    assert [cue.after for cue in urgent[:4]] == [120.0, 300.0, 600.0, 900.0]
    assert {cue.unless for cue in urgent} == {Evidence.ACKNOWLEDGED}
    assert high == (Cue(Evidence.SEEN, 1800.0),)
    assert medium == ()


def test_others_are_told_when_nobody_acknowledges() -> None:
    anna = Recipient(id="anna", name="Anna", channels=("iphone",))

    urgent = plans(Priority.URGENT, anna, others=3)
    medium = plans(Priority.MEDIUM, anna, others=3)

    assert [plan.hold for plan in urgent] == [
        None,
        Cue(Evidence.ACKNOWLEDGED, 120.0),
        Cue(Evidence.ACKNOWLEDGED, 600.0),
        Cue(Evidence.ACKNOWLEDGED, 600.0),
    ]
    assert [plan.recipient_id for plan in medium] == ["anna"]


def test_every_wait_ends_before_the_message_is_worthless() -> None:
    rows = [row for policies in PRESETS.values() for row in policies.values()]
    for policy in rows:
        waits = [policy.unseen or 0.0, policy.unreceived or 0.0]
        cues = (*(policy.repeats or ()), *(policy.others or ()))
        waits += [cue.after or 0.0 for cue in cues]
        assert max(waits) < policy.time_to_live
        assert list(policy.hedges) == sorted(policy.hedges)


def test_a_speaker_beside_the_first_without_times_for_the_others() -> None:
    policies, problems = edited(HOUSEHOLD, {"medium": {"speaks_up": True}})
    assert problems == ()
    event = Event(key="x", at=NOW, title="", message="", priority=Priority.MEDIUM)
    anna = Recipient(id="anna", name="Anna", channels=("mail", "echo", "radio"))

    (decision,) = decide(
        event,
        [anna],
        CHANNELS,
        HouseholdFacts(at=NOW, zone=UTC),
        HouseRules(policies=policies),
    )

    assert decision.plan is not None
    times = {
        step.channel_id: {cue.after for cue in step.cues}
        for step in decision.plan.steps
    }
    assert times == {
        "mail": {FAILED},
        "echo": {0.0},
        "radio": {FAILED},
        LAST_RESORT: {FAILED},
    }
