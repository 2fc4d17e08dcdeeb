"""A home with dashboards."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest

from tests.platforms.home import Home


@pytest.fixture
async def house(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, tmp_path: Path
) -> AsyncIterator[Home]:
    """A home with dashboards, in which nothing is set up yet."""
    freezer.move_to("2026-11-21T07:00:00+00:00")
    hass.config.config_dir = str(tmp_path)
    assert await async_setup_component(hass, "lovelace", {})
    house = Home(hass, freezer)
    yield house
    if house.entry.state is ConfigEntryState.LOADED:
        await hass.config_entries.async_unload(house.entry.entry_id)
    await house.settle()


@pytest.fixture
async def home(house: Home) -> Home:
    """A home with dashboards, with everything set up."""
    await house.add()
    await house.set_up()
    return house
