"""What a detector makes of an appliance that it has seen before."""

from __future__ import annotations

import pytest

from custom_components.reliable_notifications.engine.cycles.detector import Detector
from custom_components.reliable_notifications.engine.cycles.evidence import Reason
from custom_components.reliable_notifications.engine.vocabulary import (
    ApplianceKind,
    ApplianceState,
    CycleEvent,
    CycleEventKind,
)

from .plug import MINUTE, Plug, Stretch
from .programmes import (
    ANTI_CREASE,
    DISHES,
    DISHES_S,
    DRYING,
    DRYING_LAUNDRY,
    LAUNDRY,
    LAUNDRY_S,
    OFF,
    PUMP_OUT,
    SOAK,
    SPIN,
    TUMBLING,
    WASH_HEAT,
)

STARTED, FINISHED = CycleEventKind.STARTED, CycleEventKind.FINISHED
REOPENED = CycleEventKind.REOPENED


def _finishes(plug: Plug) -> list[CycleEvent]:
    return [event for event in plug.events if event.kind is FINISHED]


def _delay(event: CycleEvent) -> float:
    assert event.ended_at is not None
    return event.at - event.ended_at


def dishwasher(*runs: tuple[Stretch, ...]) -> Plug:
    plug = Plug(ApplianceKind.DISHWASHER).play(OFF)
    for run in runs:
        plug.play(run, OFF)
    return plug


FULL = (*DISHES, DRYING, PUMP_OUT)


def test_a_dishwasher_is_known_after_one_drying_pause() -> None:
    first, second = _finishes(dishwasher(FULL, FULL))
    assert _delay(first) == pytest.approx(35 * MINUTE - 20.0, abs=1.0)
    assert second.reason == Reason.CLOSING_MOTIF
    assert _delay(second) == pytest.approx(40.0, abs=1.0)


def test_a_pause_that_runs_out_without_pump_out_is_the_end() -> None:
    finishes = _finishes(dishwasher(FULL, FULL, DISHES))
    assert finishes[2].reason == Reason.KNOWN_PAUSE
    assert _delay(finishes[2]) < DRYING[0] + 60.0


def test_a_dishwasher_without_drying_pause_is_known_after_two() -> None:
    finishes = _finishes(dishwasher(DISHES, DISHES, DISHES))
    assert [event.reason for event in finishes] == [
        Reason.SAFE_WAIT,
        Reason.PLAUSIBLE_END,
        Reason.KNOWN_END,
    ]
    assert _delay(finishes[2]) == pytest.approx(40.0, abs=1.0)
    assert finishes[2].confidence == pytest.approx(0.995)


def test_a_first_pump_out_after_the_finish_moves_the_end_silently() -> None:
    plug = dishwasher(DISHES, DISHES, DISHES, FULL)
    assert len(_finishes(plug)) == 4
    assert plug.detector.ended_at == pytest.approx(plug.at - OFF[0])
    assert plug.is_in(ApplianceState.FINISHED)
    plug.play(DISHES, (15 * MINUTE, 0.5))
    assert plug.is_in(ApplianceState.PAUSED)  # it has learned to wait
    assert plug.says(Reason.KNOWN_PAUSE)


def test_a_pause_that_never_comes_again_is_forgotten() -> None:
    plug = dishwasher(DISHES, DISHES, DISHES, FULL, *[DISHES] * 7)
    delays = [_delay(event) for event in _finishes(plug)]
    assert delays[4] > 20 * MINUTE
    assert delays[-1] == pytest.approx(40.0, abs=1.0)


def washer(*runs: tuple[Stretch, ...], every: float | None = None) -> Plug:
    plug = Plug(every=every).play(OFF)
    for run in runs:
        plug.play(run, OFF)
    return plug


def test_a_washer_is_known_after_two_cycles() -> None:
    plug = washer(LAUNDRY, LAUNDRY, LAUNDRY)
    delays = [_delay(event) for event in _finishes(plug)]
    assert delays[0] == pytest.approx(580.0, abs=2.0)
    assert delays[2] == pytest.approx(40.0, abs=2.0)
    assert len(plug.events) == 6


@pytest.mark.parametrize("every", [30.0, 60.0])
def test_a_polled_washer_is_known_too(every: float) -> None:
    plug = washer(*[LAUNDRY] * 6, every=every)
    finishes = _finishes(plug)
    assert len(finishes) == 6
    begun = [event.started_at for event in plug.events if event.kind is STARTED]
    for event, since in list(zip(finishes, begun, strict=True))[3:]:
        assert LAUNDRY_S - 90.0 <= event.at - since <= LAUNDRY_S + 300.0


def test_knowledge_makes_a_new_detector_quick() -> None:
    learned = washer(LAUNDRY, LAUNDRY, LAUNDRY).detector.knowledge()
    heir = Plug()
    heir.detector = Detector(heir.kind, knowledge=learned)
    heir.play(OFF, LAUNDRY, (120.0, 0.0))
    assert heir.kinds == [STARTED, FINISHED]


