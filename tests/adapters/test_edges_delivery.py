"""Edge cases of delivery by their number in the study; others are where they belong.

`grep -rn test_edge_ tests` finds all of them.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError
import pytest

from custom_components.reliable_notifications.engine.vocabulary import (
    Evidence,
    IntentState,
    Priority,
)
from tests.adapters.delivering import Door, TruthfulAction, action, open_desk, wait_for


def open_door() -> Door:
    door = Door()
    door.opened.set()
    return door


def patient(hass: HomeAssistant, name: str, door: Door) -> TruthfulAction:
    channel = action(hass, name, door.take)
    channel.patience = 60.0  # type: ignore[misc]
    return channel


async def test_edge_01_stored_and_not_yet_sent_when_we_died(
    hass: HomeAssistant, tmp_path: Path, freezer: FrozenDateTimeFactory
) -> None:
    phone = open_door()
    async with open_desk(
        hass, tmp_path, start=False, phone=action(hass, "phone", phone.take)
    ) as desk:
        intent_id = await desk.store("phone")
        freezer.tick(300)  # until we are back

        await desk.courier.start()
        record = await desk.over(intent_id)

    assert phone.got == ["Washing machine finished"]
    assert record.proven_at is not None
    assert record.proven_at - record.released_at >= 300  # nothing is glossed over


async def test_edge_15_without_the_internet_what_is_at_home_still_works(
    hass: HomeAssistant, tmp_path: Path, freezer: FrozenDateTimeFactory
) -> None:
    at_home = open_door()

    async def cut(call: ServiceCall) -> None:
        raise HomeAssistantError("no route to host")

    cloud = [action(hass, name, cut) for name in ("one", "two", "three")]
    async with open_desk(
        hass,
        tmp_path,
        one=cloud[0],
        two=cloud[1],
        three=cloud[2],
        home=action(hass, "home", at_home.take),
    ) as desk:
        record = await desk.proven(
            await desk.send("one", "two", "three", "home", priority=Priority.URGENT)
        )

    assert record.channel_id == "home"
    assert record.proven_at is not None
    assert record.proven_at - record.released_at <= 3.0


@pytest.mark.parametrize("jump", [-7200.0, 3600.0])
async def test_edge_23_a_clock_that_jumps_holds_no_hedge_back(
    hass: HomeAssistant, tmp_path: Path, freezer: FrozenDateTimeFactory, jump: float
) -> None:
    stuck, spare = Door(), open_door()
    async with open_desk(
        hass,
        tmp_path,
        stuck=patient(hass, "stuck", stuck),
        spare=patient(hass, "spare", spare),
    ) as desk:
        intent_id = await desk.send("stuck", "spare", priority=Priority.URGENT)
        await wait_for(lambda: stuck.called == 1)

        freezer.tick(jump)
        # timers go by a clock that does not jump: a second later it rings
        for carried in desk.courier._carrier._under_way.values():
            carried.wake.set()
        record = await desk.proven(intent_id)

        assert record.channel_id == "spare"
        stuck.opened.set()


async def test_edge_27_a_thousand_low_ones_do_not_delay_an_urgent_one(
    hass: HomeAssistant, tmp_path: Path
) -> None:
    busy, phone = Door(), open_door()
    async with open_desk(
        hass,
        tmp_path,
        busy=patient(hass, "busy", busy),
        phone=patient(hass, "phone", phone),
    ) as desk:
        ids = [await desk.store("busy", priority=Priority.LOW) for _ in range(1000)]
        desk.courier.submit(ids)
        await wait_for(lambda: busy.called > 0)
        loop = asyncio.get_running_loop()

        begun = loop.time()
        # by the very channel that is jammed, and by another
        jammed = await desk.send("busy", "phone", priority=Priority.URGENT)
        await desk.proven(jammed)
        assert loop.time() - begun < 3.0
        alone = await desk.proven(await desk.send("phone", priority=Priority.URGENT))

        assert alone.evidence is Evidence.ACCEPTED
        assert busy.got == []  # and not one of the thousand has got through
        assert (await desk.record(ids[-1])).state is IntentState.QUEUED


async def test_edge_40_a_reload_in_mid_flight_makes_no_second_worker(
    hass: HomeAssistant, tmp_path: Path
) -> None:
    phone = Door()
    async with open_desk(hass, tmp_path, phone=patient(hass, "phone", phone)) as desk:
        ids = [await desk.send("phone") for _ in range(3)]
        await wait_for(lambda: phone.called == 3)
        first, heir = desk.courier, desk.new_courier()
        starting = asyncio.ensure_future(heir.start())  # before the first has ended
        await asyncio.sleep(0)
        phone.opened.set()
        await starting

        assert not first.is_running
        await wait_for(lambda: first.open_count == heir.open_count == 0)
        assert len(phone.got) == len(ids)
        desk.courier = heir
