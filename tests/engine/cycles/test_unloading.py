"""A load waits until somebody takes it out, and is reminded of with restraint."""

from __future__ import annotations

import json

import pytest

from custom_components.reliable_notifications.engine.cycles.unloading import (
    FIRST_REMINDER_S,
    NEXT_REMINDER_S,
    Unloading,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    ApplianceKind,
    CycleEvent,
    CycleEventKind,
    EmptiedBy,
    UnloadingEvent,
    UnloadingEventKind,
)

WASHER = ApplianceKind.WASHING_MACHINE
STARTED, FINISHED = CycleEventKind.STARTED, CycleEventKind.FINISHED
ENDED, TOLD = 10_000.0, 10_060.0


def event(
    kind: CycleEventKind, at: float = TOLD, *, cycle: str = "a", ended: float | None
) -> CycleEvent:
    return CycleEvent(
        kind=kind, cycle_id=cycle, at=at, started_at=1_000.0, ended_at=ended
    )


def waiting(kind: ApplianceKind = WASHER, *, has_door: bool = True) -> Unloading:
    """An appliance that has just finished, with its door closed."""
    unloading = Unloading(kind, has_door=has_door)
    assert unloading.door(False, 0.0) is None
    assert unloading.hear(event(FINISHED, ended=ENDED)) is None
    return unloading


def reminders(unloading: Unloading) -> list[float]:
    """Seconds after the announcement at which it reminds, when all timers ring."""
    told: list[float] = []
    while (at := unloading.wake_at) is not None:
        assert unloading.ring(at - 1) is None
        found = unloading.ring(at)
        assert found is not None
        assert found.kind is UnloadingEventKind.REMINDER
        assert found.idle_s == at - ENDED
        told.append(at - TOLD)
        assert found.number == len(told)
        assert found.cycle_id == "a"
    return told


def test_a_door_that_is_opened_ends_the_waiting() -> None:
    unloading = waiting()
    assert unloading.waiting is not None
    assert unloading.door(None, 10_500.0) is None
    found = unloading.door(True, 11_000.0)
    assert found == UnloadingEvent(
        kind=UnloadingEventKind.EMPTIED,
        cycle_id="a",
        at=11_000.0,
        finished_at=ENDED,
        idle_s=1_000.0,
        by=EmptiedBy.DOOR,
    )
    assert unloading.waiting is None
    assert unloading.wake_at is None
    assert unloading.door(False, 11_100.0) is None


def test_a_door_that_stood_open_counts_when_it_is_closed() -> None:
    unloading = Unloading(WASHER, has_door=True)
    unloading.door(True, 0.0)
    unloading.hear(event(FINISHED, ended=ENDED))
    assert unloading.door(True, 10_100.0) is None
    found = unloading.door(False, 10_200.0)
    assert found is not None
    assert found.by is EmptiedBy.DOOR


@pytest.mark.parametrize("by", [EmptiedBy.BUTTON, EmptiedBy.PHONE, EmptiedBy.LEVEL])
def test_every_witness_is_believed(by: EmptiedBy) -> None:
    unloading = waiting()
    found = unloading.emptied(by, 10_600.0)
    assert found is not None
    assert (found.by, found.idle_s) == (by, 600.0)
    assert unloading.emptied(by, 10_700.0) is None


def test_the_next_start_says_that_it_was_emptied_before() -> None:
    unloading = waiting(has_door=False)
    start = CycleEvent(kind=STARTED, cycle_id="b", at=20_060.0, started_at=20_000.0)
    found = unloading.hear(start)
    assert found is not None
    assert (found.by, found.cycle_id, found.at) == (EmptiedBy.START, "a", 20_060.0)
    assert found.idle_s == 10_000.0
    assert unloading.waiting is None


def test_a_finish_that_is_taken_back_takes_the_waiting_back() -> None:
    unloading = waiting()
    assert unloading.hear(event(CycleEventKind.REOPENED, ended=None)) is None
    assert unloading.waiting is None
    assert unloading.hear(event(FINISHED, 12_000.0, ended=11_900.0)) is None
    assert unloading.waiting is not None
    assert unloading.waiting.finished_at == 11_900.0


def test_an_interruption_is_no_finish() -> None:
    unloading = Unloading(WASHER, has_door=False)
    unloading.hear(event(CycleEventKind.INTERRUPTED, ended=ENDED))
    assert unloading.waiting is None


