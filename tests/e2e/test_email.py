"""The e-mail in a real browser: at no width sticks anything out, by day or night."""

from __future__ import annotations

import base64
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Page
import pytest

from custom_components.reliable_notifications.engine.content.email import html
from custom_components.reliable_notifications.engine.content.languages import LANGUAGES
from custom_components.reliable_notifications.engine.content.letter import Letter
from custom_components.reliable_notifications.engine.vocabulary import Priority
from demo.browser import Chromium, Format
from tests.engine.content.letters import BRAND, letter, straining

# from the narrowest telephone to what a reading pane has at most
WIDTHS = (320, 360, 375, 414, 480, 481, 600, 640, 700)
NARROW = Format(name="320", width=320, height=600)
WIDE = Format(name="700", width=700, height=600)

# whatever ends beyond the window, and whatever has more inside than it shows
_STICKS_OUT = """() => [...document.body.querySelectorAll('*')].filter(
  (each) => each.getClientRects().length > 0 && (
    each.getBoundingClientRect().right > innerWidth + 0.5 ||
    each.getBoundingClientRect().left < -0.5 ||
    (each.clientWidth > 0 && each.scrollWidth > each.clientWidth + 1))
).map((each) => each.outerHTML.slice(0, 120))"""


def _logo() -> str:
    """A picture to look at, as a mail program would find it behind *cid:logo*."""
    picture = Image.new("RGBA", (320, 80))
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((0, 0, 79, 79), 18, fill="#036ba1")
    pen.polygon(
        [(40, 16), (66, 40), (56, 40), (56, 64), (24, 64), (24, 40), (14, 40)],
        fill="white",
    )
    pen.text((98, 16), BRAND.home, fill="#0b3a55", font=ImageFont.load_default(44))
    file = BytesIO()
    picture.save(file, "PNG")
    return f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"


def _show(page: Page, shown: Letter) -> None:
    page.set_content(html(shown, BRAND, _logo()), wait_until="load")


@pytest.mark.parametrize("code", LANGUAGES)
def test_nothing_sticks_out_at_any_width(chromium: Chromium, code: str) -> None:
    language = LANGUAGES[code]
    with chromium.page(NARROW) as page:
        for shown in (letter(language=language), straining(language)):
            _show(page, shown)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 600})
                assert page.evaluate("document.documentElement.scrollWidth") == width
                assert page.evaluate(_STICKS_OUT) == [], width


def test_what_sticks_out_would_be_found(chromium: Chromium) -> None:
    with chromium.page(NARROW) as page:
        page.set_content('<p style="width:400px">too wide</p>')
        assert page.evaluate(_STICKS_OUT)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("screen", [NARROW, WIDE], ids=lambda screen: screen.name)
def test_how_it_looks(
    chromium: Chromium, pictures: Path, screen: Format, dark: bool
) -> None:
    file = f"email-{'dark' if dark else 'light'}-{screen.name}.png"
    with chromium.page(replace(screen, dark=dark)) as page:
        _show(page, letter())
        # where it is dark the sheet is dark, and the other way round
        sheet = page.evaluate(
            "getComputedStyle(document.querySelector('.sheet')).backgroundColor"
        )
        assert (sheet == "rgb(28, 35, 43)") is dark, sheet
        assert page.evaluate("document.querySelector('img').naturalWidth") == 320
        pictures.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=pictures / file, full_page=True)


def test_an_urgent_one(chromium: Chromium, pictures: Path) -> None:
    with chromium.page(NARROW) as page:
        _show(page, letter("cycle_interrupted", priority=Priority.URGENT))
        assert page.locator(".badge").inner_text() == "Urgent"
        pictures.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=pictures / "email-urgent-320.png", full_page=True)
