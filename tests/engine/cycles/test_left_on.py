"""When an appliance counts as left on."""

from __future__ import annotations

import pytest

from custom_components.reliable_notifications.engine.cycles.left_on import (
    LONGER_THAN_EVER,
    left_on_at,
)
from custom_components.reliable_notifications.engine.vocabulary import ApplianceKind

HOUR = 3600.0
BEGAN = 1_000_000.0


@pytest.mark.parametrize(
    ("kind", "earlier", "after"),
    [
        (ApplianceKind.IRON, [], HOUR),
        (ApplianceKind.IRON, [600.0], HOUR),
        # who irons for two hours does so again
        (ApplianceKind.IRON, [600.0, 2 * HOUR], LONGER_THAN_EVER * 2 * HOUR),
        (ApplianceKind.KETTLE, [180.0], HOUR / 2),
    ],
)
def test_longer_than_is_sensible_and_than_ever(
    kind: ApplianceKind, earlier: list[float], after: float
) -> None:
    assert left_on_at(kind, BEGAN, earlier) == BEGAN + after


def test_what_may_run_all_day_and_what_does_not_run() -> None:
    assert left_on_at(ApplianceKind.WASHING_MACHINE, BEGAN, []) is None
    assert left_on_at(ApplianceKind.GENERIC, BEGAN, []) is None
    assert left_on_at(ApplianceKind.IRON, None, []) is None
