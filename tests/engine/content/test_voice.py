"""The sentences that people can say, and the words of the answers."""

from __future__ import annotations

from dataclasses import fields
import re
import string

import pytest

from custom_components.reliable_notifications.engine.content.languages import (
    LANGUAGES as SPOKEN,
)
from custom_components.reliable_notifications.engine.content.voice import (
    LANGUAGES,
    MINUTES,
    Voice,
    about,
    voice,
)


def test_whoever_reads_us_can_talk_to_us() -> None:
    assert set(LANGUAGES) == set(SPOKEN)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_says_the_same(language: str) -> None:
    english, theirs = voice("en"), voice(language)
    for each in fields(Voice):
        ours, said = getattr(english, each.name), getattr(theirs, each.name)
        if isinstance(said, tuple):
            assert said
            assert all(said)
            continue
        assert _facts(said) == _facts(ours), each.name
    assert all(sentence.count("<appliance>") == 1 for sentence in theirs.emptied)
    assert any(f"{{{MINUTES}}}" in sentence for sentence in theirs.snooze)


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_templates_that_assist_can_read(language: str) -> None:
    theirs = voice(language)
    for sentence in (
        *theirs.acknowledge,
        *theirs.waiting,
        *theirs.snooze,
        *about(theirs.emptied, "Anna's washer"),
    ):
        for opening, closing in ("()", "[]", "{}"):
            assert sentence.count(opening) == sentence.count(closing), sentence
        assert not re.search(r"[.,;:!?¿¡<>]", sentence), sentence


def test_the_language_is_the_first_wish_that_we_speak() -> None:
    assert voice("de-AT", "fr") is voice("de")
    assert voice(None, "xx", "pt_BR") is voice("pt")
    assert voice("xx") is voice()


def test_a_name_is_no_template() -> None:
    assert about(("the <appliance> is empty",), " Bath (left)|{x} ") == (
        "the Bath left x is empty",
    )
    assert about(("the <appliance> is empty",), "-?!") == ()


def _facts(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}
