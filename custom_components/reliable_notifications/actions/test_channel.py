"""Tests a channel: sends a message over it and answers what it proved, and how fast."""

from __future__ import annotations

from homeassistant.core import ServiceCall, ServiceResponse
from homeassistant.util import dt as dt_util

from ..adapters.storage_errors import telling_of_the_disk
from ..compat import vol
from ..const import ATTR_CHANNEL, ATTR_RECIPIENT, SERVICE_TEST_CHANNEL
from .interface import (
    TEXT,
    Action,
    channel_named,
    recipient_id,
    runtime_of,
)

_SCHEMA = vol.Schema(
    {vol.Required(ATTR_CHANNEL): TEXT, vol.Optional(ATTR_RECIPIENT): TEXT}
)


async def _async_test(call: ServiceCall) -> ServiceResponse:
    pipeline = runtime_of(call.hass).pipeline
    channel_id = channel_named(pipeline.directory, call.data[ATTR_CHANNEL])
    who = call.data.get(ATTR_RECIPIENT)
    with telling_of_the_disk():
        trial = await pipeline.trials.async_run(
            channel_id, None if who is None else recipient_id(pipeline.directory, who)
        )
    return {
        "channel_id": channel_id,
        "channel": pipeline.directory.name(channel_id),
        "at": dt_util.utc_from_timestamp(trial.at).isoformat(),
        "evidence": trial.evidence.value,
        "is_success": trial.evidence.is_success,
        "milliseconds": round(1000 * trial.seconds),
        "detail": trial.detail,
    }


TEST_CHANNEL = Action(name=SERVICE_TEST_CHANNEL, schema=_SCHEMA, run=_async_test)
