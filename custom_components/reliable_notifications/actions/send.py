"""Sends a message to people; the way in for every automation."""

from __future__ import annotations

from typing import Any

from homeassistant.core import ServiceCall, ServiceResponse
from homeassistant.helpers import config_validation as cv

from ..compat import vol
from ..const import (
    ATTR_INCIDENT,
    ATTR_MESSAGE,
    ATTR_PRIORITY,
    ATTR_RECIPIENTS,
    ATTR_TITLE,
    SERVICE_SEND,
)
from ..engine.vocabulary import Priority
from ..pipeline import Told
from .interface import INCIDENT, TEXT, Action, recipient_id, runtime_of

_SCHEMA = vol.Schema(
    {
        vol.Required(ATTR_MESSAGE): TEXT,
        vol.Optional(ATTR_TITLE): cv.string,
        vol.Optional(ATTR_PRIORITY, default=Priority.MEDIUM.value): vol.In(
            [priority.value for priority in Priority]
        ),
        vol.Optional(ATTR_INCIDENT): INCIDENT,
        vol.Optional(ATTR_RECIPIENTS, default=list): vol.All(
            cv.ensure_list, [cv.string]
        ),
    }
)


async def _async_send(call: ServiceCall) -> ServiceResponse:
    pipeline = runtime_of(call.hass).pipeline
    wanted = [
        recipient_id(pipeline.directory, who) for who in call.data[ATTR_RECIPIENTS]
    ]
    told = await pipeline.async_write(
        call.data[ATTR_MESSAGE],
        call.data.get(ATTR_TITLE),
        Priority(call.data[ATTR_PRIORITY]),
        wanted or None,
        call.data.get(ATTR_INCIDENT),
    )
    return _answer(told)


def _answer(told: Told) -> dict[str, Any]:
    """What the caller may want to keep: the ids, and who is told how and why."""
    return {
        "notification_id": told.notification.id,
        "priority": told.notification.priority.value,
        "intents": [
            {
                "intent_id": intent_id,
                "recipient": plan.recipient_name,
                "recipient_id": plan.recipient_id,
                "channels": [
                    {
                        "channel_id": step.channel_id,
                        "channel": told.channel_names.get(
                            step.channel_id, step.channel_id
                        ),
                        "reason": step.reason,
                    }
                    for step in plan.steps
                ],
                "reasons": list(plan.reasons),
            }
            for intent_id, plan in told.intents
        ],
    }


SEND = Action(name=SERVICE_SEND, schema=_SCHEMA, run=_async_send)
