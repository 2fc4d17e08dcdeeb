"""What people write as a phone number, as the one form that every service takes.

The plan of each country's numbers is Google's, in the library `phonenumbers`. Says what
is wrong with a number in words that have a translation; must not know whose it is, nor
send anything to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import phonenumbers
from phonenumbers import (
    NumberParseException,
    PhoneNumberFormat,
    PhoneNumberType,
    ValidationResult,
)

# Kinds of lines on which nobody reads a text message, or which are dear to call
_NO_TEXTS = frozenset(
    {
        PhoneNumberType.FIXED_LINE,
        PhoneNumberType.TOLL_FREE,
        PhoneNumberType.PREMIUM_RATE,
        PhoneNumberType.SHARED_COST,
        PhoneNumberType.PAGER,
        PhoneNumberType.UAN,
        PhoneNumberType.VOICEMAIL,
    }
)


class PhoneProblem(StrEnum):
    """What is wrong with a number; the values are keys of translated texts."""

    NOT_A_NUMBER = "phone_not_a_number"
    NO_COUNTRY = "phone_no_country"
    TOO_SHORT = "phone_too_short"
    TOO_LONG = "phone_too_long"
    EXTENSION = "phone_extension"
    NOT_GIVEN_OUT = "phone_not_given_out"
    NO_TEXTS = "phone_no_texts"


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """A number that can get text messages.

    `e164` is the form of ITU-T E.164: plus, country, number, at most 15 digits.
    `country` is in two letters (ISO 3166), None for numbers of no country.
    """

    e164: str
    country: str | None


def phone_number(written: str, home: str | None) -> PhoneNumber | PhoneProblem:
    """Read a number as it is written in the country `home` (two letters), or abroad.

    Takes what people write: spaces, brackets, dashes, a leading 0, 00 or plus.
    """
    try:
        read = phonenumbers.parse(written, home)
    except NumberParseException as error:
        return _why_unreadable(error, written)
    if read.extension:
        return PhoneProblem.EXTENSION
    match phonenumbers.is_possible_number_with_reason(read):
        case ValidationResult.TOO_SHORT | ValidationResult.IS_POSSIBLE_LOCAL_ONLY:
            return PhoneProblem.TOO_SHORT
        case ValidationResult.TOO_LONG:
            return PhoneProblem.TOO_LONG
    if not phonenumbers.is_valid_number(read):
        return PhoneProblem.NOT_GIVEN_OUT
    if phonenumbers.number_type(read) in _NO_TEXTS:
        return PhoneProblem.NO_TEXTS
    return PhoneNumber(
        e164=phonenumbers.format_number(read, PhoneNumberFormat.E164),
        country=_letters(phonenumbers.region_code_for_number(read)),
    )


def country_of(e164: str) -> str | None:
    """The country of a number that is in the form of E.164, in two letters."""
    read = phone_number(e164, None)
    return read.country if isinstance(read, PhoneNumber) else None


def with_code(country: str | None) -> str:
    """A country as people know it from a phone: *FR (+33)*."""
    code = phonenumbers.country_code_for_region(country) if country else 0
    return f"{country} (+{code})" if code else country or "?"


def _letters(region: str | None) -> str | None:
    """Numbers of no country (satellites) have digits in its place."""
    return region if region and region.isalpha() else None


def _why_unreadable(error: NumberParseException, written: str) -> PhoneProblem:
    match error.error_type:
        case NumberParseException.INVALID_COUNTRY_CODE:
            return PhoneProblem.NO_COUNTRY
        case NumberParseException.TOO_LONG:
            return PhoneProblem.TOO_LONG
        case (
            NumberParseException.TOO_SHORT_NSN
            | NumberParseException.TOO_SHORT_AFTER_IDD
        ):
            return PhoneProblem.TOO_SHORT
    return PhoneProblem.NOT_A_NUMBER
