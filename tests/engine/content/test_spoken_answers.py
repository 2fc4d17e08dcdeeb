"""The question after a spoken message."""

from __future__ import annotations

import pytest

from custom_components.reliable_notifications.engine.content.spoken_answers import (
    question,
)

LANGUAGES = ("en", "de", "nl", "fr", "es", "it", "pt", "pl")


def test_each_language_asks_in_its_own_words() -> None:
    assert len({question(each).words for each in LANGUAGES}) == len(LANGUAGES)
    assert question("de-AT") == question("DE") == question("de")
    assert question("xx") == question("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_yes_and_no_cannot_be_confused(language: str) -> None:
    asked = question(language)
    assert not set(asked.yes) & set(asked.no)
    for sentence in (*asked.yes, *asked.no):
        # a satellite refuses to wait for sentences with signs, and hears none
        assert sentence == sentence.strip().lower()
        assert not set(sentence) & set(".,;:!?¿¡()[]{}|<>")
