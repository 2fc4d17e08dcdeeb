"""Success, latency and what is still open, from the log of intents.

Truth before beauty: evidence counts only where it proves something, a message
that merely left the house is *unverified*, and an unanswered question (an
intent before its deadline) is neither success nor failure yet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from ..vocabulary import NOBODY, Evidence, Instant, IntentRecord, IntentState


class Outcome(Enum):
    """What an intent has come to, as far as counting goes."""

    PROVEN = auto()  # evidence that counts, before the deadline
    UNVERIFIED = auto()  # handed over, and nothing will ever prove more
    MISSED = auto()  # failed, expired, or proven only after the deadline
    PENDING = auto()  # may still be proven in time
    INVALID = auto()  # must not be counted: a test, or nobody wanted it any more


@dataclass(frozen=True, slots=True, kw_only=True)
class Success:
    """How many of the intents that count were proven."""

    proven: int
    valid: int

    @property
    def rate(self) -> float | None:
        """Share between 0 and 1, None when nothing counts yet."""
        return self.proven / self.valid if self.valid else None


def is_valid(intent: IntentRecord) -> bool:
    """Whether an intent may count at all.

    A cancelled one was suppressed by its recipient's choice. A resolved one that
    was never tried had lost its reason before anybody could be late with it. Where
    nobody is set up there is nothing to be measured (delivery reference 7, row 44).
    """
    if intent.is_test or intent.state is IntentState.CANCELLED:
        return False
    if intent.recipient_id == NOBODY:
        return False
    return not (intent.state is IntentState.RESOLVED and intent.attempts == 0)


def outcome(intent: IntentRecord, now: Instant) -> Outcome:
    """Judge one intent at `now`."""
    if not is_valid(intent):
        return Outcome.INVALID
    if intent.proven_at is not None:
        in_time = intent.proven_at <= intent.deadline
        return Outcome.PROVEN if in_time else Outcome.MISSED
    if not intent.state.is_terminal and now < intent.deadline:
        return Outcome.PENDING
    if intent.evidence is Evidence.DISPATCHED:
        return Outcome.UNVERIFIED
    return Outcome.MISSED


def success(intents: Iterable[IntentRecord], now: Instant) -> Success:
    """Count the proven and the valid ones; what is pending is left out."""
    outcomes = [outcome(intent, now) for intent in intents]
    decided = (Outcome.PROVEN, Outcome.UNVERIFIED, Outcome.MISSED)
    return Success(
        proven=outcomes.count(Outcome.PROVEN),
        valid=sum(outcomes.count(kind) for kind in decided),
    )


def latencies(intents: Iterable[IntentRecord]) -> list[float]:
    """Seconds from stored (or released from a hold) to the first proof.

    A late proof counts here with its whole delay. A clock that was set back
    between the two gives 0, not a negative time.
    """
    return [
        max(0.0, intent.proven_at - intent.released_at)
        for intent in intents
        if intent.proven_at is not None and is_valid(intent)
    ]


def still_open(intents: Iterable[IntentRecord]) -> list[IntentRecord]:
    """Intents that something may still happen to; tests do not count."""
    return [
        intent
        for intent in intents
        if not intent.state.is_terminal and not intent.is_test
    ]
