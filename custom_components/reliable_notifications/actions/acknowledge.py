"""Says that somebody has taken note of a message."""

from __future__ import annotations

from homeassistant.core import ServiceCall, ServiceResponse
from homeassistant.exceptions import ServiceValidationError
from homeassistant.util import dt as dt_util

from ..compat import vol
from ..const import (
    ATTR_INTENT_ID,
    ATTR_NOTIFICATION_ID,
    DOMAIN,
    SERVICE_ACKNOWLEDGE,
)
from .interface import TEXT, Action, runtime_of, telling_of_the_disk

_SCHEMA = vol.Schema(
    {
        vol.Exclusive(ATTR_NOTIFICATION_ID, "what"): TEXT,
        vol.Exclusive(ATTR_INTENT_ID, "what"): TEXT,
    }
)


async def _async_acknowledge(call: ServiceCall) -> ServiceResponse:
    """A message that is forgotten is no error."""
    runtime = runtime_of(call.hass)
    asked = call.data.get(ATTR_INTENT_ID) or call.data.get(ATTR_NOTIFICATION_ID)
    if not asked:
        raise ServiceValidationError(
            translation_domain=DOMAIN, translation_key="nothing_to_acknowledge"
        )
    with telling_of_the_disk():
        parcels = await (
            runtime.outbox.load([asked])
            if ATTR_INTENT_ID in call.data
            else runtime.outbox.of_notification(asked)
        )
        if not parcels:
            return {"known": False, "first": None}
        who = call.context.user_id or ""
        first = await runtime.pipeline.responses.async_acknowledge(parcels, who)
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


ACKNOWLEDGE = Action(name=SERVICE_ACKNOWLEDGE, schema=_SCHEMA, run=_async_acknowledge)
