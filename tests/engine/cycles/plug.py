"""A plug that reports changes, and a timer that keeps its appointments: for tests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from custom_components.reliable_notifications.engine.cycles.detector import Detector
from custom_components.reliable_notifications.engine.cycles.evidence import Reason
from custom_components.reliable_notifications.engine.cycles.witness import Said
from custom_components.reliable_notifications.engine.vocabulary import (
    ApplianceKind,
    ApplianceState,
    CycleEvent,
    CycleEventKind,
    Reading,
)

# What an appliance does: so many seconds at so many watts (None: sensor away).
type Stretch = tuple[float, float | None]

MINUTE = 60.0
START = 1_700_000_000.0

WASH: tuple[Stretch, ...] = (
    (10 * MINUTE, 2000.0),
    *((12.0, 150.0), (8.0, 3.0)) * 60,
    (5 * MINUTE, 400.0),
)


@dataclass
class Plug:
    """Feeds one detector and keeps what it said."""

    kind: ApplianceKind = ApplianceKind.WASHING_MACHINE
    at: float = START
    every: float | None = None  # a polled plug asks each so many seconds
    detector: Detector = field(init=False)
    events: list[CycleEvent] = field(default_factory=list)
    wakes: int = 0

    def __post_init__(self) -> None:
        self.detector = Detector(self.kind)
        self.asked = self.at

    def play(self, *stretches: Stretch | Iterable[Stretch]) -> Plug:
        """Let the appliance do this, one stretch after the other."""
        for each in stretches:
            if isinstance(each, tuple) and isinstance(each[0], int | float):
                self._hold(float(each[0]), each[1])
            else:
                self.play(*each)
        return self

    def _hold(self, seconds: float, watts: float | None) -> None:
        until = self.at + seconds
        if self.every is None:
            self._wait(self._tell(Reading(self.at, watts)), until)
        while self.every is not None and self.asked < until:
            self.at = self.asked
            self.asked += self.every
            wake = self._tell(Reading(self.at, watts))
            self._wait(wake, min(self.asked, until))
        self.at = until

    def _wait(self, wake: float | None, until: float) -> None:
        while wake is not None and wake < until:
            assert wake > self.at, "a wake-up must lie in the future"
            self.at = wake
            self.wakes += 1
            wake = self._tell(None)

    def _tell(self, reading: Reading | None) -> float | None:
        step = self.detector.step(self.at, reading)
        self.events.extend(step.events)
        return step.wake_at

    def hear(self, said: Said) -> Plug:
        """Let a witness say something."""
        self.events.extend(self.detector.witness(self.at, said).events)
        return self

    def is_in(self, state: ApplianceState) -> bool:
        return self.detector.state is state

    def says(self, reason: Reason) -> bool:
        return self.detector.reason.key is reason

    @property
    def kinds(self) -> list[CycleEventKind]:
        return [event.kind for event in self.events]

    def restart(self) -> None:
        """Write the detector down and bring it back."""
        self.detector = Detector.restore(self.kind, self.detector.snapshot())
