"""What could wait, in one message: by category, with what is still open.

Must not decide what belongs into it, or when it is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..vocabulary import Message, Shape
from .languages.table import Language

# A phone shows some ten lines of an opened message; who wants all reads the mail, or
# the list in the app
MOST_LINES = 10
_MORE = "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestItem:
    """One message that waited: its category, its words, and when it arose, in words."""

    category: str
    message: Message
    at: str


def digest(
    summary: Message, items: Sequence[DigestItem], language: Language, shape: Shape
) -> Message:
    """The words of a digest; `summary` are its title and its sentences.

    Aloud and by text message only the summary is told.
    """
    if shape in (Shape.SPEECH, Shape.SHORT_TEXT):
        return summary
    lines = list(_by_category(items, language))
    if shape is Shape.PUSH and len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], _MORE]
    told = "\n".join(lines)
    if shape is Shape.EMAIL:  # a paragraph for each category
        told = "\n\n".join(_paragraphs(items, language))
    return Message(title=summary.title, message=f"{summary.message}\n\n{told}")


def _paragraphs(items: Sequence[DigestItem], language: Language) -> Iterator[str]:
    for category in _categories(items):
        own = [each for each in items if each.category == category]
        yield "\n".join((_heading(category, language), *map(_line, own)))


def _by_category(items: Sequence[DigestItem], language: Language) -> Iterator[str]:
    categories = _categories(items)
    for category in categories:
        if len(categories) > 1:
            yield _heading(category, language)
        yield from (_line(each) for each in items if each.category == category)


def _categories(items: Iterable[DigestItem]) -> list[str]:
    """In the order in which they came first."""
    return list(dict.fromkeys(each.category for each in items))


def _heading(category: str, language: Language) -> str:
    return language.categories.get(category, category)


def _line(item: DigestItem) -> str:
    words = item.message
    told = words.title or words.message
    return f"• {told} ({item.at})" if item.at else f"• {told}"
