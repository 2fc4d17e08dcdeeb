"""The form for a recipient: who it is, and then, page by page, what they wish.

Each page is a file of its own under `recipient_pages`; here they are put in order, and
contact points are proven. It must not decide when which channel is used: that is the
router's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Protocol

from homeassistant.config_entries import (
    SOURCE_USER,
    ConfigEntryState,
    SubentryFlowResult,
)
from homeassistant.const import CONF_NAME
from homeassistant.helpers.selector import TextSelector

from ..const import (
    CONF_CHANNELS,
    CONF_LANGUAGE,
    CONF_PERSON,
    SUBENTRY_CHANNEL,
    SUBENTRY_RECIPIENT,
)
from ..engine.vocabulary import EVERY_CHANNEL, ContactKind
from .channel_names import channel_names
from .fields import Field, choice_field, name_field, yes_no_field
from .phones import any_phones, phones_as_channels
from .recipient_pages.about import About
from .recipient_pages.calm import Calm
from .recipient_pages.channel_wishes import ChannelWishes
from .recipient_pages.contacts import Contacts, proven, unproven
from .recipient_pages.page import Page, Stored
from .recipient_pages.reading import Reading
from .subentry_form import Answers, Record, SubentryForm, found

_ABOUT, _CONTACTS = About(), Contacts()
_PAGES: Sequence[Page] = (_CONTACTS, Calm(), Reading())

CHANNEL, CODE, AGAIN = "channel", "code", "again"

# in the form of channels, all of them: a selector's words are plain letters
ALL = "all"


class Proves(Protocol):
    """What is needed here of who sends the codes."""

    def can_prove(self, kind: ContactKind) -> bool:
        """Whether there is a channel that reaches such a contact."""

    async def async_send(
        self, kind: ContactKind, contact: str, name: str, language: str | None
    ) -> str | None:
        """Send a code; the answer is what went wrong."""

    def problem(self, contact: str, code: str) -> str | None:
        """What is wrong with a typed code."""


class RecipientFlow(SubentryForm):
    """Add a recipient, or change one."""

    _name = ""
    _data: Stored = MappingProxyType({})
    _to_prove: tuple[tuple[ContactKind, str], ...] = ()
    _wishes: ChannelWishes | None = None

    @property
    def channel_names(self) -> Mapping[str, str]:
        """The names of all channels, by their ids."""
        return channel_names(self._siblings(SUBENTRY_CHANNEL))

    @property
    def other_recipients(self) -> Sequence[Stored]:
        """What is stored of the other recipients."""
        return [each.data for each in self._siblings(SUBENTRY_RECIPIENT)]

    async def async_step_user(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Ask for the least that is needed; everything else has a good default."""
        if not self._siblings(SUBENTRY_CHANNEL) and not any_phones(self.hass):
            return self.async_abort(reason="no_channels")
        fields = (name_field(), *_ABOUT.fields(self, {}), *_CONTACTS.fields(self, {}))
        if user_input is None:
            return self._show(SOURCE_USER, fields, _ABOUT.shown(self, {}))
        problems = found(
            {
                CONF_NAME: self._name_problem(
                    user_input[CONF_NAME], SUBENTRY_RECIPIENT
                ),
                **_ABOUT.problems(self, user_input),
                **_CONTACTS.problems(self, user_input),
            }
        )
        if problems:
            return self._show(SOURCE_USER, fields, user_input, problems)
        self._name = user_input[CONF_NAME].strip()
        self._data = _ABOUT.changed(self, {}, user_input)
        self._data = _CONTACTS.changed(self, self._data, user_input)
        return await self._prove()

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Ask what is to be changed."""
        edited = self._get_reconfigure_subentry()
        self._name, self._data = edited.title, edited.data
        pages = [_ABOUT.key, *(page.key for page in _PAGES), CHANNEL]
        return self.async_show_menu(step_id="reconfigure", menu_options=pages)

    async def async_step_about(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Change who it is, and over what they are reached."""
        fields = (name_field(), *_ABOUT.fields(self, self._data))
        if user_input is None:
            shown = {CONF_NAME: self._name, **_ABOUT.shown(self, self._data)}
            return self._show(_ABOUT.key, fields, shown)
        name = user_input[CONF_NAME]
        problems = found(
            {
                CONF_NAME: self._name_problem(name, SUBENTRY_RECIPIENT),
                **_ABOUT.problems(self, user_input),
            }
        )
        if problems:
            return self._show(_ABOUT.key, fields, user_input, problems)
        self._name = name.strip()
        self._data = _ABOUT.changed(self, self._data, user_input)
        return self._finish()

    async def async_step_contacts(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Change contact points, and prove them."""
        again = self._page(_CONTACTS, user_input)
        return await self._prove() if again is None else again

    async def async_step_calm(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Change when they want to be left alone."""
        return self._page(_PAGES[1], user_input) or self._finish()

    async def async_step_reading(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Change what they want to read."""
        return self._page(_PAGES[2], user_input) or self._finish()

    async def async_step_channel(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Choose the channel that the wishes are for."""
        if user_input is not None:
            chosen = user_input[CHANNEL]
            self._wishes = ChannelWishes(EVERY_CHANNEL if chosen == ALL else chosen)
            return await self.async_step_channel_wishes()
        names = self.channel_names
        own = [(each, names[each]) for each in self._data["channels"] if each in names]
        field = choice_field(CHANNEL, [(ALL, ALL), *own], "recipient_channel")
        return self._show(CHANNEL, (field,), {})

    async def async_step_channel_wishes(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Change what they want over it."""
        if self._wishes is None:
            return await self.async_step_channel()
        return self._page(self._wishes, user_input) or self._finish()

    async def async_step_code(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Take the code that was sent; left empty, it is proven another time."""
        answers = user_input or {}
        kind, contact = self._to_prove[0]
        proves = self._proves
        if proves is None:
            return self._finish()
        if answers.get(AGAIN):
            return await self._send_code(proves)
        code = answers.get(CODE, "").strip()
        if code and (problem := proves.problem(contact, code)) is not None:
            return self._ask_for_code({CODE: problem})
        if code:
            self._data = proven(self._data, kind)
        self._to_prove = self._to_prove[1:]
        return await self._send_code(proves) if self._to_prove else self._finish()

    # --- what the steps have in common ---

    def _page(self, page: Page, answers: Answers | None) -> SubentryFlowResult | None:
        """Show a page; None once it was filled in without a problem."""
        fields = page.fields(self, self._data)
        if answers is None:
            return self._show(page.key, fields, page.shown(self, self._data))
        if problems := found(page.problems(self, answers)):
            return self._show(page.key, fields, answers, problems)
        self._data = page.changed(self, self._data, answers)
        return None

    async def _prove(self) -> SubentryFlowResult:
        """Send a code to each contact point that is not proven and can be."""
        proves = self._proves
        if proves is None:
            return self._finish()
        self._to_prove = tuple(
            (kind, contact)
            for kind, contact in unproven(self._data)
            if proves.can_prove(kind)
        )
        return await self._send_code(proves) if self._to_prove else self._finish()

    async def _send_code(self, proves: Proves) -> SubentryFlowResult:
        kind, contact = self._to_prove[0]
        language = self._data.get(CONF_LANGUAGE)
        problem = await proves.async_send(kind, contact, self._name, language)
        return self._ask_for_code({} if problem is None else {"base": problem})

    def _ask_for_code(self, problems: dict[str, str]) -> SubentryFlowResult:
        fields = (
            Field(key=CODE, selector=TextSelector(), required=False),
            yes_no_field(AGAIN),
        )
        _, contact = self._to_prove[0]
        return self._show(CODE, fields, {}, problems, placeholders={"contact": contact})

    @property
    def _proves(self) -> Proves | None:
        """Who sends the codes; nobody while the entry is not loaded."""
        entry = self._get_entry()
        if entry.state is not ConfigEntryState.LOADED:
            return None
        verification: Proves = entry.runtime_data.verification
        return verification

    def _finish(self) -> SubentryFlowResult:
        data = dict(self._data)
        if not data[CONF_CHANNELS]:
            entry, person = self._get_entry(), data[CONF_PERSON]
            data[CONF_CHANNELS] = phones_as_channels(self.hass, entry, person)
        return self._store(Record(title=self._name, data=data))
