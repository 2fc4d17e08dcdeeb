"""Parcels as a decision makes them: at the beginning of their life, or after a hold.

Values only; storing them is the outbox's. Must not decide anything.
"""

from __future__ import annotations

from dataclasses import replace

from homeassistant.util.ulid import ulid_now

from ..engine.delivery.holding import begun
from ..engine.delivery.lifecycle import close
from ..engine.delivery.moves import Over
from ..engine.delivery.record import Delivery
from ..engine.routing.putting_off import put_off_until
from ..engine.vocabulary import IntentState, Notification
from .parcel import WORDLESS, Parcel, Settled, digest_at


def new_parcel(notification: Notification, settled: Settled) -> Parcel:
    """An intent at the beginning of its life, as it was decided."""
    plan, decision, at = settled.plan, settled.decision, notification.created_at
    held = None if plan is None else plan.hold
    delivery = Delivery(
        intent_id=ulid_now(),
        priority=notification.priority,
        deadline=notification.deadline,
        steps=() if plan is None else plan.steps,
        released_at=at,
        repeats=() if plan is None else plan.repeats,
        yields_to=held.unless if held else None,
        state=IntentState.HELD if held else IntentState.QUEUED,
        wake_at=at + (held.after or 0.0) if held else None,
    )
    parcel = Parcel(
        notification=notification,
        delivery=delivery,
        recipient_id=settled.recipient_id,
        recipient_name=settled.recipient_name,
        created_at=at,
        words=settled.words or WORDLESS,
        asked=settled.asked,
    )
    if decision is None:
        return parcel if plan is not None else _dropped(parcel, settled.because)
    return as_decided(parcel, settled, begun(delivery, decision, settled.because, at))


def _dropped(parcel: Parcel, because: str) -> Parcel:
    """What is not told to anybody, and only kept to say why."""
    over = Over(state=IntentState.CANCELLED, reason=because)
    return replace(parcel, delivery=close(parcel.delivery, over, parcel.created_at))


def as_decided(parcel: Parcel, settled: Settled, delivery: Delivery) -> Parcel:
    """A parcel with what a decision says of how it is told."""
    decision = settled.decision
    if decision is None:
        return replace(parcel, delivery=delivery)
    return replace(
        parcel,
        delivery=delivery,
        words=settled.words or parcel.words,
        level=decision.level,
        acknowledge=decision.acknowledge,
        company=decision.company,
        digest_at=digest_at(decision),
        put_off_until=put_off_until(decision),
    )
