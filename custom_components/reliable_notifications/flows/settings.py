"""The settings of the whole integration: a menu, and a page for each thing.

Each page keeps what the others have stored. It must not do what the settings ask for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from homeassistant.config_entries import ConfigFlowResult
from homeassistant.const import UnitOfTime
from homeassistant.helpers.selector import (
    EntityFilterSelectorConfig,
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)

from ..const import (
    CONF_EVENTS,
    CONF_GUEST_ENTITY,
    CONF_HEARTBEAT_URL,
    CONF_IGNORED_ENTITIES,
    CONF_INTERNET_ENTITY,
    CONF_POLICIES,
    CONF_PRESET,
    CONF_QUIET,
    CONF_VACATION_AFTER,
    CONF_VACATION_ENTITY,
)
from ..engine.routing.catalogue import CATALOGUE
from ..engine.routing.policy import PRESETS as PRESETS_OF_POLICY, Preset
from ..engine.vocabulary import Priority, Role
from . import letterhead, policy_page
from .address import address_problem
from .entity_references import entity_id_of, reference_of
from .fields import (
    NO,
    YES,
    Field,
    Group,
    answer_field,
    entity_field,
    number_field,
    several_field,
    word_field,
    words_field,
)
from .subentry_form import found
from .text_pages import TextPages
from .times import span_fields, span_problem, span_shown, span_stored

MORE_QUIET = "more_quiet"
EVENT, PRIORITY, ROLES, ACKNOWLEDGE = "event", "priority", "roles", "acknowledge"

# the tables of priorities (engine/routing/policy.py); the first is the usual one
PRESETS = ("household", "service_team")

# what can say that guests are there, or that everybody is away for longer
_SIGNS = (
    CONF_GUEST_ENTITY,
    CONF_VACATION_ENTITY,
    CONF_INTERNET_ENTITY,
    CONF_IGNORED_ENTITIES,
)
# hours: who is back within some of them was only out, and a month is surely a vacation
_SHORTEST_VACATION, _LONGEST_ABSENCE = 6, 30 * 24

_YES_OR_NO = ("binary_sensor", "calendar", "input_boolean", "schedule", "switch")


class SettingsFlow(TextPages):
    """Settings of the entry."""

    _event = ""
    _priority = Priority.MEDIUM

    async def async_step_init(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask what is to be changed."""
        return self.async_show_menu(
            step_id="init",
            menu_options=[
                *("household", "priority", "signs", "event", "text"),
                *("letterhead", "watcher"),
            ],
        )

    async def async_step_watcher(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Change where signs of life go."""
        config = TextSelectorConfig(type=TextSelectorType.URL, autocomplete="off")
        field = Field(
            key=CONF_HEARTBEAT_URL, selector=TextSelector(config), required=False
        )
        if user_input is None:
            return self._show("watcher", (field,), self.config_entry.options)
        address = user_input.get(CONF_HEARTBEAT_URL, "").strip()
        if address and (problem := address_problem(address)) is not None:
            errors = {CONF_HEARTBEAT_URL: problem}
            return self._show("watcher", (field,), user_input, errors)
        return self._keep({CONF_HEARTBEAT_URL: address})

    async def async_step_letterhead(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Change whose e-mails they are."""
        options = self.config_entry.options
        if user_input is None:
            shown = letterhead.shown(options)
            words = letterhead.words(self.hass)
            return self._show("letterhead", letterhead.FIELDS, shown, words=words)
        checked = await letterhead.async_checked(self.hass, user_input, options)
        if checked.problems:
            return self._show(
                "letterhead",
                letterhead.FIELDS,
                # an uploaded file is used up
                {key: x for key, x in user_input.items() if key != letterhead.LOGO},
                checked.problems,
                checked.words,
            )
        return self._keep(checked.options)

    async def async_step_household(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Change what holds for everybody: the table of priorities, quiet hours."""
        fields = (
            word_field(CONF_PRESET, PRESETS, "preset"),
            Group(key=CONF_QUIET, fields=span_fields(), folded=False),
            Group(key=MORE_QUIET, fields=span_fields()),
        )
        if user_input is None:
            options = self.config_entry.options
            quiet = [*options.get(CONF_QUIET, ()), None, None]
            shown = {
                CONF_PRESET: options.get(CONF_PRESET, PRESETS[0]),
                CONF_QUIET: span_shown(quiet[0]),
                MORE_QUIET: span_shown(quiet[1]),
            }
            return self._show("household", fields, shown)
        spans = [user_input.get(key, {}) for key in (CONF_QUIET, MORE_QUIET)]
        keys = (CONF_QUIET, MORE_QUIET)
        problems = found(dict(zip(keys, map(span_problem, spans), strict=True)))
        if problems:
            return self._show("household", fields, user_input, problems)
        preset = user_input[CONF_PRESET]
        return self._keep(
            {
                CONF_PRESET: None if preset == PRESETS[0] else preset,
                CONF_QUIET: [each for span in spans for each in span_stored(span)],
            }
        )

    async def async_step_priority(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Choose the priority whose meaning is changed."""
        if user_input is not None:
            self._priority = Priority(user_input[PRIORITY])
            return await self.async_step_policy()
        return self._show(
            "priority", (words_field(PRIORITY, Priority, "priority"),), {}
        )

    async def async_step_policy(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Change what it means here."""
        options = self.config_entry.options
        table = PRESETS_OF_POLICY[Preset(options.get(CONF_PRESET, PRESETS[0]))]
        edits = options.get(CONF_POLICIES, {})
        row = policy_page.with_edits(table, edits)[self._priority]
        if user_input is None:
            return self._show("policy", policy_page.FIELDS, policy_page.shown(row))
        answers = policy_page.filled(user_input, row)
        wished, problems = policy_page.checked(table, self._priority, answers)
        if problems:
            return self._show("policy", policy_page.FIELDS, user_input, problems)
        others = {key: x for key, x in edits.items() if key != self._priority}
        own = {self._priority.value: wished} if wished else {}
        return self._keep({CONF_POLICIES: {**others, **own}})

    async def async_step_signs(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Change what tells of the household, and what is not to be heard."""
        answers = [EntityFilterSelectorConfig(domain=list(_YES_OR_NO))]
        reaches = [EntityFilterSelectorConfig(domain="binary_sensor")]
        rooms = ["binary_sensor", "media_player"]
        hears = [EntityFilterSelectorConfig(domain=rooms)]
        fields = (
            entity_field(CONF_GUEST_ENTITY, answers, required=False),
            entity_field(CONF_VACATION_ENTITY, answers, required=False),
            number_field(
                CONF_VACATION_AFTER,
                least=_SHORTEST_VACATION,
                most=_LONGEST_ABSENCE,
                unit=UnitOfTime.HOURS,
                required=False,
            ),
            entity_field(CONF_INTERNET_ENTITY, reaches, required=False),
            entity_field(CONF_IGNORED_ENTITIES, hears, required=False, several=True),
        )
        if user_input is None:
            options = self.config_entry.options
            shown = {
                **{key: self._entities(options.get(key)) for key in _SIGNS},
                CONF_VACATION_AFTER: options.get(CONF_VACATION_AFTER),
            }
            return self._show("signs", fields, {k: v for k, v in shown.items() if v})
        return self._keep(
            {
                **{key: self._references(user_input.get(key)) for key in _SIGNS},
                CONF_VACATION_AFTER: user_input.get(CONF_VACATION_AFTER),
            }
        )

    def _references(self, chosen: str | list[str] | None) -> str | list[str] | None:
        """What is stored of chosen entities: it outlives a rename."""
        if isinstance(chosen, list):
            return [reference_of(self.hass, each) for each in chosen]
        return None if chosen is None else reference_of(self.hass, chosen)

    def _entities(self, stored: str | list[str] | None) -> str | list[str] | None:
        """The present names of what was stored; what was deleted is not shown."""
        if isinstance(stored, list):
            found = (entity_id_of(self.hass, each) for each in stored)
            return [each for each in found if each is not None]
        return None if stored is None else entity_id_of(self.hass, stored)

    async def async_step_event(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Choose the event that is told in another way than usual."""
        if user_input is not None:
            self._event = user_input[EVENT]
            return await self.async_step_event_wishes()
        return self._show("event", (word_field(EVENT, CATALOGUE, "event_key"),), {})

    async def async_step_event_wishes(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Change how loudly and to whom it is told."""
        fields = (
            words_field(PRIORITY, Priority, "priority"),
            several_field(ROLES, [role.value for role in Role], "role"),
            answer_field(ACKNOWLEDGE),
        )
        events = self.config_entry.options.get(CONF_EVENTS, {})
        usual = CATALOGUE[self._event]
        if user_input is None:
            wished = events.get(self._event, {})
            asked = wished.get(ACKNOWLEDGE, usual.acknowledge)
            shown = {
                PRIORITY: wished.get(PRIORITY, usual.priority.value),
                ROLES: wished.get(ROLES, _in_order(usual.roles)),
                ACKNOWLEDGE: YES if asked else NO,
            }
            return self._show("event_wishes", fields, shown)
        wishes = {
            PRIORITY: user_input[PRIORITY],
            ROLES: _in_order(user_input.get(ROLES, ())) or _in_order(usual.roles),
            ACKNOWLEDGE: user_input[ACKNOWLEDGE] == YES,
        }
        as_usual = {
            PRIORITY: usual.priority.value,
            ROLES: _in_order(usual.roles),
            ACKNOWLEDGE: usual.acknowledge,
        }
        other = {key: each for key, each in wishes.items() if each != as_usual[key]}
        changed = {key: each for key, each in events.items() if key != self._event}
        return self._keep(
            {CONF_EVENTS: {**changed, **({self._event: other} if other else {})}}
        )


def _in_order(roles: Iterable[str]) -> list[str]:
    chosen = frozenset(roles)
    return [role.value for role in Role if role in chosen]
