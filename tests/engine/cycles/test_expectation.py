"""An end that stands, and *almost done* once a cycle."""

from __future__ import annotations

from custom_components.reliable_notifications.engine.cycles.expectation import (
    LEAD_S,
    NOTHING,
    STANDS_WITHIN_S,
    Expectation,
)
from custom_components.reliable_notifications.engine.cycles.outlook import (
    LEAST_LEFT_S,
    Outlook,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    CycleEvent,
    CycleEventKind,
)

START = 1_700_000_000.0


def look(
    expectation: Expectation, elapsed_s: float, remaining_s: float | None
) -> CycleEvent | None:
    seen = Outlook(remaining_s=remaining_s, progress=0.5, overrunning=False)
    return expectation.look(START + elapsed_s, "one", START, seen)


def test_the_end_stands_while_the_outlook_wavers() -> None:
    expectation = Expectation()
    look(expectation, 600.0, 1400.0)
    for elapsed_s, left_s in ((660.0, 1440.0), (720.0, 1180.0), (780.0, 1250.0)):
        look(expectation, elapsed_s, left_s)
        assert expectation.expected.end_at == START + 2000.0
        assert expectation.expected.remaining_s == 2000.0 - elapsed_s
        assert expectation.expected.progress == elapsed_s / 2000.0
    look(expectation, 800.0, 1200.0 + STANDS_WITHIN_S + 1.0)
    assert expectation.expected.end_at == START + 2000.0 + STANDS_WITHIN_S + 1.0


def test_of_hours_a_twentieth_is_no_news() -> None:
    expectation = Expectation()
    look(expectation, 0.0, 10_000.0)
    look(expectation, 0.0, 10_400.0)
    assert expectation.expected.end_at == START + 10_000.0
    look(expectation, 0.0, 10_600.0)
    assert expectation.expected.end_at == START + 10_600.0


def test_while_it_runs_a_minute_is_left() -> None:
    expectation = Expectation()
    look(expectation, 1900.0, 100.0)
    look(expectation, 2050.0, LEAST_LEFT_S)
    assert expectation.expected.remaining_s == LEAST_LEFT_S
    assert expectation.expected.progress is not None
    assert expectation.expected.progress < 1.0


def test_nothing_is_shown_of_what_is_not_expected() -> None:
    expectation = Expectation()
    look(expectation, 600.0, 1400.0)
    over = Outlook(overrunning=True)
    assert expectation.look(START + 2500.0, "one", START, over) is None
    assert expectation.expected.overrunning
    assert expectation.expected.remaining_s is expectation.wake_at is None
    expectation.rest()
    assert expectation.expected is NOTHING


def test_almost_done_comes_once_and_at_its_time() -> None:
    expectation = Expectation()
    assert look(expectation, 600.0, 1400.0) is None
    assert expectation.wake_at == START + 2000.0 - LEAD_S
    assert look(expectation, 1399.0, 601.0) is None
    event = look(expectation, 1400.0, 600.0)
    assert event is not None
    assert event.kind is CycleEventKind.ALMOST_DONE
    assert (event.cycle_id, event.at) == ("one", START + 1400.0)
    assert event.expected_at == START + 2000.0
    assert expectation.wake_at is None
    assert look(expectation, 1460.0, 540.0) is None
    assert look(expectation, 1500.0, 2000.0) is None  # it is put off
    assert look(expectation, 3000.0, 500.0) is None
    seen = Outlook(remaining_s=500.0, progress=0.9)
    assert expectation.look(START + 90_000.0, "two", START + 80_000.0, seen) is not None


def test_almost_done_survives_a_restart() -> None:
    before = Expectation()
    assert look(before, 1400.0, 600.0) is not None
    after = Expectation()
    after.restore(before.snapshot())
    assert look(after, 1460.0, 540.0) is None
    assert after.expected.end_at == START + 2000.0
    damaged = Expectation()
    damaged.restore({"cycle_id": 7})
    damaged.restore(None)
    assert look(damaged, 1460.0, 540.0) is not None


def test_in_a_short_programme_it_comes_in_the_second_half() -> None:
    expectation = Expectation()
    assert look(expectation, 100.0, 500.0) is None
    assert look(expectation, 300.0, 300.0) is not None


def test_people_choose_how_early_it_comes() -> None:
    expectation = Expectation(lead_s=120.0)
    assert look(expectation, 1400.0, 600.0) is None
    assert look(expectation, 1880.0, 120.0) is not None
