"""The form for an appliance: what it is called, what it is, where its power is read.

It must not read the sensor's values: whether the appliance runs is the
detector's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from homeassistant.const import CONF_NAME
from homeassistant.core import HomeAssistant

from ..const import (
    CONF_DOOR_ENTITY,
    CONF_KIND,
    CONF_POWER_ENTITY,
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
from .witness_entities import door_filters, door_problem

# the part of the form that most people need not open
MORE = "more"

# what else may tell of an appliance, and what can be wrong with the choice
_WITNESSES: Mapping[str, Callable[[HomeAssistant, str], str | None]] = {
    CONF_DOOR_ENTITY: door_problem,
}


class ApplianceFlow(OnePageForm):
    """Add an appliance, or change one."""

    def _fields(self) -> Iterable[Field | Group]:
        return (
            name_field(),
            entity_field(CONF_POWER_ENTITY, sensor_filters(self.hass)),
            words_field(CONF_KIND, ApplianceKind, "appliance_kind", required=False),
            Group(
                key=MORE,
                fields=(
                    entity_field(CONF_DOOR_ENTITY, door_filters(), required=False),
                ),
            ),
        )

    def _stored(self, data: Mapping[str, Any]) -> Answers:
        sensor = entity_id_of(self.hass, data[CONF_POWER_ENTITY])
        shown = {} if sensor is None else {CONF_POWER_ENTITY: sensor}
        witnesses = {
            key: entity_id
            for key in _WITNESSES
            if key in data and (entity_id := entity_id_of(self.hass, data[key]))
        }
        more = {MORE: witnesses} if witnesses else {}
        return {CONF_KIND: data[CONF_KIND], **shown, **more}

    def _problems(self, answers: Answers) -> Mapping[str, str | None]:
        return {
            CONF_NAME: self._name_problem(answers[CONF_NAME], SUBENTRY_APPLIANCE),
            CONF_POWER_ENTITY: self._sensor_problem(answers[CONF_POWER_ENTITY]),
            MORE: self._witness_problem(answers.get(MORE, {})),
        }

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
        }
        taken = reference_of(self.hass, entity) in used
        return "already_configured_power" if taken else None

    def _record(self, answers: Answers) -> Record:
        name, sensor = answers[CONF_NAME].strip(), answers[CONF_POWER_ENTITY]
        kind = answers.get(CONF_KIND) or guess_kind(
            [name, *names_around(self.hass, sensor)]
        )
        more = answers.get(MORE, {})
        return Record(
            title=name,
            data={
                CONF_KIND: ApplianceKind(kind).value,
                CONF_POWER_ENTITY: reference_of(self.hass, sensor),
                **{
                    key: reference_of(self.hass, more[key])
                    for key in _WITNESSES
                    if key in more
                },
            },
        )
