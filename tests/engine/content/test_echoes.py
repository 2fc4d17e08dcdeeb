"""What is said at once to who has tapped something."""

from __future__ import annotations

from dataclasses import astuple
from datetime import datetime
from zoneinfo import ZoneInfo

from custom_components.reliable_notifications.engine.content.echoes import (
    echoes,
    put_off,
)
from custom_components.reliable_notifications.engine.content.languages import (
    LANGUAGES,
)

BERLIN = ZoneInfo("Europe/Berlin")


def _at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).timestamp()


def test_each_language_says_everything_in_its_own_words() -> None:
    said = [astuple(echoes(code)) for code in LANGUAGES]
    assert len({sentence for each in said for sentence in each}) == 5 * len(LANGUAGES)
    assert all(sentence.strip() for each in said for sentence in each)
    assert echoes("de-AT") == echoes("de")
    assert echoes("xx") == echoes("en")


def test_when_it_comes_again_is_told_by_the_clock_at_home() -> None:
    now = _at("2026-11-26 22:50")
    soon = put_off("en", _at("2026-11-26 23:05"), now, BERLIN)
    assert soon == "You will be told again: 23:05."
    morning = put_off("de", _at("2026-11-27 07:00"), now, BERLIN)
    assert morning == "Die Nachricht kommt wieder: Fr 07:00."
