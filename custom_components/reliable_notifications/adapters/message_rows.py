"""A message as it stands in a row, and comes out of it again.

A list of its parts; what is empty at the end is left out. Must not know in which table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..engine.vocabulary import Message, Shape


def to_parts(messages: Mapping[Shape, Message]) -> dict[str, list[str]]:
    """A message for each shape, for JSON."""
    return {shape.value: _parts(each) for shape, each in messages.items()}


def from_parts(stored: Mapping[str, Sequence[str]]) -> dict[Shape, Message]:
    """The messages as they were stored, also by a version that knew fewer parts."""
    return {Shape(shape): _message(*parts) for shape, parts in stored.items()}


def _parts(message: Message) -> list[str]:
    parts = [message.title, message.message, message.html, message.bare]
    while len(parts) > 2 and not parts[-1]:
        parts.pop()
    return parts


def _message(title: str, message: str, html: str = "", bare: str = "") -> Message:
    return Message(title=title, message=message, html=html, bare=bare)
