"""Tests a channel: sends a message over it and answers what it proved, and how fast."""

from __future__ import annotations

from homeassistant.core import ServiceCall, ServiceResponse
from homeassistant.exceptions import ServiceValidationError
from homeassistant.util import dt as dt_util

from ..compat import vol
from ..const import ATTR_CHANNEL, ATTR_RECIPIENT, DOMAIN, SERVICE_TEST_CHANNEL
from ..directory import Directory
from .interface import TEXT, Action, recipient_id, runtime_of, telling_of_the_disk

_SCHEMA = vol.Schema(
    {vol.Required(ATTR_CHANNEL): TEXT, vol.Optional(ATTR_RECIPIENT): TEXT}
)


async def _async_test(call: ServiceCall) -> ServiceResponse:
    pipeline = runtime_of(call.hass).pipeline
    channel_id = _channel_id(pipeline.directory, call.data[ATTR_CHANNEL])
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


def _channel_id(directory: Directory, wanted: str) -> str:
    """Find a channel by id, or by name without regard to case."""
    for channel_id, channel in directory.channels.items():
        if wanted == channel_id or wanted.casefold() == channel.name.casefold():
            return channel_id
    raise ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key="unknown_channel",
        translation_placeholders={
            "channel": wanted,
            "known": ", ".join(directory.names.values()),
        },
    )


TEST_CHANNEL = Action(name=SERVICE_TEST_CHANNEL, schema=_SCHEMA, run=_async_test)
