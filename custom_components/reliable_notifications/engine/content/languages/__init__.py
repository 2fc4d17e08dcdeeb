"""The languages that we speak, each a table in a file of its own.

A new language is a new file and a line here; the tests say what it lacks. Must not
decide which words are used when.
"""

from __future__ import annotations

from collections.abc import Mapping

from .dutch import DUTCH
from .english import ENGLISH
from .french import FRENCH
from .german import GERMAN
from .italian import ITALIAN
from .polish import POLISH
from .portuguese import PORTUGUESE
from .spanish import SPANISH
from .table import Language

LANGUAGES: Mapping[str, Language] = {
    each.code: each
    for each in (
        ENGLISH,
        GERMAN,
        DUTCH,
        FRENCH,
        SPANISH,
        ITALIAN,
        PORTUGUESE,
        POLISH,
    )
}


def language_of(*wishes: str | None) -> Language:
    """The first of some wishes that we speak, by its first part: *en* for *en-GB*.

    English where we speak none of them.
    """
    for wish in wishes:
        known = LANGUAGES.get((wish or "").partition("-")[0].partition("_")[0].lower())
        if known is not None:
            return known
    return ENGLISH
