"""Edge cases 1, 2, 9 and 10: what an appliance does before and after its cycles."""

from __future__ import annotations

import pytest

from custom_components.reliable_notifications.engine.cycles.evidence import Reason
from custom_components.reliable_notifications.engine.vocabulary import (
    ApplianceKind,
    ApplianceState,
    CycleEventKind,
)

from .plug import MINUTE, Plug, Stretch
from .programmes import ANTI_CREASE, DISHES, DRYING_LAUNDRY, LAUNDRY, OFF, SPIN

STARTED, FINISHED = CycleEventKind.STARTED, CycleEventKind.FINISHED
SHORT_RUN = CycleEventKind.SHORT_RUN
ONE = [STARTED, FINISHED]
HOUR = 3600.0

CHECK: Stretch = (20.0, 24.0)
SHOWING: Stretch = (3 * HOUR, 3.0)


def washer(cycles: int = 3, every: float | None = None) -> Plug:
    plug = Plug(every=every).play(OFF, *[(*LAUNDRY, OFF)] * cycles)
    plug.events.clear()
    return plug


@pytest.mark.parametrize("watts", [12.0, 60.0, 900.0])
def test_edge_01_a_spike_changes_no_state(watts: float) -> None:
    plug = Plug().play(OFF, (4.0, watts), (620.0, 3.0))
    assert plug.is_in(ApplianceState.IDLE)
    assert plug.detector.short_runs == 0
    assert plug.events == []


def test_edge_01_a_drain_check_is_a_short_run_at_most() -> None:
    plug = Plug().play(OFF, (60.0, 30.0), (600.0, 0.0))
    assert plug.kinds == [STARTED, SHORT_RUN]
    assert plug.events[1].at - plug.events[1].started_at <= 400.0
    assert plug.detector.short_runs == 1
    assert plug.detector.cycle_count == 0
    assert plug.is_in(ApplianceState.IDLE)


def test_edge_01_a_person_may_end_what_has_just_begun() -> None:
    plug = Plug().play(OFF, (60.0, 30.0), (60.0, 0.0))
    told = plug.detector.finish(plug.at).events
    assert [each.kind for each in told] == [FINISHED]
    assert plug.detector.short_runs == 0


@pytest.mark.parametrize("cycles", [0, 3])
@pytest.mark.parametrize("check", [(20.0, 24.0), (60.0, 30.0)])
@pytest.mark.parametrize("every", [None, 10.0])
def test_edge_02_a_delayed_start_is_waited_for(
    cycles: int, check: Stretch, every: float | None
) -> None:
    plug = washer(cycles, every).play(check, SHOWING)
    assert plug.is_in(ApplianceState.WAITING_TO_START)
    assert plug.says(Reason.PROGRAMMED)
    begins = plug.at
    plug.play(LAUNDRY, OFF)
    assert plug.kinds[-2:] == ONE
    assert plug.events[-1].started_at == pytest.approx(begins, abs=10.0)


def test_edge_02_while_it_waits_nothing_elapses() -> None:
    plug = washer().play(CHECK, SHOWING)
    assert plug.detector.outlook.remaining_s is None
    assert plug.detector.outlook.progress is None
    assert not plug.detector.outlook.overrunning
    assert plug.detector.deadline is None


def test_edge_02_a_look_at_the_display_is_still_waiting() -> None:
    plug = washer().play(CHECK, SHOWING, (3.0, 13.0), (40.0, 3.0))
    assert plug.is_in(ApplianceState.WAITING_TO_START)


def test_edge_02_switched_off_it_waits_no_more() -> None:
    plug = washer().play(CHECK, SHOWING, (40.0, 0.0))
    assert plug.is_in(ApplianceState.WAITING_TO_START)
    plug.play((40.0, 0.0))
    assert plug.is_in(ApplianceState.IDLE)


def test_edge_02_nobody_waits_for_longer_than_a_day() -> None:
    plug = washer().play(CHECK, (25 * HOUR, 3.0), (60.0, 3.2))
    assert plug.is_in(ApplianceState.IDLE)


def test_edge_02_a_sensor_that_is_gone_for_a_day_is_not_waited_with() -> None:
    plug = washer().play(CHECK, SHOWING, (10.0, None))
    plug.at += 24 * HOUR
    plug.detector.step(plug.at)
    assert plug.is_in(ApplianceState.UNKNOWN)


