"""Edge 4: the disk is full, and every message goes out nevertheless, once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
import sqlite3

from homeassistant.helpers import issue_registry as ir
import pytest

from custom_components.reliable_notifications.const import DOMAIN
from tests.adapters.delivering import on_disk
from tests.adapters.tight_disk import TightDisk, tight_disk

from .home import Home, lived_in


@pytest.fixture
def disk() -> Iterator[TightDisk]:
    with tight_disk() as tight:
        yield tight


@pytest.fixture
async def home(disk: TightDisk, empty_home: Home) -> AsyncIterator[Home]:
    async with lived_in(empty_home) as place:
        yield place


async def _say(home: Home, message: str, priority: str) -> None:
    await home.hass.services.async_call(
        DOMAIN, "send", {"message": message, "priority": priority}, blocking=True
    )
    await home.settle()


async def _fill(home: Home, disk: TightDisk) -> None:
    database = home.entry.runtime_data.database
    await disk.fill(database)
    # whatever free pages the file has still are used up
    await database.write(_too_big)
    assert database.refusal == "database or disk is full"


def _too_big(connection: sqlite3.Connection) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO meta VALUES ('big', ?)", ("x" * 500_000,)
    )


def _issue(home: Home) -> ir.IssueEntry | None:
    issue = ir.async_get(home.hass).async_get_issue(DOMAIN, "disk_refuses")
    return issue if issue and issue.active else None


async def test_edge_04_a_full_disk_holds_no_message_back(
    home: Home, disk: TightDisk
) -> None:
    database = home.entry.runtime_data.database
    await _fill(home, disk)
    await _say(home, "Water on the floor", "urgent")
    await _say(home, "Dinner", "medium")
    await home.boil()  # a whole cycle, found and told meanwhile

    # an urgent one goes where its arrival can be proven, and where it is heard
    (item,) = await home.entry.runtime_data.inbox.async_look()
    assert item.message == "Water on the floor"
    told = [call.data["message"] for call in home.received]
    assert sorted(told[:2]) == ["Dinner", "Water on the floor"]
    assert len(told) == 3
    words = [word for word, _ in home.happened]
    assert words.count("cycle_started") == words.count("cycle_finished") == 1
    assert on_disk(database, "SELECT count(*) FROM intent") == [(0,)]

    await disk.empty(database)
    await home.wait(120, 10)
    assert [call.data["message"] for call in home.received] == told
    # the urgent one is brought to mind again until somebody acknowledges it
    assert on_disk(
        database,
        "SELECT state, finished_at IS NOT NULL, count(*) FROM intent"
        " GROUP BY 1, 2 ORDER BY 1",
    ) == [("done", 1, 2), ("waiting", 0, 1)]
    assert on_disk(
        database, "SELECT ended_at IS NULL, announced_at IS NULL FROM cycle"
    ) == [(0, 0)]


async def test_edge_04_it_is_said_until_the_disk_is_back(
    home: Home, disk: TightDisk
) -> None:
    assert _issue(home) is None
    await _fill(home, disk)
    await home.settle()
    issue = _issue(home)
    assert issue is not None
    assert issue.translation_placeholders == {"reason": "database or disk is full"}
    await home.wait(120, 60)
    uptime = home.entry.runtime_data.uptime
    assert uptime.trouble == (
        "the database lives in memory only: database or disk is full"
    )
    others = [
        key
        for (domain, key), found in ir.async_get(home.hass).issues.items()
        if domain == DOMAIN and found.active
    ]
    assert others == ["disk_refuses"]

    await disk.empty(home.entry.runtime_data.database)
    await home.settle()
    assert _issue(home) is None
    await home.wait(60, 60)
    assert uptime.trouble is None


async def test_what_could_not_be_written_survives_a_reload_on_a_mended_disk(
    home: Home, disk: TightDisk
) -> None:
    await _fill(home, disk)
    await _say(home, "Dinner", "medium")
    disk._pages = 1_000_000
    await home.hass.config_entries.async_reload(home.entry.entry_id)
    await home.settle()
    records = await home.entry.runtime_data.outbox.records_since(0)
    assert [record.title for record in records] == ["Dinner"]
    assert len(home.received) == 1
