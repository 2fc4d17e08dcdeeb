"""Intents that are held: until when, and what becomes of them afterwards.

What a decision holds back is *provisional*: at its release, or when something changes
that it may have waited for, it is decided again with fresh facts. What is held for
other reasons (a snooze, others who are told first) goes its way when its time comes.
Must not decide who is told.
"""

from __future__ import annotations

from dataclasses import replace

from ..vocabulary import Decision, Hold, Instant, IntentState, Outcome
from .moves import DecideAgain, Wait
from .record import Delivery

# The key of the reason that the matter itself is over (engine/routing/why.py)
_RESOLVED = "resolved"

# Seconds after its time for which a digest waits for somebody to come home: half a day
# later they have come unseen, or will not come before the next one
LONGEST_FOR_ARRIVAL = 12 * 3600.0

# Seconds for which it is held at least: an end that is past already, of a span that
# ends this very moment or a clock that was set, must not make us ask without a pause
LEAST = 10.0


def held_move(delivery: Delivery, now: Instant) -> Wait | DecideAgain | None:
    """What to do with a held intent; None: it is released."""
    until = delivery.wake_at
    if until is None and delivery.provisional:
        return Wait(until=delivery.deadline)
    if until is not None and until > now:
        return Wait(until=min(until, delivery.deadline))
    return DecideAgain() if delivery.provisional else None


def begun(
    delivery: Delivery, decision: Decision, reason: str, now: Instant
) -> Delivery:
    """A fresh intent in the state that its decision gives it.

    `reason` says in words why it is dropped, if it is.
    """
    return _settled(
        replace(delivery, priority=decision.priority, deadline=decision.deadline),
        decision,
        reason,
        now,
    )


def decided_again(
    delivery: Delivery, decision: Decision, reason: str, now: Instant
) -> Delivery:
    """A held intent after a new decision; any other is left as it is.

    It is told now by the new plan, held on, or dropped for this `reason`. From its
    release on time counts anew.
    """
    if delivery.state is not IntentState.HELD or not delivery.provisional:
        return delivery
    plan = decision.plan
    if plan is not None:
        delivery = replace(delivery, steps=plan.steps, repeats=plan.repeats, tracks=())
    return _settled(
        replace(
            delivery,
            priority=decision.priority,
            deadline=decision.deadline,
            yields_to=None,
            wake_at=None,
        ),
        decision,
        reason,
        now,
    )


def _settled(
    delivery: Delivery, decision: Decision, reason: str, now: Instant
) -> Delivery:
    hold, plan = decision.hold, decision.plan
    match decision.outcome:
        case Outcome.DROP:
            over = any(each.key == _RESOLVED for each in decision.reasons)
            return replace(
                delivery,
                state=IntentState.RESOLVED if over else IntentState.CANCELLED,
                provisional=False,
                finished_at=now,
                reason=reason,
            )
        case Outcome.HOLD if hold is not None:
            return replace(
                delivery,
                state=IntentState.HELD,
                provisional=True,
                wake_at=hold.until and max(hold.until, now + LEAST),
            )
        case Outcome.DIGEST if hold is not None:
            # only whether somebody has come home is asked again: that it belongs into
            # the digest is settled
            return replace(
                delivery,
                state=IntentState.HELD,
                provisional=hold.for_arrival,
                wake_at=_digest_at(hold, now),
            )
    if plan is not None and plan.hold is not None:
        return replace(
            delivery,
            state=IntentState.HELD,
            provisional=False,
            yields_to=plan.hold.unless,
            wake_at=now + (plan.hold.after or 0.0),
        )
    return replace(
        delivery, state=IntentState.QUEUED, provisional=False, released_at=now
    )


def _digest_at(hold: Hold, now: Instant) -> Instant | None:
    """When a digest is looked at: at its time, then only at the end of the wait."""
    if hold.until is None or not hold.for_arrival or hold.until > now:
        return hold.until
    return hold.until + LONGEST_FOR_ARRIVAL
