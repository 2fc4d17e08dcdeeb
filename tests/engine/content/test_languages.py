"""Every language says everything, with the same facts, in every form."""

from __future__ import annotations

from collections.abc import Iterable
import re

import pytest

from custom_components.reliable_notifications.engine.content.languages import (
    LANGUAGES,
    language_of,
)
from custom_components.reliable_notifications.engine.content.languages.table import (
    Button,
    Label,
    Language,
    Plurals,
    Saying,
    Sentence,
    Unit,
)
from custom_components.reliable_notifications.engine.content.messages import (
    compose,
    fields_of,
    in_private,
)
from custom_components.reliable_notifications.engine.content.sms import (
    Encoding,
    Style,
    fitted,
    measure,
)
from custom_components.reliable_notifications.engine.vocabulary import Priority, Shape

from .facts import words

EACH_LANGUAGE = pytest.mark.parametrize(
    "language", LANGUAGES.values(), ids=lambda each: each.code
)
ENGLISH = LANGUAGES["en"]
# languages of which the alphabet of GSM has every letter that their texts need
IN_GSM = ("en", "de", "nl", "it")
# a clock's colon and a decimal sign are read as what they are
_SILENT = re.compile(r"[^\w\s.,;:!?¿¡'’-]")


def _fields(sentences: Iterable[Sentence]) -> set[str]:
    flat = (
        option
        for each in sentences
        for option in ((each,) if isinstance(each, str) else each)
    )
    return {name for option in flat for name in fields_of(option)}


def test_the_languages_that_were_promised() -> None:
    assert set(LANGUAGES) >= {"en", "de", "nl", "fr", "es", "it", "pt", "pl"}
    assert len(ENGLISH.events) == 29


@EACH_LANGUAGE
def test_nothing_is_missing(language: Language) -> None:
    assert language.events.keys() == ENGLISH.events.keys()
    assert language.labels.keys() == set(Label)
    assert language.sayings.keys() == set(Saying)
    assert language.buttons.keys() == set(Button)
    assert language.priorities.keys() == set(Priority)
    assert language.objectives.keys() == ENGLISH.objectives.keys()
    assert language.written.keys() == language.spoken.keys() == set(Unit)
    assert language.said.keys() == ENGLISH.said.keys()
    assert len(set(language.days)) == 7
    forms = 3 if language.plurals is Plurals.POLISH else 2
    assert {len(each) for each in language.spoken.values()} == {forms}


@EACH_LANGUAGE
def test_every_event_tells_the_same_facts(language: Language) -> None:
    for key, texts in language.events.items():
        english = ENGLISH.events[key]
        assert fields_of(texts.title) == fields_of(english.title), key
        assert _fields(texts.message) == _fields(english.message), key
    for saying, text in language.sayings.items():
        assert fields_of(text) == fields_of(ENGLISH.sayings[saying]), saying


@EACH_LANGUAGE
def test_what_everybody_may_hear_names_nobody(language: Language) -> None:
    for key, texts in language.events.items():
        assert not fields_of(texts.private), key
        for shape in Shape:
            told = in_private(key, language, shape)
            assert told.message == texts.private
            assert bool(told.title) is (shape in (Shape.PUSH, Shape.EMAIL))


@EACH_LANGUAGE
def test_every_event_can_be_told_in_every_form(language: Language) -> None:
    known = words(language)
    for key in language.events:
        for shape in Shape:
            told = compose(key, known, language, shape)
            assert told is not None, key
            assert told.message, key
            assert "{" not in told.title + told.message, key
            assert bool(told.title) is (shape in (Shape.PUSH, Shape.EMAIL))


@EACH_LANGUAGE
def test_only_the_names_have_to_be_known(language: Language) -> None:
    names = {"appliance", "channel", "objective", "repair", "count", "reward", "code"}
    least = {name: text for name, text in words(language).items() if name in names}
    for key in language.events:
        for shape in Shape:
            told = compose(key, least, language, shape)
            assert told is not None, key
            assert told.message, key


@EACH_LANGUAGE
def test_speech_is_short_and_has_no_signs(language: Language) -> None:
    known = words(language, spoken=True)
    for key in language.events:
        told = compose(key, known, language, Shape.SPEECH)
        assert told is not None
        assert not _SILENT.findall(told.message), told.message
        assert len(told.message) <= 130, told.message
        assert not re.search(r"\d (h|min|s|kWh)\b", told.message), told.message


@EACH_LANGUAGE
def test_a_short_text_is_one_part(language: Language) -> None:
    known = words(language)
    for key in language.events:
        told = compose(key, known, language, Shape.SHORT_TEXT)
        assert told is not None
        sent = fitted(told.message, Style(most_parts=1))
        assert measure(sent).parts == 1, told.message
        # nothing was cut off: it is the same text, at most without accents
        assert len(sent) >= len(told.message) - 1, sent
        if language.code in IN_GSM:
            assert sent == told.message
            assert measure(sent).encoding is Encoding.GSM, sent


@pytest.mark.parametrize(
    ("wishes", "code"),
    [
        (("de",), "de"),
        (("de-CH",), "de"),
        (("pt_BR",), "pt"),
        (("PL",), "pl"),
        (("xx", "nl"), "nl"),
        ((None, "fr"), "fr"),
        (("xx", None), "en"),
        (("",), "en"),
        ((), "en"),
    ],
)
def test_a_language_falls_back_to_the_next_wish_and_then_to_english(
    wishes: tuple[str | None, ...], code: str
) -> None:
    assert language_of(*wishes).code == code
