"""Stretches of time and samples: overlap, percentile, mean.

Arithmetic only; nothing here knows what is measured.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
import math

type Stretch = tuple[float, float]

# With fewer samples the 95th percentile is the largest one by definition, so one odd
# message would be the number. Source: DESIGN section 6.
ENOUGH_FOR_PERCENTILE = 20


def percentile(samples: Sequence[float], share: float) -> float | None:
    """Nearest-rank percentile: always a value that really happened.

    `share` is above 0 and at most 1. None without samples.
    """
    if not samples:
        return None
    ordered = sorted(samples)
    return ordered[math.ceil(share * len(ordered)) - 1]


def mean(samples: Sequence[float]) -> float | None:
    """Arithmetic mean, None without samples."""
    return math.fsum(samples) / len(samples) if samples else None


def median(samples: Sequence[float]) -> float | None:
    """Take the middle sample, or the mean of the two in the middle."""
    if not samples:
        return None
    ordered = sorted(samples)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2


def covered(stretches: Iterable[Stretch], start: float, end: float) -> float:
    """Seconds between `start` and `end` that lie in at least one stretch."""
    total = 0.0
    reached = start
    for first, last in sorted(stretches):
        begin = max(first, reached)
        finish = min(last, end)
        if finish > begin:
            total += finish - begin
            reached = finish
    return total
