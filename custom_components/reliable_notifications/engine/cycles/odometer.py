"""Counts of an appliance that only go up: its cycles, and what they used.

A finish that is taken back stays counted and is not counted again: the same cycle goes
on. Statistics would take a count that goes down for a new counter.

Must not find cycles, and must not forget: programmes are learned anew, counts go on.
"""

from __future__ import annotations

from dataclasses import dataclass

from custom_components.reliable_notifications.engine.vocabulary import (
    CycleEvent,
    CycleEventKind,
)

from .snapshot import Json, SnapshotError, pack, unpack


@dataclass(slots=True, kw_only=True)
class _Counted:
    """The counts, and what the last cycle has brought to them."""

    cycles: int = 0
    wh: float = 0.0
    last_id: str = ""
    last_wh: float = 0.0
    last_finished: bool = False


class Odometer:
    """The counts of one appliance."""

    __slots__ = ("_counted",)

    def __init__(self) -> None:
        """Begin at zero."""
        self._counted = _Counted()

    @property
    def cycles(self) -> int:
        """Cycles that have finished."""
        return self._counted.cycles

    @property
    def wh(self) -> float:
        """Energy of all cycles that are over, in Wh."""
        return self._counted.wh

    def start_from(self, cycles: int) -> None:
        """Take over what was counted before there was an odometer."""
        self._counted.cycles = max(self._counted.cycles, cycles)

    def hear(self, event: CycleEvent) -> None:
        """Count a cycle that is over; what was cut off has used energy, too."""
        counted = self._counted
        if event.kind not in (CycleEventKind.FINISHED, CycleEventKind.INTERRUPTED):
            return
        if event.cycle_id != counted.last_id:
            counted.last_id = event.cycle_id
            counted.last_wh, counted.last_finished = 0.0, False
        more = max(0.0, event.energy_wh - counted.last_wh)
        counted.wh += more
        counted.last_wh += more
        if event.kind is CycleEventKind.FINISHED and not counted.last_finished:
            counted.cycles += 1
            counted.last_finished = True

    def snapshot(self) -> dict[str, Json]:
        """Everything, as JSON."""
        return pack(self._counted)

    def restore(self, snapshot: Json) -> None:
        """Take up what was written down; what is not ours is left alone."""
        try:
            self._counted = unpack(_Counted, snapshot)
        except SnapshotError:
            return
