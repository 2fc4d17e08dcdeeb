"""Actions: the way in for automations and scripts.

Checks what was asked and gives it to the pipeline; every refusal is a translated
sentence, and nothing is half sent.
"""

from __future__ import annotations

from typing import Any

from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv
from homeassistant.util import dt as dt_util

from .compat import vol
from .const import (
    ATTR_DAYS,
    ATTR_MESSAGE,
    ATTR_PRIORITY,
    ATTR_RECIPIENTS,
    ATTR_TITLE,
    DOMAIN,
    SERVICE_HISTORY,
    SERVICE_SEND,
)
from .engine.metrics.daily import LATENCY_BOUNDS
from .engine.vocabulary import Priority
from .pipeline import Pipeline, Told
from .runtime import Runtime

_SEND_SCHEMA = vol.Schema(
    {
        vol.Required(ATTR_MESSAGE): vol.All(cv.string, vol.Length(min=1)),
        vol.Optional(ATTR_TITLE): cv.string,
        vol.Optional(ATTR_PRIORITY, default=Priority.MEDIUM.value): vol.In(
            [priority.value for priority in Priority]
        ),
        vol.Optional(ATTR_RECIPIENTS, default=list): vol.All(
            cv.ensure_list, [cv.string]
        ),
    }
)

# as long as the counts are kept (adapters/retention.py)
_LONGEST_HISTORY = 400
_HISTORY_SCHEMA = vol.Schema(
    {
        vol.Optional(ATTR_DAYS, default=30): vol.All(
            vol.Coerce(int), vol.Range(min=1, max=_LONGEST_HISTORY)
        )
    }
)


@callback
def async_register(hass: HomeAssistant) -> None:
    """Register the actions once, whether or not an entry is set up."""
    hass.services.async_register(
        DOMAIN,
        SERVICE_SEND,
        _async_send,
        schema=_SEND_SCHEMA,
        supports_response=SupportsResponse.OPTIONAL,
    )
    hass.services.async_register(
        DOMAIN,
        SERVICE_HISTORY,
        _async_history,
        schema=_HISTORY_SCHEMA,
        supports_response=SupportsResponse.ONLY,
    )


async def _async_send(call: ServiceCall) -> ServiceResponse:
    pipeline = _pipeline(call.hass)
    wanted = [_recipient_id(pipeline, who) for who in call.data[ATTR_RECIPIENTS]]
    told = await pipeline.async_say(
        call.data[ATTR_MESSAGE],
        call.data.get(ATTR_TITLE),
        Priority(call.data[ATTR_PRIORITY]),
        wanted or None,
    )
    return _answer(told)


async def _async_history(call: ServiceCall) -> ServiceResponse:
    """Tell what became of the messages of each day, by priority and channel."""
    runtime = _runtime(call.hass)
    now = dt_util.utcnow().timestamp()
    since = now - 86_400.0 * (call.data[ATTR_DAYS] - 1)
    names = runtime.pipeline.channel_names
    return {
        "latency_bounds": list(LATENCY_BOUNDS),
        "days": [
            {
                "day": count.day,
                "priority": count.priority.value,
                "channel": names.get(count.channel_id, count.channel_id),
                "valid": count.valid,
                "proven": count.proven,
                "unverified": count.unverified,
                "missed": count.missed,
                "uncounted": count.uncounted,
                "attempts": count.attempts,
                "latency_sum": round(count.latency_sum, 3),
                "latencies": list(count.latencies),
            }
            for count in await runtime.daily_log.since(since, now)
        ],
    }


def _pipeline(hass: HomeAssistant) -> Pipeline:
    return _runtime(hass).pipeline


def _runtime(hass: HomeAssistant) -> Runtime:
    for entry in hass.config_entries.async_loaded_entries(DOMAIN):
        runtime: Runtime = entry.runtime_data
        return runtime
    raise ServiceValidationError(
        translation_domain=DOMAIN, translation_key="not_set_up"
    )


def _recipient_id(pipeline: Pipeline, wanted: str) -> str:
    """Find a recipient by id, or by name without regard to case."""
    for recipient in pipeline.recipients.values():
        if wanted == recipient.id or wanted.casefold() == recipient.name.casefold():
            return recipient.id
    raise ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key="unknown_recipient",
        translation_placeholders={
            "recipient": wanted,
            "known": ", ".join(r.name for r in pipeline.recipients.values()) or "-",
        },
    )


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
