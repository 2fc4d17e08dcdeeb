"""Several channels of one intent at once, through real actions and a real file."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, ServiceCall
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.reliable_notifications.adapters.parcel import ReceiptEntry
from custom_components.reliable_notifications.engine.vocabulary import (
    LAST_RESORT,
    Evidence,
    IntentState,
    Priority,
)
from tests.adapters.delivering import (
    Desk,
    Door,
    TruthfulAction,
    action,
    on_disk,
    open_desk,
    wait_for,
)


def slow(hass: HomeAssistant, name: str, door: Door) -> TruthfulAction:
    channel = action(hass, name, door.take)
    channel.patience = 60.0  # type: ignore[misc]
    return channel


async def pass_time(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, seconds: float
) -> None:
    freezer.tick(seconds)
    async_fire_time_changed(hass)
    await hass.async_block_till_done()


async def evidence(desk: Desk, intent_id: str) -> list[tuple[str, str | None]]:
    return [(row[0], row[1]) for row in await desk.attempts(intent_id)]


async def test_an_urgent_message_does_not_wait_for_a_hanging_phone(
    hass: HomeAssistant, tmp_path: Path, freezer: FrozenDateTimeFactory
) -> None:
    phone, tablet = Door(), Door()
    tablet.opened.set()
    async with open_desk(
        hass,
        tmp_path,
        phone=slow(hass, "phone", phone),
        tablet=slow(hass, "tablet", tablet),
    ) as desk:
        intent_id = await desk.send("phone", "tablet", priority=Priority.URGENT)
        await wait_for(lambda: phone.called == 1)
        assert tablet.called == 0
        await pass_time(hass, freezer, 1.0)
        record = await desk.proven(intent_id)

        assert record.channel_id == "tablet"
        assert record.proven_at is not None
        assert record.proven_at - record.released_at == pytest.approx(1.0, abs=0.1)
        assert await evidence(desk, intent_id) == [
            ("phone", None),  # still being asked
            ("tablet", "accepted"),
        ]
        phone.opened.set()
        await wait_for(lambda: phone.got == ["Washing machine finished"])


async def test_within_three_seconds_everything_has_been_tried(
    hass: HomeAssistant, tmp_path: Path, freezer: FrozenDateTimeFactory
) -> None:
    doors = {name: Door() for name in ("a", "b", "c", "d")}
    channels = {name: slow(hass, name, door) for name, door in doors.items()}
    async with open_desk(hass, tmp_path, **channels) as desk:
        intent_id = await desk.send(*doors, priority=Priority.URGENT)
        for second, expected in ((0.0, "a"), (1.0, "ab"), (1.0, "abcd"), (0.5, "abcd")):
            await pass_time(hass, freezer, second)
            await wait_for(
                lambda expected=expected: (
                    [name for name, door in doors.items() if door.called]
                    == list(expected)
                )
            )
        shown = await desk.until(
            intent_id, lambda each: each.evidence is Evidence.DISPATCHED
        )
        assert shown.channel_id == LAST_RESORT
        assert shown.state is IntentState.SENDING
        for door in doors.values():
            door.opened.set()


async def test_the_second_channel_is_left_alone_if_the_first_was_quick(
    hass: HomeAssistant, tmp_path: Path, freezer: FrozenDateTimeFactory
) -> None:
    phone, tablet = Door(), Door()
    phone.opened.set()
    async with open_desk(
        hass,
        tmp_path,
        phone=slow(hass, "phone", phone),
        tablet=slow(hass, "tablet", tablet),
    ) as desk:
        intent_id = await desk.send("phone", "tablet", priority=Priority.HIGH)
        await desk.proven(intent_id)
        await pass_time(hass, freezer, 3.0)
        await wait_for(lambda: desk.courier.open_count == 1)  # for a look at it

        assert tablet.called == 0
        assert (await desk.record(intent_id)).state is IntentState.WAITING


async def test_unseen_messages_go_on_to_the_next_channel(
    hass: HomeAssistant, tmp_path: Path, freezer: FrozenDateTimeFactory
) -> None:
    phone, tablet = Door(), Door()
    phone.opened.set()
    tablet.opened.set()
    async with open_desk(
        hass,
        tmp_path,
        phone=slow(hass, "phone", phone),
        tablet=slow(hass, "tablet", tablet),
    ) as desk:
        intent_id = await desk.send("phone", "tablet", priority=Priority.URGENT)
        await desk.proven(intent_id)
        await pass_time(hass, freezer, 121.0)

        def rings() -> bool:
            async_fire_time_changed(hass)  # also what has begun to wait only now
            return tablet.called == 1 and phone.called == 2

        await wait_for(rings)

        seen = ReceiptEntry(
            evidence=Evidence.ACKNOWLEDGED, at=freezer().timestamp(), source="test"
        )
        await desk.courier.book(intent_id, seen)
        record = await desk.over(intent_id)
        assert record.evidence is Evidence.ACKNOWLEDGED
        await wait_for(lambda: desk.courier.open_count == 0)


async def test_losers_of_the_race_are_in_doubt_after_a_death(
    hass: HomeAssistant, tmp_path: Path, freezer: FrozenDateTimeFactory
) -> None:
    phone, tablet = Door(), Door()
    tablet.opened.set()
    channels = {
        "phone": slow(hass, "phone", phone),
        "tablet": slow(hass, "tablet", tablet),
    }
    async with open_desk(hass, tmp_path, **channels) as desk:
        intent_id = await desk.send("phone", "tablet", priority=Priority.HIGH)
        await wait_for(lambda: phone.called == 1)
        await pass_time(hass, freezer, 1.5)
        await desk.proven(intent_id)
        assert await evidence(desk, intent_id) == [
            ("phone", None),
            ("tablet", "accepted"),
        ]
        # the process dies: nobody hears of the answers any more
        for carried in desk.courier._carrier._under_way.values():
            for call in carried.calls:
                call.cancel()

        heir = desk.new_courier()
        desk.courier._carrier._under_way.clear()
        await heir.start()
        await wait_for(
            lambda: (
                on_disk(
                    desk.database, "SELECT count(*) FROM attempt WHERE ended_at IS NULL"
                )
                == [(0,)]
            )
        )
        assert ("phone", "unknown") in await evidence(desk, intent_id)
        phone.opened.set()
        await heir.stop()


async def test_hidden_failures_find_their_call_among_hedged_ones(
    hass: HomeAssistant, tmp_path: Path, freezer: FrozenDateTimeFactory
) -> None:
    platform = logging.getLogger("homeassistant.components.swallower.notify")
    started, failed = asyncio.Event(), asyncio.Event()

    async def swallow(call: ServiceCall) -> None:
        await started.wait()
        platform.error("Error sending to %s", call.service)
        failed.set()

    async def fine(call: ServiceCall) -> None:
        started.set()
        await failed.wait()  # the other one's error is logged while this one runs

    class Swallower(TruthfulAction):
        loggers = {platform.name: logging.ERROR}  # noqa: RUF012 - as the interface
        patience = 5.0

    hass.services.async_register("notify", "bad", swallow)
    hass.services.async_register("notify", "good", fine)
    bad = Swallower(hass, "bad", "Bad", "notify.bad")
    good = Swallower(hass, "good", "Good", "notify.good")
    async with open_desk(hass, tmp_path, bad=bad, good=good) as desk:
        intent_id = await desk.send("bad", "good", priority=Priority.URGENT)
        await pass_time(hass, freezer, 1.0)
        await desk.proven(intent_id)

        assert await desk.attempts(intent_id) == [
            ("bad", "unreachable", "Error sending to bad"),
            ("good", "accepted", ""),
        ]


async def test_a_platform_that_breaks_itself_off_leaves_a_doubt(
    hass: HomeAssistant, tmp_path: Path
) -> None:
    async def broken(call: ServiceCall) -> None:
        raise asyncio.CancelledError

    spare = Door()
    spare.opened.set()
    async with open_desk(
        hass,
        tmp_path,
        phone=action(hass, "phone", broken),
        spare=action(hass, "spare", spare.take),
    ) as desk:
        intent_id = await desk.send("phone", "spare")
        await desk.over(intent_id)

        assert (await desk.attempts(intent_id))[0] == ("phone", "unknown", "Broken off")


async def test_what_was_acknowledged_while_it_was_stored_is_not_sent(
    hass: HomeAssistant, tmp_path: Path, freezer: FrozenDateTimeFactory
) -> None:
    """A tap between *attempt started* and the call: the call is needless."""
    phone = Door()
    phone.opened.set()
    async with open_desk(
        hass, tmp_path, start=False, phone=slow(hass, "phone", phone)
    ) as desk:
        intent_id = await desk.store("phone")
        save = desk.outbox.save

        async def tapped(delivery, **more):  # type: ignore[no-untyped-def]
            await save(delivery, **more)
            if delivery.is_asking and not delivery.state.is_terminal:
                tap = ReceiptEntry(
                    evidence=Evidence.ACKNOWLEDGED,
                    at=freezer().timestamp(),
                    source="test",
                )
                await desk.courier.book(intent_id, tap)

        desk.outbox.save = tapped  # type: ignore[method-assign]
        await desk.courier.start()
        record = await desk.over(intent_id)

        assert record.evidence is Evidence.ACKNOWLEDGED
        assert phone.called == 0
        await wait_for(lambda: desk.courier.open_count == 0)
        assert await desk.attempts(intent_id) == [
            ("phone", "refused", "It was over before it was sent")
        ]
