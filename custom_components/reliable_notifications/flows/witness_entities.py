"""Which entities can tell something of an appliance beside its power sensor.

Reads Home Assistant's states and registry only, and says by a translation key what
is wrong with a choice. Must not follow the entities: that is the adapters'.
"""

from __future__ import annotations

from homeassistant.components.binary_sensor import (
    DOMAIN as BINARY_SENSOR,
    BinarySensorDeviceClass,
)
from homeassistant.components.select import DOMAIN as SELECT
from homeassistant.components.sensor import (
    ATTR_OPTIONS,
    DOMAIN as SENSOR,
    SensorDeviceClass,
)
from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant, split_entity_id
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.selector import EntityFilterSelectorConfig

from ..engine.cycles.native_states import native_state, tells_cycles

# what opens and closes; *opening* is what many integrations call any contact
_DOORS = (
    BinarySensorDeviceClass.DOOR,
    BinarySensorDeviceClass.OPENING,
    BinarySensorDeviceClass.WINDOW,
    BinarySensorDeviceClass.GARAGE_DOOR,
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


def _existing(hass: HomeAssistant, entity: str) -> str | None:
    """Present entity id of a choice that exists and is not disabled."""
    registered = er.async_get(hass).async_get(entity)
    if registered is not None:
        return None if registered.disabled else registered.entity_id
    return None if hass.states.get(entity) is None else entity
