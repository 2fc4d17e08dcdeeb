"""What the detector says of whole stories, told by a plug that reports changes."""

from __future__ import annotations

import pytest

from custom_components.reliable_notifications.engine.cycles.detector import Detector
from custom_components.reliable_notifications.engine.cycles.evidence import Reason
from custom_components.reliable_notifications.engine.vocabulary import (
    ApplianceKind,
    ApplianceState,
    CycleEventKind,
    Reading,
)

from .plug import MINUTE, START, WASH, Plug

STARTED, FINISHED = CycleEventKind.STARTED, CycleEventKind.FINISHED
INTERRUPTED = CycleEventKind.INTERRUPTED
SHORT_RUN = CycleEventKind.SHORT_RUN
WASH_S = sum(seconds for seconds, _ in WASH)


def test_a_detector_that_has_heard_nothing() -> None:
    detector = Detector(ApplianceKind.DRYER)
    assert detector.state is ApplianceState.UNKNOWN
    assert detector.reason.key is Reason.NEVER_HEARD
    assert detector.step(START).wake_at is None
    assert (detector.cycle_id, detector.started_at, detector.ended_at) == (
        None,
        None,
        None,
    )
    assert (detector.last_activity_at, detector.watts, detector.deadline) == (None,) * 3
    assert (detector.energy_wh, detector.end_confidence, detector.cycle_count) == (
        0,
        0,
        0,
    )


def test_a_wash_is_one_start_and_one_finish_back_dated() -> None:
    plug = Plug().play((600.0, 1.0), WASH)
    assert plug.is_in(ApplianceState.RUNNING)
    plug.play((700.0, 1.0))
    started, finished = plug.events
    assert (started.kind, finished.kind) == (STARTED, FINISHED)
    assert started.cycle_id == finished.cycle_id
    assert started.started_at == START + 600.0
    assert started.at - started.started_at <= 60.0
    assert finished.ended_at == START + 600.0 + WASH_S
    assert finished.at - finished.ended_at <= 10 * MINUTE
    assert finished.energy_wh == pytest.approx(333.3 + 30.0 + 0.4 + 33.3, abs=1.0)
    assert finished.confidence == pytest.approx(0.995)
    assert not finished.estimated
    assert plug.detector.cycle_count == 1
    assert plug.detector.ended_at == finished.ended_at
    assert plug.detector.energy_wh == finished.energy_wh


def test_the_shell_can_tell_why_it_waits_and_until_when() -> None:
    plug = Plug().play((600.0, 1.0), (5.0, 80.0))
    assert plug.is_in(ApplianceState.STARTING)
    assert plug.says(Reason.PROVING_START)
    plug.play((1800.0, 2000.0))
    assert plug.says(Reason.LOAD_ON)
    assert plug.detector.deadline is None
    plug.play((120.0, 1.0))
    detector = plug.detector
    plug.detector.step(plug.at)
    assert plug.is_in(ApplianceState.PAUSED)
    assert plug.says(Reason.SAFE_WAIT)
    assert detector.reason.gone_s == pytest.approx(120.0)
    assert detector.deadline == pytest.approx(
        plug.at - 120.0 + detector.reason.needed_s
    )
    assert 0.5 < detector.end_confidence < 0.995
    plug.play((MINUTE, None))
    assert plug.says(Reason.SENSOR_SILENT)
    assert detector.deadline is None
    plug.play((1000.0, 1.0))
    assert plug.says(Reason.NO_LOAD)
    assert detector.end_confidence == 1.0
    assert detector.watts == 1.0
    assert detector.last_activity_at == detector.ended_at


def test_a_load_that_comes_back_ends_the_pause() -> None:
    plug = Plug().play((60.0, 0.0), (600.0, 2000.0), (300.0, 0.0))
    assert plug.is_in(ApplianceState.PAUSED)
    plug.play((60.0, 300.0))
    assert plug.is_in(ApplianceState.RUNNING)
    assert plug.kinds == [STARTED]


def test_a_button_is_no_cycle() -> None:
    plug = Plug().play((600.0, 0.0), (4.0, 60.0), (600.0, 2.0))
    assert plug.events == []
    assert plug.is_in(ApplianceState.IDLE)


