"""Home Assistant's conditions of our rules: made ready once, asked at each decision.

One that cannot be answered (an entity is gone, a template fails) is unknown, and said
once in the log. Must not know what a rule does with the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
import logging
from typing import Any, cast

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import condition, config_validation as cv
from homeassistant.helpers.typing import ConfigType

from ..compat import vol
from .condition_times import answer_at, is_steady

_LOGGER = logging.getLogger(__name__)

type Check = Callable[[HomeAssistant, None], bool | None]


class Conditions:
    """The conditions by the id of their rule; of several all have to hold."""

    def __init__(
        self,
        hass: HomeAssistant,
        written: Mapping[str, Any],
        names: Mapping[str, str],
    ) -> None:
        """Take them as they were written; `names` are those of the rules."""
        self._hass = hass
        self._written = written
        self._names = names
        self._checks: dict[str, Sequence[Check]] = {}
        self._entities: dict[str, frozenset[str]] = {}
        self._configs: dict[str, Sequence[ConfigType]] = {}
        self._complained: set[str] = set()

    async def async_start(self) -> None:
        """Make them ready; one that is no condition any more stays unknown."""
        for rule_id, written in self._written.items():
            try:
                configs = await condition.async_validate_conditions_config(
                    self._hass, cv.CONDITIONS_SCHEMA(written)
                )
                known = cast("list[ConfigType]", configs)
                self._checks[rule_id] = [
                    await condition.async_from_config(self._hass, config)
                    for config in known
                ]
                self._configs[rule_id] = known
                self._entities[rule_id] = frozenset[str]().union(
                    *(condition.async_extract_entities(each) for each in known)
                )
            except (vol.Invalid, HomeAssistantError) as error:
                self._complain(rule_id, error)

    def entities(self, rule_id: str) -> frozenset[str]:
        """Those that its condition looks at; templates do not say which."""
        return self._entities.get(rule_id, frozenset())

    def answers(self) -> Mapping[str, bool | None]:
        """Whether each of them holds now; None where that cannot be told."""
        return {rule_id: self._answer(rule_id) for rule_id in self._written}

    def answers_at(self, at: datetime) -> Mapping[str, bool | None]:
        """What is known of them for another local time; states are as they are now."""
        return {rule_id: self._answer_at(rule_id, at) for rule_id in self._written}

    def _answer_at(self, rule_id: str, at: datetime) -> bool | None:
        answers: list[bool | None] = []
        for config, check in zip(
            self._configs.get(rule_id, ()), self._checks.get(rule_id, ()), strict=True
        ):
            answer = answer_at(config, at)
            if answer is None and is_steady(config):
                answer = self._answer_of((check,), rule_id)
            answers.append(answer)
        if False in answers:
            return False
        return None if None in answers or not answers else True

    def _answer(self, rule_id: str) -> bool | None:
        if rule_id not in self._checks:
            return None
        return self._answer_of(self._checks[rule_id], rule_id)

    def _answer_of(self, checks: Sequence[Check], rule_id: str) -> bool | None:
        try:
            # a condition that is switched off answers None: it is as if it were not
            answers = [check(self._hass, None) for check in checks]
        except HomeAssistantError as error:
            self._complain(rule_id, error)
            return None
        self._complained.discard(rule_id)
        return False not in answers

    def _complain(self, rule_id: str, error: Exception) -> None:
        if rule_id not in self._complained:
            self._complained.add(rule_id)
            _LOGGER.warning(
                "The condition of the rule %s cannot be told, so the rule does not "
                "hold: %s",
                self._names.get(rule_id, rule_id),
                error,
            )
