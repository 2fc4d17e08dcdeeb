"""Energy from a counter or from power, and its cost at the price of each moment."""

from __future__ import annotations

import json

import pytest

from custom_components.reliable_notifications.engine.cycles.bill import Bill, Source
from custom_components.reliable_notifications.engine.cycles.cost import (
    PRICE_HOLDS_S,
    CostMeter,
    price_factor,
)
from custom_components.reliable_notifications.engine.cycles.counter import (
    POINTS,
    EnergyCounter,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    CycleEvent,
    CycleEventKind,
)

STARTED, FINISHED = CycleEventKind.STARTED, CycleEventKind.FINISHED


def event(
    kind: CycleEventKind,
    at: float,
    *,
    wh: float = 0.0,
    ended: float | None = None,
    cycle: str = "a",
) -> CycleEvent:
    return CycleEvent(
        kind=kind,
        cycle_id=cycle,
        at=at,
        started_at=1_000.0,
        ended_at=ended,
        energy_wh=wh,
    )


# -- the counter -----------------------------------------------------------------------


def counting() -> EnergyCounter:
    counter = EnergyCounter()
    counter.hear(0.0, 5_000.0)
    counter.begin(1_000.0)
    return counter


def test_a_counter_counts_from_the_start_to_the_report_after_the_end() -> None:
    counter = counting()
    for n in range(1, 21):
        counter.hear(1_000.0 + 60.0 * n, 5_000.0 + 10.0 * n)
    counter.hear(4_000.0, 5_201.0)  # the display, long after the end
    counter.hear(4_060.0, 5_201.0)
    assert counter.used_wh(2_200.0) == 200.0
    assert counter.used_wh() == 201.0
    assert counter.used_wh(9_000.0) == 201.0


def test_the_start_may_lie_in_the_past() -> None:
    counter = EnergyCounter()
    for n in range(10):
        counter.hear(60.0 * n, 100.0 + n)
    counter.begin(305.0)
    assert counter.used_wh() == 4.0
    counter.begin(-1.0)  # before it was ever heard
    assert counter.used_wh() is None


@pytest.mark.parametrize(
    ("at", "wh"),
    [(1_100.0, 0.0), (1_100.0, 4_999.0), (1_100.0, 9_000.0), (900.0, 5_200.0)],
)
def test_resets_and_jumps_make_it_useless_for_this_cycle_only(
    at: float, wh: float
) -> None:
    counter = counting()
    counter.hear(1_050.0, 5_010.0)
    counter.hear(at, wh)
    flawed = at >= 1_000.0
    assert (counter.used_wh() is None) is flawed
    counter.hear(2_000.0, wh + 20.0)
    assert (counter.used_wh() is None) is flawed
    counter.begin(3_000.0)
    counter.hear(3_100.0, wh + 50.0)
    assert counter.used_wh() == 30.0


def test_a_coarse_counter_may_step() -> None:
    counter = counting()
    counter.hear(1_000.0, 5_100.0)
    assert counter.used_wh() == 100.0


def test_it_remembers_little_and_enough() -> None:
    counter = EnergyCounter()
    for second in range(7_200):  # a report each second
        counter.hear(float(second), second * 0.5)
    written = counter.snapshot()
    points = written["points"]
    assert isinstance(points, list)
    assert len(points) == POINTS
    counter.begin(7_199.0 - 600.0)
    used = counter.used_wh()
    assert used is not None
    assert abs(used - 300.0) <= 16.0


def test_a_restart_keeps_the_cycle_and_distrusts_what_began_meanwhile() -> None:
    counter = counting()
    counter.hear(1_100.0, 5_050.0)
    again = EnergyCounter()
    again.restore(json.loads(json.dumps(counter.snapshot())))
    again.hear(5_000.0, 5_400.0)
    assert again.used_wh() == 400.0
    again.begin(4_000.0)  # found out later, from the recorder
    assert again.used_wh() is None
    again.begin(6_000.0)
    again.hear(6_100.0, 5_410.0)
    assert again.used_wh() == 10.0
    again.restore({"last_wh": "much"})
    assert again.used_wh() == 10.0


