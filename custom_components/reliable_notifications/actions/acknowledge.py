"""Says that somebody has taken note of a message."""

from __future__ import annotations

import re

from homeassistant.core import HomeAssistant, ServiceCall, ServiceResponse
from homeassistant.exceptions import ServiceValidationError
from homeassistant.util import dt as dt_util

from ..adapters.storage_errors import telling_of_the_disk
from ..compat import vol
from ..const import (
    ATTR_INTENT_ID,
    ATTR_NOTIFICATION_ID,
    DOMAIN,
    SERVICE_ACKNOWLEDGE,
)
from .interface import TEXT, Action, runtime_of

# how Home Assistant numbers its users: of one that was deleted no name is left
_USER_ID = re.compile(r"[0-9a-f]{32}")

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
    return {
        "known": True,
        "notification_id": parcels[0].notification.id,
        "first": first
        and {
            "user": await _name(call.hass, first[0]),
            "at": dt_util.utc_from_timestamp(first[1]).isoformat(),
            "is_you": first[0] == who,
            "reply": first[2] or None,
        },
    }


async def _name(hass: HomeAssistant, who: str) -> str | None:
    """The name of a user; of who is none, the name that they gave in another place."""
    user = await hass.auth.async_get_user(who) if who else None
    if user is not None:
        return user.name
    return None if _USER_ID.fullmatch(who) else who or None


ACKNOWLEDGE = Action(name=SERVICE_ACKNOWLEDGE, schema=_SCHEMA, run=_async_acknowledge)
