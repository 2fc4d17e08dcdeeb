"""How an entity that was chosen in a form is remembered, and found again.

Must not look at what an entity says.
"""

from __future__ import annotations

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er


def reference_of(hass: HomeAssistant, entity: str) -> str:
    """Name for storing: the registry id where there is one, it outlives a rename."""
    registered = er.async_get(hass).async_get(entity)
    return entity if registered is None else registered.id


def entity_id_of(hass: HomeAssistant, reference: str) -> str | None:
    """Present entity id of what was stored; None when it was deleted."""
    return er.async_resolve_entity_id(er.async_get(hass), reference)
