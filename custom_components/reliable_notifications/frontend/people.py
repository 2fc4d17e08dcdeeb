"""The view of people: what each of them wishes, for themselves to change.

Everybody sees their own part, who runs the home sees all. That only they can change it
is seen to where it is changed. Shows only; no wish is known here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .cards import (
    Card,
    has_some,
    heading,
    markdown,
    row,
    row_if,
    rows,
    section,
    subtitle,
    view,
)
from .entities import Finder
from .texts import Texts

# in groups under their own headings, in the order of how often they are changed
GROUPS = (
    ("snooze", ("snoozed_until", "snooze_until_tomorrow", "end_snooze")),
    ("quiet", ("quiet_hours", "quiet_from", "quiet_until", "quiet_days")),
    ("sleep", ("sleep_times", "sleep_from", "sleep_until")),
    (
        "reading",
        ("digest_rhythm", "digest_day", "digest_at", "detailed", "message_language"),
    ),
    ("privacy", ("private_speakers", "private_lock_screen")),
    (
        "topics",
        (
            "about_appliance",
            "about_safety",
            "about_system",
            "about_maintenance",
            "about_repair",
            "about_reward",
            "about_general",
        ),
    ),
)

# what says nothing while its switch, its rhythm or its snooze is off
_AT_TIMES = (
    *("snoozed_until", "quiet_from", "quiet_until", "quiet_days"),
    *("sleep_from", "sleep_until", "digest_day", "digest_at"),
)
# the row of the first is there while the entity of the second has something to show
_SHOWN_WITH = dict(zip(_AT_TIMES, _AT_TIMES, strict=True))
_SHOWN_WITH["end_snooze"] = "snoozed_until"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCards:
    """A recipient: their entities, and the ids of the users who may see them.

    `channels` are the ids of those over which they may hear something.
    """

    name: str
    find: Finder
    channels: Sequence[str]
    users: Sequence[str]


def people_view(people: Sequence[PersonCards], texts: Texts) -> Card:
    """Build the view: a section for each, seen by those whom it concerns."""
    sections = [
        section(
            [heading(person.name, "mdi:account"), *_groups(person, texts)],
            visibility=[{"condition": "user", "users": list(person.users)}],
        )
        for person in people
    ]
    if not people:
        sections = [section([markdown(texts("people", "none_yet"))])]
    columns = min(3, len(sections))
    title = texts("people", "title")
    return view(title, "people", "mdi:account-group", sections, columns=columns)


def _groups(person: PersonCards, texts: Texts) -> list[Card]:
    cards = []
    over = tuple(f"least_{channel_id}" for channel_id in person.channels)
    for name, keys in (*GROUPS, ("over", over)):
        shown = [each for key in keys if (each := _row(person, key)) is not None]
        if shown:
            cards += [subtitle(texts("people", name)), rows(shown)]
    return cards


def _row(person: PersonCards, key: str) -> Card | None:
    shown, other = person.find(key), person.find(_SHOWN_WITH.get(key, ""))
    if shown is None or other is None:
        return None if shown is None else row(shown)
    return row_if(has_some(other), shown)
