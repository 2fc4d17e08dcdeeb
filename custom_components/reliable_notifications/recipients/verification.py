"""Proves contact points: sends a code to one, and says whether what was typed is it.

The code goes straight through a channel and is no notification: it is not stored,
repeated or counted, and is worth nothing after a restart. Must not decide how long or
how often (`engine.contacts.codes`), nor where the answer is kept.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
import secrets

from homeassistant.util import dt as dt_util
from homeassistant.util.ulid import ulid_now

from ..channels.interface import Channel, Envelope
from ..engine.contacts.codes import (
    DIGITS,
    HOLDS,
    Answer,
    Codes,
    issued,
    refusal,
    tried,
)
from ..engine.vocabulary import (
    AttemptResult,
    ContactKind,
    Event,
    Evidence,
    Message,
    Priority,
    Recipient,
    Trouble,
)
from ..texts.wording import Wording

# What a person is told who waits for a code, by what keeps it from being sent; the
# values are keys of translated texts
_SAID: Mapping[Trouble, str] = {
    Trouble.UNVERIFIED: "code_sandbox",
    Trouble.OPTED_OUT: "code_opted_out",
    Trouble.UNPRICED: "code_unpriced",
    Trouble.USED_UP: "code_used_up",
    Trouble.REJECTED: "code_refused",
}

type Ask = Callable[[str, Envelope], Awaitable[AttemptResult]]


class Verification:
    """The codes that are open."""

    def __init__(
        self, channels: Mapping[str, Channel], wording: Wording, ask: Ask
    ) -> None:
        """No code is open; `ask` calls a channel."""
        self._channels = channels
        self._wording = wording
        self._ask = ask
        self._codes = Codes()

    def can_prove(self, kind: ContactKind) -> bool:
        """Whether there is a channel that reaches such a contact."""
        return next(self._ways(kind), None) is not None

    async def async_send(
        self, kind: ContactKind, contact: str, name: str, language: str | None
    ) -> str | None:
        """Send a code; the answer is the translation key of what went wrong, or None.

        Every channel that reaches such a contact is tried until one takes it; of what
        keeps them from it, the first is said that a person can do something about.
        """
        now = dt_util.utcnow().timestamp()
        if (refused := refusal(self._codes, contact, now)) is not None:
            return refused.value
        ways = list(self._ways(kind))
        if not ways:
            return "code_no_way"
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        salt = secrets.token_bytes(16)
        self._codes = issued(self._codes, contact, code, salt, now)
        event = Event(
            key="verification_code",
            at=now,
            title="",
            message="",
            priority=Priority.HIGH,
            data={"code": f"{code[:3]} {code[3:]}", "duration_s": HOLDS},
        )
        reader = Recipient(id="", name=name, channels=(), language=language)
        said: list[str] = []
        for channel_id in ways:
            shape = self._channels[channel_id].shape
            words = self._wording.texts(event, reader, [shape])[shape]
            result = await self._ask(
                channel_id, _envelope(event, words, contact, reader)
            )
            # one that cannot tell, or is late, may have brought it all the same
            if result.evidence.rung or result.evidence is Evidence.TIMED_OUT:
                return None
            if result.trouble is not None and result.trouble in _SAID:
                said.append(_SAID[result.trouble])
        return said[0] if said else "code_not_sent"

    def problem(self, contact: str, code: str) -> str | None:
        """What is wrong with a typed code: a translation key; None if it is right."""
        now = dt_util.utcnow().timestamp()
        self._codes, answer = tried(self._codes, contact, code, now)
        return None if answer is Answer.RIGHT else answer.value

    def _ways(self, kind: ContactKind) -> Iterator[str]:
        return (
            channel_id
            for channel_id, channel in self._channels.items()
            if channel.traits.contact is kind
        )


def _envelope(
    event: Event, words: Message, contact: str, reader: Recipient
) -> Envelope:
    """The code, as a channel gets it; for somebody who need not be stored yet."""
    envelope_id = ulid_now()
    return Envelope(
        attempt_id=envelope_id,
        intent_id=envelope_id,
        notification_id=envelope_id,
        recipient_id=reader.id,
        recipient_name=reader.name,
        priority=event.priority,
        title=words.title,
        message=words.message,
        html=words.html,
        tag=f"rn-code-{envelope_id}",
        sent_at=event.at,
        data={},
        address=contact,
        language=reader.language,
    )
