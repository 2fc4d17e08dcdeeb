"""A delivery survives being a row; pauses are long enough and not too long."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, strategies as st
import pytest

from custom_components.reliable_notifications.engine.delivery.lifecycle import (
    after_crash,
)
from custom_components.reliable_notifications.engine.delivery.record import (
    DeliveryRow,
    Track,
    from_row,
    to_row,
)
from custom_components.reliable_notifications.engine.delivery.retry import (
    LONGEST,
    PAUSES,
    SHORTEST,
    pause,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    Cue,
    Evidence,
    IntentState,
    Priority,
)

from .intents import ECHO, LIST, NOW, PHONE, answer, ask, at, hedged, intent


@pytest.mark.parametrize(
    "delivery",
    [
        intent(PHONE, LIST, priority=Priority.URGENT),
        intent(),
        answer(intent(PHONE, ECHO), Evidence.REFUSED),
        answer(intent(PHONE), Evidence.UNREACHABLE),
        answer(intent(PHONE), Evidence.ACCEPTED),
        replace(intent(PHONE), state=IntentState.HELD, wake_at=NOW),
        replace(
            intent(PHONE), yields_to=Evidence.SEEN, tracks=(Track(doubts=2, rings=1),)
        ),
        hedged(
            at(PHONE, 0.0),
            at(ECHO, Cue(Evidence.DELIVERED, 30.0), Cue(Evidence.ACCEPTED)),
            repeats=(Cue(Evidence.ACKNOWLEDGED, 120.0),),
        ),
        after_crash(ask(intent(PHONE)), NOW),
    ],
)
def test_a_row_is_read_back_as_it_was_written(delivery) -> None:  # type: ignore[no-untyped-def]
    row = to_row(delivery)

    assert from_row(row) == delivery
    assert set(row) == set(DeliveryRow.__annotations__)
    assert all(
        value is None or isinstance(value, str | int | float) for value in row.values()
    )


def test_full_jitter_reaches_from_next_to_nothing_to_the_limit() -> None:
    assert [pause(number, 1.0) for number in range(1, 9)] == [*PAUSES, LONGEST]
    assert pause(7, 0.5) == LONGEST / 2
    assert pause(1, 0.0) == SHORTEST


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_every_pause_is_bounded(rounds: int, jitter: float) -> None:
    assert SHORTEST <= pause(rounds, jitter) <= LONGEST