def test_a_button_after_a_cycle_leaves_it_finished() -> None:
    plug = Plug().play((60.0, 0.0), WASH, (800.0, 0.0), (4.0, 60.0), (600.0, 2.0))
    assert plug.is_in(ApplianceState.FINISHED)
    assert plug.kinds == [STARTED, FINISHED]


def test_a_drain_check_is_a_short_run_and_no_finish() -> None:
    plug = Plug().play((600.0, 0.0), (60.0, 30.0), (1200.0, 2.0))
    assert plug.kinds == [STARTED, SHORT_RUN]
    assert plug.events[1].reason == Reason.SHORT_RUN
    assert plug.detector.short_runs == 1
    assert plug.is_in(ApplianceState.WAITING_TO_START)
    plug.play(WASH, (800.0, 2.0))
    assert plug.kinds[2:] == [STARTED, FINISHED]
    assert plug.detector.cycle_count == 1


def test_load_from_the_first_reading_on() -> None:
    plug = Plug().play(WASH, (1300.0, 2.0))
    assert plug.kinds == [STARTED, FINISHED]
    assert plug.events[0].started_at == START


def test_a_pulse_does_not_lengthen_the_wait() -> None:
    plug = Plug(ApplianceKind.DRYER)
    plug.play((60.0, 0.0), (1800.0, 2000.0), *[(58.0, 2.0), (5.0, 180.0)] * 20)
    assert plug.kinds == [STARTED, FINISHED]
    assert plug.events[1].ended_at == START + 1860.0
    assert plug.is_in(ApplianceState.ANTI_CREASE)


def test_a_display_above_the_threshold_does_not_keep_the_cycle_open() -> None:
    plug = Plug(ApplianceKind.DISHWASHER).play((3600.0, 0.0), WASH, (3600.0, 11.0))
    assert plug.kinds == [STARTED, FINISHED]
    assert plug.events[1].ended_at == START + 3600.0 + WASH_S
    assert plug.events[1].energy_wh == pytest.approx(397.0, abs=1.0)
    plug.play((7200.0, 11.0))
    assert plug.kinds == [STARTED, FINISHED]
    assert plug.is_in(ApplianceState.FINISHED)


def test_a_pulse_in_a_pause_is_forgotten() -> None:
    plug = Plug().play((3600.0, 0.0), WASH, (120.0, 1.0), (5.0, 100.0), (300.0, 1.0))
    assert plug.is_in(ApplianceState.PAUSED)
    plug.play((300.0, 1.0))
    assert plug.kinds == [STARTED, FINISHED]
    assert plug.events[1].ended_at == START + 3600.0 + WASH_S


def test_readings_out_of_order_or_impossible_are_ignored_and_counted() -> None:
    plug = Plug().play((600.0, 0.0), (600.0, 2000.0))
    before = plug.detector.snapshot()
    step = plug.detector.step(plug.at, Reading(plug.at - 900.0, 0.0))
    plug.detector.step(plug.at, Reading(plug.at, float("nan")))
    assert step.events == ()
    assert plug.detector.rejected == 2
    assert plug.is_in(ApplianceState.RUNNING)
    assert plug.detector.watts == 2000.0
    assert plug.detector.snapshot()["load"] != before["load"]  # time went on
    plug.detector.step(plug.at - 50.0)
    assert plug.is_in(ApplianceState.RUNNING)


def test_a_late_reading_counts_from_its_own_time() -> None:
    plug = Plug().play((60.0, 0.0), (600.0, 2000.0))
    plug.detector.step(plug.at + 40.0, Reading(plug.at + 1.0, -0.5))
    assert plug.detector.watts == 0.0
    assert plug.detector.last_activity_at == plug.at + 1.0


def test_nothing_heard_for_a_day_is_unknown() -> None:
    plug = Plug().play((600.0, 0.0), (3600.0, None))
    plug.detector.step(plug.at)
    assert plug.is_in(ApplianceState.IDLE)
    plug.at += 86400.0
    plug.detector.step(plug.at)
    assert plug.is_in(ApplianceState.UNKNOWN)
    assert plug.detector.step(plug.at + 60.0).wake_at is None
    plug.at += 120.0
    plug.play((60.0, 0.0))
    assert plug.is_in(ApplianceState.IDLE)
    assert plug.events == []


