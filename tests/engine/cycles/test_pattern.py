"""What has no programmes is recognised after a day and kept quiet about."""

from __future__ import annotations

from custom_components.reliable_notifications.engine.cycles.pattern import (
    Pattern,
    Unfit,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    ApplianceKind,
    CycleEventKind,
)

from .plug import MINUTE, Plug

HOUR = 3600.0
COMPRESSOR = ((20 * MINUTE, 90.0), (40 * MINUTE, 2.0))


def _told_after_a_day(plug: Plug) -> int:
    day = plug.events[0].at + 86400.0 + 2 * HOUR
    return sum(event.at > day for event in plug.events)


def test_a_refrigerator_is_told_for_a_day_only() -> None:
    plug = Plug(ApplianceKind.GENERIC).play(*[COMPRESSOR] * 60)
    assert plug.detector.unfit is Unfit.NO_STRONG_LOAD
    assert _told_after_a_day(plug) == 0
    assert plug.kinds[-1] is CycleEventKind.FINISHED  # no story is left open


def test_a_freezer_with_a_defrost_heater_is_too_regular() -> None:
    defrost = ((15 * MINUTE, 450.0), (45 * MINUTE, 2.0))
    day = (*COMPRESSOR * 11, *defrost)
    plug = Plug(ApplianceKind.GENERIC).play(*[day] * 5)
    assert plug.detector.unfit is Unfit.TOO_REGULAR
    assert _told_after_a_day(plug) == 0


def test_a_kind_that_was_chosen_is_not_judged() -> None:
    plug = Plug(ApplianceKind.WASHING_MACHINE).play(*[COMPRESSOR] * 60)
    assert plug.detector.unfit is None


def test_an_appliance_used_now_and_then_is_told() -> None:
    plug = Plug(ApplianceKind.GENERIC)
    for hours in (5.0, 9.0, 14.0, 3.0, 20.0, 7.0):
        plug.play((40 * MINUTE, 1200.0), (hours * HOUR, 1.0))
    assert plug.detector.unfit is None
    assert len(plug.events) == 12


def test_uneven_intervals_are_no_pattern() -> None:
    pattern = Pattern()
    at = 0.0
    for index in range(40):
        pattern.begin(at)
        pattern.work(60.0, 900.0)
        at += HOUR if index % 3 else 5 * HOUR
    assert pattern.unfit() is None
    assert (
        Pattern(cycles=9, first_at=0.0, last_start=9e5, strongest_s=99.0).unfit()
        is None
    )
