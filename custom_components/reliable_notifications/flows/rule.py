"""The form for a rule: when it holds, and what it changes.

Checks that a rule says something and can hold; whether it contradicts another one is
looked at where all of them are known. It must not carry rules out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from math import inf
from typing import Any

from homeassistant.config_entries import SubentryFlowResult
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
from ..engine.routing.rule_order import Placed, placed, sequence
from ..engine.vocabulary import HoldUntil, Presence, Priority, Role
from .channel_names import channel_names
from .entity_references import entity_id_of, reference_of
from .fields import (
    Field,
    Group,
    choice_field,
    entity_field,
    name_field,
    ordered_field,
    several_field,
    words_field,
    yes_no_field,
)
from .subentry_form import Answers, OnePageForm, Record
from .times import DAYS, END, START, span_fields, span_problem, span_shown, span_stored

AFTER, ORDER, FINAL, ENABLED = "after", "order", "final", "enabled"
WHEN, WHERE, THEN = "when", "where", "then"
ENTITY, STATE, CONDITION = "entity", "state", "condition"

# The place before all others, in the words of the form
_FIRST = "first"

_SPAN = (START, END, DAYS)
_ABOUT = ("events", "appliances", "categories", "priorities", "recipients", "roles")
_CHANGES = ("recipients", "roles", "channels", "priority", "hold", "escalate_to")
_ROOMS = ("rooms", "recipient_rooms")
_MORE_CHANGES = ("drop", "group")
_NAMED = {
    "appliances": SUBENTRY_APPLIANCE,
    "recipients": SUBENTRY_RECIPIENT,
    "escalate_to": SUBENTRY_RECIPIENT,
    "channels": SUBENTRY_CHANNEL,
}


class RuleFlow(OnePageForm):
    """Add a rule, or change one."""

    # the new numbers of the others, from reading the answers until they are stored
    _moved: Mapping[str, int] = {}

    def _fields(self) -> Iterable[Field | Group]:
        return (
            name_field(),
            Group(key=WHEN, fields=self._when_fields(), folded=False),
            Group(key=WHERE, fields=_where_fields()),
            Group(key=THEN, fields=self._then_fields(), folded=False),
            choice_field(AFTER, self._places(), "rule_place", required=False),
            yes_no_field(FINAL),
            yes_no_field(ENABLED),
        )

    def _when_fields(self) -> tuple[Field, ...]:
        return (
            several_field("events", CATALOGUE, "event_key", free=True),
            ordered_field("appliances", self._named(SUBENTRY_APPLIANCE)),
            several_field("categories", Category, "category"),
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
        siblings = self._siblings(subentry_type)
        named = [(each.subentry_id, each.title) for each in siblings]
        if subentry_type == SUBENTRY_CHANNEL:
            named = list(channel_names(siblings).items())
        return sorted(named, key=lambda each: each[1].casefold())

    def _orders(self) -> dict[str, int]:
        """The numbers of the other rules."""
        return {
            each.subentry_id: each.data.get(ORDER, 0)
            for each in self._siblings(SUBENTRY_RULE)
        }

    def _places(self) -> list[tuple[str, str]]:
        """Behind what it can stand: the other rules, numbered as they are asked."""
        titles = {
            each.subentry_id: each.title for each in self._siblings(SUBENTRY_RULE)
        }
        others = enumerate(sequence(self._orders()), start=1)
        return [
            (_FIRST, _FIRST),
            *((each, f"{number}. {titles[each]}") for number, each in others),
        ]

    def _place_of(self, order: float) -> str:
        """Behind which it stands, with this number."""
        others = self._orders()
        here = (order, self._edited.subentry_id if self._edited else "")
        before = [each for each in sequence(others) if (others[each], each) < here]
        return before[-1] if before else _FIRST

    def _values(self) -> Answers:
        place = self._place_of(inf)  # a new one is heard where no other was
        return {AFTER: place, FINAL: True, ENABLED: True, **super()._values()}

    def _stored(self, data: Mapping[str, Any]) -> Answers:
        when, then = data.get("when", {}), data.get("then", {})
        [span] = [*when.get("spans", ()), None][:1]
        [state] = [*when.get("states", ()), {}][:1]
        return {
            AFTER: self._place_of(data.get(ORDER, 0)),
            FINAL: data.get(FINAL, True),
            ENABLED: data.get(ENABLED, True),
            WHEN: self._still_there(_filled(when, _ABOUT)) | span_shown(span),
            WHERE: {
                **_filled(when, ("presence", *_ROOMS, CONDITION)),
                **self._state_shown(state),
            },
            THEN: self._still_there(_filled(then, _CHANGES + _MORE_CHANGES)),
        }

    def _still_there(self, chosen: Answers) -> dict[str, Any]:
        """What is gone cannot be chosen, and is not shown."""
        there: dict[str, Collection[str]] = {
            key: {value for value, _ in self._named(kind)}
            for key, kind in _NAMED.items()
        }
        there["categories"] = [each.value for each in Category]
        return {
            key: [each for each in value if each in there[key]]
            if key in there
            else value
            for key, value in chosen.items()
        }

    def _state_shown(self, state: Answers) -> dict[str, Any]:
        """The entity by its present name; nothing of one that was deleted."""
        if not state or (entity := entity_id_of(self.hass, state[ENTITY])) is None:
            return {}
        return {ENTITY: entity, STATE: state[STATE]}

    def _problems(self, answers: Answers) -> Mapping[str, str | None]:
        when, where, then = (answers.get(each, {}) for each in (WHEN, WHERE, THEN))
        return {
            CONF_NAME: self._name_problem(answers[CONF_NAME], SUBENTRY_RULE),
            WHEN: span_problem(when) or self._when_lost(when),
            WHERE: _state_problem(where) or self._where_lost(where),
            THEN: _then_problem(when, where, then),
        }

    def _when_lost(self, when: Answers) -> str | None:
        """A rule for the washer alone, which is gone, must not come to be for all."""
        before = self._edited.data.get("when", {}) if self._edited else {}
        chosen = _filled(before, ("appliances", "categories", "recipients"))
        left = self._still_there(chosen)
        lost = any(not left[key] and not when.get(key) for key in chosen)
        return "all_gone" if lost else None

    def _where_lost(self, where: Answers) -> str | None:
        """Nor one for a state that nothing has any more."""
        before = self._edited.data.get("when", {}) if self._edited else {}
        states = before.get("states", ())
        gone = any(not self._state_shown(each) for each in states)
        return "all_gone" if gone and not where.get(ENTITY) else None

    def _record(self, answers: Answers) -> Record:
        when, where, then = (answers.get(each, {}) for each in (WHEN, WHERE, THEN))
        conditions = {
            **_filled(when, _ABOUT),
            **_filled(where, ("presence", *_ROOMS, CONDITION)),
        }
        if span := span_stored(when):
            conditions["spans"] = span
        if where.get(ENTITY):
            conditions["states"] = [
                {
                    ENTITY: reference_of(self.hass, where[ENTITY]),
                    STATE: where[STATE].strip(),
                }
            ]
        place = self._placed(answers.get(AFTER))
        self._moved = place.moved
        data: dict[str, Any] = {
            ORDER: place.order,
            "when": conditions,
            "then": _filled(then, _CHANGES + _MORE_CHANGES),
        }
        # what a rule is without a word needs none
        for key in (FINAL, ENABLED):
            if not answers.get(key, True):
                data[key] = False
        return Record(title=answers[CONF_NAME].strip(), data=data)

    def _placed(self, after: str | None) -> Placed:
        """Its number; left out, it stays where it is, and a new one is the last."""
        edited = self._edited
        now = None if edited is None else edited.data.get(ORDER, 0)
        place = after or self._place_of(inf if now is None else now)
        return placed(self._orders(), None if place == _FIRST else place, now)

    def _store(self, record: Record) -> SubentryFlowResult:
        """Make room among the others first, where there is none."""
        for subentry in self._siblings(SUBENTRY_RULE):
            if (order := self._moved.get(subentry.subentry_id)) is not None:
                self.hass.config_entries.async_update_subentry(
                    self._get_entry(), subentry, data={**subentry.data, ORDER: order}
                )
        return super()._store(record)


class WrittenCondition(ConditionSelector):
    """A condition, checked and kept as it was written: plain data is stored."""

    def __call__(self, data: Any) -> Any:
        """Refuse what is no condition."""
        super().__call__(data)
        return data


def _where_fields() -> tuple[Field, ...]:
    return (
        words_field("presence", Presence, "presence", required=False),
        *(
            Field(
                key=key,
                selector=AreaSelector(AreaSelectorConfig(multiple=True)),
                required=False,
            )
            for key in _ROOMS
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


def _then_problem(when: Answers, where: Answers, then: Answers) -> str | None:
    changes = _filled(then, _CHANGES + _MORE_CHANGES)
    if not changes:
        return "rule_does_nothing"
    if changes.get("drop") and len(changes) > 1:
        return "rule_drops_and_more"
    spans = any(when.get(key) for key in (START, END))
    if changes.get("hold") == HoldUntil.SPAN_ENDS and not spans:
        return "hold_without_span"
    ends = spans or any(where.values())
    if changes.get("hold") == HoldUntil.RULE_ENDS and not ends:
        return "hold_without_end"
    return None
