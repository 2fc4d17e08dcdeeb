"""Tells what became of the messages of each day, by priority and channel."""

from __future__ import annotations

from homeassistant.core import ServiceCall, ServiceResponse, SupportsResponse
from homeassistant.util import dt as dt_util

from ..compat import vol
from ..const import ATTR_DAYS, SERVICE_HISTORY
from ..engine.metrics.daily import LATENCY_BOUNDS
from .interface import Action, runtime_of

# as long as the counts are kept (adapters/retention.py)
_LONGEST = 400
_SCHEMA = vol.Schema(
    {
        vol.Optional(ATTR_DAYS, default=30): vol.All(
            vol.Coerce(int), vol.Range(min=1, max=_LONGEST)
        )
    }
)


async def _async_history(call: ServiceCall) -> ServiceResponse:
    runtime = runtime_of(call.hass)
    now = dt_util.utcnow().timestamp()
    since = now - 86_400.0 * (call.data[ATTR_DAYS] - 1)
    names = runtime.pipeline.directory.names
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


HISTORY = Action(
    name=SERVICE_HISTORY,
    schema=_SCHEMA,
    run=_async_history,
    responds=SupportsResponse.ONLY,
)
