"""Appliances with witnesses, for the tests: known ones, and what is said of them."""

from __future__ import annotations

from custom_components.reliable_notifications.engine.cycles.native_states import (
    NativeState,
)
from custom_components.reliable_notifications.engine.cycles.witness import Door, Word
from custom_components.reliable_notifications.engine.vocabulary import (
    ApplianceKind,
    CycleEventKind,
)

from .plug import Plug, Stretch
from .programmes import LAUNDRY, OFF

STARTED, FINISHED = CycleEventKind.STARTED, CycleEventKind.FINISHED
ONE = [STARTED, FINISHED]
OPEN, CLOSED = Door(is_open=True), Door(is_open=False)
RUNNING, DONE = Word(NativeState.RUNNING), Word(NativeState.FINISHED)


def delay(plug: Plug) -> float:
    event = [each for each in plug.events if each.kind is FINISHED][-1]
    assert event.ended_at is not None
    return event.at - event.ended_at


def known(kind: ApplianceKind, programme: tuple[Stretch, ...]) -> Plug:
    plug = Plug(kind).play((60.0, 0.0)).hear(CLOSED).play(OFF)
    for _ in range(3):
        plug.play(programme, OFF)
    plug.events.clear()
    return plug


def known_washer() -> Plug:
    return known(ApplianceKind.WASHING_MACHINE, LAUNDRY)
