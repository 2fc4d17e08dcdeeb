"""The form for an appliance: what it is called, what it is, what tells of it.

It must not read the sensor's values: whether the appliance runs is the
detector's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from homeassistant.config_entries import (
    SOURCE_RECONFIGURE,
    ConfigEntryState,
    SubentryFlowResult,
)
from homeassistant.const import CONF_NAME
from homeassistant.core import HomeAssistant

from ..appliances.appliance import ApplianceWatch
from ..appliances.forecast import KnownProgramme
from ..const import (
    CONF_ALMOST_DONE_MINUTES,
    CONF_COUNTER_ENTITY,
    CONF_DOOR_ENTITY,
    CONF_KIND,
    CONF_NATIVE_ENTITY,
    CONF_POWER_ENTITY,
    CONF_PRICE_ENTITY,
    CONF_PRIORITY,
    CONF_TELL_ALMOST_DONE,
    CONF_TELL_STARTED,
    CONF_VIBRATION_ENTITY,
    SUBENTRY_APPLIANCE,
)
from ..engine.vocabulary import ApplianceKind, Priority
from .entity_references import entity_id_of, reference_of
from .fields import (
    Field,
    Group,
    entity_field,
    minutes_field,
    name_field,
    words_field,
    yes_no_field,
)
from .kind_guess import guess_kind
from .power_sensors import (
    names_around,
    sensor_filters,
    sensor_problem,
)
from .programme_names import (
    chosen_names,
    descriptions,
    name_fields,
    name_problems,
    present_names,
)
from .subentry_form import Answers, OnePageForm, Record, found
from .witness_entities import (
    counter_filters,
    counter_problem,
    door_filters,
    door_problem,
    native_filters,
    native_problem,
    price_filters,
    price_problem,
    vibration_filters,
    vibration_problem,
)

# *Almost done* may come up to two hours early: longer programmes are half over then.
MOST_ALMOST_DONE_MIN = 120

# what people want of the appliance beside what tells of it
_WISHES = (
    CONF_ALMOST_DONE_MINUTES,
    CONF_TELL_ALMOST_DONE,
    CONF_TELL_STARTED,
    CONF_PRIORITY,
)

# the part of the form that most people need not open
MORE = "more"

# what else may tell of an appliance, and what can be wrong with the choice
_WITNESSES: Mapping[str, Callable[[HomeAssistant, str], str | None]] = {
    CONF_DOOR_ENTITY: door_problem,
    CONF_VIBRATION_ENTITY: vibration_problem,
    CONF_COUNTER_ENTITY: counter_problem,
    CONF_PRICE_ENTITY: price_problem,
    CONF_NATIVE_ENTITY: native_problem,
}


class ApplianceFlow(OnePageForm):
    """Add an appliance, or change one, or name its programmes."""

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Ask what is to be changed, once there are programmes to name."""
        if user_input is None and self._programmes:
            return self.async_show_menu(
                step_id="reconfigure", menu_options=["settings", "programmes"]
            )
        return self._page(SOURCE_RECONFIGURE, user_input)

    async def async_step_settings(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Change the appliance."""
        return self._page(SOURCE_RECONFIGURE, None)

    async def async_step_programmes(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Name its programmes; it goes on being watched, without a reload."""
        if (watch := self._watch) is None:
            return self.async_abort(reason="not_loaded")
        known = self._programmes
        values = present_names(known) if user_input is None else user_input
        problems = found(name_problems(values, known))
        if user_input is not None and not problems:
            watch.programmes.async_name(chosen_names(user_input, known))
            return self.async_abort(reason="programmes_named")
        return self._show(
            "programmes",
            name_fields(known),
            values,
            problems,
            placeholders=descriptions(known),
        )

    @property
    def _watch(self) -> ApplianceWatch | None:
        edited, entry = self._edited, self._get_entry()
        if edited is None or entry.state is not ConfigEntryState.LOADED:
            return None
        watch: ApplianceWatch | None = entry.runtime_data.watches.get(
            edited.subentry_id
        )
        return watch

    @property
    def _programmes(self) -> Sequence[KnownProgramme]:
        watch = self._watch
        return () if watch is None else watch.programmes.known

    def _fields(self) -> Iterable[Field | Group]:
        return (
            name_field(),
            entity_field(CONF_POWER_ENTITY, sensor_filters(self.hass), required=False),
            words_field(CONF_KIND, ApplianceKind, "appliance_kind", required=False),
            Group(
                key=MORE,
                fields=(
                    *(
                        entity_field(key, filters, required=False)
                        for key, filters in (
                            (CONF_DOOR_ENTITY, door_filters()),
                            (CONF_VIBRATION_ENTITY, vibration_filters()),
                            (CONF_COUNTER_ENTITY, counter_filters()),
                            (CONF_PRICE_ENTITY, price_filters(self.hass)),
                            (CONF_NATIVE_ENTITY, native_filters()),
                        )
                    ),
                    minutes_field(
                        CONF_ALMOST_DONE_MINUTES, least=1, most=MOST_ALMOST_DONE_MIN
                    ),
                    yes_no_field(CONF_TELL_ALMOST_DONE),
                    yes_no_field(CONF_TELL_STARTED),
                    words_field(CONF_PRIORITY, Priority, "priority", required=False),
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
        present |= {key: data[key] for key in _WISHES if key in data}
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
        wishes = {key: more[key] for key in _WISHES if more.get(key)}
        if CONF_ALMOST_DONE_MINUTES in wishes:  # the form gives a float
            wishes[CONF_ALMOST_DONE_MINUTES] = int(wishes[CONF_ALMOST_DONE_MINUTES])
        return Record(
            title=name,
            data={CONF_KIND: ApplianceKind(kind).value, **references, **wishes},
        )
