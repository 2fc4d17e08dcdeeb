"""The words of a digest."""

from __future__ import annotations

import pytest

from custom_components.reliable_notifications.engine.content.digest import (
    MOST_LINES,
    DigestItem,
    digest,
)
from custom_components.reliable_notifications.engine.content.languages import LANGUAGES
from custom_components.reliable_notifications.engine.routing.catalogue import Category
from custom_components.reliable_notifications.engine.vocabulary import Message, Shape

SUMMARY = Message(title="What happened", message="Messages: 3. Energy: 1.2 kWh.")
ENGLISH = LANGUAGES["en"]


def _item(title: str, category: str = "appliance", at: str = "14:02") -> DigestItem:
    return DigestItem(
        category=category, message=Message(title=title, message="Ran 1 h."), at=at
    )


THREE = (
    _item("Washer finished"),
    _item("Filter", "maintenance", ""),
    _item("Dryer finished", at="15:10"),
)


def test_by_category_in_the_order_of_coming() -> None:
    told = digest(SUMMARY, THREE, ENGLISH, Shape.PUSH)
    assert told.title == "What happened"
    assert told.message.splitlines() == [
        "Messages: 3. Energy: 1.2 kWh.",
        "",
        "Appliances",
        "• Washer finished (14:02)",
        "• Dryer finished (15:10)",
        "Maintenance",
        "• Filter",
    ]


def test_one_category_needs_no_heading() -> None:
    told = digest(SUMMARY, THREE[:1], ENGLISH, Shape.PUSH)
    assert told.message.splitlines()[2:] == ["• Washer finished (14:02)"]


def test_a_mail_has_a_paragraph_for_each() -> None:
    told = digest(SUMMARY, THREE, LANGUAGES["de"], Shape.EMAIL)
    assert told.message.split("\n\n")[1:] == [
        "Geräte\n• Washer finished (14:02)\n• Dryer finished (15:10)",
        "Wartung\n• Filter",
    ]


def test_a_phone_shows_only_so_much_and_a_mail_all() -> None:
    many = [_item(f"{number} finished") for number in range(30)]
    lines = digest(SUMMARY, many, ENGLISH, Shape.PUSH).message.splitlines()[2:]
    assert len(lines) == MOST_LINES
    assert lines[-1] == "…"
    assert digest(SUMMARY, many, ENGLISH, Shape.EMAIL).message.count("•") == 30


@pytest.mark.parametrize("shape", [Shape.SPEECH, Shape.SHORT_TEXT])
def test_only_the_summary_is_spoken_or_paid_for(shape: Shape) -> None:
    assert digest(SUMMARY, THREE, ENGLISH, shape) == SUMMARY


def test_a_category_of_ones_own_is_its_own_heading() -> None:
    items = (_item("Rain", "garden"), _item("Washer finished"))
    told = digest(SUMMARY, items, ENGLISH, Shape.PUSH).message
    assert "garden\n• Rain (14:02)" in told


def test_each_language_has_a_heading_for_each_category() -> None:
    for language in LANGUAGES.values():
        assert language.categories.keys() == set(Category)


def test_what_has_no_title_is_told_by_its_words() -> None:
    plain = DigestItem(
        category="general", message=Message(title="", message="Rain is coming"), at=""
    )
    assert "• Rain is coming" in digest(SUMMARY, [plain], ENGLISH, Shape.PUSH).message
