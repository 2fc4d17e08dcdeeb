"""From the facts of an event to the words that its texts are filled with.

What a fact is, is said by the end of its name: `_s` a length of time in seconds, `_wh`
energy in watt-hours, `_percent` a share, `_at` a moment in seconds since 1970. So an
automation can give facts of its own. Must not compose sentences.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from ..vocabulary import Instant, Scalar
from .amounts import LEAST_WH, duration, energy, moment, money, percent
from .languages.table import Language

# ends of names, and what is left of the name when they are taken off
_LENGTH, _ENERGY, _SHARE, _MOMENT = "_s", "_wh", "_percent", "_at"
# what is measured of our own work has a name in each language
_OBJECTIVE = "objective"
# an amount of money, in the currency that another fact names
_MONEY, _CURRENCY = ("cost", "saved"), "currency"
# whether the end is only thought to be where it is given
_ESTIMATED, _ENDED, _ENDED_ABOUT = "estimated", "ended", "ended_about"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """In which language facts are told, and what time it is there."""

    language: Language
    zone: tzinfo
    now: Instant


def in_words(
    data: Mapping[str, Scalar], place: Place, *, spoken: bool = False
) -> dict[str, str]:
    """The facts that are known, by the names that texts use for them."""
    words: dict[str, str] = {}
    for name, value in data.items():
        if value is None or value == "" or isinstance(value, bool):
            continue
        known, text = _word(name, value, data, place, spoken=spoken)
        if text is not None:
            words[known] = text
    if data.get(_ESTIMATED) is True and _ENDED in words:
        words[_ENDED_ABOUT] = words[_ENDED]
    return words


def _word(
    name: str,
    value: str | float,
    data: Mapping[str, Scalar],
    place: Place,
    *,
    spoken: bool,
) -> tuple[str, str | None]:
    """The name that texts use for a fact, and its words; None where it says nothing."""
    language = place.language
    if isinstance(value, str):
        text = value.strip()
        if name == _OBJECTIVE:
            text = language.objectives.get(text, text)
        return name, text or None
    if name.endswith(_LENGTH):
        return name[: -len(_LENGTH)], duration(value, language, spoken=spoken)
    if name.endswith(_ENERGY):
        told = energy(value, language, spoken=spoken) if value >= LEAST_WH else None
        return name[: -len(_ENERGY)], told
    if name.endswith(_SHARE):
        return name[: -len(_SHARE)], percent(value, language)
    if name.endswith(_MOMENT):
        return name[: -len(_MOMENT)], _moment(value, place)
    if name in _MONEY:
        return name, money(value, str(data.get(_CURRENCY) or ""), language)
    return name, f"{value:.10g}"


def _moment(at: Instant, place: Place) -> str:
    local, now = (datetime.fromtimestamp(each, place.zone) for each in (at, place.now))
    return moment(local, now, place.language)
