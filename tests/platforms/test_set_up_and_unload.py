"""Setting up, failing to, reloading and forgetting."""

from __future__ import annotations

from pathlib import Path
import sqlite3
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.reliable_notifications.adapters.database import (
    StorageFailed,
    Work,
)
from custom_components.reliable_notifications.adapters.schema import VERSION
from custom_components.reliable_notifications.const import DATABASE_FILE

from .home import Home


def _file(hass: HomeAssistant) -> Path:
    return Path(hass.config.path(".storage", DATABASE_FILE))


async def test_unloading_lets_go_of_everything(home: Home) -> None:
    assert await home.hass.config_entries.async_unload(home.entry.entry_id)
    await home.settle()
    assert home.entry.state is ConfigEntryState.NOT_LOADED
    await home.watts(1800)
    await home.wait(120)
    assert home.happened == []


async def test_a_database_of_the_future_is_not_touched(
    hass: HomeAssistant, empty_home: Home
) -> None:
    home = empty_home
    file = _file(hass)
    file.parent.mkdir(exist_ok=True)
    with sqlite3.connect(file) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    await home.add()
    assert not await hass.config_entries.async_setup(home.entry.entry_id)
    assert home.entry.state is ConfigEntryState.SETUP_ERROR
    assert home.entry.error_reason_translation_key == "database_too_new"
    with sqlite3.connect(file) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    connection.close()
    assert (version, tables) == (VERSION + 1, 0)


async def test_a_database_that_cannot_be_opened_is_tried_again(
    hass: HomeAssistant, empty_home: Home
) -> None:
    home = empty_home
    file = _file(hass)
    file.mkdir(parents=True)
    await home.add()
    assert not await hass.config_entries.async_setup(home.entry.entry_id)
    assert home.entry.state is ConfigEntryState.SETUP_RETRY
    assert home.entry.error_reason_translation_key == "database_unusable"


async def test_a_removed_appliance_is_forgotten(home: Home) -> None:
    await home.boil()
    log = home.entry.runtime_data.cycle_log
    (appliance,) = await log.snapshots()
    assert await log.count(appliance) == 1
    home.hass.config_entries.async_remove_subentry(home.entry, appliance)
    await home.settle()
    log = home.entry.runtime_data.cycle_log
    assert await log.snapshots() == {}
    assert await log.count(appliance) == 0


async def test_a_happening_waits_for_a_broken_disk(
    home: Home, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    database = home.entry.runtime_data.database
    working = database.write
    broken = True

    async def write(work: Work[Any]) -> Any:
        if broken:
            raise StorageFailed("database or disk is full")
        return await working(work)

    monkeypatch.setattr(database, "write", write)
    await home.watts(1800)
    for _ in range(6):
        home.clock.tick(10)
        async_fire_time_changed(home.hass)
        await home.hass.async_block_till_done()
    assert "What happened to Kettle waits for the database" in caplog.text
    assert home.happened == []
    broken = False
    await home.wait(10)
    assert [word for word, _ in home.happened] == ["cycle_started"]


async def test_removing_the_entry_leaves_nothing_behind(home: Home) -> None:
    file = _file(home.hass)
    assert file.exists()
    await home.hass.config_entries.async_remove(home.entry.entry_id)
    assert list(file.parent.glob(f"{DATABASE_FILE}*")) == []


async def test_a_cycle_whose_detector_cannot_be_read_any_more_is_closed(
    home: Home,
) -> None:
    await home.watts(1800)
    await home.wait(60)
    assert await home.hass.config_entries.async_unload(home.entry.entry_id)
    with sqlite3.connect(_file(home.hass)) as connection:
        connection.execute("UPDATE detector_state SET snapshot = '{\"version\": -1}'")
    connection.close()
    await home.set_up()
    (cycle,) = await home.entry.runtime_data.cycle_log.records_since(0)
    assert cycle.interrupted
    assert cycle.estimated
    assert cycle.announced_at is not None
