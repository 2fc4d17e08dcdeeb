"""Rules that contradict each other, are never heard, or name what is gone."""

from __future__ import annotations

import json
from pathlib import Path
from types import MappingProxyType
from typing import Any

from homeassistant.config_entries import ConfigSubentry
from homeassistant.helpers import (
    area_registry as ar,
    entity_registry as er,
    issue_registry as ir,
)

from custom_components.reliable_notifications.const import DOMAIN

from .home import Home

_TEXTS = json.loads(
    Path("custom_components/reliable_notifications/translations/en.json").read_text()
)["issues"]


async def _with_rules(home: Home, **rules: dict[str, Any]) -> None:
    for name, data in rules.items():
        rule = ConfigSubentry(
            data=MappingProxyType(data),
            subentry_type="rule",
            title=name,
            unique_id=None,
        )
        home.hass.config_entries.async_add_subentry(home.entry, rule)
    await home.settle()


def _said(home: Home) -> dict[str, str]:
    """The hints about rules: what is said by which text."""
    said = {}
    for (domain, _), issue in ir.async_get(home.hass).issues.items():
        key = issue.translation_key or ""
        ours = domain == DOMAIN and key.startswith(("rule_", "policy_"))
        if ours and issue.active:
            words = issue.translation_placeholders or {}
            assert _TEXTS[key]["description"].format(**words)
            said[key] = _TEXTS[key]["title"].format(**words)
    return said


async def test_both_rules_are_named(home: Home) -> None:
    await _with_rules(
        home,
        Night={
            "order": 1,
            "when": {"categories": ["appliance"]},
            "then": {"drop": True},
        },
        Washer={
            "order": 2,
            "when": {"events": ["cycle_finished"], "categories": ["appliance"]},
            "then": {"priority": "high"},
        },
    )
    assert _said(home) == {"rule_unreachable": "The rule Washer is never heard"}


async def test_a_contradiction_and_what_is_gone(home: Home) -> None:
    about = {"events": ["cycle_finished"]}
    await _with_rules(
        home,
        Loud={"order": 1, "final": False, "when": about, "then": {"priority": "high"}},
        Soft={"order": 2, "when": about, "then": {"priority": "low"}},
        Old={"order": 3, "when": {"events": ["test"]}, "then": {"channels": ["GONE"]}},
    )
    assert _said(home) == {
        "rule_conflict_priority": "Two rules disagree: Loud and Soft",
        "rule_broken_channel": "The rule Old names something that is gone",
    }
    for subentry in tuple(home.entry.subentries.values()):
        if subentry.title in ("Soft", "Old"):
            home.hass.config_entries.async_remove_subentry(
                home.entry, subentry.subentry_id
            )
    await home.settle()
    assert _said(home) == {}


async def test_rules_for_different_things_are_not_called_contradictory(
    home: Home,
) -> None:
    """With the same place, as the form once gave it to all of them."""
    home._add("recipient", "Tina", channels=[], roles=["technician"])
    home._add("recipient", "Kurt", channels=[], roles=["customer"])
    await _with_rules(
        home,
        Finished={
            "order": 50,
            "when": {"events": ["cycle_finished"]},
            "then": {"priority": "low"},
        },
        Safety={
            "order": 50,
            "when": {"categories": ["safety"]},
            "then": {"priority": "urgent"},
        },
    )
    assert _said(home) == {}
    await _with_rules(
        home,
        Technicians={
            "order": 60,
            "when": {"roles": ["technician"], "events": ["repair_approved"]},
            "then": {"priority": "high"},
        },
        Customers={
            "order": 60,
            "when": {"roles": ["customer"], "events": ["repair_approved"]},
            "then": {"priority": "low"},
        },
    )
    assert _said(home) == {}


