"""An end is known by its last minutes, whatever the programme was."""

from __future__ import annotations

import pytest

from custom_components.reliable_notifications.engine.cycles.place import LONGEST_S
from custom_components.reliable_notifications.engine.cycles.tail import (
    same_tail,
    tails_like,
)

from .plug import MINUTE, Plug, Stretch
from .programmes import LAUNDRY, OFF, SPIN, TUMBLING, WASH_HEAT

FAR = LONGEST_S


def _place(
    since_240: float, wh: float = 500.0, elapsed: float = 4000.0, pause: float = FAR
) -> list[float]:
    return [0.0, 5.0, since_240, since_240 + 5.0, FAR, wh, elapsed, 0.0, pause]


def test_the_same_spin_and_what_follows_is_the_same_tail() -> None:
    assert same_tail(_place(90.0), _place(100.0, wh=900.0, elapsed=8000.0), 0.0)
    assert not same_tail(_place(90.0), _place(130.0), 0.0)
    assert same_tail(_place(90.0), _place(130.0), 30.0)  # as far as a slow poll knows


def test_a_pause_just_before_is_part_of_the_tail() -> None:
    assert not same_tail(_place(90.0, pause=60.0), _place(90.0), 0.0)


def test_a_tail_that_has_only_just_begun_says_nothing() -> None:
    assert not same_tail(_place(10.0), _place(10.0), 0.0)


def test_three_ends_alike_are_needed() -> None:
    ends = [_place(90.0), _place(95.0)]
    assert not tails_like(_place(92.0), ends, 0.0)
    assert len(tails_like(_place(92.0), [*ends, _place(88.0)], 0.0)) == 3


@pytest.mark.parametrize(("wh", "elapsed"), [(500.0, 1500.0), (100.0, 4000.0)])
def test_what_is_far_too_early_is_no_end(wh: float, elapsed: float) -> None:
    ends = [_place(90.0)] * 3
    assert not tails_like(_place(90.0, wh, elapsed), ends, 0.0)


def test_the_first_run_of_another_programme_is_known_by_its_end() -> None:
    longer: tuple[Stretch, ...] = (
        *WASH_HEAT,
        (15 * MINUTE, 1900.0),
        *TUMBLING,
        *TUMBLING,
        *SPIN,
    )
    plug = Plug()
    for _ in range(3):
        plug.play(OFF, LAUNDRY)
    plug.play(OFF, longer, OFF)
    last = plug.events[-1]
    assert last.ended_at is not None
    assert last.at - last.ended_at == pytest.approx(40.0, abs=2.0)
