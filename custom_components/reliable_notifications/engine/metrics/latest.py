"""The latest notification, summed up over everybody it was for.

Says what is known of the person who is worst off: a message that reached one of
two people did not reach the household.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..vocabulary import Evidence, Instant, IntentRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class LatestNotification:
    """One notification in a sentence. `seconds` is the slowest proven delivery."""

    notification_id: str
    title: str
    at: Instant
    recipients: tuple[str, ...]
    evidence: Evidence | None
    seconds: float | None


def latest_notification(intents: Iterable[IntentRecord]) -> LatestNotification | None:
    """Sum up the notification that was stored last, a test or not."""
    known = list(intents)
    if not known:
        return None
    newest = max(known, key=lambda intent: intent.created_at)
    parts = [
        intent for intent in known if intent.notification_id == newest.notification_id
    ]
    worst = min(parts, key=_proven)
    waits = [
        intent.proven_at - intent.released_at
        for intent in parts
        if intent.proven_at is not None
    ]
    return LatestNotification(
        notification_id=newest.notification_id,
        title=newest.title,
        at=newest.created_at,
        recipients=tuple(sorted({intent.recipient_name for intent in parts})),
        evidence=worst.evidence,
        seconds=max(0.0, *waits) if len(waits) == len(parts) else None,
    )


def _proven(intent: IntentRecord) -> int:
    """Order by what is proven; nothing known yet is less than a known failure."""
    return -1 if intent.evidence is None else intent.evidence.rung
