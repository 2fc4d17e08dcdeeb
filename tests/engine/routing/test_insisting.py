"""How a message insists that nobody reacts to: by its row, or for want of an answer."""

from __future__ import annotations

import pytest

from custom_components.reliable_notifications.engine.routing.explain import sentence
from custom_components.reliable_notifications.engine.routing.policy import (
    HOUSEHOLD,
    SERVICE_TEAM,
)
from custom_components.reliable_notifications.engine.routing.policy_edits import (
    Edits,
    edited,
)
from custom_components.reliable_notifications.engine.routing.policy_row import Policies
from custom_components.reliable_notifications.engine.routing.why import Why
from custom_components.reliable_notifications.engine.vocabulary import (
    Cue,
    Decision,
    DigestWish,
    Evidence,
    Outcome,
    Priority,
    Role,
)

from .household import (
    HOUR,
    MINUTE,
    QUIET,
    at,
    decided,
    event,
    facts,
    person,
    rule,
)

ANNA, BEN = person("anna"), person("ben", "tablet")
TOM = person("tom", roles=[Role.TECHNICIAN])


def policies(edits: Edits, table: Policies = HOUSEHOLD) -> Policies:
    rows, problems = edited(table, edits)
    assert problems == ()
    return rows


def minutes(decision: Decision) -> list[float]:
    """When it comes to mind again."""
    assert decision.plan is not None
    return [(cue.after or 0.0) / MINUTE for cue in decision.plan.repeats]


def unless(decision: Decision) -> set[Evidence]:
    assert decision.plan is not None
    return {cue.unless for cue in decision.plan.repeats}


def holds(*decisions: Decision) -> list[Cue | None]:
    return [each.plan.hold for each in decisions if each.plan is not None]


@pytest.mark.parametrize("priority", [Priority.URGENT, Priority.HIGH])
def test_where_the_table_tells_nobody_further_nobody_is(priority: Priority) -> None:
    never = policies({priority.value: {"others": []}})
    to_ben = rule(then_recipients=("ben",))

    decisions = decided(event(priority), ANNA, BEN, rules=[to_ben], policies=never)

    assert [each.recipient_id for each in decisions] == ["ben"]
    usual = decided(event(priority), ANNA, BEN, rules=[to_ben])
    assert [each.recipient_id for each in usual] == ["ben", "anna"]


@pytest.mark.parametrize("priority", list(Priority))
def test_a_rule_names_further_people_also_where_all_rows_tell_nobody(
    priority: Priority,
) -> None:
    never = policies({each.value: {"others": []} for each in Priority})
    then_ben = rule(then_escalate_to=("ben",))

    first, later = decided(
        event(priority), ANNA, BEN, named=["anna"], rules=[then_ben], policies=never
    )

    assert (first.recipient_id, later.recipient_id) == ("anna", "ben")
    urgent = priority is Priority.URGENT
    known = Evidence.ACKNOWLEDGED if urgent else Evidence.SEEN
    assert holds(first, later) == [None, Cue(known, 15 * MINUTE)]


def test_a_rule_names_further_people_at_the_times_of_what_is_high() -> None:
    sooner = policies({"high": {"others": [300.0]}})
    then_ben = rule(then_escalate_to=("ben",))

    _, later = decided(
        event(), ANNA, BEN, named=["anna"], rules=[then_ben], policies=sooner
    )

    assert holds(later) == [Cue(Evidence.SEEN, 300.0)]


@pytest.mark.parametrize("table", [HOUSEHOLD, SERVICE_TEAM])
@pytest.mark.parametrize("priority", [Priority.MEDIUM, Priority.LOW])
def test_what_has_to_be_acknowledged_insists_like_what_is_high(
    priority: Priority, table: Policies
) -> None:
    to_ben = rule(then_recipients=("ben",))
    usual = decided(event(priority), ANNA, BEN, rules=[to_ben], policies=table)
    assert [minutes(each) for each in usual] == [[]]

    for what, rows in (
        (event(priority, wants_answer=True), table),
        (event(priority), policies({priority.value: {"acknowledge": True}}, table)),
    ):
        first, later = decided(what, ANNA, BEN, rules=[to_ben], policies=rows)
        assert minutes(first) == [30]
        assert unless(first) == {Evidence.ACKNOWLEDGED}
        assert first.acknowledge
        assert holds(later) == [Cue(Evidence.ACKNOWLEDGED, 15 * MINUTE)]


