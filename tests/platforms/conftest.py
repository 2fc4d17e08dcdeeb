"""The home in which the platforms are looked at."""

from __future__ import annotations

from collections.abc import AsyncIterator

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest

from .home import Home


@pytest.fixture
async def home(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> AsyncIterator[Home]:
    """A home that is set up, on a winter morning."""
    freezer.move_to("2026-11-21T07:00:00+00:00")
    place = Home(hass, freezer)
    await place.set_up()
    yield place
    await hass.config_entries.async_unload(place.entry.entry_id)
    await place.settle()
