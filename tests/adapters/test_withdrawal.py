"""Messages that are taken back: also those that arrive only after that."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.reliable_notifications.adapters.parcel import ReceiptEntry
from custom_components.reliable_notifications.answering.responses import Responses
from custom_components.reliable_notifications.answering.withdrawal import Withdrawal
from custom_components.reliable_notifications.engine.vocabulary import (
    Evidence,
    Priority,
)
from tests.adapters.delivering import Desk, Door, TruthfulAction, open_desk, wait_for


class Screen(TruthfulAction):
    """A device on which messages are seen, and from which they can be taken."""

    def __init__(self, hass: HomeAssistant, name: str, door: Door) -> None:
        hass.services.async_register("notify", name, door.take)
        super().__init__(hass, name, name.title(), f"notify.{name}")
        self.door = door
        self.taken: list[str] = []

    async def async_clear(self, tag: str) -> None:
        self.taken.append(tag)
        self.door.got.clear()


@asynccontextmanager
async def two_screens(
    hass: HomeAssistant, path: Path
) -> AsyncIterator[tuple[Desk, Responses, Screen, Screen]]:
    """A phone that hangs, and a tablet that works."""
    phone, tablet = Screen(hass, "phone", Door()), Screen(hass, "tablet", Door())
    tablet.door.opened.set()
    async with open_desk(hass, path, phone=phone, tablet=tablet) as desk:
        withdrawal = Withdrawal(hass, desk.database, desk.channels)
        withdrawal.async_start()
        responses = Responses(hass, desk.outbox, desk.courier, withdrawal, {})
        try:
            yield desk, responses, phone, tablet
        finally:
            withdrawal.async_stop()


def news(evidence: Evidence) -> ReceiptEntry:
    return ReceiptEntry(
        evidence=evidence, at=dt_util.utcnow().timestamp(), source="test", who="anna"
    )


def passing(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, check: Callable[[], Any]
) -> Callable[[], bool]:
    """Look at something while seconds go by."""

    def look() -> bool:
        freezer.tick(0.25)
        async_fire_time_changed(hass)
        return bool(check())

    return look


async def test_edge_18_what_arrives_after_the_answer_is_taken_off_again(
    hass: HomeAssistant, tmp_path: Path, freezer: FrozenDateTimeFactory
) -> None:
    """The phone's handler ends long after its time, and after the tap elsewhere."""
    async with two_screens(hass, tmp_path) as (desk, responses, phone, tablet):
        intent_id = await desk.send("phone", "tablet", priority=Priority.URGENT)
        await wait_for(passing(hass, freezer, lambda: tablet.door.got))
        record = await desk.proven(intent_id)
        assert record.channel_id == "tablet"
        assert phone.door.called >= 1
        assert phone.door.got == []

        await responses.async_book(intent_id, news(Evidence.ACKNOWLEDGED))
        await wait_for(lambda: bool(tablet.taken and phone.taken))
        await desk.over(intent_id)
        phone.door.opened.set()  # only now it gets through
        await wait_for(lambda: bool(phone.door.got))

        await wait_for(passing(hass, freezer, lambda: not phone.door.got))
        assert tablet.door.got == []


async def test_an_earlier_message_of_the_incident_is_answered_with_the_latest(
    hass: HomeAssistant, tmp_path: Path
) -> None:
    async with two_screens(hass, tmp_path) as (desk, responses, *_):
        ids = [
            await desk.send("tablet", priority=Priority.URGENT, tag=tag)
            for tag in ("leak", "leak", "door")
        ]
        for each in ids:
            await desk.proven(each)

        await responses.async_book(ids[1], news(Evidence.ACKNOWLEDGED))

        first = await desk.over(ids[0])  # it does not ring for an hour
        assert first.reason == "acknowledged with another message"
        assert (await desk.over(ids[1])).evidence is Evidence.ACKNOWLEDGED
        assert not (await desk.record(ids[2])).state.is_terminal


async def test_a_later_message_of_the_incident_is_news(
    hass: HomeAssistant, tmp_path: Path, freezer: FrozenDateTimeFactory
) -> None:
    async with two_screens(hass, tmp_path) as (desk, responses, *_):
        old = await desk.send("tablet", priority=Priority.URGENT, tag="leak")
        await desk.proven(old)
        freezer.tick(5)
        new = await desk.send("tablet", priority=Priority.URGENT, tag="leak")
        await desk.proven(new)

        await responses.async_book(old, news(Evidence.ACKNOWLEDGED))

        await desk.over(old)
        assert not (await desk.record(new)).state.is_terminal
