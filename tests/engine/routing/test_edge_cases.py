"""The awkward cases of routing, by their rows in the list of delivery's edge cases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from custom_components.reliable_notifications.engine.vocabulary import (
    Outcome,
    PersonFacts,
    Priority,
    Role,
)

from .household import (
    AWAY,
    BERLIN,
    HOME,
    HOUR,
    MINUTE,
    NIGHT,
    NOON,
    QUIET,
    at,
    decided,
    event,
    facts,
    keys,
    only,
    person,
    rule,
    ways,
)

URGENT, HIGH, MEDIUM, LOW = Priority
ANNA = person("anna", "kitchen", "phone")


@pytest.mark.parametrize("priority", [URGENT, HIGH])
def test_edge_19_nobody_home_high_goes_to_phones_and_no_speaker(
    priority: Priority,
) -> None:
    decision = only(decided(event(priority), ANNA, known=facts(anna=AWAY)))

    assert decision.outcome is Outcome.DELIVER
    assert ways(decision) == ["phone"]
    assert "not_home" in keys(decision)


def test_edge_19_nobody_home_medium_waits_for_the_first_who_comes() -> None:
    ben = person("ben")
    known = facts(anna=AWAY, ben=AWAY)

    held = decided(event(), ANNA, ben, known=known)
    later = NOON + HOUR
    come = decided(event(), ANNA, ben, known=facts(later, anna=AWAY, ben=HOME))

    for each in held:
        assert each.outcome is Outcome.HOLD
        assert each.hold is not None
        assert (each.hold.until, each.hold.for_arrival) == (None, True)
        assert each.deadline == NOON + 6 * HOUR
    assert [each.outcome for each in come] == [Outcome.DELIVER, Outcome.DELIVER]
    assert ways(come[0]) == ["phone"]


def test_edge_19_who_has_only_a_speaker_is_waited_for() -> None:
    cook = person("anna", "kitchen")
    known = facts(anna=AWAY, ben=HOME)

    medium = only(decided(event(), cook, known=known))
    high = only(decided(event(HIGH), cook, known=known))

    assert medium.outcome is Outcome.HOLD
    assert medium.hold is not None
    assert medium.hold.for_arrival
    assert high.outcome is Outcome.DELIVER
    assert ways(high) == []


def test_edge_20_unknown_counts_as_away_and_home_for_urgent_and_high() -> None:
    known = facts(anna=PersonFacts())

    for priority in (URGENT, HIGH):
        decision = only(decided(event(priority), ANNA, known=known))
        assert decision.outcome is Outcome.DELIVER
        assert set(ways(decision)) == {"phone", "kitchen"}
    medium = only(decided(event(), ANNA, known=known))
    assert medium.outcome is Outcome.DELIVER
    assert ways(medium) == ["phone"]
    assert "unknown_presence" in keys(medium)


def test_edge_20_unknown_leaves_the_speaker_where_there_is_nothing_else() -> None:
    cook = person("anna", "kitchen")

    decision = only(decided(event(), cook, known=facts(anna=PersonFacts())))

    assert ways(decision) == ["kitchen"]
    assert "yet_used" in keys(decision)


@pytest.mark.parametrize(
    ("age", "last_home", "outcome"),
    [
        (29 * MINUTE, False, Outcome.HOLD),
        (30 * MINUTE, False, Outcome.DELIVER),
        (29 * MINUTE, True, Outcome.DELIVER),
        (-MINUTE, False, Outcome.DELIVER),  # a clock that was set back
    ],
)
def test_edge_20_the_last_known_counts_for_half_an_hour(
    age: float, last_home: bool, outcome: Outcome
) -> None:
    lost = PersonFacts(last_home=last_home, home_at=NOON - age)

    decision = only(decided(event(), person(), known=facts(anna=lost)))

    assert decision.outcome is outcome
    assert decision.facts["home_is_last_known"] is (0 <= age < 30 * MINUTE)


def test_edge_21_guests_adults_are_told_and_speakers_say_nothing_personal() -> None:
    anna = person("anna", "kitchen", "phone", private_speakers=False)
    kid = person("kid", "tablet", roles={Role.HOUSEHOLD})

    told, spared = decided(event(), anna, kid, known=facts(anna=HOME, guest=True))

    assert told.plan is not None
    assert {s.channel_id: s.private for s in told.plan.steps}["kitchen"]
    assert spared.outcome is Outcome.DROP
    alone, _ = decided(event(), anna, kid, known=facts(anna=HOME, guest=False))
    assert alone.plan is not None
    assert not {s.channel_id: s.private for s in alone.plan.steps}["kitchen"]


def test_edge_21_only_a_child_at_home_the_adults_are_told_where_they_are() -> None:
    anna = person("anna", "kitchen", "phone", private_speakers=False)
    kid = person("kid", "kitchen", "tablet", roles={Role.HOUSEHOLD})
    known = facts(anna=AWAY, kid=HOME)

    told, spared = decided(event(), anna, kid, known=known)
    urgent = decided(event(URGENT), anna, kid, known=known)

    assert (told.outcome, ways(told)) == (Outcome.DELIVER, ["phone"])
    assert spared.outcome is Outcome.DROP
    # what is urgent is said to the child too, without anything personal
    assert [each.outcome for each in urgent] == [Outcome.DELIVER] * 2
    steps = {s.channel_id: s for d in urgent if d.plan for s in d.plan.steps}
    assert steps["kitchen"].private


def test_edge_21_of_whom_nothing_is_known_no_child_is_alone() -> None:
    kid = person("kid", "tablet", roles={Role.HOUSEHOLD})

    decisions = decided(event(), ANNA, kid, known=facts(kid=HOME))

    assert [each.outcome for each in decisions] == [Outcome.DELIVER] * 2


def test_edge_22_held_over_a_change_of_the_clock_it_comes_out_once_at_the_time() -> (
    None
):
    night = at("2026-10-24 23:00")  # the clock is set back in this night
    sleeper = person(quiet=(QUIET,))
    late = event(at=night)

    held = only(decided(late, sleeper, known=facts(night)))

    assert held.hold is not None
    assert held.hold.until == at("2026-10-25 07:00") == night + 9 * HOUR
    out = only(decided(late, sleeper, known=facts(held.hold.until)))
    assert out.outcome is Outcome.DELIVER


def test_edge_22_held_over_a_change_of_the_zone_the_wall_decides() -> None:
    flyer = person(quiet=(QUIET,))
    new_york = BERLIN.__class__("America/New_York")
    late = event(at=NIGHT)

    held = only(decided(late, flyer, known=facts(NIGHT)))
    assert held.hold is not None
    assert held.hold.until is not None
    there = only(decided(late, flyer, known=facts(held.hold.until, zone=new_york)))
    assert there.hold is not None
    assert there.hold.until == at("2026-11-25 07:00", new_york)
    out = only(decided(late, flyer, known=facts(there.hold.until, zone=new_york)))
    assert out.outcome is Outcome.DELIVER


def test_edge_24_emptied_before_morning_it_is_dropped_as_resolved() -> None:
    late = event(at=NIGHT, incident="washer-1")
    sleeper = person(quiet=(QUIET,))
    morning = facts(at("2026-11-25 07:00"), resolved=frozenset({"washer-1"}))

    held = only(decided(late, sleeper, known=facts(NIGHT)))
    out = only(decided(late, sleeper, known=morning))

    assert held.outcome is Outcome.HOLD
    assert out.outcome is Outcome.DROP
    assert keys(out) == {"resolved"}
    assert out.changes == ()
    other = replace(late, incident="washer-2")
    assert only(decided(other, sleeper, known=morning)).outcome is Outcome.DELIVER


def test_edge_24_what_is_over_is_not_told_even_if_it_was_urgent() -> None:
    over = facts(resolved=frozenset({"leak"}))

    decision = only(decided(event(URGENT, incident="leak"), ANNA, known=over))

    assert decision.outcome is Outcome.DROP


def test_a_rule_whose_channel_is_gone_falls_to_the_usual_way() -> None:
    gone = rule(then_channels=("pager",))
    half = rule(then_channels=("pager", "tablet"))

    alone = only(decided(event(), person("anna", "phone"), rules=[gone]))
    both = only(decided(event(), person("anna", "phone"), rules=[half]))

    assert ways(alone) == ["phone"]
    assert ways(both) == ["tablet", "phone"]
    assert "rule_broken" in keys(alone) & keys(both)


def test_a_rule_whose_recipient_is_gone_falls_to_the_usual_ones() -> None:
    gone = rule(then_recipients=("carl",))
    half = rule(then_recipients=("carl", "ben"))
    people = person("anna"), person("ben")

    alone = decided(event(), *people, rules=[gone])
    both = decided(event(), *people, rules=[half])

    assert [each.recipient_id for each in alone] == ["anna", "ben"]
    assert [each.recipient_id for each in both] == ["ben"]
    assert all("rule_broken" in keys(each) for each in (*alone, *both))
