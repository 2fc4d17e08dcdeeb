"""Pauses everything but what is urgent, for a while or until somebody ends it."""

from __future__ import annotations

from math import inf, isfinite

from homeassistant.core import ServiceCall, ServiceResponse
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv
from homeassistant.util import dt as dt_util

from ..compat import vol
from ..const import ATTR_MINUTES, ATTR_UNTIL, DOMAIN, SERVICE_PAUSE, SERVICE_RESUME
from .interface import Action, runtime_of

# Two weeks, in minutes: a longer absence is a vacation, and has a switch of its own
_LONGEST = 14 * 24 * 60
_SCHEMA = vol.Schema(
    {
        vol.Exclusive(ATTR_MINUTES, "end"): vol.All(
            vol.Coerce(int), vol.Range(min=1, max=_LONGEST)
        ),
        vol.Exclusive(ATTR_UNTIL, "end"): cv.datetime,
    }
)


async def _async_pause(call: ServiceCall) -> ServiceResponse:
    """Without an end it lasts until somebody ends it."""
    now = dt_util.utcnow().timestamp()
    until = inf
    if (minutes := call.data.get(ATTR_MINUTES)) is not None:
        until = now + 60.0 * minutes
    elif (wanted := call.data.get(ATTR_UNTIL)) is not None:
        # without a zone it is the local time of the household
        until = dt_util.as_utc(wanted).timestamp()
    if not now < until:
        raise ServiceValidationError(
            translation_domain=DOMAIN, translation_key="pause_is_over"
        )
    await runtime_of(call.hass).modes.async_pause(until)
    ends = dt_util.utc_from_timestamp(until).isoformat() if isfinite(until) else None
    return {"until": ends, "passes": "urgent"}


async def _async_resume(call: ServiceCall) -> ServiceResponse:
    """Nothing happens where nothing was paused."""
    modes = runtime_of(call.hass).modes
    was_paused = modes.switched.paused_until is not None
    await modes.async_resume()
    return {"was_paused": was_paused}


PAUSE = Action(name=SERVICE_PAUSE, schema=_SCHEMA, run=_async_pause)
RESUME = Action(name=SERVICE_RESUME, schema=vol.Schema({}), run=_async_resume)
