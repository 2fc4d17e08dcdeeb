"""Puts a message off for its recipient, or everything about an appliance, or all.

What is urgent passes, and says so.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from homeassistant.core import ServiceCall, ServiceResponse
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv
from homeassistant.util import dt as dt_util

from ..adapters.storage_errors import telling_of_the_disk
from ..compat import vol
from ..const import (
    ATTR_APPLIANCE,
    ATTR_INTENT_ID,
    ATTR_MINUTES,
    ATTR_RECIPIENT,
    ATTR_UNTIL,
    DOMAIN,
    SERVICE_SNOOZE,
)
from ..recipients.logins import login_of
from ..recipients.wish_changes import (
    tomorrow,
    with_snooze,
    without_snooze,
)
from ..runtime import Runtime
from .interface import (
    TEXT,
    Action,
    appliance_named,
    recipient_id,
    runtime_of,
)

EMPTIED, TOMORROW, NOW = "emptied", "tomorrow", "now"

# a day: what is put off for longer is better said as a time
_LONGEST = 1440
_USUAL = 15

_SCHEMA = vol.Schema(
    {
        vol.Optional(ATTR_INTENT_ID): TEXT,
        vol.Optional(ATTR_RECIPIENT): TEXT,
        vol.Optional(ATTR_APPLIANCE): TEXT,
        vol.Exclusive(ATTR_MINUTES, "how_long"): vol.All(
            vol.Coerce(int), vol.Range(min=1, max=_LONGEST)
        ),
        vol.Exclusive(ATTR_UNTIL, "how_long"): vol.Any(
            vol.In([EMPTIED, TOMORROW, NOW]), cv.datetime
        ),
    }
)


async def _async_snooze(call: ServiceCall) -> ServiceResponse:
    """One message by its id; otherwise what a recipient hears of."""
    if ATTR_INTENT_ID in call.data:
        return await _async_message(call)
    return await _async_all_about(call)


async def _async_message(call: ServiceCall) -> ServiceResponse:
    runtime, intent_id = runtime_of(call.hass), call.data[ATTR_INTENT_ID]
    if call.data.get(ATTR_UNTIL) == EMPTIED:  # all about the appliance, or nothing
        raise _refused("emptied_without_appliance")
    until = _until(call, dt_util.now())
    with telling_of_the_disk():
        for parcel in await runtime.outbox.load([intent_id]):
            recipient = runtime.pipeline.directory.recipients.get(parcel.recipient_id)
            # who puts off what somebody else is told keeps it from them; a role, or
            # who has no login, is anybody's
            if recipient and login_of(call.hass, recipient.person) is not None:
                await runtime.wishes.async_check(recipient.id, call.context)
        snoozed = await runtime.pipeline.snoozing.async_snooze(
            intent_id,
            call.context.user_id or "",
            None if until is None else until.timestamp(),
        )
    again_at = snoozed.until
    return {
        "known": snoozed.known,
        "until": again_at and dt_util.utc_from_timestamp(again_at).isoformat(),
        "reason": snoozed.reason or None,
    }


async def _async_all_about(call: ServiceCall) -> ServiceResponse:
    """Until a time, until the appliance is emptied, or (until *now*) no more."""
    runtime = runtime_of(call.hass)
    who, source = _who(call, runtime), _source(call, runtime)
    wanted, now = call.data.get(ATTR_UNTIL), dt_util.now()
    if wanted == EMPTIED and source is None:
        raise _refused("emptied_without_appliance")
    until = _until(call, now)
    at = None if until is None else until.timestamp()
    change = (
        partial(without_snooze, source=source)
        if wanted == NOW
        else partial(with_snooze, source=source, until=at, now=now.timestamp())
    )
    await runtime.wishes.async_change(who, change, call.context)
    shown = None if until is None or wanted == NOW else until.isoformat()
    return {"known": True, "until": shown, "reason": None}


def _until(call: ServiceCall, now: datetime) -> datetime | None:
    """When it ends by itself; None: with the emptying.

    A time without a zone is the household's.
    """
    match call.data.get(ATTR_UNTIL):
        case datetime() as until:
            if dt_util.as_utc(until) <= now:
                raise _refused("snooze_is_over")
            return dt_util.as_local(until)
        case "emptied":
            return None
        case "tomorrow":
            return tomorrow(now)
        case "now":
            return now
    return now + timedelta(minutes=call.data.get(ATTR_MINUTES, _USUAL))


def _refused(key: str) -> ServiceValidationError:
    return ServiceValidationError(translation_domain=DOMAIN, translation_key=key)


def _who(call: ServiceCall, runtime: Runtime) -> str:
    """The recipient that is named, or the one of the person who is asking."""
    directory = runtime.pipeline.directory
    if ATTR_RECIPIENT in call.data:
        return recipient_id(directory, call.data[ATTR_RECIPIENT])
    return runtime.wishes.whose(call.context)


def _source(call: ServiceCall, runtime: Runtime) -> str | None:
    """The appliance that is named, by id or by name; None: everything."""
    wanted = call.data.get(ATTR_APPLIANCE)
    if wanted is None:
        return None
    return appliance_named(runtime.watches.values(), wanted).spec.id


SNOOZE = Action(name=SERVICE_SNOOZE, schema=_SCHEMA, run=_async_snooze)
