"""What of a happening is told to people, how loudly, and what they may answer.

Must not compose texts or choose recipients.
"""

from __future__ import annotations

from collections.abc import Mapping

from .bulletins import duration
from .chronicle import ApplianceSpec, Happening
from .engine.content.verbs import OFFERS, Verb
from .engine.cycles.evidence import NO_CYCLE
from .engine.cycles.unloading import holds_a_load
from .engine.vocabulary import (
    CycleEvent,
    CycleEventKind,
    Event,
    Instant,
    Priority,
    Scalar,
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


def facts_of(happening: Happening) -> dict[str, Scalar]:
    """What is known of it, by the names that texts and templates use."""
    spec, event = happening.spec, happening.event
    facts: dict[str, Scalar] = {"appliance": spec.name, "cycle_id": event.cycle_id}
    if isinstance(event, UnloadingEvent):
        facts |= {"idle_s": event.idle_s, "ended_at": event.finished_at}
    else:
        facts |= {
            "duration_s": duration(event),
            "energy_wh": event.energy_wh,
            "started_at": event.started_at,
            "ended_at": event.ended_at,
            "expected_at": event.expected_at,
            "estimated": event.estimated,
            "cost": event.cost,
        }
    if wants_emptying(happening):
        facts[OFFERS] = Verb.EMPTIED.value
    return {name: value for name, value in facts.items() if value is not None}


def event_of(happening: Happening, priority: Priority, now: Instant) -> Event:
    """What happened to a cycle or to a load, as an event to be told; its words come."""
    return Event(
        key=happening.event.kind.value,
        at=now,
        title="",
        message="",
        priority=priority,
        category="appliance",
        source=happening.spec.id,
        incident=incident(happening),
        data=facts_of(happening),
    )


def incident(happening: Happening) -> str:
    """One cycle, one message on the phone: a later one replaces it."""
    return f"{happening.spec.id}-{happening.event.cycle_id}"
