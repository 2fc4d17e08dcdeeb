"""The tables of policies, and what an installation says instead."""

from __future__ import annotations

import pytest

from custom_components.reliable_notifications.engine.routing.policy import (
    PRESETS,
    SERVICE_TEAM,
    Preset,
)
from custom_components.reliable_notifications.engine.routing.policy_edits import (
    EDITABLE,
    Fault,
    Value,
    edited,
)
from custom_components.reliable_notifications.engine.routing.policy_row import (
    Policy,
    Respect,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    Cue,
    Evidence,
    InterruptionLevel,
    Priority,
)

HOME = PRESETS[Preset.HOUSEHOLD]


def row(priority: str, field: str, value: Value) -> Policy:
    rows, problems = edited(HOME, {priority: {field: value}})
    assert problems == ()
    return rows[Priority(priority)]


def fault(priority: str, field: str, value: Value) -> Fault:
    rows, (problem,) = edited(HOME, {priority: {field: value}})
    assert rows == HOME  # what is wrong is left as it was
    assert (problem.priority, problem.field) == (priority, field)
    return problem.fault


def test_every_field_that_a_form_offers_can_be_edited() -> None:
    values: dict[str, Value] = {
        **dict.fromkeys(("quiet_hours", "do_not_disturb", "away", "vacation"), "hold"),
        "sleep": "spare_sleepers",
        **dict.fromkeys(("acknowledge", "digest", "speaks_at_night", "together"), True),
        **dict.fromkeys(("own_order", "proof_first", "speaks_up"), True),
        "time_to_live": 3600,
        **dict.fromkeys(("dedupe", "unseen", "unreceived"), 60.0),
        "repeats": [60, 120],
        "others": [60, 120],
        "hedges": [1.0, 2.0],
        "level": "critical",
        "ways": [["push", "inbox"], ["email"]],
    }
    assert set(values) == EDITABLE

    rows, problems = edited(HOME, {"medium": values})

    assert problems == ()
    medium = rows[Priority.MEDIUM]
    assert medium.sleep is Respect.SPARE_SLEEPERS
    assert medium.level is InterruptionLevel.CRITICAL
    assert medium.ways == (frozenset({"push", "inbox"}), frozenset({"email"}))
    assert medium.repeats == (
        Cue(Evidence.SEEN, 60.0),
        Cue(Evidence.SEEN, 120.0),
    )
    assert rows[Priority.HIGH] == HOME[Priority.HIGH]


def test_what_is_not_asked_for_is_taken_out() -> None:
    assert row("high", "unseen", None).unseen is None
    assert row("high", "repeats", []).repeats == ()
    assert row("high", "others", [300]).others == (Cue(Evidence.SEEN, 300.0),)


