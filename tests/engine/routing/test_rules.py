"""Which rules are heard, and what they change."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from custom_components.reliable_notifications.engine.routing.calm import ASK_AGAIN
from custom_components.reliable_notifications.engine.vocabulary import (
    HoldUntil,
    HouseholdFacts,
    Outcome,
    PersonFacts,
    Presence,
    Priority,
    Role,
    Rule,
    Span,
    StateIs,
)

from .household import (
    AWAY,
    HOME,
    NIGHT,
    NOON,
    QUIET,
    UNKNOWN,
    at,
    decided,
    event,
    facts,
    keys,
    only,
    person,
    rule,
    ways,
    would,
)

URGENT, HIGH, MEDIUM, LOW = Priority
ANNA, BEN = person("anna"), person("ben")


def heard(one: Rule, known: HouseholdFacts | None = None, **more: Any) -> bool:
    decision, *_ = decided(event(**more), ANNA, BEN, rules=[one], known=known)
    return one.id in decision.rules


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ({"events": frozenset({"cycle_finished"})}, True),
        ({"events": frozenset({"leak"})}, False),
        ({"sources": frozenset({"washer"})}, True),
        ({"sources": frozenset({"dryer"})}, False),
        ({"categories": frozenset({"appliance"})}, True),
        ({"categories": frozenset({"safety"})}, False),
        ({"priorities": frozenset({MEDIUM, LOW})}, True),
        ({"priorities": frozenset({URGENT})}, False),
        ({"recipients": frozenset({"anna"})}, True),
        ({"recipients": frozenset({"ben"})}, False),
        ({"roles": frozenset({Role.ADULT})}, True),
        ({"roles": frozenset({Role.TECHNICIAN})}, False),
        ({"spans": (Span(start=11 * 60, end=13 * 60),)}, True),
        ({"spans": (Span(start=13 * 60, end=14 * 60),)}, False),
        ({"spans": (Span(start=0, end=0, weekdays=frozenset({1})),)}, True),
        ({"spans": (Span(start=0, end=0, weekdays=frozenset({3})),)}, False),
        ({"spans": (QUIET,)}, False),
    ],
)
def test_a_condition_of_the_event_or_the_time(
    condition: dict[str, Any], holds: bool
) -> None:
    assert heard(rule(**condition)) is holds


def test_a_night_belongs_to_the_day_on_which_it_starts() -> None:
    monday_night = rule(spans=(Span(start=1320, end=420, weekdays=frozenset({0})),))

    assert heard(monday_night, facts(at("2026-11-24 06:00")))
    assert not heard(monday_night, facts(at("2026-11-25 06:00")))
    assert heard(monday_night, facts(at("2026-11-23 23:00")))
    assert not heard(monday_night, facts(at("2026-11-24 23:00")))


@pytest.mark.parametrize(
    ("presence", "anna", "ben", "holds"),
    [
        (Presence.ANYBODY_HOME, AWAY, HOME, True),
        (Presence.ANYBODY_HOME, AWAY, AWAY, False),
        (Presence.ANYBODY_HOME, AWAY, UNKNOWN, None),
        (Presence.NOBODY_HOME, AWAY, AWAY, True),
        (Presence.NOBODY_HOME, UNKNOWN, HOME, False),
        (Presence.NOBODY_HOME, UNKNOWN, AWAY, None),
        (Presence.EVERYBODY_HOME, HOME, HOME, True),
        (Presence.EVERYBODY_HOME, HOME, AWAY, False),
        (Presence.EVERYBODY_HOME, HOME, UNKNOWN, None),
        (Presence.RECIPIENT_HOME, HOME, AWAY, True),
        (Presence.RECIPIENT_HOME, AWAY, HOME, False),
        (Presence.RECIPIENT_HOME, UNKNOWN, HOME, None),
        (Presence.RECIPIENT_AWAY, AWAY, HOME, True),
        (Presence.RECIPIENT_AWAY, HOME, AWAY, False),
        (Presence.RECIPIENT_AWAY, UNKNOWN, AWAY, None),
    ],
)
def test_presence_may_be_unknown(
    presence: Presence, anna: PersonFacts, ben: PersonFacts, holds: bool | None
) -> None:
    known = facts(anna=anna, ben=ben)

    decision, *_ = decided(
        event(HIGH), ANNA, BEN, rules=[rule(presence=presence)], known=known
    )

    assert decision.rules == (("one",) if holds else ())
    assert ("rule_unknown" in keys(decision)) is (holds is None)
    if holds is None:
        assert "if_facts_known" in would(decision)


@pytest.mark.parametrize(
    ("condition", "known", "holds"),
    [
        ({"rooms": frozenset({"bath"})}, {"rooms": {"bath": True}}, True),
        ({"rooms": frozenset({"bath"})}, {"rooms": {"bath": False}}, False),
        ({"rooms": frozenset({"bath"})}, {}, None),
        (
            {"rooms": frozenset({"bath", "hall"})},
            {"rooms": {"bath": None, "hall": True}},
            True,
        ),
        (
            {"states": (StateIs(entity_id="a.b", value="on"),)},
            {"states": {"a.b": "on"}},
            True,
        ),
        (
            {"states": (StateIs(entity_id="a.b", value="on"),)},
            {"states": {"a.b": "off"}},
            False,
        ),
        (
            {"states": (StateIs(entity_id="a.b", value="on"),)},
            {"states": {"a.b": None}},
            None,
        ),
        ({"has_condition": True}, {"conditions": {"one": True}}, True),
        ({"has_condition": True}, {"conditions": {"one": False}}, False),
        ({"has_condition": True}, {}, None),
    ],
)
def test_the_surroundings_may_be_unknown(
    condition: dict[str, Any], known: dict[str, Any], holds: bool | None
) -> None:
    decision, *_ = decided(
        event(), ANNA, rules=[rule(**condition)], known=facts(**known)
    )

    assert decision.rules == (("one",) if holds else ())
    assert ("rule_unknown" in keys(decision)) is (holds is None)


def test_the_first_final_rule_that_matches_is_the_last() -> None:
    first = rule("a", 1, then_priority=HIGH)
    second = rule("b", 2, then_priority=LOW, then_group=True)
    off = rule("c", 0, enabled=False, then_drop=True)

    decision = only(decided(event(), ANNA, rules=[second, off, first]))

    assert decision.rules == ("a",)
    assert decision.priority is HIGH
    assert decision.company == 0.0


def test_collected_the_first_that_says_something_of_a_thing_is_heard() -> None:
    rules = [
        rule("a", 1, final=False, then_group=True),
        rule("b", 2, final=False, then_priority=HIGH),
        rule("c", 3, final=False, then_priority=LOW, then_channels=("tablet",)),
        rule("d", 4, final=False, then_channels=("kitchen",)),
    ]

    decision = only(decided(event(), ANNA, rules=rules))

    assert decision.rules == ("a", "b", "c", "d")
    assert (decision.priority, decision.company) == (HIGH, 15.0)
    assert ways(decision) == ["tablet"]


def test_an_unknown_rule_is_passed_over_and_the_next_is_heard() -> None:
    rules = [
        rule("a", 1, presence=Presence.RECIPIENT_HOME, then_drop=True),
        rule("b", 2, then_priority=HIGH),
    ]

    decision = only(decided(event(), ANNA, rules=rules))

    assert decision.rules == ("b",)
    assert decision.outcome is Outcome.DELIVER


def test_a_rule_tells_others_or_a_role_instead() -> None:
    tom = person("tom", roles={Role.TECHNICIAN})

    ben = decided(event(), ANNA, BEN, tom, rules=[rule(then_recipients=("ben",))])
    role = frozenset({Role.TECHNICIAN})
    team = decided(event(), ANNA, BEN, tom, rules=[rule(then_roles=role)])

    assert [each.recipient_id for each in ben] == ["ben"]
    assert [each.recipient_id for each in team] == ["tom"]
    assert "named_by_rule" in keys(team[0])


def test_a_rule_for_one_who_is_away_tells_another_instead() -> None:
    instead = rule(presence=Presence.RECIPIENT_AWAY, then_recipients=("carl",))
    known = facts(anna=AWAY, ben=HOME)

    decisions = decided(
        event(), ANNA, BEN, person("carl"), rules=[instead], named=None, known=known
    )

    assert [each.recipient_id for each in decisions] == ["carl", "ben"]


def test_a_call_that_names_its_recipients_is_stronger_than_a_rule() -> None:
    instead = rule(then_recipients=("ben",))

    decision = only(decided(event(), ANNA, BEN, rules=[instead], named=["anna"]))

    assert decision.recipient_id == "anna"
    assert "named_by_call" in keys(decision)


def test_a_rule_drops() -> None:
    decision = only(decided(event(), ANNA, rules=[rule(then_drop=True)]))

    assert decision.outcome is Outcome.DROP
    assert {"rule_drops", "rule_heard"} <= keys(decision)
    assert "if_without_rule" in would(decision)


@pytest.mark.parametrize(
    "then",
    [{"then_drop": True}, {"then_hold": HoldUntil.QUIET_ENDS}, {"then_priority": LOW}],
)
@pytest.mark.parametrize(
    ("when", "kept_back"),
    [
        ({}, False),
        ({"events": frozenset({"leak"})}, True),
        ({"priorities": frozenset({URGENT})}, True),
    ],
)
def test_urgent_is_kept_back_only_by_a_rule_that_names_it(
    then: dict[str, Any], when: dict[str, Any], kept_back: bool
) -> None:
    leak = event(URGENT, "leak")

    decision, *_ = decided(leak, ANNA, rules=[rule(**when, **then)])

    assert ("rule_not_for_urgent" in keys(decision)) is not kept_back
    if then == {"then_drop": True}:
        expected = Outcome.DROP if kept_back else Outcome.DELIVER
        assert decision.outcome is expected
    if then == {"then_priority": LOW}:
        assert decision.priority is (LOW if kept_back else URGENT)


def test_a_rule_holds_until_quiet_hours_end() -> None:
    hold = rule(then_hold=HoldUntil.QUIET_ENDS)
    late = event(HIGH, at=NIGHT)

    held = only(decided(late, person(quiet=(QUIET,)), rules=[hold]))
    told = only(decided(event(HIGH), person(quiet=(QUIET,)), rules=[hold]))

    assert held.outcome is Outcome.HOLD
    assert held.hold is not None
    assert held.hold.until == at("2026-11-25 07:00")
    assert told.outcome is Outcome.DELIVER


def test_a_rule_holds_until_its_own_times_end() -> None:
    siesta = rule(spans=(Span(start=690, end=840),), then_hold=HoldUntil.SPAN_ENDS)
    timeless = rule(then_hold=HoldUntil.SPAN_ENDS)

    held = only(decided(event(HIGH), ANNA, rules=[siesta]))
    told = only(decided(event(HIGH), ANNA, rules=[timeless]))

    assert held.hold is not None
    assert held.hold.until == at("2026-11-24 14:00")
    assert "rule_holds" in keys(held)
    assert told.outcome is Outcome.DELIVER


def test_a_rule_holds_for_as_long_as_it_applies() -> None:
    film = StateIs(entity_id="a.b", value="on")
    hold = rule(states=(film,), then_hold=HoldUntil.RULE_ENDS)
    evening = Span(start=690, end=725)
    until_then = replace(hold, when=replace(hold.when, spans=(evening,)))
    running, over = facts(states={"a.b": "on"}), facts(states={"a.b": "off"})

    held = only(decided(event(HIGH), ANNA, rules=[hold], known=running))
    timed = only(decided(event(HIGH), ANNA, rules=[until_then], known=running))

    assert held.hold is not None
    assert held.hold.until == NOON + ASK_AGAIN
    assert "rule_keeps" in keys(held)
    assert timed.hold is not None
    assert timed.hold.until == at("2026-11-24 12:05")
    for known in (over, facts()):
        told = only(decided(event(HIGH), ANNA, rules=[hold], known=known))
        assert told.outcome is Outcome.DELIVER
    loud = only(decided(event(URGENT), ANNA, rules=[hold], known=running))
    assert loud.outcome is Outcome.DELIVER


def test_a_rule_holds_until_somebody_comes() -> None:
    hold = rule(then_hold=HoldUntil.ARRIVAL)

    held = only(decided(event(HIGH), ANNA, rules=[hold], known=facts(anna=AWAY)))
    told = only(decided(event(HIGH), ANNA, rules=[hold], known=facts(anna=HOME)))

    assert held.hold is not None
    assert held.hold.for_arrival
    assert told.outcome is Outcome.DELIVER
    assert told.deadline == NOON + 12 * 3600.0


@pytest.mark.parametrize(
    ("priority", "waits", "why"),
    [
        (Priority.URGENT, 0.0, "passes"),
        (HIGH, 15.0, "rule_groups"),
        (Priority.MEDIUM, 60.0, "rule_groups"),
        (LOW, 60.0, "rule_groups"),
    ],
)
def test_a_rule_makes_a_message_wait_for_others_but_never_what_is_urgent(
    priority: Priority, waits: float, why: str
) -> None:
    together = rule(then_group=True)

    decision = only(decided(event(priority), ANNA, rules=[together]))

    assert decision.company == waits
    assert why in keys(decision)
    plain = only(decided(event(priority), ANNA))
    assert plain.company == 0.0
    assert not keys(plain) & {"rule_groups", "passes"}


def test_a_trial_waits_for_nobody() -> None:
    trial = event(is_test=True)
    assert only(decided(trial, ANNA, rules=[rule(then_group=True)])).company == 0.0


@pytest.mark.parametrize(
    ("anna", "holds"),
    [
        (PersonFacts(home=True, room="bath"), True),
        (PersonFacts(room="bath"), True),
        (PersonFacts(home=True, room="kitchen"), False),
        (PersonFacts(home=False, room="bath"), False),
        (PersonFacts(home=True), None),
        (PersonFacts(), None),
    ],
)
def test_a_rule_for_the_room_in_which_the_recipient_is(
    anna: PersonFacts, holds: bool | None
) -> None:
    bath = rule(recipient_rooms=frozenset({"bath", "attic"}), then_priority=HIGH)
    here = replace(
        bath, when=replace(bath.when, presence=Presence.RECIPIENT_HOME), id="two"
    )

    for asked in (bath, here):
        decision = only(decided(event(), ANNA, rules=[asked], known=facts(anna=anna)))
        assert decision.rules == ((asked.id,) if holds else ())
        assert ("rule_unknown" in keys(decision)) is (holds is None)


def test_the_room_of_one_is_not_that_of_another() -> None:
    bath = rule(recipient_rooms=frozenset({"bath"}), then_priority=HIGH)
    known = facts(anna=PersonFacts(room="bath"), ben=PersonFacts(room="hall"))

    anna, ben = decided(event(), ANNA, person("ben"), rules=[bath], known=known)

    assert (anna.rules, ben.rules) == (("one",), ())
    assert (anna.facts["room"], ben.facts["room"]) == ("bath", "hall")
