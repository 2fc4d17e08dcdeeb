"""Percentiles, means and overlaps, on numbers small enough to check by eye."""

from __future__ import annotations

import random

import pytest

from custom_components.reliable_notifications.engine.metrics.windows import (
    covered,
    mean,
    median,
    percentile,
)


@pytest.mark.parametrize(
    ("share", "expected"), [(0.05, 1), (0.5, 10), (0.95, 19), (0.951, 20), (1.0, 20)]
)
def test_percentile_is_a_value_that_happened(share: float, expected: float) -> None:
    samples = [float(number) for number in range(1, 21)]
    random.Random(7).shuffle(samples)
    assert percentile(samples, share) == expected


def test_one_sample_is_every_percentile() -> None:
    assert percentile([4.2], 0.01) == percentile([4.2], 0.99) == 4.2


def test_nothing_measured_is_unknown_not_zero() -> None:
    assert percentile([], 0.5) is None
    assert mean([]) is None
    assert median([]) is None


def test_mean_and_median() -> None:
    assert mean([1.0, 2.0, 6.0]) == 3.0
    assert median([9.0, 1.0, 2.0]) == 2.0
    assert median([4.0, 1.0, 2.0, 9.0]) == 3.0


@pytest.mark.parametrize(
    ("stretches", "expected"),
    [
        ([], 0),
        ([(0, 10)], 10),
        ([(-5, 15)], 10),
        ([(2, 4), (6, 7)], 3),
        ([(6, 7), (2, 4)], 3),
        ([(2, 6), (4, 8)], 6),
        ([(1, 9), (3, 4)], 8),
        ([(-9, -1), (11, 20)], 0),
        ([(5, 5)], 0),
    ],
    ids=[
        "nothing",
        "all",
        "sticks out",
        "two",
        "any order",
        "overlap counts once",
        "nested counts once",
        "outside",
        "a moment has no length",
    ],
)
def test_covered(stretches: list[tuple[float, float]], expected: float) -> None:
    assert covered(stretches, 0, 10) == expected
