"""The self-test each minute, on a real database and with frozen time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.reliable_notifications.adapters.database import Database
from custom_components.reliable_notifications.adapters.uptime import (
    PATIENCE,
    Uptime,
)
from custom_components.reliable_notifications.engine.vocabulary import UptimeSpan

START = 1_795_262_400.0
MINUTE = 60.0


class Patient:
    """The pipeline that is tested; ill when it has a complaint."""

    complaint: str | None = None
    answers = True
    asked = 0

    async def __call__(self) -> str | None:
        self.asked += 1
        if not self.answers:
            await asyncio.Event().wait()
        return self.complaint


@pytest.fixture
async def database(tmp_path: Path) -> AsyncGenerator[Database]:
    database = Database(tmp_path / "log.db")
    await database.open()
    yield database
    await database.close()


@pytest.fixture
def patient() -> Patient:
    return Patient()


@pytest.fixture
async def uptime(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    database: Database,
    patient: Patient,
) -> AsyncGenerator[Uptime]:
    freezer.move_to("2026-11-21 12:00:00+00:00")
    uptime = Uptime(hass, database, patient)
    await uptime.async_start()
    yield uptime
    await uptime.async_stop()


async def minutes(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, number: int = 1
) -> None:
    for _ in range(number):
        freezer.tick(MINUTE)
        async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)


def span(
    start: float, end: float, *, passed: bool = True, reason: str = ""
) -> UptimeSpan:
    """A span in minutes since the start of the test."""
    return UptimeSpan(
        start=START + start * MINUTE,
        end=START + end * MINUTE,
        passed=passed,
        reason=reason,
    )


async def test_good_minutes_are_one_span(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, uptime: Uptime
) -> None:
    await minutes(hass, freezer, 5)
    assert await uptime.spans_since(0) == [span(0, 5)]
    assert uptime.trouble is None
    assert await uptime.set_up_at() == START


async def test_one_failed_test_is_one_minute(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    uptime: Uptime,
    patient: Patient,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await minutes(hass, freezer, 2)
    patient.complaint = "no channel can tell"
    await minutes(hass, freezer)
    assert uptime.trouble == "no channel can tell"
    patient.complaint = None
    await minutes(hass, freezer, 2)
    assert await uptime.spans_since(0) == [
        span(0, 2),
        span(2, 3, passed=False, reason="no channel can tell"),
        span(3, 5),
    ]
    assert caplog.text.count("The self-test fails: no channel can tell") == 1
    assert caplog.text.count("The self-test passes again") == 1


async def test_an_answer_that_held_for_no_time_gives_way(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    uptime: Uptime,
    patient: Patient,
) -> None:
    patient.complaint = "broke at once"
    await minutes(hass, freezer)
    assert await uptime.spans_since(0) == [
        span(0, 1, passed=False, reason="broke at once")
    ]


async def test_time_without_home_assistant_belongs_to_no_span(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    database: Database,
    uptime: Uptime,
    patient: Patient,
) -> None:
    await minutes(hass, freezer, 2)
    await uptime.async_stop()
    freezer.tick(10 * MINUTE)
    restarted = Uptime(hass, database, patient)
    await restarted.async_start()
    await minutes(hass, freezer)
    await restarted.async_stop()
    assert await restarted.spans_since(0) == [span(0, 2), span(12, 13)]
    assert await restarted.set_up_at() == START


async def test_a_quick_restart_is_no_gap(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    database: Database,
    uptime: Uptime,
    patient: Patient,
) -> None:
    await uptime.async_stop()
    freezer.tick(90)
    restarted = Uptime(hass, database, patient)
    await restarted.async_start()
    await restarted.async_stop()
    assert await restarted.spans_since(0) == [span(0, 1.5)]


async def test_a_clock_that_was_wrong_is_forgotten_at_once(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, uptime: Uptime
) -> None:
    """A board without a battery starts in the wrong year until the network is there."""
    freezer.tick(365 * 24 * 60 * MINUTE)
    await uptime.async_test()
    freezer.move_to("2026-11-21 12:01:00+00:00")
    for _ in range(2):
        await uptime.async_test()
        freezer.tick(MINUTE)
    await uptime.async_test()
    assert span(1, 3) in await uptime.spans_since(0)


async def test_a_database_that_is_gone_fails_the_test(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    database: Database,
    uptime: Uptime,
) -> None:
    await minutes(hass, freezer)
    await database.close()
    await minutes(hass, freezer)
    assert uptime.trouble is not None
    assert uptime.trouble.startswith("the database does not work")
    await database.open()
    await minutes(hass, freezer)
    assert uptime.trouble is None
    assert await uptime.spans_since(0) == [span(0, 1), span(3, 3)]


async def test_what_cannot_be_read_back_was_not_stored(
    hass: HomeAssistant, database: Database, uptime: Uptime
) -> None:
    """A disk that accepts everything and keeps nothing."""
    await database.write(
        lambda connection: connection.execute(
            "CREATE TRIGGER forget AFTER UPDATE ON uptime_span"
            " BEGIN DELETE FROM uptime_span; END"
        ).close()
    )
    await uptime.async_test()
    assert uptime.trouble is not None
    assert "cannot be read back" in uptime.trouble


async def test_no_answer_is_an_answer(
    freezer: FrozenDateTimeFactory, uptime: Uptime, patient: Patient
) -> None:
    patient.answers = False
    test = asyncio.create_task(uptime.async_test())
    await asyncio.sleep(0)
    freezer.tick(PATIENCE + 1)
    await test
    assert uptime.trouble == "no answer within 30 seconds"


async def test_a_slow_test_is_not_started_twice(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    uptime: Uptime,
    patient: Patient,
) -> None:
    patient.answers = False
    for _ in range(2):
        async_fire_time_changed(hass, dt_util.utcnow() + timedelta(seconds=MINUTE))
        await asyncio.sleep(0)
    assert patient.asked == 2  # at the start, and once more
    freezer.tick(PATIENCE + 1)
    await uptime.async_stop()
    assert uptime.trouble == "no answer within 30 seconds"


async def test_old_spans_are_left_out(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, uptime: Uptime
) -> None:
    await minutes(hass, freezer, 3)
    assert await uptime.spans_since(START + 3 * MINUTE) == [span(0, 3)]
    assert await uptime.spans_since(START + 3 * MINUTE + 1) == []


async def test_nothing_is_known_before_the_first_test(
    hass: HomeAssistant, database: Database, patient: Patient
) -> None:
    fresh = Uptime(hass, database, patient)
    assert await fresh.set_up_at() is None
    assert await fresh.spans_since(0) == []
    await fresh.async_stop()
