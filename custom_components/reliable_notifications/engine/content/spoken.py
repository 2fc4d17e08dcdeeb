"""From a written text to one that can be read aloud.

What has no sound is left out, units and signs are called by their names. Must not
change the words.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
import re

from .languages.table import Language

_LINK = re.compile(r"\b(?:https?://|www\.)\S+")
# of Markdown and HTML: the text of a link, tags, emphasis, headings
_MARKDOWN_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_TAGS = re.compile(r"</?[a-zA-Z][^>]*>")
_MARKUP = re.compile(r"[*_`#~|<>\[\]{}\\^=]+")
# What compares something with a number; at the beginning of a line it is a quotation
_COMPARED = re.compile(r"(?<=[^\s=<>-])[ \t]*(<=|>=|==?|[<>≤≥])[ \t]*(?=[-+−]?\d)")
_SAME_AS = {"≤": "<=", "≥": ">=", "==": "="}
# pictures, arrows, dingbats, private signs: what speakers read by name, or stop at
_PICTURES = re.compile(
    "[\u2190-\u2bff\u200d\ufe0e\ufe0f\ue000-\uf8ff\U0001f000-\U000e007f]+"
)
_BLANKS = re.compile(r"\s+")
_BEFORE_STOP = re.compile(r"\s+([.,;!?])")


def speakable(text: str, language: Language) -> str:
    """A text for ears."""
    text = _MARKDOWN_LINK.sub(r"\1", text)
    for mute in (_LINK, _TAGS):
        text = mute.sub(" ", text)
    text = _COMPARED.sub(partial(_compared, language.said), text)
    for mute in (_MARKUP, _PICTURES):
        text = mute.sub(" ", text)
    text = _said(text, language.said)
    return _BEFORE_STOP.sub(r"\1", _BLANKS.sub(" ", text)).strip()


def _compared(names: Mapping[str, str], found: re.Match[str]) -> str:
    sign = found[1]
    return f" {names[_SAME_AS.get(sign, sign)]} "


def _said(text: str, names: Mapping[str, str]) -> str:
    """Signs and units by their names; a unit only where it follows a number."""
    for sign, name in names.items():
        if sign.isalpha():
            text = re.sub(rf"(?<=\d)\s*{sign}\b", f" {name}", text)
        else:
            text = re.sub(rf"\s*{re.escape(sign)}", f" {name} ", text)
    return text
