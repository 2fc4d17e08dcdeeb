"""The stage on which real platforms are built, with the other side on loopback."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

from homeassistant.core import HomeAssistant
import pytest

from tests.channels.faults import matrix
from tests.channels.faults.scene import Stage

# these need the libraries of other integrations, which only the oldest and the newest
# environment have; between the two nothing of this changes
collect_ignore = [] if matrix.VERSION in matrix.SHOWN else ["test_alexa.py"]


@pytest.fixture
async def stage(
    hass: HomeAssistant,
    hass_client: Callable[[], Awaitable[Any]],
    hass_ws_client: Callable[..., Awaitable[Any]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    socket_enabled: None,
) -> AsyncIterator[Stage]:
    stage = Stage(hass, hass_client, hass_ws_client, monkeypatch, tmp_path)
    try:
        yield stage
    finally:
        for close in reversed(stage.closing):
            await close()
