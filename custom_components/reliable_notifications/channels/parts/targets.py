"""How a channel finds the entity or device that it is made of, and the room it is in.

Targets are kept by what does not change: the registry id of an entity, the id of a
device. Whatever is not there, or says that it cannot be used, is found out before it is
called, because for most of them a call returns as if it had worked. Must not call
anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import CoreState, HomeAssistant, State
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.loader import IntegrationNotLoaded, async_get_loaded_integration

from ...engine.vocabulary import AttemptResult, Evidence
from ..interface import Choice


def entity_id_of(hass: HomeAssistant, target: str) -> str | None:
    """The present entity id of a registry id or an entity id."""
    return er.async_resolve_entity_id(er.async_get(hass), target)


def entity_choices(
    hass: HomeAssistant, domains: Iterable[str], fits: Callable[[State], bool]
) -> list[Choice]:
    """The entities of these domains that fit, by registry id where they have one."""
    registry = er.async_get(hass)
    found = []
    for state in hass.states.async_all(tuple(domains)):
        if fits(state):
            entry = registry.async_get(state.entity_id)
            value = entry.id if entry else state.entity_id
            found.append(Choice(value=value, label=state.name))
    return by_label(found)


def by_label(choices: Iterable[Choice]) -> list[Choice]:
    """In the order in which a form shows them."""
    return sorted(choices, key=lambda choice: choice.label.casefold())


def is_known(hass: HomeAssistant, entity_id: str) -> bool:
    """Whether the entity is in the registry, or has a state at least."""
    registered = er.async_get(hass).async_get(entity_id) is not None
    return registered or hass.states.get(entity_id) is not None


def entity_hindrance(
    hass: HomeAssistant, entity_id: str | None
) -> AttemptResult | None:
    """Why it makes no sense to call this entity, if so."""
    if entity_id is None or not is_known(hass, entity_id):
        # at start, entities without a registry entry appear late: not final
        running = hass.state is CoreState.running
        evidence = Evidence.REFUSED if running else Evidence.UNREACHABLE
        return AttemptResult(evidence=evidence, detail="The entity does not exist")
    state = hass.states.get(entity_id)
    if state is None or state.state == STATE_UNAVAILABLE:
        return AttemptResult(
            evidence=Evidence.UNREACHABLE, detail="The entity is unavailable"
        )
    return None


def features(hass: HomeAssistant, entity_id: str) -> int:
    """What the entity says it can do, as its domain counts it; 0 if it says nothing."""
    state = hass.states.get(entity_id)
    value = state.attributes.get("supported_features") if state else None
    return value if isinstance(value, int) else 0


def can(state: State, feature: int) -> bool:
    """Whether an entity says that it can do this."""
    value = state.attributes.get("supported_features")
    return isinstance(value, int) and bool(value & feature)


def is_local(hass: HomeAssistant, entity_id: str | None) -> bool:
    """Whether the integration behind an entity works without the internet.

    By its manifest; one that is not known, or says nothing, is believed to.
    """
    platform = platform_of(hass, entity_id)
    if platform is None:
        return True
    try:
        integration = async_get_loaded_integration(hass, platform)
    except IntegrationNotLoaded:
        return True
    return not str(integration.manifest.get("iot_class")).startswith("cloud")


def platform_of(hass: HomeAssistant, entity_id: str | None) -> str | None:
    """The integration behind an entity, where the registry knows it."""
    entry = er.async_get(hass).async_get(entity_id) if entity_id else None
    return entry.platform if entry is not None else None


def room_of_entity(hass: HomeAssistant, entity_id: str | None) -> str | None:
    """The area of an entity: its own where it has one, else that of its device."""
    entry = er.async_get(hass).async_get(entity_id) if entity_id else None
    if entry is None:
        return None
    return entry.area_id or room_of_device(hass, entry.device_id)


def room_of_device(hass: HomeAssistant, device_id: str | None) -> str | None:
    """The area of a device."""
    device = dr.async_get(hass).async_get(device_id) if device_id else None
    return device.area_id if device is not None else None


def entities_of_device(
    hass: HomeAssistant, device_id: str | None, domain: str
) -> Mapping[str, er.RegistryEntry]:
    """The entities that a device has in a domain, those that are switched off not."""
    if device_id is None:
        return {}
    return {
        entry.entity_id: entry
        for entry in er.async_entries_for_device(er.async_get(hass), device_id)
        if entry.domain == domain
    }


def device_of(hass: HomeAssistant, entity_id: str | None) -> str | None:
    """The device that an entity belongs to."""
    entry = er.async_get(hass).async_get(entity_id) if entity_id else None
    return entry.device_id if entry is not None else None
