"""Counts that only go up, and what the log of cycles adds up to."""

from __future__ import annotations

from custom_components.reliable_notifications.engine.cycles.bill import Bill
from custom_components.reliable_notifications.engine.cycles.odometer import Odometer
from custom_components.reliable_notifications.engine.cycles.standby import (
    DAY_KNOWN_FROM_S,
    Standby,
)
from custom_components.reliable_notifications.engine.cycles.usage import (
    RECENT_UNLOADINGS,
    Sum,
    average_idle_s,
    cost_since,
    finished_since,
    last_idle_s,
    saved_since,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    CycleEvent,
    CycleEventKind,
    CycleRecord,
)

from .plug import Plug


def happens(kind: CycleEventKind, cycle_id: str, wh: float) -> CycleEvent:
    return CycleEvent(
        kind=kind, cycle_id=cycle_id, at=0.0, started_at=0.0, energy_wh=wh
    )


def was(number: int, **more: float | bool | None) -> CycleRecord:
    values = {"ended_at": 100.0 * number, "announced_at": 100.0 * number} | more
    return CycleRecord(
        cycle_id=str(number),
        appliance_id="washer",
        started_at=100.0 * number - 50.0,
        energy_wh=500.0,
        **values,  # type: ignore[arg-type]
    )


def test_the_odometer_counts_a_reopened_cycle_once() -> None:
    odometer = Odometer()
    odometer.hear(happens(CycleEventKind.STARTED, "a", 0.0))
    odometer.hear(happens(CycleEventKind.FINISHED, "a", 500.0))
    odometer.hear(happens(CycleEventKind.REOPENED, "a", 500.0))
    assert (odometer.cycles, odometer.wh) == (1, 500.0)
    odometer.hear(happens(CycleEventKind.FINISHED, "a", 700.0))
    assert (odometer.cycles, odometer.wh) == (1, 700.0)
    odometer.hear(happens(CycleEventKind.FINISHED, "a", 600.0))  # never back
    assert (odometer.cycles, odometer.wh) == (1, 700.0)


def test_what_was_interrupted_used_energy_and_is_no_cycle() -> None:
    odometer = Odometer()
    odometer.hear(happens(CycleEventKind.INTERRUPTED, "a", 100.0))
    odometer.hear(happens(CycleEventKind.SHORT_RUN, "b", 0.1))
    assert (odometer.cycles, odometer.wh) == (0, 100.0)
    odometer.hear(happens(CycleEventKind.FINISHED, "a", 150.0))  # it went on
    assert (odometer.cycles, odometer.wh) == (1, 150.0)


def test_the_odometer_survives_and_takes_over_older_counts() -> None:
    odometer = Odometer()
    odometer.start_from(12)
    odometer.hear(happens(CycleEventKind.FINISHED, "a", 500.0))
    again = Odometer()
    again.restore(odometer.snapshot())
    again.restore({"cycles": "many"})
    again.start_from(3)
    again.hear(happens(CycleEventKind.FINISHED, "a", 500.0))
    assert (again.cycles, again.wh) == (13, 500.0)


def test_sums_say_what_they_lack() -> None:
    records = [
        was(1, cost=0.10),
        was(2, cost=0.20, saved=0.05),
        was(3),
        was(4, interrupted=True, cost=0.01),
        was(5, ended_at=None, announced_at=None),
    ]
    assert finished_since(records, 200.0) == 2
    assert cost_since(records, 0.0) == Sum(total=0.31, unknown=1)
    assert cost_since(records, 350.0).total == 0.01
    assert saved_since(records, 0.0) == Sum(total=0.05, unknown=3)


def test_only_loads_that_somebody_saw_taken_out_count_as_idle() -> None:
    assert average_idle_s([was(1)]) is None
    assert last_idle_s([was(1)]) is None
    records = [was(1, idle_s=60.0), was(2, idle_s=180.0), was(3)]
    assert average_idle_s(records) == 120.0
    assert last_idle_s(records) == 180.0
    many = [was(n, idle_s=9e9) for n in range(5)]
    many += [was(n, idle_s=60.0) for n in range(RECENT_UNLOADINGS)]
    assert average_idle_s(many) == 60.0


def test_a_day_of_rest_is_told_when_its_levels_are_known() -> None:
    standby = Standby(levels=[[4.0, DAY_KNOWN_FROM_S / 2]])
    assert standby.daily_wh is None
    standby.levels.append([0.5, DAY_KNOWN_FROM_S * 1.5])
    assert standby.daily_wh == 24.0 * (4.0 * 0.25 + 0.5 * 0.75)
    plug = Plug().play((7 * 3600.0, 1.0), (60.0, 1.0))
    assert plug.detector.standby_wh_per_day == 24.0
    assert plug.detector.peak_watts is None


def test_almost_done_has_the_figures_of_now_and_ends_no_account() -> None:
    bill = Bill()
    bill.hear(happens(CycleEventKind.STARTED, "a", 0.0), has_power=True)
    bill.used(300.0, 60.0)
    told = bill.hear(happens(CycleEventKind.ALMOST_DONE, "a", 0.0), has_power=True)
    assert (told.energy_wh, told.cost) == (300.0, None)
    bill.used(400.0, 120.0)
    assert bill.energy_wh("a") == 400.0
