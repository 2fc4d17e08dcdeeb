"""Contrast by the book, and colours that are mended until they can be read."""

from __future__ import annotations

from itertools import product

import pytest

from custom_components.reliable_notifications.engine.content.colours import (
    BLACK,
    READABLE,
    WHITE,
    Colour,
    contrast,
    readable,
    text_on,
)

SHADES = [Colour(*each) for each in product((0, 64, 128, 192, 255), repeat=3)]


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        (BLACK, WHITE, 21.0),
        (WHITE, WHITE, 1.0),
        # known ratios: the grey that just passes, the one that just fails, pure red
        (Colour(0x76, 0x76, 0x76), WHITE, 4.54),
        (Colour(0x77, 0x77, 0x77), WHITE, 4.48),
        (Colour(255, 0, 0), WHITE, 4.0),
    ],
)
def test_ratios_that_are_known(one: Colour, other: Colour, ratio: float) -> None:
    assert contrast(one, other) == contrast(other, one)
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)


def test_black_or_white_can_be_read_on_every_colour() -> None:
    assert all(contrast(text_on(each), each) >= READABLE for each in SHADES)


def test_every_colour_can_be_mended_for_every_ground() -> None:
    for ground in SHADES:
        for wanted in SHADES:
            assert contrast(readable(wanted, ground), ground) >= READABLE


def test_what_can_be_read_is_left_alone() -> None:
    blue = Colour(0, 0, 0xC0)
    assert readable(blue, WHITE) is blue
    assert blue.hex == "#0000c0"
