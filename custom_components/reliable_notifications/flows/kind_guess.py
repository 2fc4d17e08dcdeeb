"""Guesses what sort of appliance it is from what people call it.

A convenience for those who leave the question open; the answer is stored like a
given one and shown when the appliance is changed. It must not decide for those
who answered.
"""

from __future__ import annotations

from collections.abc import Iterable
import re

from ..engine.vocabulary import ApplianceKind

# Words as they occur in names of plugs and appliances, in English, German, Dutch,
# French, Spanish, Italian and Swedish. The first match counts, so what contains
# another word stands before it: "washer dryer" before "dryer", "dishwasher" before
# "wash". "Iron" stands alone: it is part of too many other words.
_WORDS: tuple[tuple[ApplianceKind, re.Pattern[str]], ...] = (
    (
        ApplianceKind.WASHER_DRYER,
        re.compile(
            "washer[ -]?dryer|waschtrockner|was-?droog|lavante-séchante|lavasciuga"
        ),
    ),
    (
        ApplianceKind.DISHWASHER,
        re.compile(
            "dish ?wash|geschirr|spülm|spuelm|vaatwas|afwas|lave-vaisselle|lavavajillas"
            "|lavastoviglie|diskmaskin"
        ),
    ),
    (
        ApplianceKind.DRYER,
        re.compile(
            r"\bdryer|\bdrier|tumble|trockner|droger|sèche-linge|secadora|asciugatrice|torktumlare"
        ),
    ),
    (
        ApplianceKind.WASHING_MACHINE,
        re.compile(
            "wash|laundry|waschm|wasmachine|lave-linge|lavadora|lavatrice|tvättmaskin"
        ),
    ),
    (
        ApplianceKind.KETTLE,
        re.compile(
            "kettle|wasserkocher|waterkoker|bouilloire|hervidor|bollitore|vattenkokare"
        ),
    ),
    (
        ApplianceKind.COFFEE_MACHINE,
        re.compile("coffee|espresso|kaffe|koffie|café|caffè"),
    ),
    (
        ApplianceKind.MICROWAVE,
        re.compile(
            "microwave|mikrowelle|magnetron|micro-?ondas|micro-?ondes|microonde|mikrovåg"
        ),
    ),
    (
        ApplianceKind.IRON,
        re.compile(
            r"\biron\b|bügel|strijkijzer|fer à repasser|ferro da stiro|strykjärn"
        ),
    ),
)


def guess_kind(names: Iterable[str]) -> ApplianceKind:
    """Take the kind that the first telling name points to; generic when none does."""
    for name in names:
        folded = name.casefold().replace("_", " ")
        for kind, words in _WORDS:
            if words.search(folded):
                return kind
    return ApplianceKind.GENERIC
