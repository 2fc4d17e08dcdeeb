"""Acknowledgement: whether somebody answers what asks for an answer, and how soon.

Counted per notification, because one answer stands for all recipients. Who asked for
an answer and got none is served all the same if others were told in turn: then nobody
was left to wait in vain. Must not judge whether a message arrived: that is `delivery`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from ..vocabulary import IntentRecord
from .delivery import is_valid


class Answer(Enum):
    """What came of asking for an answer."""

    ACKNOWLEDGED = auto()
    ESCALATED = auto()  # nobody answered, and others were told in turn
    NONE = auto()  # nobody answered, and nobody else was told
    PENDING = auto()  # somebody may yet answer
    NEEDLESS = auto()  # what it was about was over first


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """How many of the notifications that asked were answered, and how many not."""

    acknowledged: int
    escalated: int
    required: int

    @property
    def rate(self) -> float | None:
        """Share between 0 and 1 that was answered, None when none was required."""
        return self.acknowledged / self.required if self.required else None

    @property
    def served(self) -> float | None:
        """Share that was answered or went on to others."""
        if not self.required:
            return None
        return (self.acknowledged + self.escalated) / self.required


def answers(intents: Iterable[IntentRecord]) -> Answers:
    """Count the notifications that asked for an answer; those that wait are left out.

    Source of the definition: delivery reference, section 6 (*ack-required acked or
    escalated*).
    """
    found = [_answer(each) for each in _asking(intents)]
    decided = (Answer.ACKNOWLEDGED, Answer.ESCALATED, Answer.NONE)
    return Answers(
        acknowledged=found.count(Answer.ACKNOWLEDGED),
        escalated=found.count(Answer.ESCALATED),
        required=sum(found.count(kind) for kind in decided),
    )


def latencies(intents: Iterable[IntentRecord]) -> list[float]:
    """Seconds from telling somebody first to the first answer, per notification."""
    found = []
    for each in _asking(intents):
        answered_at = [
            intent.acknowledged_at
            for intent in each
            if intent.acknowledged_at is not None
        ]
        if answered_at:
            since = min(intent.released_at for intent in each)
            found.append(max(0.0, min(answered_at) - since))
    return found


def _asking(intents: Iterable[IntentRecord]) -> list[list[IntentRecord]]:
    """The notifications that asked, each as the intents of its recipients."""
    found: dict[str, list[IntentRecord]] = {}
    for intent in intents:
        if intent.wants_answer and not intent.is_test:
            found.setdefault(intent.notification_id, []).append(intent)
    return [each for each in found.values() if any(map(is_valid, each))]


def _answer(intents: Sequence[IntentRecord]) -> Answer:
    if any(intent.acknowledged_at is not None for intent in intents):
        return Answer.ACKNOWLEDGED
    if any(intent.resolved_at is not None for intent in intents):
        return Answer.NEEDLESS
    if any(not intent.state.is_terminal for intent in intents):
        return Answer.PENDING
    # others are held back at first; one who was told after that was told in turn
    later = any(
        intent.attempts and intent.released_at > intent.created_at for intent in intents
    )
    return Answer.ESCALATED if later else Answer.NONE
