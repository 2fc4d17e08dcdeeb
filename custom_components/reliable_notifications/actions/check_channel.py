"""Asks the service behind a channel about the account, and about one recipient.

Nothing is sent: where the service can be asked what it would answer, it is.
"""

from __future__ import annotations

from homeassistant.core import ServiceCall, ServiceResponse, SupportsResponse
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util
from homeassistant.util.ulid import ulid_now

from ..channels.interface import Channel, Envelope
from ..compat import vol
from ..const import ATTR_CHANNEL, ATTR_RECIPIENT, DOMAIN, SERVICE_CHECK_CHANNEL
from ..engine.vocabulary import Priority, Recipient
from .interface import TEXT, Action, channel_named, recipient_id, runtime_of

_SCHEMA = vol.Schema(
    {vol.Required(ATTR_CHANNEL): TEXT, vol.Optional(ATTR_RECIPIENT): TEXT}
)


async def _async_check(call: ServiceCall) -> ServiceResponse:
    pipeline = runtime_of(call.hass).pipeline
    directory = pipeline.directory
    channel_id = channel_named(directory, call.data[ATTR_CHANNEL])
    channel = directory.channels[channel_id]
    who = call.data.get(ATTR_RECIPIENT)
    answer = None
    try:
        account = await channel.async_inspect()
    except HomeAssistantError as error:
        raise HomeAssistantError(
            translation_domain=DOMAIN,
            translation_key="channel_does_not_tell",
            translation_placeholders={"channel": channel.name, "reason": str(error)},
        ) from error
    if who is not None:
        recipient = directory.recipients[recipient_id(directory, who)]
        rehearsal = _rehearsal(channel, recipient)
        answer = await pipeline.async_rehearse(channel_id, rehearsal)
    return {
        "channel_id": channel_id,
        "channel": channel.name,
        "account": dict(account),
        # None: nobody was asked about, or the service tells nothing of anybody unsent
        "would_send": None if answer is None else bool(answer.evidence.rung),
        "detail": None if answer is None else answer.detail,
    }


def _rehearsal(channel: Channel, recipient: Recipient) -> Envelope:
    """A message that is not sent."""
    contact, own_id = channel.traits.contact, ulid_now()
    address = next(
        (each.value for each in recipient.contacts if each.kind is contact), None
    )
    return Envelope(
        attempt_id=own_id,
        intent_id=own_id,
        notification_id=own_id,
        recipient_id=recipient.id,
        recipient_name=recipient.name,
        priority=Priority.LOW,
        title="",
        message="Reliable Notifications",
        tag=f"rn-check-{own_id}",
        sent_at=dt_util.utcnow().timestamp(),
        data={},
        address=address,
        language=recipient.language,
    )


CHECK_CHANNEL = Action(
    name=SERVICE_CHECK_CHANNEL,
    schema=_SCHEMA,
    run=_async_check,
    responds=SupportsResponse.ONLY,
)