def test_a_digest_does_not_insist() -> None:
    """Once more would be all of it once more, for one message in it."""
    reader = person(digest=DigestWish(minute=8 * 60))
    (decision,) = decided(event(Priority.LOW, wants_answer=True), reader)
    assert decision.outcome is Outcome.DIGEST
    assert decision.plan is not None
    assert decision.plan.repeats == ()


def test_seeing_it_is_not_enough_where_somebody_has_to_acknowledge() -> None:
    left_on = event(Priority.HIGH, "appliance_left_on")

    (asked,) = decided(left_on, ANNA)
    (usual,) = decided(event(Priority.HIGH, "cycle_interrupted"), ANNA)

    assert minutes(asked) == minutes(usual) == [30]
    assert unless(asked) == {Evidence.ACKNOWLEDGED}
    assert unless(usual) == {Evidence.SEEN}


def test_urgent_that_nobody_has_to_acknowledge_is_content_with_eyes() -> None:
    to_ben = rule(then_recipients=("ben",))
    urgent = event(Priority.URGENT)
    for wished, known in ((True, Evidence.ACKNOWLEDGED), (False, Evidence.SEEN)):
        rows = policies({"urgent": {"acknowledge": wished}})
        first, later = decided(urgent, ANNA, BEN, rules=[to_ben], policies=rows)
        assert first.acknowledge is wished
        assert unless(first) == {known}
        assert holds(later) == [Cue(known, 2 * MINUTE)]


def test_what_an_installation_says_of_a_row_counts_for_acknowledging_too() -> None:
    own = policies({"medium": {"acknowledge": True, "repeats": [60.0, 120.0]}})
    (often,) = decided(event(), ANNA, policies=own)
    assert minutes(often) == [1, 2]
    assert unless(often) == {Evidence.ACKNOWLEDGED}

    never = policies({"high": {"acknowledge": True, "repeats": [], "others": []}})
    to_ben = rule(then_recipients=("ben",))
    decisions = decided(event(Priority.HIGH), ANNA, BEN, rules=[to_ben], policies=never)
    assert [minutes(each) for each in decisions] == [[]]

    rows = policies({"high": {"repeats": [600.0]}})
    (like_high,) = decided(event(wants_answer=True), ANNA, policies=rows)
    assert minutes(like_high) == [10]


# ten minutes before it is quiet, which it is until seven in the morning
EVENING = at("2026-11-24 21:50")


def test_what_can_wait_does_not_insist_in_quiet_hours() -> None:
    to_ben = rule(then_recipients=("ben",))
    often = policies({"medium": {"repeats": [300.0, 1800.0, 3600.0]}})
    what = event(at=EVENING, wants_answer=True)

    first, later = decided(
        what,
        ANNA,
        BEN,
        known=facts(EVENING, quiet=(QUIET,)),
        rules=[to_ben],
        policies=often,
    )

    morning = 9 * 60 + 10
    assert minutes(first) == [5, morning]  # one of those that meet at its end
    assert holds(later) == [Cue(Evidence.ACKNOWLEDGED, morning * MINUTE)]
    assert minutes(later) == [5, 30, 60]  # by then it is day
    (why,) = (each for each in later.reasons if each.key == Why.ESCALATION)
    said = "Told after 9 h 10 min if nobody before has answered"
    assert sentence(why, {}) == said
    # a night in which nobody is told does not make it old
    assert first.deadline == EVENING + 6 * HOUR + (morning - 30) * MINUTE
    assert later.deadline == EVENING + 6 * HOUR + morning * MINUTE


def test_what_can_wait_does_not_insist_while_they_sleep() -> None:
    sleeper = person("anna", sleep=(QUIET,))
    asked = event(at=EVENING, wants_answer=True)

    (first,) = decided(asked, sleeper, known=facts(EVENING))

    assert minutes(first) == [9 * 60 + 10]


@pytest.mark.parametrize("priority", [Priority.URGENT, Priority.HIGH])
def test_what_passes_quiet_hours_insists_in_them(priority: Priority) -> None:
    what = event(priority, at=EVENING, wants_answer=True)
    known = facts(EVENING, quiet=(QUIET,))
    (by_night,) = decided(what, ANNA, known=known)
    (by_day,) = decided(what, ANNA, known=facts(EVENING - 8 * HOUR))
    assert minutes(by_night) == minutes(by_day)


def test_a_message_for_named_people_stays_with_them() -> None:
    what = event(wants_answer=True)

    decisions = decided(what, ANNA, BEN, TOM, named=["anna"])

    assert [each.recipient_id for each in decisions] == ["anna"]