# -- the cost --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "factor"),
    [
        ("EUR/kWh", 1.0),
        ("€/kWh", 1.0),
        ("eur / kWh", 1.0),
        ("EUR/MWh", 0.001),
        ("€/Wh", 1000.0),
        ("ct/kWh", 0.01),
        ("Cent/kWh", 0.01),
        ("kr/kWh", 1.0),
        ("USD/kWh", None),
        ("kWh", None),
        ("EUR", None),
        ("/kWh", None),
        ("EUR/h", None),
        ("", None),
        (None, None),
    ],
)
def test_units_of_prices(unit: str | None, factor: float | None) -> None:
    assert price_factor(unit, "EUR") == factor


def test_energy_has_the_price_of_its_hour() -> None:
    cost = CostMeter()
    assert cost.cost(0.0) is None
    cost.price(0.10, 0.0, 900.0)
    assert cost.cost(0.0) is None  # no cycle yet
    cost.begin(1_000.0)
    cost.use(1_000.0, 2_000.0)
    cost.price(0.40, 1_500.0, 3_600.0)
    cost.use(2_000.0, 4_000.0)
    assert cost.cost(2_000.0) == pytest.approx(0.15 + 0.20)
    cost.use(1_900.0, 4_100.0)  # the end was back-dated
    assert cost.cost(1_900.0) == pytest.approx(0.31)


def test_a_price_that_is_away_for_a_while_is_waited_for() -> None:
    cost = CostMeter()
    cost.begin(0.0)
    cost.use(500.0, 600.0)
    assert cost.cost(500.0) is None
    cost.price(0.20, 500.0, 700.0)
    assert cost.cost(500.0) == pytest.approx(0.10)
    cost.price(None, 500.0, 800.0)
    cost.price(None, 600.0, 900.0)
    assert cost.cost(600.0) is None
    cost.price(-0.10, 600.0, 1_000.0)  # such hours exist
    assert cost.cost(600.0) == pytest.approx(0.09)


def test_what_waited_too_long_has_no_price_and_then_the_cycle_has_none() -> None:
    cost = CostMeter()
    cost.price(0.20, 0.0, 0.0)
    cost.begin(0.0)
    cost.use(1_000.0, 100.0)
    cost.price(None, 1_000.0, 200.0)
    cost.price(0.20, 1_100.0, 300.0 + PRICE_HOLDS_S)
    assert cost.cost(1_100.0) is None
    # a little of it does not matter
    cost.use(9_000.0, 9_000.0)
    assert cost.cost(9_000.0) == pytest.approx(8.9 * 0.20)


def test_a_cost_survives_a_restart() -> None:
    cost = CostMeter()
    cost.price(0.20, 0.0, 0.0)
    cost.begin(0.0)
    cost.use(1_000.0, 100.0)
    again = CostMeter()
    again.restore(json.loads(json.dumps(cost.snapshot())))
    assert again.cost(1_000.0) == pytest.approx(0.20)
    again.price(0.30, 2_000.0, 200.0)
    assert again.cost(2_000.0) == pytest.approx(0.50)
    again.restore("nonsense")
    assert again.cost(2_000.0) == pytest.approx(0.50)


# -- both together ---------------------------------------------------------------------


def test_without_counter_and_price_nothing_is_added() -> None:
    bill = Bill()
    found = bill.hear(event(STARTED, 1_060.0, wh=5.0), has_power=True)
    assert found == event(STARTED, 1_060.0, wh=5.0)
    bill.used(50.0, 1_500.0)
    assert bill.energy_wh("a") == 50.0
    assert bill.source("a") is Source.INTEGRATED
    assert bill.cost("a") is None
    assert bill.energy_wh("b") is None
    assert bill.energy_wh(None) is None
    finish = event(FINISHED, 2_000.0, wh=80.0, ended=1_900.0)
    assert bill.hear(finish, has_power=True) == finish
    bill.used(0.3, 2_500.0)  # standby belongs to no cycle
    assert bill.energy_wh("a") == 80.0


