"""Whose e-mails they are: reads the brand that was set up, and keeps its logo.

Must not lay an e-mail out, nor send it.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import STORAGE_DIR
from homeassistant.util.hass_dict import HassKey
from PIL import Image, UnidentifiedImageError

from ..const import (
    CONF_BRAND_NAME,
    CONF_COLOUR,
    CONF_COMPANY,
    CONF_LINKS,
    CONF_LOGO_SIZE,
    CONF_TEXT_COLOUR,
    DOMAIN,
    LOGO_FILE,
)
from ..engine.content.colours import Colour
from ..engine.content.letter import DEFAULT_COLOUR, Brand, Link, Logo

# How large a logo is shown at most, in pixels, and how many of its own each of them
# gets: screens of telephones and of good laptops show twice as many
SHOWN = (220, 64)
_DENSITY = 2
# E-mails that are looked at while their text is being written, by the id of the form;
# and what the link to such a page calls that
LETTER_DRAFTS: HassKey[dict[str, str]] = HassKey(f"{DOMAIN}_letter_drafts")
LETTER_DRAFT = "draft"

# A picture that is unpacked to more is no logo, and would fill the memory of a small
# machine (16 million pixels are 64 MB)
_MOST_PIXELS = 16_000_000


def brand_of(options: Mapping[str, Any], home: str) -> Brand:
    """The brand as the form has stored it; `home` is what Home Assistant is called."""
    size = options.get(CONF_LOGO_SIZE)
    text = options.get(CONF_TEXT_COLOUR)
    return Brand(
        home=options.get(CONF_BRAND_NAME) or home,
        colour=Colour(*options[CONF_COLOUR])
        if CONF_COLOUR in options
        else DEFAULT_COLOUR,
        on_colour=Colour(*text) if text else None,
        company=tuple(_lines(options.get(CONF_COMPANY, ""))),
        links=links_of(options.get(CONF_LINKS, "")),
        logo=Logo(width=size[0], height=size[1]) if size else None,
    )


def links_of(text: str) -> tuple[Link, ...]:
    """A link from each line: a label, and the address after the last blank."""
    parted = (line.rpartition(" ") for line in _lines(text))
    return tuple(
        Link(label=label.rstrip(" :-") or address, address=address)
        for label, _, address in parted
    )


def resized(picture: bytes) -> tuple[bytes, tuple[int, int]]:
    """A picture as a PNG for screens, and the size in which it is shown.

    Raises ValueError where it is no picture, or one that is far too large.
    """
    try:
        with Image.open(BytesIO(picture)) as image:
            if image.width * image.height > _MOST_PIXELS:
                raise ValueError("far too many pixels")
            image.load()
            logo = image.convert("RGBA")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise ValueError(str(error)) from error
    logo.thumbnail((SHOWN[0] * _DENSITY, SHOWN[1] * _DENSITY))
    scale = min(1.0, SHOWN[0] / logo.width, SHOWN[1] / logo.height)
    file = BytesIO()
    logo.save(file, "PNG", optimize=True)
    size = (max(1, round(logo.width * scale)), max(1, round(logo.height * scale)))
    return file.getvalue(), size


def logo_file(hass: HomeAssistant) -> Path:
    """Where the logo is kept: beside the log, not where the web server looks."""
    return Path(hass.config.path(STORAGE_DIR, LOGO_FILE))


def keep_logo(file: Path, picture: bytes | None) -> None:
    """Keep a logo, or none from now on; nobody else may read it. Blocks."""
    if picture is None:
        file.unlink(missing_ok=True)
        return
    file.parent.mkdir(exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_bytes(picture)
    fresh.replace(file)


def kept_logo(file: Path) -> bytes | None:
    """The logo; None where there is none. Blocks."""
    try:
        return file.read_bytes()
    except OSError:
        return None


def _lines(text: str) -> list[str]:
    return [line for each in text.splitlines() if (line := each.strip())]
