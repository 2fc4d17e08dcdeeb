"""The form for a rule."""

from __future__ import annotations

from types import MappingProxyType

from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.reliable_notifications.decisions.rulebook import rule
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
    "order": 10,
    "final": False,
    "enabled": False,
}


async def test_a_rule_with_everything(forms: Forms) -> None:
    form = await forms.add("rule")
    assert shown(form) == {"order": 50, "final": True, "enabled": True}
    result = await forms.fill(form, **EVERYTHING)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    stored = _now(forms)
    assert stored == Rule(
        id=stored.id,
        name="Night",
        order=10,
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
    given = {"order": 50, "final": True, "enabled": True}
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
    await forms.fill(form, name="A", then={"hold": "quiet_ends"})
    form = await forms.fill(await forms.add("rule"), name="a", then={"drop": True})
    assert form["errors"] == {"name": "name_taken"}
