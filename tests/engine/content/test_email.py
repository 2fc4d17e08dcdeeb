"""The HTML of an e-mail, and its plain text."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from itertools import product
import re

import pytest

from custom_components.reliable_notifications.engine.content.colours import (
    READABLE,
    Colour,
    contrast,
    readable,
    text_on,
)
from custom_components.reliable_notifications.engine.content.email import (
    BADGES,
    DARK,
    LIGHT,
    html,
)
from custom_components.reliable_notifications.engine.content.languages import LANGUAGES
from custom_components.reliable_notifications.engine.content.letter import (
    DEFAULT_COLOUR,
    Brand,
    Letter,
    Link,
    plain_text,
    write_letter,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    Message,
    Priority,
)

from .letters import BRAND, ENGLISH, letter, straining

LOGO = "cid:logo"
EVIL = "<script>alert(1)</script>\"'&"
# the elements that have no end
_VOID = {"meta", "img", "br"}


class Read(HTMLParser):
    """What stands in a document; complains where its elements do not close."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(document)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def attributes(self, name: str) -> list[str]:
        return [value or "" for _, each in self.elements if (value := each.get(name))]


def test_everything_that_was_given_is_there() -> None:
    read = Read(html(letter(), BRAND, LOGO))

    assert "Ran 1\u00a0h 12\u00a0min and used 0.84\u00a0kWh." in read.text
    for words in ("Washing machine finished", "1 h 12 min", "0.84 kWh", "Villa Nova"):
        assert words in read.text
    for words in (*BRAND.company, *(link.label for link in BRAND.links)):
        assert words in read.text
    assert "because Villa Nova has you as a recipient" in read.text
    assert "To get no more of them" in read.text
    assert set(read.attributes("href")) == {
        "https://home.example.org/lovelace",
        *(link.address for link in BRAND.links),
    }


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_language_names_itself(code: str) -> None:
    document = html(letter(language=LANGUAGES[code]), BRAND, LOGO)

    assert Read(document).elements[0] == ("html", {"lang": code, "dir": "ltr"})
    assert (
        LANGUAGES[code]
        .events["cycle_finished"]
        .title.format(appliance="Washing machine")
        in document
    )


def test_nothing_is_loaded_from_anywhere() -> None:
    document = html(straining(), BRAND, LOGO)
    read = Read(document)

    assert read.attributes("src") == [LOGO]
    assert not re.search(r"url\(|@import|@font-face", document)
    forbidden = {"script", "link", "iframe", "object", "form", "base", "video"}
    assert not forbidden & {tag for tag, _ in read.elements}


def test_a_picture_says_what_it_is_and_layout_is_no_data() -> None:
    read = Read(html(letter(), BRAND, LOGO))
    pictures = [each for tag, each in read.elements if tag == "img"]
    tables = [each for tag, each in read.elements if tag == "table"]

    assert [each["alt"] for each in pictures] == ["Villa Nova"]
    assert pictures[0]["width"] == "160"
    # all tables are layout but the one with the facts, whose rows have headers
    assert [each.get("role") for each in tables].count(None) == 1
    assert ("scope", "row") in [
        pair for tag, each in read.elements if tag == "th" for pair in each.items()
    ]


@pytest.mark.parametrize(
    ("brand", "address"),
    [(BRAND, None), (replace(BRAND, logo=None), LOGO)],
)
def test_without_a_logo_the_name_stands_there(
    brand: Brand, address: str | None
) -> None:
    read = Read(html(letter(), brand, address))

    assert "img" not in {tag for tag, _ in read.elements}
    assert read.text.count("Villa Nova") == 3  # head, sender, reason


