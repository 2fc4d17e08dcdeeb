"""Channels that rest are passed over, and waited for no longer than needed."""

from __future__ import annotations

from pathlib import Path

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.reliable_notifications.engine.vocabulary import (
    Evidence,
    IntentState,
    Priority,
)
from tests.adapters.delivering import Desk, action, open_desk, wait_for


class Line:
    """A notify action with a network that can be cut."""

    def __init__(self) -> None:
        self.cut = False
        self.calls = 0
        self.got: list[str] = []

    async def take(self, call: ServiceCall) -> None:
        self.calls += 1
        if self.cut:
            raise HomeAssistantError("no network")
        self.got.append(call.data["message"])


async def pass_time(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, seconds: float
) -> None:
    freezer.tick(seconds)
    async_fire_time_changed(hass)
    await hass.async_block_till_done()


async def break_down(
    desk: Desk, line: Line, hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    """Let it fail until it is let alone."""
    line.cut = True
    for _ in range(3):
        await desk.over(await desk.send("phone", "spare"))
        await pass_time(hass, freezer, 1.0)
    assert desk.courier.health.of("phone").is_down


async def test_a_channel_that_rests_is_passed_over_at_once(
    hass: HomeAssistant, tmp_path: Path, freezer: FrozenDateTimeFactory
) -> None:
    line, spare = Line(), Line()
    async with open_desk(
        hass,
        tmp_path,
        phone=action(hass, "phone", line.take),
        spare=action(hass, "spare", spare.take),
    ) as desk:
        await break_down(desk, line, hass, freezer)
        calls = line.calls

        intent_id = await desk.send("phone", "spare")
        record = await desk.over(intent_id)

        assert record.channel_id == "spare"
        assert line.calls == calls
        assert [row[0] for row in await desk.attempts(intent_id)] == ["spare"]


async def test_urgent_takes_no_notice_of_a_rest(
    hass: HomeAssistant, tmp_path: Path, freezer: FrozenDateTimeFactory
) -> None:
    line, spare = Line(), Line()
    async with open_desk(
        hass,
        tmp_path,
        phone=action(hass, "phone", line.take),
        spare=action(hass, "spare", spare.take),
    ) as desk:
        await break_down(desk, line, hass, freezer)
        line.cut = False

        record = await desk.proven(
            await desk.send("phone", "spare", priority=Priority.URGENT)
        )

        assert record.channel_id == "phone"
        assert not desk.courier.health.of("phone").is_down  # it has proven itself


async def test_after_the_rest_one_message_is_the_probe(
    hass: HomeAssistant, tmp_path: Path, freezer: FrozenDateTimeFactory
) -> None:
    line, spare = Line(), Line()
    async with open_desk(
        hass,
        tmp_path,
        phone=action(hass, "phone", line.take),
        spare=action(hass, "spare", spare.take),
    ) as desk:
        await break_down(desk, line, hass, freezer)
        ids = [await desk.send("phone") for _ in range(5)]  # they have nothing else
        for intent_id in ids:
            await desk.until(intent_id, lambda each: each.state is IntentState.WAITING)
        calls = line.calls

        await pass_time(hass, freezer, 30.0)
        await wait_for(lambda: line.calls > calls)
        await wait_for(lambda: desk.courier.health.of("phone").rests == 2)
        assert line.calls == calls + 1

        line.cut = False
        await pass_time(hass, freezer, 61.0)
        for intent_id in ids:
            assert (await desk.over(intent_id)).evidence is Evidence.ACCEPTED
        assert desk.courier.health.resting(freezer().timestamp()) == {}


async def test_who_listens_hears_of_every_change(
    hass: HomeAssistant, tmp_path: Path, freezer: FrozenDateTimeFactory
) -> None:
    line, spare = Line(), Line()
    async with open_desk(
        hass,
        tmp_path,
        phone=action(hass, "phone", line.take),
        spare=action(hass, "spare", spare.take),
    ) as desk:
        changes: list[tuple[str, bool, bool]] = []
        stop = desk.courier.health.listen(
            lambda channel_id, before, after: changes.append(
                (channel_id, before.is_down, after.is_down)
            )
        )
        await break_down(desk, line, hass, freezer)
        line.cut = False
        await desk.proven(await desk.send("phone", priority=Priority.URGENT))
        stop()
        line.cut = True
        await desk.over(await desk.send("phone", "spare"))

    assert [change[1:] for change in changes if change[1] != change[2]] == [
        (False, True),
        (True, False),
    ]
    assert {change[0] for change in changes} == {"phone"}
