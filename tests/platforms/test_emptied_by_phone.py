"""A tap on *Emptied* under a message, and what becomes of the messages then."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest

from custom_components.reliable_notifications.const import DOMAIN
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

    def channel(self, title: str) -> str:
        """The id of a channel."""
        return next(
            each.subentry_id
            for each in self.entry.subentries.values()
            if each.title == title
        )

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
    laundry: Phoned,
) -> None:
    """The open door tells of the end, and that the laundry is out, in one breath."""
    await laundry.watts(400)
    await laundry.wait(1800, step=60)
    await laundry.watts(0)
    await laundry.wait(60)
    laundry.door("on")
    await laundry.wait(190)
    assert [data["reason"] for data in laundry.heard("cycle_finished")] == [
        "door_opened"
    ]
    await laundry.wait(60, step=1)
    arrived = [push["message"] for push in laundry.push.got]
    assert not arrived or arrived[-1] == "clear_notification"
    (record,) = await laundry.entry.runtime_data.outbox.records_since(0)
    assert record.state.is_terminal
    assert record.reason == "emptied" or record.proven_at is not None


async def _recalls(laundry: Phoned) -> list[tuple[str, int]]:
    rows = await laundry.entry.runtime_data.database.read(
        lambda connection: connection.execute(
            "SELECT channel_id, tries FROM recall"
        ).fetchall()
    )
    return [tuple(row) for row in rows]


async def test_edge_42_a_phone_that_cannot_be_told_is_told_later(
    laundry: Phoned, caplog: pytest.LogCaptureFixture
) -> None:
    """Quietly, after a restart, and without being counted as anybody's failure."""
    await laundry.wash()
    attempts = "SELECT count(*) FROM attempt"
    read = laundry.entry.runtime_data.database.read
    before = await read(lambda connection: connection.execute(attempts).fetchone()[0])
    pocket = laundry.channel("Pocket")
    laundry.push.status = HTTPStatus.INTERNAL_SERVER_ERROR  # the app only logs it
    laundry.door("on")
    await laundry.settle()
    assert [data["by"] for data in laundry.heard("emptied")] == ["door"]
    await laundry.wait(60, step=1)
    ((channel_id, tries),) = await _recalls(laundry)
    assert channel_id == pocket
    assert tries == 4  # at once, after 3, 10 and 30 s
    said = "could not be taken back from Pocket"
    assert len([line for line in caplog.messages if said in line]) >= 1
    loud = [record for record in caplog.records if record.levelname != "DEBUG"]
    assert len([each for each in loud if said in each.getMessage()]) == 1

    assert await laundry.hass.config_entries.async_reload(laundry.entry.entry_id)
    await laundry.settle()
    asked = len(laundry.cleared())
    laundry.push.status = HTTPStatus.CREATED
    await laundry.wait(130, step=10)

    assert len(laundry.cleared()) == asked + 1
    assert await _recalls(laundry) == []
    read = laundry.entry.runtime_data.database.read
    after = await read(lambda connection: connection.execute(attempts).fetchone()[0])
    assert after == before
    health = laundry.entry.runtime_data.pipeline.courier.health
    assert not health.of(pocket).is_down


async def test_edge_42_after_a_day_it_is_left_where_it_is(laundry: Phoned) -> None:
    await laundry.wash()
    laundry.hass.services.async_remove("notify", "mobile_app_pixel")
    laundry.door("on")
    await laundry.settle()
    await laundry.wait(23 * 3600, step=1800)
    assert len(await _recalls(laundry)) == 1
    await laundry.wait(2 * 3600, step=1800)
    assert await _recalls(laundry) == []


async def test_a_newer_message_is_not_taken_back_with_an_older_one(
    laundry: Phoned,
) -> None:
    async def say(message: str) -> None:
        about = {"incident": "leak", "priority": "high"}  # told at once
        await laundry.hass.services.async_call(
            DOMAIN, "send", {"message": message, **about}, blocking=True
        )
        await laundry.settle()

    await say("Water")
    calls = laundry.hass.services
    handler = calls._services["notify"].pop("mobile_app_pixel")
    await calls.async_call(DOMAIN, "resolve", {"incident": "leak"}, blocking=True)
    await laundry.settle()
    assert len(await _recalls(laundry)) == 1
    calls._services["notify"]["mobile_app_pixel"] = handler
    await laundry.wait(1, step=1)
    await say("Water again")
    await laundry.wait(120, step=5)
    assert laundry.cleared() == []
    assert await _recalls(laundry) == []
    assert laundry.push.got[-1]["message"] == "Water again"
