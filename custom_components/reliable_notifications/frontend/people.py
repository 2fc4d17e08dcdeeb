"""The view of people: what each of them wishes, for themselves to change.

Everybody sees their own part, who runs the home sees all. That only they can change it
is seen to where it is changed. Shows only; no wish is known here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .cards import Card, heading, markdown, row, rows, section, subtitle, view
from .entities import Finder
from .texts import Texts

# in groups under their own headings, in the order of how often they are changed
GROUPS = (
    ("quiet", ("quiet_hours", "quiet_from", "quiet_until")),
    ("reading", ("digest", "digest_at", "detailed")),
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


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCards:
    """A recipient: their entities, and the ids of the users who may see them."""

    name: str
    find: Finder
    users: Sequence[str]


def people_view(people: Sequence[PersonCards], texts: Texts) -> Card:
    """Build the view: a section for each, seen by those whom it concerns."""
    sections = [
        section(
            [heading(person.name, "mdi:account"), *_groups(person.find, texts)],
            visibility=[{"condition": "user", "users": list(person.users)}],
        )
        for person in people
    ]
    if not people:
        sections = [section([markdown(texts("people", "none_yet"))])]
    columns = min(3, len(sections))
    title = texts("people", "title")
    return view(title, "people", "mdi:account-group", sections, columns=columns)


def _groups(find: Finder, texts: Texts) -> list[Card]:
    cards = []
    for name, keys in GROUPS:
        shown = [row(each) for key in keys if (each := find(key)) is not None]
        if shown:
            cards += [subtitle(texts("people", name)), rows(shown)]
    return cards
