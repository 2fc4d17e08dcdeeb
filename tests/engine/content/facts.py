"""Facts of every event, as the shell gives them: enough to fill in every sentence."""

from __future__ import annotations

from datetime import UTC, datetime

from custom_components.reliable_notifications.engine.content.facts import (
    Place,
    in_words,
)
from custom_components.reliable_notifications.engine.content.languages.table import (
    Language,
)
from custom_components.reliable_notifications.engine.vocabulary import Scalar

NOW = datetime(2026, 11, 24, 14, 5, tzinfo=UTC).timestamp()

FACTS: dict[str, Scalar] = {
    "appliance": "Washing machine in the cellar",
    "duration_s": 4320.0,
    "energy_wh": 840.0,
    "started_at": NOW - 4440,
    "ended_at": NOW - 120,
    "expected_at": NOW + 300,
    "estimated": True,
    "idle_s": 1860.0,
    "cost": 0.25,
    "currency": "EUR",
    "channel": "Anna's phone",
    "since_at": NOW - 7200,
    "objective": "Delivery success",
    "value": "98.2 %",
    "goal": "99 %",
    "task": "descale",
    "count": 3,
    "open": 1,
    "code": "123456",
    "repair": "R-1042",
    "device": "iPhone 14",
    "customer": "Anna Smith",
    "technician": "Ben Jones",
    "amount": "120.00 EUR",
    "reason": "too expensive",
    "reward": "Coffee cup",
    "points": 500,
}


def words(language: Language, *, spoken: bool = False) -> dict[str, str]:
    """The same facts in the words of a language."""
    return in_words(FACTS, Place(language=language, zone=UTC, now=NOW), spoken=spoken)
