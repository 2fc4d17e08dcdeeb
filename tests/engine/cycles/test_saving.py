"""Prices that are known, and what the cheapest hours would have saved."""

from __future__ import annotations

import pytest

from custom_components.reliable_notifications.engine.cycles.prices import (
    BRIDGED_S,
    KEPT_S,
    MOST_PRICES,
    PriceLog,
    Slot,
    believed,
    merged,
)
from custom_components.reliable_notifications.engine.cycles.saving import (
    DAY_S,
    cost,
    projected,
    saving,
)

HOUR = 3600.0
# midnight, so that hours are whole
DAY = 1_700_006_400.0
# 1 kWh in the first half hour, nothing in the second
COURSE = [(0.0, 0.0), (1800.0, 1000.0), (3600.0, 1000.0)]


def hours(*prices: float, since: float = DAY) -> list[Slot]:
    return [
        Slot(since + index * HOUR, since + (index + 1) * HOUR, price)
        for index, price in enumerate(prices)
    ]


# -- what is known ---------------------------------------------------------------------


def test_prices_are_seen_as_they_change() -> None:
    log = PriceLog()
    log.hear(0.30, DAY)
    log.hear(0.30, DAY + 600.0)
    log.hear(0.20, DAY + HOUR)
    assert log.slots(DAY + 2 * HOUR) == hours(0.30, 0.20)


def test_while_nobody_knows_the_price_there_is_none() -> None:
    log = PriceLog()
    log.hear(0.30, DAY)
    log.hear(None, DAY + HOUR)
    log.hear(None, DAY + 1.5 * HOUR)
    log.hear(0.20, DAY + 2 * HOUR)
    first, last = log.slots(DAY + 3 * HOUR)
    assert (first.until, last.since) == (DAY + HOUR, DAY + 2 * HOUR)


def test_a_short_absence_is_bridged_if_the_price_is_the_same() -> None:
    log = PriceLog()
    log.hear(0.30, DAY)
    log.hear(0.30, DAY + HOUR)
    again = PriceLog()
    again.restore(log.snapshot())
    assert again.slots(DAY + 9 * HOUR) == hours(0.30)  # nobody knows if it still holds
    again.hear(0.30, DAY + HOUR + BRIDGED_S)
    assert again.slots(DAY + 2 * HOUR) == [Slot(DAY, DAY + 2 * HOUR, 0.30)]


def test_what_is_not_ours_is_left_alone() -> None:
    log = PriceLog()
    log.hear(0.30, DAY)
    for damaged in (None, {"rows": [[1.0]]}, {"rows": [[9.0, 1.0, 0.3]]}, {"rows": 1}):
        log.restore(damaged)
    assert log.slots(DAY + HOUR) == hours(0.30)


def test_no_more_than_two_days_are_kept() -> None:
    log = PriceLog()
    for index in range(3 * MOST_PRICES):
        log.hear(index / 100.0, DAY + index * 60.0)
    assert len(log.slots(DAY)) == MOST_PRICES
    log.hear(1.0, DAY + 2 * KEPT_S)
    assert len(log.slots(DAY + 2 * KEPT_S)) == 2


def test_prices_given_in_advance_must_fit_the_one_that_is_shown() -> None:
    given = hours(0.30, 0.20, 0.10)
    assert believed(reversed(given), 0.2001, DAY + HOUR) == given
    assert believed(given, 0.25, DAY + HOUR) == []  # without taxes, say
    assert believed(given, None, DAY + HOUR) == []
    assert believed(given, 0.30, DAY + 9 * HOUR) == []


def test_two_lists_become_one_and_the_first_has_the_say() -> None:
    seen = [Slot(DAY - HOUR, DAY + 0.5 * HOUR, 0.5), Slot(DAY + HOUR, DAY + DAY_S, 0.9)]
    assert merged(hours(0.30, 0.20), seen) == [
        Slot(DAY - HOUR, DAY, 0.5),
        *hours(0.30, 0.20),
        Slot(DAY + 2 * HOUR, DAY + DAY_S, 0.9),
    ]
    twice = [*hours(0.30), *hours(0.40), *hours(0.50, since=DAY + 0.5 * HOUR)]
    assert merged(twice, []) == [
        *hours(0.30),
        Slot(DAY + HOUR, DAY + 1.5 * HOUR, 0.50),
    ]


