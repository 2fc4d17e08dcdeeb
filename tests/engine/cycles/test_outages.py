"""The sensor away: the clock of quiet stands still, and nothing is decided blindly."""

from __future__ import annotations

import pytest

from custom_components.reliable_notifications.engine.cycles.evidence import Reason
from custom_components.reliable_notifications.engine.vocabulary import (
    ApplianceState,
    CycleEventKind,
)

from .plug import MINUTE, START, WASH, Plug

STARTED, FINISHED = CycleEventKind.STARTED, CycleEventKind.FINISHED
WASH_S = sum(seconds for seconds, _ in WASH)


def test_absence_is_no_quiet() -> None:
    plug = Plug().play((60.0, 0.0), (1800.0, 2000.0), (200.0, 1.0), (3600.0, None))
    assert plug.kinds == [STARTED]
    plug.play((300.0, 1.0))
    assert plug.kinds == [STARTED]
    plug.play((120.0, 1.0))
    assert plug.kinds == [STARTED, FINISHED]
    assert plug.events[1].ended_at == START + 1860.0
    assert not plug.events[1].estimated


def test_after_an_absence_quiet_must_be_seen_afresh() -> None:
    plug = Plug().play((60.0, 0.0), (1800.0, 2000.0), (575.0, 1.0), (60.0, None))
    plug.play((55.0, 1.0))
    assert plug.kinds == [STARTED]
    plug.play((10.0, 1.0))
    assert plug.kinds == [STARTED, FINISHED]


def test_an_end_inside_an_absence_is_told_as_estimated() -> None:
    plug = Plug().play((60.0, 0.0), (1800.0, 2000.0), (900.0, None), (700.0, 1.0))
    assert plug.events[1].kind is FINISHED
    assert plug.events[1].estimated
    assert plug.events[1].ended_at == START + 1860.0


def test_load_on_both_sides_is_one_cycle_and_its_energy_is_bridged() -> None:
    plug = Plug().play((60.0, 0.0), (1800.0, 2000.0), (900.0, None), (1800.0, 2000.0))
    plug.play((700.0, 1.0))
    assert plug.kinds == [STARTED, FINISHED]
    assert plug.events[1].energy_wh == pytest.approx(2000.0 * 4500.0 / 3600.0)
    assert not plug.events[1].estimated


def test_a_long_absence_ends_the_cycle_on_return() -> None:
    plug = Plug().play((60.0, 0.0), (1800.0, 2000.0), (9000.0, None), (30.0, 0.0))
    assert plug.kinds == [STARTED, FINISHED]
    assert plug.events[1].reason == Reason.SENSOR_WAS_ABSENT
    assert plug.events[1].estimated
    assert plug.is_in(ApplianceState.FINISHED)


def test_a_long_absence_and_a_load_on_return_are_two_cycles() -> None:
    plug = Plug().play(
        (60.0, 0.0), (1800.0, 2000.0), (9000.0, None), WASH, (700.0, 0.0)
    )
    assert plug.kinds == [STARTED, FINISHED, STARTED, FINISHED]
    assert plug.events[0].cycle_id != plug.events[2].cycle_id


def test_a_sensor_that_never_returns_is_no_finish() -> None:
    plug = Plug().play((60.0, 0.0), (1800.0, 2000.0), (10.0, None))
    for _ in range(100):
        plug.at += 3600.0
        assert plug.detector.step(plug.at).events == ()
    assert plug.is_in(ApplianceState.STALE)
    assert plug.says(Reason.SENSOR_SILENT)


def test_unavailable_then_zero_at_start_is_no_finish() -> None:
    plug = Plug().play((60.0, None), (10 * MINUTE, 0.0))
    assert plug.events == []
    assert plug.is_in(ApplianceState.IDLE)


def test_a_cycle_that_ran_before_the_sensor_came_teaches_nothing() -> None:
    late = Plug().play((600.0, 2000.0), (700.0, 0.0))
    assert late.kinds == [STARTED, FINISHED]  # and is not taken for an early rest
    assert late.detector.knowledge()["memory"] == Plug().detector.knowledge()["memory"]
    seen = Plug().play((10.0, 0.0), (600.0, 2000.0), (1500.0, 0.0))
    assert seen.kinds == [STARTED, FINISHED]
    assert seen.detector.knowledge()["memory"] != late.detector.knowledge()["memory"]
