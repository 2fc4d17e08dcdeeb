"""Intents: what Assist, and language models that use it, can ask of us.

Home Assistant loads this file by its name. Checks what was understood and hands it to
`assist`; a sentence leads here by `custom_sentences`, or a language model by itself.
"""

from __future__ import annotations

from typing import Any, ClassVar

from homeassistant.core import HomeAssistant
from homeassistant.helpers import config_validation as cv, intent

from .answering.assist import Assist
from .compat import vol
from .const import DOMAIN
from .runtime import Runtime

APPLIANCE = "appliance"
MINUTES = "minutes"


async def async_setup_intents(hass: HomeAssistant) -> None:
    """Register the intents; they are there whether or not an entry is set up."""
    for handler in (Acknowledge(), Waiting(), Snooze(), Emptied()):
        intent.async_register(hass, handler)


class _Handler(intent.IntentHandler):
    """What all have in common: the parts, and an answer in words."""

    async def async_handle(self, intent_obj: intent.Intent) -> intent.IntentResponse:
        """Do it, and say what came of it."""
        slots = self.async_validate_slots(intent_obj.slots)
        values = {key: slot["value"] for key, slot in slots.items()}
        said = await self._do(_assist(intent_obj.hass), values, intent_obj)
        response = intent_obj.create_response()
        response.async_set_speech(said)
        return response

    async def _do(
        self, assist: Assist, values: dict[str, Any], said: intent.Intent
    ) -> str:
        raise NotImplementedError


class Acknowledge(_Handler):
    """Somebody has taken note of what waits."""

    intent_type = "ReliableNotificationsAcknowledge"
    description = (
        "Acknowledges the notifications that wait for an answer, or the latest one"
    )

    async def _do(
        self, assist: Assist, values: dict[str, Any], said: intent.Intent
    ) -> str:
        return await assist.async_acknowledge(_who(said), said.language)


class Waiting(_Handler):
    """What is open."""

    intent_type = "ReliableNotificationsWaiting"
    description = (
        "Tells which notifications wait for an answer and which appliances wait to be"
        " emptied"
    )

    async def _do(
        self, assist: Assist, values: dict[str, Any], said: intent.Intent
    ) -> str:
        return await assist.async_waiting(said.language)


class Snooze(_Handler):
    """Not now."""

    intent_type = "ReliableNotificationsSnooze"
    description = (
        "Puts off the latest notification, which is told again later; 15 minutes if"
        " nothing else was asked for"
    )
    slot_schema: ClassVar[dict[Any, Any]] = {
        vol.Optional(MINUTES): vol.All(vol.Coerce(float), vol.Range(min=1))
    }

    async def _do(
        self, assist: Assist, values: dict[str, Any], said: intent.Intent
    ) -> str:
        return await assist.async_snooze(_who(said), values.get(MINUTES), said.language)


class Emptied(_Handler):
    """The load of an appliance was taken out."""

    intent_type = "ReliableNotificationsEmptied"
    description = "Notes that an appliance, such as a washing machine, was emptied"
    slot_schema: ClassVar[dict[Any, Any]] = {vol.Required(APPLIANCE): cv.string}

    async def _do(
        self, assist: Assist, values: dict[str, Any], said: intent.Intent
    ) -> str:
        name = values[APPLIANCE]
        if (appliance_id := assist.named(name)) is None:
            return assist.unknown(name, said.language)
        return assist.emptied(appliance_id, said.language)


def _who(said: intent.Intent) -> str:
    """The login of who speaks, where Home Assistant knows it; a speaker knows none."""
    return said.context.user_id or ""


def _assist(hass: HomeAssistant) -> Assist:
    for entry in hass.config_entries.async_loaded_entries(DOMAIN):
        runtime: Runtime = entry.runtime_data
        return runtime.assist
    raise intent.IntentHandleError("Reliable Notifications is not set up")
