"""Codes that prove a contact point: how long, how often, how many."""

from __future__ import annotations

import pytest

from custom_components.reliable_notifications.engine.contacts.codes import (
    HOLDS,
    MOST_AN_HOUR,
    MOST_OF_ALL_AN_HOUR,
    MOST_TRIES,
    PAUSE,
    Answer,
    Codes,
    Refusal,
    issued,
    refusal,
    tried,
)

NOW = 1_800_000_000.0
ANNA = "anna@example.org"
SALT = b"salt" * 4


def _sent(code: str = "012345", now: float = NOW, codes: Codes | None = None) -> Codes:
    return issued(codes or Codes(), ANNA, code, SALT, now)


def test_the_right_code_proves_it_once() -> None:
    codes, answer = tried(_sent(), ANNA, "012345", NOW + 30)
    assert answer is Answer.RIGHT
    assert tried(codes, ANNA, "012345", NOW + 31)[1] is Answer.TOO_OLD


@pytest.mark.parametrize("typed", ["012 345", " 012345\n", "012-345"])
def test_how_it_is_typed_does_not_matter(typed: str) -> None:
    assert tried(_sent(), ANNA, typed, NOW)[1] is Answer.RIGHT


@pytest.mark.parametrize("typed", ["", "12345", "012346", "0123450"])
def test_wrong_ones_are_wrong(typed: str) -> None:
    assert tried(_sent(), ANNA, typed, NOW)[1] is Answer.WRONG


def test_after_ten_minutes_it_is_worth_nothing() -> None:
    assert tried(_sent(), ANNA, "012345", NOW + HOLDS - 1)[1] is Answer.RIGHT
    assert tried(_sent(), ANNA, "012345", NOW + HOLDS)[1] is Answer.TOO_OLD


def test_it_takes_five_tries_and_no_more() -> None:
    codes = _sent()
    for _ in range(MOST_TRIES):
        codes, answer = tried(codes, ANNA, "999999", NOW)
        assert answer is Answer.WRONG
    assert tried(codes, ANNA, "012345", NOW)[1] is Answer.TOO_OFTEN
    # a new one begins anew
    codes = _sent("555555", NOW + PAUSE, codes)
    assert tried(codes, ANNA, "555555", NOW + PAUSE)[1] is Answer.RIGHT


def test_a_new_code_makes_the_old_one_worthless() -> None:
    codes = _sent("555555", NOW + PAUSE, _sent("012345"))
    assert tried(codes, ANNA, "012345", NOW + PAUSE)[1] is Answer.WRONG


def test_of_another_contact_it_proves_nothing() -> None:
    assert tried(_sent(), "ben@example.org", "012345", NOW)[1] is Answer.TOO_OLD


def test_one_a_minute_and_five_an_hour() -> None:
    codes, now = Codes(), NOW
    for _ in range(MOST_AN_HOUR):
        assert refusal(codes, ANNA, now) is None
        codes = _sent(now=now, codes=codes)
        assert refusal(codes, ANNA, now + PAUSE - 1) in (Refusal.WAIT, Refusal.ENOUGH)
        now += PAUSE
    assert refusal(codes, ANNA, now) is Refusal.ENOUGH
    assert refusal(codes, "ben@example.org", now) is None
    assert refusal(codes, ANNA, NOW + 3600) is None
    # a clock that was set back must not keep anybody out
    assert refusal(codes, ANNA, NOW - 1) is None


def test_a_house_is_not_a_machine_for_texts_to_strangers() -> None:
    codes = Codes()
    for number in range(MOST_OF_ALL_AN_HOUR):
        codes = issued(codes, f"{number}@example.org", "1", SALT, NOW)
    assert refusal(codes, ANNA, NOW) is Refusal.ENOUGH
    assert refusal(codes, ANNA, NOW + 3600) is None


def test_the_code_itself_is_not_kept() -> None:
    assert "012345" not in repr(_sent())
