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
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import config_validation as cv
from homeassistant.util import dt as dt_util

from .adapters.database import StorageFailed
from .compat import vol
from .const import (
    ATTR_DAYS,
    ATTR_INCIDENT,
    ATTR_INTENT_ID,
    ATTR_MESSAGE,
    ATTR_MINUTES,
    ATTR_NOTIFICATION_ID,
    ATTR_PRIORITY,
    ATTR_RECIPIENTS,
    ATTR_TITLE,
    DOMAIN,
    SERVICE_ACKNOWLEDGE,
    SERVICE_HISTORY,
    SERVICE_RESOLVE,
    SERVICE_SEND,
    SERVICE_SNOOZE,
)
from .engine.metrics.daily import LATENCY_BOUNDS
from .engine.vocabulary import Priority
from .pipeline import Pipeline, Told
from .runtime import Runtime

# it becomes the tag of the messages: the companion app allows 64 of these signs, and
# three are ours
_INCIDENT = vol.All(cv.string, vol.Match(r"^[A-Za-z0-9_-]{1,61}$"))

_SEND_SCHEMA = vol.Schema(
    {
        vol.Required(ATTR_MESSAGE): vol.All(cv.string, vol.Length(min=1)),
        vol.Optional(ATTR_TITLE): cv.string,
        vol.Optional(ATTR_PRIORITY, default=Priority.MEDIUM.value): vol.In(
            [priority.value for priority in Priority]
        ),
        vol.Optional(ATTR_INCIDENT): _INCIDENT,
        vol.Optional(ATTR_RECIPIENTS, default=list): vol.All(
            cv.ensure_list, [cv.string]
        ),
    }
)

_ACKNOWLEDGE_SCHEMA = vol.Schema(
    {
        vol.Exclusive(ATTR_NOTIFICATION_ID, "what"): vol.All(
            cv.string, vol.Length(min=1)
        ),
        vol.Exclusive(ATTR_INTENT_ID, "what"): vol.All(cv.string, vol.Length(min=1)),
    }
)

_RESOLVE_SCHEMA = vol.Schema(
    {
        vol.Required(ATTR_INCIDENT): _INCIDENT,
        vol.Optional(ATTR_MESSAGE): vol.All(cv.string, vol.Length(min=1)),
    }
)

# a day: what is put off for longer is better asked for anew
_LONGEST_SNOOZE = 1440
_SNOOZE_SCHEMA = vol.Schema(
    {
        vol.Required(ATTR_INTENT_ID): vol.All(cv.string, vol.Length(min=1)),
        vol.Optional(ATTR_MINUTES, default=15): vol.All(
            vol.Coerce(int), vol.Range(min=1, max=_LONGEST_SNOOZE)
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
        SERVICE_ACKNOWLEDGE,
        _async_acknowledge,
        schema=_ACKNOWLEDGE_SCHEMA,
        supports_response=SupportsResponse.OPTIONAL,
    )
    hass.services.async_register(
        DOMAIN,
        SERVICE_RESOLVE,
        _async_resolve,
        schema=_RESOLVE_SCHEMA,
        supports_response=SupportsResponse.OPTIONAL,
    )
    hass.services.async_register(
        DOMAIN,
        SERVICE_SNOOZE,
        _async_snooze,
        schema=_SNOOZE_SCHEMA,
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
        call.data.get(ATTR_INCIDENT),
    )
    return _answer(told)


async def _async_resolve(call: ServiceCall) -> ServiceResponse:
    """Say that what messages were about is over."""
    told = await _pipeline(call.hass).async_resolve(
        call.data[ATTR_INCIDENT], call.data.get(ATTR_MESSAGE, "")
    )
    return {"told": list(told)}


async def _async_acknowledge(call: ServiceCall) -> ServiceResponse:
    """Say that somebody has taken note; a message that is forgotten is no error."""
    runtime = _runtime(call.hass)
    asked = call.data.get(ATTR_INTENT_ID) or call.data.get(ATTR_NOTIFICATION_ID)
    if not asked:
        raise ServiceValidationError(
            translation_domain=DOMAIN, translation_key="nothing_to_acknowledge"
        )
    try:
        parcels = await (
            runtime.outbox.load([asked])
            if ATTR_INTENT_ID in call.data
            else runtime.outbox.of_notification(asked)
        )
        if not parcels:
            return {"known": False, "first": None}
        who = call.context.user_id or ""
        first = await runtime.pipeline.responses.async_acknowledge(parcels, who)
    except StorageFailed as failure:
        raise HomeAssistantError(
            translation_domain=DOMAIN,
            translation_key="storage_failed",
            translation_placeholders={"reason": str(failure)},
        ) from failure
    user = await call.hass.auth.async_get_user(first[0]) if first and first[0] else None
    return {
        "known": True,
        "notification_id": parcels[0].notification.id,
        "first": first
        and {
            "user": user.name if user else None,
            "at": dt_util.utc_from_timestamp(first[1]).isoformat(),
            "is_you": first[0] == who,
        },
    }


async def _async_snooze(call: ServiceCall) -> ServiceResponse:
    """Put a message off for its recipient; what is urgent passes, and says so."""
    snoozing = _pipeline(call.hass).snoozing
    try:
        snoozed = await snoozing.async_snooze(
            call.data[ATTR_INTENT_ID],
            call.context.user_id or "",
            60.0 * call.data[ATTR_MINUTES],
        )
    except StorageFailed as failure:
        raise HomeAssistantError(
            translation_domain=DOMAIN,
            translation_key="storage_failed",
            translation_placeholders={"reason": str(failure)},
        ) from failure
    until = snoozed.until
    return {
        "known": snoozed.known,
        "until": until and dt_util.utc_from_timestamp(until).isoformat(),
        "reason": snoozed.reason or None,
    }


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
