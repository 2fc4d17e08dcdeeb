"""What people read and hear about an event."""

from __future__ import annotations

import pytest

from custom_components.reliable_notifications.engine.content.languages import LANGUAGES
from custom_components.reliable_notifications.engine.content.languages.table import (
    Saying,
)
from custom_components.reliable_notifications.engine.content.messages import (
    compose,
    in_private,
    is_personal,
    say,
    written,
)
from custom_components.reliable_notifications.engine.vocabulary import Message, Shape

EN, DE = LANGUAGES["en"], LANGUAGES["de"]
WASHER = {"appliance": "Washing machine"}
RAN = {"duration": "1 h 12 min", "energy": "0.84 kWh", "ended": "14:03"}


def _push(key: str, **words: str) -> Message | None:
    return compose(key, WASHER | words, EN, Shape.PUSH)


def test_a_finish_says_how_long_how_much_and_when() -> None:
    assert _push("cycle_finished", **RAN) == Message(
        title="Washing machine finished",
        message="Ran 1 h 12 min and used 0.84 kWh. Ended at 14:03.",
    )


def test_an_estimated_end_is_not_given_as_a_fact() -> None:
    told = _push("cycle_finished", duration="1 h", ended="14:03", ended_about="14:03")

    assert told is not None
    assert told.message == "Ran 1 h. Ended at about 14:03; the sensor was silent then."


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({"energy": "0.09 kWh"}, "Used 0.09 kWh."),
        ({"duration": "2 min"}, "Ran 2 min."),
        ({}, "Washing machine finished"),
    ],
)
def test_what_is_not_known_is_left_out(facts: dict[str, str], text: str) -> None:
    told = _push("cycle_finished", **facts)

    assert told is not None
    assert told.message == text


def test_a_reopened_cycle_owns_up_to_the_mistake() -> None:
    told = _push("cycle_reopened")

    assert told is not None
    assert told.title == "Washing machine is still running"
    assert "too early" in told.message


def test_a_reminder_says_how_long_the_load_has_been_lying_there() -> None:
    assert _push("unload_reminder", idle="31 min") == Message(
        title="Washing machine wants to be emptied",
        message="It finished 31 min ago.",
    )


def test_speech_has_one_sentence_and_no_title() -> None:
    words = WASHER | {"duration": "1 hour 12 minutes"}
    assert compose("cycle_finished", words, EN, Shape.SPEECH) == Message(
        title="", message="Washing machine has finished after 1 hour 12 minutes."
    )


def test_a_short_text_has_what_fits_into_one_part() -> None:
    long = {"appliance": "The old washing machine of the third floor at the back, " * 2}
    short = compose("cycle_finished", WASHER | RAN, EN, Shape.SHORT_TEXT)
    full = compose("cycle_finished", long | RAN, EN, Shape.SHORT_TEXT)

    assert short is not None
    assert full is not None
    assert short.message == (
        "Washing machine finished. Ran 1 h 12 min and used 0.84 kWh. Ended at 14:03."
    )
    assert full.message.endswith("used 0.84 kWh.")


def test_brief_is_only_the_point() -> None:
    told = compose("cycle_finished", WASHER | RAN, EN, Shape.PUSH, brief=True)

    assert told is not None
    assert told.message == "Ran 1 h 12 min and used 0.84 kWh."


def test_an_event_without_a_text_or_without_its_facts_is_not_guessed() -> None:
    assert _push("something_else") is None
    assert compose("cycle_finished", {}, EN, Shape.PUSH) is None
    assert compose("cycle_finished", {}, EN, Shape.SPEECH) is None


def test_what_somebody_wrote_in_the_form_of_the_channel() -> None:
    def of(shape: Shape, title: str = "Basement") -> str:
        told = written(title, "3 °C!", EN, shape)
        return f"{told.title}|{told.message}"

    assert of(Shape.PUSH) == of(Shape.EMAIL) == "Basement|3 °C!"
    assert of(Shape.SPEECH) == "|Basement. 3 degrees!"
    assert of(Shape.SPEECH, "Look!") == "|Look! 3 degrees!"
    assert of(Shape.SPEECH, "") == "|3 degrees!"
    assert of(Shape.SHORT_TEXT) == "|Basement: 3 °C!"


def test_what_is_private_stays_private() -> None:
    assert in_private("message", DE, Shape.SPEECH) == Message(
        title="", message="Es gibt eine neue Nachricht für dich."
    )
    assert in_private("cycle_finished", DE, Shape.PUSH) == Message(
        title="Neue Nachricht", message="Ein Gerät ist fertig."
    )


def test_what_channels_say_by_themselves() -> None:
    assert say(Saying.OPEN, DE) == "Home Assistant öffnen"
    assert say(Saying.SENT_AT, DE, time="14:05") == "Gesendet 14:05"


@pytest.mark.parametrize(
    ("key", "personal"),
    [
        ("cycle_finished", False),
        ("channel_down", False),
        ("repair_approved", True),
        ("verification_code", True),
        ("reward_redemption", True),
        ("something_else", False),
    ],
)
def test_which_events_are_about_persons(key: str, personal: bool) -> None:
    assert is_personal(key, EN) is is_personal(key, DE) is personal
