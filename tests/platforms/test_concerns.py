"""Lasting trouble is told once, not over what is down, and taken back afterwards."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest

from custom_components.reliable_notifications.engine.vocabulary import IntentRecord
from custom_components.reliable_notifications.upkeep.channel_concerns import DOWN_FOR
from custom_components.reliable_notifications.upkeep.concern_sources import AWAY_FOR

from .home import ACTION, Home, lived_in
from .laundry import Laundry
from .test_channel_health import break_down, say
from .test_sending import act

MINUTE, HOUR = 60.0, 3600.0


async def told(home: Home, key: str) -> list[IntentRecord]:
    """What was told of an event, the first first."""
    log = await home.entry.runtime_data.outbox.records_since(0.0)
    return [each for each in log if each.event == key]


async def reload(home: Home) -> None:
    await home.hass.config_entries.async_unload(home.entry.entry_id)
    await home.set_up()


async def down_for_long(home: Home) -> None:
    await break_down(home)
    await home.wait(DOWN_FOR, 60)
    assert await told(home, "channel_down") == []  # nobody has tried it since
    await say(home)
    await home.wait(61, 61)


async def test_a_channel_that_is_down_is_told_over_the_others_and_over_again(
    home: Home,
) -> None:
    await down_for_long(home)

    [down] = await told(home, "channel_down")
    assert down.title == "Pocket is down"
    assert home.entry.runtime_data.pipeline.directory.name(down.channel_id) == "Inbox"
    answer = await act(home, "explain", intent_id=down.intent_id)
    [decision] = answer["intents"][0]["decisions"]
    assert "Skipped Pocket: the message is about it" in decision["reasons"]

    await home.wait(2 * HOUR, 600)
    await say(home)
    await home.wait(61, 61)
    assert len(await told(home, "channel_down")) == 1

    home.hass.services.async_register("notify", ACTION, home._receive)
    await home.wait(1000, 500)
    await say(home)
    await home.wait(61, 61)
    [restored] = await told(home, "channel_restored")
    assert restored.title == "Pocket works again"
    assert restored.recipient_name == "Anna"
    assert len(await told(home, "channel_down")) == 1


async def test_after_a_restart_it_is_not_told_anew_and_what_works_is_told(
    home: Home,
) -> None:
    await down_for_long(home)
    await reload(home)
    await home.wait(200, 61)
    assert await told(home, "channel_restored") == []  # nobody knows yet
    await break_down(home)
    await home.wait(DOWN_FOR, 60)
    await say(home)
    await home.wait(61, 61)
    assert len(await told(home, "channel_down")) == 1

    home.hass.services.async_register("notify", ACTION, home._receive)
    await reload(home)
    await say(home)
    await home.wait(61, 61)
    assert len(await told(home, "channel_restored")) == 1


async def test_a_power_failure_explains_it_until_it_is_over(home: Home) -> None:
    await act(home, "send", event="power_outage", recipients=["Anna"])
    await home.wait(10)
    assert home.received[-1].data["title"] == "Power failure"
    await down_for_long(home)
    assert await told(home, "channel_down") == []

    answer = await act(home, "send", event="power_restored")
    assert [each["recipient"] for each in answer["intents"]] == ["Anna"]
    await home.wait(61, 61)
    assert len(await told(home, "channel_down")) == 1
    # the next power failure is news, for the last one is over
    again = await act(home, "send", event="power_outage", recipients=["Anna"])
    assert [each["outcome"] for each in again["intents"]] == ["deliver"]


async def test_a_sensor_that_is_away_for_half_a_day(home: Home) -> None:
    await home.watts("unavailable")
    await home.wait(AWAY_FOR - HOUR, 1800)
    assert await told(home, "sensor_stale") == []
    await home.wait(HOUR + 120, 1800)
    [stale] = await told(home, "sensor_stale")
    assert stale.title == "Kettle cannot be watched"
    await reload(home)
    await home.watts("unavailable")
    await home.wait(AWAY_FOR, 3600)
    assert len(await told(home, "sensor_stale")) == 1
    await home.watts(0)
    await home.wait(61, 61)
    await home.watts("unavailable")
    await home.wait(AWAY_FOR + 120, 3600)
    assert len(await told(home, "sensor_stale")) == 2


async def test_a_kettle_that_was_left_on(home: Home) -> None:
    await home.watts(1800)
    await home.wait(29 * MINUTE, 30)
    assert await told(home, "appliance_left_on") == []
    await home.wait(3 * MINUTE, 30)
    assert len(await told(home, "appliance_left_on")) == 1
    assert home.received[-1].data["title"] == "Kettle was left on"
    await home.watts(0)
    await home.wait(5 * MINUTE, 30)
    [on] = await told(home, "appliance_left_on")
    assert on.state.is_terminal  # it does not come up again
    assert home.received[-1].data["title"] == "Kettle finished"


@pytest.fixture
async def laundry(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, tmp_path: Path
) -> AsyncIterator[Laundry]:
    freezer.move_to("2026-11-21T07:00:00+00:00")
    hass.config.config_dir = str(tmp_path)
    place = Laundry(hass, freezer)
    place.beside = {"tell_started": True}  # type: ignore[dict-item]
    async with lived_in(place):
        yield place


async def test_a_cycle_that_overruns_and_its_finish(laundry: Laundry) -> None:
    await laundry.wait(HOUR, 300)
    for _ in range(2):
        await laundry.watts(400)
        await laundry.wait(2 * HOUR, 300)
        await laundry.watts(0)
        await laundry.wait(HOUR, 300)
    started = await told(laundry, "cycle_started")
    assert [each.title for each in started] == ["Washer started"] * 2
    assert await told(laundry, "overrunning") == []

    await laundry.watts(400)
    await laundry.wait(2.5 * HOUR, 300)
    await laundry.wait(61, 61)
    [late] = await told(laundry, "overrunning")
    assert late.title == "Washer is taking longer than usual"
    await laundry.watts(0)
    await laundry.wait(1.5 * HOUR, 300)
    assert len(await told(laundry, "overrunning")) == 1
    assert len(await told(laundry, "cycle_finished")) == 3


async def test_a_start_that_was_none_is_told_in_its_place(laundry: Laundry) -> None:
    await laundry.watts(400)
    await laundry.wait(20, 5)
    await laundry.watts(0)
    await laundry.wait(1.5 * HOUR, 300)
    titles = [call.data["title"] for call in laundry.received]
    assert titles == ["Washer started", "Washer ran only briefly"]


async def test_nobody_hears_of_a_start_who_has_not_asked_for_it(home: Home) -> None:
    await home.boil()
    await home.wait(60)
    assert await told(home, "cycle_started") == []
    assert await told(home, "short_run") == []


async def test_a_goal_that_was_missed(home: Home) -> None:
    for number in range(18):
        await act(home, "send", message=f"Good {number}", channels=["Inbox"])
        await home.wait(40, 10)
    assert await told(home, "objective_missed") == []
    home.hass.services.async_remove("notify", ACTION)
    for number in range(4):
        await act(home, "send", message=f"Bad {number}", channels=["Pocket"], expires=1)
        await home.wait(120, 30)
    await home.wait(61, 61)
    [missed] = await told(home, "objective_missed")
    assert missed.title == "Objective missed: Delivery success"
