"""What follows from the further choices under a message: put off longer, complain.

Where the first buttons have no room for them, they are offered after a tap; what came
of one is said at once where it was tapped. Must not know phones: a channel that can
offer something says so by having the method.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
import logging
from typing import Protocol, runtime_checkable

from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.util import dt as dt_util

from ..adapters.outbox import Outbox
from ..adapters.parcel import Parcel
from ..engine.content.echoes import echoes, put_off
from ..engine.content.verbs import COMPLAINTS, Offer, Verb, behind
from ..engine.routing.feedback import Complaint
from ..engine.vocabulary import Shape
from ..recipients.wish_changes import tomorrow, with_snooze
from ..recipients.wishes import Wishes
from .complaints import Became, Complaints, Unheard
from .snoozing import Snoozing

_LOGGER = logging.getLogger(__name__)


@runtime_checkable
class Offers(Protocol):
    """What is needed of a channel here."""

    async def async_offer(self, offer: Offer) -> None:
        """Show it; may raise HomeAssistantError."""


class Choices:
    """Does what people choose, and says what came of it."""

    def __init__(
        self,
        hass: HomeAssistant,
        outbox: Outbox,
        channels: Mapping[str, object],
        snoozing: Snoozing,
        wishes: Wishes,
        complaints: Complaints,
    ) -> None:
        """Remember the parts."""
        self._hass = hass
        self._outbox = outbox
        self._channels = channels
        self._snoozing = snoozing
        self._wishes = wishes
        self._complaints = complaints

    async def async_take(self, verb: Verb, intent_id: str, context: Context) -> None:
        """Do it; nothing for a message that is forgotten. Raises StorageFailed."""
        for parcel in await self._outbox.load([intent_id]):
            verbs = behind(verb, parcel.notification.data, parcel.priority)
            text = await self._done(verb, parcel, context)
            if verbs or text:
                await self._offer(parcel, verbs, text)

    async def _done(self, verb: Verb, parcel: Parcel, context: Context) -> str:
        """What came of it, in the words of the message's language."""
        if verb in COMPLAINTS:
            return await self._complain(verb, parcel, context)
        match verb:
            case Verb.SNOOZE:
                return await self._put_off(parcel, context)
            case Verb.UNTIL_TOMORROW:
                return await self._until_tomorrow(parcel, context)
            case Verb.UNTIL_EMPTIED:
                return await self._until_emptied(parcel, context)
        return ""

    async def _put_off(
        self, parcel: Parcel, context: Context, until: float | None = None
    ) -> str:
        who = context.user_id or ""
        intent_id = parcel.delivery.intent_id
        snoozed = await self._snoozing.async_snooze(intent_id, who, until)
        if snoozed.until is None:
            return ""
        zone, now = dt_util.get_default_time_zone(), dt_util.utcnow().timestamp()
        return put_off(self._language(parcel), snoozed.until, now, zone)

    async def _until_tomorrow(self, parcel: Parcel, context: Context) -> str:
        until = tomorrow(dt_util.now()).timestamp()
        return await self._put_off(parcel, context, until)

    async def _until_emptied(self, parcel: Parcel, context: Context) -> str:
        """Everything about the appliance; only this message where it is not theirs."""
        source, now = parcel.notification.source, dt_util.utcnow().timestamp()
        if source is None:  # of no appliance: it would be everything
            return await self._until_tomorrow(parcel, context)
        change = partial(with_snooze, source=source, until=None, now=now)
        try:
            await self._wishes.async_change(parcel.recipient_id, change, context)
        except (KeyError, ServiceValidationError):
            return await self._until_tomorrow(parcel, context)
        await self._put_off(parcel, context)  # it is held on by the wish, then
        return echoes(self._language(parcel)).until_emptied

    async def _complain(self, verb: Verb, parcel: Parcel, context: Context) -> str:
        """Nobody has read yet what a rule would change, so it is only asked for."""
        heard = await self._complaints.async_hear(
            parcel.delivery.intent_id, Complaint(verb.value), context.user_id or ""
        )
        became = Became.NOTHING
        if not isinstance(heard, Unheard):
            became = await self._complaints.async_make(heard, context, rules=False)
        said = echoes(self._language(parcel))
        texts = {Became.MADE: said.made, Became.ASKED: said.asked}
        return texts.get(became, said.nothing)

    async def _offer(self, parcel: Parcel, verbs: tuple[Verb, ...], text: str) -> None:
        words = parcel.message(Shape.PUSH)
        offer = Offer(
            intent_id=parcel.delivery.intent_id,
            title=words.title,
            message=words.message,
            language=self._language(parcel),
            verbs=verbs,
            text=text,
        )
        for channel_id in parcel.delivery.told:
            channel = self._channels.get(channel_id)
            if isinstance(channel, Offers):
                try:
                    await channel.async_offer(offer)
                except HomeAssistantError as error:
                    _LOGGER.debug("What came of a tap was not said: %s", error)

    def _language(self, parcel: Parcel) -> str:
        return parcel.words.language or self._hass.config.language
