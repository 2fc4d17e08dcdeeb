"""The texts about a cycle, by language.

Makes a title and a message out of facts; must not know channels, look at a clock
or convert times: local times come in as text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..vocabulary import CycleEventKind, Message

_MINUTE = 60
_HOUR = 3600
# Smaller amounts would be printed as 0.00 kWh, which reads like a fault
_LEAST_WH = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Phrases:
    """The texts of one language; `{}` fields are filled by `compose`."""

    titles: Mapping[CycleEventKind, str]
    started: str
    started_at: str
    ran: str
    ran_and_used: str
    used: str
    ended: str
    ended_about: str
    reopened: str
    interrupted: str
    interrupted_at: str
    expected: str
    brief: str
    waiting_title: str
    waiting: str


_ENGLISH = _Phrases(
    titles={
        CycleEventKind.STARTED: "{appliance} started",
        CycleEventKind.FINISHED: "{appliance} finished",
        CycleEventKind.REOPENED: "{appliance} is still running",
        CycleEventKind.INTERRUPTED: "{appliance} was interrupted",
        CycleEventKind.ALMOST_DONE: "{appliance} is almost done",
        CycleEventKind.SHORT_RUN: "{appliance} ran only briefly",
    },
    started="It has started.",
    started_at="Started at {time}.",
    ran="Ran {duration}.",
    ran_and_used="Ran {duration} and used {energy}.",
    used="Used {energy}.",
    ended="Ended at {time}.",
    ended_about="Ended at about {time}; the sensor was silent then.",
    reopened="It was announced as finished too early; the same cycle goes on.",
    interrupted="It stopped before its end.",
    interrupted_at="It stopped at {time}, before its end.",
    expected="It will probably end at {time}.",
    brief="That was too short for a cycle.",
    waiting_title="{appliance} wants to be emptied",
    waiting="It finished {duration} ago.",
)

# Languages are added here; what is missing falls back to English
_LANGUAGES: Mapping[str, _Phrases] = {"en": _ENGLISH}


def compose(  # noqa: PLR0913 - facts, each of which may be unknown
    kind: CycleEventKind,
    *,
    appliance: str,
    duration_s: float | None = None,
    energy_wh: float | None = None,
    started_local: str | None = None,
    ended_local: str | None = None,
    expected_local: str | None = None,
    estimated: bool = False,
    language: str = "en",
) -> Message:
    """Say what happened to a cycle; facts that are not known are left out."""
    phrases = _phrases(language)
    parts: list[str | None]
    match kind:
        case CycleEventKind.STARTED:
            parts = [_at(phrases.started_at, started_local) or phrases.started]
        case CycleEventKind.FINISHED:
            ended = phrases.ended_about if estimated else phrases.ended
            parts = [_effort(phrases, duration_s, energy_wh), _at(ended, ended_local)]
        case CycleEventKind.REOPENED:
            parts = [phrases.reopened]
        case CycleEventKind.ALMOST_DONE:
            parts = [_at(phrases.expected, expected_local)]
        case CycleEventKind.SHORT_RUN:
            parts = [phrases.brief]
        case _:  # interrupted
            parts = [
                _at(phrases.interrupted_at, ended_local) or phrases.interrupted,
                _effort(phrases, duration_s, energy_wh),
            ]
    title = phrases.titles[kind].format(appliance=appliance)
    text = " ".join(part for part in parts if part)
    return Message(title=title, message=text or title)


def compose_reminder(*, appliance: str, idle_s: float, language: str = "en") -> Message:
    """Remind of a load that is still in the appliance."""
    phrases = _phrases(language)
    return Message(
        title=phrases.waiting_title.format(appliance=appliance),
        message=phrases.waiting.format(duration=duration(idle_s)),
    )


def _phrases(language: str) -> _Phrases:
    """The texts of a language, by its first part: *en* for *en-GB*."""
    return _LANGUAGES.get(language.partition("-")[0].lower(), _ENGLISH)


def _at(phrase: str, local_time: str | None) -> str | None:
    """A phrase with its time, if the time is known."""
    return phrase.format(time=local_time) if local_time else None


def _effort(
    phrases: _Phrases, duration_s: float | None, energy_wh: float | None
) -> str | None:
    """How long it ran and what it used, as far as known."""
    length = None if duration_s is None else duration(duration_s)
    used = None if energy_wh is None or energy_wh < _LEAST_WH else energy(energy_wh)
    if length and used:
        return phrases.ran_and_used.format(duration=length, energy=used)
    if length:
        return phrases.ran.format(duration=length)
    return phrases.used.format(energy=used) if used else None


def duration(seconds: float) -> str:
    """A length of time as people say it: *1 h 12 min*, *4 min*, *45 s*."""
    whole = max(0, round(seconds))
    if whole < _MINUTE:
        return f"{whole} s"
    minutes = round(whole / _MINUTE)
    if minutes < _HOUR // _MINUTE:
        return f"{minutes} min"
    hours, rest = divmod(minutes, _MINUTE)
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def energy(watt_hours: float) -> str:
    """An amount of energy in kilowatt-hours, the unit on the bill."""
    return f"{watt_hours / 1000:.2f} kWh"
