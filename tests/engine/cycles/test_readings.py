"""Units, garbage and absence."""

from __future__ import annotations

import pytest

from custom_components.reliable_notifications.engine.cycles.readings import (
    Intake,
    to_watts,
    usable,
)
from custom_components.reliable_notifications.engine.vocabulary import Reading


@pytest.mark.parametrize(
    ("value", "unit", "watts"),
    [
        ("1.5", "kW", 1500.0),
        ("1500", "mW", 1.5),
        (0.0005, "MW", 500.0),
        (12, "W", 12.0),
        ("12", None, 12.0),
        ("-3.2", "W", 0.0),
        ("0.00000002", "GW", 20.0),
    ],
)
def test_a_value_becomes_watts(
    value: str | float, unit: str | None, watts: float
) -> None:
    assert to_watts(value, unit) == pytest.approx(watts)


@pytest.mark.parametrize(
    ("value", "unit"),
    [("nan", "W"), ("inf", "W"), ("twelve", "W"), (None, "W"), (5, "A"), (1e6, "W")],
)
def test_garbage_is_no_value(value: str | float | None, unit: str) -> None:
    assert to_watts(value, unit) is None


def test_usable_lifts_negative_power() -> None:
    assert usable(-0.4) == 0.0
    assert usable(float("nan")) is None


def test_the_intake_counts_garbage_and_knows_absence() -> None:
    intake = Intake()
    assert intake.reading(1.0, "unavailable", "W") == Reading(1.0, None)
    assert intake.reading(2.0, None, "W") == Reading(2.0, None)
    assert intake.rejected == 0
    assert intake.reading(3.0, "oops", "W") is None
    assert intake.rejected == 1
    assert intake.reading(4.0, "0.2", "kW") == Reading(4.0, 200.0)
