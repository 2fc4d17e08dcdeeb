"""Facts to try texts and templates with, before anything has happened.

Must not be told to anybody.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..vocabulary import Instant, Scalar


def example(now: Instant) -> Mapping[str, Scalar]:
    """One of every fact that an event may have, as if it had just happened."""
    return {
        "appliance": "Washing machine",
        "started_at": now - 4440.0,
        "ended_at": now - 120.0,
        "expected_at": now + 300.0,
        "duration_s": 4320.0,
        "energy_wh": 840.0,
        "cost": 0.25,
        "idle_s": 1860.0,
        "channel": "Anna's phone",
        "since_at": now - 7200.0,
        "objective": "Delivery success",
        "value": "98.2 %",
        "goal": "99 %",
        "task": "Descale",
        "count": 3,
        "open": 1,
        "code": "123 456",
        "repair": "R-1042",
        "device": "Phone, broken screen",
        "customer": "Anna Smith",
        "technician": "Ben Jones",
        "amount": "120.00",
        "reason": "Too expensive",
        "note": "Please ring twice",
        "reward": "Coffee cup",
        "points": 500,
    }
