"""A disk that is full, read-only or broken: all goes on in memory, and is made up for.

Edge 4 of the delivery reference, as far as the database goes.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
import json
from pathlib import Path
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from typing import Any

import pytest

from custom_components.reliable_notifications.adapters import refuge
from custom_components.reliable_notifications.adapters.database import (
    Database,
    StorageFailed,
)
from tests.adapters.delivering import on_disk, wait_for
from tests.adapters.tight_disk import TightDisk, tight_disk

BIG = "x" * 1_000_000


@pytest.fixture
def disk() -> Iterator[TightDisk]:
    with tight_disk() as tight:
        yield tight


@pytest.fixture
async def database(tmp_path: Path, disk: TightDisk) -> AsyncIterator[Database]:
    opened = Database(tmp_path / "own.db")
    await opened.open()
    yield opened
    await opened.close()


def put(key: str, value: str = "x"):  # type: ignore[no-untyped-def]
    def work(connection: sqlite3.Connection) -> str:
        connection.execute("INSERT INTO meta VALUES (?, ?)", (key, value))
        return key

    return work


def keys(connection: sqlite3.Connection) -> list[str]:
    return [row[0] for row in connection.execute("SELECT key FROM meta ORDER BY key")]


def whole(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    return [tuple(row) for row in connection.execute("SELECT * FROM meta ORDER BY key")]


async def test_edge_04_a_full_disk_takes_nothing_away(
    database: Database, disk: TightDisk, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[str | None] = []
    database.listen(lambda: heard.append(database.refusal))
    await database.write(put("before"))
    await disk.fill(database)

    assert await database.write(put("big", BIG)) == "big"
    assert database.refusal == "database or disk is full"
    assert await database.write(put("small")) == "small"
    assert await database.read(keys) == ["before", "big", "small"]
    assert on_disk(database, "SELECT key FROM meta") == [("before",)]

    await disk.empty(database)
    await database.write(put("after"))
    assert await database.read(keys) == ["after", "before", "big", "small"]
    assert len(on_disk(database, "SELECT key FROM meta")) == 4
    assert heard == ["database or disk is full", None]
    said = [record.getMessage() for record in caplog.records]
    assert sum("messages go on from memory" in line for line in said) == 1
    assert sum("The disk is back" in line for line in said) == 1


async def test_whoever_shares_the_transaction_is_served_too(
    database: Database, disk: TightDisk
) -> None:
    await disk.fill(database)
    answers = await asyncio.gather(
        *(database.write(put(f"{n:03}")) for n in range(100)),
        database.write(put("big", BIG)),
        *(database.write(put(f"{n:03}")) for n in range(100, 200)),
    )
    assert len(answers) == 201
    assert len(await database.read(keys)) == 201
    await disk.empty(database)
    assert len(on_disk(database, "SELECT key FROM meta")) == 201


async def test_a_mistake_of_the_work_is_none_of_the_disk(
    database: Database, disk: TightDisk
) -> None:
    await disk.fill(database)
    await database.write(put("big", BIG))

    with pytest.raises(StorageFailed, match="UNIQUE"):
        await database.write(put("big"))
    await disk.empty(database)
    assert on_disk(database, "SELECT key FROM meta") == [("big",)]


async def test_work_that_asks_for_the_impossible_hurts_no_other_in_memory(
    database: Database, disk: TightDisk
) -> None:
    await disk.fill(database)
    await database.write(put("big", BIG))
    answers = await asyncio.gather(
        database.write(lambda c: c.execute("PRAGMA wal_checkpoint(TRUNCATE)")),
        database.write(put("small")),
        return_exceptions=True,
    )
    assert isinstance(answers[0], StorageFailed)
    assert answers[1] == "small"
    await disk.empty(database)


async def test_what_does_not_fit_yet_is_tried_again_by_itself(
    database: Database, disk: TightDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "custom_components.reliable_notifications.adapters.writer.RETRY_EVERY", 0.02
    )
    await disk.fill(database)
    await database.write(put("big", BIG))
    await asyncio.sleep(0.1)  # tried in vain several times, by the writer's own clock
    assert database.refusal is not None

    disk._pages = 1_000_000
    await wait_for(lambda: database.refusal is None)
    assert on_disk(database, "SELECT key FROM meta") == [("big",)]


async def test_a_disk_that_refuses_to_the_end_is_said(
    database: Database, disk: TightDisk, caplog: pytest.LogCaptureFixture
) -> None:
    await disk.fill(database)
    await database.write(put("big", BIG))
    await database.close()
    assert "1 changes of the log are lost" in caplog.text
    assert on_disk(database, "SELECT key FROM meta") == []


async def test_what_is_remembered_has_a_bound(
    database: Database,
    disk: TightDisk,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(refuge, "_MOST_REMEMBERED", database._journal.maxlen)
    await disk.fill(database)
    await database.write(put("big", BIG))
    database._journal.extend([lambda _: None] * (database._journal.maxlen or 0))
    for number in range(3):
        await database.write(put(f"{number}"))
    assert caplog.text.count("the oldest changes of the log are given up") == 1
    assert len(database._journal) == database._journal.maxlen
    await disk.empty(database)
    # what was given up is the oldest
    assert on_disk(database, "SELECT key FROM meta ORDER BY key") == [
        ("0",),
        ("1",),
        ("2",),
    ]


async def test_edge_04_somebody_who_locks_the_file_holds_nobody_up(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await database.write(lambda c: c.execute("PRAGMA busy_timeout = 50").fetchone())
    person = sqlite3.connect(database.path, isolation_level=None)
    person.execute("BEGIN IMMEDIATE")

    await database.write(put("meanwhile"))
    assert database.refusal == "database is locked"
    person.execute("ROLLBACK")
    person.close()
    await database.try_disk()
    await wait_for(lambda: database.refusal is None)
    assert on_disk(database, "SELECT key FROM meta") == [("meanwhile",)]


async def test_edge_03_a_page_that_breaks_while_we_run(
    database: Database,
) -> None:
    """What can be read is saved; the broken file is moved aside and a new one made."""
    for number in range(300):
        await database.write(put(f"{number:03}", "x" * 400))
    await database.renew()  # all pages are in the file itself now
    content = bytearray(database.path.read_bytes())
    middle = len(content) * 3 // 4 // 4096 * 4096
    content[middle : middle + 8192] = b"\xff" * 8192
    database.path.write_bytes(content)

    found = await database.read(whole)
    assert database.refusal == "database disk image is malformed"
    assert 100 < len(found) < 300
    await database.try_disk()
    await wait_for(lambda: database.refusal is None)
    assert database.recovered is not None
    assert await database.read(whole) == found
    await database.write(put("after"))


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that others may enter: the tests may run as root, a scenario not."""
    place = Path(tempfile.mkdtemp(prefix="rn-disk-"))
    place.chmod(0o755)
    yield place
    place.chmod(0o755)
    shutil.rmtree(place)