# -- what a cycle costs when -----------------------------------------------------------


def test_energy_costs_what_the_moment_of_its_use_costs() -> None:
    slots = hours(0.30, 0.10)
    assert cost(COURSE, DAY, slots) == pytest.approx(0.30)
    assert cost(COURSE, DAY + 2700.0, slots) == pytest.approx(0.20)
    assert cost(COURSE, DAY + 1.75 * HOUR, slots) is None  # it would not be known
    assert cost([(0.0, 0.0), (0.0, 1000.0)], DAY, slots) == pytest.approx(0.30)
    assert cost(COURSE, DAY - 9 * HOUR, slots) is None


def test_the_cheapest_start_of_the_day_is_found() -> None:
    prices = [0.30] * 48
    prices[20] = 0.10
    result = saving(COURSE, DAY + 8 * HOUR, hours(*prices))
    assert result is not None
    assert result.saved == pytest.approx(0.20)
    assert DAY + 20 * HOUR <= result.starts_at <= DAY + 20.5 * HOUR


def test_a_gap_in_the_prices_is_stepped_over() -> None:
    slots = [slot for slot in hours(*[0.30] * 48) if slot.since != DAY + 20 * HOUR]
    slots[30] = Slot(slots[30].since, slots[30].until, 0.25)
    result = saving(COURSE, DAY + 8 * HOUR, slots)
    assert result is not None
    assert result.saved == pytest.approx(0.05)


def test_nothing_would_have_been_saved_where_it_was_cheapest() -> None:
    prices = [0.30] * 48
    prices[8] = 0.10
    result = saving(COURSE, DAY + 8 * HOUR, hours(*prices))
    assert result is not None
    assert (result.saved, result.starts_at) == (0.0, DAY + 8 * HOUR)
    fixed = saving(COURSE, DAY + 8 * HOUR, [Slot(DAY - DAY_S, DAY + DAY_S, 0.30)])
    assert fixed is not None
    assert fixed.saved == 0.0


def test_the_prices_seen_in_the_day_before_are_enough() -> None:
    before = hours(*[0.10, *[0.30] * 23], since=DAY - 15 * HOUR)
    result = saving(COURSE, DAY + 8 * HOUR, before)
    assert result is not None
    assert result.saved == pytest.approx(0.20)


def test_with_too_few_prices_there_is_no_answer() -> None:
    assert saving(COURSE, DAY + 8 * HOUR, hours(*[0.30] * 22)) is None
    assert saving(COURSE, DAY + 8 * HOUR, hours(*[0.30] * 8)) is None
    assert saving(COURSE, DAY + 8 * HOUR, []) is None


def test_a_price_below_zero_is_earned() -> None:
    prices = [0.30] * 48
    prices[20] = -0.10
    result = saving(COURSE, DAY + 8 * HOUR, hours(*prices))
    assert result is not None
    assert result.saved == pytest.approx(0.40)


# -- what it will have cost ------------------------------------------------------------


def test_what_is_left_is_priced_by_what_is_known_of_its_time() -> None:
    slots = hours(0.30, 0.10)
    now = DAY + 0.5 * HOUR
    assert projected(0.05, 1000.0, HOUR, now, slots) == pytest.approx(0.25)
    assert projected(0.05, 1000.0, 9 * HOUR, DAY + 1.5 * HOUR, slots) == pytest.approx(
        0.15
    )
    assert projected(0.05, 0.0, 60.0, now, slots) == pytest.approx(0.05)
    apart = [*hours(0.30), *hours(0.10, since=DAY + 2 * HOUR)]
    # the price holds until another one is known
    assert projected(0.0, 1000.0, 2 * HOUR, DAY + HOUR - 60.0, apart) == pytest.approx(
        0.2017, abs=0.001
    )
    assert projected(0.05, 1000.0, HOUR, DAY - HOUR, slots) is None
    assert projected(0.05, 1000.0, HOUR, now, []) is None