@pytest.mark.parametrize(
    ("priority", "field", "value", "expected"),
    [
        ("medium", "colour", "red", Fault.UNKNOWN_FIELD),
        ("medium", "quiet_hours", "maybe", Fault.NOT_A_CHOICE),
        ("medium", "quiet_hours", "spare_sleepers", Fault.NOT_A_CHOICE),
        ("medium", "quiet_hours", 1, Fault.NOT_A_CHOICE),
        ("medium", "level", "loud", Fault.NOT_A_CHOICE),
        ("medium", "level", None, Fault.NOT_A_CHOICE),
        ("medium", "digest", "yes", Fault.NOT_A_CHOICE),
        ("medium", "time_to_live", None, Fault.NOT_A_NUMBER),
        ("medium", "time_to_live", True, Fault.NOT_A_NUMBER),
        ("medium", "time_to_live", 59, Fault.OUT_OF_RANGE),
        ("medium", "time_to_live", 8 * 86_400, Fault.OUT_OF_RANGE),
        ("medium", "unseen", 0, Fault.OUT_OF_RANGE),
        ("medium", "hedges", [2, 1], Fault.NOT_ASCENDING),
        ("medium", "hedges", [1, 1], Fault.NOT_ASCENDING),
        ("medium", "hedges", [0], Fault.OUT_OF_RANGE),
        ("medium", "hedges", "1,2", Fault.NOT_A_NUMBER),
        ("medium", "hedges", ["x"], Fault.NOT_A_NUMBER),
        ("medium", "repeats", list(range(1, 15)), Fault.TOO_MANY),
        ("medium", "ways", [], Fault.NO_WAY),
        ("medium", "ways", "push", Fault.NO_WAY),
        ("medium", "ways", [[]], Fault.NO_WAY),
        ("medium", "ways", ["push"], Fault.NO_WAY),
        ("medium", "ways", [["push"], ["email", "push"]], Fault.WAY_TWICE),
        ("medium", "unseen", 7 * 3600, Fault.AFTER_DEADLINE),
        ("high", "time_to_live", 1800, Fault.AFTER_DEADLINE),
        ("urgent", "quiet_hours", "hold", Fault.URGENT_PASSES),
        ("urgent", "sleep", "spare_sleepers", Fault.URGENT_PASSES),
        ("urgent", "vacation", "digest", Fault.URGENT_PASSES),
        ("urgent", "digest", True, Fault.URGENT_PASSES),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    priority: str, field: str, value: Value, expected: Fault
) -> None:
    assert fault(priority, field, value) is expected


HOUR = 3600.0


def test_what_fits_together_may_be_asked_for_in_any_order() -> None:
    longer: dict[str, Value] = {"repeats": [8 * HOUR], "time_to_live": 24 * HOUR}
    for fields in (longer, dict(reversed(longer.items()))):
        rows, problems = edited(HOME, {"medium": fields})
        assert problems == ()
        assert rows[Priority.MEDIUM].repeats == (Cue(Evidence.SEEN, 8 * HOUR),)
        assert rows[Priority.MEDIUM].time_to_live == 24 * HOUR

    shorter: dict[str, Value] = {
        "time_to_live": 600.0,
        "unseen": 120.0,
        "repeats": [300.0],
        "others": [],
    }
    rows, problems = edited(HOME, {"high": shorter})
    assert problems == ()
    assert rows[Priority.HIGH].time_to_live == 600.0


@pytest.mark.parametrize(
    ("priority", "fields", "wrong"),
    [
        # what comes too late was asked for
        ("medium", {"repeats": [7 * HOUR], "digest": True}, {"repeats"}),
        ("medium", {"time_to_live": HOUR, "repeats": [2 * HOUR]}, {"repeats"}),
        ("medium", {"unseen": 7 * HOUR, "others": [HOUR]}, {"unseen"}),
        ("medium", {"hedges": [6 * HOUR]}, {"hedges"}),
        # what was there already comes too late, for the end has come nearer
        ("high", {"time_to_live": 1200.0, "others": [60.0]}, {"time_to_live"}),
        (
            "high",
            {"time_to_live": 1200.0, "others": [1300]},
            {"time_to_live", "others"},
        ),
    ],
)
def test_what_does_not_fit_together_is_said_where_it_was_asked_for(
    priority: str, fields: dict[str, Value], wrong: set[str]
) -> None:
    rows, problems = edited(HOME, {priority: fields})

    assert {each.field for each in problems} == wrong
    assert {each.fault for each in problems} == {Fault.AFTER_DEADLINE}
    right = {field: value for field, value in fields.items() if field not in wrong}
    assert rows == edited(HOME, {priority: right})[0]


def test_an_unknown_priority_is_said_without_a_field() -> None:
    rows, (problem,) = edited(HOME, {"critical": {"digest": True}})

    assert rows == HOME
    assert (problem.priority, problem.field) == ("critical", "")
    assert problem.fault is Fault.UNKNOWN_PRIORITY


def test_one_wrong_field_does_not_spoil_the_right_ones() -> None:
    rows, problems = edited(
        HOME, {"low": {"digest": False, "level": "loud"}, "medium": {"digest": True}}
    )

    assert len(problems) == 1
    assert not rows[Priority.LOW].digest
    assert rows[Priority.MEDIUM].digest


def test_urgent_may_be_edited_as_long_as_it_passes() -> None:
    assert row("urgent", "digest", False) == HOME[Priority.URGENT]
    assert row("urgent", "quiet_hours", "pass") == HOME[Priority.URGENT]
    assert row("urgent", "repeats", [60]).repeats == (Cue(Evidence.SEEN, 60.0),)


def test_the_presets_are_what_they_are_called() -> None:
    """The mapping of a team, to the letter."""
    first = {key: row.ways[0] for key, row in SERVICE_TEAM.items()}

    assert first == {
        Priority.URGENT: {"short_text", "email", "inbox", "persistent"},
        Priority.HIGH: {"short_text", "inbox", "persistent"},
        Priority.MEDIUM: {"email", "inbox", "persistent"},
        Priority.LOW: {"inbox", "persistent"},
    }
    for policies in PRESETS.values():
        assert set(policies) == set(Priority)
        urgent = policies[Priority.URGENT]
        assert urgent.acknowledge
        assert not urgent.digest
        assert urgent.quiet_hours is urgent.sleep is urgent.away is Respect.PASS
