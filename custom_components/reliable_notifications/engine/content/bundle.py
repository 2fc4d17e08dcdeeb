"""Several messages in the words of one.

Few are told in full; of many it says how many there are, and the first of them. Must
not decide which messages are told together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from ..vocabulary import Message, Shape
from .languages.table import Language, Saying

# Up to so many are told in full: as many lines as a phone shows of a message
FEW = 3

# Of more, so many different ones are named; whoever wants all looks at the dashboard.
# An ear keeps fewer than an eye
_NAMED: Mapping[Shape, int] = {Shape.SPEECH: 3, Shape.SHORT_TEXT: 3}
_NAMED_ELSE = 6

_BETWEEN: Mapping[Shape, str] = {Shape.SPEECH: ". ", Shape.SHORT_TEXT: "; "}
_BETWEEN_ELSE = "\n"
# in a letter each of the few has a paragraph of its own
_PARAGRAPHS = "\n\n"


def bundle(messages: Sequence[Message], language: Language, shape: Shape) -> Message:
    """What a person reads or hears instead of two messages or more."""
    title = language.sayings[Saying.TOGETHER].format(number=len(messages))
    between = _BETWEEN.get(shape, _BETWEEN_ELSE)
    if len(messages) > FEW or shape is Shape.SPEECH:
        told = between.join(_in_short(messages, language, shape))
        return Message(title=title, message=told)
    if shape is Shape.EMAIL:
        between = _PARAGRAPHS
    return Message(title=title, message=between.join(map(_in_full, messages)))


def _in_full(message: Message) -> str:
    if not message.title or message.title == message.message:
        return message.message
    return f"{message.title}: {message.message}"


def _in_short(
    messages: Sequence[Message], language: Language, shape: Shape
) -> list[str]:
    """What they are about, the same counted; and how many are left out."""
    # what is spoken may be told without names: its title need not be
    spoken = shape is Shape.SPEECH
    counts = Counter(
        each.message.rstrip(".") if spoken or not each.title else each.title
        for each in messages
    )
    named = list(counts.items())[: _NAMED.get(shape, _NAMED_ELSE)]
    lines = [line if number == 1 else f"{line} ({number})" for line, number in named]
    left_out = len(messages) - sum(number for _, number in named)
    if left_out:
        lines.append(language.sayings[Saying.AND_MORE].format(number=left_out))
    return lines
