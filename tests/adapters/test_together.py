"""Messages that are told in one, through real actions, a real file and deaths."""

from __future__ import annotations

import asyncio
from pathlib import Path
import time
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util
import pytest

from custom_components.reliable_notifications.adapters.database import StorageFailed
from custom_components.reliable_notifications.adapters.parcel import ReceiptEntry
from custom_components.reliable_notifications.adapters.tagged import Recalls
from custom_components.reliable_notifications.engine.delivery.gathering import WAITS
from custom_components.reliable_notifications.engine.vocabulary import (
    Evidence,
    IntentState,
    Priority,
)
from tests.adapters.delivering import Desk, action, on_disk, open_desk, wait_for
from tests.adapters.test_hedged_delivery import pass_time


class Phone:
    """A notify action that notes titles, words and tags, and can be cut off."""

    def __init__(self) -> None:
        self.got: list[str] = []
        self.cut = False

    async def take(self, call: ServiceCall) -> None:
        if self.cut:
            raise HomeAssistantError("no network")
        self.got.append(f"{call.data.get('title')}|{call.data['message']}")


async def send(desk: Desk, message: str, **more: Any) -> str:
    return await desk.send("phone", message=message, to="anna", **more)


async def held(desk: Desk, *intent_ids: str) -> None:
    for each in intent_ids:
        await desk.until(each, lambda record: record.state is IntentState.HELD)


async def gathered(desk: Desk, *messages: str) -> list[str]:
    """The first goes at once, the rest waits."""
    first = await send(desk, "first")
    await desk.over(first)
    rest = [await send(desk, each) for each in messages]
    await held(desk, *rest)
    return [first, *rest]


async def pass_until_over(
    desk: Desk, freezer: FrozenDateTimeFactory, intent_ids: list[str]
) -> None:
    for _ in range(30):
        records = [await desk.record(each) for each in intent_ids]
        if all(each.state.is_terminal for each in records):
            return
        await pass_time(desk.hass, freezer, WAITS[0] + 0.1)
        # real time, too: the database has threads of its own
        await desk.hass.async_add_executor_job(time.sleep, 0.02)


async def ended_once(desk: Desk, intent_ids: list[str]) -> None:
    """Each has one end, in the log and as it was told."""
    for each in intent_ids:
        record = await desk.over(each)
        ends = {
            (told.state, told.finished_at)
            for told in desk.records
            if told.intent_id == each and told.state.is_terminal
        }
        assert ends == {(record.state, record.finished_at)}


async def test_edge_27_several_within_seconds_are_one_message(
    hass: HomeAssistant, tmp_path: Path, freezer: FrozenDateTimeFactory
) -> None:
    phone = Phone()
    async with open_desk(hass, tmp_path, phone=action(hass, "phone", phone.take)) as d:
        ids = await gathered(d, "Dryer", "Oven", "Dishwasher")
        assert phone.got == ["Washing machine|first"]
        await pass_time(hass, freezer, WAITS[0] + 0.1)
        await ended_once(d, ids)

        title, _, message = phone.got[1].partition("|")
        assert title == "3 messages"
        assert message.split("\n") == [
            "Washing machine: Dryer",
            "Washing machine: Oven",
            "Washing machine: Dishwasher",
        ]
        assert len(phone.got) == 2
        records = [await d.record(each) for each in ids[1:]]
        assert {each.state for each in records} == {IntentState.DONE}
        assert {each.evidence for each in records} == {Evidence.ACCEPTED}
        assert {each.proven_at for each in records} == {records[0].proven_at}
        assert [each.attempts for each in records] == [1, 0, 0]
        # the wait is a hold, and a hold is no latency
        assert all(each.released_at > each.created_at + 4 for each in records)


async def test_edge_27_a_hundred_alerts_in_a_minute_and_an_urgent_one(
    hass: HomeAssistant, tmp_path: Path, freezer: FrozenDateTimeFactory
) -> None:
    phone = Phone()
    async with open_desk(hass, tmp_path, phone=action(hass, "phone", phone.take)) as d:
        ids = []
        for number in range(100):
            ids.append(await send(d, f"alert {number}"))
            if number == 50:
                leak = await send(d, "leak", priority=Priority.URGENT)
                await d.proven(leak)
                assert phone.got[-1] == "Washing machine|leak"
            await d.until(ids[-1], lambda it: it.attempts == 1 or it.state == "held")
            await pass_time(hass, freezer, 0.6)
        for _ in range(4):
            await pass_time(hass, freezer, WAITS[2])
        await ended_once(d, ids)

        assert len(phone.got) <= 6
        states = on_disk(d.database, "SELECT state, count(*) FROM intent GROUP BY 1")
        # the urgent one is brought to mind again until somebody acknowledges it
        assert dict(states) == {"done": 100, "waiting": 1}


async def test_who_waits_alone_goes_alone_and_other_ways_are_not_mixed(
    hass: HomeAssistant, tmp_path: Path, freezer: FrozenDateTimeFactory
) -> None:
    phone = Phone()
    async with open_desk(hass, tmp_path, phone=action(hass, "phone", phone.take)) as d:
        ids = await gathered(d, "alone")
        for to, priority in (("ben", Priority.MEDIUM), ("anna", Priority.LOW)):
            ids.append(await d.send("phone", message="other", to=to, priority=priority))
            await d.over(ids[-1])
        await pass_time(hass, freezer, WAITS[0] + 0.1)
        await ended_once(d, ids)
        assert phone.got[-1] == "Washing machine|alone"


