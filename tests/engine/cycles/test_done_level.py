"""A change of standby power empties an appliance by itself, once it is known."""

from __future__ import annotations

import json

import pytest

from custom_components.reliable_notifications.engine.cycles.done_level import (
    CHANGES,
    STABLE_S,
)
from custom_components.reliable_notifications.engine.cycles.unloading import Unloading
from custom_components.reliable_notifications.engine.vocabulary import (
    ApplianceKind,
    CycleEvent,
    CycleEventKind,
    EmptiedBy,
    UnloadingEvent,
)

DAY = 86_400.0
DONE_W, OPENED_W = 1.8, 0.3


class Machine:
    """A washing machine without a door sensor, that runs once a day."""

    def __init__(self) -> None:
        self.unloading = Unloading(ApplianceKind.WASHING_MACHINE, has_door=False)
        self.at = 1_700_000_000.0

    def finish(self) -> None:
        self.at += DAY
        self._hear(CycleEventKind.STARTED)
        self._hear(CycleEventKind.FINISHED)

    def _hear(self, kind: CycleEventKind) -> None:
        self.unloading.hear(
            CycleEvent(
                kind=kind,
                cycle_id=str(self.at),
                at=self.at,
                started_at=self.at - 1.0,
                ended_at=self.at,
            )
        )

    def rest(self, watts: float | None, seconds: float) -> UnloadingEvent | None:
        """Rest at so much; timers ring."""
        until, found = self.at + seconds, self.unloading.rests_at(watts, self.at)
        wake = self.unloading.wake_at
        while found is None and wake is not None and wake <= until:
            self.at = wake
            found = self.unloading.rests_at(watts, wake)
            self.unloading.ring(wake)
            wake = self.unloading.wake_at
            assert wake is None or wake > self.at
        self.at = until
        return found

    def unload(self, after: float, *, tapped: bool = True) -> None:
        """Be done, be opened after so long, and be said to be empty."""
        self.finish()
        assert self.rest(DONE_W, after) is None
        assert self.rest(OPENED_W, 60.0) is None
        if tapped:
            assert self.unloading.emptied(EmptiedBy.BUTTON, self.at) is not None


def test_what_was_confirmed_twice_says_it_the_third_time() -> None:
    machine = Machine()
    machine.unload(600.0)
    machine.unload(2000.0)
    machine.finish()
    assert machine.rest(DONE_W, 900.0) is None
    opened_at = machine.at
    found = machine.rest(OPENED_W, 60.0)
    assert found is not None
    assert found.by is EmptiedBy.LEVEL
    assert found.at == opened_at + STABLE_S
    assert found.idle_s == 900.0
    assert machine.unloading.waiting is None


def test_once_is_not_enough_and_another_level_says_nothing() -> None:
    machine = Machine()
    assert machine.rest(DONE_W, 600.0) is None  # nothing has finished
    machine.unload(600.0)
    machine.finish()
    assert machine.rest(DONE_W, 900.0) is None
    assert machine.rest(OPENED_W, 600.0) is None
    machine.unload(2000.0)
    machine.finish()
    assert machine.rest(DONE_W, 900.0) is None
    assert machine.rest(1.3, 600.0) is None  # no change at all
    assert machine.rest(3.5, 600.0) is None  # another one
    assert machine.unloading.waiting is not None


def test_an_auto_off_is_no_unloading() -> None:
    """It goes off ten minutes after each end, and people happen to be near."""
    machine = Machine()
    for _ in range(3):
        machine.unload(600.0)
    machine.finish()
    assert machine.rest(DONE_W, 600.0) is None
    assert machine.rest(OPENED_W, 600.0) is None


def test_the_flicker_of_a_coarse_meter_is_no_unloading() -> None:
    machine = Machine()
    for after in (600.0, 2000.0):
        for _ in range(3):
            machine.finish()
            machine.rest(DONE_W, after + 400.0 * _)
            machine.rest(OPENED_W, 60.0)
        machine.unload(after + 77.0)
    machine.finish()
    machine.rest(DONE_W, 4444.0)
    assert machine.rest(OPENED_W, 600.0) is None


def test_short_and_large_changes_and_absence_are_no_levels() -> None:
    machine = Machine()
    machine.unload(600.0)
    machine.unload(2000.0)
    machine.finish()
    machine.rest(DONE_W, 900.0)
    assert machine.rest(OPENED_W, 5.0) is None  # a blink
    assert machine.rest(DONE_W, 60.0) is None
    assert machine.rest(200.0, 60.0) is None  # a turn against creases
    assert machine.rest(None, 60.0) is None
    assert machine.rest(DONE_W, 60.0) is None
    assert machine.rest(OPENED_W, 60.0) is not None


def test_a_hand_before_the_level_counts_too() -> None:
    """A door is heard at once, a new level only when it has stood for a while."""
    machine = Machine()
    for after in (500.0, 900.0):
        machine.finish()
        machine.rest(DONE_W, after)
        machine.unloading.emptied(EmptiedBy.PHONE, machine.at)
        machine.rest(OPENED_W, 60.0)
    machine.finish()
    machine.rest(DONE_W, 3000.0)
    found = machine.rest(OPENED_W, 60.0)
    assert found is not None
    assert found.by is EmptiedBy.LEVEL


def test_a_change_known_after_the_load_is_gone_says_nothing_more() -> None:
    machine = Machine()
    machine.unload(600.0)
    machine.unload(2000.0)
    machine.finish()
    machine.rest(DONE_W, 60.0)
    machine.unloading.emptied(EmptiedBy.BUTTON, machine.at)
    machine.rest(DONE_W, 1000.0)
    assert machine.rest(OPENED_W, 60.0) is None


def test_what_is_known_is_bounded_and_survives_a_restart() -> None:
    machine = Machine()
    machine.unload(600.0)
    machine.unload(2000.0)
    written = json.loads(json.dumps(machine.unloading.snapshot()))
    machine.unloading = Unloading(ApplianceKind.WASHING_MACHINE, has_door=False)
    machine.unloading.restore(written)
    machine.finish()
    machine.rest(DONE_W, 900.0)
    assert machine.rest(OPENED_W, 60.0) is not None
    for step in range(2 * CHANGES):
        machine.rest(float(step), 60.0)
    rows = machine.unloading.snapshot()["levels"]["rows"]  # type: ignore[index,call-overload]
    assert len(rows) == CHANGES  # type: ignore[arg-type]


@pytest.mark.parametrize("levels", [{"rows": [[1.0]]}, {"rows": "x"}])
def test_what_is_not_ours_is_left_alone(levels: object) -> None:
    machine = Machine()
    machine.finish()
    written = machine.unloading.snapshot()
    fresh = Unloading(ApplianceKind.WASHING_MACHINE, has_door=False)
    fresh.restore({**written, "levels": levels})  # type: ignore[dict-item]
    assert fresh.waiting is None


def test_emptied_under_an_old_message_is_not_about_the_new_load() -> None:
    machine = Machine()
    machine.finish()
    old = machine.unloading.waiting
    assert old is not None
    machine.finish()
    assert machine.unloading.emptied(EmptiedBy.PHONE, machine.at, old.cycle_id) is None
    new = machine.unloading.waiting
    assert new is not None
    for _ in range(2):  # two people tap it
        found = machine.unloading.emptied(EmptiedBy.PHONE, machine.at, new.cycle_id)
        assert (found is None) == bool(_)
