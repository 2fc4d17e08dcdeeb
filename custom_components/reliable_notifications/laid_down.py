"""What an installation has laid down for the router: rules, tables, conditions.

Reads it from the entry, in the engine's words. Must not decide what follows from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant

from .adapters.conditions import Conditions
from .configured import rules
from .const import CONF_EVENTS, CONF_PRESET, SUBENTRY_RULE
from .engine.routing.catalogue import CATALOGUE, edited
from .engine.routing.policy import PRESETS, Preset
from .engine.routing.router import HouseRules
from .rulebook import event_edit


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidDown:
    """The rules and tables, and the conditions of Home Assistant that rules have."""

    rules: HouseRules
    conditions: Conditions

    @property
    def entity_ids(self) -> frozenset[str]:
        """The entities whose states the rules ask for."""
        return frozenset(
            state.entity_id for rule in self.rules.rules for state in rule.when.states
        )


def laid_down(hass: HomeAssistant, entry: ConfigEntry[Any]) -> LaidDown:
    """Read what is laid down."""
    conditions = {
        subentry.subentry_id: condition
        for subentry in entry.subentries.values()
        if subentry.subentry_type == SUBENTRY_RULE
        and (condition := subentry.data.get("when", {}).get("condition"))
    }
    edits = {
        key: event_edit(key, stored)
        for key, stored in entry.options.get(CONF_EVENTS, {}).items()
    }
    known = rules(entry)
    return LaidDown(
        rules=HouseRules(
            rules=known,
            policies=PRESETS[Preset(entry.options.get(CONF_PRESET, Preset.HOUSEHOLD))],
            catalogue=edited(edits, CATALOGUE),
        ),
        conditions=Conditions(hass, conditions, {each.id: each.name for each in known}),
    )
