"""Energy and cost of the cycle that runs or ran last, from the best source there is.

A counter is believed unless it contradicts the power: integrating a slow sensor gives
too little, so a counter that is far below it lags or belongs to something else.

Must not find cycles: it is told when they begin and end.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from custom_components.reliable_notifications.engine.vocabulary import (
    CycleEvent,
    CycleEventKind,
    Instant,
)

from .cost import CostMeter
from .counter import EnergyCounter
from .snapshot import Json, SnapshotError, mapped, pack, unpack

# Slow sensors miss 20 % and more (a known fault of peers), but never give the double.
LEAST_SHARE = 0.5


class Source(StrEnum):
    """Where an amount of energy comes from."""

    COUNTER = "counter"
    INTEGRATED = "integrated"


@dataclass(slots=True, kw_only=True)
class _Account:
    """The cycle that is counted, and what it came to."""

    cycle_id: str = ""
    is_open: bool = False
    energy_wh: float | None = None
    source: str = Source.INTEGRATED.value
    cost: float | None = None


class Bill:
    """Counts one appliance's cycles."""

    __slots__ = ("_account", "_cost", "_counter")

    def __init__(self) -> None:
        """Begin with no cycle."""
        self._account = _Account()
        self._counter = EnergyCounter()
        self._cost = CostMeter()

    def counted(self, wh: float, now: Instant) -> None:
        """Take what the counter says."""
        self._counter.hear(now, wh)

    def priced(self, price: float | None, now: Instant) -> None:
        """Take the price of a kWh; None while it is not known."""
        self._cost.price(price, self._account.energy_wh or 0.0, now)
        self._show_cost()

    def used(self, integrated_wh: float | None, now: Instant) -> None:
        """Take the energy of the running cycle; None where power is not measured."""
        if self._account.is_open:
            self._measure(integrated_wh, None)
            self._cost.use(self._account.energy_wh or 0.0, now)
            self._show_cost()

    def hear(self, event: CycleEvent, *, has_power: bool) -> CycleEvent:
        """Take what happened to a cycle, and give it back with its figures."""
        account = self._account
        if event.kind is CycleEventKind.ALMOST_DONE:
            used_wh = self.energy_wh(event.cycle_id) or 0.0
            return replace(event, energy_wh=used_wh, cost=self.cost(event.cycle_id))
        if event.kind is CycleEventKind.STARTED:
            self._account = account = _Account(cycle_id=event.cycle_id)
            self._counter.begin(event.started_at)
            self._cost.begin(event.started_at)
        elif event.cycle_id != account.cycle_id:
            return event  # its start was not seen
        account.is_open = event.kind in (
            CycleEventKind.STARTED,
            CycleEventKind.REOPENED,
        )
        self._measure(event.energy_wh if has_power else None, event.ended_at)
        wh = account.energy_wh or 0.0
        self._cost.use(wh, event.at)
        self._show_cost()
        return replace(event, energy_wh=wh, cost=account.cost)

    def energy_wh(self, cycle_id: str | None) -> float | None:
        """What this cycle used, if it is the one that is counted."""
        return self._account.energy_wh if self._is_about(cycle_id) else None

    def source(self, cycle_id: str | None) -> Source:
        """Where that amount comes from."""
        is_ours = self._is_about(cycle_id)
        return Source(self._account.source) if is_ours else Source.INTEGRATED

    def cost(self, cycle_id: str | None) -> float | None:
        """What this cycle cost; None if that is not known."""
        return self._account.cost if self._is_about(cycle_id) else None

    def _is_about(self, cycle_id: str | None) -> bool:
        return bool(cycle_id) and cycle_id == self._account.cycle_id

    def _measure(self, integrated_wh: float | None, until: Instant | None) -> None:
        account, counted = self._account, self._counter.used_wh(until)
        if counted is None or (
            integrated_wh is not None and counted < LEAST_SHARE * integrated_wh
        ):
            account.energy_wh, account.source = integrated_wh, Source.INTEGRATED.value
        else:
            account.energy_wh, account.source = counted, Source.COUNTER.value

    def _show_cost(self) -> None:
        """Keep the cost of a cycle that is over, whatever prices come later."""
        account = self._account
        if account.energy_wh is not None:
            account.cost = self._cost.cost(account.energy_wh)

    # -- written down ------------------------------------------------------------------

    def snapshot(self) -> dict[str, Json]:
        """What a restart must not forget, as JSON."""
        return {
            "account": pack(self._account),
            "counter": self._counter.snapshot(),
            "cost": self._cost.snapshot(),
        }

    def restore(self, snapshot: Json) -> None:
        """Take up what was written down; what is not ours is left alone."""
        try:
            data = mapped(snapshot)
            account = unpack(_Account, data.get("account"))
        except SnapshotError:
            return
        if account.source not in tuple(Source):
            return
        self._account = account
        self._counter.restore(data.get("counter"))
        self._cost.restore(data.get("cost"))
