"""The home in which the platforms are looked at."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest

from custom_components.reliable_notifications.channels.parts.aws import client
from tests.channels.phones import PushService, by_cloud, register

from .cottage import Cloud, Cottage
from .home import Home, lived_in
from .test_emptied_by_phone import Phoned


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


@pytest.fixture
async def phoned(
    hass: HomeAssistant,
    hass_client: Callable[[], Any],
    freezer: FrozenDateTimeFactory,
    tmp_path: Path,
    socket_enabled: None,
) -> AsyncIterator[Phoned]:
    """A home with a phone that really is registered."""
    hass.config.config_dir = str(tmp_path)
    place = Phoned(hass, freezer)
    place.push = PushService()
    async with place.push.running() as address:
        place.phone = await register(hass, hass_client, by_cloud(address))
        freezer.move_to("2026-11-26T07:00:00+00:00")
        async with lived_in(place):
            yield place


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Cloud:
    cloud = Cloud()
    monkeypatch.setattr(client, "_client", lambda service, keys: cloud)
    return cloud


@pytest.fixture
async def cottage(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, cloud: Cloud, tmp_path: Path
) -> AsyncIterator[Cottage]:
    freezer.move_to("2026-11-20 12:00:00+00:00")
    hass.config.config_dir = str(tmp_path)
    async with lived_in(Cottage(hass, freezer)) as place:
        yield place
