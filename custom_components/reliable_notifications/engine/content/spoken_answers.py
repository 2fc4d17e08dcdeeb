"""The question after a spoken message that wants an answer, and what counts as one.

By language; what is missing falls back to English, as all texts do. The sentences are
plain words, which every speech recogniser gives back. Must not know who asks, or hears.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

YES = "yes"
NO = "no"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and the sentences that mean yes and no, without punctuation."""

    words: str
    yes: tuple[str, ...]
    no: tuple[str, ...]


# Short sentences that people really give: one word is what a recogniser mishears most,
# so each language has longer ones too
_QUESTIONS: Mapping[str, Question] = {
    "en": Question(
        "Have you got that?",
        ("yes", "yes i have", "yeah", "okay", "ok", "got it", "understood", "sure"),
        ("no", "no i have not", "nope", "not now", "later"),
    ),
    "de": Question(
        "Hast du das verstanden?",
        ("ja", "ja habe ich", "okay", "ok", "verstanden", "alles klar", "erledigt"),
        ("nein", "nein noch nicht", "nicht jetzt", "später"),
    ),
    "nl": Question(
        "Heb je dat begrepen?",
        ("ja", "ja hoor", "oké", "ok", "begrepen", "is goed"),
        ("nee", "nee nog niet", "niet nu", "later"),
    ),
    "fr": Question(
        "As-tu bien compris ?",
        ("oui", "oui bien sûr", "d'accord", "ok", "compris", "entendu"),
        ("non", "non pas encore", "pas maintenant", "plus tard"),
    ),
    "es": Question(
        "¿Lo has entendido?",
        ("sí", "si", "sí entendido", "vale", "ok", "entendido", "de acuerdo"),
        ("no", "no todavía", "ahora no", "más tarde"),
    ),
    "it": Question(
        "Hai capito?",
        ("sì", "si", "sì ho capito", "va bene", "ok", "capito", "d'accordo"),
        ("no", "no non ancora", "non adesso", "più tardi"),
    ),
    "pt": Question(
        "Percebeste?",
        ("sim", "sim percebi", "está bem", "ok", "percebi", "entendido", "entendi"),
        ("não", "ainda não", "agora não", "mais tarde"),
    ),
    "pl": Question(
        "Czy to jasne?",
        ("tak", "tak jasne", "dobrze", "okej", "ok", "jasne", "rozumiem"),
        ("nie", "jeszcze nie", "nie teraz", "później"),
    ),
}


def question(language: str) -> Question:
    """What to ask in a language, by its first part: *en* for *en-GB*."""
    return _QUESTIONS.get(language.partition("-")[0].lower(), _QUESTIONS["en"])
