"""The scoreboard counts what really stands in the database."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.reliable_notifications.adapters.cycle_log import CycleLog
from custom_components.reliable_notifications.adapters.database import Database
from custom_components.reliable_notifications.adapters.delivery_log import DeliveryLog
from custom_components.reliable_notifications.adapters.outbox import Outbox
from custom_components.reliable_notifications.adapters.scoreboard import (
    SETTLE,
    SETTLE_PER_INTENT,
    UNKNOWN,
    Scoreboard,
)
from custom_components.reliable_notifications.adapters.uptime import Uptime
from custom_components.reliable_notifications.engine.metrics.catalogue import METRICS
from custom_components.reliable_notifications.engine.vocabulary import (
    CycleRecord,
    IntentRecord,
    Notification,
    Plan,
    PlannedStep,
    Priority,
)

START = 1_795_262_400.0
HOUR = 3600.0


@dataclass
class Home:
    """The store of a home with its scoreboard, and what it has told."""

    database: Database
    outbox: Outbox
    cycle_log: CycleLog
    uptime: Uptime
    scoreboard: Scoreboard
    told: int = 0

    def listen(self) -> None:
        self.told += 1

    def value(self, key: str) -> float | None:
        return self.scoreboard.values[key].value

    async def accept(self, title: str = "Washing machine", *, ago: float = 0) -> None:
        now = START - ago
        notification = Notification(
            id=f"{title}-{ago}",
            event="cycle_finished",
            category="cycle",
            priority=Priority.MEDIUM,
            title=title,
            message="It is done.",
            tag="rn-washer",
            created_at=now,
            deadline=now + 6 * HOUR,
        )
        step = PlannedStep(channel_id="phone", reason="first choice", can_tell=True)
        plan = Plan(recipient_id="anna", recipient_name="Anna", steps=(step,))
        await self.outbox.accept(notification, [plan])


async def healthy() -> str | None:
    return None


@pytest.fixture
async def home(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, tmp_path: Path
) -> AsyncGenerator[Home]:
    freezer.move_to("2026-11-21 12:00:00+00:00")
    database = Database(tmp_path / "log.db")
    await database.open()
    outbox, cycle_log = Outbox(database), CycleLog(database)
    uptime = Uptime(hass, database, healthy)
    scoreboard = Scoreboard(hass, DeliveryLog(database), cycle_log, uptime)
    home = Home(database, outbox, cycle_log, uptime, scoreboard)
    scoreboard.async_listen(home.listen)
    yield home
    scoreboard.async_stop()
    await database.close()


async def later(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, seconds: float
) -> None:
    freezer.tick(seconds)
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)


def test_everything_is_unknown_before_the_first_count(home: Home) -> None:
    assert set(home.scoreboard.values) == {metric.key for metric in METRICS}
    assert all(value == UNKNOWN for value in home.scoreboard.values.values())
    assert home.scoreboard.last_notification is None


async def test_an_empty_log_makes_up_nothing(home: Home) -> None:
    await home.scoreboard.async_start()
    assert home.value("compliance_score") is None
    assert home.value("delivery_success_rate") is None
    assert home.value("intents_open") == 0
    assert home.told == 1


async def test_the_log_becomes_metrics(home: Home) -> None:
    """One message still open, one cycle told 42.25 s after its end."""
    await home.accept(ago=60)
    cycle = CycleRecord(
        cycle_id="c1",
        appliance_id="washer",
        started_at=START - 2 * HOUR,
        ended_at=START - 100,
        announced_at=START - 57.75,
        energy_wh=800.0,
    )
    await home.cycle_log.save("washer", {}, cycle, START)
    await home.scoreboard.async_start()
    assert home.value("intents_open") == 1
    assert home.value("notifications_24h") == 1
    assert home.value("detection_delay") == 42.25
    assert home.scoreboard.values["detection_delay"].attributes["samples"] == 1
    latest = home.scoreboard.last_notification
    assert latest is not None
    assert (latest.title, latest.recipients, latest.evidence) == (
        "Washing machine",
        ("Anna",),
        None,
    )


async def test_many_requests_are_one_count(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, home: Home
) -> None:
    await home.scoreboard.async_start()
    for number in range(5):
        await home.accept(ago=number)
        home.scoreboard.request()
    assert home.value("intents_open") == 0
    await later(hass, freezer, 1.1)
    assert home.value("intents_open") == 5
    assert home.told == 2
    await later(hass, freezer, 5)
    assert home.told == 2


async def test_each_minute_is_counted_without_being_asked(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, home: Home
) -> None:
    """An unanswered message becomes a miss by the clock alone."""
    await home.accept()
    await home.scoreboard.async_start()
    assert home.value("delivery_success_rate") is None
    await later(hass, freezer, 6 * HOUR)
    assert home.value("delivery_success_rate") == 0.0
    assert home.told == 2


async def test_a_request_that_the_minute_overtakes_is_not_counted_twice(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, home: Home
) -> None:
    await home.scoreboard.async_start()
    freezer.tick(59.5)
    home.scoreboard.request()
    await later(hass, freezer, 0.6)
    assert home.told == 2
    await later(hass, freezer, 1)
    assert home.told == 2


async def test_uptime_reaches_the_score(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, home: Home
) -> None:
    await home.uptime.async_test()
    freezer.tick(60)
    await home.uptime.async_test()
    await home.scoreboard.async_start()
    assert home.value("uptime") == 100.0
    assert home.scoreboard.values["compliance_score"].attributes["based_on"] == 15


async def test_a_log_that_cannot_be_read_leaves_the_last_values(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    home: Home,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await home.accept()
    await home.scoreboard.async_start()
    await home.database.close()
    await later(hass, freezer, 60)
    await later(hass, freezer, 60)
    assert home.value("intents_open") == 1
    assert caplog.text.count("The log cannot be read") == 1
    await home.database.open()
    await home.accept("Dryer", ago=1)
    await later(hass, freezer, 60)
    assert home.value("intents_open") == 2


async def test_nothing_is_counted_after_the_stop(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, home: Home
) -> None:
    await home.scoreboard.async_start()
    home.scoreboard.request()
    home.scoreboard.async_stop()
    await later(hass, freezer, 120)
    assert home.told == 1


async def test_a_listener_may_leave(home: Home) -> None:
    heard: list[int] = []
    leave = home.scoreboard.async_listen(lambda: heard.append(1))
    await home.scoreboard.async_recount()
    leave()
    await home.scoreboard.async_recount()
    assert heard == [1]


async def test_a_long_log_is_counted_less_often(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    home: Home,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await home.accept()
    (record,) = await DeliveryLog(home.database).records_since(0.0)
    four_seconds = round(4 * SETTLE / SETTLE_PER_INTENT)

    async def long(_: float) -> list[IntentRecord]:
        return [record] * four_seconds

    monkeypatch.setattr(home.scoreboard._outbox, "records_since", long)
    await home.scoreboard.async_start()
    home.scoreboard.request()

    await later(hass, freezer, 3 * SETTLE)
    assert home.told == 1
    await later(hass, freezer, 1.1 * SETTLE)
    assert home.told == 2
