"""Awkward cases of delivery that are about what people find on their devices."""

from __future__ import annotations

from collections.abc import AsyncIterator
import logging
from pathlib import Path
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest

from custom_components.reliable_notifications.const import DOMAIN
from custom_components.reliable_notifications.diagnostics import (
    async_get_config_entry_diagnostics,
)

from .home import Home, lived_in
from .test_native_appliance import OPERATION, Kitchen


@pytest.fixture
async def kitchen(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, tmp_path: Path
) -> AsyncIterator[Kitchen]:
    """A dishwasher that says itself what it is doing."""
    freezer.move_to("2026-11-21T07:00:00+00:00")
    hass.config.config_dir = str(tmp_path)
    hass.states.async_set(OPERATION, "ready")
    async with lived_in(Kitchen(hass, freezer)) as place:
        yield place


async def _tags(home: Home) -> list[str]:
    rows = await home.entry.runtime_data.database.read(
        lambda connection: connection.execute(
            "SELECT tag FROM notification ORDER BY created_at, rowid"
        ).fetchall()
    )
    return [row[0] for row in rows]


async def _say(home: Home, **data: Any) -> None:
    await home.hass.services.async_call(DOMAIN, "send", data, blocking=True)
    await home.settle()


async def test_edge_25_power_that_flaps_at_the_end_is_told_once(home: Home) -> None:
    await home.watts(1800)
    await home.wait(180)
    for _ in range(5):  # a relay that chatters around the limit
        await home.watts(0)
        await home.wait(8, step=4)
        await home.watts(1800)
        await home.wait(8, step=4)
    await home.watts(0)
    await home.wait(600)

    assert [call.data["title"] for call in home.received] == ["Kettle finished"]
    assert len(await _tags(home)) == 1


async def test_edge_25_a_finish_that_comes_twice_replaces_itself(
    kitchen: Kitchen,
) -> None:
    """The appliance says it is ready, runs on, and is ready again: one cycle."""
    await kitchen.says("run")
    await kitchen.wait(600, step=300)
    await kitchen.says("ready")
    await kitchen.wait(90)
    await kitchen.says("run")
    await kitchen.wait(600, step=300)
    await kitchen.says("finished")
    await kitchen.says("finished")
    await kitchen.settle()

    assert kitchen.words() == [
        "cycle_started",
        "cycle_finished",
        "cycle_reopened",
        "cycle_finished",
    ]
    told = await _tags(kitchen)
    assert len(told) == 3
    assert len(set(told)) == 1  # one message on every phone


async def test_edge_26_two_doors_are_two_incidents(home: Home) -> None:
    """Nothing is read out of the text, so that nothing is stripped from it."""
    for number in (1, 2):
        await _say(home, title=f"Door {number}", message="It is open")
        await home.wait(6, 6)  # what comes within seconds is told in one
    for number in (1, 2):
        for words in ("It is open", "It is still open", "It is still open"):
            await _say(home, message=words, incident=f"door-{number}")
            await home.wait(6, 6)

    told = await _tags(home)
    assert len(set(told[:2])) == 2
    assert told[2:] == ["rn-door-1"] * 3 + ["rn-door-2"] * 3
    assert len(home.received) == 6  # the same words of the same door came once


@pytest.mark.parametrize("names", [("Door 1", "Door 2"), ("Door", "Door")])
async def test_edge_26_two_appliances_are_told_apart_by_what_they_are(
    empty_home: Home, names: tuple[str, str]
) -> None:
    """Also where a person has given both the same name."""
    home = empty_home
    home.appliance = names[0]
    await home.add()
    second = "sensor.second_plug"
    home.hass.states.async_set(
        second, "0", {"device_class": "power", "unit_of_measurement": "W"}
    )
    home._add("appliance", names[1], kind="kettle", power_entity=second)
    await home.set_up()
    for plug in (None, second):
        for watts in (1800, 0):
            if plug is None:
                await home.watts(watts)
            else:
                home.hass.states.async_set(
                    plug,
                    str(watts),
                    {"device_class": "power", "unit_of_measurement": "W"},
                )
                await home.settle()
            await home.wait(180)

    assert len(home.received) == 2
    assert len(set(await _tags(home))) == 2
    await home.hass.config_entries.async_unload(home.entry.entry_id)


async def test_edge_08_a_silenced_platform_is_named_in_the_diagnostics(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    platform = logging.getLogger("homeassistant.components.swallower.notify")
    channels = home.entry.runtime_data.pipeline.directory.configured.values()
    pocket = next(each for each in channels if each.name == "Pocket")
    heard = {platform.name: logging.WARNING}
    monkeypatch.setattr(type(pocket), "loggers", property(lambda _: heard))

    async def silenced() -> list[str]:
        found = await async_get_config_entry_diagnostics(home.hass, home.entry)
        return list(found["silenced"])

    platform.setLevel(logging.WARNING)
    try:
        assert await silenced() == []
        platform.setLevel(logging.CRITICAL)
        assert await silenced() == [platform.name]
    finally:
        platform.setLevel(logging.NOTSET)
