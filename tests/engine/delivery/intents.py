"""Intents to test with: a phone, an Echo, mail, and the last resort."""

from __future__ import annotations

from dataclasses import replace

from custom_components.reliable_notifications.engine.delivery.lifecycle import (
    attempt_started,
    next_move,
    verdict,
)
from custom_components.reliable_notifications.engine.delivery.moves import Send
from custom_components.reliable_notifications.engine.delivery.record import Delivery
from custom_components.reliable_notifications.engine.vocabulary import (
    AttemptResult,
    Cue,
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

WORRYING = (Priority.URGENT, Priority.HIGH)
CALM = (Priority.MEDIUM, Priority.LOW)


def at(planned: PlannedStep, *cues: Cue | float) -> PlannedStep:
    """A step with these cues; a number is a time, as long as nothing is proven."""
    return replace(
        planned,
        cues=tuple(
            cue if isinstance(cue, Cue) else Cue(Evidence.ACCEPTED, cue) for cue in cues
        ),
    )


def intent(
    *steps: PlannedStep,
    priority: Priority = Priority.MEDIUM,
    repeats: tuple[Cue, ...] = (),
) -> Delivery:
    """One step after the other; where a miss matters, until one has proven itself."""
    return Delivery(
        intent_id="01INTENT",
        priority=priority,
        deadline=DEADLINE,
        steps=tuple(
            at(each, Cue(Evidence.ACCEPTED))
            if priority in WORRYING and (each.can_tell or each.last_resort)
            else each
            for each in steps
        ),
        released_at=NOW,
        repeats=repeats,
    )


def hedged(*steps: PlannedStep, repeats: tuple[Cue, ...] = ()) -> Delivery:
    """An intent whose steps bring their own cues."""
    return replace(
        intent(priority=Priority.URGENT, repeats=repeats), steps=steps, tracks=()
    )


def asked(delivery: Delivery, now: float = NOW) -> str | None:
    """The channel that is to be asked now, if any."""
    move = next_move(delivery, now)
    return move.channel_id if isinstance(move, Send) else None


def ask(delivery: Delivery, now: float = NOW) -> Delivery:
    """The channel whose turn it is, is being asked."""
    move = next_move(delivery, now)
    assert isinstance(move, Send), move
    return attempt_started(delivery, move.step, now)


def says(
    delivery: Delivery,
    channel_id: str,
    evidence: Evidence,
    now: float = NOW,
    jitter: float = 1.0,
) -> Delivery:
    """A channel that is being asked answers."""
    (index,) = (
        number
        for number, each in enumerate(delivery.steps)
        if each.channel_id == channel_id
    )
    result = AttemptResult(evidence=evidence)
    return verdict(delivery, index, result, now, jitter=jitter)


def answer(
    delivery: Delivery, evidence: Evidence, now: float = NOW, jitter: float = 1.0
) -> Delivery:
    """The channel whose turn it is, is asked and answers."""
    channel_id = asked(delivery, now)
    assert channel_id is not None
    return says(ask(delivery, now), channel_id, evidence, now, jitter)
