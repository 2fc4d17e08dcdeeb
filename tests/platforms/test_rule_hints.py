"""Rules that contradict each other, are never heard, or name what is gone."""

from __future__ import annotations

import json
from pathlib import Path
from types import MappingProxyType
from typing import Any

from homeassistant.config_entries import ConfigSubentry
from homeassistant.helpers import issue_registry as ir

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
        if domain == DOMAIN and issue.active and key.startswith("rule_"):
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
        "rule_broken": "The rule Old names something that is gone",
    }
    for subentry in tuple(home.entry.subentries.values()):
        if subentry.title in ("Soft", "Old"):
            home.hass.config_entries.async_remove_subentry(
                home.entry, subentry.subentry_id
            )
    await home.settle()
    assert _said(home) == {}
