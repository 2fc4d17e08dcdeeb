"""A text of one's own, written in the settings, where it is shown while it is typed.

Home Assistant's live preview is for forms of entries and options only. What is kept is
the same as that of the form of the subentry, and is changed or removed there as well.
Must not tell anything to anybody.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from homeassistant.config_entries import ConfigFlowResult, ConfigSubentry
from homeassistant.const import CONF_NAME
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.translation import async_get_translations

from ..const import (
    CONF_EVENT,
    CONF_MESSAGE,
    CONF_SHAPE,
    CONF_TITLE,
    DOMAIN,
    SUBENTRY_TEMPLATE,
)
from ..engine.vocabulary import Shape
from .settings_page import SettingsPages
from .subentry_form import Answers, found, name_problem
from .template_looks import template_problem
from .text_fields import (
    MEANT_FOR,
    NAME,
    WORDS,
    event_problem,
    same_text,
    text_looks,
    text_record,
)
from .text_preview import TYPED, as_state, async_register

# our own text, which stands there before anything is typed
_OURS = "{{ message }}"
_FAILS = f"component.{DOMAIN}.options.error.template_fails"


class TextPages(SettingsPages):
    """Choose what the text is for, then write it and see it."""

    # event, form and language; the page to write on is reached after that only
    _meant_for: Answers = MappingProxyType({})
    # how it is said that a template fails, in the language of the household
    _fails = "{reason}"

    @staticmethod
    async def async_setup_preview(hass: HomeAssistant) -> None:
        """Be asked by the frontend what a text looks like."""
        async_register(hass)

    async def async_step_text(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Choose what the text is for."""
        if user_input is None:
            return self._show("text", MEANT_FOR, {})
        if problems := found({CONF_EVENT: event_problem(user_input)}):
            return self._show("text", MEANT_FOR, user_input, problems)
        self._meant_for = user_input
        return await self.async_step_text_words()

    async def async_step_text_words(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Write it; what is kept for the same is changed."""
        if user_input is None:
            return await self._written(self._stored(), {})
        answers = {**user_input, **self._meant_for}
        problem = template_problem(text_looks(self.hass, self.config_entry, answers))
        problems = {CONF_NAME: name_problem(answers[CONF_NAME], self._others())}
        if problem is not None:
            problems[problem.where] = "template_fails"
        if errors := found(problems):
            reason = "" if problem is None else problem.what
            return await self._written(user_input, errors, reason)
        self._put(answers)
        return self._keep({})

    async def _written(
        self, values: Answers, errors: dict[str, str], reason: str = ""
    ) -> ConfigFlowResult:
        texts = await async_get_translations(
            self.hass, self.hass.config.language, "options", [DOMAIN]
        )
        self._fails = texts.get(_FAILS, self._fails)
        self.hass.data.setdefault(TYPED, {})[self.flow_id] = self._typed
        words = {"reason": reason}
        return self._show(
            "text_words", (NAME, *WORDS), values, errors, words, live=True
        )

    @callback
    def async_remove(self) -> None:
        """Nobody looks at it any more."""
        self.hass.data.get(TYPED, {}).pop(self.flow_id, None)

    def _typed(self, typed: Answers) -> dict[str, Any]:
        """How the text looks as it stands in the form now."""
        title, message = (str(typed.get(x) or "") for x in (CONF_TITLE, CONF_MESSAGE))
        answers = {
            **self._meant_for,
            CONF_NAME: "",
            CONF_TITLE: title,
            CONF_MESSAGE: message if message.strip() else _OURS,
        }
        # without what is kept beside it: a text for one form would hide what is typed
        looks = text_looks(self.hass, self.config_entry, answers)
        shape = Shape(self._meant_for.get(CONF_SHAPE) or Shape.PUSH)
        if (problem := template_problem(looks)) is not None:
            return as_state(shape, "", self._fails.replace("{reason}", problem.what))
        told = looks[shape].message
        # of an e-mail what is written on the paper, not the paper
        return as_state(shape, told.title, told.bare or told.message)

    def _kept(self) -> list[ConfigSubentry]:
        """The texts that there are."""
        return [
            each
            for each in self.config_entry.subentries.values()
            if each.subentry_type == SUBENTRY_TEMPLATE
        ]

    def _others(self) -> list[ConfigSubentry]:
        """Those for something else than what is being written for."""
        same = same_text(self._meant_for, self._kept())
        return [each for each in self._kept() if each is not same]

    def _stored(self) -> Answers:
        same = same_text(self._meant_for, self._kept())
        return {} if same is None else {**same.data, CONF_NAME: same.title}

    def _put(self, answers: Answers) -> None:
        """Change what is kept for the same, or add it; a listener reloads."""
        record = text_record(answers)
        same = same_text(answers, self._kept())
        manager, data = self.hass.config_entries, MappingProxyType(dict(record.data))
        if same is not None:
            manager.async_update_subentry(
                self.config_entry, same, data=data, title=record.title
            )
            return
        text = ConfigSubentry(
            data=data,
            subentry_type=SUBENTRY_TEMPLATE,
            title=record.title,
            unique_id=record.unique_id,
        )
        manager.async_add_subentry(self.config_entry, text)