def test_what_comes_from_outside_is_escaped() -> None:
    brand = Brand(
        home=EVIL,
        company=(EVIL,),
        links=(
            Link(label=EVIL, address='https://example.org/"><script>'),
            Link(label="Bad", address="javascript:alert(1)"),
        ),
        logo=BRAND.logo,
    )
    evil = write_letter(
        Message(title=EVIL, message=f"{EVIL}\n\n{EVIL}"),
        {"appliance": EVIL, "reason": EVIL},
        ENGLISH,
        priority=Priority.HIGH,
        brand=brand,
        time=EVIL,
        link=Link(label="Worse", address="javascript:alert(2)"),
    )
    document = html(evil, brand, LOGO)
    read = Read(document)

    assert "<script" not in document
    assert "script" not in {tag for tag, _ in read.elements}
    assert read.attributes("href") == ['https://example.org/"><script>']
    assert read.text.count("alert(1)") >= 8
    assert {key for _, each in read.elements for key in each} <= {
        *("lang", "dir", "charset", "name", "content", "class", "style", "role"),
        *("width", "height", "cellpadding", "cellspacing", "border", "align"),
        *("scope", "href", "src", "alt"),
    }


def test_the_preview_is_the_beginning_of_the_text() -> None:
    assert letter().preview.startswith("Ran 1 h 12 min and used 0.84 kWh.")
    assert len(straining().preview) <= 111
    assert straining().preview.endswith("…")


def test_every_text_can_be_read_by_day_and_by_night() -> None:
    for room in (LIGHT, DARK):
        for ink in (room.text, room.quiet):
            for ground in (room.sheet, room.page):
                assert contrast(ink, ground) >= READABLE
    for grounds in BADGES.values():
        for ground in grounds:
            assert contrast(text_on(ground), ground) >= READABLE
    assert set(BADGES) == set(Priority)


@pytest.mark.parametrize("room", [LIGHT, DARK])
def test_links_can_be_read_in_any_colour_of_a_brand(room: object) -> None:
    assert isinstance(room, type(LIGHT))
    for shade in product((0, 51, 102, 153, 204, 255), repeat=3):
        ink = readable(Colour(*shade), room.sheet)
        assert contrast(ink, room.sheet) >= READABLE


def test_the_button_has_the_colours_of_the_brand() -> None:
    yellow = replace(BRAND, colour=Colour(255, 220, 0))
    chosen = replace(yellow, on_colour=Colour(60, 0, 0))

    assert "color:#000000" in html(letter(brand=yellow), yellow)
    assert "color:#3c0000" in html(letter(brand=chosen), chosen)
    assert DEFAULT_COLOUR.hex in html(letter(), BRAND)


def test_the_plain_text_says_the_same() -> None:
    assert plain_text(letter(), BRAND) == (
        "Washing machine finished\n\n"
        "Ran 1 h 12 min and used 0.84 kWh. Ended at 14:03.\n\n"
        "Appliance: Washing machine\nStarted: 12:51\nEnded: 14:03\n"
        "Duration: 1 h 12 min\nEnergy: 0.84 kWh\nCost: 0.25 EUR\n\n"
        "Open Home Assistant: https://home.example.org/lovelace\n\n"
        "-- \nVilla Nova\n"
        "Nova Household Services Ltd\n12 Garden Lane, Springfield\n"
        "Website: https://example.org\nMastodon: https://example.org/@nova\n"
        "Help: mailto:help@example.org\n"
        "Sent 14:05. You get this e-mail because Villa Nova has you as a recipient. To"
        " get no more of them, change your preferences in Home Assistant, or ask the"
        " person who looks after it.\n"
    )
    assert plain_text(letter(priority=Priority.URGENT), BRAND).startswith("[Urgent]\n")
    assert plain_text(straining(), BRAND).count("\n\n") >= 5


def test_a_message_without_title_or_facts_is_a_letter_too() -> None:
    bare: Letter = write_letter(
        Message(title="", message="Water!"),
        {},
        ENGLISH,
        priority=Priority.LOW,
        brand=BRAND,
        time="14:05",
    )

    assert bare.title == "Villa Nova"
    assert plain_text(bare, replace(BRAND, company=(), links=())).startswith(
        "Villa Nova\n\nWater!\n\n-- \nVilla Nova\nSent 14:05."
    )
    assert "Water!" in Read(html(bare, replace(BRAND, links=()))).text


def test_a_title_is_one_line_and_is_said_once() -> None:
    broken: Letter = write_letter(
        Message(title="Leak\nin  basement", message="Leak\r\nin basement\n\nNow"),
        {},
        ENGLISH,
        priority=Priority.LOW,
        brand=BRAND,
        time="14:05",
    )
    assert broken.title == "Leak in basement"
    assert broken.paragraphs == ("Now",)
