"""Puts a message off for its recipient."""

from __future__ import annotations

from homeassistant.core import ServiceCall, ServiceResponse
from homeassistant.util import dt as dt_util

from ..compat import vol
from ..const import ATTR_INTENT_ID, ATTR_MINUTES, SERVICE_SNOOZE
from .interface import TEXT, Action, runtime_of, telling_of_the_disk

# a day: what is put off for longer is better asked for anew
_LONGEST = 1440
_SCHEMA = vol.Schema(
    {
        vol.Required(ATTR_INTENT_ID): TEXT,
        vol.Optional(ATTR_MINUTES, default=15): vol.All(
            vol.Coerce(int), vol.Range(min=1, max=_LONGEST)
        ),
    }
)


async def _async_snooze(call: ServiceCall) -> ServiceResponse:
    """What is urgent passes, and says so."""
    snoozing = runtime_of(call.hass).pipeline.snoozing
    with telling_of_the_disk():
        snoozed = await snoozing.async_snooze(
            call.data[ATTR_INTENT_ID],
            call.context.user_id or "",
            60.0 * call.data[ATTR_MINUTES],
        )
    until = snoozed.until
    return {
        "known": snoozed.known,
        "until": until and dt_util.utc_from_timestamp(until).isoformat(),
        "reason": snoozed.reason or None,
    }


SNOOZE = Action(name=SERVICE_SNOOZE, schema=_SCHEMA, run=_async_snooze)
