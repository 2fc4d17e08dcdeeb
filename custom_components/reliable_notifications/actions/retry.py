"""Tells a message again that did not arrive."""

from __future__ import annotations

from homeassistant.core import ServiceCall, ServiceResponse
from homeassistant.exceptions import ServiceValidationError

from ..adapters.storage_errors import telling_of_the_disk
from ..compat import vol
from ..const import ATTR_INTENT_ID, DOMAIN, SERVICE_RETRY
from ..engine.vocabulary import IntentState
from .interface import TEXT, Action, runtime_of
from .send import told_answer

_SCHEMA = vol.Schema({vol.Required(ATTR_INTENT_ID): TEXT})

_NOT_ARRIVED = frozenset({IntentState.FAILED, IntentState.EXPIRED})


async def _async_retry(call: ServiceCall) -> ServiceResponse:
    """It is decided anew, and goes to the same recipient only.

    Refused for one that has arrived, is under way, or was told again already.
    """
    runtime = runtime_of(call.hass)
    with telling_of_the_disk():
        found = await runtime.outbox.load([call.data[ATTR_INTENT_ID]])
        if not found:
            raise _refused("nothing_known_of_it")
        parcel = found[0]
        if parcel.delivery.state not in _NOT_ARRIVED:
            raise _refused("nothing_to_retry", state=parcel.delivery.state.value)
        open_ones = await runtime.outbox.load(
            await runtime.outbox.open_with_tag(parcel.notification.tag)
        )
    if any(each.recipient_id == parcel.recipient_id for each in open_ones):
        raise _refused("retried_already")
    if parcel.recipient_id not in runtime.pipeline.directory.recipients:
        raise _refused("recipient_gone", recipient=parcel.recipient_name)
    return told_answer(await runtime.pipeline.async_retry(parcel))


def _refused(key: str, **placeholders: str) -> ServiceValidationError:
    return ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key=key,
        translation_placeholders=placeholders or None,
    )


RETRY = Action(name=SERVICE_RETRY, schema=_SCHEMA, run=_async_retry)
