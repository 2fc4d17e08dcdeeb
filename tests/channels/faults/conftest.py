"""The stage on which the scenes are built, and the page in which the cells end."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

from homeassistant.core import HomeAssistant
import pytest

from tests.channels.faults import matrix
from tests.channels.faults.matrix import Fault
from tests.channels.faults.scene import Stage

# what is measured is shown, and between the two versions nothing of this changes
collect_ignore_glob = [] if matrix.VERSION in matrix.SHOWN else ["test_*.py"]

type Cells = dict[tuple[str, Fault], str]


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


@pytest.fixture(scope="session")
def cells() -> Iterator[Cells]:
    measured: Cells = {}
    yield measured
    if matrix.WRITING and matrix.VERSION in matrix.SHOWN:
        matrix.write(measured)
