"""Machines whose user goes on when it suits: coffee machines, kettles, microwaves."""

from __future__ import annotations

import pytest

from custom_components.reliable_notifications.engine.vocabulary import (
    ApplianceKind,
    CycleEventKind,
)

from .plug import MINUTE, Plug, Stretch

STARTED, FINISHED = CycleEventKind.STARTED, CycleEventKind.FINISHED
REOPENED = CycleEventKind.REOPENED
LONG: Stretch = (3 * 3600.0, 1.0)
HEATING: Stretch = (72.0, 1400.0)
CUP: tuple[Stretch, ...] = ((8.0, 1400.0), (4.0, 60.0)) * 4


def _pads(plug: Plug, waits: float) -> None:
    plug.play(LONG, HEATING, (waits, 1.0), CUP)


def test_a_pad_machine_that_has_heated_up_waits_for_its_user() -> None:
    plug = Plug(ApplianceKind.COFFEE_MACHINE)
    _pads(plug, waits=50.0)
    assert plug.kinds == [STARTED, FINISHED, REOPENED]  # nothing known yet
    _pads(plug, waits=45.0)
    _pads(plug, waits=60.0)
    plug.play(LONG)
    assert plug.kinds[3:] == [FINISHED, *(STARTED, FINISHED) * 2]
    last = plug.events[-1]
    assert last.ended_at is not None
    assert last.at - last.ended_at == pytest.approx(40.0, abs=2.0)


def test_a_pot_that_is_kept_warm_is_told_once() -> None:
    plug = Plug(ApplianceKind.COFFEE_MACHINE).play(LONG, (5 * MINUTE, 900.0))
    plug.play((50.0, 1.0), *[((15.0, 900.0), (90.0, 1.0))] * 20, LONG)
    assert plug.kinds == [STARTED, FINISHED]


def test_a_kettle_that_keeps_warm_is_told_once_and_boils_again() -> None:
    boil: Stretch = (150.0, 2000.0)
    plug = Plug(ApplianceKind.KETTLE).play(LONG, boil)
    plug.play(*[((80.0, 0.0), (6.0, 2000.0))] * 15, (60.0, 0.0))
    assert plug.kinds == [STARTED, FINISHED]
    plug.play(boil, LONG)
    assert plug.kinds == [STARTED, FINISHED] * 2


def test_a_microwave_at_low_power_is_one_cycle() -> None:
    plug = Plug(ApplianceKind.MICROWAVE).play(LONG)
    plug.play(*[((6.0, 1200.0), (24.0, 40.0))] * 12, LONG)
    assert plug.kinds == [STARTED, FINISHED]


def test_one_sample_begins_a_cycle_that_has_no_more() -> None:
    plug = Plug(ApplianceKind.KETTLE, every=60.0).play((30 * MINUTE, 0.0))
    for _ in range(3):
        plug.play((90.0, 2000.0), (10 * MINUTE, 0.0))
    assert plug.kinds == [STARTED, FINISHED] * 3


def test_a_poll_that_finds_a_load_dates_the_start_half_a_step_before() -> None:
    plug = Plug(every=60.0).play((30 * MINUTE, 0.0))
    plug.asked = plug.at + 45.0
    begun = plug.at
    plug.play((10 * MINUTE, 150.0))
    assert plug.events[0].started_at == pytest.approx(begun + 15.0, abs=1.0)
