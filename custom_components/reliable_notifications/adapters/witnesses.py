"""Follows an entity that tells something beside the power sensor: a door, a price.

Through renames and absences, as the power meter does. Must not judge what a state
means for a cycle; only turns it into a plain value.
"""

from __future__ import annotations

from collections.abc import Callable
import math

from homeassistant.components.binary_sensor import DOMAIN as BINARY_SENSOR
from homeassistant.components.input_number import DOMAIN as INPUT_NUMBER
from homeassistant.const import (
    ATTR_UNIT_OF_MEASUREMENT,
    STATE_OFF,
    STATE_ON,
    UnitOfEnergy,
)
from homeassistant.core import (
    CALLBACK_TYPE,
    Event,
    EventStateChangedData,
    HomeAssistant,
    State,
    callback,
)
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import (
    async_track_entity_registry_updated_event,
    async_track_state_change_event,
)
from homeassistant.util.unit_conversion import EnergyConverter

from ..engine.cycles.cost import price_factor
from ..engine.cycles.native_states import NativeState, native_state

_OPEN = {STATE_ON: True, STATE_OFF: False}


class Witness:
    """One entity; its state is handed on as it is, and again at each change."""

    def __init__(
        self,
        hass: HomeAssistant,
        reference: str,
        on_state: Callable[[State | None], None],
    ) -> None:
        """Watch the entity with this entity-registry id or entity id."""
        self._hass = hass
        self._reference = reference
        self._on_state = on_state
        self._undo: list[CALLBACK_TYPE] = []

    @property
    def entity_id(self) -> str | None:
        """Present name of the entity; None when it was deleted."""
        return er.async_resolve_entity_id(er.async_get(self._hass), self._reference)

    @callback
    def async_start(self) -> None:
        """Begin to listen, and hand on the present state."""
        entity_id = self.entity_id
        if entity_id is None:
            self._on_state(None)
            return
        self._undo = [
            async_track_state_change_event(self._hass, entity_id, self._changed),
            async_track_entity_registry_updated_event(
                self._hass, entity_id, self._registry_updated
            ),
        ]
        self._on_state(self._hass.states.get(entity_id))

    @callback
    def async_stop(self) -> None:
        """Stop listening."""
        while self._undo:
            self._undo.pop()()

    @callback
    def _changed(self, event: Event[EventStateChangedData]) -> None:
        self._on_state(event.data["new_state"])

    @callback
    def _registry_updated(
        self, event: Event[er.EventEntityRegistryUpdatedData]
    ) -> None:
        data = event.data
        if data["action"] == "remove" or "old_entity_id" in data:
            self.async_stop()
            self.async_start()


def is_open(state: State | None) -> bool | None:
    """Read a door sensor; None while it does not say."""
    return None if state is None else _OPEN.get(state.state)


def says(state: State | None) -> NativeState | None:
    """Read what an appliance says of itself; None while it says nothing of use."""
    if state is None:
        return None
    return native_state(state.state, two_words=state.domain == BINARY_SENSOR)


def counted_wh(state: State | None) -> float | None:
    """Read an energy counter; None while it does not say."""
    if state is None or (number := _number(state)) is None:
        return None
    unit = state.attributes.get(ATTR_UNIT_OF_MEASUREMENT)
    if unit not in EnergyConverter.VALID_UNITS or number < 0.0:
        return None
    return EnergyConverter.convert(number, unit, UnitOfEnergy.WATT_HOUR)


def price_per_kwh(state: State | None, currency: str) -> float | None:
    """Read what a kWh costs now; None while nobody says. A price may be negative.

    A number that somebody typed in, without a unit, is meant per kWh.
    """
    if state is None or (number := _number(state)) is None:
        return None
    unit = state.attributes.get(ATTR_UNIT_OF_MEASUREMENT)
    is_typed = state.domain == INPUT_NUMBER and not unit
    factor = 1.0 if is_typed else price_factor(unit, currency)
    return None if factor is None else number * factor


def _number(state: State) -> float | None:
    try:
        number = float(state.state)
    except ValueError:  # unavailable, unknown, a text
        return None
    return number if math.isfinite(number) else None
