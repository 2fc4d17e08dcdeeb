"""What follows from a cycle: what it used and cost, and a load to be taken out.

Must not find cycles (the detector does) nor tell anybody of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..engine.cycles.bill import Bill
from ..engine.cycles.detector import Detector
from ..engine.cycles.evidence import NO_CYCLE
from ..engine.cycles.native_tracker import NativeTracker
from ..engine.cycles.odometer import Odometer
from ..engine.cycles.prices import PriceLog, Slot, believed, merged
from ..engine.cycles.saving import Course, projected, saving
from ..engine.cycles.unloading import Unloading, holds_a_load
from ..engine.vocabulary import CycleEvent, CycleEventKind, Instant, UnloadingEvent
from .chronicle import ApplianceSpec
from .forecast import Forecast


class Consequences:
    """The bill and the load of one appliance."""

    def __init__(self, spec: ApplianceSpec) -> None:
        """Begin with no cycle and an empty appliance."""
        has_door = spec.door_entity is not None
        self.holds_a_load = holds_a_load(spec.kind, has_door=has_door)
        self.unloading = Unloading(spec.kind, has_door=has_door)
        self.bill = Bill()
        self.odometer = Odometer()
        # the latest one that turned out to be no cycle
        self.no_cycle: str | None = None
        self.cheapest_at: Instant | None = None
        self._prices = PriceLog()
        self._price: float | None = None
        self._given: Sequence[Slot] = ()
        self._has_power = spec.power_entity is not None

    def hear(
        self, events: tuple[CycleEvent, ...], detector: Detector | NativeTracker
    ) -> tuple[CycleEvent | UnloadingEvent, ...]:
        """Add what a cycle used and cost, and what it means for the load."""
        told: list[CycleEvent | UnloadingEvent] = []
        for event in events:
            if event.reason in NO_CYCLE:
                self.no_cycle = event.cycle_id
            billed = self.bill.hear(event, has_power=self._has_power)
            self.odometer.hear(billed)
            told.append(self._with_saving(billed, detector))
            if (unloaded := self.unloading.hear(event)) is not None:
                told.append(unloaded)
        return tuple(told)

    def look(
        self, detector: Detector | NativeTracker, now: Instant
    ) -> tuple[UnloadingEvent, ...]:
        """See whether the load was taken out, or is to be reminded of."""
        watts = None if isinstance(detector, NativeTracker) else detector.watts
        found = (self.unloading.rests_at(watts, now), self.unloading.ring(now))
        return tuple(event for event in found if event is not None)

    def priced(self, price: float | None, given: Sequence[Slot], now: Instant) -> None:
        """Take the price of a kWh, and those that are told in advance."""
        self.bill.priced(price, now)
        self._prices.hear(price, now)
        self._price, self._given = price, given

    def slots(self, now: Instant) -> list[Slot]:
        """Give the prices that are known, of the past and in advance."""
        given = believed(self._given, self._price, now)
        return merged(given, self._prices.slots(now))

    def projected_cost(
        self,
        spent: float | None,
        used_wh: float | None,
        expected: Forecast,
        now: Instant,
    ) -> float | None:
        """What the running cycle will have cost at its end, as far as known."""
        left_s, usual_wh = expected.remaining_s, expected.usual_wh
        if spent is None or used_wh is None or left_s is None or usual_wh is None:
            return None
        left_wh = max(0.0, usual_wh - used_wh)
        return projected(spent, left_wh, left_s, now, self.slots(now))

    def _with_saving(
        self, event: CycleEvent, detector: Detector | NativeTracker
    ) -> CycleEvent:
        if event.kind is not CycleEventKind.FINISHED or event.ended_at is None:
            return event
        course = _course(event, event.ended_at, detector)
        found = saving(course, event.started_at, self.slots(event.at))
        if found is None:
            self.cheapest_at = None
            return event
        self.cheapest_at = found.starts_at
        return replace(event, saved=found.saved, cheapest_at=found.starts_at)

    def snapshot(self) -> dict[str, Any]:
        """What a restart must not forget, as JSON."""
        return {
            "unloading": self.unloading.snapshot(),
            "bill": self.bill.snapshot(),
            "odometer": self.odometer.snapshot(),
            "prices": self._prices.snapshot(),
            "no_cycle": self.no_cycle,
        }

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Take up what was written down."""
        self.unloading.restore(snapshot.get("unloading"))
        self.bill.restore(snapshot.get("bill"))
        self.odometer.restore(snapshot.get("odometer"))
        self._prices.restore(snapshot.get("prices"))
        self.no_cycle = snapshot.get("no_cycle")


def _course(
    event: CycleEvent, ended_at: Instant, detector: Detector | NativeTracker
) -> Course:
    """When the energy of the cycle was used; evenly where nobody knows."""
    length_s = max(ended_at - event.started_at, 1.0)
    even: Course = [(0.0, 0.0), (length_s, event.energy_wh)]
    if isinstance(detector, NativeTracker) or event.cycle_id != detector.cycle_id:
        return even
    course = detector.course
    total = course[-1][1]
    if total <= 0.0 or detector.ended_at is None:
        return even
    # a counter may know of more energy than the power sensor has seen
    return [(at, wh * event.energy_wh / total) for at, wh in course]
