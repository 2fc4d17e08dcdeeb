"""What the entities beside the power sensor do to the story of a cycle."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest

from .home import lived_in
from .laundry import DOOR, Laundry

SHAKES = "binary_sensor.washer_vibration"
OWN = "sensor.washer_machine_state"
COUNTER = "sensor.washer_energy"


class Witnessed(Laundry):
    """A washing machine with everything that can tell of it."""

    def shakes(self, state: str) -> None:
        self.hass.states.async_set(SHAKES, state, {"device_class": "vibration"})

    def says(self, word: str) -> None:
        self.hass.states.async_set(OWN, word)

    def counts(self, kwh: float) -> None:
        self.hass.states.async_set(
            COUNTER, f"{kwh:.4f}", {"unit_of_measurement": "kWh"}
        )

    def why(self) -> str:
        state = self.hass.states.get(self.entity("sensor", "state"))
        assert state is not None
        return str(state.attributes["reason"])


@pytest.fixture
async def washer(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, tmp_path: Path
) -> AsyncIterator[Witnessed]:
    freezer.move_to("2026-11-21T07:00:00+00:00")
    hass.config.config_dir = str(tmp_path)
    place = Witnessed(hass, freezer)
    place.beside = {
        "door_entity": DOOR,
        "vibration_entity": SHAKES,
        "native_entity": OWN,
        "energy_entity": COUNTER,
    }
    place.door("off")
    place.shakes("off")
    place.says("stop")
    place.counts(100.0)
    async with lived_in(place):
        yield place


async def half_an_hour(washer: Witnessed) -> None:
    """Work long enough for a programme, then rest for a minute."""
    await washer.watts(400)
    await washer.wait(1800, step=60)
    await washer.watts(0)
    await washer.wait(60)


async def test_its_own_word_ends_the_wait(washer: Witnessed) -> None:
    washer.says("run")
    await half_an_hour(washer)
    assert washer.value("sensor", "state") == "paused"
    washer.says("finish")
    await washer.settle()
    assert washer.value("sensor", "state") == "finished"
    (finish,) = washer.heard("cycle_finished")
    assert finish["reason"] == "native_finished"
    assert len(washer.received) == 1


async def test_its_own_word_holds_the_wait_and_says_so(washer: Witnessed) -> None:
    washer.says("run")
    await half_an_hour(washer)
    await washer.wait(700, step=60)
    assert washer.value("sensor", "state") == "paused"
    assert washer.why() == "native_running"


async def test_a_door_opened_after_the_programme_ends_the_wait(
    washer: Witnessed,
) -> None:
    await half_an_hour(washer)
    washer.door("on")
    await washer.settle()
    assert washer.value("sensor", "state") == "paused"
    await washer.wait(190)
    (finish,) = washer.heard("cycle_finished")
    assert finish["reason"] == "door_opened"
    # and whoever has opened it has taken the laundry out
    assert [data["by"] for data in washer.heard("emptied")] == ["door"]


async def test_a_door_is_remembered_over_a_restart(washer: Witnessed) -> None:
    await half_an_hour(washer)
    washer.door("on")
    await washer.settle()
    assert await washer.hass.config_entries.async_reload(washer.entry.entry_id)
    await washer.settle()
    assert washer.value("sensor", "state") == "paused"
    await washer.wait(190)
    assert [data["reason"] for data in washer.heard("cycle_finished")] == [
        "door_opened"
    ]


async def test_what_shakes_is_still_working(washer: Witnessed) -> None:
    await half_an_hour(washer)
    await washer.wait(450, step=30)
    washer.shakes("on")
    await washer.wait(100)
    assert washer.value("sensor", "state") == "paused"
    assert washer.why() == "vibration"
    washer.shakes("off")
    await washer.wait(120)
    assert washer.value("sensor", "state") == "finished"


async def test_a_counter_that_stands_tells_that_an_outage_was_quiet(
    washer: Witnessed,
) -> None:
    await washer.watts(400)
    for minute in range(30):
        await washer.wait(60, step=60)
        washer.counts(100.0 + (minute + 1) * 400 / 60_000)
    await washer.watts(0)
    await washer.wait(60)
    await washer.watts("unavailable")
    await washer.wait(500, step=100)
    assert washer.value("sensor", "state") == "paused"
    await washer.watts(0)
    await washer.wait(20)
    assert washer.heard("cycle_finished") == []
    washer.counts(100.0 + 30 * 400 / 60_000)  # the same again
    await washer.wait(60)
    (finish,) = washer.heard("cycle_finished")
    assert finish["estimated"] is False
    energy = washer.hass.states.get(washer.entity("sensor", "cycle_energy"))
    assert energy is not None
    assert energy.attributes["source"] == "counter"
