"""What happened, as plain data for Home Assistant's bus and our event entities.

Only names and units: seconds, kilowatt-hours, ISO times. Must not decide what is said.
"""

from __future__ import annotations

from typing import Any

from homeassistant.util import dt as dt_util

from ..engine.delivery.breaker import Breaker
from ..engine.vocabulary import (
    CycleEvent,
    CycleEventKind,
    Instant,
    IntentRecord,
    UnloadingEvent,
)


def channel_data(channel_id: str, name: str | None, breaker: Breaker) -> dict[str, Any]:
    """How a channel fares, or fared until now."""
    return {
        "channel_id": channel_id,
        "channel": name,
        "reason": breaker.trouble.value if breaker.trouble else None,
        "detail": breaker.detail,
        "since": _iso(breaker.failing_since),
    }


def delivery_data(record: IntentRecord, channel: str | None) -> dict[str, Any]:
    """What became of an intent."""
    return {
        "intent_id": record.intent_id,
        "notification_id": record.notification_id,
        "event": record.event,
        "title": record.title,
        "priority": record.priority.value,
        "recipient": record.recipient_name,
        "channel": channel,
        "state": record.state.value,
        "evidence": record.evidence.value if record.evidence else None,
        "latency": (
            None
            if record.proven_at is None
            else round(record.proven_at - record.released_at, 3)
        ),
        "attempts": record.attempts,
        "reason": record.reason,
    }


def unloading_data(event: UnloadingEvent) -> dict[str, Any]:
    """What became of a load."""
    return {
        "cycle_id": event.cycle_id,
        "finished_at": _iso(event.finished_at),
        "idle": round(event.idle_s),
        "by": event.by.value if event.by else None,
        "number": event.number,
    }


def cycle_data(event: CycleEvent) -> dict[str, Any]:
    """What became of a cycle."""
    return {
        "cycle_id": event.cycle_id,
        "started_at": _iso(event.started_at),
        "ended_at": _iso(event.ended_at),
        "duration": duration(event),
        "energy": round(event.energy_wh / 1000, 3),
        "cost": None if event.cost is None else round(event.cost, 4),
        "confidence": event.confidence,
        "estimated": event.estimated,
        "late": event.late,
        "reason": event.reason,
    } | _outlook_data(event)


def _outlook_data(event: CycleEvent) -> dict[str, Any]:
    """Only what such an event knows: when it will end, or would have been cheapest."""
    if event.kind is CycleEventKind.ALMOST_DONE:
        return {"expected_end": _iso(event.expected_at)}
    if event.saved is None:
        return {}
    return {
        "saved": round(event.saved, 4),
        "cheapest_start": _iso(event.cheapest_at),
    }


def duration(event: CycleEvent) -> float | None:
    """Seconds that a cycle took, if it is over."""
    return None if event.ended_at is None else event.ended_at - event.started_at


def _iso(instant: Instant | None) -> str | None:
    return None if instant is None else dt_util.utc_from_timestamp(instant).isoformat()
