"""What shakes, and what an appliance says of itself, beside its power."""

from __future__ import annotations

import pytest

from custom_components.reliable_notifications.engine.cycles.evidence import Reason
from custom_components.reliable_notifications.engine.cycles.native_states import (
    NativeState,
)
from custom_components.reliable_notifications.engine.cycles.verdict import (
    HELD_CONFIDENCE,
)
from custom_components.reliable_notifications.engine.cycles.witness import (
    Counted,
    Shaking,
    Word,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    ApplianceKind,
    CycleEventKind,
)

from .plug import MINUTE, Plug
from .programmes import DISHES, LAUNDRY, OFF, SPIN, TUMBLING, WASH_HEAT
from .witnessed import CLOSED, DONE, ONE, OPEN, RUNNING, STARTED, known_washer


def test_what_shakes_works_although_it_draws_no_power() -> None:
    plug = known_washer().hear(Shaking(is_on=False))
    plug.play(LAUNDRY, (20.0, 0.0)).hear(Shaking(is_on=True))
    plug.play((80.0, 0.0))
    assert plug.says(Reason.VIBRATION)
    plug.hear(Shaking(is_on=False)).play((25.0, 0.0))
    assert plug.kinds == [STARTED]
    plug.play((10.0, 0.0))
    assert plug.kinds == ONE


def test_a_sensor_that_lingers_after_the_spin_holds_nothing() -> None:
    plug = known_washer()
    plug.play(LAUNDRY[:-12]).hear(Shaking(is_on=True)).play(LAUNDRY[-12:])
    plug.play((48.0, 0.0)).hear(Shaking(is_on=False)).play((15.0, 0.0))
    assert plug.kinds == ONE


def test_what_always_shakes_holds_a_quarter_of_an_hour() -> None:
    plug = known_washer().play(LAUNDRY, (20.0, 0.0)).hear(Shaking(is_on=True))
    plug.play((14 * MINUTE, 0.0))
    assert plug.kinds == [STARTED]
    plug.play((2 * MINUTE, 0.0))
    assert plug.kinds == ONE


def test_its_own_word_ends_the_wait_at_once() -> None:
    plug = Plug(ApplianceKind.DISHWASHER).play((60.0, 0.0)).hear(RUNNING)
    plug.play(DISHES, (5 * MINUTE, 0.5))
    assert plug.kinds == [STARTED]
    plug.hear(DONE)
    assert plug.kinds == ONE
    assert plug.events[-1].reason == Reason.NATIVE_FINISHED


def test_its_own_word_is_not_enough_while_it_draws_power() -> None:
    plug = Plug(ApplianceKind.DISHWASHER).play((60.0, 0.0)).hear(RUNNING)
    plug.play(DISHES[:3]).hear(DONE).play((5 * MINUTE, 55.0), (5 * MINUTE, 0.5))
    assert plug.kinds == [STARTED]


def test_a_word_from_the_day_before_says_nothing() -> None:
    plug = Plug().hear(RUNNING).hear(DONE).play((60.0, 0.0)).play(LAUNDRY)
    plug.play((5 * MINUTE, 0.0))
    assert plug.kinds == [STARTED]


def test_idle_ends_the_wait_after_a_minute() -> None:
    plug = Plug().play((60.0, 0.0)).hear(RUNNING).play(LAUNDRY, (40.0, 0.0))
    plug.hear(Word(NativeState.IDLE)).play((50.0, 0.0))
    assert plug.kinds == [STARTED]
    plug.play((15.0, 0.0))
    assert plug.kinds == ONE


@pytest.mark.parametrize("unplugged", [False, True])
def test_what_says_that_it_failed_is_interrupted(unplugged: bool) -> None:
    plug = Plug().play((60.0, 0.0)).hear(RUNNING).play(WASH_HEAT)
    plug.play((40.0, None if unplugged else 0.0)).hear(Word(NativeState.FAILED))
    assert plug.kinds == [STARTED, CycleEventKind.INTERRUPTED]
    assert plug.events[-1].reason == Reason.NATIVE_FAILED


def test_what_says_that_it_is_paused_is_waited_for() -> None:
    plug = Plug().play((60.0, 0.0)).hear(RUNNING).play(WASH_HEAT, TUMBLING)
    plug.hear(Word(NativeState.PAUSED)).play((50 * MINUTE, 0.0))
    assert plug.kinds == [STARTED]
    assert plug.says(Reason.NATIVE_PAUSED)
    plug.hear(RUNNING).play(TUMBLING, SPIN, OFF)
    assert plug.kinds == ONE


def native_cycles(plug: Plug, lag: float | None, cycles: int) -> Plug:
    """Let it run, and say its end so late; None for never."""
    for _ in range(cycles):
        plug.play((60.0, 0.0)).hear(RUNNING).play(LAUNDRY)
        if lag is not None:
            plug.play((lag, 0.0)).hear(DONE)
        plug.play(OFF)
    plug.events.clear()
    return plug


def test_running_holds_a_little_while_nothing_is_known_of_it() -> None:
    plug = Plug().play((60.0, 0.0)).hear(RUNNING).play(LAUNDRY, (18 * MINUTE, 0.0))
    assert plug.kinds == [STARTED]
    assert plug.says(Reason.NATIVE_RUNNING)
    plug.play((3 * MINUTE, 0.0))
    assert plug.kinds == ONE


@pytest.mark.parametrize("lag", [None, 1300.0])
def test_one_that_stays_running_is_not_listened_to_any_more(lag: float | None) -> None:
    plug = native_cycles(Plug(), lag, 3)
    plug.play((60.0, 0.0)).hear(RUNNING).play(LAUNDRY, (60.0, 0.0))
    assert plug.kinds == ONE


def test_one_that_is_prompt_may_hold_where_nothing_else_is_known() -> None:
    plug = native_cycles(Plug(), 50.0, 3)
    plug.play((60.0, 0.0)).hear(RUNNING).play(WASH_HEAT, (70 * MINUTE, 0.0))
    assert plug.kinds == [STARTED]
    plug.hear(Word(None)).play((5.0, 0.0))  # its cloud is gone, and so is the hold
    assert plug.kinds == ONE


def test_one_that_is_prompt_holds_a_known_end_no_longer_than_it_ever_took() -> None:
    plug = native_cycles(Plug(), 50.0, 3)
    plug.play((60.0, 0.0)).hear(RUNNING).play(LAUNDRY, (120.0, 0.0))
    assert plug.kinds == [STARTED]
    assert plug.detector.end_confidence == HELD_CONFIDENCE
    plug.play((60.0, 0.0))
    assert plug.kinds == ONE


def test_all_of_it_survives_a_restart() -> None:
    plain, restarted = known_washer(), known_washer()
    for plug in (plain, restarted):
        for said in (CLOSED, RUNNING, Shaking(is_on=True), Counted(5.0)):
            plug.hear(said)
            if plug is restarted:
                plug.restart()
        plug.play(WASH_HEAT, TUMBLING).hear(Counted(900.0))
        if plug is restarted:
            plug.restart()
        plug.play((100.0, 0.0)).hear(OPEN).play((60.0, 0.0))
        if plug is restarted:
            plug.restart()
        plug.hear(CLOSED).play(SPIN).hear(DONE).play(OFF)
    assert plain.events == restarted.events
    assert plain.detector.snapshot() == restarted.detector.snapshot()
