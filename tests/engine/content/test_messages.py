"""What people read about a cycle."""

from __future__ import annotations

import pytest

from custom_components.reliable_notifications.engine.content.messages import (
    Message,
    compose,
    compose_reminder,
    duration,
    energy,
)
from custom_components.reliable_notifications.engine.vocabulary import CycleEventKind

WASHER = "Washing machine"


def test_a_finish_says_how_long_how_much_and_when() -> None:
    message = compose(
        CycleEventKind.FINISHED,
        appliance=WASHER,
        duration_s=72 * 60,
        energy_wh=840,
        ended_local="14:03",
    )

    assert message == Message(
        title="Washing machine finished",
        message="Ran 1 h 12 min and used 0.84 kWh. Ended at 14:03.",
    )


def test_an_estimated_end_is_not_given_as_a_fact() -> None:
    message = compose(
        CycleEventKind.FINISHED,
        appliance=WASHER,
        duration_s=3600,
        ended_local="14:03",
        estimated=True,
    )

    assert message.message == (
        "Ran 1 h. Ended at about 14:03; the sensor was silent then."
    )


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({"energy_wh": 90.0}, "Used 0.09 kWh."),
        ({"energy_wh": 1.0}, "Washing machine finished"),  # 0.00 kWh reads like a fault
        ({"duration_s": 90.0}, "Ran 2 min."),
        ({}, "Washing machine finished"),
    ],
)
def test_what_is_not_known_is_left_out(facts: dict[str, float], text: str) -> None:
    message = compose(CycleEventKind.FINISHED, appliance=WASHER, **facts)  # type: ignore[arg-type]

    assert message.message == text


def test_a_start() -> None:
    known = compose(CycleEventKind.STARTED, appliance=WASHER, started_local="13:00")
    unknown = compose(CycleEventKind.STARTED, appliance=WASHER)

    assert known == Message(
        title="Washing machine started", message="Started at 13:00."
    )
    assert unknown.message == "It has started."


def test_a_reopened_cycle_owns_up_to_the_mistake() -> None:
    message = compose(CycleEventKind.REOPENED, appliance=WASHER, duration_s=60)

    assert message.title == "Washing machine is still running"
    assert "too early" in message.message


def test_an_interruption() -> None:
    known = compose(
        CycleEventKind.INTERRUPTED,
        appliance=WASHER,
        duration_s=1800,
        energy_wh=300,
        ended_local="13:30",
    )
    unknown = compose(CycleEventKind.INTERRUPTED, appliance=WASHER)

    assert known == Message(
        title="Washing machine was interrupted",
        message="It stopped at 13:30, before its end. Ran 30 min and used 0.30 kWh.",
    )
    assert unknown.message == "It stopped before its end."


def test_almost_done_says_when() -> None:
    known = compose(
        CycleEventKind.ALMOST_DONE, appliance=WASHER, expected_local="14:05"
    )
    assert known == Message(
        title="Washing machine is almost done",
        message="It will probably end at 14:05.",
    )


def test_a_run_too_short_for_a_cycle() -> None:
    brief = compose(CycleEventKind.SHORT_RUN, appliance=WASHER)
    assert brief.title == "Washing machine ran only briefly"
    assert brief.message == "That was too short for a cycle."


@pytest.mark.parametrize("language", ["en", "en-GB", "EN", "xx", ""])
def test_a_language_without_texts_gets_english(language: str) -> None:
    message = compose(CycleEventKind.STARTED, appliance=WASHER, language=language)

    assert message.title == "Washing machine started"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-5, "0 s"),
        (45, "45 s"),
        (59.6, "1 min"),
        (240, "4 min"),
        (3599, "1 h"),
        (7380, "2 h 3 min"),
    ],
)
def test_durations_as_people_say_them(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_energy_in_the_unit_of_the_bill() -> None:
    assert energy(1234.5) == "1.23 kWh"


def test_a_reminder_says_how_long_the_load_has_been_lying_there() -> None:
    assert compose_reminder(appliance=WASHER, idle_s=1860) == Message(
        title="Washing machine wants to be emptied",
        message="It finished 31 min ago.",
    )
