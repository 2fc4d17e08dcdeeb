"""What a cycle used and cost, as the entities and events show it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest

from .home import Home, lived_in
from .laundry import Laundry

COUNTER = "sensor.kettle_plug_energy"
PRICE = "sensor.tariff"


class Metered(Laundry):
    """The kettle with a counter and a tariff."""

    appliance = "Kettle"
    kind = "kettle"

    def counts(self, kwh: float) -> None:
        self.hass.states.async_set(COUNTER, str(kwh), {"unit_of_measurement": "kWh"})

    def costs(self, price: float | str) -> None:
        unit = {"unit_of_measurement": "EUR/kWh"}
        self.hass.states.async_set(PRICE, str(price), unit)


@pytest.fixture
async def metered(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, tmp_path: Path
) -> AsyncIterator[Metered]:
    freezer.move_to("2026-11-21T07:00:00+00:00")
    hass.config.config_dir = str(tmp_path)
    place = Metered(hass, freezer)
    place.beside = {"energy_entity": COUNTER, "price_entity": PRICE}
    place.counts(100.0)
    place.costs(0.40)
    async with lived_in(place):
        yield place


async def test_without_witnesses_energy_is_calculated_and_has_no_cost(
    home: Home,
) -> None:
    await home.boil()
    energy = home.hass.states.get(home.entity("sensor", "cycle_energy"))
    assert energy is not None
    assert energy.attributes["source"] == "integrated"
    finish = next(data for word, data in home.happened if word == "cycle_finished")
    assert finish["cost"] is None
    ours = er.async_entries_for_config_entry(
        er.async_get(home.hass), home.entry.entry_id
    )
    assert not [each for each in ours if each.unique_id.endswith("_cycle_cost")]


async def test_the_counter_is_preferred_and_the_price_of_the_moment_counts(
    metered: Metered,
) -> None:
    await metered.watts(1800)
    await metered.wait(90)
    metered.costs(0.20)  # the hour is over
    await metered.settle()  # 2025.6 tells listeners one turn of the loop later
    await metered.wait(90)
    metered.counts(100.1)  # the plug missed a tenth of it
    await metered.watts(0)
    await metered.wait(150)
    energy = metered.hass.states.get(metered.entity("sensor", "cycle_energy"))
    assert energy is not None
    assert energy.attributes["source"] == "counter"
    assert float(energy.state) == pytest.approx(0.1, abs=0.001)
    cost = metered.hass.states.get(metered.entity("sensor", "cycle_cost"))
    assert cost is not None
    assert cost.attributes["unit_of_measurement"] == "EUR"
    # 45 Wh at 0.40, and what is left at 0.20
    expected = 0.045 * 0.40 + 0.055 * 0.20
    assert float(cost.state) == pytest.approx(expected, abs=0.0005)
    (finish,) = metered.heard("cycle_finished")
    assert finish["energy"] == 0.1
    assert finish["cost"] == pytest.approx(expected, abs=0.0005)
    rows = await metered.entry.runtime_data.database.read(
        lambda connection: connection.execute("SELECT cost FROM cycle").fetchall()
    )
    assert [row[0] for row in rows] == [pytest.approx(finish["cost"], abs=0.0001)]


async def test_a_counter_that_starts_again_is_left_out(metered: Metered) -> None:
    await metered.watts(1800)
    await metered.wait(90)
    metered.counts(0.0)
    await metered.wait(90)
    await metered.watts(0)
    await metered.wait(150)
    energy = metered.hass.states.get(metered.entity("sensor", "cycle_energy"))
    assert energy is not None
    assert energy.attributes["source"] == "integrated"
    assert float(energy.state) == pytest.approx(0.09, abs=0.002)


async def test_no_price_no_cost_and_never_a_wrong_one(metered: Metered) -> None:
    metered.costs("unavailable")
    await metered.boil()
    assert metered.value("sensor", "cycle_cost") == "unknown"
    assert metered.heard("cycle_finished")[0]["cost"] is None


async def test_a_reload_in_mid_cycle_keeps_what_was_spent(metered: Metered) -> None:
    await metered.watts(1800)
    await metered.wait(90)
    assert await metered.hass.config_entries.async_reload(metered.entry.entry_id)
    await metered.settle()
    await metered.wait(90)
    metered.counts(100.09)
    await metered.watts(0)
    await metered.wait(150)
    assert float(metered.value("sensor", "cycle_cost")) == pytest.approx(
        0.036, abs=0.001
    )
