"""Takes in that a message was wrong for somebody, and proposes what would change that.

The change is made only if the caller wants it: a rule that the household sees and can
delete, or a wish of the recipient.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import ServiceCall, ServiceResponse
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv
from homeassistant.util import dt as dt_util

from ..adapters.parcel import Parcel, ReceiptEntry
from ..compat import vol
from ..const import (
    ATTR_APPLY,
    ATTR_COMPLAINT,
    ATTR_INTENT_ID,
    DOMAIN,
    FEEDBACK,
    SERVICE_FEEDBACK,
    SUBENTRY_RULE,
)
from ..decisions.rulebook import written
from ..decisions.switchboard import event_of
from ..engine.routing.feedback import Complaint, Proposal, propose
from ..engine.vocabulary import Evidence
from ..recipients.wish_changes import hearing_of
from ..runtime import Runtime
from .interface import TEXT, Action, runtime_of, telling_of_the_disk

_SCHEMA = vol.Schema(
    {
        vol.Required(ATTR_INTENT_ID): TEXT,
        vol.Required(ATTR_COMPLAINT): vol.In([each.value for each in Complaint]),
        vol.Optional(ATTR_APPLY, default=False): cv.boolean,
    }
)


async def _async_feedback(call: ServiceCall) -> ServiceResponse:
    """Whoever complains has seen it; that is booked, too."""
    runtime = runtime_of(call.hass)
    complaint = Complaint(call.data[ATTR_COMPLAINT])
    with telling_of_the_disk():
        found = await runtime.decision_log.explained(
            intent_id=call.data[ATTR_INTENT_ID]
        )
        if not found or not found[0].decisions:
            raise _refused("nothing_known_of_it")
        parcel = found[0].parcel
        told = await runtime.outbox.of_notification(parcel.notification.id)
        await _book(runtime, parcel, complaint, call.context.user_id or "")
    recipient = runtime.pipeline.directory.recipients.get(parcel.recipient_id)
    if recipient is None:
        raise _refused("recipient_gone", recipient=parcel.recipient_name)
    proposal = propose(
        complaint,
        event_of(parcel),
        found[0].decisions[-1].decision,
        recipient,
        [each.recipient_id for each in told],
    )
    applied = proposal is not None and call.data[ATTR_APPLY]
    if proposal is not None and applied:
        await _apply(runtime, call, proposal, parcel)
    return {"proposal": _in_words(proposal, parcel), "applied": applied}


async def _book(
    runtime: Runtime, parcel: Parcel, complaint: Complaint, who: str
) -> None:
    """In the log of receipts, and on the bus for whoever counts."""
    news = ReceiptEntry(
        evidence=Evidence.SEEN,
        at=dt_util.utcnow().timestamp(),
        source=complaint.value,
        who=f"{who}:{complaint.value}",
    )
    await runtime.pipeline.responses.async_book(parcel.delivery.intent_id, news)
    runtime.pipeline.announcements.async_say(
        None,
        FEEDBACK,
        {
            "intent_id": parcel.delivery.intent_id,
            "notification_id": parcel.notification.id,
            "event": parcel.notification.event,
            "recipient": parcel.recipient_name,
            "complaint": complaint.value,
        },
    )


async def _apply(
    runtime: Runtime, call: ServiceCall, proposal: Proposal, parcel: Parcel
) -> None:
    if proposal.rule is None:
        category = parcel.notification.category
        await runtime.wishes.async_change(
            proposal.recipient_id,
            lambda wishes: hearing_of(wishes, category, is_on=False),
            call.context,
        )
        return
    (entry,) = call.hass.config_entries.async_loaded_entries(DOMAIN)
    known = {each.unique_id for each in entry.subentries.values()}
    if proposal.rule.id not in known:
        rule = ConfigSubentry(
            data=MappingProxyType(written(proposal.rule)),
            subentry_type=SUBENTRY_RULE,
            title=proposal.rule.name,
            unique_id=proposal.rule.id,
        )
        call.hass.config_entries.async_add_subentry(entry, rule)


def _in_words(proposal: Proposal | None, parcel: Parcel) -> dict[str, Any] | None:
    """What would change; None where nothing would make it right."""
    if proposal is None:
        return None
    if proposal.rule is None:
        return {"kind": "wish", "opts_out_of": parcel.notification.category}
    return {
        "kind": "rule",
        "name": proposal.rule.name,
        **written(proposal.rule),
    }


def _refused(key: str, **placeholders: str) -> ServiceValidationError:
    return ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key=key,
        translation_placeholders=placeholders or None,
    )


GIVE_FEEDBACK = Action(name=SERVICE_FEEDBACK, schema=_SCHEMA, run=_async_feedback)
