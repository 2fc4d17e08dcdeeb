"""The form for a text of one's own: written, tried with an example, looked at, kept.

Home Assistant's live preview is not for the forms of subentries (its frontend asks for
it in those of entries and options only), so there is a page to look at, with all forms
that the event is told in. It must not tell anything to anybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from homeassistant.components.http.auth import async_sign_path
from homeassistant.config_entries import SOURCE_RECONFIGURE, SubentryFlowResult
from homeassistant.const import CONF_NAME
from homeassistant.core import callback
from homeassistant.helpers.selector import (
    LanguageSelector,
    LanguageSelectorConfig,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TemplateSelector,
)

from ..const import (
    CONF_EVENT,
    CONF_LANGUAGE,
    CONF_MESSAGE,
    CONF_SHAPE,
    CONF_TITLE,
    LETTER_PREVIEW,
    SUBENTRY_TEMPLATE,
)
from ..engine.content.languages import LANGUAGES
from ..engine.vocabulary import Shape
from ..texts.letterhead import LETTER_DRAFT, LETTER_DRAFTS, brand_of
from ..texts.message_templates import MessageTemplate
from ..texts.wording import Preview, Wording
from .fields import Field, name_field, words_field
from .subentry_form import Answers, Record, SubentryForm, found
from .template_looks import DRAFT, in_markdown, looks, template_problem

# How long a link to the page with the e-mail works: somebody looks at it now
_LINK_HOLDS = timedelta(minutes=30)


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


class MessageTemplateFlow(SubentryForm):
    """Add a text of one's own, or change one."""

    # what was written; every step but the first is reached after that only
    _draft: Answers | None = None

    async def async_step_user(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Write one."""
        return await self._page("user", user_input)

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Change one."""
        return await self._page(SOURCE_RECONFIGURE, user_input)

    async def async_step_keep(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Store what was looked at."""
        assert self._draft is not None
        return self._store(_record(self._draft))

    async def async_step_again(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Back to the form, with what was written."""
        step = "user" if self._edited is None else SOURCE_RECONFIGURE
        assert self._draft is not None
        return self._show(step, _FIELDS, self._draft)

    async def _page(self, step_id: str, answers: Answers | None) -> SubentryFlowResult:
        if answers is None:
            edited = self._edited
            stored = {} if edited is None else {**edited.data, CONF_NAME: edited.title}
            return self._show(step_id, _FIELDS, stored)
        problem = template_problem(self._looks(answers))
        problems = {
            CONF_NAME: self._name_problem(answers[CONF_NAME], SUBENTRY_TEMPLATE),
            CONF_EVENT: self._event_problem(answers),
        }
        reason = ""
        if problem is not None:
            problems[problem.where] = "template_fails"
            reason = problem.what
        if errors := found(problems):
            return self._show(
                step_id,
                _FIELDS,
                answers,
                errors,
                placeholders={"reason": reason},
            )
        self._draft = answers
        return await self.async_step_look()

    async def async_step_look(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Show how it looks in each form, and ask whether it is right."""
        assert self._draft is not None
        looks = self._looks(self._draft)
        letters = self.hass.data.setdefault(LETTER_DRAFTS, {})
        letters[self.flow_id] = looks[Shape.EMAIL].message.html
        page = f"{LETTER_PREVIEW}?{LETTER_DRAFT}={self.flow_id}"
        return self.async_show_menu(
            step_id="look",
            menu_options=["keep", "again"],
            description_placeholders={
                **in_markdown(looks),
                "letter": async_sign_path(self.hass, page, _LINK_HOLDS),
            },
        )

    @callback
    def async_remove(self) -> None:
        """Nobody looks at it any more."""
        self.hass.data.get(LETTER_DRAFTS, {}).pop(self.flow_id, None)

    def _event_problem(self, answers: Answers) -> str | None:
        """Two texts for the same would leave it to chance which one is told."""
        same = _unique_id(answers)
        taken = {each.unique_id for each in self._siblings(SUBENTRY_TEMPLATE)}
        if not answers[CONF_EVENT].strip():
            return "event_missing"
        return "event_taken" if same in taken else None

    def _looks(self, answers: Answers) -> Mapping[Shape, Preview]:
        """How the event is told in each form, with what is already kept."""
        draft = MessageTemplate.of_answers(DRAFT, answers[CONF_NAME], answers)
        kept = map(MessageTemplate.of, self._siblings(SUBENTRY_TEMPLATE))
        home = self.hass.config.location_name
        brand = brand_of(self._get_entry().options, home)
        return looks(Wording(self.hass, brand, (draft, *kept)), draft)


_FIELDS = (
    name_field(),
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
    Field(key=CONF_TITLE, selector=Written(), required=False),
    Field(key=CONF_MESSAGE, selector=Written()),
)


def _record(answers: Answers) -> Record:
    data: Mapping[str, Any] = {
        key: text
        for key in (CONF_EVENT, CONF_SHAPE, CONF_LANGUAGE, CONF_TITLE, CONF_MESSAGE)
        if (text := str(answers.get(key) or "").strip())
    }
    return Record(
        title=answers[CONF_NAME].strip(), data=data, unique_id=_unique_id(answers)
    )


def _unique_id(answers: Answers) -> str:
    parts = (answers.get(key) or "" for key in (CONF_EVENT, CONF_SHAPE, CONF_LANGUAGE))
    return ":".join(part.strip() for part in parts)
