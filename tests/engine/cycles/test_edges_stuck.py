"""Edge cases 23 and 36: a sensor falls silent, or shows its last value for ever."""

from __future__ import annotations

import pytest

from custom_components.reliable_notifications.engine.cycles.evidence import Reason
from custom_components.reliable_notifications.engine.cycles.holds import BANDS, Holds
from custom_components.reliable_notifications.engine.vocabulary import (
    ApplianceKind,
    ApplianceState,
    CycleEventKind,
    Reading,
)

from .plug import MINUTE, Plug, Stretch
from .programmes import DISHES, DRYING, LAUNDRY, OFF, PUMP_OUT

STARTED, FINISHED = CycleEventKind.STARTED, CycleEventKind.FINISHED
ONE = [STARTED, FINISHED]
HOUR = 3600.0

# The plug reports changes of a drum motor all the time; then nothing, at 160 W.
STUCK: Stretch = (10 * HOUR, 160.0)
TURNING = LAUNDRY[2:120]
SPINNING = LAUNDRY[182:]


def known_washer(cycles: int = 3) -> Plug:
    plug = Plug().play(OFF, *[(*LAUNDRY, OFF)] * cycles)
    plug.events.clear()
    return plug


def test_edge_36_a_stuck_value_is_not_running_for_hours() -> None:
    plug = known_washer().play(LAUNDRY[:2], TURNING)
    stuck = plug.at
    plug.play((29 * MINUTE, 160.0))
    assert plug.is_in(ApplianceState.RUNNING)
    plug.at += 2 * MINUTE
    plug.detector.step(plug.at)
    assert plug.is_in(ApplianceState.STALE)
    assert plug.says(Reason.SENSOR_STUCK)
    assert plug.detector.watts is None
    assert plug.detector.last_activity_at == stuck


def test_edge_36_the_hold_is_no_energy() -> None:
    plug = known_washer().play(LAUNDRY[:2], TURNING)
    before = plug.detector.energy_wh
    plug.play((31 * MINUTE, 160.0))
    assert plug.is_in(ApplianceState.STALE)
    assert plug.detector.energy_wh == pytest.approx(before, abs=0.1)


def test_edge_36_beyond_doubt_it_is_the_end_back_dated_and_estimated() -> None:
    plug = known_washer().play(LAUNDRY[:2], TURNING)
    stuck = plug.at
    plug.play(STUCK)
    assert plug.kinds == ONE
    told = plug.events[1]
    assert told.ended_at == stuck
    assert told.at - stuck == pytest.approx(2 * HOUR, abs=1.0)
    assert told.estimated
    assert told.reason == Reason.SENSOR_STUCK
    assert plug.is_in(ApplianceState.FINISHED)


def test_edge_36_of_an_unknown_appliance_the_end_is_told_on_return() -> None:
    plug = Plug().play(OFF, LAUNDRY[:2], TURNING)
    stuck = plug.at
    plug.play(STUCK)
    assert plug.kinds == [STARTED]
    assert plug.is_in(ApplianceState.STALE)
    plug.play((120.0, 0.0))
    assert plug.kinds == ONE
    assert plug.events[1].ended_at == stuck
    assert plug.events[1].estimated
    assert plug.detector.knowledge()["memory"] == Plug().detector.knowledge()["memory"]


def test_edge_36_what_comes_back_soon_goes_on_as_the_same_cycle() -> None:
    plug = known_washer().play(LAUNDRY[:2], TURNING, (50 * MINUTE, 160.0))
    assert plug.is_in(ApplianceState.STALE)
    plug.play((12.0, 420.0))
    assert plug.is_in(ApplianceState.RUNNING)
    plug.play(TURNING, SPINNING, OFF)
    assert plug.kinds == ONE


def test_edge_36_the_same_value_again_was_true_all_the_time() -> None:
    plug = known_washer().play(LAUNDRY[:2], TURNING)
    before = plug.detector.energy_wh
    plug.play((90 * MINUTE, 160.0))
    assert plug.is_in(ApplianceState.STALE)
    plug.play((60.0, 158.0))
    assert plug.is_in(ApplianceState.RUNNING)
    held_wh = plug.detector.energy_wh - before
    assert held_wh == pytest.approx(160.0 * 1.5, abs=0.1)
    plug.play((100 * MINUTE, 160.0))  # and so long again is nothing new
    assert plug.is_in(ApplianceState.RUNNING)


