"""Edge 3: files as a power cut, a bad disk or a careless copy leaves them behind.

Real files, really damaged. Whatever was done to them, the database opens, works, and
nothing that could be of use was deleted.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
import random
import signal
import sqlite3
import stat
import subprocess
import sys

import pytest

from custom_components.reliable_notifications.adapters.cycle_log import CycleLog
from custom_components.reliable_notifications.adapters.database import Database
from custom_components.reliable_notifications.adapters.outbox import Outbox
from custom_components.reliable_notifications.adapters.unreadable import (
    async_drop_unreadable,
)
from custom_components.reliable_notifications.engine.vocabulary import Plan, PlannedStep
from tests.adapters.delivering import notification

PLAN = Plan(
    recipient_id="anna",
    recipient_name="Anna",
    steps=(PlannedStep(channel_id="phone", reason="first"),),
)
PAGE = 4096

# writes 200 rows and is killed: the latest of them are only in the log beside the file
_KILLED = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA wal_autocheckpoint = 0")
for number in range(200):
    connection.execute("INSERT INTO meta VALUES (?, 'late')", (f"late-{number}",))
os.kill(os.getpid(), signal.SIGKILL)
"""


async def filled(path: Path) -> bytes:
    """A file with a few hundred rows, closed properly; returns its content."""
    database = Database(path)
    await database.open()
    outbox = Outbox(database)
    await asyncio.gather(
        *(
            outbox.accept(notification(message=f"message {number}"), [PLAN])
            for number in range(150)
        )
    )
    await database.close()
    return _content(path)


def _content(path: Path) -> bytes:
    return path.read_bytes()


def _modes(folder: Path) -> dict[str, int]:
    return {part.name: stat.S_IMODE(part.stat().st_mode) for part in folder.iterdir()}


def _open_to_all(folder: Path) -> None:
    for part in folder.iterdir():
        part.chmod(0o666)


def killed(path: Path) -> None:
    """Let another process die while it writes."""
    ran = subprocess.run([sys.executable, "-c", _KILLED, str(path)], check=False)
    assert ran.returncode == -signal.SIGKILL
    assert path.with_name(f"{path.name}-wal").stat().st_size > PAGE


async def works(path: Path) -> tuple[Path | None, int]:
    """Open it, write and read; returns what was moved aside and how many intents."""
    database = Database(path)
    await database.open()
    assert database.refusal is None
    await database.write(lambda c: c.execute("INSERT INTO meta VALUES ('new', 'x')"))
    (count,) = await database.read(
        lambda c: tuple(c.execute("SELECT count(*) FROM intent").fetchone())
    )
    await database.close()
    assert set(_modes(path.parent).values()) == {0o600}
    return database.recovered, count


