"""The life of an intent: what to do now, and what an answer changes.

The rules, in full:
- Each step of the plan is asked when one of its cues comes and is not needless yet:
  at its time (several may be in a call at once), or when all before it have failed.
- *dispatched* proves nothing: it makes only those steps needless that the plan says.
- The last resort never makes needless what may still reach a person otherwise.
- *refused* is not asked again. *unreachable* is, after growing pauses, or when the
  channel said. After *timed out* and *unknown* the message may have arrived: only a
  channel that replaces is asked again, until a late answer ends the doubt.
- What was told is brought to mind again only by the repeats of the plan.
- The intent is over when nothing is left to be done for it, or at its deadline.
- Every intent gets exactly one terminal state and keeps it; what is learned later
  only raises its evidence.

Pure: `now` and jitter are arguments; must not know channels, storage or timers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import Enum, auto

from ..vocabulary import AttemptResult, Evidence, Instant, IntentState
from .holding import held_move
from .moves import Move, Over, Send, Wait
from .record import Delivery, Track
from .retry import pause
from .strength import STRENGTH
from .turns import NONE_RESTING, rings_again, rings_due, turn, waits_for_others

# A message that kills the process while being sent is not tried a fourth time on the
# same channel: one poisonous row must not keep Home Assistant from starting
_MOST_DOUBTS = 3

# The last resort is a line in Home Assistant's memory, which kills nobody: where the
# process keeps dying for other reasons it is all that is left. In `bench crash`, a
# kill each 0.3 s, three would give up one message of a thousand; ten gave up none.
_MOST_DOUBTS_OF_LAST_RESORT = 10

# A day of half-hour pauses has about 100 tries (full jitter halves them); the bound
# ends an intent also where the clock keeps being set back before its deadline
_MOST_FAILURES = 250


class ImpossibleMoveError(ValueError):
    """The caller asked for something that cannot follow the present state."""


_ENDS = frozenset(state for state in IntentState if state.is_terminal)
_GOING_ON = frozenset(
    {IntentState.QUEUED, IntentState.SENDING, IntentState.WAITING},
)

# state -> the states that may follow it
_FOLLOWS: Mapping[IntentState, frozenset[IntentState]] = {
    **dict.fromkeys(_GOING_ON | {IntentState.HELD}, frozenset(IntentState)),
    **dict.fromkeys(_ENDS, frozenset()),
}


class _Meaning(Enum):
    """What an answer means for the step that gave it."""

    TOLD = auto()
    CLOSED = auto()
    AGAIN = auto()
    DOUBTFUL = auto()


_MEANS: Mapping[Evidence, _Meaning] = {
    Evidence.DISPATCHED: _Meaning.TOLD,
    Evidence.ACCEPTED: _Meaning.TOLD,
    Evidence.DELIVERED: _Meaning.TOLD,
    Evidence.SEEN: _Meaning.TOLD,
    Evidence.ACKNOWLEDGED: _Meaning.TOLD,
    Evidence.REFUSED: _Meaning.CLOSED,
    Evidence.UNREACHABLE: _Meaning.AGAIN,
    Evidence.TIMED_OUT: _Meaning.DOUBTFUL,
    Evidence.UNKNOWN: _Meaning.DOUBTFUL,
}


def next_move(
    delivery: Delivery,
    now: Instant,
    resting: Mapping[str, Instant] = NONE_RESTING,
    busy: Mapping[str, Instant] = NONE_RESTING,
) -> Move:
    """What is to be done now.

    Channels that are `resting` are passed over until an instant, those that are `busy`
    are waited for.
    """
    if delivery.state.is_terminal:
        return Over(state=delivery.state, reason=delivery.reason)
    if now >= delivery.deadline:
        return Wait(until=None) if delivery.is_asking else _too_late(delivery)
    if delivery.state is IntentState.HELD:
        if (move := held_move(delivery, now)) is not None:
            return move
        delivery = _released(delivery, now)
    turns = {
        index: at
        for index in range(len(delivery.steps))
        if (at := turn(delivery, index, now, resting, busy)) is not None
    }
    due = [index for index, at in turns.items() if at <= now and _free(delivery, index)]
    if due:
        # what was never asked goes first: a retry must not push a new channel aside
        step = min(due, key=lambda index: (delivery.tracks[index].tries > 0, index))
        return Send(step=step, channel_id=delivery.steps[step].channel_id)
    if ahead := [at for at in turns.values() if at > now]:
        return Wait(until=min(*ahead, delivery.deadline))
    if delivery.is_asking and (
        turns or delivery.proven_at is None or rings_again(delivery)
    ):
        return Wait(until=None)
    return _nothing_left(delivery)


def put_off(delivery: Delivery, now: Instant) -> Delivery:
    """Nobody can be asked at the moment, as `next_move` said: it waits."""
    if delivery.state is IntentState.HELD:
        delivery = _released(delivery, now)
    return _enter(delivery, IntentState.WAITING)


def kept_back(delivery: Delivery, until: Instant) -> Delivery:
    """It waits for others, to be told together with them; nobody was asked yet."""
    if delivery.attempts:
        raise ImpossibleMoveError("It is being told already")
    return replace(_enter(delivery, IntentState.HELD), wake_at=until)


def attempt_started(delivery: Delivery, step: int, now: Instant) -> Delivery:
    """The channel of this step is being asked, as `next_move` said."""
    if delivery.state is IntentState.HELD:
        delivery = _released(delivery, now)
    track = delivery.tracks[step]
    if track.asking or track.settled:
        raise ImpossibleMoveError("This step is not to be asked")
    # whoever is told only now is not reminded at once of what was due before
    rings = max(track.rings, rings_due(delivery, now))
    asked = replace(track, asking=True, tries=track.tries + 1, rings=rings)
    return _enter(
        _with_track(replace(delivery, attempts=delivery.attempts + 1), step, asked),
        IntentState.SENDING,
    )


def verdict(
    delivery: Delivery,
    step: int,
    result: AttemptResult,
    now: Instant,
    *,
    jitter: float = 1.0,
) -> Delivery:
    """The channel of this step has answered, or its time is up."""
    track = delivery.tracks[step]
    if not track.asking:
        raise ImpossibleMoveError("This step is not being asked")
    answered = replace(track, asking=False, doubts=0, answer=result.evidence)
    known = _learn(delivery, result.evidence, delivery.steps[step].channel_id, now)
    match _MEANS[result.evidence]:
        case _Meaning.TOLD:
            answered = replace(answered, told=True, failures=0)
        case _Meaning.CLOSED:
            answered = replace(answered, settled=True)
        case _Meaning.DOUBTFUL if not delivery.steps[step].replaces:
            answered = replace(answered, settled=True)
        case _:
            answered = _rest(answered, result, now, jitter)
    return _go_on(_with_track(known, step, answered), now)


def late_verdict(
    delivery: Delivery,
    step: int,
    result: AttemptResult,
    now: Instant,
    *,
    jitter: float = 1.0,
) -> Delivery:
    """A call that had outlived its time has answered after all: the doubt ends."""
    track = delivery.tracks[step]
    meaning = _MEANS[result.evidence]
    known = _learn(delivery, result.evidence, delivery.steps[step].channel_id, now)
    if meaning is _Meaning.TOLD:
        track = replace(track, told=True, answer=result.evidence, failures=0)
    elif track.asking or meaning is _Meaning.DOUBTFUL:
        return known  # another call of the step decides
    elif meaning is _Meaning.CLOSED:
        track = replace(track, settled=True, answer=result.evidence)
    elif track.told:
        return known  # another call of the step has decided
    else:
        track = replace(track, settled=False, answer=result.evidence)
        track = _rest(track, result, now, jitter)
    return _go_on(_with_track(known, step, track), now)


def receipt(
    delivery: Delivery,
    evidence: Evidence,
    now: Instant,
    *,
    channel_id: str | None = None,
) -> Delivery:
    """Something proves the message from outside the call, perhaps after the end."""
    known = _learn(delivery, evidence, channel_id or delivery.channel_id, now)
    return _go_on(known, now)


def heard_elsewhere(
    delivery: Delivery, evidence: Evidence, now: Instant, *, who: str = ""
) -> Delivery:
    """Another recipient of the same notification has seen or acknowledged it.

    One acknowledgement stands for all; a held intent may be content with less.
    """
    if delivery.state.is_terminal:
        return delivery
    enough = Evidence.ACKNOWLEDGED
    if delivery.state is IntentState.HELD and delivery.yields_to is not None:
        enough = delivery.yields_to
    if evidence.rung < enough.rung:
        return delivery
    proven = delivery.proven_at is not None
    state = IntentState.DONE if proven else IntentState.CANCELLED
    reason = f"{evidence} by {who or 'somebody else'}"
    return close(delivery, Over(state=state, reason=reason), now)


def resolved(delivery: Delivery, reason: str, now: Instant) -> Delivery:
    """What the message is about is over."""
    if delivery.state.is_terminal:
        return delivery
    proven = delivery.proven_at is not None
    state = IntentState.DONE if proven else IntentState.RESOLVED
    over = replace(delivery, resolved_at=now)
    return close(over, Over(state=state, reason=reason), now)


def after_crash(delivery: Delivery, now: Instant) -> Delivery:
    """We died, and this is what was stored.

    Only calls that were going on are in doubt; everything else goes on as it is.
    """
    if not delivery.is_asking:
        return delivery
    for index, (step, track) in enumerate(
        zip(delivery.steps, delivery.tracks, strict=True)
    ):
        if track.asking:
            delivery = _learn(delivery, Evidence.UNKNOWN, step.channel_id, now)
            most = _MOST_DOUBTS_OF_LAST_RESORT if step.last_resort else _MOST_DOUBTS
            again = step.replaces and track.doubts + 1 < most
            delivery = _with_track(delivery, index, _doubted(track, again=again))
    return _go_on(delivery, now)


def close(delivery: Delivery, over: Over, now: Instant) -> Delivery:
    """Give the intent its terminal state; also how one is cancelled or resolved."""
    return _enter(
        replace(delivery, finished_at=now, wake_at=None, reason=over.reason),
        over.state,
    )


def _free(delivery: Delivery, index: int) -> bool:
    """Whether the step may run beside what is being asked."""
    return not (delivery.is_asking and waits_for_others(delivery.steps[index]))


def _enter(delivery: Delivery, state: IntentState) -> Delivery:
    """Change the state, if the table allows it."""
    if state not in _FOLLOWS[delivery.state]:
        raise ImpossibleMoveError(f"{state} cannot follow {delivery.state}")
    return replace(delivery, state=state)


def _go_on(delivery: Delivery, now: Instant) -> Delivery:
    """The state that follows from what is known now."""
    if delivery.state.is_terminal or delivery.state is IntentState.HELD:
        return delivery
    move = next_move(delivery, now)
    if isinstance(move, Over):
        return close(delivery, move, now)
    if delivery.is_asking:
        return _enter(delivery, IntentState.SENDING)
    due = isinstance(move, Send)
    return _enter(delivery, IntentState.QUEUED if due else IntentState.WAITING)


def _released(delivery: Delivery, now: Instant) -> Delivery:
    """The hold is over: from now on time counts."""
    queued = _enter(delivery, IntentState.QUEUED)
    return replace(queued, released_at=now, wake_at=None)


def _with_track(delivery: Delivery, index: int, track: Track) -> Delivery:
    tracks = (*delivery.tracks[:index], track, *delivery.tracks[index + 1 :])
    return replace(delivery, tracks=tracks)


def _rest(track: Track, result: AttemptResult, now: Instant, jitter: float) -> Track:
    """Not again before a pause is over, nor before the channel wants to be asked."""
    failures = track.failures + 1
    ready_at = max(now + pause(failures, jitter), result.retry_at or now)
    return replace(
        track,
        failures=failures,
        settled=track.settled or failures > _MOST_FAILURES,
        rested_from=now,
        ready_at=ready_at,
    )


def _doubted(track: Track, *, again: bool) -> Track:
    """We died in this call: ask as if it had not been, or never again."""
    if again:
        return replace(track, asking=False, doubts=track.doubts + 1, answer=None)
    answer = Evidence.UNKNOWN
    return replace(track, asking=False, doubts=0, answer=answer, settled=True)


def _learn(
    delivery: Delivery, evidence: Evidence, channel_id: str | None, now: Instant
) -> Delivery:
    """Keep the best that is known; a weaker answer changes nothing."""
    if STRENGTH[evidence] <= STRENGTH[delivery.evidence]:
        return delivery
    proven_at = delivery.proven_at
    if proven_at is None and evidence.is_success:
        proven_at = now
    return replace(
        delivery,
        evidence=evidence,
        channel_id=channel_id,
        proven_at=proven_at,
        acknowledged_at=now if evidence is Evidence.ACKNOWLEDGED else None,
    )


def _too_late(delivery: Delivery) -> Over:
    """The deadline has passed."""
    if delivery.evidence is not None and delivery.evidence.rung:
        return _nothing_left(delivery)
    return Over(
        state=IntentState.EXPIRED, reason="The deadline passed before it was delivered"
    )


def _nothing_left(delivery: Delivery) -> Over:
    """No channel is left to be asked."""
    evidence, channel_id = delivery.evidence, delivery.channel_id
    if evidence is not None and evidence.is_success:
        return Over(state=IntentState.DONE, reason=f"{evidence} by {channel_id}")
    if evidence is Evidence.DISPATCHED:
        reason = f"Unverified: {channel_id} cannot tell whether it arrived"
        return Over(state=IntentState.DONE, reason=reason)
    return Over(state=IntentState.FAILED, reason="No channel could deliver it")
