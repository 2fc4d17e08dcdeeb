"""The message that carries a code."""

from __future__ import annotations

import pytest

from custom_components.reliable_notifications.engine.content.code_texts import (
    code_message,
)
from custom_components.reliable_notifications.engine.content.sms import (
    measure,
)

LANGUAGES = ("en", "de", "nl", "fr", "es", "it", "pt", "pl")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_code_stands_in_title_and_text(language: str) -> None:
    message = code_message("012345", "Lindenhof", language)
    assert "012 345" in message.title
    assert message.message.startswith("012 345")
    assert "Lindenhof" in message.message
    assert "10" in message.message


def test_each_language_has_its_own_words() -> None:
    said = {code_message("012345", "X", language).message for language in LANGUAGES}
    assert len(said) == len(LANGUAGES)
    assert code_message("012345", "X", "de-CH") == code_message("012345", "X", "de")
    assert code_message("012345", "X", "fi") == code_message("012345", "X", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_costs_little(language: str) -> None:
    # a letter outside GSM-7 (Polish) makes two parts of a long text, no more
    text = code_message("012345", "Lindenhof", language).message
    assert measure(text).parts <= 2
