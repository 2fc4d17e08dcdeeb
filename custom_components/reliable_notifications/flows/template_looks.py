"""How an event would be told with a text that is not kept yet, to be looked at.

With an example in place of what really happens, and every fact known. Must not keep or
tell anything.
"""

from __future__ import annotations

from collections.abc import Mapping
import re

from homeassistant.util import dt as dt_util

from ..engine.content.examples import example
from ..engine.content.languages import LANGUAGES
from ..engine.vocabulary import Event, Message, Priority, Recipient, Shape
from ..texts.message_templates import MessageTemplate, Problem
from ..texts.wording import Preview, Wording

# The id of what is being written, among those of what is kept
DRAFT = "draft"

# Whatever means something to Markdown is one of these
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def looks(wording: Wording, draft: MessageTemplate) -> Mapping[Shape, Preview]:
    """How the draft's event is told in each form, to somebody of its language."""
    now = dt_util.utcnow().timestamp()
    is_ours = draft.event in LANGUAGES["en"].events
    event = Event(
        key=draft.event,
        at=now,
        title="" if is_ours else "Basement",
        message="" if is_ours else "Water on the floor",
        own_words=not is_ours,
        priority=Priority.MEDIUM,
        data=example(now),
    )
    reader = Recipient(id="", name="Anna", channels=(), language=draft.language)
    return wording.preview(event, reader, Shape, openly=True)


def template_problem(previews: Mapping[Shape, Preview]) -> Problem | None:
    """What is wrong with the draft, in any of the forms that it is for."""
    problems = (each.problem for each in previews.values() if each.template == DRAFT)
    return next(filter(None, problems), None)


def in_markdown(previews: Mapping[Shape, Preview]) -> dict[str, str]:
    """What each form says, for a page that takes Markdown: shown as it is told."""
    return {shape.value: _shown(each.message) for shape, each in previews.items()}


def _shown(message: Message) -> str:
    # of an e-mail what is written on the paper, not the paper
    told = _as_it_is(message.bare or message.message)
    return f"**{_as_it_is(message.title)}**\n\n{told}" if message.title else told


def _as_it_is(text: str) -> str:
    lines = (_PUNCTUATION.sub(r"\\\1", line.strip()) for line in text.splitlines())
    return "\n".join(lines)
