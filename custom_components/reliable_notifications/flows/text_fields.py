"""What is asked of a text of one's own, what is wrong with it, and what is kept of it.

Shared by the form that adds or changes one, and by the pages of the settings that show
it while it is typed. Must not show or keep anything by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.const import CONF_NAME
from homeassistant.core import HomeAssistant
from homeassistant.helpers.selector import (
    LanguageSelector,
    LanguageSelectorConfig,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TemplateSelector,
)

from ..const import CONF_EVENT, CONF_LANGUAGE, CONF_MESSAGE, CONF_SHAPE, CONF_TITLE
from ..engine.content.languages import LANGUAGES
from ..engine.vocabulary import Shape
from ..texts.letterhead import brand_of
from ..texts.message_templates import MessageTemplate
from ..texts.wording import Preview, Wording
from .fields import Field, name_field, words_field
from .subentry_form import Answers, Record
from .template_looks import DRAFT, looks


class Written(TemplateSelector):
    """A template; that it cannot be read is said by us, in the user's language."""

    def __call__(self, data: Any) -> str:
        """Take it as it is."""
        return str(data)

    def serialize(self) -> dict[str, Any]:
        """Without the field's own test, which does not know our variables.

        It would show every one of them as empty. The frontend (2026.10) heeds this,
        which the configuration of Home Assistant's own class does not allow.
        """
        return {"selector": {self.selector_type: {"preview": False}}}


NAME = name_field()

# what it is said of, and to whom
MEANT_FOR = (
    Field(
        key=CONF_EVENT,
        selector=SelectSelector(
            SelectSelectorConfig(
                options=[*LANGUAGES["en"].events, "message"],
                custom_value=True,
                mode=SelectSelectorMode.DROPDOWN,
                translation_key="event_key",
            )
        ),
    ),
    words_field(CONF_SHAPE, Shape, "shape", required=False),
    Field(
        key=CONF_LANGUAGE,
        selector=LanguageSelector(LanguageSelectorConfig(languages=list(LANGUAGES))),
        required=False,
    ),
)

WORDS = (
    Field(key=CONF_TITLE, selector=Written(), required=False),
    Field(key=CONF_MESSAGE, selector=Written()),
)


def event_problem(answers: Answers) -> str | None:
    """Translation key of what is wrong with the event, or None."""
    return None if answers[CONF_EVENT].strip() else "event_missing"


def same_text(
    answers: Answers, kept: Iterable[ConfigSubentry]
) -> ConfigSubentry | None:
    """What is kept for the same event, form and language; there is one at most."""
    same = _unique_id(answers)
    return next((each for each in kept if each.unique_id == same), None)


def text_record(answers: Answers) -> Record:
    """What to store."""
    data: Mapping[str, Any] = {
        key: text
        for key in (CONF_EVENT, CONF_SHAPE, CONF_LANGUAGE, CONF_TITLE, CONF_MESSAGE)
        if (text := str(answers.get(key) or "").strip())
    }
    return Record(
        title=answers[CONF_NAME].strip(), data=data, unique_id=_unique_id(answers)
    )


def text_looks(
    hass: HomeAssistant,
    entry: ConfigEntry,
    answers: Answers,
    others: Iterable[ConfigSubentry] = (),
) -> Mapping[Shape, Preview]:
    """How the event is told in each form, with those others that are kept beside it."""
    draft = MessageTemplate.of_answers(DRAFT, answers[CONF_NAME], answers)
    kept = map(MessageTemplate.of, others)
    brand = brand_of(entry.options, hass.config.location_name)
    return looks(Wording(hass, brand, (draft, *kept)), draft)


def _unique_id(answers: Answers) -> str:
    parts = (answers.get(key) or "" for key in (CONF_EVENT, CONF_SHAPE, CONF_LANGUAGE))
    return ":".join(part.strip() for part in parts)
