"""Edge case 43: two appliances on one plug are told, and nobody else is suspected."""

from __future__ import annotations

from itertools import pairwise

import pytest

from benchmarks import ROOT
from benchmarks.synthetic import synthetic
from benchmarks.traces import Appliance, appliances
from custom_components.reliable_notifications.engine.cycles.company import Company
from custom_components.reliable_notifications.engine.cycles.detector import Detector
from custom_components.reliable_notifications.engine.vocabulary import (
    ApplianceKind,
    Reading,
)

from .plug import MINUTE, Plug, Stretch
from .programmes import DISHES, DRYING, DRYING_LAUNDRY, LAUNDRY, OFF, PUMP_OUT

HOUR = 3600.0
FULL = (*DISHES, DRYING, PUMP_OUT)
TRACES = ROOT / "tests" / "traces"

COMPRESSOR: tuple[Stretch, ...] = (
    (1.0, 600.0),
    (14 * MINUTE, 95.0),
    (28 * MINUTE, 2.0),
)


def beneath(cycle: tuple[Stretch, ...]) -> list[Stretch]:
    """A day of a refrigerator, with one cycle of an appliance on top of it."""
    day: list[Stretch] = [each for _ in range(34) for each in COMPRESSOR]
    changes = sorted({0.0, *_ends(day), *(12 * HOUR + end for end in _ends(cycle))})
    return [
        (until - since, _at(day, since) + _at(cycle, since - 12 * HOUR))
        for since, until in pairwise([*changes, 24 * HOUR])
        if until > since
    ]


def _ends(stretches: list[Stretch] | tuple[Stretch, ...]) -> list[float]:
    ends, at = [], 0.0
    for seconds, _ in stretches:
        at += seconds
        ends.append(at)
    return ends


def _at(stretches: list[Stretch] | tuple[Stretch, ...], when: float) -> float:
    for (_, watts), end in zip(stretches, _ends(stretches), strict=True):
        if 0.0 <= when < end:
            return watts or 0.0
    return 0.0


@pytest.mark.parametrize(
    ("kind", "cycle"),
    [
        (ApplianceKind.WASHING_MACHINE, LAUNDRY),
        (ApplianceKind.DISHWASHER, FULL),
        (ApplianceKind.DRYER, DRYING_LAUNDRY),
    ],
)
def test_edge_43_a_refrigerator_on_the_same_plug(
    kind: ApplianceKind, cycle: tuple[Stretch, ...]
) -> None:
    plug = Plug(kind).play(OFF)
    assert plug.detector.company is None
    plug.play(beneath(cycle))
    assert plug.detector.company is Company.ROUND_THE_CLOCK
    plug.restart()
    assert plug.detector.company is Company.ROUND_THE_CLOCK
    plug.play((8 * HOUR, 0.0), LAUNDRY)  # the refrigerator has moved
    assert plug.detector.company is None


def _heating(watts: float) -> list[Stretch]:
    return [(600.0, watts), *[(12.0, 150.0), (8.0, 4.0)] * 60, (300.0, watts)]


BOTH: list[Stretch] = [(300.0, 2000.0), (600.0, 4350.0), (300.0, 2350.0), (60.0, 150.0)]


def test_edge_43_two_heaters_at_once() -> None:
    alone = [*_heating(2000.0), OFF, *_heating(2350.0), OFF]
    plug = Plug().play(OFF, alone, alone, BOTH, OFF)
    assert plug.detector.company is None
    plug.play(BOTH, OFF)
    assert plug.detector.company is Company.TWO_HEATERS
    plug.restart()
    assert plug.detector.company is Company.TWO_HEATERS


def test_edge_43_one_appliance_with_two_heaters_is_one() -> None:
    """Both heaters are on in each cycle: none of them is ever alone."""
    plug = Plug(ApplianceKind.DRYER).play(OFF, *[(*BOTH, OFF)] * 6)
    assert plug.detector.company is None


def test_edge_43_many_levels_are_kept_in_bounds() -> None:
    plug = Plug().play(OFF)
    for step in range(12):
        plug.play(_heating(1000.0 + 180.0 * step), OFF)
        if step % 3 == 0:
            plug.play(_heating(1000.0 + 180.0 * step), OFF)
    assert plug.detector.company is None
    assert len(str(plug.detector.snapshot()["neighbours"])) < 700


@pytest.mark.parametrize("kind", [ApplianceKind.GENERIC, ApplianceKind.KETTLE])
def test_edge_43_kinds_without_programmes_are_not_asked(kind: ApplianceKind) -> None:
    plug = Plug(kind).play(OFF, beneath(LAUNDRY), beneath(LAUNDRY))
    assert plug.detector.company is None


def _suspects(appliance: Appliance) -> bool:
    """Whether one appliance is ever suspected, hour by hour of its life."""
    known = appliance.kind in {each.value for each in ApplianceKind}
    kind = ApplianceKind(appliance.kind) if known else ApplianceKind.GENERIC
    detector, base = Detector(kind), 0.0
    suspected = False
    for trace in appliance.traces:
        for since, until, watts in trace.segments:
            at = base + since
            detector.step(at, Reading(at, watts))
            if until - since > HOUR or watts is None:
                detector.step(base + until)
            suspected = suspected or detector.company is not None
        base += trace.duration + 6 * HOUR
    return suspected


def test_edge_43_nobody_is_suspected_among_the_recorded() -> None:
    recorded = appliances(TRACES)
    assert len(recorded) >= 4
    assert [each.name for each in recorded if _suspects(each)] == []


@pytest.mark.parametrize("seed", [0, 1])
def test_edge_43_nobody_is_suspected_in_a_drawn_household(seed: int) -> None:
    drawn = synthetic(seed, [kind.value for kind in ApplianceKind])
    assert len(drawn) > 15
    assert [each.name for each in drawn if _suspects(each)] == []
