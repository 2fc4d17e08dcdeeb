"""How single wishes are read from what is stored, and what is stored once they change.

Plain functions over plain data. What is switched off is kept aside, so that it comes
back as it was. Must not know who changes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from ..engine.vocabulary import EVERY_CHANNEL, Preferences

type Stored = Mapping[str, Any]

# What *on* means before anybody has said a time: the night of most households, and a
# morning on which what could wait is read at breakfast
QUIET, SLEEP = "quiet", "sleep"
_USUAL_SPANS = {
    QUIET: {"start": 22 * 60, "end": 7 * 60},
    SLEEP: {"start": 23 * 60, "end": 7 * 60},
}
_USUAL_DIGEST = {"minute": 8 * 60}

# when a day begins for who wants quiet until tomorrow: the end of most nights
_MORNING = 7

_DIGEST, _MUTED, _SNOOZES = "digest", "muted", "snoozes"
_ASIDE = "_aside"

_DEFAULTS = Preferences()


def is_wished(wishes: Stored, key: str) -> bool:
    """Whether something that is simply on or off is on."""
    return bool(wishes.get(key, getattr(_DEFAULTS, key)))


def wished(wishes: Stored, key: str, *, is_on: bool) -> Stored:
    """The wishes with it on or off; what is as it would be anyway needs no word."""
    rest = {name: each for name, each in wishes.items() if name != key}
    return rest if is_on is getattr(_DEFAULTS, key) else {**rest, key: is_on}


def has_spans(wishes: Stored, key: str) -> bool:
    """Whether there are quiet hours, or times of sleep."""
    return bool(wishes.get(key))


def with_spans(wishes: Stored, key: str, *, is_on: bool) -> Stored:
    """The wishes with quiet hours or sleep as they were, or without them."""
    return _aside(wishes, key, [_USUAL_SPANS[key]], is_on=is_on)


def has_digest(wishes: Stored) -> bool:
    """Whether a digest is wanted."""
    return bool(wishes.get(_DIGEST))


def with_digest(wishes: Stored, *, is_on: bool) -> Stored:
    """The wishes with a digest as it was, or without one."""
    return _aside(wishes, _DIGEST, _USUAL_DIGEST, is_on=is_on)


def hears_of(wishes: Stored, category: str) -> bool:
    """Whether messages of a category are wanted at all."""
    return [category, EVERY_CHANNEL] not in [list(pair) for pair in _muted(wishes)]


def hearing_of(wishes: Stored, category: str, *, is_on: bool) -> Stored:
    """The wishes with or without the messages of a category."""
    pair = [category, EVERY_CHANNEL]
    muted = [list(each) for each in _muted(wishes) if list(each) != pair]
    return {**wishes, _MUTED: muted if is_on else [*muted, pair]}


def tomorrow(now: datetime) -> datetime:
    """The next morning, by the local wall clock: what *until tomorrow* means."""
    morning = now.replace(hour=_MORNING, minute=0, second=0, microsecond=0)
    return morning + timedelta(days=1)


def with_snooze(
    wishes: Stored, source: str | None, until: float | None, now: float
) -> Stored:
    """Nothing about an appliance (None: about anything) before `until`.

    `until` None: until it is emptied. What is over by `now` is forgotten.
    """
    kept = [
        each
        for each in wishes.get(_SNOOZES, ())
        if each["source"] != source and (each["until"] is None or each["until"] > now)
    ]
    return {**wishes, _SNOOZES: [*kept, {"source": source, "until": until}]}


def without_snooze(
    wishes: Stored, source: str | None, *, only_until_emptied: bool = False
) -> Stored:
    """It may be told again of an appliance (None: of anything)."""

    def stays(snooze: Stored) -> bool:
        timed = snooze["until"] is not None
        return snooze["source"] != source or (only_until_emptied and timed)

    return {**wishes, _SNOOZES: [*filter(stays, wishes.get(_SNOOZES, ()))]}


def without_snoozes(wishes: Stored) -> Stored:
    """Everything may be told again."""
    return {**wishes, _SNOOZES: []}


def snoozes(wishes: Stored, now: float) -> list[Stored]:
    """What is put off at the moment: each a `source` (None: all) and an `until`."""
    return [
        each
        for each in wishes.get(_SNOOZES, ())
        if each["until"] is None or each["until"] > now
    ]


def span_time(wishes: Stored, key: str, end: str) -> time | None:
    """The start or end of the first quiet hours, or of sleep; None without them."""
    spans = wishes.get(key)
    return _clock(spans[0][end]) if spans else None


def with_span_time(wishes: Stored, key: str, end: str, at: time) -> Stored:
    """The wishes with another start or end; where they would meet, nothing changes."""
    first, *others = wishes.get(key) or [_USUAL_SPANS[key]]
    changed = {**first, end: _minute(at)}
    if changed["start"] == changed["end"]:
        return wishes
    return {**wishes, key: [changed, *others]}


def digest_time(wishes: Stored) -> time | None:
    """When the digest comes; None where there is none."""
    digest = wishes.get(_DIGEST)
    return _clock(digest["minute"]) if digest else None


def with_digest_time(wishes: Stored, at: time) -> Stored:
    """The wishes with the digest at another time."""
    digest = wishes.get(_DIGEST) or _USUAL_DIGEST
    return {**wishes, _DIGEST: {**digest, "minute": _minute(at)}}


def _aside(wishes: Stored, key: str, usual: Any, *, is_on: bool) -> Stored:
    kept = f"{key}{_ASIDE}"
    rest = {name: each for name, each in wishes.items() if name not in (key, kept)}
    present = wishes.get(key)
    if not is_on:
        return {**rest, kept: present or wishes.get(kept)}
    return {**rest, key: present or wishes.get(kept) or usual}


def _muted(wishes: Stored) -> list[Any]:
    return list(wishes.get(_MUTED, ()))


def _clock(minute: int) -> time:
    return time(*divmod(minute, 60))


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
