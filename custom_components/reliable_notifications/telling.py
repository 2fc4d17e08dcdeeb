"""What of a happening is told to people, how loudly, and what they may answer.

Must not compose texts or choose recipients.
"""

from __future__ import annotations

from collections.abc import Mapping

from .chronicle import ApplianceSpec, Happening
from .engine.cycles.evidence import NO_CYCLE
from .engine.cycles.unloading import holds_a_load
from .engine.vocabulary import (
    CycleEvent,
    CycleEventKind,
    Priority,
    UnloadingEvent,
    UnloadingEventKind,
)

# What of a cycle is told to people, and how loudly. A start interests automations
# only; a reopened cycle replaces the message that was wrong, as quietly as possible;
# an interruption may mean wet laundry in a dead machine.
# A reminder takes the place of the finish it is about, and is as loud: a silent one
# would be noticed by those only who have looked anyway. What is almost done is told to
# those who have asked for it, and softly: the finish follows in minutes.
TOLD: Mapping[CycleEventKind | UnloadingEventKind, Priority] = {
    CycleEventKind.FINISHED: Priority.MEDIUM,
    CycleEventKind.REOPENED: Priority.LOW,
    CycleEventKind.INTERRUPTED: Priority.HIGH,
    UnloadingEventKind.REMINDER: Priority.MEDIUM,
}


def loudness(
    event: CycleEvent | UnloadingEvent, spec: ApplianceSpec
) -> Priority | None:
    """How loudly an event is told; None for not at all."""
    if event.kind is CycleEventKind.ALMOST_DONE:
        return Priority.LOW if spec.tell_almost_done else None
    if isinstance(event, CycleEvent) and event.reason in NO_CYCLE:
        return None  # a door lock, a knob, or a person who said so
    return TOLD.get(event.kind)


def wants_emptying(happening: Happening) -> bool:
    """Whether a person may answer that the load was taken out."""
    spec = happening.spec
    if happening.event.kind is UnloadingEventKind.REMINDER:
        return True
    is_done = happening.event.kind is CycleEventKind.FINISHED
    return is_done and holds_a_load(spec.kind, has_door=spec.door_entity is not None)
