"""Says what became of messages and of channels, each thing once.

Must not decide what became of them.
"""

from __future__ import annotations

from dataclasses import replace

from homeassistant.core import callback

from ..announcements import Announcements
from ..const import ACKNOWLEDGED, CHANNEL_DOWN, CHANNEL_RESTORED, DELIVERED, FAILED
from ..engine.delivery.breaker import Breaker
from ..engine.vocabulary import Evidence, IntentRecord, IntentState
from ..recipients.directory import Directory
from .bulletins import channel_data, delivery_data

# Intents whose end was said already and may yet be acknowledged; a person who has not
# tapped after this many newer messages is not listened for on the bus any more
_REMEMBERED = 200


class Outcomes:
    """Says them on the bus."""

    def __init__(self, announcements: Announcements, directory: Directory) -> None:
        """Nothing was said yet."""
        self._announcements = announcements
        self._directory = directory
        self._said: dict[str, str] = {}

    @callback
    def async_of_intent(self, record: IntentRecord) -> None:
        """Say once how an intent ended, and that somebody acknowledged."""
        what = _what_became(record)
        if what is None or self._said.get(record.intent_id) == what:
            return
        self._said[record.intent_id] = what
        while len(self._said) > _REMEMBERED:
            del self._said[next(iter(self._said))]
        told = replace(record, reason=self._directory.named(record.reason))
        data = delivery_data(told, self._directory.name(record.channel_id))
        self._announcements.async_say(None, what, data)

    @callback
    def async_of_channel(
        self, channel_id: str, before: Breaker, after: Breaker
    ) -> None:
        """Say when a channel goes down, and when it is back."""
        if before.is_down is after.is_down:
            return
        what = CHANNEL_DOWN if after.is_down else CHANNEL_RESTORED
        data = channel_data(
            channel_id,
            self._directory.name(channel_id),
            after if after.is_down else before,
        )
        self._announcements.async_say(None, what, data)


def _what_became(record: IntentRecord) -> str | None:
    if record.evidence is Evidence.ACKNOWLEDGED:
        return ACKNOWLEDGED
    if record.proven_at is not None:
        return DELIVERED
    # *done* without proof is unverified: neither delivered nor failed
    return FAILED if record.state in (IntentState.FAILED, IntentState.EXPIRED) else None
