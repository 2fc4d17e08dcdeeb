"""Registers the actions; what they do is in `actions`."""

from __future__ import annotations

from homeassistant.core import HomeAssistant, callback

from .actions import ACTIONS
from .const import DOMAIN


@callback
def async_register(hass: HomeAssistant) -> None:
    """Register the actions once, whether or not an entry is set up."""
    for action in ACTIONS:
        hass.services.async_register(
            DOMAIN,
            action.name,
            action.run,
            schema=action.schema,
            supports_response=action.responds,
        )
