"""The watchdog: threads and tasks that really die or really hang are replaced."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
import sqlite3
import threading
from typing import Any

from homeassistant.core import HomeAssistant, ServiceCall
import pytest

from custom_components.reliable_notifications.adapters import watchdog
from custom_components.reliable_notifications.adapters.database import (
    StorageFailed,
)
from custom_components.reliable_notifications.adapters.watchdog import (
    REPEATED,
    Watchdog,
)
from custom_components.reliable_notifications.engine.vocabulary import Priority
from tests.adapters.delivering import Desk, action, on_disk, open_desk, wait_for


class Kennel:
    """A watchdog, and what it has said."""

    def __init__(self, hass: HomeAssistant, desk: Desk) -> None:
        self.said: list[tuple[str, str]] = []
        self.dog = Watchdog(hass, desk.database, desk.courier, self._say)

    def _say(self, what: str, data: Any) -> None:
        assert what == "restarted"
        self.said.append((data["part"], data["reason"]))

    async def looks(self, number: int = 2) -> None:
        for _ in range(number):
            await asyncio.sleep(0.02)  # what works gets on meanwhile
            await self.dog.async_look()

    async def a_minute_of_looks(self) -> None:
        await self.looks(8)


@pytest.fixture
async def desk(hass: HomeAssistant, tmp_path: Path) -> AsyncIterator[Desk]:
    got: list[str] = []

    async def receive(call: ServiceCall) -> None:
        got.append(call.data["message"])

    async with open_desk(
        hass, tmp_path, phone=action(hass, "phone", receive)
    ) as opened:
        opened.got = got  # type: ignore[attr-defined]
        yield opened


@pytest.fixture
def kennel(hass: HomeAssistant, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Kennel:
    monkeypatch.setattr(watchdog, "READ_PATIENCE", 0.2)
    return Kennel(hass, desk)


def put(key: str):  # type: ignore[no-untyped-def]
    def work(connection: sqlite3.Connection) -> str:
        connection.execute("INSERT INTO meta VALUES (?, 'x')", (key,))
        return key

    return work


def _die(_: sqlite3.Connection) -> None:
    raise SystemExit  # ends a thread without a word


async def test_what_works_is_left_alone(desk: Desk, kennel: Kennel) -> None:
    for _ in range(3):
        await desk.over(await desk.send("phone"))
        await kennel.a_minute_of_looks()
    assert kennel.said == []
    assert kennel.dog.repeated(0.0) is None


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
async def test_a_writer_that_has_died_is_replaced(
    desk: Desk, kennel: Kennel, caplog: pytest.LogCaptureFixture
) -> None:
    database = desk.database
    fatal = asyncio.ensure_future(database.write(_die))
    beside = asyncio.ensure_future(database.write(put("beside")))
    await wait_for(lambda: not database.is_alive)
    waiting = asyncio.ensure_future(database.write(put("waiting")))

    await kennel.looks(1)

    assert kennel.said == [("storage", "it has died")]
    assert "The storage does not get on (it has died)" in caplog.text
    with pytest.raises(StorageFailed, match="died of this"):
        await fatal
    assert await asyncio.gather(beside, waiting) == ["beside", "waiting"]
    await wait_for(lambda: database.refusal is None)
    assert {row[0] for row in on_disk(database, "SELECT key FROM meta")} >= {
        "beside",
        "waiting",
    }
    await desk.over(await desk.send("phone"))
    await kennel.looks()
    assert len(kennel.said) == 1


async def test_a_writer_that_hangs_is_replaced_and_urgent_messages_go_on(
    desk: Desk, kennel: Kennel
) -> None:
    database = desk.database
    disk = threading.Event()

    def hang(connection: sqlite3.Connection) -> str:
        put("hung")(connection)
        disk.wait(60)
        return "hung"

    hung = asyncio.ensure_future(database.write(hang))
    await wait_for(lambda: bool(database.under_way))
    urgent = asyncio.ensure_future(desk.send("phone", priority=Priority.URGENT))
    await kennel.looks(1)
    assert kennel.said == []  # once is no hanging

    # the second writer would hang as well, if the work were what hangs
    disk_of_second = threading.Timer(0.2, disk.set)
    await kennel.looks(1)
    assert kennel.said == [("storage", "it hangs")]
    disk_of_second.start()
    intent_id = await urgent
    await desk.until(intent_id, lambda record: record.proven_at is not None)
    assert desk.got == ["Washing machine finished"]  # type: ignore[attr-defined]
    assert await hung == "hung"
    await wait_for(lambda: database.refusal is None)
    assert on_disk(database, "SELECT count(*) FROM meta WHERE key = 'hung'") == [(1,)]
    assert on_disk(database, "SELECT count(*) FROM intent") == [(1,)]
    assert await desk.record(intent_id)


async def test_a_reader_that_hangs_is_replaced(desk: Desk, kennel: Kennel) -> None:
    go_on = threading.Event()
    reading = asyncio.ensure_future(desk.database.read(lambda _: go_on.wait(60)))
    await wait_for(lambda: bool(desk.database.under_way))
    await kennel.looks(2)
    assert kennel.said == [("storage", "it hangs")]
    assert await desk.database.read(lambda _: "works") == "works"
    assert await desk.database.write(put("a")) == "a"
    go_on.set()
    assert await reading
    await kennel.looks(2)
    assert len(kennel.said) == 1


async def test_a_task_that_was_killed_is_done_by_another(
    desk: Desk, kennel: Kennel
) -> None:
    """The message is stored and nobody carries it: its task was cancelled, or died."""
    intent_id = await desk.store("phone")
    await kennel.looks(1)
    assert kennel.said == []  # it may just be on its way to the courier
    await kennel.looks(1)
    assert kennel.said == [("courier", "it has lost sight of messages")]
    await desk.over(intent_id)
    assert desk.got == ["Washing machine finished"]  # type: ignore[attr-defined]
    await kennel.a_minute_of_looks()
    assert len(kennel.said) == 1


class Jam:
    """The first calls never get their turn, as if something had locked up."""

    def __init__(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        self.jammed = True
        lanes = desk.courier._carrier._lanes
        enter = lanes.enter

        async def wait(channel_id: str, priority: Priority) -> Any:
            if self.jammed:
                await asyncio.Event().wait()
            return await enter(channel_id, priority)

        monkeypatch.setattr(lanes, "enter", wait)


async def test_a_courier_that_stands_still_is_started_again(
    desk: Desk, kennel: Kennel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It carries the message, the message is due, and nothing happens."""
    jam = Jam(desk, monkeypatch)
    intent_id = await desk.send("phone")
    await kennel.looks(watchdog._LOOKS_COMPARED)
    assert kennel.said == []  # for a minute it may be a slow channel

    jam.jammed = False
    await kennel.looks(1)

    assert kennel.said == [("courier", "messages are due and none gets on")]
    await desk.over(intent_id)
    assert desk.got == ["Washing machine finished"]  # type: ignore[attr-defined]
    assert (await desk.record(intent_id)).attempts == 1


