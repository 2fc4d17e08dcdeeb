"""What a recipient wants to read: how many words, how private, what in a digest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ...const import CONF_PREFERENCES
from ..fields import Field, Group, yes_no_field
from ..subentry_form import Answers
from ..times import (
    DAYS,
    clock,
    minute,
    time_field,
    weekdays_field,
    weekdays_shown,
    weekdays_stored,
)
from .page import Page, Stored, Surroundings, with_part

DIGEST = "digest"
WANTED, TIME, ARRIVAL = "wanted", "time", "on_arrival"
DETAILED, SPEAKERS, LOCK_SCREEN = "detailed", "private_speakers", "private_lock_screen"

# what holds where nobody has chosen (engine/vocabulary/routing.py)
_DEFAULTS = {DETAILED: True, SPEAKERS: True, LOCK_SCREEN: False}


class Reading(Page):
    """Words and digest."""

    key = "reading"

    def fields(self, around: Surroundings, stored: Stored) -> Iterable[Field | Group]:
        """Yes or no, and a time for the digest."""
        return (
            *(yes_no_field(key) for key in _DEFAULTS),
            Group(
                key=DIGEST,
                fields=(
                    yes_no_field(WANTED),
                    time_field(TIME),
                    weekdays_field(),
                    yes_no_field(ARRIVAL),
                ),
                folded=False,
            ),
        )

    def shown(self, around: Surroundings, stored: Stored) -> Answers:
        """As it is stored."""
        wishes = stored.get(CONF_PREFERENCES, {})
        shown: dict[str, Any] = {
            key: wishes.get(key, default) for key, default in _DEFAULTS.items()
        }
        digest = wishes.get(DIGEST)
        if digest is not None:
            shown[DIGEST] = {
                WANTED: True,
                TIME: clock(digest["minute"]),
                DAYS: weekdays_shown(digest),
                ARRIVAL: digest.get(ARRIVAL, False),
            }
        return shown

    def problems(
        self, around: Surroundings, answers: Answers
    ) -> Mapping[str, str | None]:
        """A digest comes at a time."""
        digest = answers.get(DIGEST, {})
        lacks = digest.get(WANTED) and digest.get(TIME) is None
        return {DIGEST: "digest_time_missing" if lacks else None}

    def changed(
        self, around: Surroundings, stored: Stored, answers: Answers
    ) -> dict[str, Any]:
        """What is as it would be anyway needs no word."""
        wishes = {
            key: each
            for key, each in stored.get(CONF_PREFERENCES, {}).items()
            if key not in (*_DEFAULTS, DIGEST)
        }
        for key, default in _DEFAULTS.items():
            if (chosen := answers.get(key, default)) is not default:
                wishes[key] = chosen
        digest = answers.get(DIGEST, {})
        if digest.get(WANTED):
            wishes[DIGEST] = {
                "minute": minute(digest[TIME]),
                **weekdays_stored(digest.get(DAYS, ())),
                **({ARRIVAL: True} if digest.get(ARRIVAL) else {}),
            }
        return with_part(stored, CONF_PREFERENCES, wishes)
