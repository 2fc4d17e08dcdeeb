"""Times of the day in forms: the fields, and what is stored of them.

A span of time is a start, an end and weekdays; nothing filled in is no span. Must not
know what a span is for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from homeassistant.helpers.selector import TimeSelector

from .fields import Field, several_field

START, END, DAYS = "start", "end", "weekdays"

# the words of the selector, in the order of the engine's numbers: 0 is Monday
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_HOUR = 60


def time_field(key: str) -> Field:
    """A time of the day."""
    return Field(key=key, selector=TimeSelector(), required=False)


def weekdays_field(key: str = DAYS) -> Field:
    """Some weekdays; none chosen means every day."""
    return several_field(key, WEEKDAYS, "weekday")


def span_fields() -> tuple[Field, ...]:
    """From when to when, on which days."""
    return (time_field(START), time_field(END), weekdays_field())


def span_problem(answers: Mapping[str, Any]) -> str | None:
    """What is wrong with a span, if anything."""
    start, end = answers.get(START), answers.get(END)
    if (start is None) is not (end is None):
        return "span_half"
    return "span_empty" if start is not None and start == end else None


def span_stored(answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What to store of a span that has no problem: none or one."""
    if answers.get(START) is None:
        return []
    return [
        {
            "start": minute(answers[START]),
            "end": minute(answers[END]),
            **weekdays_stored(answers.get(DAYS, ())),
        }
    ]


def span_shown(stored: Mapping[str, Any] | None) -> dict[str, Any]:
    """What is stored, as the form shows it."""
    if stored is None:
        return {}
    return {
        START: clock(stored["start"]),
        END: clock(stored["end"]),
        DAYS: weekdays_shown(stored),
    }


def weekdays_stored(chosen: Iterable[str]) -> dict[str, list[int]]:
    """Numbers of the weekdays; every day needs no word."""
    numbers = sorted(WEEKDAYS.index(day) for day in chosen)
    return {"weekdays": numbers} if 0 < len(numbers) < len(WEEKDAYS) else {}


def weekdays_shown(stored: Mapping[str, Any]) -> Sequence[str]:
    """The words of the weekdays that are stored."""
    return [WEEKDAYS[number] for number in stored.get("weekdays", ())]


def minute(time: str) -> int:
    """The minute of the day of a time as the selector has it, *HH:MM:SS*."""
    hours, minutes = time.split(":")[:2]
    return int(hours) * _HOUR + int(minutes)


def clock(minute_of_day: int) -> str:
    """The selector's form of a minute of the day."""
    hours, minutes = divmod(minute_of_day, _HOUR)
    return f"{hours:02}:{minutes:02}:00"
