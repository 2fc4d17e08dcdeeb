"""A process whose disk really refuses, run by the tests of what follows from that.

    python -m tests.adapters.refusing_disk SCENARIO FOLDER

Prints what happened as JSON. What a process does to itself (limits, rights) ends with
it, so each scenario has a process of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
import json
import os
from pathlib import Path
import resource
import sqlite3
import sys
from typing import Any

from custom_components.reliable_notifications.adapters.database import Database
from tests.adapters.delivering import wait_for

NOBODY = 65534


def put(key: str) -> Callable[[sqlite3.Connection], None]:
    def work(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO meta VALUES (?, ?)", (key, "x" * 500))

    return work


def keys(connection: sqlite3.Connection) -> list[str]:
    return [row[0] for row in connection.execute("SELECT key FROM meta ORDER BY key")]


def forbid(folder: Path) -> None:
    """Nobody may change anything there, and we are nobody."""
    for part in folder.iterdir():
        part.chmod(0o444)
    folder.chmod(0o555)
    if os.getuid() == 0:
        os.seteuid(NOBODY)


def allow(folder: Path) -> None:
    os.seteuid(os.getuid())
    folder.chmod(0o755)
    for part in folder.iterdir():
        part.chmod(0o600)


async def no_write_reaches_the_disk(folder: Path) -> dict[str, Any]:
    """Every write fails with EFBIG, as if the device were broken."""
    database = Database(folder / "own.db")
    await database.open()
    await database.write(put("before"))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    await database.write(put("meanwhile"))
    refusal = database.refusal
    seen = await database.read(keys)
    await database.try_disk()
    await database.write(put("later"))
    still = database.refusal
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    await database.try_disk()
    await wait_for(lambda: database.refusal is None)
    await database.write(put("after"))
    await database.close()
    return {"refusal": refusal, "seen": seen, "still": still}


async def the_folder_is_read_only(folder: Path) -> dict[str, Any]:
    """The file is there from before; nothing can be changed from the start."""
    path = folder / "own.db"
    database = Database(path)
    await database.open()
    await database.write(put("before"))
    await database.close()
    forbid(folder)
    again = Database(path)
    await again.open()
    refusal = again.refusal
    await again.write(put("meanwhile"))
    seen = await again.read(keys)
    allow(folder)
    await again.try_disk()
    await wait_for(lambda: again.refusal is None)
    await again.close()
    return {"refusal": refusal, "seen": seen}


async def nothing_can_be_made(folder: Path) -> dict[str, Any]:
    """The first set-up on a disk that only reads."""
    forbid(folder)
    database = Database(folder / "own.db")
    await database.open()
    refusal = database.refusal
    await database.write(put("meanwhile"))
    allow(folder)
    await database.try_disk()
    await wait_for(lambda: database.refusal is None)
    await database.close()
    return {"refusal": refusal}


SCENARIOS: dict[str, Callable[[Path], Awaitable[dict[str, Any]]]] = {
    scenario.__name__: scenario
    for scenario in (
        no_write_reaches_the_disk,
        the_folder_is_read_only,
        nothing_can_be_made,
    )
}


async def main(name: str, folder: Path) -> None:
    print(json.dumps(await SCENARIOS[name](folder)))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
