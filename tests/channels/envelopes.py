"""One message as a channel gets it, to call a channel with directly."""

from __future__ import annotations

from typing import Any

from homeassistant.util import dt as dt_util

from custom_components.reliable_notifications.channels.interface import Envelope
from custom_components.reliable_notifications.engine.vocabulary import Priority


def envelope(**changes: Any) -> Envelope:
    now = dt_util.utcnow().timestamp()
    values: dict[str, Any] = {
        "attempt_id": "attempt",
        "intent_id": "01INTENT",
        "notification_id": "notification",
        "recipient_id": "anna",
        "recipient_name": "Anna",
        "priority": Priority.MEDIUM,
        "title": "Washing machine",
        "message": "Washing machine finished",
        "tag": "rn-washer-1",
        "sent_at": now,
        "data": {},
        "deadline": now + 3600,
        "language": "en",
    }
    return Envelope(**values | changes)
