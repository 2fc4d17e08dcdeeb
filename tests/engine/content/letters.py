"""Letters to look at: an ordinary one, and one that strains the layout."""

from __future__ import annotations

from custom_components.reliable_notifications.engine.content.languages import LANGUAGES
from custom_components.reliable_notifications.engine.content.languages.table import (
    Language,
)
from custom_components.reliable_notifications.engine.content.letter import (
    Brand,
    Letter,
    Link,
    Logo,
    write_letter,
)
from custom_components.reliable_notifications.engine.content.messages import compose
from custom_components.reliable_notifications.engine.vocabulary import (
    Message,
    Priority,
    Shape,
)

from .facts import words

ENGLISH = LANGUAGES["en"]
HOME = Link(label="Open Home Assistant", address="https://home.example.org/lovelace")
BRAND = Brand(
    home="Villa Nova",
    company=("Nova Household Services Ltd", "12 Garden Lane, Springfield"),
    links=(
        Link(label="Website", address="https://example.org"),
        Link(label="Mastodon", address="https://example.org/@nova"),
        Link(label="Help", address="mailto:help@example.org"),
    ),
    logo=Logo(width=160, height=40),
)


def letter(
    key: str = "cycle_finished",
    language: Language = ENGLISH,
    priority: Priority = Priority.MEDIUM,
    brand: Brand = BRAND,
) -> Letter:
    """What is told of a cycle; nothing else is known."""
    names = ("appliance", "started", "ended", "duration", "energy", "cost")
    known = {name: text for name, text in words(language).items() if name in names} | {
        "appliance": "Washing machine"
    }
    message = compose(key, known, language, Shape.EMAIL)
    assert message is not None
    return write_letter(
        message,
        known,
        language,
        priority=priority,
        brand=brand,
        time="14:05",
        link=HOME,
    )


def straining(language: Language = ENGLISH) -> Letter:
    """Words without a break, many lines, everything known."""
    unbroken = "https://example.org/" + "a" * 300
    message = Message(
        title="Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamter",
        message=f"First line\nsecond line\n\n{unbroken}\n\nThe last paragraph.",
    )
    known = words(language) | {"note": "x" * 200, "reason": unbroken}
    return write_letter(
        message,
        known,
        language,
        priority=Priority.URGENT,
        brand=BRAND,
        time="14:05",
        link=Link(
            label="A button with a very long label that needs two lines",
            address="https://example.org",
        ),
    )
