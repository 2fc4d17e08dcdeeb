"""The words of a text message: what they cost in parts, and how they are made to fit.

A text that stays within the alphabet of GSM has 160 characters in one part, any other
only 70, and typographic signs that nobody misses are what makes the difference most
often. So they are replaced before anything is counted, and only then is a text cut.
Must not know who carries the message, nor what a part costs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
import re
import unicodedata

# 3GPP TS 23.038, 6.2.1: the default alphabet (without its escape sign) and what can be
# escaped, at the price of two characters
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")

# 3GPP TS 23.040, 9.2.3.24.1: a part carries 140 bytes; of several, six of them say how
# they belong together. That is 160 or 153 characters of 7 bits, 70 or 67 of 16 bits
GSM_SINGLE, GSM_OF_SEVERAL = 160, 153
UCS_SINGLE, UCS_OF_SEVERAL = 70, 67

# Typographic signs, spaces and dashes, and what says the same in the alphabet
_PLAIN = str.maketrans(
    dict.fromkeys("“”„‟«»″", '"')
    | dict.fromkeys("‘’‚‛‹›′´`", "'")
    | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys("\t\v\u0085\u00a0\u1680\u202f\u205f\u3000", " ")
    | dict.fromkeys(map(chr, range(0x2000, 0x200B)), " ")
    # soft hyphen, zero-width space, word joiner, direction marks, byte order mark
    | dict.fromkeys("\u00ad\u200b\u2060\u200e\u200f\ufeff", "")
    | {"\u2028": "\n", "\u2029": "\n", "\r": "\n", "\f": "\n"}
    | {"…": "...", "•": "-", "·": "-", "×": "x", "÷": "/", "°": ""}
    | {"²": "2", "³": "3", "₂": "2", "½": "1/2", "¼": "1/4", "¾": "3/4"}
    | {"™": "(TM)", "©": "(c)", "®": "(R)", "№": "No.", "µ": "u"}
    | {"→": "->", "←": "<-", "≤": "<=", "≥": ">=", "≈": "~", "⁄": "/"}
)

# The blocks of Unicode that hold pictures, with what joins, colours and frames them
# (Unicode Technical Standard 51)
_PICTURE = "\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_JOINS = "\u200d\u20e3\ufe0e\ufe0f\U000e0020-\U000e007f"
_EMOJI = re.compile(f"[{_PICTURE}][{_PICTURE}{_JOINS}]*|[\u20e3\ufe0e\ufe0f]")
# Before a sign of the sentence they leave no gap
_EMOJI_BEFORE_SIGN = re.compile(f"(?: *(?:{_EMOJI.pattern}))+ *(?=[:.,;!?])")

# Letters that do not fall apart into a plain one and an accent, and those for which the
# alphabet has something nearer than the plain letter
_NEAREST = str.maketrans(
    {"ő": "ö", "Ő": "Ö", "ű": "ü", "Ű": "Ü", "ā": "ä", "Ā": "Ä"}
    | {"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ħ": "h", "Ħ": "H", "ı": "i"}
    | {"œ": "oe", "Œ": "OE", "ẞ": "SS", "þ": "th", "Þ": "Th", "ð": "d", "Ð": "D"}
)

_SPACES = re.compile(r"[ ]{2,}")
_BESIDE_LINE_END = re.compile(r" *\n[ \n]*")

# A cut goes back to the end of a sentence if at least this share of the room stays
# used: half a message of whole sentences says more than nine tenths of a torn one
_SENTENCE_SHARE = 0.5
_SENTENCE_END = re.compile(r"[.!?](?=\s)|\n")


class Encoding(StrEnum):
    """How the characters travel."""

    GSM = "gsm"
    UCS = "ucs"


@dataclass(frozen=True, slots=True)
class Measure:
    """What a text needs: units of its encoding, and parts, each of which is paid."""

    encoding: Encoding
    units: int
    parts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How freely a text may be changed to save parts.

    `most_parts` is at least 1. `emoji` keeps pictures; `accents` keeps letters that
    are not in the alphabet even where plain ones would save a part.
    """

    most_parts: int = 2
    emoji: bool = False
    accents: bool = False


