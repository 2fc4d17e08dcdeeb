"""What a complaint proposes, and that it would have helped."""

from __future__ import annotations

from dataclasses import replace

import pytest

from custom_components.reliable_notifications.engine.routing.feedback import (
    Complaint,
    Proposal,
    propose,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    Event,
    Outcome,
    Priority,
    Recipient,
)

from .household import NIGHT, QUIET, decided, event, person

URGENT, HIGH, MEDIUM, LOW = Priority
ANNA = person("anna", quiet=(QUIET,))
BEN = person("ben")


def complain(complaint: Complaint, what: Event, *people: Recipient) -> Proposal | None:
    decisions = decided(what, *people)
    told = [each.recipient_id for each in decisions]
    return propose(complaint, what, decisions[0], people[0], told)


def test_the_wrong_person_is_left_out_from_then_on() -> None:
    proposal = complain(Complaint.WRONG_PERSON, event(), ANNA, BEN)

    assert proposal is not None
    assert proposal.rule is not None
    decisions = decided(event(), ANNA, BEN, rules=[proposal.rule])
    assert [each.recipient_id for each in decisions] == ["ben"]
    other = decided(event(source="dryer"), ANNA, BEN, rules=[proposal.rule])
    assert [each.recipient_id for each in other] == ["anna", "ben"]


def test_the_only_one_who_is_told_opts_out() -> None:
    proposal = complain(Complaint.WRONG_PERSON, event(), ANNA)

    assert proposal is not None
    assert proposal.preferences is not None
    anna = replace(ANNA, preferences=proposal.preferences)
    (decision,) = decided(event(), anna)
    assert decision.outcome is Outcome.DROP
    assert proposal.preferences.quiet == (QUIET,)


def test_too_late_is_told_louder() -> None:
    late = event(at=NIGHT)
    proposal = complain(Complaint.TOO_LATE, late, ANNA)

    assert proposal is not None
    assert proposal.rule is not None
    before, after = decided(late, ANNA), decided(late, ANNA, rules=[proposal.rule])
    assert (before[0].outcome, after[0].outcome) == (Outcome.HOLD, Outcome.DELIVER)


@pytest.mark.parametrize(("priority", "softer"), [(HIGH, MEDIUM), (MEDIUM, LOW)])
def test_too_loud_is_told_softer(priority: Priority, softer: Priority) -> None:
    proposal = complain(Complaint.TOO_LOUD, event(priority), ANNA, BEN)

    assert proposal is not None
    assert proposal.rule is not None
    anna, ben = decided(event(priority), ANNA, BEN, rules=[proposal.rule])
    assert (anna.priority, ben.priority) == (softer, priority)


def test_what_is_softest_already_is_not_told_any_more() -> None:
    proposal = complain(Complaint.TOO_LOUD, event(LOW), ANNA, BEN)

    assert proposal is not None
    assert proposal.preferences is not None


def test_an_alarm_is_made_neither_softer_nor_louder() -> None:
    assert complain(Complaint.TOO_LOUD, event(URGENT), ANNA) is None
    assert complain(Complaint.TOO_LATE, event(URGENT), ANNA) is None


def test_an_alarm_is_not_taken_from_anybody() -> None:
    assert complain(Complaint.WRONG_PERSON, event(URGENT), ANNA, BEN) is None
    assert complain(Complaint.WRONG_PERSON, event(URGENT), ANNA) is None


def test_nothing_becomes_an_alarm() -> None:
    assert complain(Complaint.TOO_LATE, event(HIGH), ANNA) is None


@pytest.mark.parametrize("complaint", list(Complaint))
def test_what_is_proposed_leaves_alarms_as_they_are(complaint: Complaint) -> None:
    """It names the event, so that nothing else would keep it off what is urgent."""
    proposal = complain(complaint, event(MEDIUM), ANNA, BEN)

    assert proposal is not None
    assert proposal.rule is not None
    assert proposal.was is MEDIUM
    assert decided(event(URGENT), ANNA, BEN, rules=[proposal.rule]) == decided(
        event(URGENT), ANNA, BEN
    )


def test_complaints_about_the_same_are_one_rule() -> None:
    late, loud = (
        complain(each, event(MEDIUM), ANNA, BEN)
        for each in (Complaint.TOO_LATE, Complaint.TOO_LOUD)
    )
    of_the_dryer = complain(Complaint.TOO_LOUD, event(source="dryer"), ANNA, BEN)

    rules = [each.rule for each in (late, loud, of_the_dryer) if each is not None]
    ids = [each.id for each in rules if each is not None]
    assert ids[0] == ids[1] != ids[2]


def test_a_message_without_an_appliance_is_known_by_its_key() -> None:
    proposal = complain(Complaint.TOO_LATE, event(source=None), ANNA)

    assert proposal is not None
    assert proposal.rule is not None
    assert proposal.rule.when.sources == frozenset()
