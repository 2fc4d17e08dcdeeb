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

type Again = Callable[[Parcel, float], Awaitable[None]]


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
        """Remember the parts; `again` stores a message anew, to be told later."""
        self._outbox = outbox
        self._courier = courier
        self._withdrawal = withdrawal
        self._again = again

    async def async_snooze(
        self, intent_id: str, who: str, seconds: float = USUAL
    ) -> Snoozed:
        """Tell it again after so many seconds, once. Raises StorageFailed."""
        for parcel in await self._outbox.load([intent_id]):
            if parcel.notification.priority is Priority.URGENT:
                return Snoozed(reason="urgent")
            if (until := await self._put_off_already(parcel)) is not None:
                return Snoozed(until=until)
            if parcel.delivery.evidence is Evidence.ACKNOWLEDGED:
                return Snoozed(reason="acknowledged")
            return await self._put_off(parcel, who, seconds)
        return Snoozed(known=False)

    async def _put_off(self, parcel: Parcel, who: str, seconds: float) -> Snoozed:
        now = dt_util.utcnow().timestamp()
        news = ReceiptEntry(evidence=Evidence.SEEN, at=now, source="snooze", who=who)
        intent_id = parcel.delivery.intent_id
        await self._courier.book(intent_id, news)
        await self._courier.close(intent_id, "snoozed")
        for each in (parcel, *await self._outbox.led_by(intent_id)):
            await self._again(each, seconds)
        told = set(parcel.delivery.told)
        for other in await self._outbox.of_notification(parcel.notification.id):
            if other.recipient_id != parcel.recipient_id:
                told -= set(other.delivery.told)
        self._withdrawal.async_clear(told, parcel.tag)
        return Snoozed(until=now + seconds)

    async def _put_off_already(self, parcel: Parcel) -> Instant | None:
        """Two taps, or two people on one recipient's devices, put it off once."""
        tag = parcel.notification.tag
        for open_one in await self._outbox.load(await self._outbox.open_with_tag(tag)):
            held = open_one.delivery.state is IntentState.HELD
            if held and open_one.recipient_id == parcel.recipient_id:
                return open_one.delivery.wake_at
        return None
