"""What is kept beside a decision: all that was looked at, and nothing else."""

from __future__ import annotations

from custom_components.reliable_notifications.engine.vocabulary import (
    ChannelFacts,
    Decision,
    Priority,
    Scalar,
    StateIs,
)

from .household import HOME, NIGHT, decided, event, facts, only, person, rule

MEDIUM = Priority.MEDIUM
HALL = StateIs(entity_id="light.hall", value="on")


def _named(decision: Decision) -> dict[str, Scalar]:
    """The facts that there may be several of."""
    return {key: value for key, value in decision.facts.items() if ":" in key}


def test_what_the_rules_have_asked_for_whether_they_hold_or_not() -> None:
    known = facts(
        states={"light.hall": "off", "light.attic": "on"},
        conditions={"sunny": True, "other": False},
        rooms={"kitchen": True},
    )
    rules = (
        rule("dark", states=(HALL,)),
        rule("sunny", has_condition=True, then_group=True),
        rule("cosy", rooms=frozenset({"attic", "kitchen"})),
        # of these nothing is asked: another event, another time
        rule("other", has_condition=True, events=frozenset({"another"})),
    )

    decision = only(decided(event(MEDIUM), person(), known=known, rules=rules))

    assert _named(decision) == {
        "state:light.hall": "off",
        "condition:Sunny": True,
        "room:attic": None,
        "room:kitchen": True,
    }


def test_the_channels_that_were_looked_at() -> None:
    known = facts(
        anna=HOME,
        rooms={"kitchen": True, "bath": False},
        channels={
            "phone": ChannelFacts(healthy=False, reason="outage"),
            "tablet": ChannelFacts(healthy=False),
            "kitchen": ChannelFacts(do_not_disturb=True),
            "mail": ChannelFacts(healthy=False),
        },
    )
    anna = person("anna", "kitchen", "phone", "tablet", "gone")

    decision = only(decided(event(MEDIUM), anna, known=known))

    assert _named(decision) == {
        "room:kitchen": True,
        "do_not_disturb:kitchen": True,
        "resting:phone": "outage",
        "resting:tablet": True,
    }


def test_without_the_internet_others_rest_too() -> None:
    offline = facts(internet=False)
    decision = only(decided(event(MEDIUM), person("anna", "phone"), known=offline))
    assert _named(decision) == {"resting:phone": True}


def test_where_nobody_is_told_no_channel_was_looked_at() -> None:
    known = facts(NIGHT, channels={"phone": ChannelFacts(healthy=False)})
    dropped = only(
        decided(
            event(MEDIUM), person(), known=known, rules=(rule("no", then_drop=True),)
        )
    )
    assert _named(dropped) == {}
