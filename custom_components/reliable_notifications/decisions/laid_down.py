"""What an installation has laid down for the router: rules, tables, conditions.

Reads it from the entry, in the engine's words. Must not decide what follows from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
import logging
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant

from ..adapters.conditions import Conditions
from ..configured import rules
from ..const import CONF_EVENTS, CONF_POLICIES, CONF_PRESET, SUBENTRY_RULE
from ..engine.routing.catalogue import CATALOGUE, edited
from ..engine.routing.policy import PRESETS, Preset
from ..engine.routing.policy_edits import Problem, edited as with_edits
from ..engine.routing.policy_row import Policies
from ..engine.routing.router import HouseRules
from ..engine.vocabulary import HoldUntil, Rule
from .rulebook import event_edit

_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidDown:
    """The rules and tables, and the conditions of Home Assistant that rules have.

    `unfit` are the priorities of which something was edited that does not fit the table
    of today, and is left out.
    """

    rules: HouseRules
    conditions: Conditions
    unfit: frozenset[str] = frozenset()

    @property
    def entity_ids(self) -> frozenset[str]:
        """The entities whose states the rules ask for."""
        return frozenset(
            state.entity_id for rule in self.rules.rules for state in rule.when.states
        )

    @property
    def ended_by(self) -> frozenset[str]:
        """The entities that may end what a rule holds for as long as it applies."""
        return frozenset(
            entity
            for rule in self._keeping
            for entity in (
                *(state.entity_id for state in rule.when.states),
                *self.conditions.entities(rule.id),
            )
        )

    @property
    def ended_in(self) -> frozenset[str]:
        """The rooms that may do so."""
        return frozenset(
            room
            for rule in self._keeping
            for room in rule.when.rooms | rule.when.recipient_rooms
        )

    @property
    def _keeping(self) -> Iterator[Rule]:
        for rule in self.rules.rules:
            if rule.enabled and rule.then.hold is HoldUntil.RULE_ENDS:
                yield rule


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
    known, (policies, problems) = rules(entry), _policies(entry)
    return LaidDown(
        rules=HouseRules(
            rules=known,
            policies=policies,
            catalogue=edited(edits, CATALOGUE),
        ),
        conditions=Conditions(hass, conditions, {each.id: each.name for each in known}),
        unfit=frozenset(each.priority for each in problems),
    )


def _policies(entry: ConfigEntry[Any]) -> tuple[Policies, Sequence[Problem]]:
    """The table of priorities as the household has edited it, and what does not fit."""
    preset = Preset(entry.options.get(CONF_PRESET, Preset.HOUSEHOLD))
    policies, problems = with_edits(
        PRESETS[preset], entry.options.get(CONF_POLICIES, {})
    )
    for problem in problems:  # the form has checked them, for the table of that time
        _LOGGER.warning(
            "The change of %s for priority %s does not fit any more, left out: %s",
            problem.field or "everything",
            problem.priority,
            problem.fault,
        )
    return policies, problems
