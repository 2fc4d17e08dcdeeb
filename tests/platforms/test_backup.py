"""A backup reads our file in this process; afterwards it has to be ours again."""

from __future__ import annotations

import asyncio
from pathlib import Path
import subprocess
import sys

from homeassistant.core import HomeAssistant
import pytest

from custom_components.reliable_notifications.adapters.database import StorageFailed
from custom_components.reliable_notifications.backup import (
    async_post_backup,
    async_pre_backup,
)
from custom_components.reliable_notifications.const import DATABASE_FILE

from .home import Home

# asks as another program would: SQLite's lock of everybody who uses a file lies on
# 510 bytes from 0x40000002 on (os_unix.c)
_ASK = """
import fcntl, os, sys
file = os.open(sys.argv[1], os.O_RDWR)
try:
    fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 510, 0x40000002)
except BlockingIOError:
    print("used")
else:
    print("free")
"""


def _looks(file: Path) -> str:
    asked = subprocess.run(
        [sys.executable, "-c", _ASK, str(file)],
        capture_output=True,
        text=True,
        check=True,
    )
    return asked.stdout.strip()


def _back_up(file: Path) -> bytes:
    return file.read_bytes()


async def test_after_a_backup_the_database_is_ours_again(home: Home) -> None:
    hass = home.hass
    file = Path(hass.config.path(".storage", DATABASE_FILE))
    assert await hass.async_add_executor_job(_looks, file) == "used"
    await async_pre_backup(hass)
    await hass.async_add_executor_job(_back_up, file)
    assert await hass.async_add_executor_job(_looks, file) == "free"
    await async_post_backup(hass)
    assert await hass.async_add_executor_job(_looks, file) == "used"


async def test_nothing_is_refused_meanwhile(home: Home) -> None:
    database = home.entry.runtime_data.database
    answers = await asyncio.gather(
        *(database.write(lambda _: 1) for _ in range(20)),
        async_post_backup(home.hass),
        *(database.write(lambda _: 1) for _ in range(20)),
        *(database.read(lambda _: 1) for _ in range(20)),
    )
    assert answers.count(1) == 60


async def test_a_backup_is_never_stopped(
    home: Home, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail() -> None:
        raise StorageFailed("disk gone")

    monkeypatch.setattr(home.entry.runtime_data.database, "renew", fail)
    await async_post_backup(home.hass)
    assert "could not be opened again" in caplog.text


async def test_without_an_entry_there_is_nothing_to_do(hass: HomeAssistant) -> None:
    await async_pre_backup(hass)
    await async_post_backup(hass)