def measure(text: str) -> Measure:
    """Count a text as the network does.

    A character that takes two units (an escaped sign, a surrogate pair) is never torn
    between two parts, so a part may stay one unit short.
    """
    if all(sign in _BASIC or sign in _EXTENDED for sign in text):
        widths = [2 if sign in _EXTENDED else 1 for sign in text]
        return _packed(Encoding.GSM, widths, GSM_SINGLE, GSM_OF_SEVERAL)
    widths = [2 if ord(sign) > 0xFFFF else 1 for sign in text]
    return _packed(Encoding.UCS, widths, UCS_SINGLE, UCS_OF_SEVERAL)


def _packed(
    encoding: Encoding, widths: Iterable[int], single: int, of_several: int
) -> Measure:
    units, parts, room = 0, 1, of_several
    for width in widths:
        units += width
        if width > room:
            parts, room = parts + 1, of_several
        room -= width
    return Measure(encoding, units, parts if units > single else 1)


def plain(text: str, *, emoji: bool = False) -> str:
    """Replace what nobody misses: typographic signs, odd spaces, and emoji if wanted.

    Letters stay as they are. Spaces are not repeated, and no line is empty. Emoji that
    are all there is stay: without them nothing would be said.
    """
    composed = unicodedata.normalize("NFC", text).translate(_PLAIN)
    if emoji or not _EMOJI.search(composed):
        return _spaced(composed)
    without = _EMOJI.sub(" ", _EMOJI_BEFORE_SIGN.sub("", composed))
    # what stood between a picture and the words does not stand alone
    words = _spaced(without).strip(": \n")
    return words if any(map(str.isalnum, words)) else _spaced(composed)


def _spaced(text: str) -> str:
    return _BESIDE_LINE_END.sub("\n", _SPACES.sub(" ", text)).strip()


def one_text(title: str, message: str) -> str:
    """Make one text of a title and a message, saying nothing twice."""
    title, message = title.strip(), message.strip()
    if not title or message.casefold().startswith(title.casefold()):
        return message or title
    if not message:
        return title
    between = " " if title[-1] in ".!?:" else ": "
    return f"{title}{between}{message}"


def fitted(text: str, style: Style) -> str:
    """The text as it is sent: plain, and no longer than the style allows.

    What costs meaning is done last, and only if it helps: first letters lose their
    accents, then pictures go, then the end is cut off, at a sentence or at a word.
    """
    wanted = plain(text, emoji=style.emoji)
    if not style.accents:
        wanted = _cheaper(wanted, unaccented(wanted))
    if measure(wanted).parts <= style.most_parts:
        return wanted
    without = plain(wanted)
    if not style.accents:
        without = _cheaper(without, unaccented(without))
    if measure(without).parts <= style.most_parts:
        return without
    return _cut(without, style.most_parts)


def unaccented(text: str) -> str:
    """Write the letters that are not in the alphabet as the nearest ones that are."""
    return "".join(_nearest(sign) for sign in text)


def _nearest(sign: str) -> str:
    if sign in _BASIC or sign in _EXTENDED:
        return sign
    known = sign.translate(_NEAREST)
    if known != sign:
        return known
    bare = unicodedata.normalize("NFD", sign)[0]
    return bare if bare in _BASIC else sign


def _cheaper(text: str, other: str) -> str:
    """The other text, if it saves a part."""
    return other if measure(other).parts < measure(text).parts else text


def _cut(text: str, most_parts: int) -> str:
    """The longest beginning that fits: whole sentences, else whole words and dots."""
    dots = "..." if measure(text).encoding is Encoding.GSM else "…"
    longest = _longest(text, most_parts, dots)
    sentences = [end for end in _sentence_ends(text) if end <= longest]
    if sentences and sentences[-1] >= longest * _SENTENCE_SHARE:
        return text[: sentences[-1]].rstrip()
    words = max(text.rfind(" ", 0, longest + 1), text.rfind("\n", 0, longest + 1))
    # a single word that fills everything is torn
    end = words if words >= longest * _SENTENCE_SHARE else longest
    return text[:end].rstrip(" \n,;:-") + dots


def _longest(text: str, most_parts: int, dots: str) -> int:
    """How many characters fit with the dots behind them, none of them torn."""
    fits, too_many = 0, len(text) + 1
    while too_many - fits > 1:
        middle = (fits + too_many) // 2
        if measure(text[:middle] + dots).parts <= most_parts:
            fits = middle
        else:
            too_many = middle
    while 0 < fits < len(text) and unicodedata.combining(text[fits]):
        fits -= 1
    return fits


def _sentence_ends(text: str) -> Iterator[int]:
    for found in _SENTENCE_END.finditer(text):
        yield found.end()
