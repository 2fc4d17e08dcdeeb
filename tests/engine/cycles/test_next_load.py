"""The next load, put in before the end of the one before was known."""

from __future__ import annotations

import pytest

from custom_components.reliable_notifications.engine.cycles.evidence import Reason
from custom_components.reliable_notifications.engine.cycles.opening import (
    Opening,
    Openings,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    ApplianceKind,
    CycleEventKind,
)

from .plug import MINUTE, Plug, Stretch
from .programmes import (
    ANTI_CREASE,
    DISHES,
    DRYING,
    DRYING_LAUNDRY,
    OFF,
    PUMP_OUT,
)

STARTED, FINISHED = CycleEventKind.STARTED, CycleEventKind.FINISHED
ONE = [STARTED, FINISHED]
REST: Stretch = (20 * MINUTE, 0.0)


def test_a_second_load_within_the_first_safe_wait_is_told_by_how_it_begins() -> None:
    plug = Plug(ApplianceKind.DISHWASHER).play(OFF, DISHES)
    end = plug.at
    plug.play(REST, DISHES, OFF)
    assert plug.kinds == [*ONE, *ONE]
    first, second = plug.events[1:3]
    assert first.reason == Reason.NEW_LOAD
    assert first.ended_at == pytest.approx(end, abs=1.0)
    assert first.at == pytest.approx(end + REST[0] + 100.0, abs=1.0)
    assert second.started_at == pytest.approx(end + REST[0], abs=1.0)
    assert second.cycle_id != first.cycle_id


def test_what_goes_on_otherwise_is_the_same_cycle() -> None:
    plug = Plug(ApplianceKind.DISHWASHER).play(OFF, DISHES, REST)
    plug.play((10 * MINUTE, 150.0), OFF)
    assert plug.kinds == ONE


def test_a_programme_that_goes_on_as_it_began_deceives_once() -> None:
    """Rinsing anew after a rest looks like a beginning until it was seen to be none."""
    twice = (*DISHES, REST, *DISHES[:2])
    plug = Plug(ApplianceKind.DISHWASHER)
    for _ in range(4):
        plug.play(OFF, twice)
    plug.play(OFF)
    told = plug.kinds.count(FINISHED)
    assert told <= 5


def test_in_the_first_minutes_nothing_is_a_next_load() -> None:
    plug = Plug(ApplianceKind.DISHWASHER).play(OFF, DISHES[:1], (5 * MINUTE, 60.0))
    plug.play((8 * MINUTE, 0.0), DISHES, OFF)
    assert plug.kinds == ONE


def test_a_load_half_a_minute_after_a_well_known_end_is_the_next_one() -> None:
    plug = Plug(ApplianceKind.DISHWASHER)
    for _ in range(5):
        plug.play(OFF, DISHES, DRYING, PUMP_OUT)
    plug.play(OFF)
    before = len(plug.events)
    plug.play(DISHES, DRYING, PUMP_OUT, (37.0, 0.0), DISHES, DRYING, PUMP_OUT, OFF)
    assert plug.kinds[before:] == [*ONE, *ONE]


def test_a_washing_machine_with_its_electronics_on_may_be_soaking() -> None:
    wash: tuple[Stretch, ...] = (
        (60.0, 30.0),
        (9 * MINUTE, 2000.0),
        *((12.0, 160.0), (8.0, 6.0)) * 90,
    )
    plug = Plug().play((600.0, 0.0), wash, (7 * MINUTE, 6.0), wash, OFF)
    assert plug.kinds == ONE
    off = Plug().play((600.0, 0.0), wash, (7 * MINUTE, 0.0), wash, OFF)
    assert off.kinds == [*ONE, *ONE]


def test_a_sensor_that_loses_falls_makes_no_cycles_of_pulses() -> None:
    plug = Plug(ApplianceKind.DRYER).play(OFF, DRYING_LAUNDRY, ANTI_CREASE, OFF)
    plug.play(DRYING_LAUNDRY, (11 * MINUTE, 0.0))
    plug.play(*[((300.0, 200.0), (60.0, 0.0))] * 2)  # each fall comes minutes late
    assert plug.kinds == [*ONE, *ONE]
    plug.play(DRYING_LAUNDRY, OFF)
    assert plug.kinds == [*ONE, *ONE, *ONE]


def test_a_cool_next_programme_of_a_dryer_is_seen_when_it_has_run_for_a_while() -> None:
    plug = Plug(ApplianceKind.DRYER).play(OFF, DRYING_LAUNDRY, REST)
    plug.play((9 * MINUTE, 200.0))
    assert plug.kinds == ONE
    plug.play((9 * MINUTE, 200.0), OFF)
    assert plug.kinds == [*ONE, *ONE]
    assert plug.events[2].started_at == pytest.approx(plug.events[1].at, abs=OFF[0])


# -- the parts -------------------------------------------------------------------------


def test_an_opening_notes_the_energy_at_its_marks_however_the_time_comes() -> None:
    whole, pieces = Opening(), Opening()
    whole.begin(first=True)
    whole.hold(120.0, 360.0)
    pieces.begin(first=True)
    for _ in range(24):
        pieces.hold(5.0, 360.0)
    assert whole.marks == pytest.approx([2.0, 4.0, 6.0, 8.0, 10.0])
    assert pieces.marks == pytest.approx(whole.marks)
    assert whole.is_complete
    assert whole.first == whole.marks


def test_only_a_whole_opening_is_learned() -> None:
    openings = Openings()
    openings.began([1.0, 2.0])
    openings.resumed([1.0])
    assert not openings.begins
    assert not openings.resumes


def test_a_later_load_becomes_the_first_one_of_its_cycle() -> None:
    opening = Opening()
    opening.begin(first=False)
    opening.hold(50.0, 100.0)
    opening.take_for_first()
    assert opening.first == []
    opening.hold(60.0, 100.0)
    assert opening.first == opening.marks


def test_a_likeness_that_misled_is_one_of_going_on() -> None:
    openings, load = Openings(), Opening()
    marks = [1.0, 2.0, 3.0, 4.0, 5.0]
    openings.began(marks)
    load.begin(first=False)
    load.hold(100.0, 180.0)
    assert openings.is_beginning(load)
    openings.doubt(load.marks)
    openings.settle(was_cycle=False)
    assert not openings.is_beginning(load)
    openings.doubt(load.marks)
    openings.settle(was_cycle=True)
    assert len(openings.resumes) == 1
