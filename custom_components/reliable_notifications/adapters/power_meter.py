"""Turns the states of one power sensor into readings.

Equal repeated reports (which change no state) are readings too, and absence is one
without a value. It must not judge what a reading means: silence, spikes and standby
are the detector's.
"""

from __future__ import annotations

from collections.abc import Callable
import logging

from homeassistant.const import (
    ATTR_UNIT_OF_MEASUREMENT,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
)
from homeassistant.core import HomeAssistant, State, callback

from ..engine.cycles.readings import Intake
from ..engine.vocabulary import Instant, Reading
from .followed_entity import FollowedEntity

_SILENT = (STATE_UNAVAILABLE, STATE_UNKNOWN)

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
        self._sensor = FollowedEntity(hass, reference, self._take, hears_repeats=True)
        self._reference = reference
        self._on_reading = on_reading
        self._was_absent = False
        self._intake = Intake()

    @property
    def entity_id(self) -> str | None:
        """Present name of the sensor; None when it was deleted."""
        return self._sensor.entity_id

    @property
    def is_there(self) -> bool:
        """Whether the sensor says anything now."""
        state = self._sensor.state
        return state is not None and state.state not in _SILENT

    @property
    def rejected(self) -> int:
        """How many values were no power, since set-up."""
        return self._intake.rejected

    @callback
    def async_start(self) -> None:
        """Begin to listen, and give the present value as the first reading."""
        self._sensor.async_start()

    @callback
    def async_stop(self) -> None:
        """Stop listening."""
        self._sensor.async_stop()

    def _take(self, state: State | None, at: Instant) -> None:
        if state is None:
            gone = self.entity_id is None
            self._absent("its entity was deleted" if gone else "it is unavailable", at)
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

    def _absent(self, why: str, at: Instant) -> None:
        if not self._was_absent:
            self._was_absent = True
            _LOGGER.info(
                "The power sensor %s cannot be used now: %s",
                self.entity_id or self._reference,
                why,
            )
        self._on_reading(Reading(at, None))
