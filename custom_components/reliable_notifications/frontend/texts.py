"""The dashboard's own words, in the language of the home.

Names of entities and states are translated by Home Assistant; these are the
headings and sentences around them. No text is written here.
"""

from __future__ import annotations

from collections.abc import Mapping

from homeassistant.core import HomeAssistant
from homeassistant.helpers.translation import async_get_translations

from ..const import DOMAIN

# the part of the translation files that is meant for the panel of an integration
_CATEGORY = "config_panel"


class Texts:
    """Texts by section and key; one without a translation shows its key."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        """Take texts by their full path, as Home Assistant hands them out."""
        self._texts = texts

    def __call__(self, section: str, key: str, **placeholders: str) -> str:
        """Find a text and fill in what it leaves open."""
        text = self._texts.get(f"component.{DOMAIN}.{_CATEGORY}.{section}.{key}", key)
        return text.format(**placeholders) if placeholders else text


async def async_load_texts(hass: HomeAssistant) -> Texts:
    """Load the texts in the language of the home, English where there is none."""
    return Texts(
        await async_get_translations(hass, hass.config.language, _CATEGORY, [DOMAIN])
    )
