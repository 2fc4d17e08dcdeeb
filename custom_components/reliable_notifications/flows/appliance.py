"""The form for an appliance: what it is called, what it is, what tells of it.

It must not read the sensor's values: whether the appliance runs is the
detector's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from homeassistant.const import CONF_NAME
from homeassistant.core import HomeAssistant

from ..const import (
    CONF_COUNTER_ENTITY,
    CONF_DOOR_ENTITY,
    CONF_KIND,
    CONF_NATIVE_ENTITY,
    CONF_POWER_ENTITY,
    CONF_PRICE_ENTITY,
    SUBENTRY_APPLIANCE,
)
from ..engine.vocabulary import ApplianceKind
from .fields import Field, Group, entity_field, name_field, words_field
from .kind_guess import guess_kind
from .power_sensors import (
    entity_id_of,
    names_around,
    reference_of,
    sensor_filters,
    sensor_problem,
)
from .subentry_form import Answers, OnePageForm, Record
from .witness_entities import (
    counter_filters,
    counter_problem,
    door_filters,
    door_problem,
    native_filters,
    native_problem,
    price_filters,
    price_problem,
)

# the part of the form that most people need not open
MORE = "more"

# what else may tell of an appliance, and what can be wrong with the choice
_WITNESSES: Mapping[str, Callable[[HomeAssistant, str], str | None]] = {
    CONF_DOOR_ENTITY: door_problem,
    CONF_COUNTER_ENTITY: counter_problem,
    CONF_PRICE_ENTITY: price_problem,
    CONF_NATIVE_ENTITY: native_problem,
}


class ApplianceFlow(OnePageForm):
    """Add an appliance, or change one."""

    def _fields(self) -> Iterable[Field | Group]:
        return (
            name_field(),
            entity_field(CONF_POWER_ENTITY, sensor_filters(self.hass), required=False),
            words_field(CONF_KIND, ApplianceKind, "appliance_kind", required=False),
            Group(
                key=MORE,
                fields=tuple(
                    entity_field(key, filters, required=False)
                    for key, filters in (
                        (CONF_DOOR_ENTITY, door_filters()),
                        (CONF_COUNTER_ENTITY, counter_filters()),
                        (CONF_PRICE_ENTITY, price_filters(self.hass)),
                        (CONF_NATIVE_ENTITY, native_filters()),
                    )
                ),
            ),
        )

    def _stored(self, data: Mapping[str, Any]) -> Answers:
        present = {
            key: entity_id
            for key in (CONF_POWER_ENTITY, *_WITNESSES)
            if key in data and (entity_id := entity_id_of(self.hass, data[key]))
        }
        sensor = present.pop(CONF_POWER_ENTITY, None)
        shown = {} if sensor is None else {CONF_POWER_ENTITY: sensor}
        more = {MORE: present} if present else {}
        return {CONF_KIND: data[CONF_KIND], **shown, **more}

    def _problems(self, answers: Answers) -> Mapping[str, str | None]:
        return {
            CONF_NAME: self._name_problem(answers[CONF_NAME], SUBENTRY_APPLIANCE),
            CONF_POWER_ENTITY: self._source_problem(answers),
            MORE: self._witness_problem(answers.get(MORE, {})),
        }

    def _source_problem(self, answers: Answers) -> str | None:
        """Power, or else what the appliance says itself: one of them is needed."""
        if CONF_POWER_ENTITY in answers:
            return self._sensor_problem(answers[CONF_POWER_ENTITY])
        has_other = CONF_NATIVE_ENTITY in answers.get(MORE, {})
        return None if has_other else "power_or_native"

    def _witness_problem(self, chosen: Answers) -> str | None:
        """The first one: Home Assistant shows one error for the whole group."""
        problems = (
            problem(self.hass, chosen[key])
            for key, problem in _WITNESSES.items()
            if key in chosen
        )
        return next((found for found in problems if found is not None), None)

    def _sensor_problem(self, entity: str) -> str | None:
        if (problem := sensor_problem(self.hass, entity)) is not None:
            return problem
        # what is stored may be an entity id from before the sensor was registered
        used = {
            reference_of(self.hass, each.data[CONF_POWER_ENTITY])
            for each in self._siblings(SUBENTRY_APPLIANCE)
            if CONF_POWER_ENTITY in each.data
        }
        taken = reference_of(self.hass, entity) in used
        return "already_configured_power" if taken else None

    def _record(self, answers: Answers) -> Record:
        name, more = answers[CONF_NAME].strip(), answers.get(MORE, {})
        chosen = {
            **{key: more[key] for key in _WITNESSES if key in more},
            **(
                {CONF_POWER_ENTITY: answers[CONF_POWER_ENTITY]}
                if CONF_POWER_ENTITY in answers
                else {}
            ),
        }
        main = chosen.get(CONF_POWER_ENTITY) or chosen[CONF_NATIVE_ENTITY]
        kind = answers.get(CONF_KIND) or guess_kind(
            [name, *names_around(self.hass, main)]
        )
        references = {
            key: reference_of(self.hass, entity) for key, entity in chosen.items()
        }
        return Record(
            title=name, data={CONF_KIND: ApplianceKind(kind).value, **references}
        )
