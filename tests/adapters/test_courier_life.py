"""Starting, stopping, and many at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
import logging
from pathlib import Path
import sqlite3
import threading

from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import EVENT_HOMEASSISTANT_STARTED
from homeassistant.core import CoreState, HassJob, HomeAssistant, ServiceCall
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.reliable_notifications.adapters import courier as courier_module
from custom_components.reliable_notifications.adapters.alarm_clock import STARTUP_GRACE
from custom_components.reliable_notifications.adapters.database import StorageFailed
from custom_components.reliable_notifications.adapters.lanes import CHANNEL_WIDTH
from custom_components.reliable_notifications.adapters.outbox import Outbox
from custom_components.reliable_notifications.adapters.parcel import Parcel
from custom_components.reliable_notifications.engine.vocabulary import (
    Evidence,
    IntentState,
    Priority,
)
from tests.adapters.delivering import (
    TruthfulAction,
    action,
    notification,
    open_desk,
    wait_for,
)


class Gate:
    """A notify action that takes its time: until the gate is opened."""

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.inside = 0
        self.most = 0
        self.got: list[str] = []

    async def take(self, call: ServiceCall) -> None:
        self.inside += 1
        self.most = max(self.most, self.inside)
        try:
            await self.open.wait()
        finally:
            self.inside -= 1
        self.got.append(call.data["message"])


def patient(hass: HomeAssistant, name: str, gate: Gate) -> TruthfulAction:
    channel = action(hass, name, gate.take)
    channel.patience = 60.0  # type: ignore[misc]
    return channel


def rename(table: str, name: str) -> Callable[[sqlite3.Connection], None]:
    """Take a table away, or bring it back: a database that fails for a while."""

    def work(connection: sqlite3.Connection) -> None:
        connection.execute(f"ALTER TABLE {table} RENAME TO {name}")

    return work


async def test_edge_05_late_platforms_get_a_little_time_at_start(
    hass: HomeAssistant, tmp_path: Path, freezer: FrozenDateTimeFactory
) -> None:
    hass.set_state(CoreState.starting)
    late = TruthfulAction(hass, "late", "Late", "notify.late")
    async with open_desk(hass, tmp_path, late=late) as desk:
        intent_id = await desk.send("late", priority=Priority.HIGH)
        await desk.until(intent_id, lambda each: each.state is IntentState.WAITING)
        hass.set_state(CoreState.running)
        hass.bus.async_fire(EVENT_HOMEASSISTANT_STARTED)
        await hass.async_block_till_done()
        gate = Gate()
        gate.open.set()
        action(hass, "late", gate.take)
        freezer.tick(2)
        async_fire_time_changed(hass)

        record = await desk.proven(intent_id)

        assert record.evidence is Evidence.ACCEPTED
        assert (await desk.attempts(intent_id))[0][1] == "unreachable"


async def test_after_the_grace_what_is_missing_is_refused(
    hass: HomeAssistant, tmp_path: Path, freezer: FrozenDateTimeFactory
) -> None:
    hass.set_state(CoreState.starting)
    late = TruthfulAction(hass, "late", "Late", "notify.late")
    async with open_desk(hass, tmp_path, late=late) as desk:
        intent_id = await desk.send("late")
        await desk.until(intent_id, lambda each: each.state is IntentState.WAITING)
        hass.set_state(CoreState.running)
        hass.bus.async_fire(EVENT_HOMEASSISTANT_STARTED)
        await hass.async_block_till_done()
        freezer.tick(STARTUP_GRACE + 1)
        async_fire_time_changed(hass)
        record = await desk.over(intent_id)

        assert [row[1] for row in await desk.attempts(intent_id)] == [
            "unreachable",
            "dispatched",
            "refused",
        ]
        assert record.evidence is Evidence.DISPATCHED


async def test_calls_at_the_same_time_are_bounded(
    hass: HomeAssistant, tmp_path: Path
) -> None:
    gate = Gate()
    async with open_desk(hass, tmp_path, phone=patient(hass, "phone", gate)) as desk:
        ids = [await desk.store("phone") for _ in range(3 * CHANNEL_WIDTH)]
        desk.courier.submit(ids)
        await wait_for(lambda: gate.inside == CHANNEL_WIDTH)
        await asyncio.sleep(0.02)
        assert gate.most == CHANNEL_WIDTH
        gate.open.set()
        for intent_id in ids:
            await desk.over(intent_id)

    assert len(gate.got) == len(ids)
    assert gate.most == CHANNEL_WIDTH


async def test_urgent_is_never_stuck_behind_others(
    hass: HomeAssistant, tmp_path: Path
) -> None:
    slow, quick = Gate(), Gate()
    quick.open.set()
    async with open_desk(
        hass,
        tmp_path,
        slow=patient(hass, "slow", slow),
        quick=action(hass, "quick", quick.take),
    ) as desk:
        ids = [await desk.store("slow", priority=Priority.LOW) for _ in range(50)]
        desk.courier.submit(ids)
        await wait_for(lambda: slow.inside == CHANNEL_WIDTH)

        leak = await desk.send("quick", priority=Priority.URGENT, message="Leak")
        record = await desk.proven(leak)

        assert record.evidence is Evidence.ACCEPTED
        assert slow.got == []
        slow.open.set()


async def test_stopping_waits_for_calls_and_leaves_the_rest(
    hass: HomeAssistant, tmp_path: Path
) -> None:
    gate = Gate()
    async with open_desk(hass, tmp_path, phone=patient(hass, "phone", gate)) as desk:
        ids = [await desk.store("phone") for _ in range(CHANNEL_WIDTH + 3)]
        desk.courier.submit(ids)
        await wait_for(lambda: gate.inside == CHANNEL_WIDTH)

        stopping = asyncio.ensure_future(desk.courier.stop())
        await asyncio.sleep(0)
        gate.open.set()
        await stopping

        states = [(await desk.record(each)).state for each in ids]
        assert states.count(IntentState.DONE) == CHANNEL_WIDTH
        assert states.count(IntentState.QUEUED) == 3
        assert not desk.courier.is_running

        desk.courier = desk.new_courier()  # the entry is set up again
        await desk.courier.start()
        for each in ids:
            await wait_for(lambda: desk.courier.open_count == 0)
            assert (await desk.record(each)).state is IntentState.DONE
        assert len(gate.got) == len(ids)


async def test_a_call_that_does_not_end_is_in_doubt_afterwards(
    hass: HomeAssistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(courier_module, "DRAIN_TIME", 0.05)
    gate = Gate()
    async with open_desk(hass, tmp_path, phone=patient(hass, "phone", gate)) as desk:
        intent_id = await desk.send("phone")
        await wait_for(lambda: gate.inside == 1)
        await desk.courier.stop()

        assert (await desk.record(intent_id)).state is IntentState.SENDING
        assert gate.inside == 0


async def test_a_second_courier_takes_over_from_the_first(
    hass: HomeAssistant, tmp_path: Path
) -> None:
    gate = Gate()
    gate.open.set()
    async with open_desk(
        hass, tmp_path, phone=action(hass, "phone", gate.take)
    ) as desk:
        first = desk.courier
        desk.courier = desk.new_courier()
        await desk.courier.start()

        assert not first.is_running
        intent_id = await desk.store("phone")
        first.submit([intent_id])  # does nothing: it is stopped
        desk.courier.submit([intent_id])
        await desk.over(intent_id)

    assert len(gate.got) == 1


async def test_home_assistants_shutdown_stops_the_courier(
    hass: HomeAssistant, tmp_path: Path
) -> None:
    gate = Gate()
    async with open_desk(hass, tmp_path, phone=patient(hass, "phone", gate)) as desk:
        intent_id = await desk.send("phone")
        await wait_for(lambda: gate.inside == 1)
        others: list[str] = []
        hass.loop.call_soon(gate.open.set)

        hass.async_add_shutdown_job(HassJob(lambda: others.append("asked too")))
        await hass.async_stop(force=True)

        assert not desk.courier.is_running
        assert (await desk.record(intent_id)).state is IntentState.DONE
        assert others == ["asked too"]  # ours did not push it out of the list


async def test_edge_07_what_is_hidden_in_the_log_is_no_success(
    hass: HomeAssistant, tmp_path: Path
) -> None:
    platform = logging.getLogger("homeassistant.components.swallower.notify")

    async def swallow(call: ServiceCall) -> None:
        await asyncio.sleep(0)
        if "lost" in call.data["message"]:
            platform.error("Error sending %s", call.data["message"])

    class Swallower(TruthfulAction):
        loggers = {platform.name: logging.ERROR}  # noqa: RUF012 - as the interface has it

    action(hass, "swallower", swallow)
    channel = Swallower(hass, "swallower", "Swallower", "notify.swallower")
    async with open_desk(hass, tmp_path, swallower=channel) as desk:
        messages = ["lost 1", "fine 1", "lost 2", "fine 2"]
        ids = [await desk.store("swallower", message=each) for each in messages]
        desk.courier.submit(ids)
        for intent_id in ids:
            await desk.until(
                intent_id, lambda each: each.state not in ("queued", "sending")
            )

        first = [(await desk.attempts(intent_id))[0] for intent_id in ids]
        assert first == [
            ("swallower", "unreachable", "Error sending lost 1"),
            ("swallower", "accepted", ""),
            ("swallower", "unreachable", "Error sending lost 2"),
            ("swallower", "accepted", ""),
        ]

        platform.setLevel(logging.CRITICAL)
        try:
            record = await desk.over(await desk.send("swallower", message="lost 3"))
        finally:
            platform.setLevel(logging.NOTSET)
        assert record.evidence is Evidence.DISPATCHED  # unheard is not accepted


async def test_what_somebody_else_has_stored_is_read(
    hass: HomeAssistant,
    tmp_path: Path,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    gate = Gate()
    gate.open.set()
    async with open_desk(
        hass, tmp_path, phone=action(hass, "phone", gate.take)
    ) as desk:
        plans = desk.plans("phone", priority=Priority.MEDIUM)
        (intent_id,) = await Outbox(desk.database).accept(notification(), plans)
        await desk.database.write(rename("intent", "hidden"))

        desk.courier.submit([intent_id])
        await wait_for(lambda: "New messages wait for the database" in caplog.text)
        await desk.database.write(rename("hidden", "intent"))
        freezer.tick(courier_module.STORAGE_PAUSE + 1)
        async_fire_time_changed(hass)

        assert (await desk.over(intent_id)).evidence is Evidence.ACCEPTED


async def test_a_start_that_cannot_read_leaves_nothing_running(
    hass: HomeAssistant, tmp_path: Path
) -> None:
    async with open_desk(hass, tmp_path, start=False) as desk:
        await desk.database.write(rename("intent", "hidden"))
        with pytest.raises(StorageFailed):
            await desk.courier.start()
        assert not desk.courier.is_running

        await desk.database.write(rename("hidden", "intent"))
        await desk.courier.start()
        assert desk.courier.is_running


async def test_what_ends_while_the_start_reads_is_not_sent_again(
    hass: HomeAssistant, tmp_path: Path
) -> None:
    gate, disk = Gate(), threading.Event()
    gate.open.set()
    async with open_desk(
        hass, tmp_path, start=False, phone=action(hass, "phone", gate.take)
    ) as desk:
        intent_id = await desk.store("phone")
        read = desk.outbox.open_intents

        async def read_slowly() -> list[Parcel]:
            parcels = await read()
            await desk.database.read(lambda connection: disk.wait(5))
            return parcels

        desk.outbox.open_intents = read_slowly  # type: ignore[method-assign]
        starting = asyncio.ensure_future(desk.courier.start())
        await asyncio.sleep(0)
        desk.courier.submit([intent_id])
        await wait_for(lambda: gate.got and not desk.courier.open_count)
        disk.set()
        await starting
        await hass.async_block_till_done(wait_background_tasks=True)

    assert len(gate.got) == 1


async def test_waiting_for_the_database_ends_with_us(
    hass: HomeAssistant, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_desk(hass, tmp_path) as desk:
        await desk.database.write(rename("intent", "hidden"))
        desk.courier.submit(["some intent"])
        await wait_for(lambda: "New messages wait for the database" in caplog.text)
        await desk.courier.stop()

        assert desk.courier.open_count == 0
