"""Sends a message to people; the way in for every automation."""

from __future__ import annotations

from homeassistant.core import ServiceCall, ServiceResponse

from ..compat import vol
from ..const import SERVICE_SEND
from ..pipeline import Told
from .answer import settled_answer
from .interface import Action, runtime_of
from .request import FIELDS, request


async def _async_send(call: ServiceCall) -> ServiceResponse:
    runtime = runtime_of(call.hass)
    wanted, say = request(call.data, runtime), runtime.pipeline.async_say
    told = await say(wanted.event, wanted.recipients, wanted.asked)
    return told_answer(told)


def told_answer(told: Told) -> ServiceResponse:
    """What the caller may want to keep: the ids, and who is told how and why."""
    return {
        "notification_id": told.notification.id,
        "priority": told.notification.priority.value,
        "intents": [
            {"intent_id": intent_id, **settled_answer(settled, told.channel_names)}
            for intent_id, settled in told.intents
        ],
    }


SEND = Action(name=SERVICE_SEND, schema=vol.Schema(dict(FIELDS)), run=_async_send)
