"""What stands in an e-mail: its parts, and the plain text made of them.

Must not know HTML, nor how the e-mail is sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
import re

from ..vocabulary import Message, Priority
from .colours import Colour
from .languages.table import Label, Language, Saying

# Home Assistant's blue, until somebody chooses another colour
DEFAULT_COLOUR = Colour(0x03, 0x6B, 0xA1)
# What an inbox shows beside the subject (most show 40 to 110 characters)
_PREVIEW = 110

_BLANK_LINES = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Where a word leads; only to the web, a mailbox or a telephone."""

    label: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """A picture that comes with the e-mail: its size in pixels, as it is shown."""

    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """Whose e-mail it is.

    `home` is the name of the installation. `on_colour` is the text on `colour`; None
    takes black or white, whichever can be read better.
    """

    home: str
    colour: Colour = DEFAULT_COLOUR
    on_colour: Colour | None = None
    company: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    logo: Logo | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The parts of one e-mail, in the recipient's language.

    `facts` are labels with their values, `link` leads to where more is shown.
    """

    language: str
    priority: Priority
    urgency: str
    title: str
    paragraphs: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    why: str
    unsubscribe: str
    sent: str
    link: Link | None = None

    @property
    def preview(self) -> str:
        """What an inbox shows beside the subject."""
        text = " ".join(" ".join(self.paragraphs).split())
        if len(text) <= _PREVIEW:
            return text
        return text[:_PREVIEW].rpartition(" ")[0] + "…"


def write_letter(
    message: Message,
    words: Mapping[str, str],
    language: Language,
    *,
    priority: Priority,
    brand: Brand,
    time: str,
    link: Link | None = None,
) -> Letter:
    """Make the parts of an e-mail out of a message and the facts that are known.

    `time` is when it is sent, as people of the language write it.
    """
    said = language.sayings
    # it becomes a header, which has one line: a break in it would refuse the mail
    title = " ".join((message.title or brand.home).split())
    paragraphs = _BLANK_LINES.split(message.message.strip())
    return Letter(
        language=language.code,
        priority=priority,
        urgency=language.priorities[priority],
        title=title,
        paragraphs=tuple(
            each for each in paragraphs if each and " ".join(each.split()) != title
        ),
        facts=tuple(
            (language.labels[label], words[label.value])
            for label in Label
            if label.value in words
        ),
        why=said[Saying.WHY].format(home=brand.home),
        unsubscribe=said[Saying.UNSUBSCRIBE],
        sent=said[Saying.SENT_AT].format(time=time),
        link=link,
    )


def plain_text(letter: Letter, brand: Brand) -> str:
    """The e-mail for those who see no HTML."""
    return "\n".join(_lines(letter, brand)) + "\n"


def _lines(letter: Letter, brand: Brand) -> Iterator[str]:
    if letter.priority in (Priority.URGENT, Priority.HIGH):
        yield f"[{letter.urgency}]"
    yield letter.title
    for paragraph in letter.paragraphs:
        yield ""
        yield paragraph
    if letter.facts:
        yield ""
        yield from (f"{label}: {value}" for label, value in letter.facts)
    if letter.link is not None:
        yield ""
        yield f"{letter.link.label}: {letter.link.address}"
    yield ""
    yield "-- "  # what mail programs take for the beginning of the signature
    yield brand.home
    yield from brand.company
    yield from (f"{link.label}: {link.address}" for link in brand.links)
    yield f"{letter.sent}. {letter.why} {letter.unsubscribe}"
