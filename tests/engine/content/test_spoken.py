"""What is read aloud."""

from __future__ import annotations

import pytest

from custom_components.reliable_notifications.engine.content.languages import LANGUAGES
from custom_components.reliable_notifications.engine.content.spoken import speakable


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("21.5 °C", "21.5 degrees"),
        (
            "Used 3kWh at 2 kW, 40 W left",
            "Used 3 kilowatt-hours at 2 kilowatts, 40 watts left",
        ),
        ("W is a letter", "W is a letter"),
        ("80% & more", "80 percent and more"),
        ("**Washer** _done_ 🎉!", "Washer done!"),
        ("See [the page](https://example.org/a?b=c).", "See the page."),
        ("Look: https://example.org/x now", "Look: now"),
        ("<b>Bold</b>\n\nnext → line", "Bold next line"),
        ("5 € paid", "5 euros paid"),
        ("Anna's 2-hour wash; ok?", "Anna's 2-hour wash; ok?"),
    ],
)
def test_signs_are_said_or_left_out(text: str, said: str) -> None:
    assert speakable(text, LANGUAGES["en"]) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Temp < 5", "Temp under 5"),
        ("Freezer > -15 °C", "Freezer over -15 degrees"),
        ("Level<=3, flow>=2.5", "Level at most 3, flow at least 2.5"),
        ("Level ≤ 3 or ≥ 9", "Level at most 3 or at least 9"),
        ("x = 5, y == 6", "x equals 5, y equals 6"),
        # what compares with no number, quotes, points or belongs to a page is no sign
        ("a < b = c", "a b c"),
        ("> 5 doors\n> 6 gates", "5 doors 6 gates"),
        ("10 -> 20 => 30", "10 - 20 30"),
        ("<b>5</b> left", "5 left"),
    ],
)
def test_what_is_compared_with_a_number_is_said(text: str, said: str) -> None:
    assert speakable(text, LANGUAGES["en"]) == said


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_compares(code: str) -> None:
    told = {
        speakable(f"1 {sign} 2", LANGUAGES[code])
        for sign in ["<", ">", "=", "<=", ">="]
    }
    assert len(told) == 5
    assert "1 2" not in told


def test_units_are_said_in_the_language() -> None:
    assert speakable("3 kWh, 5 %", LANGUAGES["de"]) == "3 Kilowattstunden, 5 Prozent"
