"""What follows when somebody has seen or acknowledged a message, or when it is over.

Books it, tells the intents of the others, and has the message taken off the devices
where nobody needs it any more. Must not know how an answer was given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
import logging

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ..adapters.courier import Courier
from ..adapters.database import StorageFailed
from ..adapters.outbox import Outbox
from ..adapters.parcel import Parcel, ReceiptEntry
from ..engine.vocabulary import Evidence, Instant, Notification, Recipient
from ..recipients.logins import has_person, is_login_of
from .withdrawal import Withdrawal

# the entry of a message's data that says which message it tells again
AGAIN = "again"

_LOGGER = logging.getLogger(__name__)


class Responses:
    """Takes in what people answer to messages."""

    def __init__(
        self,
        hass: HomeAssistant,
        outbox: Outbox,
        courier: Courier,
        withdrawal: Withdrawal,
        recipients: Mapping[str, Recipient],
    ) -> None:
        """Remember the parts."""
        self._hass = hass
        self._outbox = outbox
        self._courier = courier
        self._withdrawal = withdrawal
        self._recipients = recipients
        # who has answered and is nobody's login, by their ids: what they are called
        self.strangers: dict[str, str] = {}

    async def async_resolve(self, tag: str, reason: str) -> Sequence[Parcel]:
        """What the messages with this tag are about is over: nobody needs them.

        Returns the intents of the latest one that has been told: whom an all-clear
        would interest.
        """
        try:
            await self._courier.resolve(tag, reason)
            latest = await self._outbox.load(await self._outbox.intents_with_tag(tag))
        except StorageFailed as failure:
            _LOGGER.warning("Messages that are over could not be closed: %s", failure)
            latest = []
        told = [parcel for parcel in latest if _is_told(parcel)]
        if not any(_is_acknowledged(parcel) for parcel in latest):  # taken off then
            self._withdrawal.async_withdraw(tag)
        return told

    async def async_book(self, intent_id: str, news: ReceiptEntry) -> None:
        """Note news of a message, and take it off where nobody needs it any more.

        Acknowledged: from everybody's devices, once. Seen: from the other devices of
        the same person. Raises StorageFailed.
        """
        parcels = []
        if news.evidence.rung >= Evidence.SEEN.rung:
            parcels = await self._outbox.load([intent_id])
        await self._courier.book(intent_id, news)
        if parcels and news.who:
            await self._note_stranger(news.who)
        for parcel in parcels:
            if news.evidence is not Evidence.ACKNOWLEDGED:
                await self._seen(parcel)
            elif not _is_acknowledged(parcel):
                await self._close_older(parcel.notification)
                self._withdrawal.async_withdraw(parcel.tag)

    async def _note_stranger(self, user_id: str) -> None:
        """An answer of somebody without a person counts; whose it was is not known."""
        if user_id in self.strangers or has_person(self._hass, user_id):
            return
        user = await self._hass.auth.async_get_user(user_id)
        if user is not None:
            self.strangers[user_id] = user.name or user_id

    async def _close_older(self, about: Notification) -> None:
        """Earlier messages of an incident are acknowledged with the latest one.

        So is what was put off and would be told again. A newer one is news.
        """
        tag = about.tag
        for open_one in await self._outbox.load(await self._outbox.open_with_tag(tag)):
            other = open_one.notification
            again = about.id in (other.data.get(AGAIN), other.id)
            if again or other.created_at <= about.created_at:
                await self._courier.close(
                    open_one.delivery.intent_id, "acknowledged with another message"
                )

    async def async_heard_aloud(self, intent_id: str, evidence: Evidence) -> None:
        """Note what somebody has answered to a speaker; nobody knows who it was."""
        at = dt_util.utcnow().timestamp()
        news = ReceiptEntry(evidence=evidence, at=at, source="voice", who="")
        try:
            await self.async_book(intent_id, news)
        except StorageFailed as failure:
            _LOGGER.warning("A spoken answer could not be stored: %s", failure)

    async def _seen(self, parcel: Parcel) -> None:
        """Take it off the other devices, but not off those of who has not looked."""
        told = set(parcel.delivery.told)
        if len(told) < 2:
            return
        for other in await self._outbox.of_notification(parcel.notification.id):
            if other.recipient_id != parcel.recipient_id:
                told -= set(other.delivery.told)
        self._withdrawal.async_clear(told, parcel.tag)

    async def async_acknowledge(
        self, parcels: Sequence[Parcel], who: str, source: str = "action"
    ) -> tuple[str, Instant, str] | None:
        """Book that somebody acknowledges this notification; returns who was first.

        Of several recipients it is booked on the one who is asking, if that is one of
        them. The message is taken off all devices.
        """
        parcel = next((each for each in parcels if self._is_of(each, who)), parcels[0])
        at = dt_util.utcnow().timestamp()
        news = ReceiptEntry(
            evidence=Evidence.ACKNOWLEDGED, at=at, source=source, who=who
        )
        await self.async_book(parcel.delivery.intent_id, news)
        return await self._outbox.first_acknowledgement(parcel.notification.id)

    def _is_of(self, parcel: Parcel, user_id: str) -> bool:
        """Whether the intent's recipient is the person with this login."""
        recipient = self._recipients.get(parcel.recipient_id)
        return is_login_of(self._hass, recipient, user_id)


def _is_told(parcel: Parcel) -> bool:
    """Whether the recipient may know of it, by itself or together with others."""
    evidence = parcel.delivery.evidence
    return bool(parcel.delivery.told or (evidence is not None and evidence.rung))


def _is_acknowledged(parcel: Parcel) -> bool:
    return parcel.delivery.evidence is Evidence.ACKNOWLEDGED
