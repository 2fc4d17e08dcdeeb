"""The drawn appliances keep what their labels promise, or every score on them lies."""

from __future__ import annotations

from collections.abc import Sequence
import itertools
import random

import pytest

from benchmarks.synthetic import synthetic
from benchmarks.synthetic.design import LOAD_W, Design
from benchmarks.synthetic.meter import Meter, labelled
from benchmarks.synthetic.parts import Recorder, pulses, pump, rest
from benchmarks.synthetic.people import Life
from benchmarks.traces import Segment, TrueCycle

HOUSEHOLD = synthetic(3)
WITH_CYCLES = [each for each in HOUSEHOLD if each.kind != "generic"]


def watts_at(segments: Sequence[Segment], at: float) -> float | None:
    return next(watts for since, until, watts in segments if since <= at < until)


def test_a_seed_is_a_household() -> None:
    again, other = synthetic(3), synthetic(4)
    assert [each.traces[0].segments for each in again] == [
        each.traces[0].segments for each in HOUSEHOLD
    ]
    assert [each.name for each in other] == [each.name for each in HOUSEHOLD]
    assert other[0].traces[0].segments != HOUSEHOLD[0].traces[0].segments


def test_names_are_unique() -> None:
    names = [each.name for each in HOUSEHOLD]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("appliance", HOUSEHOLD, ids=lambda each: each.name)
def test_the_recording_is_whole(appliance) -> None:
    (trace,) = appliance.traces
    assert trace.segments[0][0] == 0.0
    assert all(since < until for since, until, _ in trace.segments)
    assert all(a[1] == b[0] for a, b in itertools.pairwise(trace.segments))
    assert abs(trace.segments[-1][1] - trace.duration) < 10.0


@pytest.mark.parametrize("appliance", WITH_CYCLES, ids=lambda each: each.name)
def test_cycles_come_one_after_the_other(appliance) -> None:
    cycles = appliance.traces[0].cycles
    assert len(cycles) >= 14
    assert all(each.start < each.end for each in cycles)
    assert all(a.end + 35.0 < b.start for a, b in itertools.pairwise(cycles))
    assert all(
        each.after_until <= after.start
        for each, after in itertools.pairwise(cycles)
        if each.after_until is not None
    )


@pytest.mark.parametrize("appliance", WITH_CYCLES, ids=lambda each: each.name)
def test_an_end_is_where_the_last_load_drops(appliance) -> None:
    (trace,) = appliance.traces
    load_w = LOAD_W[appliance.kind]
    whole = [each for each in trace.cycles if each.scored]
    assert len(whole) >= 10
    before = [watts_at(trace.segments, each.end - 1.0) for each in whole]
    assert all(watts is None or watts >= load_w for watts in before)
    # the slowest meter takes a sample each eight seconds; a display takes up to 8 W
    after = [
        watts_at(trace.segments, each.end + 8.0)
        for each in whole
        if each.after_until is None and not each.cut
    ]
    assert all(watts is None or watts < max(load_w, 12.0) for watts in after)


def test_what_the_kinds_are_said_to_do_is_there() -> None:
    """Every habit that the study speaks of occurs in a household."""
    cycles = {each.name: each.traces[0].cycles for each in HOUSEHOLD}
    gaps = [
        after.start - each.end
        for life in cycles.values()
        for each, after in itertools.pairwise(life)
    ]
    assert any(40.0 <= gap < 120.0 for gap in gaps)
    assert any(600.0 < gap < 1800.0 for gap in gaps)
    assert any(each.cut for life in cycles.values() for each in life)
    assert any(
        (each.after_until or 0.0) - each.end > 1800.0
        for name in ("dryer_1", "dryer_3")
        for each in cycles[name]
    )
    holes = [
        watts
        for each in HOUSEHOLD
        for _, _, watts in each.traces[0].segments
        if watts is None
    ]
    assert holes


def test_a_cut_forgets_the_loads_after_it() -> None:
    to = Recorder(random.Random(1))
    to.draw(100.0, 50.0)
    to.rest(200.0, 2.0)
    to.draw(30.0, 20.0)
    to.cut(250.0)
    assert (to.at, to.load_until) == (250.0, 100.0)
    assert to.segments == [(0.0, 100.0, 50.0), (100.0, 250.0, 2.0)]


