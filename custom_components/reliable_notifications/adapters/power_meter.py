"""Turns the states of one power sensor into readings.

Follows the sensor through renames, equal repeated reports (which change no
state) and absences. It must not judge what a reading means: silence, spikes and
standby are the detector's.
"""

from __future__ import annotations

from collections.abc import Callable
import logging

from homeassistant.const import ATTR_UNIT_OF_MEASUREMENT
from homeassistant.core import (
    CALLBACK_TYPE,
    Event,
    EventStateChangedData,
    EventStateReportedData,
    HomeAssistant,
    State,
    callback,
)
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import (
    async_track_entity_registry_updated_event,
    async_track_state_change_event,
    async_track_state_report_event,
)
from homeassistant.util import dt as dt_util

from ..engine.cycles.readings import Intake
from ..engine.vocabulary import Reading

_LOGGER = logging.getLogger(__name__)


class PowerMeter:
    """The power sensor of one appliance, as a stream of readings."""

    def __init__(
        self,
        hass: HomeAssistant,
        reference: str,
        on_reading: Callable[[Reading], None],
    ) -> None:
        """Watch the sensor with this entity-registry id or entity id."""
        self._hass = hass
        self._reference = reference
        self._on_reading = on_reading
        self._undo: list[CALLBACK_TYPE] = []
        self._was_absent = False
        self._registry_undo: CALLBACK_TYPE | None = None
        self._intake = Intake()

    @property
    def entity_id(self) -> str | None:
        """Present name of the sensor; None when it was deleted."""
        return er.async_resolve_entity_id(er.async_get(self._hass), self._reference)

    @property
    def rejected(self) -> int:
        """How many values were no power, since set-up."""
        return self._intake.rejected

    @callback
    def async_start(self) -> None:
        """Begin to listen, and give the present value as the first reading."""
        entity_id = self.entity_id
        if entity_id is None:
            self._absent("its entity was deleted")
            return
        self._undo = [
            async_track_state_change_event(self._hass, entity_id, self._changed),
            async_track_state_report_event(self._hass, entity_id, self._reported),
        ]
        self._registry_undo = async_track_entity_registry_updated_event(
            self._hass, entity_id, self._registry_updated
        )
        # the present value is what Home Assistant holds *now*, however old it is
        self._take(self._hass.states.get(entity_id), dt_util.utcnow().timestamp())

    @callback
    def async_stop(self) -> None:
        """Stop listening."""
        for undo in self._undo:
            undo()
        self._undo = []
        if self._registry_undo is not None:
            self._registry_undo()
            self._registry_undo = None

    @callback
    def _changed(self, event: Event[EventStateChangedData]) -> None:
        state = event.data["new_state"]
        at = state.last_updated if state is not None else event.time_fired
        self._take(state, at.timestamp())

    @callback
    def _reported(self, event: Event[EventStateReportedData]) -> None:
        # the event says when, in all versions; the state's own time may be the old one
        self._take(event.data["new_state"], event.time_fired.timestamp())

    @callback
    def _registry_updated(
        self, event: Event[er.EventEntityRegistryUpdatedData]
    ) -> None:
        data = event.data
        if data["action"] == "remove" or "old_entity_id" in data:
            self.async_stop()
            self.async_start()

    def _take(self, state: State | None, at: float) -> None:
        if state is None:
            self._absent("it is unavailable", at)
            return
        unit = state.attributes.get(ATTR_UNIT_OF_MEASUREMENT)
        reading = self._intake.reading(at, state.state, unit)
        if reading is None:
            # nonsense in between does not mean that the sensor is gone: the value
            # before it holds, as it does for a plug that is silent
            self._note_nonsense(state)
        elif reading.watts is None:
            self._absent("it is unavailable", at)
        else:
            if self._was_absent:
                self._was_absent = False
                _LOGGER.info("The power sensor %s is back", self.entity_id)
            self._on_reading(reading)

    def _note_nonsense(self, state: State) -> None:
        if self.rejected == 1:
            _LOGGER.warning(
                "The power sensor %s said %r %s, which is no power in mW, W, kW or MW;"
                " such values are passed over",
                state.entity_id,
                state.state,
                state.attributes.get(ATTR_UNIT_OF_MEASUREMENT),
            )

    def _absent(self, why: str, at: float | None = None) -> None:
        if not self._was_absent:
            self._was_absent = True
            _LOGGER.info(
                "The power sensor %s cannot be used now: %s",
                self.entity_id or self._reference,
                why,
            )
        moment = dt_util.utcnow().timestamp() if at is None else at
        self._on_reading(Reading(moment, None))
