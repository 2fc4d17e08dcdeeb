"""The page for the letterhead of e-mails: name, logo, colours, company, links.

Checks it, keeps the logo as a file, and shows how it will look. It must not lay an
e-mail out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from homeassistant.components.file_upload import process_uploaded_file
from homeassistant.components.http.auth import async_sign_path
from homeassistant.core import HomeAssistant
from homeassistant.helpers.selector import (
    ColorRGBSelector,
    FileSelector,
    FileSelectorConfig,
    TextSelector,
    TextSelectorConfig,
)

from ..const import (
    CONF_BRAND_NAME,
    CONF_COLOUR,
    CONF_COMPANY,
    CONF_LINKS,
    CONF_LOGO_SIZE,
    CONF_TEXT_COLOUR,
    LETTER_PREVIEW,
)
from ..engine.content.colours import READABLE, Colour, contrast
from ..engine.content.email import may_be_linked
from ..engine.content.letter import DEFAULT_COLOUR
from ..texts.letterhead import keep_logo, links_of, logo_file, resized
from .fields import Field, text_field, yes_no_field
from .subentry_form import Answers, Problems

LOGO, WITHOUT_LOGO = "logo", "without_logo"

# For how long the link to the example leads there: as long as somebody may think about
# a colour
_LINK_HOLDS = timedelta(hours=1)

_LINES = TextSelector(TextSelectorConfig(multiline=True))

FIELDS = (
    text_field(CONF_BRAND_NAME, required=False),
    Field(
        key=LOGO,
        selector=FileSelector(FileSelectorConfig(accept="image/*")),
        required=False,
    ),
    yes_no_field(WITHOUT_LOGO),
    Field(key=CONF_COLOUR, selector=ColorRGBSelector(), required=False),
    Field(key=CONF_TEXT_COLOUR, selector=ColorRGBSelector(), required=False),
    Field(key=CONF_COMPANY, selector=_LINES, required=False),
    Field(key=CONF_LINKS, selector=_LINES, required=False),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What came of a page: what to store, or what is wrong, with words for it."""

    options: Mapping[str, Any]
    problems: Problems
    words: Mapping[str, str]


def words(hass: HomeAssistant) -> dict[str, str]:
    """What the page's texts are filled with; they must not have addresses in them."""
    return {
        "example": "Website https://example.org",
        "preview": async_sign_path(hass, LETTER_PREVIEW, _LINK_HOLDS),
    }


def shown(options: Mapping[str, Any]) -> Answers:
    """What the page shows of what is stored."""
    keys = (CONF_BRAND_NAME, CONF_COLOUR, CONF_TEXT_COLOUR, CONF_COMPANY, CONF_LINKS)
    return {key: options[key] for key in keys if key in options}


async def async_checked(
    hass: HomeAssistant, answers: Answers, stored: Mapping[str, Any]
) -> Checked:
    """Check a page; the logo is only kept if nothing is wrong."""
    problems: Problems = {}
    ratio = _ratio(answers)
    if ratio is not None and ratio < READABLE:
        problems[CONF_TEXT_COLOUR] = "contrast_too_low"
    unread = _no_link(answers.get(CONF_LINKS) or "")
    if unread is not None:
        problems[CONF_LINKS] = "link_unreadable"
    size = stored.get(CONF_LOGO_SIZE)
    picture: bytes | None = None
    if answers.get(WITHOUT_LOGO):
        size = None
    elif answers.get(LOGO):
        try:
            picture, size = await hass.async_add_executor_job(
                _uploaded, hass, answers[LOGO]
            )
        except (ValueError, OSError):
            problems[LOGO] = "logo_unreadable"
    if not problems and (picture is not None or size is None):
        await hass.async_add_executor_job(keep_logo, logo_file(hass), picture)
    texts = {
        key: (answers.get(key) or "").strip()
        for key in (CONF_BRAND_NAME, CONF_COMPANY, CONF_LINKS)
    }
    colours = {key: answers.get(key) for key in (CONF_COLOUR, CONF_TEXT_COLOUR)}
    return Checked(
        options={**texts, **colours, CONF_LOGO_SIZE: list(size) if size else None},
        problems=problems,
        words={
            **words(hass),
            "contrast": f"{ratio or READABLE:.1f}",
            "least": f"{READABLE}",
            "line": unread or "",
        },
    )


def _ratio(answers: Answers) -> float | None:
    """How well the chosen text can be read on its ground; None where we choose it."""
    text, ground = answers.get(CONF_TEXT_COLOUR), answers.get(CONF_COLOUR)
    if not text:
        return None
    return contrast(Colour(*text), Colour(*ground) if ground else DEFAULT_COLOUR)


def _no_link(text: str) -> str | None:
    """The first line that is no link."""
    wrong = (each for each in links_of(text) if not may_be_linked(each.address))
    return next((each.address for each in wrong), None)


def _uploaded(hass: HomeAssistant, file_id: str) -> tuple[bytes, tuple[int, int]]:
    """The picture that was uploaded, made fit. Raises ValueError if it is none."""
    with process_uploaded_file(hass, file_id) as path:
        return resized(path.read_bytes())
