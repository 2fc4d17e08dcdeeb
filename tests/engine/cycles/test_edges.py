"""The edge cases of the study, by number: what the pure detector can show of them.

Missing numbers need the shell (doors, counters, buttons, entities) or are not done.
"""

from __future__ import annotations

import pytest

from custom_components.reliable_notifications.engine.cycles.detector import Detector
from custom_components.reliable_notifications.engine.cycles.evidence import Reason
from custom_components.reliable_notifications.engine.cycles.readings import Intake
from custom_components.reliable_notifications.engine.vocabulary import (
    ApplianceKind,
    ApplianceState,
    CycleEventKind,
    Reading,
)

from .plug import MINUTE, Plug, Stretch
from .programmes import (
    ANTI_CREASE,
    DISHES,
    DRYING,
    DRYING_LAUNDRY,
    DRYING_LAUNDRY_S,
    LAUNDRY,
    OFF,
    PUMP_OUT,
    SPIN,
    TUMBLING,
    WASH_HEAT,
)

STARTED, FINISHED = CycleEventKind.STARTED, CycleEventKind.FINISHED
FULL = (*DISHES, DRYING, PUMP_OUT)
ONE = [STARTED, FINISHED]


def delay(plug: Plug, nth: int = -1) -> float:
    event = [each for each in plug.events if each.kind is FINISHED][nth]
    assert event.ended_at is not None
    return event.at - event.ended_at


def known_washer() -> Plug:
    plug = Plug().play(OFF)
    for _ in range(3):
        plug.play(LAUNDRY, OFF)
    plug.events.clear()
    return plug


def known_dishwasher() -> Plug:
    plug = Plug(ApplianceKind.DISHWASHER).play(OFF, FULL, OFF, FULL, OFF)
    plug.events.clear()
    return plug


@pytest.mark.parametrize("watts", [8.0, 60.0, 900.0])
def test_edge_01_a_spike_is_no_cycle(watts: float) -> None:
    plug = Plug().play(OFF, (4.0, watts), OFF)
    assert FINISHED not in plug.kinds


def test_edge_02_a_delayed_start_begins_with_the_real_activity() -> None:
    plug = known_washer()
    waited = plug.play((20.0, 24.0), (3 * 3600.0, 3.0)).at
    plug.play(LAUNDRY, OFF)
    assert plug.kinds[-2:] == ONE
    assert plug.events[-1].started_at == pytest.approx(waited, abs=10.0)


@pytest.mark.parametrize("minutes", [5.0, 9.0])
def test_edge_03_a_soak_is_a_pause(minutes: float) -> None:
    soak = (minutes * MINUTE, 0.0)
    plug = Plug().play(OFF, WASH_HEAT, TUMBLING, soak)
    assert plug.is_in(ApplianceState.PAUSED)
    plug.play(TUMBLING, SPIN, OFF)
    assert plug.kinds == ONE


def test_edge_04_drying_and_drain_are_one_cycle_told_at_once() -> None:
    plug = known_dishwasher().play(FULL, OFF)
    assert plug.kinds == ONE
    assert delay(plug) <= 90.0


def test_edge_05_eco_drying_without_drain_is_known_from_the_third_on() -> None:
    plug = Plug(ApplianceKind.DISHWASHER).play(OFF)
    for _ in range(3):
        plug.play(DISHES, OFF)
    assert delay(plug, 0) == pytest.approx(35 * MINUTE - 20.0, abs=1.0)
    assert delay(plug, 2) == pytest.approx(40.0, abs=1.0)


def test_edge_06_a_missing_drain_is_waited_for_as_long_as_it_ever_took() -> None:
    plug = known_dishwasher().play(DISHES, OFF)
    assert delay(plug) == pytest.approx(DRYING[0], abs=45.0)


def test_edge_07_a_pump_out_after_the_finish_is_no_second_notice() -> None:
    plug = Plug(ApplianceKind.DISHWASHER).play(OFF)
    for _ in range(3):
        plug.play(DISHES, OFF)
    plug.events.clear()
    plug.play(FULL, OFF)
    assert plug.kinds == ONE
    assert plug.is_in(ApplianceState.FINISHED)


def test_edge_08_a_plateau_before_the_spin_is_not_the_end() -> None:
    plug = known_washer().play(WASH_HEAT, TUMBLING, (4 * MINUTE, 6.0), SPIN, OFF)
    assert plug.kinds == ONE
    assert plug.events[-1].energy_wh > 300.0


