"""Amounts as people of a language write and say them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from custom_components.reliable_notifications.engine.content.amounts import (
    duration,
    energy,
    moment,
    money,
    number,
)
from custom_components.reliable_notifications.engine.content.languages import LANGUAGES

EN, DE, NL, FR, PL = (LANGUAGES[code] for code in ("en", "de", "nl", "fr", "pl"))


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-5, "0 s"),
        (45, "45 s"),
        (59.6, "1 min"),
        (240, "4 min"),
        (3599, "1 h"),
        (7380, "2 h 3 min"),
        (86400, "1 d"),
        (90061, "1 d 1 h"),
    ],
)
def test_durations_as_people_write_them(seconds: float, text: str) -> None:
    assert duration(seconds, EN) == text


def test_durations_with_the_units_of_the_language() -> None:
    assert duration(4320, NL) == "1 u 12 min"
    assert duration(4320, PL) == "1 godz. 12 min"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (60, "1 minuta"),
        (120, "2 minuty"),
        (300, "5 minut"),
        (12 * 60, "12 minut"),
        (22 * 60, "22 minuty"),
        (31 * 60, "31 minut"),
        (3 * 3600 + 60, "3 godziny 1 minuta"),
        (13 * 3600, "13 godzin"),
    ],
)
def test_polish_counts_in_three_forms(seconds: float, text: str) -> None:
    assert duration(seconds, PL, spoken=True) == text


def test_one_and_many() -> None:
    assert duration(3660, EN, spoken=True) == "1 hour 1 minute"
    assert duration(7320, DE, spoken=True) == "2 Stunden 2 Minuten"
    # French says zero in the singular
    assert duration(0, FR, spoken=True) == "0 seconde"
    assert duration(0, EN, spoken=True) == "0 seconds"
    assert duration(120, FR, spoken=True) == "2 minutes"


def test_energy_in_the_unit_of_the_bill() -> None:
    assert energy(1234.5, EN) == "1.23 kWh"
    assert energy(1234.5, DE) == "1,23 kWh"
    assert energy(840, DE, spoken=True) == "0,84 Kilowattstunden"


def test_numbers_and_money() -> None:
    assert number(3.14159, PL, digits=1) == "3,1"
    assert money(0.254, "EUR", EN) == "0.25 EUR"
    assert money(0.254, "", FR) == "0,25"


def test_a_moment_is_as_short_as_it_can_be_told_from_others() -> None:
    now = datetime(2026, 11, 24, 14, 5, tzinfo=UTC)
    assert moment(now, now, EN) == "14:05"
    assert moment(now - timedelta(hours=20), now, EN) == "Mon 18:05"
    assert moment(now + timedelta(days=2), now, DE) == "Do 14:05"
    assert moment(now - timedelta(days=7), now, EN) == "2026-11-17 14:05"