def test_a_pause_of_the_user_moves_what_follows() -> None:
    to = Recorder(random.Random(1))
    to.draw(100.0, 50.0)
    to.draw(50.0, 80.0)
    to.interrupt(60.0, 300.0, 3.0)
    assert to.segments == [
        (0.0, 60.0, 50.0),
        (60.0, 360.0, 3.0),
        (360.0, 400.0, 50.0),
        (400.0, 450.0, 80.0),
    ]
    assert to.load_until == 450.0


def test_pulses_after_the_end_do_not_move_it() -> None:
    to = Recorder(random.Random(1))
    pump(60.0, 30.0, jitter=0.0)(to, 0.0)
    pulses(30.0, 5.0, 60.0, 150.0)(to, 2.0)
    assert to.load_until == 60.0
    assert to.at > 60.0 + 0.3 * 1800.0


def a_life(**habits: float) -> list[TrueCycle]:
    design = Design(
        name="pump",
        kind="dishwasher",
        programmes=[[pump(600.0, 100.0), rest(5.0), pump(60.0, 30.0)]],
        weights=[1.0],
        display=2.0,
        off=0.0,
        **habits,
    )
    return Life(design, random.Random(7)).live()[1]


def test_a_hurried_household_loads_again_within_ten_minutes() -> None:
    cycles = a_life(hurried=1.0)
    gaps = [b.start - a.end for a, b in itertools.pairwise(cycles)]
    assert all(40.0 <= gap <= 700.0 for gap in gaps)


def test_a_cycle_that_was_cut_says_so_and_is_shorter() -> None:
    cycles = a_life(cut=1.0)
    assert not cycles[0].cut  # the first one is run to its end
    assert all(each.cut for each in cycles[1:])
    whole = cycles[0].end - cycles[0].start
    assert all(each.end - each.start < 0.95 * whole for each in cycles[1:])


def test_a_meter_rounds_and_takes_samples() -> None:
    meter = Meter(step_w=2.0, sample_s=4)
    shown = meter.read(
        [(0.0, 5.0, 0.9), (5.0, 6.0, 100.0), (6.0, 20.0, 31.2)], random.Random(1)
    )
    assert shown == [(0.0, 8.0, 0.0), (8.0, 20.0, 32.0)]


def test_a_meter_toggles_at_rest_only() -> None:
    meter = Meter(step_w=2.0, toggles_s=60.0)
    true: list[Segment] = [(0.0, 3600.0, 0.0), (3600.0, 7200.0, 90.0)]
    shown = meter.read(true, random.Random(1))
    assert {watts for _, _, watts in shown} == {0.0, 2.0, 90.0}
    assert shown[-1] == (3600.0, 7200.0, 90.0)


def test_a_hole_takes_a_cycle_out_of_the_score() -> None:
    cycles = [
        TrueCycle(id="a", start=100.0, end=1000.0),
        TrueCycle(id="b", start=5000.0, end=6000.0),
    ]
    segments: list[Segment] = [
        (0.0, 900.0, 5.0),
        (900.0, 1300.0, None),
        (1300.0, 5500.0, 5.0),
        (5500.0, 5560.0, None),  # too short to hide anything
        (5560.0, 9000.0, 5.0),
    ]
    told = labelled(cycles, segments, 8.0, 1.0)
    assert [each.scored for each in told] == [False, True]


def test_an_end_is_labelled_where_the_meter_shows_it() -> None:
    segments: list[Segment] = [(0.0, 960.0, 90.0), (960.0, 968.0, 30.0)]
    segments += [(968.0, 2000.0, 4.0)]
    cycle = TrueCycle(id="a", start=100.0, end=1000.0)
    assert labelled([cycle], segments, 8.0, 8.0)[0].end == 968.0
    assert labelled([cycle], segments, 50.0, 8.0)[0].end == 960.0


def test_holes_and_glitches_leave_the_recording_whole() -> None:
    meter = Meter(glitches=200.0, holes=40.0)
    shown = meter.read([(0.0, 86400.0, 5.0)], random.Random(2))
    assert all(a[1] == b[0] for a, b in itertools.pairwise(shown))
    assert shown[0][0] == 0.0
    assert shown[-1][1] == 86400.0
    assert {watts for _, _, watts in shown} > {None, 5.0}
