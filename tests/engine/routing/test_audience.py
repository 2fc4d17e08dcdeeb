"""For whom an event is."""

from __future__ import annotations

import pytest

from custom_components.reliable_notifications.engine.routing.policy import SERVICE_TEAM
from custom_components.reliable_notifications.engine.vocabulary import (
    EVERY_CHANNEL,
    Decision,
    Evidence,
    Outcome,
    PersonFacts,
    Priority,
    Role,
)

from .household import (
    AWAY,
    HOME,
    NIGHT,
    QUIET,
    decided,
    event,
    facts,
    keys,
    only,
    person,
    rule,
)

URGENT, HIGH, MEDIUM, LOW = Priority
ANNA, BEN = person("anna"), person("ben")
KID = person("kid", "tablet", roles={Role.HOUSEHOLD})
GUEST = person("guest", "tablet", roles={Role.GUEST})
TOM = person("tom", roles={Role.TECHNICIAN})
CARA = person("cara", roles={Role.CUSTOMER})


def told(decisions: tuple[Decision, ...]) -> list[str]:
    return [d.recipient_id for d in decisions if d.outcome is not Outcome.DROP]


def test_the_household_is_told_of_its_appliances() -> None:
    assert told(decided(event(), ANNA, TOM, BEN)) == ["anna", "ben"]


def test_the_service_desk_tells_whom_it_concerns() -> None:
    approved = event(URGENT, "repair_approved", category="repair")
    pending = event(HIGH, "repair_pending_approval", category="repair")

    assert told(decided(approved, ANNA, TOM, CARA, policies=SERVICE_TEAM)) == ["tom"]
    assert told(decided(pending, ANNA, TOM, CARA, policies=SERVICE_TEAM)) == ["cara"]


def test_where_nobody_has_the_role_everybody_is_told() -> None:
    decisions = decided(event(HIGH, "repair_completed", category="repair"), ANNA, BEN)

    assert told(decisions) == ["anna", "ben"]
    assert keys(decisions[0]) >= {"nobody_has_role"}


def test_a_call_names_whom_it_wants_in_its_order() -> None:
    decisions = decided(event(), ANNA, BEN, TOM, named=["tom", "anna"])

    assert told(decisions) == ["tom", "anna"]


def test_named_in_a_call_one_is_told_also_while_nobody_is_home() -> None:
    away = facts(anna=AWAY)

    named = only(decided(event(), ANNA, known=away, named=["anna"]))

    assert named.outcome is Outcome.DELIVER


def test_without_anybody_it_stands_in_the_list_of_home_assistant() -> None:
    nobody = only(decided(event()))
    gone = only(decided(event(), ANNA, named=["gone"]))

    assert nobody.recipient_id == gone.recipient_id == "household"
    assert nobody.plan is not None
    assert [step.last_resort for step in nobody.plan.steps] == [True]


def test_guests_hear_of_what_is_urgent() -> None:
    for guest, expected in ((True, ["anna", "guest"]), (None, ["anna", "guest"])):
        known = facts(guest=guest)
        assert told(decided(event(URGENT), ANNA, GUEST, known=known)) == expected
    known = facts(guest=False)
    first, *later = decided(event(URGENT), ANNA, GUEST, known=known)
    assert first.recipient_id == "anna"
    assert later == []
    assert told(decided(event(), ANNA, GUEST, known=facts(guest=True))) == ["anna"]


def test_a_guest_alone_is_told_by_whoever_names_them() -> None:
    assert told(decided(event(), GUEST)) == ["guest"]


def test_urgent_goes_to_the_others_where_nobody_answers_adults_first() -> None:
    decisions = decided(event(URGENT), KID, ANNA, BEN, TOM, named=["anna"])

    assert [each.recipient_id for each in decisions] == ["anna", "ben", "kid"]
    holds = [each.plan.hold for each in decisions if each.plan]
    assert holds[0] is None
    assert [hold.after for hold in holds[1:] if hold] == [120.0, 600.0]
    assert all(hold.unless is Evidence.ACKNOWLEDGED for hold in holds if hold)
    assert "escalation" in keys(decisions[1])