def test_edge_09_anti_crease_for_hours_is_no_cycle() -> None:
    plug = Plug(ApplianceKind.DRYER).play(OFF)
    begun = plug.at
    plug.play(DRYING_LAUNDRY, *[ANTI_CREASE] * 8, OFF)
    assert plug.kinds == ONE
    assert plug.events[1].ended_at == pytest.approx(begun + DRYING_LAUNDRY_S, abs=1.0)


def test_edge_10_a_load_during_anti_crease_is_a_new_cycle() -> None:
    plug = Plug(ApplianceKind.DRYER).play(OFF, DRYING_LAUNDRY, ANTI_CREASE)
    plug.play(DRYING_LAUNDRY, ANTI_CREASE, OFF)
    assert plug.kinds == ONE * 2


def test_edge_11_a_load_minutes_after_the_finish_is_a_second_cycle() -> None:
    plug = known_washer().play(LAUNDRY, (3 * MINUTE, 0.0), LAUNDRY, OFF)
    assert plug.kinds == ONE * 2
    assert len({event.cycle_id for event in plug.events}) == 2


def test_edge_12_a_load_before_the_finish_is_split_off() -> None:
    plug = known_dishwasher().play(DISHES, OFF)
    plug.events.clear()
    plug.play(DISHES, (11 * MINUTE, 0.0), DISHES, OFF)
    assert plug.kinds == ONE * 2
    assert plug.events[1].reason == Reason.NEW_LOAD
    assert plug.events[1].ended_at == plug.events[2].started_at - 11 * MINUTE


@pytest.mark.parametrize("display", [3.0, 6.0, 10.0])
def test_edge_13_standby_power_does_not_block_the_end(display: float) -> None:
    plug = Plug(ApplianceKind.DISHWASHER).play(OFF, DISHES, (3 * 3600.0, display))
    assert plug.kinds == ONE


def test_edge_14_standby_equal_to_the_threshold_is_quiet_in_the_end() -> None:
    plug = Plug(ApplianceKind.DISHWASHER).play(OFF, DISHES, (3 * 3600.0, 8.0))
    assert plug.kinds == ONE


def test_edge_15_going_off_by_itself_does_not_trigger_again() -> None:
    plug = known_washer().play(LAUNDRY, (1200.0, 5.0), OFF, (5.0, 12.0), OFF)
    assert plug.kinds == ONE


def test_edge_17_a_plug_switched_off_between_cycles_is_idle() -> None:
    plug = known_washer().play((3600.0, 0.0), (7200.0, None), (3600.0, 0.0))
    assert plug.events == []


def test_edge_18_a_short_mains_failure_does_not_end_the_cycle() -> None:
    plug = known_washer().play(WASH_HEAT, TUMBLING, (5 * MINUTE, 0.0), TUMBLING)
    plug.play(SPIN, OFF)
    assert plug.kinds == ONE


def test_edge_21_an_outage_is_no_finish() -> None:
    plug = known_washer().play(WASH_HEAT, (15 * MINUTE, None), TUMBLING, SPIN, OFF)
    assert plug.kinds == ONE


def test_edge_22_an_end_during_an_outage_is_told_on_return_as_estimated() -> None:
    plug = Plug().play(OFF, LAUNDRY[:-1], (3 * 3600.0, None), OFF)
    assert plug.kinds == ONE
    assert plug.events[1].estimated


def test_edge_23_a_dead_sensor_is_no_finish() -> None:
    plug = known_washer().play(LAUNDRY, (10.0, None))
    for _ in range(48):
        plug.at += 3600.0
        plug.detector.step(plug.at)
    assert plug.kinds == [STARTED]
    assert plug.says(Reason.SENSOR_SILENT)


def test_edge_24_unknown_to_zero_is_no_finish() -> None:
    assert Plug().play((30.0, None), OFF).events == []


@pytest.mark.parametrize("away", [60.0, 3600.0])
def test_edge_25_a_restart_in_the_middle_is_one_story(away: float) -> None:
    plug = known_washer().play(WASH_HEAT, TUMBLING)
    plug.restart()
    plug.play((away, None), TUMBLING, SPIN, OFF)
    assert plug.kinds == ONE
    assert len({event.cycle_id for event in plug.events}) == 1


def test_edge_26_an_end_before_a_restart_is_still_told_once() -> None:
    plug = Plug().play(OFF, LAUNDRY, (60.0, 0.0))
    plug.restart()
    plug.play((30 * MINUTE, None), OFF)
    assert plug.kinds == ONE


def test_edge_27_a_reload_changes_nothing() -> None:
    plug = Plug().play(OFF, LAUNDRY, (200.0, 0.0))
    before = plug.detector.snapshot()
    plug.restart()
    assert plug.detector.snapshot() == before


