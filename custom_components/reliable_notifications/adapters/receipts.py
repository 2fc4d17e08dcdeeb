"""Hears the phones' answers and books them on the intents they belong to.

The companion app raises these events itself (through its webhook); which of them a
phone sends depends on its system. Must not decide what an answer means for a delivery.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
import logging
from typing import Any

from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ..const import PUSH_INTENT
from ..engine.content.verbs import Verb, answered, proves
from ..engine.vocabulary import Evidence
from .database import StorageFailed
from .outbox import Outbox
from .parcel import ReceiptEntry

_LOGGER = logging.getLogger(__name__)

RECEIVED = "mobile_app_notification_received"  # Android, where asked for
ACTION = "mobile_app_notification_action"  # all phones: a button was tapped
CLEARED = "mobile_app_notification_cleared"  # Android, while the app is alive

_PROVES: Mapping[str, Evidence] = {
    RECEIVED: Evidence.DELIVERED,
    ACTION: Evidence.SEEN,
    CLEARED: Evidence.SEEN,
}

type Book = Callable[[str, ReceiptEntry], Awaitable[None]]
type Act = Callable[[Verb, str], Awaitable[None]]


class Receipts:
    """Listens while the integration is set up; start it after the courier."""

    def __init__(
        self, hass: HomeAssistant, outbox: Outbox, book: Book, act: Act
    ) -> None:
        """Remember the parts; `book` is the courier's, `act` does what a tap says."""
        self._hass = hass
        self._outbox = outbox
        self._book = book
        self._act = act
        self._unhook: list[CALLBACK_TYPE] = []

    @callback
    def start(self) -> None:
        """Listen to all answers."""
        if not self._unhook:
            self._unhook = [
                self._hass.bus.async_listen(name, self._on_event) for name in _PROVES
            ]

    @callback
    def stop(self) -> None:
        """Listen no more."""
        while self._unhook:
            self._unhook.pop()()

    async def _on_event(self, event: Event[Mapping[str, Any]]) -> None:
        """Find the intent and book the answer; what is not ours is ignored."""
        name = str(event.event_type)
        evidence = _PROVES[name]
        intent_id = _text(event.data.get(PUSH_INTENT)) or _text(
            _inner(event.data).get(PUSH_INTENT)
        )
        action = _text(event.data.get("action"))
        answer = answered(action) if name == ACTION else None
        if answer is not None:
            evidence, intent_id = proves(answer[0]), answer[1]
        news = ReceiptEntry(
            evidence=evidence,
            at=dt_util.utcnow().timestamp(),
            source=name,
            who=event.context.user_id or "",
        )
        try:
            if not intent_id:
                intent_id = await self._only_intent_with(_text(event.data.get("tag")))
            if intent_id:
                await self._book(intent_id, news)
            if answer is not None:
                await self._act(*answer)
        except StorageFailed as error:
            _LOGGER.warning("A receipt could not be stored: %s", error)

    async def _only_intent_with(self, tag: str) -> str:
        """The intent a tag stands for, if there is no doubt which.

        A message to several people has one tag: then the tag does not tell whose
        phone answered, and a guess would be a false proof.
        """
        if not tag:
            return ""
        intents = await self._outbox.intents_with_tag(tag)
        return intents[0] if len(intents) == 1 else ""


def _inner(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """What an iPhone gives back of our data."""
    inner = data.get("action_data")
    return inner if isinstance(inner, Mapping) else {}


def _text(value: object) -> str:
    """An event may carry anything."""
    return value if isinstance(value, str) else ""
