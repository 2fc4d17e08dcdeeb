"""Whether an appliance that heats for somebody was left on.

Only of kinds that heat while a person is at it, and go off with them: an iron, a
kettle. Must not know what follows from it.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..vocabulary import ApplianceKind, Instant
from .kinds import KINDS

# Past the longest that it ever was on by this share: who irons for two hours does so
# again, and is not told each time.
LONGER_THAN_EVER = 1.5


def left_on_at(
    kind: ApplianceKind, started_at: Instant | None, earlier: Iterable[float]
) -> Instant | None:
    """From when on it counts as left on; None for a kind that may heat all day.

    `earlier` are the lengths of its cycles that are over, in seconds.
    """
    least_s = KINDS[kind].left_on_s
    if not least_s or started_at is None:
        return None
    longest_s = max(earlier, default=0.0)
    return started_at + max(least_s, LONGER_THAN_EVER * longest_s)
