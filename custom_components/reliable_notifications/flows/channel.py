"""The form for a channel: first its kind, then what exists of that kind.

Every channel type that may be offered appears by itself: a new one needs its
texts in the translations and no code here. It must not send anything.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from homeassistant.config_entries import SOURCE_RECONFIGURE, SubentryFlowResult
from homeassistant.const import CONF_NAME
from homeassistant.exceptions import HomeAssistantError

from ..channels import CHANNELS
from ..channels.interface import MONTHLY_CAP, Channel
from ..const import (
    CONF_CONTACTS,
    CONF_KIND,
    CONF_SETTINGS,
    CONF_TARGET,
    SUBENTRY_CHANNEL,
    SUBENTRY_RECIPIENT,
)
from .account_facts import in_words
from .channel_settings import filled_in, missing, setting_fields, shown
from .fields import Field, choice_field, name_field
from .subentry_form import Answers, Record, SubentryForm, found

type Step = Callable[
    [ChannelFlow, dict[str, Any] | None], Awaitable[SubentryFlowResult]
]


@dataclass(frozen=True, slots=True)
class Draft:
    """What was filled in on a page and is right, before it is kept."""

    step_id: str
    fields: Iterable[Field]
    answers: Answers
    record: Record


class ChannelFlow(SubentryForm):
    """Add a channel, or change one."""

    # labels of the targets in the form that the user is looking at
    _shown: Mapping[str, str] = {}
    # of an account: what was filled in, and what its service says, to be looked at
    _draft: Draft | None = None
    _facts = ""

    async def async_step_user(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Let the user pick a kind; each kind is the name of the next step."""
        kinds = [each.kind for each in CHANNELS if self._can_be_added(each)]
        if not kinds:
            return self.async_abort(reason="nothing_found")
        return self.async_show_menu(step_id="user", menu_options=kinds)

    async def add_of_kind(
        self, kind: str, answers: Answers | None
    ) -> SubentryFlowResult:
        """Add a channel of this kind."""
        channel = _channel_type(kind)
        adding = answers is None and self._edited is None
        if channel is None or (adding and not self._can_be_added(channel)):
            # the last phone was removed since the menu was shown
            return self.async_abort(reason="nothing_found")
        return await self._page(kind, channel, answers, self._stored())

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Change the name, or where the messages go; the kind stays."""
        edited = self._get_reconfigure_subentry()
        channel = _channel_type(edited.data[CONF_KIND])
        if channel is None:
            return self.async_abort(reason="kind_unknown")
        # where there are settings, their texts are those of the kind's own page
        step_id = channel.kind if channel.settings else SOURCE_RECONFIGURE
        return await self._page(step_id, channel, user_input, self._stored())

    def _stored(self) -> Answers:
        """What is stored of the channel that is being changed."""
        edited = self._edited
        if edited is None:
            return {}
        return {
            CONF_NAME: edited.title,
            CONF_TARGET: edited.data[CONF_TARGET],
            **edited.data.get(CONF_SETTINGS, {}),
        }

    async def _page(
        self,
        step_id: str,
        channel: type[Channel],
        answers: Answers | None,
        stored: Answers,
    ) -> SubentryFlowResult:
        kept = {key: stored[key] for key in (CONF_NAME, CONF_TARGET) if key in stored}
        values = kept | shown(channel, stored) if answers is None else answers
        labels = self._labels(channel, {**stored, **values}.get(CONF_TARGET))
        fields = _fields(channel, labels)
        if answers is None:
            return self._show(step_id, fields, values)
        settings = filled_in(channel, answers, stored)
        target = answers[CONF_TARGET] if channel.needs_target else next(iter(labels))
        name = answers.get(CONF_NAME, "").strip() or labels[target]
        # a form without targets has no such field to show the problem at
        target_field = CONF_TARGET if channel.needs_target else "base"
        identity = channel.identity(target, settings)
        problems = {
            CONF_NAME: self._name_problem(name, SUBENTRY_CHANNEL),
            target_field: self._target_problem(channel, target, identity),
        }
        errors = found(problems) | missing(channel, settings)
        if not errors:
            errors = {**await channel.async_check(self.hass, target, settings)}
        unpriced = channel.unpriced(self.hass, settings, self._addresses(channel))
        if not errors and unpriced and MONTHLY_CAP in settings:
            errors = {"base": "destination_price_missing"}
        if errors:
            words = {"countries": ", ".join(unpriced)}
            return self._show(step_id, fields, values, errors, placeholders=words)
        data = {CONF_KIND: channel.kind, CONF_TARGET: target}
        if settings:
            data[CONF_SETTINGS] = settings
        record = Record(title=name, data=data, unique_id=identity)
        if not channel.tells_of_account:
            return self._store(record)
        self._draft = Draft(step_id, fields, answers, record)
        try_out = channel(self.hass, "", name, target, settings)
        return await self._look_at(try_out, ", ".join(unpriced))

    async def _look_at(self, channel: Channel, unpriced: str) -> SubentryFlowResult:
        """Show what the service says of the account, before it is kept."""
        try:
            facts = await channel.async_inspect()
        except HomeAssistantError:  # it has answered a moment ago, so it will do
            facts = {}
        finally:
            await channel.async_stop()
        shown = {**facts, "unpriced": unpriced or None}
        self._facts = await in_words(self.hass, shown)
        if facts.get("sandbox"):
            return await self.async_step_look_sandbox()
        return await self.async_step_look()

    async def async_step_look(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Ask whether the account is the right one."""
        return self._looked_at("look")

    async def async_step_look_sandbox(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """The same of an account that sends to few; what that means is said."""
        return self._looked_at("look_sandbox")

    def _looked_at(self, step_id: str) -> SubentryFlowResult:
        return self.async_show_menu(
            step_id=step_id,
            menu_options=["keep", "again"],
            description_placeholders={"facts": self._facts},
        )

    async def async_step_keep(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Store what was looked at."""
        assert self._draft is not None
        return self._store(self._draft.record)

    async def async_step_again(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Back to the form, with what was filled in."""
        assert self._draft is not None
        return self._show(self._draft.step_id, self._draft.fields, self._draft.answers)

    def _addresses(self, channel: type[Channel]) -> Iterable[str]:
        """Where recipients are reached over such a channel, proven or not."""
        for recipient in self._siblings(SUBENTRY_RECIPIENT):
            contact = recipient.data.get(CONF_CONTACTS, {}).get(channel.contact)
            if contact is not None:
                yield contact["value"]

    def _labels(self, channel: type[Channel], target: str | None) -> Mapping[str, str]:
        """What can be chosen, and what was chosen even when it is gone by now.

        Without the latter the form would show nothing, or an internal id.
        """
        labels = {each.value: each.label for each in channel.choices(self.hass)}
        if target is not None and target not in labels:
            edited = self._edited
            fallback = target if edited is None else edited.title
            labels[target] = self._shown.get(target, fallback)
        if not channel.needs_target and not labels:
            by_kind = channel.kind.replace("_", " ").capitalize()
            labels[""] = channel.first_name or by_kind
        self._shown = labels
        return labels

    def _can_be_added(self, channel: type[Channel]) -> bool:
        if not channel.offered:
            return False
        if channel.needs_target:
            return bool(channel.choices(self.hass))
        if channel.settings:
            return True  # of an account there may be several
        # what has no target to choose exists once
        return all(
            each.data[CONF_KIND] != channel.kind
            for each in self._siblings(SUBENTRY_CHANNEL)
        )

    def _target_problem(
        self, channel: type[Channel], target: str, identity: str
    ) -> str | None:
        if (problem := channel.problem(self.hass, target)) is not None:
            return problem
        used = {each.unique_id for each in self._siblings(SUBENTRY_CHANNEL)}
        return "already_configured_channel" if identity in used else None


def _fields(channel: type[Channel], labels: Mapping[str, str]) -> tuple[Field, ...]:
    target = (choice_field(CONF_TARGET, labels.items()),)
    return (
        *(target if channel.needs_target else ()),
        *setting_fields(channel),
        name_field(required=False),
    )


def _channel_type(kind: str) -> type[Channel] | None:
    return next((each for each in CHANNELS if each.kind == kind), None)


def _step(kind: str) -> Step:
    async def async_step(
        flow: ChannelFlow, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        return await flow.add_of_kind(kind, user_input)

    return async_step


# Home Assistant finds the step behind an item of a menu by its name only
for _type in CHANNELS:
    setattr(ChannelFlow, f"async_step_{_type.kind}", _step(_type.kind))