def test_edge_36_reports_that_repeat_a_value_prove_that_it_is_true() -> None:
    fan = [(5 * MINUTE, 50.0)] * 40
    plug = known_washer().play(LAUNDRY[:2], TURNING, fan)
    assert plug.is_in(ApplianceState.RUNNING)
    plug.play(SPINNING, OFF)
    assert plug.kinds == ONE


def test_edge_36_a_constant_load_that_was_always_silent_is_believed() -> None:
    """A dishwasher that circulates at exactly 60 W, and says so once."""
    full = ((30.0, 25.0), (40 * MINUTE, 60.0), *DISHES[2:], DRYING, PUMP_OUT, OFF)
    plug = Plug(ApplianceKind.DISHWASHER).play(OFF, *[full] * 25)
    assert plug.kinds == ONE * 25
    plug.play((30.0, 25.0), (110 * MINUTE, 60.0))
    assert plug.is_in(ApplianceState.RUNNING)


def test_edge_36_a_poll_that_stops_is_noticed() -> None:
    plug = Plug(every=30.0).play(OFF, *[(*LAUNDRY, OFF)] * 3)
    plug.events.clear()
    plug.play(LAUNDRY[:2], TURNING)
    plug.every = None
    plug.play((40 * MINUTE, 160.0))
    assert plug.is_in(ApplianceState.STALE)


def test_edge_36_a_restart_while_stale_changes_nothing() -> None:
    plain, restarted = known_washer(), known_washer()
    for plug in (plain, restarted):
        plug.play(LAUNDRY[:2], TURNING, (HOUR, 160.0))
    restarted.restart()
    for plug in (plain, restarted):
        plug.play(TURNING, SPINNING, OFF)
    assert restarted.events == plain.events
    assert restarted.detector.snapshot() == plain.detector.snapshot()


def test_edge_36_a_person_may_end_it() -> None:
    plug = known_washer().play(LAUNDRY[:2], TURNING, (HOUR, 160.0))
    assert plug.is_in(ApplianceState.STALE)
    assert [each.kind for each in plug.detector.finish(plug.at).events] == [FINISHED]
    other = known_washer().play(LAUNDRY[:2], TURNING, (HOUR, 160.0))
    told = other.detector.discard(other.at).events
    assert [each.kind for each in told] == [CycleEventKind.INTERRUPTED]


def test_edge_23_a_sensor_dead_for_ever_is_stale_and_no_finish() -> None:
    plug = known_washer().play(LAUNDRY, (10.0, None))
    step = plug.detector.step(plug.at)
    assert step.wake_at is not None
    plug.at = step.wake_at
    step = plug.detector.step(plug.at)
    assert plug.is_in(ApplianceState.STALE)
    assert plug.says(Reason.SENSOR_SILENT)
    assert step.wake_at is None
    for _ in range(48):
        plug.at += HOUR
        assert plug.detector.step(plug.at).events == ()
    assert plug.is_in(ApplianceState.STALE)


def test_edge_23_a_sensor_that_is_back_in_a_pause_goes_on_with_it() -> None:
    plug = known_washer().play(LAUNDRY[:2], TURNING, (100.0, 4.0), (3 * HOUR, None))
    assert plug.is_in(ApplianceState.STALE)
    plug.play((60.0, 0.0))
    assert plug.kinds == ONE
    assert plug.events[1].reason == Reason.SENSOR_WAS_ABSENT


def test_a_snapshot_with_other_bands_is_not_ours() -> None:
    assert len(Holds().longest) == BANDS
    plug = known_washer()
    snapshot = plug.detector.snapshot()
    snapshot["holds"] = {"longest": [1.0], "reports": [1.0]}
    restored = type(plug.detector).restore(plug.kind, snapshot)
    assert restored.state is ApplianceState.UNKNOWN
    restored.step(plug.at + 1.0, Reading(plug.at + 1.0, 5.0))
