"""A tap on *Emptied* under a message, and what becomes of the messages then."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest

from custom_components.reliable_notifications import withdrawal
from tests.channels.phones import PushService, RegisteredPhone, by_cloud, register

from .home import lived_in
from .laundry import DOOR, Laundry

WAITING = ("binary_sensor", "waiting_to_be_emptied")
ACTION = "mobile_app_notification_action"


class Phoned(Laundry):
    """The washing machine, and a phone that really is registered."""

    push: PushService
    phone: RegisteredPhone

    def _add(self, what: str, title: str, **data: Any) -> str:
        if data.get("kind") == "notify_action":
            data = {"kind": "mobile_app", "target": self.phone.device_id}
        return super()._add(what, title, **data)

    def offered(self) -> dict[str, str]:
        """The buttons under the last message, by what stands on them."""
        told = [push for push in self.push.got if "actions" in push.get("data", {})]
        return {each["title"]: each["action"] for each in told[-1]["data"]["actions"]}

    def cleared(self) -> list[str]:
        """Tags of the messages that were taken off the phone."""
        return [
            push["data"]["tag"]
            for push in self.push.got
            if push["message"] == "clear_notification"
        ]

    async def tap(self, action: str) -> None:
        await self.phone.fire(ACTION, action=action)
        await self.settle()


@pytest.fixture
async def laundry(
    hass: HomeAssistant,
    hass_client: Callable[[], Any],
    freezer: FrozenDateTimeFactory,
    tmp_path: Path,
    socket_enabled: None,
) -> AsyncIterator[Phoned]:
    hass.config.config_dir = str(tmp_path)
    place = Phoned(hass, freezer)
    place.push = PushService()
    async with place.push.running() as address:
        place.phone = await register(hass, hass_client, by_cloud(address))
        freezer.move_to("2026-11-26T07:00:00+00:00")
        place.beside = {"door_entity": DOOR}
        place.door("off")
        async with lived_in(place):
            yield place


async def test_a_tap_empties_it_once_and_takes_the_message_back(
    laundry: Phoned,
) -> None:
    await laundry.wash()
    assert laundry.value(*WAITING) == "on"
    buttons = laundry.offered()
    assert list(buttons) == ["OK", "Emptied", "In 15 minutes"]
    for _ in range(2):  # two people tap it
        await laundry.tap(buttons["Emptied"])
    assert laundry.value(*WAITING) == "off"
    (emptied,) = laundry.heard("emptied")
    assert emptied["by"] == "phone"
    tags = await laundry.entry.runtime_data.database.read(
        lambda connection: connection.execute("SELECT tag FROM notification").fetchall()
    )
    assert laundry.cleared() == [tags[0][0]]
    # the tap is an answer to the message, too
    (answer,) = laundry.heard("acknowledged")
    assert answer["event"] == "cycle_finished"
    assert answer["recipient"] == "Anna"
    await laundry.wait(2 * 3600, step=600)
    assert laundry.heard("unload_reminder") == []


async def test_a_tap_is_understood_after_a_restart(laundry: Phoned) -> None:
    await laundry.wash()
    buttons = laundry.offered()
    assert await laundry.hass.config_entries.async_reload(laundry.entry.entry_id)
    await laundry.settle()
    await laundry.tap(buttons["Emptied"])
    assert [data["by"] for data in laundry.heard("emptied")] == ["phone"]
    assert laundry.value(*WAITING) == "off"


async def test_a_tap_under_the_message_of_yesterday_is_not_about_today(
    laundry: Phoned,
) -> None:
    await laundry.wash()
    old = laundry.offered()["Emptied"]
    await laundry.wait(12 * 3600, step=1800)
    await laundry.wash()
    assert [data["by"] for data in laundry.heard("emptied")] == ["start"]
    await laundry.tap(old)
    await laundry.tap("RN_EMPTIED_unknown")
    assert laundry.value(*WAITING) == "on"
    assert len(laundry.heard("emptied")) == 1
    await laundry.tap(laundry.offered()["Emptied"])
    assert laundry.value(*WAITING) == "off"


async def test_a_door_takes_the_message_back_everywhere(laundry: Phoned) -> None:
    await laundry.wash()
    await laundry.settle()
    laundry.door("on")
    await laundry.settle()
    assert len(laundry.cleared()) == 1


async def test_a_message_that_is_not_true_any_more_is_not_left_on_the_phone(
    laundry: Phoned, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The open door tells of the end, and that the laundry is out, in one breath."""
    monkeypatch.setattr(withdrawal, "PAUSES", (0.0,) * 200)
    await laundry.watts(400)
    await laundry.wait(1800, step=60)
    await laundry.watts(0)
    await laundry.wait(60)
    laundry.door("on")
    await laundry.wait(190)
    assert [data["reason"] for data in laundry.heard("cycle_finished")] == [
        "door_opened"
    ]
    await laundry.hass.async_block_till_done(wait_background_tasks=True)
    arrived = [push["message"] for push in laundry.push.got]
    assert not arrived or arrived[-1] == "clear_notification"
    (record,) = await laundry.entry.runtime_data.outbox.records_since(0)
    assert record.state.is_terminal
    assert record.reason == "emptied" or record.proven_at is not None


async def test_a_phone_that_cannot_be_told_is_no_trouble(
    laundry: Phoned, caplog: pytest.LogCaptureFixture
) -> None:
    await laundry.wash()
    laundry.hass.services.async_remove("notify", "mobile_app_pixel")
    laundry.door("on")
    await laundry.settle()
    assert [data["by"] for data in laundry.heard("emptied")] == ["door"]
    assert "could not be taken back from Pocket" in caplog.text
