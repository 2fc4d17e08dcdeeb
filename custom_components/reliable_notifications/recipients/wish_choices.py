"""Wishes of which one of several is chosen: when a digest comes, from what on.

Plain functions over plain data. What a form has stored in more detail than there are
choices is a choice of its own, which changes nothing. Must not know who chooses.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..engine.content.languages import LANGUAGES
from ..engine.vocabulary import Priority
from .wish_changes import QUIET, Stored, with_digest

# as it is where nobody has chosen a language: that of Home Assistant
AUTOMATIC = "automatic"
LANGUAGE_CHOICES = (AUTOMATIC, *sorted(LANGUAGES))

OFF, DAILY, WEEKLY, ARRIVAL = "off", "daily", "weekly", "arrival"
RHYTHMS = (OFF, DAILY, WEEKLY, ARRIVAL)

# 0 is Monday
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# A week is looked back on when it ends, until somebody chooses another day
_USUAL_DAY = 6

# days of quiet hours that were chosen one by one in the form, of a digest too
CHOSEN_DAYS = "chosen_days"
_SOME_DAYS: Mapping[str, tuple[int, ...]] = {
    "every_day": (),
    "working_days": (0, 1, 2, 3, 4),
    "weekend": (5, 6),
}
QUIET_DAYS = tuple(_SOME_DAYS)

# from the softest on: who wants everything has no bound
LEAST = tuple(priority.value for priority in reversed(Priority))

_DIGEST, _LEAST = "digest", "least"


def rhythm(wishes: Stored) -> str:
    """When the digest comes."""
    digest = wishes.get(_DIGEST)
    if not digest:
        return OFF
    if digest.get("on_arrival"):
        return ARRIVAL
    match len(digest.get("weekdays", ())):
        case 0:
            return DAILY
        case 1:
            return WEEKLY
    return CHOSEN_DAYS


def with_rhythm(wishes: Stored, option: str) -> Stored:
    """The wishes with a digest that comes so, at the time of before."""
    if option == OFF:
        return with_digest(wishes, is_on=False)
    if option in (CHOSEN_DAYS, rhythm(wishes)):
        return wishes
    wishes = with_digest(wishes, is_on=True)
    digest = {"minute": wishes[_DIGEST]["minute"]}
    more: dict[str, dict[str, Any]] = {
        DAILY: {},
        WEEKLY: {"weekdays": [_USUAL_DAY]},
        ARRIVAL: {"on_arrival": True},
    }
    return {**wishes, _DIGEST: digest | more[option]}


def digest_day(wishes: Stored) -> str | None:
    """The day of a digest that comes once a week; None where it does not."""
    if rhythm(wishes) != WEEKLY:
        return None
    (day,) = wishes[_DIGEST]["weekdays"]
    return DAYS[day]


def with_digest_day(wishes: Stored, option: str) -> Stored:
    """The wishes with the weekly digest on another day."""
    if rhythm(wishes) != WEEKLY:
        return wishes
    day = {"weekdays": [DAYS.index(option)]}
    return {**wishes, _DIGEST: {**wishes[_DIGEST], **day}}


def quiet_days(wishes: Stored) -> str | None:
    """On which days the first quiet hours begin; None where there are none."""
    spans = wishes.get(QUIET)
    if not spans:
        return None
    days = tuple(sorted(spans[0].get("weekdays", ())))
    known = (name for name, each in _SOME_DAYS.items() if each == days)
    return next(known, CHOSEN_DAYS)


def with_quiet_days(wishes: Stored, option: str) -> Stored:
    """The wishes with the first quiet hours on other days."""
    if option == CHOSEN_DAYS or not wishes.get(QUIET):
        return wishes
    first, *others = wishes[QUIET]
    rest = {key: each for key, each in first.items() if key != "weekdays"}
    days = _SOME_DAYS[option]
    return {**wishes, QUIET: [rest | ({"weekdays": [*days]} if days else {}), *others]}


def least(wishes: Stored, channel_id: str) -> str:
    """From which priority on a channel brings messages."""
    found: str = wishes.get(_LEAST, {}).get(channel_id, LEAST[0])
    return found


def with_least(wishes: Stored, channel_id: str, option: str) -> Stored:
    """The wishes with another bound for a channel; everything needs no word."""
    others = {
        key: each for key, each in wishes.get(_LEAST, {}).items() if key != channel_id
    }
    bound = {} if option == LEAST[0] else {channel_id: option}
    return {**wishes, _LEAST: others | bound}