def test_the_counter_knows_what_the_power_sensor_missed() -> None:
    bill = Bill()
    bill.counted(5_000.0, 0.0)
    bill.priced(0.50, 0.0)
    bill.hear(event(STARTED, 1_060.0, wh=5.0), has_power=True)
    bill.used(400.0, 1_800.0)
    assert bill.source("a") is Source.INTEGRATED  # it has not moved yet
    bill.counted(5_500.0, 1_900.0)
    bill.used(410.0, 1_900.0)
    assert bill.energy_wh("a") == 500.0
    assert bill.source("a") is Source.COUNTER
    found = bill.hear(event(FINISHED, 2_500.0, wh=420.0, ended=1_950.0), has_power=True)
    assert found.energy_wh == 500.0
    assert found.cost == pytest.approx(0.25)
    bill.priced(9.99, 3_000.0)
    assert bill.cost("a") == pytest.approx(0.25)


def test_a_counter_of_something_else_is_not_believed() -> None:
    bill = Bill()
    bill.counted(5_000.0, 0.0)
    bill.hear(event(STARTED, 1_060.0), has_power=True)
    bill.counted(5_001.0, 1_100.0)
    found = bill.hear(event(FINISHED, 2_000.0, wh=800.0, ended=1_900.0), has_power=True)
    assert found.energy_wh == 800.0
    assert bill.source("a") is Source.INTEGRATED


def test_without_power_the_counter_is_all_there_is() -> None:
    bill = Bill()
    bill.counted(5_000.0, 0.0)
    bill.hear(event(STARTED, 1_000.0), has_power=False)
    bill.counted(5_090.0, 1_500.0)
    bill.used(None, 1_500.0)
    assert bill.energy_wh("a") == 90.0
    nothing = Bill()
    nothing.priced(0.3, 0.0)
    found = nothing.hear(event(STARTED, 1_000.0), has_power=False)
    assert (found.energy_wh, found.cost) == (0.0, None)
    assert nothing.energy_wh("a") is None


def test_a_finish_that_is_taken_back_goes_on_counting() -> None:
    bill = Bill()
    bill.priced(1.0, 0.0)
    bill.hear(event(STARTED, 1_000.0), has_power=True)
    bill.hear(event(FINISHED, 2_000.0, wh=500.0, ended=1_900.0), has_power=True)
    bill.hear(event(CycleEventKind.REOPENED, 2_100.0, wh=510.0), has_power=True)
    bill.used(700.0, 2_500.0)
    assert bill.energy_wh("a") == 700.0
    assert bill.cost("a") == pytest.approx(0.7)


def test_an_end_without_a_start_is_left_as_it_is() -> None:
    finish = event(FINISHED, 2_000.0, wh=500.0, ended=1_900.0)
    bill = Bill()
    assert bill.hear(finish, has_power=True) is finish
    assert bill.energy_wh("a") is None


def test_a_bill_survives_a_restart() -> None:
    bill = Bill()
    bill.counted(5_000.0, 0.0)
    bill.priced(1.0, 0.0)
    bill.hear(event(STARTED, 1_000.0), has_power=True)
    bill.counted(5_400.0, 1_500.0)
    bill.used(390.0, 1_500.0)
    written = json.loads(json.dumps(bill.snapshot()))
    again = Bill()
    again.restore(written)
    assert again.energy_wh("a") == 400.0
    assert again.source("a") is Source.COUNTER
    assert again.cost("a") == pytest.approx(0.4)
    for damage in (
        None,
        {"account": 1},
        {"account": {**written["account"], "source": "x"}},
    ):
        again.restore(damage)
        assert again.energy_wh("a") == 400.0
