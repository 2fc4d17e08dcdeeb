"""Hears the devices' answers and books them on the intents they belong to.

The companion app raises its events itself (through its webhook); which of them a phone
sends depends on its system. Browsers answer through event entities of html5, in older
versions on the bus; Telegram on the bus. Must not decide what an answer means for a
delivery.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
import logging
from typing import Any

from homeassistant.const import EVENT_STATE_CHANGED
from homeassistant.core import (
    CALLBACK_TYPE,
    Context,
    Event,
    EventStateChangedData,
    HomeAssistant,
    callback,
)
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util

from ..compat import html5_has_entities
from ..const import PUSH_INTENT
from ..engine.content.verbs import Verb, answered, proves
from ..engine.vocabulary import Evidence
from .database import StorageFailed
from .outbox import Outbox
from .parcel import ReceiptEntry
from .telegram_nod import async_nod, telegram_name

_LOGGER = logging.getLogger(__name__)

RECEIVED = "mobile_app_notification_received"  # Android, where asked for
ACTION = "mobile_app_notification_action"  # all phones: a button was tapped
CLEARED = "mobile_app_notification_cleared"  # Android, while the app is alive

TELEGRAM = "telegram_callback"  # a button under a message was tapped

_PROVES: Mapping[str, Evidence] = {
    RECEIVED: Evidence.DELIVERED,
    ACTION: Evidence.SEEN,
    CLEARED: Evidence.SEEN,
    TELEGRAM: Evidence.SEEN,
}

# What a browser tells: html5 has a word for each (delivery reference 1.2). *closed* is
# a person's deed; when we take a message back the browser says nothing.
HTML5 = "html5"
_OF_BROWSERS: Mapping[str, Evidence] = {
    "received": Evidence.DELIVERED,
    "clicked": Evidence.SEEN,
    "closed": Evidence.SEEN,
}
_OLD_BROWSER_EVENT = "html5_notification."

# Characters of a reply that are kept: a note, not a letter
LONGEST_REPLY = 500

# Seconds within which an event of an entity is news; what it shows after a start is
# what it showed before
_NEWS = 60.0

type Book = Callable[[str, ReceiptEntry], Awaitable[None]]
type Act = Callable[[Verb, str, Context], Awaitable[None]]
type Say = Callable[[str, ReceiptEntry], Awaitable[None]]


class Receipts:
    """Listens while the integration is set up; start it after the courier."""

    def __init__(
        self,
        hass: HomeAssistant,
        outbox: Outbox,
        book: Book,
        act: Act,
        say: Say | None = None,
    ) -> None:
        """Remember the parts.

        `book` is the courier's, `act` does what a tap says, `say` passes on what a
        person has written.
        """
        self._hass = hass
        self._outbox = outbox
        self._book = book
        self._act = act
        self._say = say
        self._unhook: list[CALLBACK_TYPE] = []

    @callback
    def start(self) -> None:
        """Listen to all answers."""
        if self._unhook:
            return
        listen = self._hass.bus.async_listen
        for name, evidence in _PROVES.items():
            self._unhook.append(listen(name, partial(self._on_event, evidence)))
        if html5_has_entities():
            self._unhook.append(
                listen(EVENT_STATE_CHANGED, self._on_state, self._is_of_a_browser)
            )
            return
        for word, evidence in _OF_BROWSERS.items():
            name = f"{_OLD_BROWSER_EVENT}{word}"
            self._unhook.append(listen(name, partial(self._on_event, evidence)))

    @callback
    def stop(self) -> None:
        """Listen no more."""
        while self._unhook:
            self._unhook.pop()()

    async def _on_event(
        self, evidence: Evidence, event: Event[Mapping[str, Any]]
    ) -> None:
        name, said = str(event.event_type), event.data
        if name == TELEGRAM:
            action = _text(said.get("data"))
            await self._take(name, evidence, said, action, event.context)
            await async_nod(self._hass, said, action)
            return
        action = _text(said.get("action"))
        await self._take(name, evidence, said, action, event.context)

    @callback
    def _is_of_a_browser(self, data: EventStateChangedData) -> bool:
        """Whether an event entity of html5 has just told something."""
        entity_id, new = data["entity_id"], data["new_state"]
        if not entity_id.startswith("event.") or new is None or not data["old_state"]:
            return False
        entry = er.async_get(self._hass).async_get(entity_id)
        if entry is None or entry.platform != HTML5:
            return False
        if (told_at := dt_util.parse_datetime(new.state)) is None:
            return False
        age = dt_util.utcnow().timestamp() - told_at.timestamp()
        return abs(age) <= _NEWS

    async def _on_state(self, event: Event[EventStateChangedData]) -> None:
        new = event.data["new_state"]
        assert new is not None  # as the filter says
        word = _text(new.attributes.get("event_type"))
        if (evidence := _OF_BROWSERS.get(word)) is not None:
            action = _text(new.attributes.get("action"))
            name = f"{HTML5}_{word}"
            await self._take(name, evidence, new.attributes, action, new.context)

    async def _take(
        self,
        name: str,
        evidence: Evidence,
        said: Mapping[str, Any],
        action: str,
        context: Context,
    ) -> None:
        """Find the intent and book the answer; what is not ours is ignored."""
        intent_id = _text(said.get(PUSH_INTENT)) or _text(_inner(said).get(PUSH_INTENT))
        if (answer := answered(action)) is not None:
            evidence, intent_id = proves(answer[0]), answer[1]
        who = telegram_name(said) if name == TELEGRAM else context.user_id or ""
        at = dt_util.utcnow().timestamp()
        text = _text(said.get("reply_text"))[:LONGEST_REPLY].strip()
        news = ReceiptEntry(evidence=evidence, at=at, source=name, who=who, text=text)
        try:
            if not intent_id:
                intent_id = await self._only_intent_with(_text(said.get("tag")))
            if intent_id:
                await self._book(intent_id, news)
            if answer is not None:
                await self._act(*answer, context)
            if intent_id and text and self._say is not None:
                await self._say(intent_id, news)
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
    """What an iPhone, or a browser of an older version, gives back of our data."""
    for key in ("action_data", "data"):
        inner = data.get(key)
        if isinstance(inner, Mapping):
            return inner
    return {}


def _text(value: object) -> str:
    """An event may carry anything."""
    return value if isinstance(value, str) else ""
