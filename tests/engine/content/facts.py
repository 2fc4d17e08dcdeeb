"""Facts of every event, as the shell gives them: enough to fill in every sentence."""

from __future__ import annotations

from datetime import UTC, datetime

from custom_components.reliable_notifications.engine.content.examples import example
from custom_components.reliable_notifications.engine.content.facts import (
    Place,
    in_words,
)
from custom_components.reliable_notifications.engine.content.languages.table import (
    Language,
)
from custom_components.reliable_notifications.engine.vocabulary import Scalar

NOW = datetime(2026, 11, 24, 14, 5, tzinfo=UTC).timestamp()

# the longest names that are likely
FACTS: dict[str, Scalar] = {
    **example(NOW),
    "appliance": "Washing machine in the cellar",
    "estimated": True,
    "currency": "EUR",
}


def words(language: Language, *, spoken: bool = False) -> dict[str, str]:
    """The same facts in the words of a language."""
    return in_words(FACTS, Place(language=language, zone=UTC, now=NOW), spoken=spoken)
