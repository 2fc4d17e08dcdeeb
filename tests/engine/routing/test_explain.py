"""Decisions in words."""

from __future__ import annotations

from dataclasses import replace
from string import Formatter

import pytest

from custom_components.reliable_notifications.engine.routing.changes import UNDONE_BY
from custom_components.reliable_notifications.engine.routing.explain import (
    SENTENCES,
    sentence,
    sentences,
    summary,
    time_line,
)
from custom_components.reliable_notifications.engine.routing.why import If, Why, because
from custom_components.reliable_notifications.engine.vocabulary import (
    DigestWish,
    Outcome,
    PersonFacts,
    Priority,
    Reason,
)

from .household import (
    ALL,
    AWAY,
    BERLIN,
    NIGHT,
    NOON,
    QUIET,
    decided,
    event,
    facts,
    only,
    person,
    rule,
)

URGENT, HIGH, MEDIUM, LOW = Priority
NAMES = {key: each.name for key, each in ALL.items()}


def test_every_reason_and_every_change_has_a_sentence() -> None:
    assert SENTENCES.keys() == {*Why, *If}
    assert set(UNDONE_BY) <= set(Why)
    for template in SENTENCES.values():
        fields = {name for _, name, _, _ in Formatter().parse(template) if name}
        assert fields <= {
            *("channel", "until", "rule", "roles", "gone", "after", "was", "now"),
            *("category", "what", "contact", "least", "priority", "by"),
        }


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        (because(Why.QUIET, None, until=NIGHT), "Quiet hours until Tue 23:30"),
        (because(Why.SNOOZED, None, until=None), "Snoozed until somebody ends it"),
        (because(Why.CHANNEL_OFF, "phone"), "Skipped Phone: it is switched off"),
        (
            because(Why.CHANNEL_GONE, "pager"),
            "Skipped channel pager: it does not exist any more",
        ),
        (
            because(Why.ESCALATION, None, after=120.0),
            "Told after 2 min if nobody before has answered",
        ),
        (
            because(Why.ESCALATION, None, after=90.0),
            "Told after 90 s if nobody before has answered",
        ),
        (
            because(Why.ORDER_CHANGED, None, priority="high", by="proof"),
            "Order changed: for high, what can prove delivery goes first",
        ),
        (because(Why.RESOLVED), "Resolved: what it is about is over"),
    ],
)
def test_a_reason_in_words(reason: Reason, text: str) -> None:
    assert sentence(reason, NAMES, BERLIN) == text


def test_every_reason_that_comes_up_can_be_said() -> None:
    people = (
        person("anna", "kitchen", "mail", "phone", "gone", quiet=(QUIET,)),
        person("ben", least={"phone": HIGH}, digest=DigestWish(minute=480)),
    )
    known = facts(NIGHT, anna=AWAY, ben=PersonFacts(asleep=True), vacation=True)
    rules = [rule("a", 1, final=False, then_channels=("pager", "phone"))]
    for priority in Priority:
        for told in (rules, []):
            for decision in decided(
                event(priority, at=NIGHT), *people, known=known, rules=told
            ):
                said = sentences((*decision.reasons, *decision.changes), ALL, BERLIN)
                assert all(each and "{" not in each for each in said)


def test_what_became_of_it_in_a_sentence() -> None:
    quiet = person("anna", quiet=(QUIET,), digest=DigestWish(minute=480))
    first, later = decided(event(URGENT), person("anna"), person("ben"), named=["anna"])
    held = only(decided(event(at=NIGHT), quiet))
    away = only(decided(event(), person(), known=facts(anna=AWAY)))
    kept = only(decided(event(LOW), quiet))
    over = facts(resolved=frozenset({"x"}))
    dropped = only(decided(event(incident="x"), person(), known=over))
    passed = only(decided(event(URGENT, at=NIGHT), quiet))

    assert summary(first, "Anna", BERLIN) == "Anna is told now"
    assert summary(passed, "Anna", BERLIN) == "Anna is told now"
    assert summary(later, "Ben", BERLIN) == (
        "Ben is told after 2 min if nobody before has answered"
    )
    # a stored decision has lost its plan
    assert summary(replace(later, plan=None), "Ben", BERLIN) == (
        "Ben is told after 2 min if nobody before has answered"
    )
    assert summary(held, "Anna", BERLIN) == "Held for Anna until Wed 07:00"
    assert summary(away, "Anna", BERLIN) == "Held for Anna until somebody comes home"
    assert summary(kept, "Anna", BERLIN) == "Kept for Anna's digest of Wed 08:00"
    assert summary(dropped, "Anna", BERLIN) == "Anna is not told"


def test_a_plan_on_a_time_line() -> None:
    decision = only(decided(event(URGENT), person("anna", "phone", "tablet")))
    assert decision.plan is not None

    line = time_line(decision.plan, {"phone": "Anna's phone", "tablet": "Tablet"})

    texts = [moment.text for moment in line]
    assert texts[:2] == [
        "At once: Anna's phone, unless accepted",
        "After 1 s: Tablet, unless accepted",
    ]
    assert "After 2 min: Tablet, unless seen" in texts
    assert texts[-1] == "Once those before have failed: last_resort, unless accepted"
    times = [moment.after for moment in line if moment.after is not None]
    assert times == sorted(times)


def test_a_time_line_says_when_it_comes_once_more() -> None:
    decision = only(decided(event(HIGH), person("anna", "phone", "inbox")))
    assert decision.plan is not None
    (cue,) = decision.plan.repeats
    assert cue.after == 1800

    texts = [moment.text for moment in time_line(decision.plan, {"phone": "Phone"})]
    assert texts.count("After 30 min: Phone once more, unless seen") == 1


def test_a_simulation_is_a_decision_with_other_facts() -> None:
    sleeper = person("anna", quiet=(QUIET,))

    now = only(decided(event(), sleeper, known=facts(NOON)))
    tonight = only(decided(event(), sleeper, known=facts(NIGHT)))

    assert (now.outcome, tonight.outcome) == (Outcome.DELIVER, Outcome.HOLD)


def test_what_waits_for_others_says_by_which_rule_and_how_long() -> None:
    together = rule(then_group=True)
    decision = only(decided(event(), person(), rules=[together]))
    assert summary(decision, "Anna", BERLIN) == (
        "Anna is told within 60 s, with others if some come"
    )
    assert (
        'Rule "One" has it wait up to 60 s, to be told together with others that come'
        in sentences(decision.reasons, ALL)
    )
