"""Intents to test with: a phone, an Echo, mail, and the last resort."""

from __future__ import annotations

from custom_components.reliable_notifications.engine.delivery.lifecycle import (
    Send,
    attempt_started,
    next_move,
    verdict,
)
from custom_components.reliable_notifications.engine.delivery.record import Delivery
from custom_components.reliable_notifications.engine.vocabulary import (
    AttemptResult,
    Evidence,
    PlannedStep,
    Priority,
)

NOW = 1_790_000_000.0
DEADLINE = NOW + 6 * 3600


def step(channel_id: str, *, can_tell: bool, replaces: bool) -> PlannedStep:
    return PlannedStep(
        channel_id=channel_id, reason="", can_tell=can_tell, replaces=replaces
    )


PHONE = step("phone", can_tell=True, replaces=True)
TABLET = step("tablet", can_tell=True, replaces=True)
MAIL = step("mail", can_tell=True, replaces=False)
ECHO = step("echo", can_tell=False, replaces=False)
RADIO = step("radio", can_tell=False, replaces=False)
LIST = PlannedStep(channel_id="list", reason="", replaces=True, last_resort=True)


def intent(*steps: PlannedStep, priority: Priority = Priority.MEDIUM) -> Delivery:
    return Delivery(
        intent_id="01INTENT", priority=priority, deadline=DEADLINE, steps=steps
    )


def asked(delivery: Delivery, now: float = NOW) -> str | None:
    """The channel that is to be asked now, if any."""
    move = next_move(delivery, now)
    return move.channel_id if isinstance(move, Send) else None


def answer(
    delivery: Delivery, evidence: Evidence, now: float = NOW, jitter: float = 1.0
) -> Delivery:
    """The channel whose turn it is, is asked and answers."""
    return verdict(
        attempt_started(delivery), AttemptResult(evidence=evidence), now, jitter=jitter
    )
