"""What is said of an event, in the form that a channel wants.

Fills the texts of a language with facts; facts that are not known are left out. Must
not know channels, look at a clock or choose a language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
import string

from ..vocabulary import Message, Shape
from .languages.table import Language, Saying, Sentence
from .sms import measure, one_text, plain, unaccented
from .spoken import speakable

# Facts about persons and their business: an event that tells them is not for everybody
_PERSONAL = frozenset(
    {"amount", "code", "customer", "device", "note", "points", "reason", "repair"}
    | {"reward", "technician"}
)


def compose(
    key: str,
    words: Mapping[str, str],
    language: Language,
    shape: Shape,
    *,
    brief: bool = False,
) -> Message | None:
    """Say an event; None where the language has no text for it, or it lacks its facts.

    `brief` leaves out what is not the point.
    """
    texts = language.events.get(key)
    if texts is None or not _is_known(texts.title, words):
        return None
    if shape is Shape.SPEECH:
        said = " ".join(_filled(texts.speech, words))
        return Message(title="", message=speakable(said, language)) if said else None
    title = texts.title.format_map(words)
    sentences = list(_filled(texts.message, words))
    if brief:
        del sentences[1:]
    if shape is Shape.SHORT_TEXT:
        return Message(title="", message=_one_part(title, sentences))
    return Message(title=title, message=" ".join(sentences) or title)


def written(title: str, message: str, language: Language, shape: Shape) -> Message:
    """What a person or an automation wrote, in the form that a channel wants."""
    if shape is Shape.SPEECH:
        said = _ended(title) + message if title else message
        return Message(title="", message=speakable(said, language))
    if shape is Shape.SHORT_TEXT:
        return Message(title="", message=one_text(title, message))
    return Message(title=title, message=message)


def in_private(key: str, language: Language, shape: Shape) -> Message:
    """What may be heard and seen by anybody: that something happened, not to whom."""
    texts = language.events.get(key)
    said = texts.private if texts else language.sayings[Saying.PRIVATE]
    title = "" if _is_bare(shape) else language.sayings[Saying.NEW_MESSAGE]
    return Message(title=title, message=said)


def is_personal(key: str, language: Language) -> bool:
    """Whether the texts of an event tell something about persons or their business."""
    texts = language.events.get(key)
    if texts is None:
        return False
    told = {
        name
        for each in (texts.title, *texts.message)
        for option in ((each,) if isinstance(each, str) else each)
        for name in fields_of(option)
    }
    return bool(told & _PERSONAL)


def say(saying: Saying, language: Language, **words: str) -> str:
    """What channels and forms say by themselves."""
    return language.sayings[saying].format_map(words)


def fields_of(sentence: str) -> frozenset[str]:
    """The facts that a sentence needs."""
    parsed = string.Formatter().parse(sentence)
    return frozenset(name for _, name, _, _ in parsed if name)


def _is_bare(shape: Shape) -> bool:
    """Whether such a message has no title."""
    return shape in (Shape.SPEECH, Shape.SHORT_TEXT)


def _is_known(sentence: str, words: Mapping[str, str]) -> bool:
    return fields_of(sentence) <= words.keys()


def _filled(sentences: Iterable[Sentence], words: Mapping[str, str]) -> Iterator[str]:
    """Of each sentence the first alternative whose facts are all known."""
    for sentence in sentences:
        options = (sentence,) if isinstance(sentence, str) else sentence
        known = (each for each in options if _is_known(each, words))
        if (option := next(known, None)) is not None:
            yield option.format_map(words)


def _one_part(title: str, sentences: Iterable[str]) -> str:
    """The title and as many of the sentences as one part of a text message holds."""
    text = _ended(title).rstrip()
    for sentence in sentences:
        longer = f"{text} {sentence}"
        # measured as it is sent: without the accents that would cost a part
        if measure(unaccented(plain(longer))).parts > 1:
            break
        text = longer
    return text


def _ended(sentence: str) -> str:
    """A sentence with a stop and a space after it."""
    return sentence + (" " if sentence.endswith((".", "!", "?", ":")) else ". ")
