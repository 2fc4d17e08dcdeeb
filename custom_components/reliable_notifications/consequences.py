"""What follows from a cycle: what it used and cost, and a load to be taken out.

Must not find cycles (the detector does) nor tell anybody of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .chronicle import ApplianceSpec
from .engine.cycles.bill import Bill
from .engine.cycles.evidence import NO_CYCLE
from .engine.cycles.unloading import Unloading, holds_a_load
from .engine.vocabulary import CycleEvent, UnloadingEvent


class Consequences:
    """The bill and the load of one appliance."""

    def __init__(self, spec: ApplianceSpec) -> None:
        """Begin with no cycle and an empty appliance."""
        has_door = spec.door_entity is not None
        self.holds_a_load = holds_a_load(spec.kind, has_door=has_door)
        self.unloading = Unloading(spec.kind, has_door=has_door)
        self.bill = Bill()
        # the latest one that turned out to be no cycle
        self.no_cycle: str | None = None
        self._has_power = spec.power_entity is not None

    def hear(
        self, events: tuple[CycleEvent, ...]
    ) -> tuple[CycleEvent | UnloadingEvent, ...]:
        """Add what a cycle used and cost, and what it means for the load."""
        told: list[CycleEvent | UnloadingEvent] = []
        for event in events:
            if event.reason in NO_CYCLE:
                self.no_cycle = event.cycle_id
            told.append(self.bill.hear(event, has_power=self._has_power))
            if (unloaded := self.unloading.hear(event)) is not None:
                told.append(unloaded)
        return tuple(told)

    def snapshot(self) -> dict[str, Any]:
        """What a restart must not forget, as JSON."""
        return {
            "unloading": self.unloading.snapshot(),
            "bill": self.bill.snapshot(),
            "no_cycle": self.no_cycle,
        }

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Take up what was written down."""
        self.unloading.restore(snapshot.get("unloading"))
        self.bill.restore(snapshot.get("bill"))
        self.no_cycle = snapshot.get("no_cycle")
