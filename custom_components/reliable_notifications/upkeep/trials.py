"""Tests a channel with a message that really is sent, and says what it proved.

The message goes the way of all others: it is stored, the courier calls the channel and
listens to its log, receipts raise what is known. It is marked as a test, so that it is
counted nowhere, and ends with its first answer. Must not judge the answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence

from homeassistant.core import CALLBACK_TYPE, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.util import dt as dt_util

from ..adapters.courier import Courier
from ..adapters.log_tap import attempt_going_on
from ..adapters.trial_log import Trial, TrialLog
from ..const import DOMAIN
from ..engine.vocabulary import (
    ChannelTraits,
    Event,
    Evidence,
    IntentRecord,
    Plan,
    PlannedStep,
    Priority,
    Recipient,
)
from ..recipients.directory import Directory

# Seconds beyond the channel's own patience: for storing, and for a call before it
SLACK = 5.0

# Seconds in which a device that sends receipts confirms; a phone in a pocket takes two
# or three over the mobile network (delivery reference 5.8)
RECEIPT_WITHIN = 10.0

type Send = Callable[[Event, Sequence[Plan]], Awaitable[Sequence[str]]]


class Trials:
    """The tests that are going on, and the latest of each channel."""

    def __init__(
        self, directory: Directory, courier: Courier, log: TrialLog, send: Send
    ) -> None:
        """Remember the parts; `send` stores a message and starts its delivery."""
        self._directory = directory
        self._courier = courier
        self._log = log
        self._send = send
        self._going_on: dict[str, _Watched] = {}
        self._listeners: list[CALLBACK_TYPE] = []
        self.latest: Mapping[str, Trial] = {}

    async def async_start(self) -> None:
        """Read what earlier tests have shown. Raises StorageFailed."""
        self.latest = await self._log.latest()
        self._tell()

    @callback
    def async_listen(self, listener: CALLBACK_TYPE) -> CALLBACK_TYPE:
        """Call back after each test; returns what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def async_run(
        self, channel_id: str, recipient_id: str | None = None
    ) -> Trial:
        """Test a channel, for a recipient where it is an account.

        Raises ServiceValidationError for what cannot be tested, StorageFailed.
        """
        if attempt_going_on() is not None:
            raise _refused("led_back_to_us")
        traits = self._directory.channels[channel_id].traits
        recipient = self._recipient(traits, recipient_id)
        event = Event(
            key="test",
            at=dt_util.utcnow().timestamp(),
            title="",
            message="",
            priority=Priority.MEDIUM,
            category="test",
            incident=f"test-{channel_id}",
            is_test=True,
            data={"channel": traits.name},
        )
        (intent_id,) = await self._send(event, [_plan(traits, recipient)])
        watched = self._going_on[intent_id] = _Watched()
        try:
            await watched.wait(None, traits.patience + SLACK)
            if traits.confirms and watched.is_success:
                await watched.wait(Evidence.DELIVERED, RECEIPT_WITHIN)
        finally:
            del self._going_on[intent_id]
        await self._courier.close(intent_id, "tested")
        trial = await self._log.of_intent(intent_id)
        if trial is None:
            trial = _without_answer(channel_id, event.at)
        self._note(trial)
        return trial

    @callback
    def async_heard(self, record: IntentRecord) -> None:
        """Something about a test has changed."""
        if (watched := self._going_on.get(record.intent_id)) is not None:
            watched.hear(record.evidence)

    @callback
    def _note(self, trial: Trial) -> None:
        self.latest = {**self.latest, trial.channel_id: trial}
        self._tell()

    @callback
    def _tell(self) -> None:
        for listener in tuple(self._listeners):
            listener()

    def _recipient(self, traits: ChannelTraits, wanted: str | None) -> Recipient | None:
        """Whom it is for: whoever has the channel, where it is an account."""
        recipients = self._directory.recipients
        if wanted is not None:
            return recipients[wanted]
        if traits.contact is None:
            return None
        for recipient in recipients.values():
            reached = any(
                contact.kind is traits.contact and contact.verified
                for contact in recipient.contacts
            )
            if reached and traits.id in recipient.channels:
                return recipient
        raise _refused("test_needs_recipient", channel=traits.name)


class _Watched:
    """What is known of a test while somebody waits for it."""

    def __init__(self) -> None:
        self._evidence: Evidence | None = None
        self._news = asyncio.Event()

    @property
    def is_success(self) -> bool:
        return self._evidence is not None and self._evidence.is_success

    @callback
    def hear(self, evidence: Evidence | None) -> None:
        self._evidence = evidence
        self._news.set()

    async def wait(self, enough: Evidence | None, seconds: float) -> None:
        """Wait for at least that, or for any answer, but no longer than so long."""
        least = 0 if enough is None else enough.rung
        try:
            async with asyncio.timeout(seconds):
                while self._evidence is None or self._evidence.rung < least:
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            return


def _plan(traits: ChannelTraits, recipient: Recipient | None) -> Plan:
    """The channel alone, once."""
    step = PlannedStep(
        channel_id=traits.id,
        reason="A test of this channel",
        can_tell=traits.can_tell,
        replaces=traits.replaces,
    )
    return Plan(
        recipient_id=recipient.id if recipient else "test",
        recipient_name=recipient.name if recipient else traits.name,
        steps=(step,),
    )


def _without_answer(channel_id: str, at: float) -> Trial:
    now = dt_util.utcnow().timestamp()
    return Trial(
        channel_id=channel_id,
        at=at,
        evidence=Evidence.UNKNOWN,
        seconds=now - at,
        detail="The channel was not asked in time",
    )


def _refused(key: str, **words: str) -> ServiceValidationError:
    return ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key=key,
        translation_placeholders=words or None,
    )
