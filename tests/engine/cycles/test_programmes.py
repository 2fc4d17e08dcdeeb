"""Programmes found without names, and what is expected of the running cycle."""

from __future__ import annotations

import pytest

from custom_components.reliable_notifications.engine.cycles.detector import Detector
from custom_components.reliable_notifications.engine.cycles.programmes import (
    MARKS_MIN,
    MOST,
    Course,
    Programmes,
    differs,
    marks_within,
)
from custom_components.reliable_notifications.engine.vocabulary import ApplianceKind

from .plug import Plug
from .programmes import DISHES, DRYING, LAUNDRY, LAUNDRY_S, OFF, PUMP_OUT, WASH_HEAT

ECO = (*WASH_HEAT, *LAUNDRY, *LAUNDRY)


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
    assert differs([], short) == 0.0


def test_the_programme_longest_unused_makes_room_and_leaves_its_number() -> None:
    programmes = Programmes()
    for index in range(MOST):
        programmes.learn(600.0 * 1.5**index, 100.0 * 2.0**index, [])
    programmes.learn(600.0, 100.0, [])
    assert programmes.learn(600.0 * 1.5**MOST, 100.0 * 2.0**MOST, []) == 1
    assert len(programmes.rows) == MOST
    assert [each.id for each in programmes.known()] == [0, 2, 3, 4, 5, 6, 7, 1]
    assert programmes.known()[0].count == 2


def test_a_whole_cycle_is_put_to_its_programme() -> None:
    programmes = Programmes()
    programmes.learn(1000.0, 320.0, [30.0, 200.0])
    like = programmes.like(1050.0, 300.0, [30.0, 190.0])
    assert like is not None
    assert like.id == 0
    assert programmes.like(9000.0, 320.0, [30.0, 200.0]) is None
    assert programmes.course(0) == [30.0, 200.0]
    assert programmes.course(7) == []


def test_time_remaining_from_the_second_cycle_on() -> None:
    plug = Plug().play(OFF)
    plug.play(LAUNDRY[:20])
    assert plug.detector.outlook.remaining_s is None
    assert plug.detector.programme is None
    plug.play(LAUNDRY[20:], OFF)
    assert plug.detector.programme is not None
    assert plug.detector.programme.count == 1
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


def test_the_word_of_a_person_goes_before_what_it_looks_like() -> None:
    plug = Plug(ApplianceKind.DISHWASHER).play(OFF)
    full = (*DISHES, DRYING, PUMP_OUT)
    quick = ((20.0, 25.0), (600.0, 2000.0), (900.0, 60.0))
    plug.play(full, OFF, quick, OFF)
    plug.detector.choose(0)  # before it begins
    plug.play(quick[:2], (300.0, 60.0))
    assert plug.detector.chosen == 0
    programme = plug.detector.outlook.programme
    assert programme is not None
    assert programme.id == 0
    assert plug.detector.outlook.remaining_s == pytest.approx(
        programme.length_s - 920.0, abs=60.0
    )
    plug.restart()
    assert plug.detector.chosen == 0
    plug.play((600.0, 60.0), OFF)
    assert plug.detector.programme == plug.detector.programmes.named(0)
    assert plug.detector.chosen is None  # it was for that one cycle
    plug.detector.choose(77)
    assert plug.detector.chosen is None
    plug.detector.choose(None)
    plug.play(quick[:2])
    assert plug.detector.outlook.programme == plug.detector.programmes.named(1)


def test_a_choice_outlives_a_door_lock_but_not_a_discarded_cycle() -> None:
    plug = Plug().play(OFF, LAUNDRY, OFF)
    plug.detector.choose(0)
    plug.play((60.0, 30.0), (1200.0, 2.0))
    assert plug.detector.chosen == 0
    plug.play((600.0, 2000.0))
    plug.detector.discard(plug.at)
    assert plug.detector.chosen is None


def test_a_cycle_is_compared_with_its_programme_before_it() -> None:
    plug = Plug().play(OFF, LAUNDRY, OFF)
    assert plug.detector.deviation.length is plug.detector.deviation.energy is None
    longer = (WASH_HEAT[0], (12 * 60.0, 2000.0), *LAUNDRY[2:])
    plug.play(longer, OFF)
    deviation = plug.detector.deviation
    assert deviation.length == pytest.approx(180.0 / LAUNDRY_S, abs=0.01)
    assert deviation.energy == pytest.approx(0.26, abs=0.02)
    assert plug.detector.peak_watts == 2000.0
    course = plug.detector.course
    assert course[0] == (0.0, 0.0)
    assert course[-1][0] == pytest.approx(LAUNDRY_S + 180.0, abs=10.0)
    assert course == sorted(course)
    plug.play(longer[:30])
    assert plug.detector.deviation.energy is None  # not over yet


def test_the_longer_programme_is_not_taken_for_the_shorter_when_that_is_over() -> None:
    plug = Plug().play(OFF)
    for _ in range(2):
        plug.play(LAUNDRY, OFF)
    plug.play(ECO)
    assert plug.detector.outlook.remaining_s is None
