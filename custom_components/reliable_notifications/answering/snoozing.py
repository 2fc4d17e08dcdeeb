"""Puts a message off for its recipient: taken off their devices now, told again later.

The later telling is an intent of its own, held in the store: it survives restarts, and
is dropped like any other if what it is about is over by then. Must not put off what is
urgent: that passes, and says so.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from homeassistant.util import dt as dt_util

from ..adapters.courier import Courier
from ..adapters.outbox import Outbox
from ..adapters.parcel import Parcel, ReceiptEntry
from ..engine.vocabulary import Evidence, Instant, IntentState, Priority
from .withdrawal import Withdrawal

# Seconds that a tap on *Later* puts a message off (delivery reference 8.3): long enough
# to finish a meal, short enough that wet laundry does not mind
USUAL = 15 * 60.0

type Again = Callable[[Parcel, Instant], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snoozed:
    """What came of it: until when, or why not."""

    until: Instant | None = None
    known: bool = True
    reason: str = ""


class Snoozing:
    """Puts messages off."""

    def __init__(
        self, outbox: Outbox, courier: Courier, withdrawal: Withdrawal, again: Again
    ) -> None:
        """Remember the parts; `again` stores a message anew, held until then."""
        self._outbox = outbox
        self._courier = courier
        self._withdrawal = withdrawal
        self._again = again

    async def async_snooze(
        self, intent_id: str, who: str, until: Instant | None = None
    ) -> Snoozed:
        """Tell it again then, once; None: in a while. Raises StorageFailed."""
        for parcel in await self._outbox.load([intent_id]):
            if parcel.priority is Priority.URGENT:
                return Snoozed(reason="urgent")
            if (held := await self._put_off_already(parcel)) is not None:
                return await self._move(held, until)
            if until is not None and until <= dt_util.utcnow().timestamp():
                return Snoozed()  # *now*, and it is not put off
            if parcel.delivery.evidence is Evidence.ACKNOWLEDGED:
                return Snoozed(reason="acknowledged")
            return await self._put_off(parcel, who, until)
        return Snoozed(known=False)

    async def _put_off(
        self, parcel: Parcel, who: str, until: Instant | None
    ) -> Snoozed:
        now = dt_util.utcnow().timestamp()
        until = now + USUAL if until is None else until
        news = ReceiptEntry(evidence=Evidence.SEEN, at=now, source="snooze", who=who)
        intent_id = parcel.delivery.intent_id
        await self._courier.book(intent_id, news)
        await self._courier.close(intent_id, "snoozed")
        for each in (parcel, *await self._outbox.led_by(intent_id)):
            await self._again(each, until)
        told = set(parcel.delivery.told)
        for other in await self._outbox.of_notification(parcel.notification.id):
            if other.recipient_id != parcel.recipient_id:
                told -= set(other.delivery.told)
        self._withdrawal.async_clear(told, parcel.tag)
        return Snoozed(until=until)

    async def _move(self, held: Parcel, until: Instant | None) -> Snoozed:
        """To another time, if one is named; a tap more is no word of a time."""
        if until is None or held.put_off_until in (None, until):
            return Snoozed(until=held.delivery.wake_at)
        await self._courier.close(held.delivery.intent_id, "snoozed")
        await self._again(held, until)
        return Snoozed(until=until)

    async def _put_off_already(self, parcel: Parcel) -> Parcel | None:
        """Two taps, or two people on one recipient's devices, put it off once."""
        tag = parcel.notification.tag
        for open_one in await self._outbox.load(await self._outbox.open_with_tag(tag)):
            held = open_one.delivery.state is IntentState.HELD
            if held and open_one.recipient_id == parcel.recipient_id:
                return open_one
        return None
