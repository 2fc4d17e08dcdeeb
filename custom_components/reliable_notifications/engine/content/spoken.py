"""From a written text to one that can be read aloud.

What has no sound is left out, units and signs are called by their names. Must not
change the words.
"""

from __future__ import annotations

from collections.abc import Mapping
import re

from .languages.table import Language

_LINK = re.compile(r"\b(?:https?://|www\.)\S+")
# of Markdown and HTML: the text of a link, emphasis, headings, tags
_MARKDOWN_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKUP = re.compile(r"</?[a-zA-Z][^>]*>|[*_`#~|<>\[\]{}\\^=]+")
# pictures, arrows, dingbats, private signs: what speakers read by name, or stop at
_PICTURES = re.compile(
    "[\u2190-\u2bff\u200d\ufe0e\ufe0f\ue000-\uf8ff\U0001f000-\U000e007f]+"
)
_BLANKS = re.compile(r"\s+")
_BEFORE_STOP = re.compile(r"\s+([.,;!?])")


def speakable(text: str, language: Language) -> str:
    """A text for ears."""
    text = _MARKDOWN_LINK.sub(r"\1", text)
    for mute in (_LINK, _MARKUP, _PICTURES):
        text = mute.sub(" ", text)
    text = _said(text, language.said)
    return _BEFORE_STOP.sub(r"\1", _BLANKS.sub(" ", text)).strip()


def _said(text: str, names: Mapping[str, str]) -> str:
    """Signs and units by their names; a unit only where it follows a number."""
    for sign, name in names.items():
        if sign.isalpha():
            text = re.sub(rf"(?<=\d)\s*{sign}\b", f" {name}", text)
        else:
            text = re.sub(rf"\s*{re.escape(sign)}", f" {name} ", text)
    return text
