"""Cycles and detectors survive in a real database file."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path
import sqlite3

import pytest

from custom_components.reliable_notifications.adapters.cycle_log import (
    CycleLog,
    store_cycle,
)
from custom_components.reliable_notifications.adapters.database import Database
from custom_components.reliable_notifications.engine.vocabulary import CycleRecord

T = 1_795_262_400.0
HOUR = 3600.0

OPEN = CycleRecord(
    cycle_id="c1",
    appliance_id="washer",
    started_at=T,
    ended_at=None,
    announced_at=None,
    energy_wh=12.5,
)
DONE = replace(
    OPEN, ended_at=T + HOUR, announced_at=T + HOUR + 40, energy_wh=812.5, estimated=True
)
ABORTED = replace(
    DONE, cycle_id="c2", started_at=T + 2 * HOUR, interrupted=True, estimated=False
)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncGenerator[Database]:
    database = Database(tmp_path / "log.db")
    await database.open()
    yield database
    await database.close()


@pytest.fixture
def log(database: Database) -> CycleLog:
    return CycleLog(database)


async def test_a_detector_comes_back_as_it_was_stored(log: CycleLog) -> None:
    snapshot = {"state": "running", "levels": [1.5, None], "größe": {"a": True}}
    await log.save("washer", snapshot, None, T)
    await log.save("dryer", {}, None, T + 1)
    await log.save("dryer", {"state": "idle"}, None, T + 2)
    assert await log.snapshots() == {
        "washer": (T, snapshot),
        "dryer": (T + 2, {"state": "idle"}),
    }


async def test_a_cycle_grows_in_one_row(log: CycleLog) -> None:
    await log.save("washer", {}, OPEN, T)
    assert await log.records_since(T) == [OPEN]
    await log.save("washer", {}, DONE, T)
    assert await log.records_since(T) == [DONE]


async def test_a_reopened_cycle_is_not_over_any_more(log: CycleLog) -> None:
    await log.save("washer", {}, DONE, T)
    assert await log.last_cycles("washer", 1) == [DONE]
    assert await log.count("washer") == 1
    await log.save("washer", {}, OPEN, T)
    assert await log.last_cycles("washer", 1) == []
    assert await log.count("washer") == 0


async def test_the_log_keeps_what_is_open_or_recently_announced(log: CycleLog) -> None:
    for cycle in (
        ABORTED,
        DONE,
        replace(OPEN, cycle_id="c3", started_at=T - 99 * HOUR),
    ):
        await log.save("washer", {}, cycle, T)
    ids = [cycle.cycle_id for cycle in await log.records_since(T)]
    assert ids == ["c3", "c1", "c2"]
    assert [each.cycle_id for each in await log.records_since(T + 2 * HOUR)] == ["c3"]


async def test_last_cycle_may_be_interrupted_but_is_not_counted(log: CycleLog) -> None:
    await log.save("washer", {}, DONE, T)
    await log.save("washer", {}, ABORTED, T)
    assert await log.last_cycles("washer", 1) == [ABORTED]
    assert await log.last_cycles("washer", 3) == [ABORTED, DONE]
    assert await log.count("washer") == 1


async def test_appliances_do_not_mix(log: CycleLog) -> None:
    other = replace(DONE, appliance_id="dryer")
    await log.save("washer", {"a": 1}, DONE, T)
    await log.save("dryer", {"a": 2}, other, T)
    await log.delete("washer")
    assert await log.last_cycles("washer", 1) == []
    assert await log.last_cycles("dryer", 1) == [other]
    assert await log.snapshots() == {"dryer": (T, {"a": 2})}


async def test_cycles_that_nobody_remembers_are_closed_in_one_commit(
    database: Database, log: CycleLog
) -> None:
    goes_on = replace(OPEN, cycle_id="c9")
    dryer = replace(OPEN, appliance_id="dryer")
    for cycle in (OPEN, DONE, replace(OPEN, cycle_id="c3"), goes_on):
        await log.save("washer", {}, cycle, T)
    await log.save("dryer", {}, dryer, T)
    before = await database.read(_commits)
    await log.close_orphans({"washer": "c9", "dryer": None}, T + HOUR)
    assert await database.read(_commits) == before + 1
    closed = {
        (each.appliance_id, each.cycle_id): each for each in await log.records_since(0)
    }
    assert closed["washer", "c1"] == DONE
    assert closed["washer", "c9"] == goes_on
    for key in (("washer", "c3"), ("dryer", "c1")):
        orphan = closed[key]
        assert (orphan.ended_at, orphan.announced_at) == (T, T + HOUR)
        assert orphan.interrupted
        assert orphan.estimated


def _commits(connection: sqlite3.Connection) -> int:
    """A number that each commit of somebody else makes one larger or more."""
    (version,) = connection.execute("PRAGMA data_version").fetchone()
    return int(version)


async def test_a_transaction_that_fails_stores_neither(
    database: Database, log: CycleLog
) -> None:
    """The cycle and what is sent about it are stored together or not at all."""

    def work(connection: object) -> None:
        store_cycle(connection, "washer", {"state": "finished"}, DONE, T)  # type: ignore[arg-type]
        raise ValueError("the intents could not be stored")

    with pytest.raises(ValueError, match="could not be stored"):
        await database.write(work)
    assert await log.snapshots() == {}
    assert await log.records_since(0) == []


async def test_everything_is_there_after_a_restart(
    database: Database, log: CycleLog
) -> None:
    await log.save("washer", {"state": "finished"}, DONE, T)
    await database.close()
    again = Database(database.path)
    await again.open()
    try:
        restored = CycleLog(again)
        assert await restored.snapshots() == {"washer": (T, {"state": "finished"})}
        assert await restored.last_cycles("washer", 1) == [DONE]
    finally:
        await again.close()
