"""Rules that are never heard, at odds, or broken, with both rules named."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.reliable_notifications.engine.routing.rule_check import (
    Finding,
    Known,
    findings,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    HoldUntil,
    PersonFacts,
    Presence,
    Priority,
    Role,
    Rule,
    Span,
    StateIs,
)

from .household import NOON, decided, event, facts, person, rule

HIGH, LOW = Priority.HIGH, Priority.LOW
TECHNICIAN, CUSTOMER = Role.TECHNICIAN, Role.CUSTOMER
ANNA = person("anna")
BEN = person("ben", roles=[Role.HOUSEHOLD, TECHNICIAN])
KNOWN = Known(
    recipients={"anna": ANNA, "ben": BEN},
    channels={"phone", "tablet"},
    appliances={"w", "d"},
    rooms={"bath", "hall"},
)

type Brief = tuple[str, str, str | None, str]


def found(*rules: Rule, known: Known = KNOWN) -> list[Brief]:
    def brief(finding: Finding) -> Brief:
        other = finding.other.id if finding.other else None
        return (finding.flaw.value, finding.rule.id, other, finding.about)

    return [brief(each) for each in findings(rules, known)]


ON = StateIs(entity_id="a.b", value="on")
OFF = StateIs(entity_id="a.b", value="off")
DAY = Span(start=8 * 60, end=20 * 60)
NIGHT = Span(start=22 * 60, end=6 * 60)


@pytest.mark.parametrize(
    ("wide", "narrow"),
    [
        ({}, {"events": frozenset({"x"})}),
        ({"events": frozenset({"x", "y"})}, {"events": frozenset({"x"})}),
        ({"sources": frozenset({"w"})}, {"sources": frozenset({"w"})}),
        ({"spans": (DAY,)}, {"spans": (Span(start=600, end=660),)}),
        ({"spans": (NIGHT,)}, {"spans": (Span(start=0, end=360),)}),
        ({"states": (ON,)}, {"states": (ON, StateIs(entity_id="c.d", value="1"))}),
        ({"presence": Presence.ANYBODY_HOME}, {"presence": Presence.EVERYBODY_HOME}),
        ({"rooms": frozenset({"bath", "hall"})}, {"rooms": frozenset({"bath"})}),
        ({"roles": frozenset({Role.ADULT})}, {"roles": frozenset({Role.ADULT})}),
        # who is a technician is Ben, and a finish is about an appliance
        ({"recipients": frozenset({"ben"})}, {"roles": frozenset({TECHNICIAN})}),
        (
            {"categories": frozenset({"appliance"})},
            {"events": frozenset({"cycle_finished", "almost_done"})},
        ),
        ({}, {"has_condition": True}),
    ],
)
def test_a_rule_behind_one_that_always_holds_is_never_heard(
    wide: dict[str, Any], narrow: dict[str, Any]
) -> None:
    first, second = rule("a", 1, **wide), rule("b", 2, **narrow)

    assert found(second, first) == [("unreachable", "b", "a", "")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"events": frozenset({"x"})}, {}),
        ({"events": frozenset({"x"})}, {"events": frozenset({"x", "y"})}),
        ({"spans": (DAY,)}, {"spans": (NIGHT,)}),
        ({"states": (ON,)}, {}),
        ({"presence": Presence.EVERYBODY_HOME}, {"presence": Presence.ANYBODY_HOME}),
        ({"has_condition": True}, {}),
        # somebody else may come to be a recipient
        ({"recipients": frozenset({"anna", "ben"})}, {}),
        ({"roles": frozenset({TECHNICIAN})}, {"recipients": frozenset({"anna"})}),
        # an event of one's own may have any category
        ({"categories": frozenset({"appliance"})}, {"events": frozenset({"x"})}),
        (
            {"categories": frozenset({"appliance"})},
            {"events": frozenset({"cycle_finished", "channel_down"})},
        ),
        ({"final": False}, {}),
        ({"enabled": False}, {}),
    ],
)
def test_a_rule_that_may_be_heard_is_not_called_unreachable(
    first: dict[str, Any], second: dict[str, Any]
) -> None:
    assert found(rule("a", 1, **first), rule("b", 2, **second)) == []


@pytest.mark.parametrize(
    ("one", "other", "about"),
    [
        ({"then_drop": True}, {"then_channels": ("phone",)}, "drop"),
        ({"then_priority": HIGH}, {"then_drop": True}, "drop"),
        ({"then_priority": HIGH}, {"then_priority": LOW}, "priority"),
        (
            {"then_hold": HoldUntil.ARRIVAL},
            {"then_hold": HoldUntil.QUIET_ENDS},
            "hold",
        ),
        ({"then_channels": ("phone",)}, {"then_channels": ("tablet",)}, "channels"),
        ({"then_recipients": ("anna",)}, {"then_recipients": ("ben",)}, "recipients"),
        (
            {"then_recipients": ("anna",)},
            {"then_roles": frozenset({Role.ADULT})},
            "recipients",
        ),
    ],
)
def test_rules_that_are_heard_together_and_disagree(
    one: dict[str, Any], other: dict[str, Any], about: str
) -> None:
    collected = rule("a", 1, final=False, **one), rule("b", 2, **other)
    at_once = rule("a", 1, events=frozenset({"x"}), **one), rule("b", 1, **other)

    assert found(*collected) == found(*at_once) == [("conflict", "a", "b", about)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"then_drop": True}, {"then_drop": True}),
        ({"then_drop": True}, {"then_group": True}),
        ({"then_priority": HIGH}, {"then_priority": HIGH}),
        ({"then_priority": HIGH}, {"then_channels": ("phone",)}),
        ({"then_recipients": ("anna",)}, {"then_recipients": ("anna",)}),
    ],
)
def test_rules_that_agree_are_left_alone(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    assert found(rule("a", 1, final=False, **one), rule("b", 2, **other)) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"events": frozenset({"x"})}, {"events": frozenset({"y"})}),
        ({"recipients": frozenset({"anna"})}, {"recipients": frozenset({"ben"})}),
        ({"presence": Presence.ANYBODY_HOME}, {"presence": Presence.NOBODY_HOME}),
        ({"states": (ON,)}, {"states": (OFF,)}),
        ({"spans": (DAY,)}, {"spans": (NIGHT,)}),
        # a finish is about an appliance, and no matter of safety
        (
            {"events": frozenset({"cycle_finished"})},
            {"categories": frozenset({"safety"})},
        ),
        ({"categories": frozenset({"safety"})}, {"categories": frozenset({"repair"})}),
        ({"roles": frozenset({TECHNICIAN})}, {"recipients": frozenset({"anna"})}),
        ({"sources": frozenset({"w"})}, {"sources": frozenset({"d"})}),
        ({"priorities": frozenset({HIGH})}, {"priorities": frozenset({LOW})}),
        ({"rooms": frozenset({"bath"})}, {"rooms": frozenset({"hall"})}),
        (
            {"recipient_rooms": frozenset({"bath"})},
            {"recipient_rooms": frozenset({"hall"})},
        ),
    ],
)
def test_rules_that_never_meet_cannot_disagree(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    first = rule("a", 1, final=False, then_drop=True, **one)
    second = rule("b", 2, then_priority=HIGH, **other)

    assert found(first, second) == []
    # neither where nobody has said which of them comes first
    at_once = replace(first, final=True), replace(second, order=1)
    assert found(*at_once) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            {"events": frozenset({"cycle_finished"})},
            {"categories": frozenset({"appliance", "safety"})},
        ),
        ({"events": frozenset({"x"})}, {"categories": frozenset({"safety"})}),
        (
            {"events": frozenset({"x", "test"})},
            {"events": frozenset({"x"}), "categories": frozenset({"safety"})},
        ),
        ({"roles": frozenset({TECHNICIAN})}, {"recipients": frozenset({"ben"})}),
        ({"roles": frozenset({Role.HOUSEHOLD})}, {"roles": frozenset({TECHNICIAN})}),
        ({"rooms": frozenset({"bath"})}, {}),
    ],
)
def test_rules_that_may_meet_can_disagree(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    first = rule("a", 1, final=False, then_drop=True, **one)
    second = rule("b", 2, then_priority=HIGH, **other)

    assert found(first, second) == [("conflict", "a", "b", "drop")]


def test_two_roles_are_at_odds_only_where_somebody_has_both() -> None:
    rules = [
        rule("a", 1, roles=frozenset({TECHNICIAN}), then_drop=True),
        rule("b", 1, roles=frozenset({CUSTOMER}), then_priority=HIGH),
    ]
    carl = person("carl", roles=[CUSTOMER])
    both = person("dora", roles=[CUSTOMER, TECHNICIAN])
    with_carl = replace(KNOWN, recipients={"ben": BEN, "carl": carl})
    with_dora = replace(KNOWN, recipients={"ben": BEN, "carl": carl, "dora": both})

    assert found(*rules, known=with_carl) == []
    assert found(*rules, known=with_dora) == [("conflict", "a", "b", "drop")]


def test_where_nobody_is_set_up_yet_rules_are_for_the_house() -> None:
    nobody = replace(KNOWN, recipients={})
    rules = rule("a", 1, final=False, then_drop=True), rule("b", 2, then_priority=HIGH)

    assert found(*rules, known=nobody) == [("conflict", "a", "b", "drop")]
    alone = rule(roles=frozenset({TECHNICIAN}), then_drop=True)
    assert found(alone, known=nobody) == []


@pytest.mark.parametrize(
    ("when", "about"),
    [
        (
            {
                "events": frozenset({"cycle_finished"}),
                "categories": frozenset({"safety"}),
            },
            "events",
        ),
        ({"categories": frozenset({"of my own"})}, "events"),
        ({"roles": frozenset({CUSTOMER})}, "recipients"),
        (
            {
                "roles": frozenset({TECHNICIAN}),
                "recipients": frozenset({"anna"}),
            },
            "recipients",
        ),
    ],
)
def test_a_rule_that_asks_for_what_cannot_be_is_found_once(
    when: dict[str, Any], about: str
) -> None:
    never = rule("a", 1, then_drop=True, **when)
    # it is covered, and covers; neither is said of what never holds
    assert found(rule("b", 0), never, rule("c", 2, **when)) == [
        ("never", "a", None, about),
        ("never", "c", None, about),
    ]


def test_a_broken_rule_names_what_is_gone() -> None:
    broken = rule(
        recipients=frozenset({"carl"}),
        then_recipients=("anna", "dora"),
        then_escalate_to=("dora",),
        then_channels=("phone", "pager"),
    )

    assert found(broken) == [
        ("broken", "one", None, "carl"),
        ("broken", "one", None, "dora"),
        ("broken", "one", None, "pager"),
    ]


def test_a_rule_names_the_room_the_appliance_and_the_entity_that_are_gone() -> None:
    broken = rule(
        sources=frozenset({"w", "old"}),
        rooms=frozenset({"bath", "cellar"}),
        recipient_rooms=frozenset({"hall", "loft"}),
        states=(ON, StateIs(entity_id="c.d", value="1")),
        then_drop=True,
    )
    known = replace(KNOWN, gone={"c.d", "e.f"})

    parts = [(each.part, each.about) for each in findings([broken], known)]

    assert parts == [
        ("appliance", "old"),
        ("room", "cellar"),
        ("room", "loft"),
        ("entity", "c.d"),
    ]
    looked_at = replace(known, asked={"one": frozenset({"e.f", "g.h"})})
    assert [each.about for each in findings([rule(then_drop=True)], looked_at)] == [
        "e.f"
    ]


def test_what_is_never_heard_is_at_odds_with_nobody() -> None:
    rules = [
        rule("a", 1, then_drop=True),
        rule("b", 2, final=False, then_priority=HIGH),
        rule("c", 3, then_priority=LOW),
    ]

    assert found(*rules) == [
        ("unreachable", "b", "a", ""),
        ("unreachable", "c", "a", ""),
    ]


CONDITIONS = st.fixed_dictionaries(
    {},
    optional={
        "events": st.frozensets(st.sampled_from(["x", "cycle_finished"])),
        "priorities": st.frozensets(st.sampled_from(list(Priority))),
        "recipients": st.frozensets(st.sampled_from(["anna", "ben"])),
        "presence": st.sampled_from([None, *Presence]),
        "spans": st.lists(st.sampled_from([DAY, NIGHT]), max_size=2).map(tuple),
        "final": st.booleans(),
    },
)


@given(
    conditions=st.lists(CONDITIONS, min_size=2, max_size=5),
    priority=st.sampled_from(list(Priority)),
    hour=st.integers(0, 23),
    home=st.tuples(st.booleans(), st.booleans()),
)
def test_no_unreachable_rule_is_ever_heard(
    conditions: list[dict[str, Any]],
    priority: Priority,
    hour: int,
    home: tuple[bool, bool],
) -> None:
    rules = [rule(f"r{n}", n, **each) for n, each in enumerate(conditions)]
    unheard = {
        each.rule.id for each in findings(rules, KNOWN) if each.flaw == "unreachable"
    }
    people = person("anna"), person("ben")
    anna, ben = (PersonFacts(home=each) for each in home)
    known = facts(NOON + hour * 3600.0, anna=anna, ben=ben)

    for decision in decided(event(priority), *people, rules=rules, known=known):
        assert not unheard & set(decision.rules)