def half(content: bytes) -> bytes:
    return content[: len(content) // 2]


def a_page_short(content: bytes) -> bytes:
    return content[:-PAGE]


def header_of_zeros(content: bytes) -> bytes:
    return bytes(100) + content[100:]


def another_header(content: bytes) -> bytes:
    return b"PK\x03\x04 not a database" + content[22:]


def nothing(_: bytes) -> bytes:
    return b""


def all_zeros(content: bytes) -> bytes:
    return bytes(len(content))


def page_of_noise(content: bytes) -> bytes:
    dice = random.Random(3)
    return content[: 3 * PAGE] + dice.randbytes(PAGE) + content[4 * PAGE :]


def page_written_twice(content: bytes) -> bytes:
    return content[: 40 * PAGE] + content[41 * PAGE : 42 * PAGE] + content[41 * PAGE :]


@pytest.mark.parametrize(
    ("damage", "saved"),
    [
        (half, False),
        (a_page_short, True),
        (header_of_zeros, False),
        (another_header, False),
        (nothing, False),
        (all_zeros, False),
        (page_of_noise, True),
        (page_written_twice, True),
    ],
)
async def test_edge_03_a_damaged_file_is_moved_aside_and_the_service_goes_on(
    tmp_path: Path, damage: Callable[[bytes], bytes], saved: bool
) -> None:
    path = tmp_path / "own.db"
    damaged = damage(await filled(path))
    path.write_bytes(damaged)
    path.chmod(0o644)  # as a restore may leave it

    recovered, count = await works(path)
    assert recovered is not None
    assert recovered.read_bytes() == damaged
    assert (count > 100) is saved
    assert await works_again(path)


async def works_again(path: Path) -> bool:
    """The new file is a good one."""
    connection = sqlite3.connect(path)
    connection.execute("DELETE FROM meta WHERE key = 'new'")
    connection.commit()
    connection.close()
    recovered, _ = await works(path)
    return recovered is None


async def test_edge_03_flipped_bytes_never_stop_the_service(tmp_path: Path) -> None:
    """Wherever they are: found and moved aside, or in a row that is taken out."""
    whole = await filled(tmp_path / "whole.db")
    (tmp_path / "whole.db").unlink()
    dice = random.Random(2026)
    met = {"aside": 0, "taken out": 0, "not noticed": 0}
    for number in range(60):
        content = bytearray(whole)
        for _ in range(2):
            content[dice.randrange(100, len(content))] ^= 1 << dice.randrange(8)
        path = tmp_path / f"{number}.db"
        path.write_bytes(content)
        database = Database(path)
        await database.open()
        outbox = Outbox(database)
        dropped = await async_drop_unreadable(database, outbox)
        await outbox.records_since(0.0)
        await outbox.open_intents()
        (fresh,) = await outbox.accept(notification(), [PLAN])
        (back,) = await outbox.load([fresh])
        assert back.delivery.steps == PLAN.steps
        await database.close()
        what = "aside" if database.recovered else "taken out" if dropped else None
        met[what or "not noticed"] += 1
    assert min(met.values()) > 0, met  # the test has seen all three


async def test_edge_03_a_row_without_sense_hinders_no_other(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "own.db"
    await filled(path)
    connection = sqlite3.connect(path)
    ids = [row[0] for row in connection.execute("SELECT id FROM intent LIMIT 3")]
    for intent_id, column, value in zip(
        ids, ("steps", "state", "evidence"), ("[{", "sendinh", "deliverec"), strict=True
    ):
        connection.execute(
            f"UPDATE intent SET {column} = ? WHERE id = ?", (value, intent_id)
        )
    connection.commit()
    connection.close()
    database = Database(path)
    await database.open()
    outbox = Outbox(database)
    with pytest.raises(ValueError, match=r"."):
        await outbox.open_intents()

    assert await async_drop_unreadable(database, outbox) == 3
    assert len(await outbox.open_intents()) == 147
    assert "3 messages of the log were damaged" in caplog.text
    assert await async_drop_unreadable(database, outbox) == 0
    await database.close()


async def test_edge_03_a_damaged_memory_of_an_appliance_begins_anew(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    database = Database(tmp_path / "own.db")
    await database.open()
    log = CycleLog(database)
    await log.save("washer", {"detector": {}}, None, 1.0)
    await log.save("dryer", {"detector": {}}, None, 1.0)
    await database.write(
        lambda c: c.execute(
            "UPDATE detector_state SET snapshot = CAST(X'7BFF7D' AS TEXT)"
            " WHERE appliance_id = 'washer'"
        )
    )
    assert await log.snapshots() == {"dryer": (1.0, {"detector": {}})}
    assert "begins anew" in caplog.text
    await database.close()


async def test_edge_03_what_is_only_in_the_log_beside_the_file_is_there(
    tmp_path: Path,
) -> None:
    path = tmp_path / "own.db"
    await filled(path)
    killed(path)
    assert await works(path) == (None, 150)
    assert _late(path) == 200


async def test_edge_03_a_missing_log_costs_what_was_in_it_and_no_more(
    tmp_path: Path,
) -> None:
    path = tmp_path / "own.db"
    await filled(path)
    killed(path)
    for suffix in ("-wal", "-shm"):
        path.with_name(f"own.db{suffix}").unlink()
    assert await works(path) == (None, 150)
    assert _late(path) == 0


@pytest.mark.parametrize("kept", [0.3, 0.5, 0.9, 0.999])
async def test_edge_03_a_log_that_is_cut_off_counts_up_to_the_cut(
    tmp_path: Path, kept: float
) -> None:
    path = tmp_path / "own.db"
    await filled(path)
    killed(path)
    log = path.with_name("own.db-wal")
    log.write_bytes(log.read_bytes()[: int(log.stat().st_size * kept)])
    assert await works(path) == (None, 150)
    assert 0 < _late(path) < 200


async def test_edge_03_noise_in_the_log_ends_it_there(tmp_path: Path) -> None:
    path = tmp_path / "own.db"
    await filled(path)
    killed(path)
    log = path.with_name("own.db-wal")
    content = bytearray(log.read_bytes())
    content[len(content) // 2 :] = random.Random(4).randbytes(
        len(content) - len(content) // 2
    )
    log.write_bytes(content)
    assert await works(path) == (None, 150)
    assert 0 < _late(path) < 200


async def test_edge_03_a_file_without_rows_under_the_log_of_another(
    tmp_path: Path,
) -> None:
    """A careless restore: an old file is put under the log of the latest one."""
    path = tmp_path / "own.db"
    await filled(path)
    killed(path)
    path.write_bytes(b"")
    recovered, count = await works(path)
    assert recovered is not None
    assert recovered.with_name(f"{recovered.name}-wal").exists()
    assert count == 0


async def test_files_that_a_restore_has_brought_are_made_private(
    tmp_path: Path,
) -> None:
    path = tmp_path / "own.db"
    await filled(path)
    killed(path)
    _open_to_all(tmp_path)
    database = Database(path)
    await database.open()
    await database.write(lambda c: c.execute("INSERT INTO meta VALUES ('a', 'b')"))
    assert _modes(tmp_path) == dict.fromkeys(
        ("own.db", "own.db-wal", "own.db-shm"), 0o600
    )
    await database.close()


async def test_a_file_that_could_not_shrink_is_made_to(tmp_path: Path) -> None:
    """One from before there was a limit to how long rows are kept."""
    path = tmp_path / "own.db"
    old = sqlite3.connect(path)
    old.execute("CREATE TABLE left_over (x)")
    old.executemany("INSERT INTO left_over VALUES (?)", [("y" * 500,)] * 500)
    old.commit()
    old.close()
    assert await works(path) == (None, 0)
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA auto_vacuum").fetchone() == (2,)
    assert connection.execute("SELECT count(*) FROM left_over").fetchone() == (500,)
    connection.close()


def _late(path: Path) -> int:
    connection = sqlite3.connect(path)
    (count,) = connection.execute(
        "SELECT count(*) FROM meta WHERE value = 'late'"
    ).fetchone()
    connection.close()
    return int(count)