@pytest.mark.parametrize("display", [3.0, 6.0])
def test_edge_02_a_display_that_stays_on_after_the_end_is_no_waiting(
    display: float,
) -> None:
    shown = (*[(60.0, display), (6.0, 20.0)] * 3, (2 * HOUR, display))
    plug = washer().play(LAUNDRY, (900.0, display), *shown)
    assert plug.kinds == ONE
    assert not plug.is_in(ApplianceState.WAITING_TO_START)


def test_edge_02_a_dishwasher_waits_too() -> None:
    plug = Plug(ApplianceKind.DISHWASHER).play(OFF, (9.0, 30.0), (5 * HOUR, 2.0))
    assert plug.is_in(ApplianceState.WAITING_TO_START)
    begins = plug.at
    plug.play(DISHES, OFF)
    assert plug.kinds == ONE
    assert plug.events[1].started_at == pytest.approx(begins, abs=10.0)


def test_edge_02_a_dryer_is_not_asked() -> None:
    plug = Plug(ApplianceKind.DRYER).play(OFF, (12.0, 40.0), SHOWING)
    assert plug.is_in(ApplianceState.IDLE)


@pytest.mark.parametrize("every", [None, 45.0])
def test_edge_09_anti_crease_is_a_state_of_its_own(every: float | None) -> None:
    plug = Plug(ApplianceKind.DRYER, every=every).play(OFF, DRYING_LAUNDRY)
    plug.play(*[ANTI_CREASE] * 3)
    assert plug.kinds == ONE
    assert plug.is_in(ApplianceState.ANTI_CREASE)
    assert plug.says(Reason.TURNING)
    assert plug.detector.end_confidence == 1.0
    plug.play((16 * MINUTE, 2.0))  # a timer tells it, not a report
    assert plug.is_in(ApplianceState.FINISHED)
    assert plug.kinds == ONE


def test_edge_09_one_turn_is_no_habit() -> None:
    plug = Plug(ApplianceKind.DRYER).play(OFF, DRYING_LAUNDRY, (900.0, 2.0))
    for _ in range(3):  # too far apart to belong together
        plug.play((6.0, 200.0), (16 * MINUTE, 2.0))
        assert plug.is_in(ApplianceState.FINISHED)


def test_edge_09_a_washer_turns_its_laundry_too() -> None:
    plug = washer().play(LAUNDRY, (60.0, 4.0), *[(56.0, 4.0), (4.0, 90.0)] * 20)
    assert plug.kinds == ONE
    assert plug.is_in(ApplianceState.ANTI_CREASE)


def test_edge_09_coffee_kept_warm_is_finished() -> None:
    plug = Plug(ApplianceKind.COFFEE_MACHINE).play(OFF, (300.0, 900.0), (60.0, 1.0))
    plug.play(*[(60.0, 1.0), (10.0, 900.0)] * 8, (60.0, 1.0))
    assert plug.is_in(ApplianceState.FINISHED)


def test_edge_10_a_load_during_anti_crease_begins_a_cycle() -> None:
    plug = Plug(ApplianceKind.DRYER).play(OFF, DRYING_LAUNDRY, ANTI_CREASE)
    assert plug.is_in(ApplianceState.ANTI_CREASE)
    begins = plug.at
    plug.play((60.0, 2200.0))
    assert plug.is_in(ApplianceState.RUNNING)
    plug.play(DRYING_LAUNDRY, ANTI_CREASE, OFF)
    assert plug.kinds == ONE * 2
    assert plug.events[2].started_at == pytest.approx(begins, abs=10.0)


def test_a_restart_in_any_of_these_states_changes_nothing() -> None:
    plain, restarted = washer(), washer()
    for stretch in (CHECK, SHOWING, *LAUNDRY, *[(56.0, 4.0), (4.0, 90.0)] * 9, *SPIN):
        plain.play(stretch)
        restarted.play(stretch)
        restarted.restart()
        assert restarted.detector.state is plain.detector.state
    assert restarted.detector.snapshot() == plain.detector.snapshot()


def test_edge_13_a_display_that_looks_like_a_start_is_learned_as_rest() -> None:
    plug = washer().play(OFF, (6 * 3600.0, 8.5), (600.0, 0.0), (6 * 3600.0, 8.5))
    starts = plug.kinds.count(CycleEventKind.STARTED)
    assert starts - washer().kinds.count(CycleEventKind.STARTED) <= 3
