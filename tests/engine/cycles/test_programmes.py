"""Programmes found without names, and what is expected of the running cycle."""

from __future__ import annotations

import pytest

from custom_components.reliable_notifications.engine.cycles.detector import Detector
from custom_components.reliable_notifications.engine.cycles.outlook import outlook
from custom_components.reliable_notifications.engine.cycles.programmes import (
    MARKS_MIN,
    MOST,
    Course,
    Programme,
    Programmes,
    differs,
    marks_within,
)
from custom_components.reliable_notifications.engine.vocabulary import ApplianceKind

from .plug import Plug
from .programmes import DISHES, DRYING, LAUNDRY, LAUNDRY_S, OFF, PUMP_OUT, WASH_HEAT

ECO = (*WASH_HEAT, *LAUNDRY, *LAUNDRY)
USUAL = Programme(id=1, count=3, length_s=3600.0, wh=700.0)


def test_the_course_is_noted_at_its_marks() -> None:
    course = Course()
    course.note(170.0, 1.0)
    assert course.marks == []
    course.note(601.0, 50.0)
    assert course.marks == [50.0, 50.0, 50.0]
    course.note(1e6, 900.0)
    assert len(course.marks) == len(MARKS_MIN)
    assert marks_within(601.0) == 3


def test_cycles_alike_become_one_programme_and_others_another() -> None:
    programmes = Programmes()
    short, long = [30.0, 200.0, 300.0], [30.0, 40.0, 60.0, 200.0, 800.0]
    assert programmes.learn(1000.0, 320.0, short) == 0
    assert programmes.learn(1900.0, 900.0, long) == 1
    assert programmes.learn(1100.0, 350.0, short) == 0
    assert programmes.learn(1000.0, 320.0, [300.0, 310.0, 310.0]) == 2
    first = programmes.named(0)
    assert first is not None
    assert (first.count, first.length_s, first.wh) == (2, 1050.0, 335.0)
    assert programmes.named(9) is None


def test_the_programme_longest_unused_makes_room() -> None:
    programmes = Programmes()
    for index in range(MOST + 1):
        programmes.learn(600.0 * 1.5**index, 100.0 * 2.0**index, [])
    assert len(programmes.rows) == MOST
    assert programmes.named(0) is None


def test_a_running_cycle_is_recognised_from_the_second_one_alike() -> None:
    programmes = Programmes()
    short, long = [30.0, 200.0, 300.0], [30.0, 40.0, 60.0, 200.0, 800.0]
    programmes.learn(1000.0, 320.0, short)
    programmes.learn(1900.0, 900.0, long)
    assert programmes.recognise(short[:2], 400.0) is None
    programmes.learn(1000.0, 320.0, short)
    programmes.learn(1900.0, 900.0, long)
    seen = programmes.recognise(long[:3], 700.0)
    assert seen is not None
    assert seen.id == 1
    assert programmes.recognise([], 60.0) is None
    assert programmes.recognise(short, 9000.0) is None
    assert programmes.recognise([900.0, 990.0], 400.0) is None
    assert differs([], short) == 0.0


def test_nothing_is_expected_of_what_is_not_recognised() -> None:
    assert outlook(None, 100.0).remaining_s is None
    assert outlook(None, 100.0).progress is None


def test_progress_never_sticks_below_its_end() -> None:
    half = outlook(USUAL, 1800.0)
    assert (half.remaining_s, half.progress) == (1800.0, 0.5)
    late = outlook(USUAL, 3700.0)
    assert late.remaining_s == 60.0
    over = outlook(USUAL, 4200.0)
    assert over.overrunning
    assert over.remaining_s is over.progress is None


def test_time_remaining_from_the_third_cycle_on() -> None:
    plug = Plug().play(OFF)
    for _ in range(2):
        plug.play(LAUNDRY[:20])
        assert plug.detector.outlook.remaining_s is None
        assert plug.detector.programme is None
        plug.play(LAUNDRY[20:], OFF)
    assert plug.detector.programme is not None
    assert plug.detector.programme.count == 2
    assert plug.detector.outlook.remaining_s is None  # nothing runs
    plug.play(*LAUNDRY[:40])
    elapsed = sum(seconds for seconds, _ in LAUNDRY[:40])
    remaining = plug.detector.outlook.remaining_s
    assert remaining == pytest.approx(LAUNDRY_S - elapsed, abs=60.0)


def test_two_programmes_are_told_apart_while_they_run() -> None:
    plug = Plug(ApplianceKind.DISHWASHER).play(OFF)
    full = (*DISHES, DRYING, PUMP_OUT)
    quick = ((20.0, 25.0), (600.0, 2000.0), (900.0, 60.0))
    plug.play(full, OFF, quick, OFF, full, OFF, quick, OFF, quick, OFF)
    last = plug.detector.programme
    assert last is not None
    assert (last.id, last.count) == (1, 3)
    plug.play(*full[:3])
    running = plug.detector.programme
    assert running is not None
    assert running.id == 0


def test_programmes_survive_a_change_of_the_plug() -> None:
    plug = Plug().play(OFF, LAUNDRY, OFF, LAUNDRY, OFF)
    heir = Plug()
    heir.detector = Detector(heir.kind, knowledge=plug.detector.knowledge())
    heir.play(OFF, *LAUNDRY[:40])
    assert heir.detector.outlook.programme is not None


def test_the_longer_programme_is_not_taken_for_the_shorter_when_that_is_over() -> None:
    plug = Plug().play(OFF)
    for _ in range(2):
        plug.play(LAUNDRY, OFF)
    plug.play(ECO)
    assert plug.detector.outlook.remaining_s is None
