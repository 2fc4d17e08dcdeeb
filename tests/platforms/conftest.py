"""The home in which the platforms are looked at."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest

from .home import Home, lived_in


@pytest.fixture
def empty_home(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, tmp_path: Path
) -> Home:
    """A home with files of its own, not set up, on a winter morning."""
    freezer.move_to("2026-11-21T07:00:00+00:00")
    hass.config.config_dir = str(tmp_path)
    return Home(hass, freezer)


@pytest.fixture
async def home(empty_home: Home) -> AsyncIterator[Home]:
    """A home that is set up."""
    async with lived_in(empty_home) as place:
        yield place
