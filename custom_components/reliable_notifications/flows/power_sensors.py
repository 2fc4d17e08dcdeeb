"""Which entities are power sensors, and what they are called.

Reads Home Assistant's states and registry only. It must not read power: that is
the power meter's.
"""

from __future__ import annotations

from homeassistant.components.sensor import DOMAIN as SENSOR, SensorDeviceClass
from homeassistant.const import (
    ATTR_DEVICE_CLASS,
    ATTR_UNIT_OF_MEASUREMENT,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
    UnitOfPower,
)
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.entity import entity_sources
from homeassistant.helpers.selector import EntityFilterSelectorConfig

# What household plugs report; Home Assistant's other units of power (gigawatt,
# terawatt, BTU per hour) belong to power stations and heating.
POWER_UNITS = frozenset(
    {
        UnitOfPower.MILLIWATT,
        UnitOfPower.WATT,
        UnitOfPower.KILO_WATT,
        UnitOfPower.MEGA_WATT,
    }
)


def sensor_problem(hass: HomeAssistant, entity: str) -> str | None:
    """Translation key of why an entity cannot be a power sensor, or None."""
    registered = er.async_get(hass).async_get(entity)
    state = hass.states.get(entity if registered is None else registered.entity_id)
    if registered is None and state is None:
        return "entity_gone"
    if registered is not None and registered.disabled:
        return "entity_disabled"
    return None if _measures_power(state, registered) else "not_power"


def sensor_filters(hass: HomeAssistant) -> list[EntityFilterSelectorConfig]:
    """What to offer: power sensors, and whatever else may hold one.

    The device class is optional in Home Assistant, and before 2026 a form cannot
    filter by unit. So where a sensor in watts lacks the class, all sensors of the
    integration that it comes from are offered; a wrong choice gets its error.
    """
    sources = entity_sources(hass)
    integrations = {
        sources[state.entity_id]["domain"]
        for state in hass.states.async_all(SENSOR)
        if state.entity_id in sources
        and ATTR_DEVICE_CLASS not in state.attributes
        and state.attributes.get(ATTR_UNIT_OF_MEASUREMENT) in POWER_UNITS
    }
    return [
        EntityFilterSelectorConfig(
            domain=SENSOR, device_class=SensorDeviceClass.POWER.value
        ),
        *(
            EntityFilterSelectorConfig(domain=SENSOR, integration=integration)
            for integration in sorted(integrations)
        ),
    ]


def names_around(hass: HomeAssistant, entity: str) -> list[str]:
    """What the sensor and its device are called."""
    registered = er.async_get(hass).async_get(entity)
    state = hass.states.get(entity if registered is None else registered.entity_id)
    device_id = None if registered is None else registered.device_id
    device = None if device_id is None else dr.async_get(hass).async_get(device_id)
    names = [] if state is None else [state.name]
    if device is not None:
        names.append(device.name_by_user or device.name or "")
    return names


def _measures_power(state: State | None, registered: er.RegistryEntry | None) -> bool:
    """Judge by the unit; without a value to have one, by what the registry says."""
    unit = None if state is None else state.attributes.get(ATTR_UNIT_OF_MEASUREMENT)
    if unit is None and registered is not None:
        unit = registered.unit_of_measurement
    if unit is not None:
        return unit in POWER_UNITS
    if registered is None or _is_live(state):
        return False
    device_class = registered.device_class or registered.original_device_class
    return device_class == SensorDeviceClass.POWER


def _is_live(state: State | None) -> bool:
    return state is not None and state.state not in (STATE_UNAVAILABLE, STATE_UNKNOWN)