def test_a_finish_without_a_known_end_counts_from_its_announcement() -> None:
    unloading = Unloading(WASHER, has_door=False)
    unloading.hear(event(FINISHED, ended=None))
    assert unloading.waiting is not None
    assert unloading.waiting.finished_at == TOLD


@pytest.mark.parametrize(
    ("kind", "by", "is_emptied"),
    [
        (WASHER, EmptiedBy.DOOR, True),
        (WASHER, EmptiedBy.BUTTON, True),
        # this door opens by itself to let the steam out
        (ApplianceKind.DISHWASHER, EmptiedBy.DOOR, False),
        (ApplianceKind.DISHWASHER, EmptiedBy.BUTTON, True),
    ],
)
def test_who_is_faster_than_the_announcement_is_not_reminded(
    kind: ApplianceKind, by: EmptiedBy, is_emptied: bool
) -> None:
    unloading = Unloading(kind, has_door=True)
    assert unloading.emptied(by, ENDED + 20) is None
    found = unloading.hear(event(FINISHED, ended=ENDED))
    assert (found is not None) is is_emptied
    assert (unloading.waiting is None) is is_emptied
    if found is not None:
        assert (found.by, found.idle_s, found.at) == (by, 20.0, TOLD)


def test_what_was_touched_in_mid_cycle_was_not_emptied() -> None:
    unloading = Unloading(WASHER, has_door=True)
    unloading.emptied(EmptiedBy.DOOR, ENDED - 600)  # a sock was added
    assert unloading.hear(event(FINISHED, ended=ENDED)) is None
    assert unloading.waiting is not None


@pytest.mark.parametrize(
    ("kind", "has_door", "often"),
    [
        (WASHER, True, 3),
        (WASHER, False, 1),
        (ApplianceKind.DRYER, True, 3),
        (ApplianceKind.DISHWASHER, True, 1),
        (ApplianceKind.GENERIC, True, 1),
        (ApplianceKind.GENERIC, False, 0),
        (ApplianceKind.KETTLE, True, 0),
        (ApplianceKind.MICROWAVE, True, 0),
        (ApplianceKind.COFFEE_MACHINE, False, 0),
        (ApplianceKind.IRON, False, 0),
    ],
)
def test_reminders_are_rare_and_never_for_what_holds_no_load(
    kind: ApplianceKind, has_door: bool, often: int
) -> None:
    unloading = waiting(kind, has_door=has_door)
    assert (unloading.waiting is None) is (often == 0)
    expected = [FIRST_REMINDER_S + NEXT_REMINDER_S * n for n in range(often)]
    assert reminders(unloading) == expected
    assert unloading.ring(1e9) is None


def test_a_reminder_that_was_slept_through_comes_once() -> None:
    unloading = waiting()
    found = unloading.ring(TOLD + 10 * 3600)
    assert found is not None
    assert found.number == 1
    assert unloading.ring(TOLD + 10 * 3600 + 1) is None
    assert unloading.wake_at == TOLD + 10 * 3600 + NEXT_REMINDER_S


def test_a_restart_changes_nothing() -> None:
    unloading = waiting()
    unloading.ring(TOLD + FIRST_REMINDER_S)
    written = json.loads(json.dumps(unloading.snapshot()))
    again = Unloading(WASHER, has_door=True)
    again.restore(written)
    assert again.snapshot() == unloading.snapshot()
    assert again.wake_at == TOLD + FIRST_REMINDER_S + NEXT_REMINDER_S
    found = again.door(True, 30_000.0)  # it was closed before the restart
    assert found is not None
    assert found.idle_s == 20_000.0

    nothing = Unloading(WASHER, has_door=True)
    nothing.restore(Unloading(WASHER, has_door=True).snapshot())
    assert nothing.waiting is None


def test_it_forgets_the_load_when_the_kind_holds_none_any_more() -> None:
    kettle = Unloading(ApplianceKind.KETTLE, has_door=False)
    kettle.restore(waiting().snapshot())
    assert kettle.waiting is None


@pytest.mark.parametrize(
    "damage",
    [
        None,
        [],
        {},
        {"waiting": {"cycle_id": 3}},
        {"waiting": None, "touched": {"at": 1.0, "by": "ghost"}, "door_open": None},
        {"waiting": None, "touched": {"at": 1.0, "by": "door"}, "door_open": "ajar"},
    ],
)
def test_a_damaged_memory_is_left_alone(damage: object) -> None:
    unloading = waiting()
    before = unloading.snapshot()
    unloading.restore(damage)  # type: ignore[arg-type]
    assert unloading.snapshot() == before
