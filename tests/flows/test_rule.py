"""The form for a rule."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.reliable_notifications.decisions.rulebook import rule
from custom_components.reliable_notifications.engine.routing.rule_order import GAP
from custom_components.reliable_notifications.engine.vocabulary import (
    HoldUntil,
    Presence,
    Priority,
    Role,
    Rule,
    Span,
    StateIs,
    Then,
    When,
)

from .forms import Forms, choices, shown


@pytest.fixture(autouse=True)
def _set_up(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """A washer, a phone, Anna and Ben."""
    for kind, name in (
        ("appliance", "Washer"),
        ("appliance", "Dryer"),
        ("channel", "Phone"),
        ("recipient", "Anna"),
        ("recipient", "Ben"),
    ):
        subentry = ConfigSubentry(
            data=MappingProxyType({}),
            subentry_id=f"0{name.upper()}",
            subentry_type=kind,
            title=name,
            unique_id=None,
        )
        hass.config_entries.async_add_subentry(entry, subentry)


def _now(forms: Forms) -> Rule:
    [stored] = forms.stored("rule")
    return rule(stored.subentry_id, stored.title, stored.data)


EVERYTHING = {
    "name": " Night ",
    "when": {
        "events": ["cycle_finished", "water_on_floor"],
        "appliances": ["0WASHER"],
        "categories": ["appliance"],
        "priorities": ["medium", "high"],
        "recipients": ["0ANNA"],
        "roles": ["adult"],
        "start": "22:00:00",
        "end": "06:00:00",
        "weekdays": ["mon"],
    },
    "where": {
        "presence": "anybody_home",
        "rooms": ["kitchen"],
        "recipient_rooms": ["bath"],
        "entity": "input_boolean.party",
        "state": " on ",
        "condition": [{"condition": "sun", "after": "sunset"}],
    },
    "then": {
        "recipients": ["0BEN"],
        "roles": ["technician"],
        "channels": ["0PHONE"],
        "priority": "low",
        "hold": "span_ends",
        "group": True,
        "escalate_to": ["0ANNA"],
    },
    "after": "first",
    "final": False,
    "enabled": False,
}


async def test_a_rule_with_everything(forms: Forms) -> None:
    form = await forms.add("rule")
    assert shown(form) == {"after": "first", "final": True, "enabled": True}
    result = await forms.fill(form, **EVERYTHING)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    stored = _now(forms)
    assert stored == Rule(
        id=stored.id,
        name="Night",
        order=GAP,
        when=When(
            events=frozenset({"cycle_finished", "water_on_floor"}),
            sources=frozenset({"0WASHER"}),
            categories=frozenset({"appliance"}),
            priorities=frozenset({Priority.MEDIUM, Priority.HIGH}),
            recipients=frozenset({"0ANNA"}),
            roles=frozenset({Role.ADULT}),
            spans=(Span(start=1320, end=360, weekdays=frozenset({0})),),
            presence=Presence.ANYBODY_HOME,
            rooms=frozenset({"kitchen"}),
            recipient_rooms=frozenset({"bath"}),
            states=(StateIs(entity_id="input_boolean.party", value="on"),),
            has_condition=True,
        ),
        then=Then(
            recipients=("0BEN",),
            roles=frozenset({Role.TECHNICIAN}),
            channels=("0PHONE",),
            priority=Priority.LOW,
            hold=HoldUntil.SPAN_ENDS,
            group=True,
            escalate_to=("0ANNA",),
        ),
        final=False,
        enabled=False,
    )


async def test_what_is_stored_is_shown_again(forms: Forms) -> None:
    answers = {
        "when": {
            "events": ["cycle_finished"],
            "start": "22:00:00",
            "end": "06:00:00",
            "weekdays": ["mon"],
        },
        "where": {"presence": "nobody_home", "entity": "sun.sun", "state": "above"},
        "then": {"drop": True},
    }
    await forms.fill(await forms.add("rule"), name="Away", **answers)
    before = _now(forms)
    [stored] = forms.stored("rule")
    form = await forms.change(stored)
    given = {"after": "first", "final": True, "enabled": True}
    assert shown(form) == {"name": "Away", **given, **answers}
    result = await forms.fill(form, name="Away", **given, **answers)
    assert result["reason"] == "reconfigure_successful"
    assert _now(forms) == before


async def test_only_what_exists_can_be_chosen(forms: Forms) -> None:
    form = await forms.add("rule")
    then = next(
        kind for key, kind in form["data_schema"].schema.items() if str(key) == "then"
    )
    people = {"data_schema": then.schema}
    assert [each["label"] for each in choices(people, "recipients")] == ["Anna", "Ben"]


async def test_what_says_nothing_or_half_is_said_at_its_part(forms: Forms) -> None:
    form = await forms.fill(
        await forms.add("rule"),
        name=" ",
        when={"start": "22:00:00"},
        where={"entity": "sun.sun", "state": " "},
        then={"drop": False},
    )
    assert form["errors"] == {
        "name": "name_missing",
        "when": "span_half",
        "where": "state_half",
        "then": "rule_does_nothing",
    }
    form = await forms.fill(form, name="A", then={"drop": True, "priority": "low"})
    assert form["errors"] == {"then": "rule_drops_and_more"}
    form = await forms.fill(form, name="A", then={"hold": "span_ends"})
    assert form["errors"] == {"then": "hold_without_span"}
    form = await forms.fill(form, name="A", then={"hold": "rule_ends"})
    assert form["errors"] == {"then": "hold_without_end"}
    where = {"presence": "anybody_home"}
    await forms.fill(form, name="A", where=where, then={"hold": "rule_ends"})
    form = await forms.add("rule")
    await forms.fill(form, name="B", then={"hold": "quiet_ends"})
    form = await forms.fill(await forms.add("rule"), name="a", then={"drop": True})
    assert form["errors"] == {"name": "name_taken"}


async def _add(forms: Forms, name: str, **answers: Any) -> None:
    form = await forms.add("rule")
    await forms.fill(form, name=name, then={"drop": True}, **answers)


def _in_order(forms: Forms) -> list[str]:
    rules = sorted(forms.stored("rule"), key=lambda each: each.data["order"])
    return [each.title for each in rules]


def _id(forms: Forms, title: str) -> str:
    return next(
        each.subentry_id for each in forms.stored("rule") if each.title == title
    )


async def test_a_new_rule_is_the_last_and_can_be_put_elsewhere(forms: Forms) -> None:
    for name in ("One", "Two"):
        await _add(forms, name)
    form = await forms.add("rule")
    assert [each["label"] for each in choices(form, "after")] == [
        "first",
        "1. One",
        "2. Two",
    ]
    assert shown(form)["after"] == _id(forms, "Two")
    await _add(forms, "Between", after=_id(forms, "One"))
    await _add(forms, "Before", after="first")
    assert _in_order(forms) == ["Before", "One", "Between", "Two"]

    two = next(each for each in forms.stored("rule") if each.title == "Two")
    form = await forms.change(two)
    assert shown(form)["after"] == _id(forms, "Between")
    assert "4. Two" not in [each["label"] for each in choices(form, "after")]
    await forms.fill(form, name="Two", then={"drop": True}, after="first")
    assert _in_order(forms) == ["Two", "Before", "One", "Between"]


async def test_rules_of_the_same_place_are_told_apart_when_one_is_put(
    forms: Forms,
) -> None:
    """The form once gave every rule the place 50."""
    for name in ("B", "A", "C"):
        subentry = ConfigSubentry(
            data=MappingProxyType({"order": 50, "then": {"drop": True}}),
            subentry_id=f"0{name}",
            subentry_type="rule",
            title=name,
            unique_id=None,
        )
        forms.hass.config_entries.async_add_subentry(forms.entry, subentry)
    await _add(forms, "New", after="0A")
    assert _in_order(forms) == ["A", "New", "B", "C"]
    assert len({each.data["order"] for each in forms.stored("rule")}) == 4


async def test_left_out_a_rule_stays_where_it_is(forms: Forms) -> None:
    for name in ("One", "Two", "Three"):
        await _add(forms, name)
    [_, two, _] = forms.stored("rule")
    form = await forms.change(two)
    await forms.fill(form, name="Two", then={"drop": True})
    assert _in_order(forms) == ["One", "Two", "Three"]


async def test_an_entity_that_is_renamed_is_the_same(
    forms: Forms, hass: HomeAssistant
) -> None:
    registry = er.async_get(hass)
    film = registry.async_get_or_create("input_boolean", "test", "film")
    where = {"entity": film.entity_id, "state": "on"}
    await _add(forms, "Film", where=where)
    assert _now(forms).when.states == (StateIs(entity_id=film.id, value="on"),)

    registry.async_update_entity(film.entity_id, new_entity_id="input_boolean.cinema")
    [stored] = forms.stored("rule")
    form = await forms.change(stored)
    assert shown(form)["where"] == {"entity": "input_boolean.cinema", "state": "on"}

    registry.async_remove("input_boolean.cinema")
    assert "where" not in shown(await forms.change(stored))


async def test_what_was_deleted_is_not_shown(forms: Forms) -> None:
    await _add(
        forms,
        "Washer",
        when={"appliances": ["0WASHER"], "recipients": ["0ANNA", "0BEN"]},
    )
    for gone in ("0WASHER", "0BEN"):
        forms.hass.config_entries.async_remove_subentry(forms.entry, gone)
    [stored] = forms.stored("rule")
    assert shown(await forms.change(stored))["when"] == {
        "appliances": [],
        "recipients": ["0ANNA"],
    }


async def test_a_category_is_one_of_those_that_there_are(forms: Forms) -> None:
    form = await forms.add("rule")
    with pytest.raises(InvalidData):
        await forms.fill(
            form, name="A", when={"categories": ["garden"]}, then={"drop": True}
        )


async def test_a_rule_whose_appliance_is_gone_does_not_come_to_be_for_all(
    forms: Forms, hass: HomeAssistant
) -> None:
    film = er.async_get(hass).async_get_or_create("input_boolean", "test", "film")
    await _add(
        forms,
        "Film",
        when={"appliances": ["0WASHER"], "recipients": ["0ANNA", "0BEN"]},
        where={"entity": film.entity_id, "state": "on"},
    )
    for gone in ("0WASHER", "0BEN"):
        hass.config_entries.async_remove_subentry(forms.entry, gone)
    er.async_get(hass).async_remove(film.entity_id)
    [stored] = forms.stored("rule")
    form = await forms.change(stored)
    answers = {"name": "Film", "then": {"drop": True}}
    form = await forms.fill(form, **answers, when={"recipients": ["0ANNA"]})
    assert form["errors"] == {"when": "all_gone", "where": "all_gone"}
    # what is left of several may be taken away as well
    form = await forms.fill(
        form,
        **answers,
        when={"appliances": ["0DRYER"]},
        where={"entity": "sun.sun", "state": "up"},
    )
    assert form["reason"] == "reconfigure_successful"