def test_a_longer_programme_that_begins_like_a_known_one_is_waited_for() -> None:
    longer = (*WASH_HEAT, *TUMBLING, *TUMBLING, (8 * MINUTE, 0.0), *TUMBLING, *SPIN)
    plug = washer(LAUNDRY, LAUNDRY, LAUNDRY, longer)
    assert len(_finishes(plug)) == 4


SOAKING = (*WASH_HEAT, *TUMBLING, SOAK, *TUMBLING, *SPIN)


def test_a_soak_longer_than_the_safe_wait_deceives_once() -> None:
    plug = washer(SOAKING, SOAKING, SOAKING, SOAKING)
    cycles = [event.cycle_id for event in plug.events if event.kind is STARTED]
    assert len(cycles) == 5  # the first one was told in two halves
    last = _finishes(plug)[-1]
    assert last.energy_wh > 300.0
    assert _delay(last) == pytest.approx(40.0, abs=2.0)


def test_a_load_right_after_an_end_raises_a_doubt_that_the_next_end_settles() -> None:
    plug = washer(LAUNDRY)
    plug.play(LAUNDRY, (20 * MINUTE, 0.0), LAUNDRY, OFF, LAUNDRY, OFF, LAUNDRY, OFF)
    assert len(_finishes(plug)) == 5
    assert _delay(_finishes(plug)[-1]) == pytest.approx(40.0, abs=2.0)


def test_a_cycle_that_was_cut_short_is_reopened_when_it_goes_on() -> None:
    plug = washer(LAUNDRY, LAUNDRY, LAUNDRY)
    half = ((30.0, 30.0), (220.0, 2000.0), *TUMBLING[:70])
    plug.play(half, (45 * MINUTE, 0.0), (15 * MINUTE, 2000.0), SPIN, OFF)
    assert plug.kinds[6:] == [STARTED, FINISHED, REOPENED, FINISHED]
    assert len({event.cycle_id for event in plug.events[6:]}) == 1
    assert plug.events[-1].energy_wh > 500.0
    assert plug.detector.cycle_count == 4


def test_a_load_as_punctual_as_a_timer_goes_on_with_the_cycle() -> None:
    plug = dishwasher(DISHES, DISHES, DISHES)
    more = (*DISHES, (20 * MINUTE, 0.0), (10 * MINUTE, 2000.0), OFF)
    plug.play(more)
    assert plug.kinds[6:] == [STARTED, FINISHED, STARTED, FINISHED]
    plug.play(more)
    assert plug.kinds[10:] == [STARTED, FINISHED, REOPENED, FINISHED]


def test_a_new_load_before_the_finish_is_split_off() -> None:
    plug = dishwasher(FULL, FULL, DISHES)
    plug.play(DISHES, (10 * MINUTE, 0.0), DISHES, OFF)
    old, new = _finishes(plug)[3:]
    assert old.reason == Reason.NEW_LOAD
    assert old.cycle_id != new.cycle_id
    assert old.ended_at is not None
    assert new.started_at - old.ended_at == pytest.approx(600.0, abs=1.0)
    assert new.started_at - old.started_at == pytest.approx(DISHES_S + 600.0, abs=15.0)


def test_a_short_load_at_the_place_of_a_new_one_is_no_split() -> None:
    plug = dishwasher(FULL, FULL, DISHES)
    plug.play(DISHES, (10 * MINUTE, 0.0), PUMP_OUT, OFF)
    assert len(_finishes(plug)) == 4


def test_anti_crease_is_no_cycle_and_no_part_of_one() -> None:
    plug = Plug(ApplianceKind.DRYER).play(OFF)
    for _ in range(4):
        plug.play(DRYING_LAUNDRY, ANTI_CREASE, OFF)
    assert plug.kinds == [STARTED, FINISHED] * 4
    last = plug.events[-1]
    assert _delay(last) == pytest.approx(40.0, abs=2.0)


def test_a_new_load_during_anti_crease_is_a_new_cycle() -> None:
    plug = Plug(ApplianceKind.DRYER).play(OFF, DRYING_LAUNDRY, ANTI_CREASE)
    plug.play(DRYING_LAUNDRY, OFF)
    assert plug.kinds == [STARTED, FINISHED] * 2


def test_keeping_coffee_warm_is_no_further_coffee() -> None:
    warm = ((90.0, 0.0), (15.0, 900.0)) * 15
    plug = Plug(ApplianceKind.COFFEE_MACHINE).play(OFF, (300.0, 900.0), warm, OFF)
    assert plug.kinds == [STARTED, FINISHED]
    plug.play((300.0, 900.0), (120.0, 0.0), (200.0, 900.0), OFF)
    assert plug.kinds == [STARTED, FINISHED] * 3


def test_a_boil_soon_after_another_is_told() -> None:
    plug = Plug(ApplianceKind.KETTLE).play(OFF, (90.0, 2000.0), (120.0, 0.0))
    plug.play((60.0, 2000.0), OFF)
    assert plug.kinds == [STARTED, FINISHED] * 2
