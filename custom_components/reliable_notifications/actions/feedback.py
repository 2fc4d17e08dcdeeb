"""Takes in that a message was wrong for somebody, and proposes what would change that.

The change is made only if the caller wants it and may make it; otherwise it waits for
an administrator: a rule that the household sees and can delete, or a wish of the
recipient.
"""

from __future__ import annotations

from homeassistant.core import ServiceCall, ServiceResponse
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv

from ..adapters.storage_errors import telling_of_the_disk
from ..answering.complaints import Became, Unheard
from ..answering.proposed_changes import in_words
from ..compat import vol
from ..const import (
    ATTR_APPLY,
    ATTR_COMPLAINT,
    ATTR_INTENT_ID,
    DOMAIN,
    SERVICE_FEEDBACK,
)
from ..engine.routing.feedback import Complaint
from .interface import TEXT, Action, runtime_of

_SCHEMA = vol.Schema(
    {
        vol.Required(ATTR_INTENT_ID): TEXT,
        vol.Required(ATTR_COMPLAINT): vol.In([each.value for each in Complaint]),
        vol.Optional(ATTR_APPLY, default=False): cv.boolean,
    }
)


async def _async_feedback(call: ServiceCall) -> ServiceResponse:
    """Who wants the change made has read, or could read, what it is."""
    complaints = runtime_of(call.hass).complaints
    complaint = Complaint(call.data[ATTR_COMPLAINT])
    became = Became.PROPOSED
    with telling_of_the_disk():
        heard = await complaints.async_hear(
            call.data[ATTR_INTENT_ID], complaint, call.context.user_id or ""
        )
        if isinstance(heard, Unheard):
            raise ServiceValidationError(
                translation_domain=DOMAIN,
                translation_key=heard.key,
                translation_placeholders=heard.words or None,
            )
        if call.data[ATTR_APPLY]:
            became = await complaints.async_make(heard, call.context, rules=True)
    return {
        "proposal": in_words(heard.proposal, heard.parcel),
        "applied": became is Became.MADE,
        "asked": became is Became.ASKED,
    }


GIVE_FEEDBACK = Action(name=SERVICE_FEEDBACK, schema=_SCHEMA, run=_async_feedback)