async def test_what_is_over_by_itself_is_not_told_with_the_others(
    hass: HomeAssistant, tmp_path: Path, freezer: FrozenDateTimeFactory
) -> None:
    phone = Phone()
    async with open_desk(hass, tmp_path, phone=action(hass, "phone", phone.take)) as d:
        ids = await gathered(d, "emptied", "Dryer", "Oven")
        await d.courier.close(ids[1], "emptied")
        await pass_time(hass, freezer, WAITS[0] + 0.1)
        await ended_once(d, ids)
        assert (await d.record(ids[1])).state is IntentState.RESOLVED
        assert phone.got[-1].startswith("2 messages|")


async def test_a_leader_that_is_over_sets_the_others_free(
    hass: HomeAssistant, tmp_path: Path, freezer: FrozenDateTimeFactory
) -> None:
    phone, asked, gate = Phone(), asyncio.Event(), asyncio.Event()

    async def take(call: ServiceCall) -> None:
        if call.data["title"] == "3 messages":
            asked.set()
            await gate.wait()
        await phone.take(call)

    channel = action(hass, "phone", take)
    channel.patience = 600.0  # type: ignore[misc]
    async with open_desk(hass, tmp_path, phone=channel) as d:
        try:
            ids = await gathered(d, "leads", "Dryer", "Oven")
            await pass_time(hass, freezer, WAITS[0] + 0.1)
            await wait_for(asked.is_set)
            await d.courier.close(ids[1], "emptied")
            await wait_for(lambda: d.courier.open_count == 3)
            await pass_until_over(d, freezer, ids)
            await ended_once(d, ids)
        finally:
            gate.set()
        assert (await d.record(ids[1])).state is IntentState.RESOLVED
        assert [(await d.record(each)).state for each in ids[2:]] == ["done"] * 2
        told = "\n".join(phone.got[1:])  # together again, or one by one
        assert "Dryer" in told
        assert "Oven" in told


async def test_news_of_the_one_message_is_news_of_all(
    hass: HomeAssistant, tmp_path: Path, freezer: FrozenDateTimeFactory
) -> None:
    phone = Phone()
    async with open_desk(hass, tmp_path, phone=action(hass, "phone", phone.take)) as d:
        ids = await gathered(d, "Dryer", "Oven")
        await pass_time(hass, freezer, WAITS[0] + 0.1)
        await ended_once(d, ids)
        at = dt_util.utcnow().timestamp()
        news = ReceiptEntry(evidence=Evidence.ACKNOWLEDGED, at=at, source="test")
        await d.courier.book(ids[1], news)
        for each in ids[1:]:
            await d.until(each, lambda it: it.evidence is Evidence.ACKNOWLEDGED)
        assert (await d.record(ids[0])).evidence is Evidence.ACCEPTED


def die(desk: Desk) -> None:
    """From here on the courier does, hears and stores nothing any more."""
    carrier = desk.courier._carrier
    carrier._together.stop()
    for carried in carrier._under_way.values():
        for task in (carried.task, *carried.calls):
            if task is not None:
                task.cancel()
    carrier._under_way.clear()


@pytest.mark.parametrize("moment", ["waiting", "asking", "failed"])
async def test_after_a_death_each_ends_once(
    hass: HomeAssistant,
    tmp_path: Path,
    freezer: FrozenDateTimeFactory,
    moment: str,
) -> None:
    phone, gate = Phone(), asyncio.Event()

    async def take(call: ServiceCall) -> None:
        await phone.take(call)
        if moment == "asking" and call.data["message"] != "first":
            await gate.wait()

    async with open_desk(hass, tmp_path, phone=action(hass, "phone", take)) as desk:
        ids = await gathered(desk, "Dryer", "Oven", "Dishwasher")
        phone.cut = moment == "failed"
        if moment != "waiting":
            await pass_time(hass, freezer, WAITS[0] + 0.1)
            await desk.until(ids[1], lambda each: each.attempts >= 1)
        die(desk)
        phone.cut = False
        gate.set()
        desk.courier = desk.new_courier()
        await desk.courier.start()
        await pass_until_over(desk, freezer, ids)
        await ended_once(desk, ids)
        open_ones = on_disk(
            desk.database, "SELECT count(*) FROM intent WHERE finished_at IS NULL"
        )
        assert open_ones == [(0,)]
        told = "\n".join(phone.got)
        for each in ("Dryer", "Oven", "Dishwasher"):
            assert each in told


async def test_where_the_group_cannot_be_stored_each_goes_by_itself(
    hass: HomeAssistant,
    tmp_path: Path,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    phone = Phone()

    async def refuse(*_: Any) -> None:
        raise StorageFailed("full")

    async with open_desk(hass, tmp_path, phone=action(hass, "phone", phone.take)) as d:
        ids = await gathered(d, "Dryer", "Oven")
        monkeypatch.setattr(d.outbox, "lead", refuse)
        await pass_time(hass, freezer, WAITS[0] + 0.1)
        await pass_until_over(d, freezer, ids)
        await ended_once(d, ids)
        assert sorted(phone.got[1:]) == [
            "Washing machine|Dryer",
            "Washing machine|Oven",
        ]
        assert "told one by one" in caplog.text


async def test_the_one_message_has_a_tag_of_its_own_by_which_it_is_found(
    hass: HomeAssistant, tmp_path: Path, freezer: FrozenDateTimeFactory
) -> None:
    phone = Phone()
    async with open_desk(hass, tmp_path, phone=action(hass, "phone", phone.take)) as d:
        ids = await gathered(d, "Dryer", "Oven")
        await pass_time(hass, freezer, WAITS[0] + 0.1)
        await ended_once(d, ids)
        (leader,) = await d.outbox.load([ids[1]])
        assert leader.data == {}, "nothing to answer about several things at once"
        (recall,) = await Recalls(d.database).add(leader.tag, 1.0)
        assert recall.channel_id == "phone"
        assert not recall.on_its_way