def _run(scenario: str, folder: Path) -> dict[str, Any]:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.adapters.refusing_disk", scenario, str(folder)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ran.returncode == 0, ran.stderr
    answer: dict[str, Any] = json.loads(ran.stdout)
    return answer


def _keys(folder: Path) -> list[str]:
    connection = sqlite3.connect(folder / "own.db")
    found = keys(connection)
    connection.close()
    return found


def test_edge_04_a_device_that_takes_no_byte(folder: Path) -> None:
    happened = _run("no_write_reaches_the_disk", folder)
    assert happened["refusal"] == happened["still"] == "disk I/O error"
    assert happened["seen"] == ["before", "meanwhile"]
    assert _keys(folder) == ["after", "before", "later", "meanwhile"]


def test_edge_04_a_disk_that_only_reads_from_the_start(folder: Path) -> None:
    happened = _run("the_folder_is_read_only", folder)
    assert happened["refusal"]
    assert happened["seen"] == ["before", "meanwhile"]
    assert _keys(folder) == ["before", "meanwhile"]


def test_edge_04_the_first_set_up_on_a_disk_that_only_reads(folder: Path) -> None:
    assert _run("nothing_can_be_made", folder)["refusal"]
    assert _keys(folder) == ["meanwhile"]


async def test_no_thread_is_left(database: Database, disk: TightDisk) -> None:
    await disk.fill(database)
    await database.write(put("big", BIG))
    await database.close()
    assert not [t for t in threading.enumerate() if t.name.startswith("rn-database")]
