"""The table of states: complete, closed, and nothing outside it passes."""

from __future__ import annotations

import pytest

from custom_components.reliable_notifications.engine.cycles.machine import (
    ANNOUNCES,
    TABLE,
    IllegalTransitionError,
    Signal,
    after,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    ApplianceState,
    CycleEventKind,
)


def test_every_state_has_a_row_and_can_be_left() -> None:
    assert set(TABLE) == set(ApplianceState)
    assert all(TABLE[state] for state in ApplianceState)


def test_every_state_can_be_reached_from_the_first() -> None:
    reached = {ApplianceState.UNKNOWN}
    for _ in ApplianceState:
        reached |= {to for state in reached for to in TABLE[state].values()}
    assert reached == set(ApplianceState)


def test_every_signal_is_used() -> None:
    assert {signal for row in TABLE.values() for signal in row} == set(Signal)


def test_every_event_has_one_signal() -> None:
    besides = {CycleEventKind.ALMOST_DONE}  # a forecast changes no state
    assert sorted(ANNOUNCES.values()) == sorted(set(CycleEventKind) - besides)


def test_a_signal_that_the_table_does_not_know_is_a_bug() -> None:
    assert after(ApplianceState.PAUSED, Signal.OVER) is ApplianceState.FINISHED
    with pytest.raises(IllegalTransitionError, match="over in state idle"):
        after(ApplianceState.IDLE, Signal.OVER)
