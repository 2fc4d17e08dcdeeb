"""What was stored when we died, and how it goes on."""

from __future__ import annotations

from custom_components.reliable_notifications.engine.delivery.lifecycle import (
    after_crash,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    Evidence,
    IntentState,
)

from .intents import LIST, MAIL, NOW, PHONE, answer, ask, asked, intent


def test_what_was_not_in_a_call_goes_on_as_it_is() -> None:
    queued = intent(PHONE)
    waiting = answer(intent(PHONE), Evidence.UNREACHABLE)
    done = answer(intent(PHONE), Evidence.ACCEPTED)

    for delivery in (queued, waiting, done):
        assert after_crash(delivery, NOW + 9) == delivery


def test_a_channel_that_replaces_is_asked_again() -> None:
    back = after_crash(ask(intent(PHONE, MAIL)), NOW + 9)

    assert back.evidence is Evidence.UNKNOWN
    assert asked(back) == "phone"


def test_a_channel_that_would_repeat_itself_is_not_asked_again() -> None:
    back = after_crash(ask(intent(MAIL, LIST)), NOW + 9)

    assert asked(back) == "list"
    over = answer(back, Evidence.DISPATCHED)
    assert over.state is IntentState.DONE


def test_where_nothing_else_is_left_the_doubt_is_the_end() -> None:
    over = after_crash(ask(intent(MAIL)), NOW + 9)

    assert over.state is IntentState.FAILED
    assert (over.evidence, over.finished_at) == (Evidence.UNKNOWN, NOW + 9)


def test_a_message_that_kills_us_is_not_sent_forever() -> None:
    delivery = intent(PHONE, MAIL)
    for _ in range(3):
        assert asked(delivery) == "phone"
        delivery = after_crash(ask(delivery), NOW)

    assert asked(delivery) == "mail"
    assert delivery.attempts == 3


def test_the_last_resort_is_what_is_left_while_we_keep_dying() -> None:
    delivery = intent(PHONE, LIST)
    for _ in range(3 + 9):
        delivery = after_crash(ask(delivery), NOW)

    assert asked(delivery) == "list"
    over = after_crash(ask(delivery), NOW)  # a tenth time: even that has an end
    assert over.state is IntentState.FAILED


def test_an_answer_in_between_starts_the_count_of_deaths_anew() -> None:
    delivery = after_crash(ask(intent(PHONE)), NOW)
    delivery = answer(delivery, Evidence.UNREACHABLE)

    assert delivery.tracks[0].doubts == 0
    later = NOW + 1
    assert after_crash(ask(delivery, later), later).tracks[0].doubts == 1
