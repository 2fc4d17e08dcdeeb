"""Cycles and detectors survive in a real database file."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path

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
    assert (await log.last_cycle("washer"), await log.count("washer")) == (DONE, 1)
    await log.save("washer", {}, OPEN, T)
    assert (await log.last_cycle("washer"), await log.count("washer")) == (None, 0)


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
    assert await log.last_cycle("washer") == ABORTED
    assert await log.count("washer") == 1


async def test_appliances_do_not_mix(log: CycleLog) -> None:
    other = replace(DONE, appliance_id="dryer")
    await log.save("washer", {"a": 1}, DONE, T)
    await log.save("dryer", {"a": 2}, other, T)
    await log.delete("washer")
    assert await log.last_cycle("washer") is None
    assert await log.last_cycle("dryer") == other
    assert await log.snapshots() == {"dryer": (T, {"a": 2})}


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
        assert await restored.last_cycle("washer") == DONE
    finally:
        await again.close()