def test_a_start_survives_a_short_absence_only() -> None:
    short = Plug().play((60.0, 0.0), (5.0, 400.0), (30.0, None), (60.0, 400.0))
    assert short.events[0].started_at == START + 60.0
    long = Plug().play((60.0, 0.0), (5.0, 400.0), (1200.0, None), (60.0, 400.0))
    assert long.events[0].started_at == START + 60.0 + 5.0 + 1200.0


def test_a_polled_drum_caught_at_rest_is_not_finished() -> None:
    plug = Plug(every=60.0).play((7200.0, 0.0), (900.0, 2000.0))
    plug.play((20 * MINUTE, 4.0))  # each poll between two turns; electronics are on
    assert plug.kinds == [STARTED]
    plug.play((300.0, 500.0), (700.0, 0.0))
    assert plug.kinds == [STARTED, FINISHED]


def test_polled_electronics_after_a_poll_at_rest_go_on_with_the_cycle() -> None:
    plug = Plug(every=60.0).play((7200.0, 0.0), (1800.0, 2000.0), (120.0, 0.0))
    assert plug.is_in(ApplianceState.PAUSED)
    plug.play((180.0, 5.0))
    assert plug.is_in(ApplianceState.RUNNING)


def test_a_soaking_machine_with_its_display_on_is_waited_for_longer() -> None:
    plug = Plug().play((7200.0, 0.0), (1800.0, 2000.0), (900.0, 4.0))
    assert plug.kinds == [STARTED]
    assert plug.says(Reason.ELECTRONICS_ON)
    plug.play((60.0, 0.0))  # the display goes off by itself
    assert plug.kinds == [STARTED, FINISHED]


def test_a_load_that_is_on_when_an_absence_ends_a_cycle_is_the_next_one() -> None:
    plug = Plug(ApplianceKind.DISHWASHER).play((60.0, 0.0), (1800.0, 2000.0))
    plug.play((9000.0, None), (1800.0, 2000.0), (2400.0, 0.0))
    assert plug.kinds == [STARTED, FINISHED, STARTED, FINISHED]


def test_a_start_just_lost_is_forgotten() -> None:
    plug = Plug().play((60.0, 0.0), (3.0, 400.0), (30.0, None))
    plug.at += 86400.0
    plug.detector.step(plug.at)
    assert plug.is_in(ApplianceState.UNKNOWN)


def test_known_pauses_are_not_counted_down_through_an_absence() -> None:
    plug = Plug(ApplianceKind.DISHWASHER).play((3600.0, 0.0))
    for _ in range(3):
        plug.play((1800.0, 2000.0), (1200.0, 0.0), (60.0, 100.0), (9000.0, 0.0))
    count = len(plug.events)
    plug.play((1800.0, 2000.0), (600.0, 0.0), (300.0, None), (900.0, 0.0))
    assert len(plug.events) == count + 1
    plug.play((1200.0, 0.0))
    assert len(plug.events) == count + 2


def test_edge_45_a_person_says_that_it_is_over() -> None:
    plug = Plug().play((3600.0, 0.0), (2400.0, 2000.0))
    told = plug.detector.finish(plug.at)
    assert [event.kind for event in told.events] == [FINISHED]
    assert told.events[0].reason == Reason.TOLD_BY_PERSON
    plug.play((600.0, 2000.0), (300.0, 0.0))  # what still runs is no new cycle
    assert plug.kinds == [STARTED]
    assert plug.detector.cycle_count == 1
    plug.play((600.0, 2000.0))
    assert plug.kinds == [STARTED, STARTED]
    assert plug.detector.finish(plug.at + 1.0).events[0].kind is FINISHED
    assert plug.detector.finish(plug.at + 2.0).events == ()


def test_edge_45_a_person_says_that_it_is_none() -> None:
    plug = Plug().play((3600.0, 0.0), (2400.0, 2000.0), (60.0, 0.0))
    told = plug.detector.discard(plug.at)
    assert [event.kind for event in told.events] == [INTERRUPTED]
    assert told.events[0].reason == Reason.DISCARDED
    assert plug.detector.cycle_count == 0
    plug.play((3600.0, 0.0))
    assert plug.kinds == [STARTED]


def test_a_finish_told_in_a_pause_ends_at_the_last_activity() -> None:
    plug = Plug().play((3600.0, 0.0), (2400.0, 2000.0), (60.0, 0.0))
    told = plug.detector.finish(plug.at)
    assert told.events[0].ended_at == plug.at - 60.0
