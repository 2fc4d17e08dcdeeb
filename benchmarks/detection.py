"""Score the shipped detector on labelled traces.

`factory(meta)` adapts it to the protocol of the scorer that lies beside the full
set of traces (`feed`, `tick`, lists of `(event, own time)`).

    ./scripts/bench detection [--json FILE] [--quick] [--timing]
"""

from __future__ import annotations

from collections.abc import Mapping

from custom_components.reliable_notifications.engine.cycles.detector import (
    Detector,
    Step,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    ApplianceKind,
    CycleEventKind,
    Reading,
)

TOLD = {
    CycleEventKind.STARTED: "started",
    CycleEventKind.FINISHED: "finished",
}


class Adapter:
    """The shipped detector behind the scorer's protocol."""

    def __init__(self, kind: str) -> None:
        known = kind in {each.value for each in ApplianceKind}
        self.detector = Detector(
            ApplianceKind(kind) if known else ApplianceKind.GENERIC
        )

    def feed(self, at: float, watts: float | None) -> list[tuple[str, float]]:
        return _told(self.detector.step(at, Reading(at, watts)))

    def tick(self, at: float) -> list[tuple[str, float]]:
        return _told(self.detector.step(at))


def _told(step: Step) -> list[tuple[str, float]]:
    told: list[tuple[str, float]] = []
    for event in step.events:
        if event.kind in TOLD:
            at = event.ended_at if event.ended_at is not None else event.started_at
            told.append((TOLD[event.kind], at))
    return told


def factory(meta: Mapping[str, object]) -> Adapter:
    """Make a fresh detector for the kind of appliance that `meta` names."""
    return Adapter(str(meta["kind"]))
