"""The form for a text of one's own: written, tried with an example, looked at, kept.

It has a page to look at all forms that the event is told in. A preview that follows the
typing is in the settings (text_pages.py): Home Assistant's frontend asks for one in the
forms of entries and options only, not in those of subentries. It must not tell anything
to anybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from homeassistant.components.http.auth import async_sign_path
from homeassistant.config_entries import SOURCE_RECONFIGURE, SubentryFlowResult
from homeassistant.const import CONF_NAME
from homeassistant.core import callback

from ..const import CONF_EVENT, LETTER_PREVIEW, SUBENTRY_TEMPLATE
from ..engine.vocabulary import Shape
from ..texts.letterhead import LETTER_DRAFT, LETTER_DRAFTS
from ..texts.wording import Preview
from .subentry_form import Answers, SubentryForm, found
from .template_looks import in_markdown, template_problem
from .text_fields import (
    MEANT_FOR,
    NAME,
    WORDS,
    event_problem,
    same_text,
    text_looks,
    text_record,
)

_FIELDS = (NAME, *MEANT_FOR, *WORDS)

# How long a link to the page with the e-mail works: somebody looks at it now
_LINK_HOLDS = timedelta(minutes=30)


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
        return self._store(text_record(self._draft))

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
        if problem := event_problem(answers):
            return problem
        others = self._siblings(SUBENTRY_TEMPLATE)
        return None if same_text(answers, others) is None else "event_taken"

    def _looks(self, answers: Answers) -> Mapping[Shape, Preview]:
        others = self._siblings(SUBENTRY_TEMPLATE)
        return text_looks(self.hass, self._get_entry(), answers, others)
