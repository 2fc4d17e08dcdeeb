"""What the entities beside the power sensor say: a door, a shake, a counter, a price.

Turns a state into a plain value. Must not judge what that means for a cycle.
"""

from __future__ import annotations

import math

from homeassistant.components.binary_sensor import DOMAIN as BINARY_SENSOR
from homeassistant.components.input_number import DOMAIN as INPUT_NUMBER
from homeassistant.const import (
    ATTR_UNIT_OF_MEASUREMENT,
    STATE_OFF,
    STATE_ON,
    UnitOfEnergy,
)
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import entity_registry as er
from homeassistant.util.unit_conversion import EnergyConverter

from ..engine.cycles.cost import price_factor
from ..engine.cycles.native_states import NativeState, native_state

_ON = {STATE_ON: True, STATE_OFF: False}


def is_on(state: State | None) -> bool | None:
    """Read a door (on is open) or a vibration sensor; None while it does not say."""
    return None if state is None else _ON.get(state.state)


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


def is_priced(hass: HomeAssistant, reference: str) -> bool:
    """Say whether the entity is a price, as far as it says anything now."""
    entity_id = er.async_resolve_entity_id(er.async_get(hass), reference)
    if entity_id is None:
        return False
    state = hass.states.get(entity_id)
    if state is None or _number(state) is None:
        return True  # it is away, and may come back
    return price_per_kwh(state, hass.config.currency) is not None


def _number(state: State) -> float | None:
    try:
        number = float(state.state)
    except ValueError:  # unavailable, unknown, a text
        return None
    return number if math.isfinite(number) else None
