"""Which entities can tell something of an appliance beside its power sensor.

Reads Home Assistant's states and registry only, and says by a translation key what
is wrong with a choice. Must not follow the entities: that is the adapters'.
"""

from __future__ import annotations

from homeassistant.components.binary_sensor import (
    DOMAIN as BINARY_SENSOR,
    BinarySensorDeviceClass,
)
from homeassistant.components.input_number import DOMAIN as INPUT_NUMBER
from homeassistant.components.select import DOMAIN as SELECT
from homeassistant.components.sensor import (
    ATTR_OPTIONS,
    ATTR_STATE_CLASS,
    DOMAIN as SENSOR,
    SensorDeviceClass,
    SensorStateClass,
)
from homeassistant.const import (
    ATTR_UNIT_OF_MEASUREMENT,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
)
from homeassistant.core import HomeAssistant, split_entity_id
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity import entity_sources
from homeassistant.helpers.selector import EntityFilterSelectorConfig
from homeassistant.util.unit_conversion import EnergyConverter

from ..engine.cycles.cost import price_factor
from ..engine.cycles.native_states import native_state, tells_cycles

# what opens and closes; *opening* is what many integrations call any contact
_DOORS = (
    BinarySensorDeviceClass.DOOR,
    BinarySensorDeviceClass.OPENING,
    BinarySensorDeviceClass.WINDOW,
    BinarySensorDeviceClass.GARAGE_DOOR,
)


# what moves while a machine works; cameras and rooms have *motion* too, but so have the
# vibration sensors of some makers
_SHAKING = (
    BinarySensorDeviceClass.VIBRATION,
    BinarySensorDeviceClass.MOVING,
    BinarySensorDeviceClass.MOTION,
)


def door_filters() -> list[EntityFilterSelectorConfig]:
    """What to offer as the door of an appliance."""
    return [
        EntityFilterSelectorConfig(domain=BINARY_SENSOR, device_class=each.value)
        for each in _DOORS
    ]


def door_problem(hass: HomeAssistant, entity: str) -> str | None:
    """Translation key of why an entity cannot be a door sensor, or None."""
    if (entity_id := _existing(hass, entity)) is None:
        return "witness_gone"
    is_binary = split_entity_id(entity_id)[0] == BINARY_SENSOR
    return None if is_binary else "not_a_door"


def vibration_filters() -> list[EntityFilterSelectorConfig]:
    """What to offer as a sensor that feels an appliance shake."""
    return [
        EntityFilterSelectorConfig(domain=BINARY_SENSOR, device_class=each.value)
        for each in _SHAKING
    ]


def vibration_problem(hass: HomeAssistant, entity: str) -> str | None:
    """Translation key of why an entity cannot be a vibration sensor, or None."""
    if (entity_id := _existing(hass, entity)) is None:
        return "witness_gone"
    is_binary = split_entity_id(entity_id)[0] == BINARY_SENSOR
    return None if is_binary else "not_a_vibration"


def native_filters() -> list[EntityFilterSelectorConfig]:
    """What to offer as an appliance's own word of what it is doing."""
    return [
        EntityFilterSelectorConfig(
            domain=SENSOR, device_class=SensorDeviceClass.ENUM.value
        ),
        EntityFilterSelectorConfig(domain=SELECT),
        EntityFilterSelectorConfig(
            domain=BINARY_SENSOR, device_class=BinarySensorDeviceClass.RUNNING.value
        ),
    ]


def native_problem(hass: HomeAssistant, entity: str) -> str | None:
    """Translation key of why an entity cannot tell the cycles, or None."""
    if (entity_id := _existing(hass, entity)) is None:
        return "witness_gone"
    state = hass.states.get(entity_id)
    if (
        split_entity_id(entity_id)[0] == BINARY_SENSOR
        or state is None
        or state.state in (STATE_UNAVAILABLE, STATE_UNKNOWN)
    ):
        return None  # two words are enough, and nothing can be said of none
    options = state.attributes.get(ATTR_OPTIONS)
    knows = (
        tells_cycles(map(str, options))
        if options
        else native_state(state.state) is not None
    )
    return None if knows else "words_unknown"


def counter_filters() -> list[EntityFilterSelectorConfig]:
    """What to offer as an energy counter."""
    return [
        EntityFilterSelectorConfig(
            domain=SENSOR, device_class=SensorDeviceClass.ENERGY.value
        )
    ]


def counter_problem(hass: HomeAssistant, entity: str) -> str | None:
    """Translation key of why an entity cannot count energy, or None."""
    if (entity_id := _existing(hass, entity)) is None:
        return "witness_gone"
    state = hass.states.get(entity_id)
    kind = None if state is None else state.attributes.get(ATTR_STATE_CLASS)
    counts = _unit(hass, entity_id) in EnergyConverter.VALID_UNITS
    # what goes up and down is the charge of a battery, or a forecast
    return None if counts and kind != SensorStateClass.MEASUREMENT else "not_a_counter"


def price_filters(hass: HomeAssistant) -> list[EntityFilterSelectorConfig]:
    """What to offer as the price of energy, which has no device class of its own.

    Before 2026 a form cannot filter by unit, so all sensors of an integration that
    has a price are offered; a wrong choice gets its error.
    """
    sources, currency = entity_sources(hass), hass.config.currency
    integrations = {
        sources[state.entity_id]["domain"]
        for state in hass.states.async_all(SENSOR)
        if state.entity_id in sources
        and price_factor(state.attributes.get(ATTR_UNIT_OF_MEASUREMENT), currency)
    }
    return [
        EntityFilterSelectorConfig(domain=INPUT_NUMBER),
        EntityFilterSelectorConfig(
            domain=SENSOR, device_class=SensorDeviceClass.MONETARY.value
        ),
        *(
            EntityFilterSelectorConfig(domain=SENSOR, integration=integration)
            for integration in sorted(integrations)
        ),
    ]


def price_problem(hass: HomeAssistant, entity: str) -> str | None:
    """Translation key of why an entity cannot tell what a kWh costs, or None."""
    if (entity_id := _existing(hass, entity)) is None:
        return "witness_gone"
    unit = _unit(hass, entity_id)
    if split_entity_id(entity_id)[0] == INPUT_NUMBER and not unit:
        return None
    is_price = price_factor(unit, hass.config.currency) is not None
    return None if is_price else "not_a_price"


def _unit(hass: HomeAssistant, entity_id: str) -> str | None:
    """The unit that is shown; of what is away, the one that the registry knows."""
    state = hass.states.get(entity_id)
    unit = None if state is None else state.attributes.get(ATTR_UNIT_OF_MEASUREMENT)
    registered = er.async_get(hass).async_get(entity_id)
    if unit is None and registered is not None:
        unit = registered.unit_of_measurement
    return None if unit is None else str(unit)


def _existing(hass: HomeAssistant, entity: str) -> str | None:
    """Present entity id of a choice that exists and is not disabled."""
    registered = er.async_get(hass).async_get(entity)
    if registered is not None:
        return None if registered.disabled else registered.entity_id
    return None if hass.states.get(entity) is None else entity
