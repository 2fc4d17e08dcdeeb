"""One file, one writer: durable, bounded, and honest about failing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
import sqlite3
import stat
import threading

import pytest

from custom_components.reliable_notifications.adapters import (
    database_file,
    schema,
)
from custom_components.reliable_notifications.adapters.database import (
    Database,
    StorageFailed,
)
from tests.adapters.delivering import on_disk


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
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


async def test_what_was_written_is_on_the_disk(database: Database) -> None:
    assert await database.write(put("a")) == "a"

    assert on_disk(database, "SELECT key FROM meta") == [("a",)]
    assert await database.read(keys) == ["a"]


async def test_the_file_is_for_its_owner_only(database: Database) -> None:
    await database.write(put("a"))

    for path in database.path.parent.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path


async def test_every_transaction_is_synced(database: Database) -> None:
    def settings(connection: sqlite3.Connection) -> tuple[str, int]:
        (journal,) = connection.execute("PRAGMA journal_mode").fetchone()
        (synchronous,) = connection.execute("PRAGMA synchronous").fetchone()
        return journal, synchronous

    assert await database.write(settings) == ("wal", 2)  # 2 is FULL


async def test_waiting_callers_share_a_transaction(database: Database) -> None:
    statements: list[str] = []
    await database.write(lambda c: c.set_trace_callback(statements.append))
    disk = threading.Event()  # slow for the first, so that the others have to wait
    first = asyncio.ensure_future(database.write(lambda _: disk.wait(5)))
    others = [asyncio.ensure_future(database.write(put(f"{n:03}"))) for n in range(200)]
    await asyncio.sleep(0)
    disk.set()

    assert await first
    assert await asyncio.gather(*others) == [f"{n:03}" for n in range(200)]
    assert len(await database.read(keys)) == 200
    # the one before, the slow one, and everybody who waited for it
    assert statements.count("COMMIT") <= 3


async def test_a_failing_piece_hurts_no_other(database: Database) -> None:
    def half(connection: sqlite3.Connection) -> None:
        put("half")(connection)
        raise LookupError("changed my mind")

    results = await asyncio.gather(
        database.write(put("a")),
        database.write(half),
        database.write(put("a")),  # the key exists
        database.write(put("b")),
        return_exceptions=True,
    )

    assert [type(result) for result in results] == [
        str,
        LookupError,
        StorageFailed,
        str,
    ]
    assert await database.read(keys) == ["a", "b"]


async def test_reading_cannot_write(database: Database) -> None:
    with pytest.raises(StorageFailed, match="readonly"):
        await database.read(put("a"))


async def test_work_does_not_block_the_event_loop(database: Database) -> None:
    go_on = threading.Event()

    def slow(connection: sqlite3.Connection) -> bool:
        return go_on.wait(5)

    writing = asyncio.ensure_future(database.write(slow))
    reading = asyncio.ensure_future(database.read(slow))
    await asyncio.sleep(0)  # the loop turns although both threads hang
    go_on.set()

    assert await writing
    assert await reading


async def test_a_caller_who_gave_up_changes_nothing(database: Database) -> None:
    impatient = asyncio.ensure_future(database.write(put("a")))
    await asyncio.sleep(0)
    impatient.cancel()
    await database.write(put("b"))

    assert await database.read(keys) == ["a", "b"]


async def test_closing_writes_what_is_queued(tmp_path: Path) -> None:
    database = Database(tmp_path / "own.db")
    await database.open()
    queued = [asyncio.ensure_future(database.write(put(str(n)))) for n in range(9)]
    await asyncio.sleep(0)

    await database.close()
    await database.close()

    assert await asyncio.gather(*queued) == [str(n) for n in range(9)]
    assert len(on_disk(database, "SELECT key FROM meta")) == 9
    for attempt in (database.write(put("late")), database.read(keys)):
        with pytest.raises(StorageFailed, match="closed"):
            await attempt
    assert not [t for t in threading.enumerate() if t.name.startswith("rn-database")]


async def test_it_can_be_opened_again(tmp_path: Path) -> None:
    for number in range(3):
        database = Database(tmp_path / "own.db")
        await database.open()
        assert database.recovered is None
        await database.write(put(str(number)))
        await database.close()

    assert on_disk(database, "SELECT count(*) FROM meta") == [(3,)]


async def test_a_broken_file_is_moved_aside(tmp_path: Path) -> None:
    path = tmp_path / "own.db"
    path.write_bytes(b"this is no database at all " * 500)
    (tmp_path / "own.db-wal").write_bytes(b"left over")

    database = Database(path)
    await database.open()

    assert database.recovered is not None
    assert database.recovered.read_bytes().startswith(b"this is no database")
    await database.write(put("a"))
    assert await database.read(keys) == ["a"]
    await database.close()


async def test_a_torn_page_is_found(tmp_path: Path) -> None:
    path = tmp_path / "own.db"
    database = Database(path)
    await database.open()
    for n in range(50):
        await database.write(put(str(n), "x" * 3000))
    await database.close()
    content = bytearray(path.read_bytes())
    content[8192:16384] = b"\xff" * 8192
    path.write_bytes(content)

    again = Database(path)
    await again.open()

    assert again.recovered is not None
    assert set(await again.read(keys)) <= {str(n) for n in range(50)}
    await again.close()


async def test_a_file_of_the_future_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "own.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE wonder (x)")
        connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    connection.close()
    database = Database(path)

    with pytest.raises(schema.DatabaseTooNew) as caught:
        await database.open()

    assert caught.value.found == schema.VERSION + 1
    assert on_disk(database, "SELECT name FROM sqlite_master") == [("wonder",)]


async def test_no_place_for_a_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(StorageFailed, match="nowhere"):
        await Database(tmp_path / "nowhere" / "own.db").open()


async def test_a_migration_is_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "own.db"
    await _open_and_close(path)
    known, version = schema.MIGRATIONS, schema.VERSION
    added = ("CREATE TABLE added (x)", "CREATE TABLE notification (x)")
    monkeypatch.setattr(schema, "MIGRATIONS", (*known, added))
    monkeypatch.setattr(schema, "VERSION", version + 1)

    with pytest.raises(StorageFailed, match="already exists"):
        await _open_and_close(path)

    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (version,)
        assert not connection.execute(
            "SELECT 1 FROM sqlite_master WHERE name = 'added'"
        ).fetchall()
    connection.close()

    monkeypatch.setattr(schema, "MIGRATIONS", (*known, added[:1]))
    await _open_and_close(path)
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (version + 1,)
    connection.close()


async def test_the_first_version_becomes_the_present_one_with_its_rows(
    tmp_path: Path,
) -> None:
    path = tmp_path / "own.db"
    with sqlite3.connect(path) as connection:
        for statement in schema.MIGRATIONS[0]:
            connection.execute(statement)
        connection.execute("PRAGMA user_version = 1")
        connection.execute(
            "INSERT INTO cycle (appliance_id, id, started_at) VALUES ('a', 'c', 5.0)"
        )
    connection.close()
    await _open_and_close(path)
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
        found = connection.execute("SELECT id, started_at, cost FROM cycle").fetchall()
    connection.close()
    assert found == [("c", 5.0, None)]


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


async def _open_and_close(path: Path) -> None:
    database = Database(path)
    await database.open()
    await database.close()


async def test_a_file_that_somebody_locks_is_not_taken_for_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_file, "LOCK_PATIENCE", 0.05)
    path = tmp_path / "own.db"
    await _open_and_close(path)
    person = sqlite3.connect(path, isolation_level=None)
    person.execute("PRAGMA locking_mode = EXCLUSIVE")
    person.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(StorageFailed, match="locked"):
            await Database(path).open()
    finally:
        person.close()

    await _open_and_close(path)
    assert on_disk(Database(path), "SELECT count(*) FROM meta") == [(0,)]
    assert names(tmp_path) == ["own.db"]
