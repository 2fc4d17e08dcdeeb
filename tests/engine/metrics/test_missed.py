"""Which objectives were missed, clearly."""

from __future__ import annotations

import pytest

from custom_components.reliable_notifications.engine.metrics.missed import (
    Objective,
    Standing,
    objectives,
)
from custom_components.reliable_notifications.engine.metrics.objectives import (
    Objectives,
)
from custom_components.reliable_notifications.engine.vocabulary import Scalar

NOTHING: tuple[float | None, dict[str, Scalar]] = (None, {})


def _of(key: str, value: float | None, **beside: Scalar) -> Objective | None:
    values = dict.fromkeys(
        ("delivery_success_rate", "average_latency", "uptime"), NOTHING
    )
    values[key] = (value, beside)
    found = objectives(values, Objectives())
    assert len(found) <= 1
    return found[0] if found else None


def _standing(key: str, value: float | None, **beside: Scalar) -> Standing | None:
    found = _of(key, value, **beside)
    return found and found.standing


@pytest.mark.parametrize(
    ("share", "valid", "proven", "standing"),
    [
        (None, 0, 0, None),
        (50.0, 2, 1, None),  # too few to say anything
        (95.0, 20, 19, Standing.BETWEEN),  # one is told by itself
        (90.0, 20, 18, Standing.MISSED),
        (98.9, 1000, 989, Standing.MISSED),
        (99.0, 1000, 990, Standing.BETWEEN),
        (99.2, 1000, 992, Standing.MET),
        (100.0, 20, 20, Standing.MET),
    ],
)
def test_success(
    share: float | None, valid: int, proven: int, standing: Standing | None
) -> None:
    of = _standing("delivery_success_rate", share, valid=valid, proven=proven)
    assert of is standing


@pytest.mark.parametrize(
    ("average", "samples", "standing"),
    [
        (None, 0, None),
        (9.0, 19, None),
        (9.0, 20, Standing.MISSED),
        (3.5, 20, Standing.MISSED),
        (3.4, 20, Standing.BETWEEN),
        (2.4, 20, Standing.MET),
    ],
)
def test_latency(
    average: float | None, samples: int, standing: Standing | None
) -> None:
    assert _standing("average_latency", average, samples=samples) is standing


@pytest.mark.parametrize(
    ("share", "down", "standing"),
    [
        (None, None, None),
        (50.0, 5000, None),  # off for half of its first week
        (99.4, 190, Standing.BETWEEN),
        (99.4, 202, Standing.MISSED),
        (0.0, 10080, Standing.MISSED),
        (100.0, 0, Standing.MET),
    ],
)
def test_uptime(
    share: float | None, down: float | None, standing: Standing | None
) -> None:
    assert _standing("uptime", share, down_minutes=down) is standing


def test_what_is_told_of_it() -> None:
    missed = _of("delivery_success_rate", 90.0, valid=20, proven=18)
    assert missed is not None
    assert missed.facts == {
        "objective": "delivery_success_rate",
        "value_percent": 90.0,
        "goal_percent": 99.0,
    }
    slow = _of("average_latency", 4.0, samples=20)
    assert slow is not None
    assert slow.facts == {"objective": "average_latency", "value_s": 4.0, "goal_s": 3.0}