def test_a_team_escalates_to_those_on_duty() -> None:
    approved = event(URGENT, "repair_approved", category="repair")
    boss = person("boss", roles={Role.MANAGER})

    decisions = decided(approved, ANNA, boss, TOM, CARA, policies=SERVICE_TEAM)

    assert [each.recipient_id for each in decisions] == ["tom", "boss"]


def test_high_goes_on_to_whom_a_rule_has_passed_over() -> None:
    ben_first = rule(events=frozenset({"cycle_interrupted"}), then_recipients=("ben",))
    broken = event(HIGH, "cycle_interrupted")

    first, later = decided(broken, ANNA, BEN, rules=[ben_first])

    assert (first.recipient_id, later.recipient_id) == ("ben", "anna")
    assert later.plan is not None
    assert later.plan.hold is not None
    assert (later.plan.hold.unless, later.plan.hold.after) == (Evidence.SEEN, 900.0)
    assert told(decided(broken, ANNA, BEN, named=["anna"])) == ["anna"]


def test_who_sleeps_is_not_who_it_goes_on_to_unless_urgent() -> None:
    ben_first = rule(then_recipients=("ben",))
    known = facts(NIGHT, anna=PersonFacts(asleep=True), ben=HOME)
    sleeper = person("anna", muted=frozenset({("x", EVERY_CHANNEL)}), quiet=(QUIET,))

    high = decided(event(HIGH), sleeper, BEN, known=known, rules=[ben_first])
    medium = decided(event(MEDIUM), sleeper, BEN, known=known, rules=[ben_first])
    urgent = decided(event(URGENT), sleeper, BEN, known=known, rules=[ben_first])

    # nobody else is awake among those it goes on to, so anna is told
    assert told(high) == ["ben", "anna"]
    assert told(medium) == ["ben"]
    assert told(urgent) == ["ben", "anna"]


def test_a_rule_says_to_whom_it_goes_on_whatever_the_table_says() -> None:
    then_ben = rule(then_escalate_to=("gone", "ben", "anna"))

    first, later = decided(event(), ANNA, BEN, named=["anna"], rules=[then_ben])

    assert (first.recipient_id, later.recipient_id) == ("anna", "ben")
    assert later.plan is not None
    assert later.plan.hold is not None
    assert later.plan.hold.after == 900.0


def test_whom_it_would_go_on_to_in_quiet_hours_is_let_sleep() -> None:
    then_ben = rule(then_escalate_to=("ben",))
    quiet = person("ben", quiet=(QUIET,))
    late = event(at=NIGHT)

    assert told(decided(late, ANNA, quiet, named=["anna"], rules=[then_ben])) == [
        "anna"
    ]


def test_everybody_opted_out_of_what_is_urgent() -> None:
    out = person("anna", muted=frozenset({("appliance", EVERY_CHANNEL)}))

    dropped, house, ben = decided(event(URGENT), out, BEN, named=["anna"])

    assert dropped.outcome is Outcome.DROP
    assert house.recipient_id == "household"
    assert "nobody_left" in keys(house)
    assert ben.plan is not None
    assert ben.plan.hold is not None


def test_a_rule_may_make_it_urgent() -> None:
    leak = rule(categories=frozenset({"appliance"}), then_priority=URGENT)
    out = person("anna", muted=frozenset({("appliance", EVERY_CHANNEL)}))

    anna, ben = decided(event(), ANNA, BEN, rules=[leak], named=["anna"])
    dropped, house = decided(event(), out, rules=[leak])

    assert anna.priority is URGENT
    assert "priority_changed" in keys(anna)
    assert ben.plan is not None
    assert ben.plan.hold is not None
    assert dropped.outcome is Outcome.DROP
    assert house.recipient_id == "household"


@pytest.mark.parametrize("priority", [HIGH, MEDIUM])
def test_children_are_spared_only_where_adults_are_told(priority: Priority) -> None:
    known = facts(guest=True)

    anna, kid = decided(event(priority), ANNA, KID, known=known)
    alone = only(decided(event(priority), KID, known=known))

    assert anna.outcome is Outcome.DELIVER
    assert kid.outcome is Outcome.DROP
    assert "adults_only" in keys(kid)
    assert alone.outcome is Outcome.DELIVER
