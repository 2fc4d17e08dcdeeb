"""The page about templates lists every variable and every event, and no other."""

from __future__ import annotations

import re

from custom_components.reliable_notifications.engine.content.languages import LANGUAGES
from custom_components.reliable_notifications.engine.content.messages import fields_of
from custom_components.reliable_notifications.texts.message_templates import (
    ABOUT,
    FACTS,
)

from .source_tree import REPOSITORY

PAGE = (REPOSITORY / "docs" / "templates.md").read_text(encoding="utf-8")
# told in two ways, by one fact
_SAME = {"ended_about": "ended"}


def _rows(heading: str) -> list[list[str]]:
    """The cells of the rows that begin with a name, under a heading."""
    section = re.split(r"^## ", PAGE, flags=re.MULTILINE)
    (text,) = [each for each in section if each.startswith(heading)]
    return [
        [cell.strip() for cell in line.strip("|").split(" | ")]
        for line in text.splitlines()
        if line.startswith("| `")
    ]


def _names(cell: str) -> set[str]:
    return set(re.findall(r"`(\w+)`", cell))


def test_every_variable_is_listed() -> None:
    rows = _rows("Variables")
    listed = [name for row in rows for name in _names(row[0])]
    assert sorted(listed) == sorted((*FACTS, *ABOUT))
    assert all(len(row) == 3 and all(row) for row in rows)


def test_every_event_is_listed_with_its_facts() -> None:
    listed = {row[0].strip("`"): _names(row[1]) for row in _rows("Events")}
    assert listed.pop("message") == set()
    texts = LANGUAGES["en"].events
    assert listed.keys() == texts.keys()
    for key, each in texts.items():
        told = {
            _SAME.get(name, name)
            for sentence in (each.title, *each.message, *each.speech)
            for option in ((sentence,) if isinstance(sentence, str) else sentence)
            for name in fields_of(option)
        }
        assert listed[key] == told, key