async def test_while_others_get_on_a_message_may_wait(
    desk: Desk, kennel: Kennel, monkeypatch: pytest.MonkeyPatch
) -> None:
    jam = Jam(desk, monkeypatch)
    await desk.send("phone")
    for _ in range(3):
        await kennel.looks(watchdog._LOOKS_COMPARED - 1)
        jam.jammed = False
        await desk.over(await desk.send("phone"))
        jam.jammed = True
    assert kennel.said == []


async def test_who_is_not_seen_to_get_on_is_not_believed_to(
    desk: Desk, kennel: Kennel, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await kennel.dog.async_verdict() is None  # it has looked
    monkeypatch.setattr(kennel.dog, "_well_at", 0.0)
    assert await kennel.dog.async_verdict() is None  # and looks anew
    await desk.courier.stop()
    assert await kennel.dog.async_verdict() is None  # a minute has not passed
    monkeypatch.setattr(kennel.dog, "_well_at", 0.0)
    said = "nobody has seen the courier get on for a minute"
    assert await kennel.dog.async_verdict() == said


async def test_the_storages_trouble_is_not_called_the_couriers(
    desk: Desk, kennel: Kennel, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.store("phone")  # which nobody carries

    async def fail(work: object) -> None:
        raise StorageFailed("locked for a moment")

    monkeypatch.setattr(desk.database, "read", fail)
    await kennel.looks(9)
    assert kennel.said == []
    assert await kennel.dog.async_verdict() is not None


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
async def test_again_and_again_is_no_accident(desk: Desk, kennel: Kennel) -> None:
    for _ in range(REPEATED):
        fatal = asyncio.ensure_future(desk.database.write(_die))
        await wait_for(lambda: not desk.database.is_alive)
        await kennel.looks(1)
        with pytest.raises(StorageFailed):
            await fatal
        await wait_for(lambda: desk.database.refusal is None)
    now = kennel.dog._replaced[-1][0]
    assert kennel.dog.repeated(now + 1) == "storage"
    assert kennel.dog.repeated(now + 3601) is None


async def test_an_order_that_an_abandoned_writer_gets_is_not_lost(desk: Desk) -> None:
    """It waited for the next order when it was given up: the narrowest of races."""
    database = desk.database
    old = database._writer
    assert old is not None
    old.abandon()
    heirs = database._new_writer()
    order = asyncio.ensure_future(database.write(put("a")))
    await asyncio.sleep(0.05)
    assert not old.is_alive()
    assert not order.done()
    database._writer = heirs
    heirs.begin_in_memory(database._copy(), after=old)
    assert await order == "a"
    await wait_for(lambda: database.refusal is None)
