"""What the cycles of an appliance come to: counts, money, time until emptied."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest

from custom_components.reliable_notifications.appliances.ledger import Ledger
from custom_components.reliable_notifications.const import DOMAIN
from custom_components.reliable_notifications.engine.vocabulary import CycleRecord

from .home import lived_in
from .laundry import DOOR, Laundry

PRICE = "sensor.tariff"
MIDNIGHT = datetime(2026, 11, 21, tzinfo=UTC)


class Priced(Laundry):
    """A washing machine with a door and a tariff that is known until tomorrow."""

    def costs(self, price: float, *, cheap_hour: int | None = None) -> None:
        """Let the tariff be this, and 0.10 in one hour that is told in advance."""
        attributes: dict[str, Any] = {"unit_of_measurement": "EUR/kWh"}
        if cheap_hour is not None:
            attributes["raw_today"] = [
                {
                    "start": MIDNIGHT + timedelta(hours=hour),
                    "end": MIDNIGHT + timedelta(hours=hour + 1),
                    "value": 0.10 if hour == cheap_hour else price,
                }
                for hour in range(48)
            ]
        self.hass.states.async_set(PRICE, str(price), attributes)

    def number(self, key: str) -> float:
        """The number that a sensor shows."""
        return float(self.value("sensor", key))

    def attribute(self, key: str, name: str) -> Any:
        """What a sensor says beside its state."""
        state = self.hass.states.get(self.entity("sensor", key))
        assert state is not None
        return state.attributes.get(name)


@pytest.fixture
async def priced(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, tmp_path: Path
) -> AsyncIterator[Priced]:
    await hass.config.async_set_time_zone("UTC")
    freezer.move_to("2026-11-21T07:00:00+00:00")
    hass.config.config_dir = str(tmp_path)
    place = Priced(hass, freezer)
    place.beside = {"door_entity": DOOR, "price_entity": PRICE}
    place.door("off")
    place.costs(0.30, cheap_hour=20)
    async with lived_in(place):
        await place.wait(120, step=30)
        yield place


async def test_a_cycle_is_summed_up_when_it_is_over(priced: Priced) -> None:
    assert priced.value("sensor", "last_energy") == "unknown"
    assert priced.value("sensor", "last_saving") == "unknown"
    await priced.wash()
    energy = priced.number("last_energy")  # shown in kWh
    assert energy == pytest.approx(0.133, abs=0.005)
    assert priced.number("last_cost") == pytest.approx(energy * 0.30, abs=0.001)
    assert priced.attribute("last_cost", "per_kwh") == pytest.approx(0.30, abs=0.005)
    assert priced.number("month_cost") == priced.number("last_cost")
    assert priced.attribute("month_cost", "without_price") == 0
    assert priced.number("cycles_today") == priced.number("cycle_count") == 1


async def test_the_cheapest_hours_that_are_known_would_have_saved(
    priced: Priced,
) -> None:
    await priced.wash()
    saved = priced.number("last_energy") * (0.30 - 0.10)
    assert priced.number("last_saving") == pytest.approx(saved, abs=0.002)
    assert priced.number("month_saving") == priced.number("last_saving")
    start = priced.attribute("last_saving", "cheapest_start")
    assert start.hour == 20
    (finish,) = priced.heard("cycle_finished")
    assert finish["saved"] == pytest.approx(saved, abs=0.002)
    assert finish["cheapest_start"].startswith("2026-11-21T20:")


async def test_prices_in_advance_that_are_not_the_shown_one_are_not_believed(
    priced: Priced,
) -> None:
    priced.costs(0.30, cheap_hour=7)  # it is past seven, and 0.30 is shown
    await priced.wash()
    assert priced.value("sensor", "last_saving") == "unknown"
    assert priced.number("month_saving") == 0
    assert priced.attribute("month_saving", "without_prices") == 1
    assert "saved" not in priced.heard("cycle_finished")[0]


async def test_the_time_until_emptied_is_that_which_somebody_saw(
    priced: Priced,
) -> None:
    await priced.wash()
    assert priced.value("sensor", "last_idle") == "unknown"
    await priced.wait(1800, step=60)
    priced.door("on")
    await priced.settle()
    (emptied,) = priced.heard("emptied")
    minutes = priced.number("last_idle")
    assert minutes == pytest.approx(emptied["idle"] / 60, abs=0.1)
    priced.door("off")
    await priced.wash()
    await priced.wash()  # the next start: nobody knows when it was emptied
    assert priced.number("last_idle") == pytest.approx(minutes, abs=0.01)
    rows = await priced.entry.runtime_data.database.read(
        lambda connection: connection.execute(
            "SELECT idle_s FROM cycle ORDER BY started_at"
        ).fetchall()
    )
    assert [row[0] is None for row in rows] == [False, True, True]


async def test_counts_and_sums_survive_a_restart(priced: Priced) -> None:
    await priced.wash()
    before = {
        key: priced.value("sensor", key)
        for key in (
            *("cycle_count", "cycles_today", "last_energy", "last_cost"),
            *("last_saving", "month_cost", "month_saving"),
        )
    }
    assert await priced.hass.config_entries.async_reload(priced.entry.entry_id)
    await priced.settle()
    assert {key: priced.value("sensor", key) for key in before} == before


async def test_at_midnight_a_new_day_begins_without_a_cycle(priced: Priced) -> None:
    await priced.wash()
    assert priced.number("cycles_today") == 1
    priced.clock.move_to("2026-11-21T23:59:50+00:00")
    await priced.wait(20)
    assert priced.number("cycles_today") == 0
    reset = priced.attribute("cycles_today", "last_reset")
    assert reset == "2026-11-22T00:00:00+00:00"


async def test_what_it_will_have_cost_is_expected_from_the_second_cycle_on(
    priced: Priced,
) -> None:
    await priced.wait(600, step=60)
    await priced.watts(400)
    await priced.wait(600, step=30)
    assert priced.value("sensor", "projected_cost") == "unknown"
    await priced.wait(3000, step=60)
    await priced.watts(0)
    await priced.wait(1200, step=60)
    await priced.watts(400)
    await priced.wait(1800, step=60)
    # 0.2 kWh are used, and as much is to come
    assert priced.number("projected_cost") == pytest.approx(0.4 * 0.30, abs=0.005)
    await priced.wait(1800, step=60)
    await priced.watts(0)
    await priced.wait(3600, step=60)
    assert priced.value("sensor", "state") == "finished"
    assert priced.value("sensor", "projected_cost") == "unknown"
    assert priced.number("energy_deviation") == pytest.approx(0, abs=1)
    assert priced.number("duration_deviation") == pytest.approx(0, abs=1)


async def test_what_few_people_want_is_there_and_switched_off(priced: Priced) -> None:
    registry = er.async_get(priced.hass)
    for key in ("peak_power", "usual_energy", "average_idle", "total_energy"):
        (entity,) = [
            each
            for each in er.async_entries_for_config_entry(
                registry, priced.entry.entry_id
            )
            if each.unique_id.endswith(f"_{key}")
        ]
        assert entity.disabled_by is er.RegistryEntryDisabler.INTEGRATION
        registry.async_update_entity(entity.entity_id, disabled_by=None)
    await priced.wash()
    assert await priced.hass.config_entries.async_reload(priced.entry.entry_id)
    await priced.settle()
    assert priced.number("peak_power") == 400
    assert priced.number("total_energy") == priced.number("last_energy")
    await priced.wait(7 * 3600, step=600)
    await priced.watts(1)
    await priced.wait(12 * 3600, step=600)  # over midnight, when it is shown anew
    assert priced.number("standby_energy") == 0


async def test_money_is_not_offered_without_a_price(home: Any) -> None:
    registry = er.async_get(home.hass)
    keys = {
        each.unique_id.partition("_")[2]
        for each in er.async_entries_for_config_entry(registry, home.entry.entry_id)
        if each.platform == DOMAIN
    }
    assert "last_energy" in keys
    assert not {key for key in keys if "cost" in key or "saving" in key}
    assert "last_idle" not in keys  # nothing stays in a kettle


def test_sums_are_made_once_for_all_who_ask(freezer: FrozenDateTimeFactory) -> None:
    freezer.move_to("2026-11-21T12:00:00+00:00")
    cycle = CycleRecord(
        cycle_id="a",
        appliance_id="washer",
        started_at=MIDNIGHT.timestamp() + 36_000,
        ended_at=MIDNIGHT.timestamp() + 39_600,
        announced_at=MIDNIGHT.timestamp() + 39_700,
        energy_wh=500.0,
        cost=0.15,
    )
    ledger, over = Ledger(), [cycle]
    first = ledger.usage(over)
    assert ledger.usage(over) is first
    assert ledger.usage([cycle, cycle]).month_cost.total == 0.30
    freezer.move_to("2026-12-02T12:00:00+00:00")
    later = ledger.usage(over)
    assert (later.cycles_today, later.month_cost.total) == (0, 0.0)
