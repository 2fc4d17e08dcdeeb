"""Amounts, lengths of time and moments, as people of a language write or say them.

Must not know events, nor convert between time zones: moments come in as local ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from .languages.table import Language, Plurals, Unit

_LENGTHS = ((Unit.DAY, 86400), (Unit.HOUR, 3600), (Unit.MINUTE, 60))
# Smaller amounts would be printed as 0.00 kWh, which reads like a fault
LEAST_WH = 5.0
# A day is named by its weekday for so long that the name cannot be mistaken
_NAMED_BY_WEEKDAY = timedelta(days=6)


def duration(seconds: float, language: Language, *, spoken: bool = False) -> str:
    """A length of time in its two largest units: *1 h 12 min*, *4 min*, *45 s*."""
    counts = _counts(seconds)
    if spoken:
        said = (f"{count} {_form(count, unit, language)}" for count, unit in counts)
        return " ".join(said)
    return " ".join(f"{count} {language.written[unit]}" for count, unit in counts)


def energy(watt_hours: float, language: Language, *, spoken: bool = False) -> str:
    """An amount of energy in kilowatt-hours, the unit on the bill."""
    unit = language.kilowatt_hours if spoken else "kWh"
    return f"{number(watt_hours / 1000, language, digits=2)} {unit}"


def percent(value: float, language: Language) -> str:
    """A share in percent, without digits that say nothing: *99 %*, *98.2 %*."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return f"{text.replace('.', ',') if language.decimal_comma else text} %"


def money(amount: float, currency: str, language: Language) -> str:
    """An amount of money; the ISO code of its currency is understood everywhere."""
    return f"{number(amount, language, digits=2)} {currency}".rstrip()


def number(value: float, language: Language, *, digits: int) -> str:
    """A number with so many digits after the decimal sign of the language."""
    text = f"{value:.{digits}f}"
    return text.replace(".", ",") if language.decimal_comma else text


def moment(at: datetime, now: datetime, language: Language) -> str:
    """A local moment as short as it can be told from any other: *Tue 14:03*."""
    clock = f"{at:%H:%M}"
    if at.date() == now.date():
        return clock
    if abs(now - at) < _NAMED_BY_WEEKDAY:
        return f"{language.days[at.weekday()]} {clock}"
    return f"{at:%Y-%m-%d} {clock}"


def _counts(seconds: float) -> Iterable[tuple[int, Unit]]:
    """The two largest units of a length of time, with how many of each there are."""
    whole = max(0, round(seconds))
    if whole < 60:
        return ((whole, Unit.SECOND),)
    # rounded to minutes first: 59 min 59 s is an hour
    return tuple(_parts(round(whole / 60) * 60))[:2]


def _parts(whole: int) -> Iterator[tuple[int, Unit]]:
    for unit, length in _LENGTHS:
        count, whole = divmod(whole, length)
        if count:
            yield count, unit


def _form(count: int, unit: Unit, language: Language) -> str:
    """The form of a unit's name that goes with a number."""
    forms = language.spoken[unit]
    if language.plurals is Plurals.POLISH and count != 1:
        few = count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14)
        return forms[1 if few else 2]
    singular = (0, 1) if language.plurals is Plurals.ZERO_ONE_OTHER else (1,)
    return forms[0 if count in singular else 1]
