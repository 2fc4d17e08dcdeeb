"""What of a happening is told to people, and what they may answer.

Must not compose texts or choose recipients.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from ..appliances.chronicle import ApplianceSpec, Happening
from ..engine.content.verbs import OFFERS, Verb
from ..engine.cycles.evidence import NO_CYCLE
from ..engine.cycles.unloading import holds_a_load
from ..engine.vocabulary import (
    CycleEvent,
    CycleEventKind,
    Event,
    Instant,
    Priority,
    Scalar,
    UnloadingEvent,
    UnloadingEventKind,
)
from .bulletins import duration

# What of a cycle is told to people; how loudly stands in the catalogue of events.
TOLD: frozenset[CycleEventKind | UnloadingEventKind] = frozenset(
    {
        CycleEventKind.FINISHED,
        CycleEventKind.REOPENED,
        CycleEventKind.INTERRUPTED,
        UnloadingEventKind.REMINDER,
    }
)

# What is told of an appliance only where somebody has asked for it. Who hears of a
# start hears, too, that it was none.
WISHED: Mapping[
    CycleEventKind | UnloadingEventKind, Callable[[ApplianceSpec], bool]
] = {
    CycleEventKind.ALMOST_DONE: lambda spec: spec.tell_almost_done,
    CycleEventKind.STARTED: lambda spec: spec.tell_started,
    CycleEventKind.SHORT_RUN: lambda spec: spec.tell_started,
}

# Of what somebody says for an appliance how loudly it is told: that it is done. An
# interruption stays as loud as it is for all
_BY_APPLIANCE = frozenset(
    {CycleEventKind.FINISHED.value, UnloadingEventKind.REMINDER.value}
)


def is_told(event: CycleEvent | UnloadingEvent, spec: ApplianceSpec) -> bool:
    """Whether people are told of an event at all."""
    if (wished := WISHED.get(event.kind)) is not None:
        return wished(spec)
    if isinstance(event, CycleEvent) and event.reason in NO_CYCLE:
        return False  # a door lock, a knob, or a person who said so
    return event.kind in TOLD


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


def own_priority(key: str, spec: ApplianceSpec) -> Priority | None:
    """How loudly somebody wants this appliance to be told; None: as all others."""
    return spec.priority if key in _BY_APPLIANCE else None


def about(event: Event, spec: ApplianceSpec) -> Event:
    """The same event, said of an appliance: its rules, snoozes and name are meant."""
    return replace(event, source=spec.id, data={"appliance": spec.name, **event.data})


def event_of(happening: Happening, priority: Priority, now: Instant) -> Event:
    """What happened to a cycle or to a load, as an event to be told; its words come."""
    spec = happening.spec
    return Event(
        key=happening.event.kind.value,
        at=now,
        title="",
        message="",
        priority=priority,
        category="appliance",
        source=spec.id,
        incident=incident(happening),
        data=facts_of(happening),
    )


def incident(happening: Happening) -> str:
    """One cycle, one message on the phone: a later one replaces it."""
    return f"{happening.spec.id}-{happening.event.cycle_id}"
