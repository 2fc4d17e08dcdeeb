"""The life of an intent: what to do now, and what an answer changes.

The rules, in full:
- The steps of the plan are asked in order; the first answer that proves anything
  (*accepted* or better) ends the intent as *done*.
- *dispatched* proves nothing. It ends a medium or low intent as done but unverified;
  an urgent or high one goes on to the channels that can prove, if there are any.
- The last resort never ends an intent that may still reach a person otherwise.
- *refused* is not asked again. *unreachable* may be asked again. After *timed out* and
  *unknown* the message may have arrived: only a channel that replaces is asked again.
- When all steps were asked, those that may be asked again get further rounds, after
  growing pauses, until the deadline.
- Every intent gets exactly one terminal state and keeps it; what is learned later
  only raises its evidence.

Pure: `now` and jitter are arguments; must not know channels, storage or timers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto

from ..vocabulary import AttemptResult, Evidence, Instant, IntentState, Priority
from .record import Delivery
from .retry import LONGEST, pause

# Where a miss matters, "probably told" is no reason to stop
_WANTS_PROOF = frozenset({Priority.URGENT, Priority.HIGH})

# A message that kills the process while being sent is not tried a fourth time on the
# same channel: one poisonous row must not keep Home Assistant from starting
_MOST_DOUBTS = 3

# A day of half-hour pauses has about 100 rounds (full jitter halves them); the bound
# ends an intent also where the clock keeps being set back before its deadline
_MOST_ROUNDS = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    """Ask this channel now."""

    channel_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitUntil:
    """Nothing to do before this instant."""

    at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Over:
    """Nothing to do any more."""

    state: IntentState
    reason: str


type Move = Send | WaitUntil | Over


class ImpossibleMoveError(ValueError):
    """The caller asked for something that cannot follow the present state."""


_ENDS = frozenset(state for state in IntentState if state.is_terminal)

# state -> the states that may follow it
_FOLLOWS: Mapping[IntentState, frozenset[IntentState]] = {
    IntentState.QUEUED: _ENDS | {IntentState.HELD, IntentState.SENDING},
    IntentState.HELD: _ENDS | {IntentState.QUEUED, IntentState.SENDING},
    IntentState.SENDING: _ENDS | {IntentState.QUEUED, IntentState.WAITING},
    IntentState.WAITING: _ENDS | {IntentState.SENDING},
    **dict.fromkeys(_ENDS, frozenset()),
}


class _Meaning(Enum):
    """What an answer means for the step that gave it."""

    PROVEN = auto()
    UNPROVEN = auto()
    CLOSED = auto()
    AGAIN = auto()
    DOUBTFUL = auto()


_MEANS: Mapping[Evidence, _Meaning] = {
    Evidence.DISPATCHED: _Meaning.UNPROVEN,
    Evidence.ACCEPTED: _Meaning.PROVEN,
    Evidence.DELIVERED: _Meaning.PROVEN,
    Evidence.SEEN: _Meaning.PROVEN,
    Evidence.ACKNOWLEDGED: _Meaning.PROVEN,
    Evidence.REFUSED: _Meaning.CLOSED,
    Evidence.UNREACHABLE: _Meaning.AGAIN,
    Evidence.TIMED_OUT: _Meaning.DOUBTFUL,
    Evidence.UNKNOWN: _Meaning.DOUBTFUL,
}

# From the least to the most that is known of the intent as a whole
_STRENGTH: Mapping[Evidence | None, int] = {
    answer: strength
    for strength, answer in enumerate(
        (
            None,
            Evidence.REFUSED,
            Evidence.UNREACHABLE,
            Evidence.UNKNOWN,
            Evidence.TIMED_OUT,
            Evidence.DISPATCHED,
            Evidence.ACCEPTED,
            Evidence.DELIVERED,
            Evidence.SEEN,
            Evidence.ACKNOWLEDGED,
        )
    )
}


def next_move(delivery: Delivery, now: Instant) -> Move:
    """What is to be done now."""
    if delivery.state.is_terminal:
        return Over(state=delivery.state, reason=delivery.reason)
    if delivery.state is IntentState.SENDING:
        return WaitUntil(at=delivery.deadline)
    if now >= delivery.deadline:
        return _too_late(delivery)
    if (at := _still_waiting(delivery, now)) is not None:
        return WaitUntil(at=min(at, delivery.deadline))
    step = next(_steps_from(delivery, delivery.position), None)
    if step is None:
        return _nothing_left(delivery)
    return Send(channel_id=delivery.steps[step].channel_id)


def attempt_started(delivery: Delivery) -> Delivery:
    """The step that `next_move` named is being asked."""
    step = next(_steps_from(delivery, delivery.position), None)
    if step is None:
        raise ImpossibleMoveError("No step is left to be asked")
    return _enter(
        replace(delivery, position=step, attempts=delivery.attempts + 1, wake_at=None),
        IntentState.SENDING,
    )


def verdict(
    delivery: Delivery, result: AttemptResult, now: Instant, *, jitter: float = 1.0
) -> Delivery:
    """The step that was being asked has answered."""
    if delivery.state.is_terminal:  # a receipt was quicker than the answer
        channel_id = delivery.steps[delivery.position].channel_id
        return _learn(delivery, result.evidence, channel_id, now)
    if delivery.state is not IntentState.SENDING:
        raise ImpossibleMoveError("No step is being asked")
    step = delivery.steps[delivery.position]
    known = replace(_learn(delivery, result.evidence, step.channel_id, now), doubts=0)
    match _MEANS[result.evidence]:
        case _Meaning.PROVEN:
            reason = f"{result.evidence} by {step.channel_id}"
            return close(known, Over(state=IntentState.DONE, reason=reason), now)
        case _Meaning.UNPROVEN if not step.last_resort:
            if delivery.priority not in _WANTS_PROOF:
                return close(known, _nothing_left(known), now)
            return _advance(_settle_unprovable(known), now, jitter)
        case _Meaning.UNPROVEN | _Meaning.CLOSED:
            return _advance(_settle(known), now, jitter)
        case _Meaning.DOUBTFUL if not step.replaces:
            return _advance(_settle(known), now, jitter)
        case _:
            return _advance(known, now, jitter)


def receipt(
    delivery: Delivery,
    evidence: Evidence,
    now: Instant,
    *,
    channel_id: str | None = None,
) -> Delivery:
    """Something proves the message from outside the call, perhaps after the end."""
    known = _learn(delivery, evidence, channel_id or delivery.channel_id, now)
    if delivery.state.is_terminal or not evidence.is_success:
        return known
    reason = f"{evidence} by receipt"
    return close(known, Over(state=IntentState.DONE, reason=reason), now)


def after_crash(delivery: Delivery, now: Instant, *, jitter: float = 1.0) -> Delivery:
    """We died, and this is what was stored.

    Only an intent in mid-call is in doubt; every other one goes on as it is.
    """
    if delivery.state is not IntentState.SENDING:
        return delivery
    step = delivery.steps[delivery.position]
    doubts = delivery.doubts + 1
    known = _learn(delivery, Evidence.UNKNOWN, step.channel_id, now)
    if step.replaces and doubts < _MOST_DOUBTS:
        return _enter(replace(known, doubts=doubts), IntentState.QUEUED)
    return _advance(replace(_settle(known), doubts=0), now, jitter)


def close(delivery: Delivery, over: Over, now: Instant) -> Delivery:
    """Give the intent its terminal state; also how one is cancelled or resolved."""
    return _enter(
        replace(delivery, finished_at=now, wake_at=None, reason=over.reason),
        over.state,
    )


def _enter(delivery: Delivery, state: IntentState) -> Delivery:
    """Change the state, if the table allows it."""
    if state not in _FOLLOWS[delivery.state]:
        raise ImpossibleMoveError(f"{state} cannot follow {delivery.state}")
    return replace(delivery, state=state)


def _learn(
    delivery: Delivery, evidence: Evidence, channel_id: str | None, now: Instant
) -> Delivery:
    """Keep the best that is known; a weaker answer changes nothing."""
    if _STRENGTH[evidence] <= _STRENGTH[delivery.evidence]:
        return delivery
    proven_at = delivery.proven_at
    if proven_at is None and evidence.is_success:
        proven_at = now
    return replace(
        delivery, evidence=evidence, channel_id=channel_id, proven_at=proven_at
    )


def _steps_from(delivery: Delivery, first: int) -> Iterator[int]:
    """The steps from `first` on that may be asked."""
    return (
        index
        for index in range(first, len(delivery.steps))
        if index not in delivery.settled
    )


def _settle(delivery: Delivery) -> Delivery:
    """Do not ask the present step again."""
    return replace(delivery, settled=delivery.settled | {delivery.position})


def _settle_unprovable(delivery: Delivery) -> Delivery:
    """Told once without proof: a second telling without proof would add nothing."""
    unprovable = frozenset(
        index
        for index, step in enumerate(delivery.steps)
        if not step.can_tell and not step.last_resort
    )
    return _settle(replace(delivery, settled=delivery.settled | unprovable))


def _advance(delivery: Delivery, now: Instant, jitter: float) -> Delivery:
    """On to the next step, the next round, or the end."""
    step = next(_steps_from(delivery, delivery.position + 1), None)
    if step is not None:
        return _enter(replace(delivery, position=step), IntentState.QUEUED)
    first = next(_steps_from(delivery, 0), None)
    rounds = delivery.failed_rounds + 1
    if first is None or rounds > _MOST_ROUNDS:
        return close(delivery, _nothing_left(delivery), now)
    return _enter(
        replace(
            delivery,
            position=first,
            failed_rounds=rounds,
            wake_at=min(now + pause(rounds, jitter), delivery.deadline),
        ),
        IntentState.WAITING,
    )


def _still_waiting(delivery: Delivery, now: Instant) -> Instant | None:
    """When to wake, if that is ahead.

    A pause longer than there is means that the clock was set back: it is over.
    """
    at = delivery.wake_at
    if at is None or at <= now:
        return None
    if delivery.state is IntentState.WAITING and at - now > LONGEST:
        return None
    return at


def _too_late(delivery: Delivery) -> Over:
    """The deadline has passed."""
    if delivery.evidence is Evidence.DISPATCHED:
        return _nothing_left(delivery)
    return Over(
        state=IntentState.EXPIRED, reason="The deadline passed before it was delivered"
    )


def _nothing_left(delivery: Delivery) -> Over:
    """No channel is left to be asked."""
    if delivery.evidence is Evidence.DISPATCHED:
        reason = f"Unverified: {delivery.channel_id} cannot tell whether it arrived"
        return Over(state=IntentState.DONE, reason=reason)
    return Over(state=IntentState.FAILED, reason="No channel could deliver it")
