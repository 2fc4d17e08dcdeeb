"""A backup reads our file in this process; afterwards it has to be ours again."""

from __future__ import annotations

import asyncio
from pathlib import Path
import subprocess
import sys
import threading

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


@pytest.mark.parametrize("error", [StorageFailed("disk gone"), KeyError("a mistake")])
async def test_a_backup_is_never_stopped(
    home: Home,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
) -> None:
    async def fail(*_: object) -> None:
        raise error

    database = home.entry.runtime_data.database
    monkeypatch.setattr(database, "write", fail)
    monkeypatch.setattr(database, "renew", fail)
    await async_pre_backup(home.hass)
    assert "may lack the latest messages" in caplog.text
    await async_post_backup(home.hass)
    assert "could not be opened again" in caplog.text
    monkeypatch.undo()


async def test_a_backup_is_never_held_up(
    home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    disk = threading.Event()
    database = home.entry.runtime_data.database
    hanging = asyncio.ensure_future(database.write(lambda _: disk.wait(10)))
    await asyncio.sleep(0)
    for hook in (async_pre_backup, async_post_backup):
        waiting = asyncio.ensure_future(hook(home.hass))
        for _ in range(5):
            await asyncio.sleep(0)
        assert not waiting.done()
        home.clock.tick(11)
        await waiting
    assert caplog.text.count("no answer within 10 seconds") == 2
    disk.set()
    assert await hanging
    await home.settle()
    assert await database.read(lambda _: "works")


async def test_the_file_stands_still_while_it_is_copied(home: Home) -> None:
    """What is copied first and what is copied last fit together, whatever happens."""
    hass = home.hass
    file = Path(hass.config.path(".storage", DATABASE_FILE))
    database = home.entry.runtime_data.database
    await async_pre_backup(hass)
    before = await hass.async_add_executor_job(_back_up, file)
    for number in range(3000):  # thrice the log at which SQLite would tidy up
        await database.write(
            lambda connection, number=number: connection.execute(
                "INSERT INTO meta VALUES (?, ?)", (f"row-{number}", "x" * 2000)
            )
        )
    log = file.with_name(f"{file.name}-wal")
    assert await hass.async_add_executor_job(_back_up, file) == before
    assert log.stat().st_size > 10_000_000
    await async_post_backup(hass)
    assert log.stat().st_size < 1_000_000


async def test_without_an_entry_there_is_nothing_to_do(hass: HomeAssistant) -> None:
    await async_pre_backup(hass)
    await async_post_backup(hass)
