"""Reads the recipes of the documentation: stories that can be replayed.

A recipe is a page of `docs/recipes` with a title, a few sentences, and one block of
YAML. What is in the block is checked here, so that a misspelt word is never a recipe
that asserts less than it seems to. Must not know Home Assistant's core.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
import re
from typing import Any

from homeassistant.util.yaml import parse_yaml

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "recipes"
INDEX = FOLDER / "README.md"

# A story is short: who wants to know more reads the other pages
LONGEST_STORY = 700

_PAGE = re.compile(
    r"\A# (?P<title>[^\n]+)\n\n(?P<story>[^`]+)\n\n```yaml\n(?P<block>.+?)```\n\Z",
    re.DOTALL,
)
_WORDS = frozenset(["home", "steps", "expect"])
_HOME = frozenset(
    [
        "now",
        "channels",
        "people",
        "appliances",
        "rules",
        "events",
        "options",
        "rooms",
        "states",
    ]
)
STEPS = frozenset(
    [
        "acknowledge",
        "breaks",
        "explain",
        "feedback",
        "fire",
        "pass",
        "pause",
        "resolve",
        "resume",
        "send",
        "set",
        "snooze",
        "turn",
        "until",
    ]
)
_EXPECT = frozenset(["told", "explained", "answers", "hints"])
_TOLD = frozenset(["at", "through", "says"])
EXPLAINED = frozenset(
    [
        "message",
        "number",
        "for",
        "decided",
        "because",
        "unless",
        "ended",
        "reason",
        "through",
    ]
)


class RecipeError(ValueError):
    """What is wrong with a page, in a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """One page."""

    name: str
    title: str
    story: str
    home: Mapping[str, Any]
    steps: tuple[tuple[str, Any], ...]
    expect: Mapping[str, Any]


def recipes() -> list[Recipe]:
    """All pages, in the order of their names. Raises RecipeError."""
    return [
        read(page.stem, page.read_text(encoding="utf-8"))
        for page in sorted(FOLDER.glob("*.md"))
        if page != INDEX
    ]


def read(name: str, text: str) -> Recipe:
    """Take a page apart. Raises RecipeError for what is not as it has to be."""
    found = _PAGE.match(text)
    if found is None:
        raise RecipeError(f"{name} is not a title, a story and one block of YAML")
    story = " ".join(found["story"].split())
    if len(story) > LONGEST_STORY:
        raise RecipeError(f"{name} tells a story of {len(story)} characters")
    block = parse_yaml(found["block"])
    if not isinstance(block, dict) or block.keys() != _WORDS:
        raise RecipeError(f"{name} needs home, steps and expect, and nothing else")
    home, expect = block["home"], block["expect"]
    _known(name, home, _HOME)
    _known(name, expect, _EXPECT)
    if "told" not in expect or not expect.get("explained"):
        raise RecipeError(f"{name} must say who is told what, and how it is explained")
    for each in expect["told"]:
        _known(name, each, _TOLD)
        if each.keys() != _TOLD:
            raise RecipeError(f"{name} must say when, through what and what is told")
    for each in expect["explained"]:
        _known(name, each, EXPLAINED)
        if not {"for", "decided", "ended"} <= each.keys():
            raise RecipeError(f"{name} must say what was decided for whom, and its end")
    steps = []
    for each in block["steps"]:
        _known(name, each, STEPS)
        steps += list(each.items())
    return Recipe(
        name=name,
        title=found["title"],
        story=story,
        home=home,
        steps=tuple(steps),
        expect=expect,
    )


def index(found: Iterable[Recipe]) -> str:
    """The lines of the index, one for each recipe."""
    return "".join(f"- [{each.title}]({each.name}.md)\n" for each in found)


def _known(name: str, words: Mapping[str, Any], known: frozenset[str]) -> None:
    if strange := sorted(words.keys() - known):
        raise RecipeError(f"{name} has words that nobody reads: {', '.join(strange)}")
