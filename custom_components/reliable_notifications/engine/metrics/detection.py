"""How long after the true end of a cycle its finish was announced.

Looks at finished cycles only; whether a finish was right is not known here.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..vocabulary import CycleRecord


def delays(cycles: Iterable[CycleRecord]) -> list[float]:
    """Seconds from the last activity to the announcement, for each finish.

    Left out are cycles that were interrupted (nothing finished) and those whose
    end is an estimate (what is not known cannot be measured from).
    """
    return [
        max(0.0, cycle.announced_at - cycle.ended_at)
        for cycle in cycles
        if cycle.announced_at is not None
        and cycle.ended_at is not None
        and not cycle.interrupted
        and not cycle.estimated
    ]