def test_edge_29_silence_after_the_last_value_is_enough() -> None:
    plug = known_washer().play(LAUNDRY)
    told = plug.detector.step(plug.at, Reading(plug.at, 0.0))
    assert told.wake_at is not None
    plug.play((600.0, 0.0))
    assert plug.kinds == ONE


def test_edge_30_the_same_value_again_changes_nothing() -> None:
    once, often = known_washer().play(LAUNDRY), known_washer().play(LAUNDRY)
    once.play((3600.0, 0.0))
    often.play(*[(7.0, 0.0)] * 500)
    assert once.events[1].ended_at == often.events[1].ended_at
    assert once.events[1].at == pytest.approx(often.events[1].at, abs=7.0)


def test_edge_31_a_poll_each_minute_works() -> None:
    plug = Plug(every=60.0).play(OFF)
    for _ in range(4):
        plug.play(LAUNDRY, OFF)
    assert plug.kinds == ONE * 4


def test_edge_32_a_second_by_second_sensor_needs_no_more_memory() -> None:
    plug = Plug(every=1.0).play(LAUNDRY, (1000.0, 0.0))
    small = len(str(plug.detector.snapshot()))
    plug.play((8000.0, 0.0), LAUNDRY, (1000.0, 0.0))
    assert len(str(plug.detector.snapshot())) < small + 2000
    assert plug.kinds == ONE * 2


def test_edge_33_times_that_go_back_are_ignored() -> None:
    plug = known_washer().play(WASH_HEAT)
    before = plug.detector.energy_wh
    plug.detector.step(plug.at - 7200.0, Reading(plug.at - 7200.0, 0.0))
    assert plug.detector.energy_wh == before
    assert plug.is_in(ApplianceState.RUNNING)


def test_edge_34_garbage_is_counted_and_ignored() -> None:
    intake = Intake()
    assert intake.reading(1.0, "NaN", "W") is None
    assert intake.reading(2.0, "-5", "W") == Reading(2.0, 0.0)
    assert intake.rejected == 1


def test_edge_35_kilowatts_are_watts() -> None:
    assert Intake().reading(1.0, "2.05", "kW") == Reading(1.0, 2050.0)


def test_edge_37_a_prefix_of_a_longer_programme_is_no_end() -> None:
    longer = (*LAUNDRY[:-10], (5 * MINUTE, 4.0), *TUMBLING, *TUMBLING, *SPIN)
    plug = Plug().play(OFF)
    for _ in range(2):
        plug.play(longer, OFF, LAUNDRY, OFF)
    plug.events.clear()
    plug.play(longer, OFF)
    assert plug.kinds == ONE


def test_edge_38_a_new_programme_gets_the_safe_wait() -> None:
    plug = known_washer().play(WASH_HEAT, *[TUMBLING] * 4, OFF)
    assert delay(plug) > 500.0


@pytest.mark.parametrize("factor", [0.8, 1.25])
def test_edge_39_the_length_may_drift(factor: float) -> None:
    drifted: tuple[Stretch, ...] = ((30.0, 30.0), (540.0 * factor, 2000.0))
    plug = known_washer().play(drifted, TUMBLING, SPIN, OFF)
    assert plug.kinds == ONE
    assert delay(plug) <= 150.0


def test_edge_40_no_cycle_is_cut_by_the_clock() -> None:
    plug = Plug(ApplianceKind.WASHER_DRYER).play(OFF, WASH_HEAT, *[TUMBLING] * 4)
    plug.play([(600.0, 1200.0)] * 36)  # the same again, each ten minutes
    assert plug.is_in(ApplianceState.RUNNING)
    plug.play(OFF)
    assert plug.kinds == ONE


def test_edge_41_a_gentle_programme_is_kept() -> None:
    gentle = ((4.0, 60.0), (26.0, 3.0)) * 80
    plug = Plug().play(OFF, (30.0, 30.0), gentle, SPIN, OFF)
    assert plug.kinds == ONE


def test_edge_42_a_pre_rinse_an_hour_before_is_a_cycle_of_its_own() -> None:
    rinse = ((60.0, 25.0), (11 * MINUTE, 100.0))
    plug = Plug(ApplianceKind.DISHWASHER).play(
        OFF, rinse, (70 * MINUTE, 0.0), FULL, OFF
    )
    assert plug.kinds == ONE * 2


def test_every_story_can_be_restored_anywhere() -> None:
    stretches = (OFF, *FULL, OFF, *FULL, OFF)
    plain, restarted = (Plug(ApplianceKind.DISHWASHER) for _ in range(2))
    for stretch in stretches:
        plain.play(stretch)
        restarted.play(stretch)
        restarted.restart()
    assert plain.events == restarted.events
    assert isinstance(restarted.detector, Detector)
