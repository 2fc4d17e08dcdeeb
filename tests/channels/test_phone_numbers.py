"""Phone numbers as people write them, of twenty countries, good and bad."""

from __future__ import annotations

import pytest

from custom_components.reliable_notifications.phone_numbers import (
    PhoneNumber,
    PhoneProblem,
    country_of,
    phone_number,
)

NO_TEXTS, NOT_GIVEN_OUT = PhoneProblem.NO_TEXTS, PhoneProblem.NOT_GIVEN_OUT
TOO_SHORT, TOO_LONG = PhoneProblem.TOO_SHORT, PhoneProblem.TOO_LONG


@pytest.mark.parametrize(
    ("country", "written", "e164"),
    [
        ("US", "(201) 555-0123", "+12015550123"),
        ("CA", "506.234.5678", "+15062345678"),
        ("GB", "07400 123456", "+447400123456"),
        ("DE", "0151/2345 6789", "+4915123456789"),
        ("AT", "0664 123456", "+43664123456"),
        ("CH", "078 123 45 67", "+41781234567"),
        ("NL", "06-12345678", "+31612345678"),
        ("BE", "0450 00 12 34", "+32450001234"),
        ("FR", "06 12 34 56 78", "+33612345678"),
        ("ES", "612 34 56 78", "+34612345678"),
        # Italy alone keeps the zeros of its numbers, and mobile ones have none
        ("IT", "312 345 6789", "+393123456789"),
        ("PT", "912 345 678", "+351912345678"),
        ("PL", "512-345-678", "+48512345678"),
        ("SE", "070-123 45 67", "+46701234567"),
        ("DK", "34 41 23 45", "+4534412345"),
        ("IE", "085 012 3456", "+353850123456"),
        ("AU", "0412 345 678", "+61412345678"),
        ("IN", "081234 56789", "+918123456789"),
        ("BR", "(11) 96123-4567", "+5511961234567"),
        ("ZA", "071 123 4567", "+27711234567"),
    ],
)
def test_good_numbers(country: str, written: str, e164: str) -> None:
    expected = PhoneNumber(e164, country)
    assert phone_number(written, country) == expected
    # from abroad, and where nobody knows in which country we are
    assert phone_number(e164, "JP") == expected
    assert phone_number(f"00{e164[1:]}", "FI") == expected
    assert phone_number(e164, None) == expected
    assert country_of(e164) == country


@pytest.mark.parametrize(
    ("country", "written", "problem"),
    [
        ("US", "911", TOO_SHORT),
        ("CA", "(506) 234-56789", TOO_LONG),
        ("GB", "0121 234 5678", NO_TEXTS),
        ("DE", "030 123456", NO_TEXTS),
        ("AT", "01 234567890", NO_TEXTS),
        ("CH", "021 234 56 78", NO_TEXTS),
        ("NL", "06-1234567", NOT_GIVEN_OUT),
        ("BE", "0450 00 12", NOT_GIVEN_OUT),
        ("FR", "06 12 34 56 78 9", TOO_LONG),
        ("ES", "012 34 56 78", NOT_GIVEN_OUT),
        ("IT", "02 1234 5678", NO_TEXTS),
        ("PT", "21 234 5678", NO_TEXTS),
        ("PL", "12 345 67 89", NO_TEXTS),
        ("SE", "08-12 34 56", NO_TEXTS),
        ("DK", "34 41 23", TOO_SHORT),
        ("IE", "(022) 12345", NO_TEXTS),
        ("AU", "0412 345", NOT_GIVEN_OUT),
        ("IN", "000000 00000", NOT_GIVEN_OUT),
        ("BR", "(11) 2345-6789", NO_TEXTS),
        ("ZA", "0800 123 456", NO_TEXTS),
    ],
)
def test_bad_numbers(country: str, written: str, problem: PhoneProblem) -> None:
    assert phone_number(written, country) is problem


@pytest.mark.parametrize(
    ("written", "home", "problem"),
    [
        ("", "DE", PhoneProblem.NOT_A_NUMBER),
        ("my phone", "DE", PhoneProblem.NOT_A_NUMBER),
        ("+", None, PhoneProblem.NOT_A_NUMBER),
        ("0171 1234567", None, PhoneProblem.NO_COUNTRY),
        ("+999 12345678", "DE", PhoneProblem.NO_COUNTRY),
        ("+49 171 1234567 ext. 5", "DE", PhoneProblem.EXTENSION),
        ("+49 1", "DE", TOO_SHORT),
        ("00", "DE", TOO_SHORT),
        ("1" * 300, "DE", TOO_LONG),
    ],
)
def test_what_is_no_number_at_all(
    written: str, home: str | None, problem: PhoneProblem
) -> None:
    assert phone_number(written, home) is problem


def test_a_satellite_phone_has_no_country() -> None:
    assert phone_number("+883510012345678", None) == PhoneNumber(
        "+883510012345678", None
    )
    assert country_of("+883510012345678") is None
    assert country_of("+49") is None
