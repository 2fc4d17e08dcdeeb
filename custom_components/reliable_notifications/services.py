"""Registers the actions; what they do is in `actions`.

Changing anything in the UI loads the entry anew. An action that is called in that
second waits for it: the message of an automation must not be refused because somebody
adds a phone.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress

from homeassistant.core import HomeAssistant, ServiceCall, ServiceResponse, callback

from .actions import ACTIONS
from .actions.interface import Action
from .const import DOMAIN

# Seconds for which an action waits. A reload takes well below one; a first set-up that
# reads the recorder's past can take some on a slow card. Automations wait by default.
LOADING_LIMIT_S = 30.0


@callback
def async_register(hass: HomeAssistant) -> None:
    """Register the actions once, whether or not an entry is set up."""
    for action in ACTIONS:
        _register(hass, action)


@callback
def _register(hass: HomeAssistant, action: Action) -> None:
    async def run(call: ServiceCall) -> ServiceResponse:
        await _until_loaded(hass)
        return await action.run(call)

    hass.services.async_register(
        DOMAIN,
        action.name,
        run,
        schema=action.schema,
        supports_response=action.responds,
    )


async def _until_loaded(hass: HomeAssistant) -> None:
    """Wait while an entry is on its way; the action says what is wrong after that."""
    for entry in hass.config_entries.async_entries(DOMAIN):
        # held from the start of unloading to the end of setting up, in one piece
        with suppress(TimeoutError):
            async with asyncio.timeout(LOADING_LIMIT_S), entry.setup_lock:
                pass
