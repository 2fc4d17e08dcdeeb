"""Colours that can be read: the contrast of two, and what mends one that is too low.

By the Web Content Accessibility Guidelines 2.2 (relative luminance, contrast ratio).
Must not know where a colour is used.
"""

from __future__ import annotations

from dataclasses import dataclass

# Success criterion 1.4.3 (AA) for text of ordinary size
READABLE = 4.5
# how far a colour goes towards black or white at a time until it can be read
_STEP = 0.05


@dataclass(frozen=True, slots=True)
class Colour:
    """Red, green and blue, each 0 to 255."""

    red: int
    green: int
    blue: int

    @property
    def hex(self) -> str:
        """As HTML writes it."""
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"

    @property
    def luminance(self) -> float:
        """Relative luminance, 0 (black) to 1 (white)."""
        red, green, blue = (
            _linear(each / 255) for each in (self.red, self.green, self.blue)
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue


WHITE, BLACK = Colour(255, 255, 255), Colour(0, 0, 0)


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours, 1 (the same) to 21 (black and white)."""
    darker, lighter = sorted((one.luminance, other.luminance))
    return (lighter + 0.05) / (darker + 0.05)


def text_on(background: Colour) -> Colour:
    """Black or white, whichever can be read better; one of them always can."""
    return max((WHITE, BLACK), key=lambda each: contrast(each, background))


def readable(wanted: Colour, background: Colour) -> Colour:
    """The colour that is wanted, made darker or lighter until it can be read there."""
    goal, colour, share = text_on(background), wanted, 0.0
    while contrast(colour, background) < READABLE:
        share += _STEP
        colour = _mixed(wanted, goal, share)
    return colour


def _linear(channel: float) -> float:
    # 0.04045 and 12.92, 1.055, 2.4: the transfer function of sRGB (IEC 61966-2-1)
    if channel <= 0.04045:
        return channel / 12.92
    return float(((channel + 0.055) / 1.055) ** 2.4)


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    def mix(first: int, second: int) -> int:
        return round(first + (second - first) * min(1.0, share))

    return Colour(
        mix(one.red, other.red),
        mix(one.green, other.green),
        mix(one.blue, other.blue),
    )
