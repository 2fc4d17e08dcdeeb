"""What follows from a tap on a phone beside the evidence that it is.

Must not know phones: `adapters/receipts` hears them. A tap comes late, twice, by two
people and after a restart: each deed says by itself whether it is still of use.
"""

from __future__ import annotations

from collections.abc import Mapping

from homeassistant.core import Context

from ..adapters.outbox import Outbox
from ..adapters.parcel import ReceiptEntry
from ..announcements import Announcements
from ..appliances.appliance import ApplianceWatch
from ..const import REPLIED
from ..engine.content.verbs import Verb
from ..engine.vocabulary import EmptiedBy, Notification
from .choices import Choices


class Answers:
    """Does what people answer to messages."""

    def __init__(
        self,
        outbox: Outbox,
        watches: Mapping[str, ApplianceWatch],
        choices: Choices,
        announcements: Announcements,
    ) -> None:
        """Remember what the messages were about, and who does the rest."""
        self._outbox = outbox
        self._watches = watches
        self._choices = choices
        self._announcements = announcements

    async def async_take(self, verb: Verb, intent_id: str, context: Context) -> None:
        """Do what an answer means; nothing for a message that is forgotten."""
        if verb is not Verb.EMPTIED:
            await self._choices.async_take(verb, intent_id, context)
            return
        for parcel in await self._outbox.load([intent_id]):
            self._emptied(parcel.notification)

    async def async_say(self, intent_id: str, news: ReceiptEntry) -> None:
        """Pass on what a person has written; whoever sent the message hears it."""
        for parcel in await self._outbox.load([intent_id]):
            about = parcel.notification
            data = {
                "intent_id": intent_id,
                "notification_id": about.id,
                "title": about.title or about.message,
                "recipient": parcel.recipient_name,
                "reply": news.text,
                "user_id": news.who or None,
            }
            self._announcements.async_say(None, REPLIED, data)

    def _emptied(self, about: Notification) -> None:
        watch = self._watches.get(about.source or "")
        cycle_id = about.data.get("cycle_id")
        if watch is not None and isinstance(cycle_id, str):
            watch.async_emptied(EmptiedBy.PHONE, cycle_id)
