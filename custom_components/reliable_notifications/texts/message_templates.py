"""The texts that a person has put in place of ours: Home Assistant's own templates.

Finds the one that fits and renders it; says what is wrong instead of raising, so that
the plain text can be told. Must not know what that is, nor to whom it goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import TemplateError
from homeassistant.helpers.template import Template

from ..const import CONF_EVENT, CONF_LANGUAGE, CONF_MESSAGE, CONF_SHAPE, CONF_TITLE
from ..engine.content.languages.table import Label
from ..engine.vocabulary import Message, Shape

# The facts that the texts of the catalogue know; in a template they are always there,
# empty where they are not known, so that a name that is misspelt is found out
FACTS = (*(label.value for label in Label), "code")
# What is there besides: of the event, of whom it is told to, and the plain text
ABOUT = (
    *("title", "message", "event", "category", "priority", "recipient", "language"),
    *("shape", "home", "time", "data"),
)

# Characters of a message: what is longer was made by a mistake, and no channel takes it
_LONGEST = 8000


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageTemplate:
    """What somebody has written for an event; an empty title leaves ours.

    `shape` and `language` are None where it is meant for all of them.
    """

    id: str
    name: str
    event: str
    shape: Shape | None
    language: str | None
    title: str
    message: str

    @classmethod
    def of(cls, subentry: ConfigSubentry) -> MessageTemplate:
        """Read it as the form has stored it."""
        return cls.of_answers(subentry.subentry_id, subentry.title, subentry.data)

    @classmethod
    def of_answers(
        cls, key: str, name: str, data: Mapping[str, Any]
    ) -> MessageTemplate:
        """Read it as it stands in the form."""
        shape, language = data.get(CONF_SHAPE), data.get(CONF_LANGUAGE)
        return cls(
            id=key,
            name=name,
            event=data[CONF_EVENT].strip(),
            shape=Shape(shape) if shape else None,
            language=language or None,
            title=data.get(CONF_TITLE) or "",
            message=data[CONF_MESSAGE],
        )

    def for_shape(self, shape: Shape) -> MessageTemplate:
        """The same, for this shape."""
        return replace(self, shape=shape)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a template cannot be used: at which of its fields, and what Jinja says."""

    where: str
    what: str


def fitting(
    templates: Iterable[MessageTemplate], event: str, shape: Shape, language: str
) -> MessageTemplate | None:
    """The template that is meant most of all; None where nobody has written one."""
    meant = [
        each
        for each in templates
        if each.event == event
        and each.shape in (None, shape)
        and each.language in (None, language)
    ]
    return max(
        meant,
        key=lambda each: (each.language is not None, each.shape is not None),
        default=None,
    )


def rendered(
    hass: HomeAssistant,
    template: MessageTemplate,
    variables: Mapping[str, Any],
    plain: Message,
) -> Message | Problem:
    """The text that the template makes, or what is wrong with it."""
    title = plain.title
    if template.title.strip() and plain.title:
        made = _made(hass, CONF_TITLE, template.title, variables)
        if isinstance(made, Problem):
            return made
        title = " ".join(made.split())
    made = _made(hass, CONF_MESSAGE, template.message, variables)
    return made if isinstance(made, Problem) else Message(title=title, message=made)


def _made(
    hass: HomeAssistant, where: str, source: str, variables: Mapping[str, Any]
) -> str | Problem:
    try:
        text = Template(source, hass).async_render(
            dict(variables), parse_result=False, strict=True
        )
    except TemplateError as error:
        return Problem(where, str(error))
    text = str(text).strip()
    if not text:
        return Problem(where, "it makes an empty text")
    if len(text) > _LONGEST:
        return Problem(where, f"it makes a text of {len(text)} characters")
    return text
