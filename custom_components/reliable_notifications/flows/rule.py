"""The form for a rule: when it holds, and what it changes.

Checks that a rule says something and can hold; whether it contradicts another one is
looked at where all of them are known. It must not carry rules out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from homeassistant.const import CONF_NAME
from homeassistant.helpers.selector import (
    AreaSelector,
    AreaSelectorConfig,
    ConditionSelector,
    ConditionSelectorConfig,
    TextSelector,
)

from ..const import (
    SUBENTRY_APPLIANCE,
    SUBENTRY_CHANNEL,
    SUBENTRY_RECIPIENT,
    SUBENTRY_RULE,
)
from ..engine.routing.catalogue import CATALOGUE, Category
from ..engine.vocabulary import HoldUntil, Presence, Priority, Role
from .fields import (
    Field,
    Group,
    entity_field,
    name_field,
    number_field,
    ordered_field,
    several_field,
    words_field,
    yes_no_field,
)
from .subentry_form import Answers, OnePageForm, Record
from .times import DAYS, END, START, span_fields, span_problem, span_shown, span_stored

ORDER, FINAL, ENABLED = "order", "final", "enabled"
WHEN, WHERE, THEN = "when", "where", "then"
ENTITY, STATE, CONDITION = "entity", "state", "condition"

# The place of a rule that nobody has given one: rules before and after it fit in
_MIDDLE = 50
_LAST = 100

_SPAN = (START, END, DAYS)
_ABOUT = ("events", "appliances", "categories", "priorities", "recipients", "roles")
_CHANGES = ("recipients", "roles", "channels", "priority", "hold", "escalate_to")
_MORE_CHANGES = ("drop", "group")


class RuleFlow(OnePageForm):
    """Add a rule, or change one."""

    def _fields(self) -> Iterable[Field | Group]:
        return (
            name_field(),
            Group(key=WHEN, fields=self._when_fields(), folded=False),
            Group(key=WHERE, fields=_where_fields()),
            Group(key=THEN, fields=self._then_fields(), folded=False),
            number_field(ORDER, least=1, most=_LAST, unit=None, required=False),
            yes_no_field(FINAL),
            yes_no_field(ENABLED),
        )

    def _when_fields(self) -> tuple[Field, ...]:
        return (
            several_field("events", CATALOGUE, "event_key", free=True),
            ordered_field("appliances", self._named(SUBENTRY_APPLIANCE)),
            several_field("categories", Category, "category", free=True),
            several_field("priorities", Priority, "priority"),
            ordered_field("recipients", self._named(SUBENTRY_RECIPIENT)),
            several_field("roles", Role, "role"),
            *span_fields(),
        )

    def _then_fields(self) -> tuple[Field, ...]:
        people = self._named(SUBENTRY_RECIPIENT)
        return (
            ordered_field("recipients", people),
            several_field("roles", Role, "role"),
            ordered_field("channels", self._named(SUBENTRY_CHANNEL)),
            words_field("priority", Priority, "priority", required=False),
            words_field("hold", HoldUntil, "hold_until", required=False),
            yes_no_field("drop"),
            yes_no_field("group"),
            ordered_field("escalate_to", people),
        )

    def _named(self, subentry_type: str) -> list[tuple[str, str]]:
        """What was set up of a type, by name."""
        named = [
            (each.subentry_id, each.title) for each in self._siblings(subentry_type)
        ]
        return sorted(named, key=lambda each: each[1].casefold())

    def _values(self) -> Answers:
        return {ORDER: _MIDDLE, FINAL: True, ENABLED: True, **super()._values()}

    def _stored(self, data: Mapping[str, Any]) -> Answers:
        when, then = data.get("when", {}), data.get("then", {})
        [span] = [*when.get("spans", ()), None][:1]
        [state] = [*when.get("states", ()), {}][:1]
        return {
            ORDER: data.get(ORDER, _MIDDLE),
            FINAL: data.get(FINAL, True),
            ENABLED: data.get(ENABLED, True),
            WHEN: {key: when[key] for key in _ABOUT if key in when} | span_shown(span),
            WHERE: {
                **{key: when[key] for key in ("presence", "rooms") if key in when},
                **state,
                **({CONDITION: when[CONDITION]} if CONDITION in when else {}),
            },
            THEN: {key: then[key] for key in _CHANGES + _MORE_CHANGES if key in then},
        }

    def _problems(self, answers: Answers) -> Mapping[str, str | None]:
        when, where, then = (answers.get(each, {}) for each in (WHEN, WHERE, THEN))
        return {
            CONF_NAME: self._name_problem(answers[CONF_NAME], SUBENTRY_RULE),
            WHEN: span_problem(when),
            WHERE: _state_problem(where),
            THEN: _then_problem(when, then),
        }

    def _record(self, answers: Answers) -> Record:
        when, where, then = (answers.get(each, {}) for each in (WHEN, WHERE, THEN))
        conditions = {
            **_filled(when, _ABOUT),
            **_filled(where, ("presence", "rooms", CONDITION)),
        }
        if span := span_stored(when):
            conditions["spans"] = span
        if where.get(ENTITY):
            conditions["states"] = [
                {ENTITY: where[ENTITY], STATE: where[STATE].strip()}
            ]
        data: dict[str, Any] = {
            ORDER: int(answers.get(ORDER, _MIDDLE)),
            "when": conditions,
            "then": _filled(then, _CHANGES + _MORE_CHANGES),
        }
        # what a rule is without a word needs none
        for key in (FINAL, ENABLED):
            if not answers.get(key, True):
                data[key] = False
        return Record(title=answers[CONF_NAME].strip(), data=data)


class WrittenCondition(ConditionSelector):
    """A condition, checked and kept as it was written: plain data is stored."""

    def __call__(self, data: Any) -> Any:
        """Refuse what is no condition."""
        super().__call__(data)
        return data


def _where_fields() -> tuple[Field, ...]:
    return (
        words_field("presence", Presence, "presence", required=False),
        Field(
            key="rooms",
            selector=AreaSelector(AreaSelectorConfig(multiple=True)),
            required=False,
        ),
        entity_field(ENTITY, (), required=False),
        Field(key=STATE, selector=TextSelector(), required=False),
        Field(
            key=CONDITION,
            selector=WrittenCondition(ConditionSelectorConfig()),
            required=False,
        ),
    )


def _filled(answers: Answers, keys: Iterable[str]) -> dict[str, Any]:
    return {key: answers[key] for key in keys if answers.get(key)}


def _state_problem(where: Answers) -> str | None:
    """A state needs an entity, and an entity a state."""
    has_state = bool(where.get(STATE, "").strip())
    return None if has_state is bool(where.get(ENTITY)) else "state_half"


def _then_problem(when: Answers, then: Answers) -> str | None:
    changes = _filled(then, _CHANGES + _MORE_CHANGES)
    if not changes:
        return "rule_does_nothing"
    if changes.get("drop") and len(changes) > 1:
        return "rule_drops_and_more"
    spans = any(when.get(key) for key in (START, END))
    if changes.get("hold") == HoldUntil.SPAN_ENDS and not spans:
        return "hold_without_span"
    return None
