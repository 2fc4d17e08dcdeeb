"""From facts to the words that texts are filled with."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from custom_components.reliable_notifications.engine.content.facts import (
    Place,
    in_words,
)
from custom_components.reliable_notifications.engine.content.languages import LANGUAGES
from custom_components.reliable_notifications.engine.content.languages.table import (
    Label,
)
from custom_components.reliable_notifications.engine.vocabulary import Scalar

from .facts import NOW, words

BERLIN = ZoneInfo("Europe/Berlin")


def _in(code: str, **data: Scalar) -> dict[str, str]:
    return in_words(data, Place(language=LANGUAGES[code], zone=BERLIN, now=NOW))


def test_the_end_of_a_name_says_what_it_is() -> None:
    assert _in("de", duration_s=4320, energy_wh=840.0, ended_at=NOW, count=3) == {
        "duration": "1 h 12 min",
        "energy": "0,84 kWh",
        "ended": "15:05",
        "count": "3",
    }


def test_shares_and_the_names_of_what_is_measured() -> None:
    assert _in("de", objective="uptime", value_percent=98.2, goal_percent=99.0) == {
        "objective": "Verfügbarkeit",
        "value": "98,2 %",
        "goal": "99 %",
    }
    assert _in("en", objective="Mine", value_percent=100) == {
        "objective": "Mine",
        "value": "100 %",
    }


def test_money_is_in_the_currency_that_is_named() -> None:
    assert _in("fr", cost=0.2, currency="EUR") == {
        "cost": "0,20 EUR",
        "currency": "EUR",
    }
    assert _in("en", saved=1)["saved"] == "1.00"


@pytest.mark.parametrize("value", [None, "", "  ", True])
def test_what_is_not_known_has_no_words(value: Scalar) -> None:
    assert _in("en", something=value) == {}


def test_an_amount_that_would_be_shown_as_nothing_is_left_out() -> None:
    assert _in("en", energy_wh=4.9) == {}
    assert _in("en", energy_wh=5.0) == {"energy": "0.01 kWh"}


def test_numbers_keep_their_digits() -> None:
    assert _in("en", points=1234567, share=0.5) == {"points": "1234567", "share": "0.5"}


def test_an_estimated_end_is_not_given_as_a_fact() -> None:
    assert "ended_about" not in _in("en", ended_at=NOW, estimated=False)
    assert "ended_about" not in _in("en", estimated=True)
    assert _in("en", ended_at=NOW, estimated=True)["ended_about"] == "15:05"


def test_units_are_spoken_for_ears() -> None:
    assert words(LANGUAGES["en"], spoken=True)["duration"] == "1 hour 12 minutes"


def test_the_example_has_one_of_every_fact_that_has_a_name() -> None:
    assert words(LANGUAGES["en"]).keys() >= {label.value for label in Label}
