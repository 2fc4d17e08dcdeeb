"""A chat with a bot of Home Assistant's Telegram integration.

Its action waits for Telegram's answer and gives the number of the message, by which it
can be taken back. The buttons below a message are answered over Home Assistant's bus.
Must not let Telegram read marks of its own in our words: a lone underscore would have
the whole message refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError

from ..engine.content.verbs import action_id, label, offered
from ..engine.vocabulary import AttemptResult, Evidence, Priority
from .interface import Channel, Choice, Envelope, Limits
from .parts.targets import (
    entity_choices,
    entity_hindrance,
    entity_id_of,
    platform_of,
)

NOTIFY = "notify"
TELEGRAM = "telegram_bot"
SEND = "send_message"
DELETE = "delete_message"

# Messages whose number is remembered for taking them back; what is older is found in
# the log
_REMEMBERED = 200


class Telegram(Channel):
    """One chat, kept by the registry id of its notify entity."""

    kind = "telegram"
    # Telegram's server has it; whether the phone does, it does not tell a bot
    best_evidence = Evidence.ACCEPTED
    # Telegram answers within a second (delivery reference 5.3)
    patience = 4.0
    # a message that comes twice is two messages
    replaces = False
    # a bot may write 20 messages a minute to a group, and 4096 signs in each
    # (core.telegram.org/bots/faq and /bots/api#sendmessage)
    limits = Limits(per_minute=20, longest=4096)

    def __init__(
        self,
        hass: HomeAssistant,
        channel_id: str,
        name: str,
        target: str,
        filled_in: Mapping[str, Any] | None = None,
    ) -> None:
        """Remember no message yet."""
        super().__init__(hass, channel_id, name, target, filled_in)
        self._sent: dict[str, int] = {}

    @classmethod
    def choices(cls, hass: HomeAssistant) -> list[Choice]:
        """The chats of all bots; before 2025.11 they were no entities."""
        if not hass.services.has_service(TELEGRAM, SEND):
            return []
        return entity_choices(
            hass,
            (NOTIFY,),
            lambda state: platform_of(hass, state.entity_id) == TELEGRAM,
        )

    @classmethod
    def problem(cls, hass: HomeAssistant, target: str) -> str | None:
        """Whether the chat is there."""
        found = platform_of(hass, entity_id_of(hass, target))
        return None if found == TELEGRAM else "target_gone"

    @property
    def hindrance(self) -> AttemptResult | None:
        """The entity is gone, or unavailable: a call would not say so."""
        return entity_hindrance(self.hass, entity_id_of(self.hass, self.target))

    async def async_send(self, envelope: Envelope) -> AttemptResult:
        """Write it into the chat, in place of an earlier one with the same tag."""
        if (hindrance := self.hindrance) is not None:
            return hindrance
        entity_id = entity_id_of(self.hass, self.target)
        language = envelope.language or self.hass.config.language
        data: dict[str, Any] = {
            "entity_id": entity_id,
            "message": envelope.message,
            "parse_mode": "plain_text",
            "disable_notification": envelope.loudness is Priority.LOW,
            "inline_keyboard": [_buttons(envelope, language)],
        }
        if envelope.title:
            data["title"] = envelope.title
        answer = await self.hass.services.async_call(
            TELEGRAM, SEND, data, blocking=True, return_response=True
        )
        number = _number(answer)
        if number is None:
            return AttemptResult(
                evidence=Evidence.UNKNOWN,
                detail="Telegram gave no number for the message",
            )
        await self._replace(envelope.tag, number)
        return AttemptResult(
            evidence=Evidence.ACCEPTED,
            detail="Telegram took it",
            reference=str(number),
        )

    async def async_clear(self, tag: str) -> None:
        """Delete the message, if it was written since we were started."""
        if (number := self._sent.pop(tag, None)) is not None:
            await self._delete(number)

    async def async_take_back(self, tag: str, references: Sequence[str]) -> None:
        """Delete all messages that were written under this tag."""
        numbers = {int(each) for each in references if each.isdecimal()}
        if (latest := self._sent.pop(tag, None)) is not None:
            numbers.add(latest)
        failed: HomeAssistantError | None = None
        for number in sorted(numbers):
            try:
                await self._delete(number)
            except HomeAssistantError as error:
                failed = error  # deleted before, or too old: the others may be there
        if failed is not None:
            raise failed

    async def _replace(self, tag: str, number: int) -> None:
        """Take the earlier message away, after the new one is there."""
        earlier = self._sent.pop(tag, None)
        self._sent[tag] = number
        while len(self._sent) > _REMEMBERED:
            del self._sent[next(iter(self._sent))]
        if earlier is not None:
            self.hass.async_create_background_task(
                self._delete_quietly(earlier), "reliable_notifications tidies a chat"
            )

    async def _delete_quietly(self, number: int) -> None:
        """An old message that stays does no harm."""
        try:
            await self._delete(number)
        except HomeAssistantError:
            return

    async def _delete(self, number: int) -> None:
        data = {
            "entity_id": entity_id_of(self.hass, self.target),
            "message_id": number,
        }
        await self.hass.services.async_call(TELEGRAM, DELETE, data, blocking=True)


def _buttons(envelope: Envelope, language: str) -> list[list[str]]:
    """One row of buttons, each a label and what comes back (64 bytes at most)."""
    return [
        [label(verb, language), action_id(verb, envelope.intent_id)]
        for verb in offered(envelope.data, envelope.priority)
    ]


def _number(answer: object) -> int | None:
    """The number of the message, out of what the action answers."""
    chats = answer.get("chats") if isinstance(answer, Mapping) else None
    for chat in chats if isinstance(chats, Sequence) else ():
        number = chat.get("message_id") if isinstance(chat, Mapping) else None
        if isinstance(number, int):
            return number
    return None