async def test_a_room_an_appliance_and_an_entity_that_go_are_said(home: Home) -> None:
    area = ar.async_get(home.hass).async_create("Cellar")
    registry = er.async_get(home.hass)
    film = registry.async_get_or_create("input_boolean", "test", "film")
    await _with_rules(
        home,
        Cellar={"order": 1, "when": {"rooms": [area.id]}, "then": {"drop": True}},
        Kettle={
            "order": 2,
            "when": {"appliances": [_kettle(home)]},
            "then": {"priority": "low"},
        },
        Film={
            "order": 3,
            "when": {"states": [{"entity": film.id, "state": "on"}]},
            "then": {"drop": True},
        },
        Sun={
            "order": 4,
            "when": {"states": [{"entity": "sun.sun", "state": "up"}]},
            "then": {"priority": "low"},
        },
    )
    assert _said(home) == {
        "rule_broken_entity": "The rule Sun names something that is gone"
    }
    home.hass.states.async_set("sun.sun", "down")
    registry.async_update_entity(film.entity_id, new_entity_id="input_boolean.cinema")
    home.entry.runtime_data.hints.async_look()
    assert _said(home) == {}

    ar.async_get(home.hass).async_delete(area.id)
    registry.async_remove("input_boolean.cinema")
    home.hass.config_entries.async_remove_subentry(home.entry, _kettle(home))
    await home.settle()
    assert _said(home) == {
        "rule_broken_room": "The rule Cellar names something that is gone",
        "rule_broken_appliance": "The rule Kettle names something that is gone",
        "rule_broken_entity": "The rule Film names something that is gone",
    }


def _kettle(home: Home) -> str:
    return next(
        each.subentry_id
        for each in home.entry.subentries.values()
        if each.title == "Kettle"
    )


async def test_a_rule_that_asks_for_what_cannot_be(home: Home) -> None:
    await _with_rules(
        home,
        Never={
            "order": 1,
            "when": {"events": ["cycle_finished"], "categories": ["safety"]},
            "then": {"drop": True},
        },
    )
    assert _said(home) == {"rule_never_events": "The rule Never can never hold"}
    await _with_rules(
        home,
        Nobody={"order": 2, "when": {"roles": ["guest"]}, "then": {"drop": True}},
    )
    assert _said(home)["rule_never_recipients"] == "The rule Nobody can never hold"


async def test_an_edit_that_does_not_fit_the_chosen_table_is_said(home: Home) -> None:
    """Eight hours without eyes: news for a team, not for a household."""
    edit = {"policies": {"medium": {"unseen": 8 * 3600.0, "digest": True}}}
    for options, said in (
        ({"preset": "service_team", **edit}, {}),
        (
            edit,
            {
                "policy_unfit": "Something that you changed for priority medium is left"
                " out"
            },
        ),
    ):
        home.hass.config_entries.async_update_entry(home.entry, options=options)
        await home.settle()
        assert _said(home) == said
        laid_down = home.entry.runtime_data.pipeline.switchboard.laid_down
        assert laid_down.rules.policies["medium"].digest  # the rest of it holds
    await home.hass.config_entries.async_unload(home.entry.entry_id)
    assert _said(home) == {}


async def test_an_entity_that_is_gone_from_a_condition(home: Home) -> None:
    home.hass.states.async_set("light.hall", "on")
    lit = {"condition": "state", "entity_id": "light.hall", "state": "on"}
    condition = {"condition": "or", "conditions": [lit]}
    await _with_rules(
        home,
        Hall={"order": 1, "when": {"condition": [condition]}, "then": {"drop": True}},
    )
    assert _said(home) == {}

    home.hass.states.async_remove("light.hall")
    home.entry.runtime_data.hints.async_look()
    assert _said(home) == {
        "rule_broken_entity": "The rule Hall names something that is gone"
    }


async def test_several_rules_that_leave_nothing_of_another_are_named(
    home: Home,
) -> None:
    morning, rest = {"start": 0, "end": 720}, {"start": 720, "end": 0}
    await _with_rules(
        home,
        Early={"order": 1, "when": {"spans": [morning]}, "then": {"priority": "low"}},
        Late={"order": 2, "when": {"spans": [rest]}, "then": {"priority": "low"}},
        Always={"order": 3, "then": {"priority": "low"}},
    )
    assert _said(home) == {
        "rule_unreachable_together": "The rule Always is never heard"
    }
