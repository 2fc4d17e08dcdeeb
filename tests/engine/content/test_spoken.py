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


def test_units_are_said_in_the_language() -> None:
    assert speakable("3 kWh, 5 %", LANGUAGES["de"]) == "3 Kilowattstunden, 5 Prozent"
