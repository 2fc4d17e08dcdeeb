"""The detector that is shipped, behind the protocol of the scorer.

Must not decide anything: it hands on what the detector says.
"""

from __future__ import annotations

from collections.abc import Mapping
import json
import math

from custom_components.reliable_notifications.engine.cycles.detector import (
    Detector,
    Step,
)
from custom_components.reliable_notifications.engine.cycles.evidence import NO_CYCLE
from custom_components.reliable_notifications.engine.vocabulary import (
    ApplianceKind,
    CycleEventKind,
    Reading,
)

TOLD = {
    CycleEventKind.STARTED: "started",
    CycleEventKind.FINISHED: "finished",
    CycleEventKind.INTERRUPTED: "finished",  # told as well, in other words
}


class Adapter:
    """The shipped detector behind the scorer's protocol."""

    def __init__(self, kind: str) -> None:
        known = kind in {each.value for each in ApplianceKind}
        self.detector = Detector(
            ApplianceKind(kind) if known else ApplianceKind.GENERIC
        )
        self.asleep_until = math.inf
        self.reasons: dict[float, str] = {}  # of each finish, by when it was told

    def feed(self, at: float, watts: float | None) -> list[tuple[str, float]]:
        return self._take(self.detector.step(at, Reading(at, watts)))

    def tick(self, at: float) -> list[tuple[str, float]]:
        return self._take(self.detector.step(at))

    def _take(self, step: Step) -> list[tuple[str, float]]:
        self.asleep_until = math.inf if step.wake_at is None else step.wake_at
        for event in step.events:
            if TOLD.get(event.kind) == "finished":
                self.reasons[event.at] = event.reason
        return _told(step)

    def state_bytes(self) -> int:
        """Measure all that the detector keeps, as it is written down."""
        return len(json.dumps(self.detector.snapshot()).encode())


def _told(step: Step) -> list[tuple[str, float]]:
    told: list[tuple[str, float]] = []
    for event in step.events:
        if event.kind in TOLD and event.reason not in NO_CYCLE:
            at = event.ended_at if event.ended_at is not None else event.started_at
            told.append((TOLD[event.kind], at))
    return told


def factory(meta: Mapping[str, object]) -> Adapter:
    """Make a fresh detector for the kind of appliance that `meta` names."""
    return Adapter(str(meta["kind"]))
