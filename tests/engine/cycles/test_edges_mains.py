"""Edge cases 16 and 18: the mains goes in the middle of a cycle, and may come back."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from custom_components.reliable_notifications.engine.cycles.evidence import Reason
from custom_components.reliable_notifications.engine.vocabulary import (
    ApplianceKind,
    ApplianceState,
    CycleEventKind,
)

from .plug import MINUTE, Plug, Stretch
from .programmes import (
    DISHES,
    DRYING,
    OFF,
    PUMP_OUT,
    SPIN as SPINNING,
    TUMBLING as TURNING,
    WASH_HEAT as HEATING,
)

STARTED, FINISHED = CycleEventKind.STARTED, CycleEventKind.FINISHED
INTERRUPTED, REOPENED = CycleEventKind.INTERRUPTED, CycleEventKind.REOPENED
ONE = [STARTED, FINISHED]

# A meter of today: tenths of a watt, also while it rests.
WASH_HEAT, TUMBLING, SPIN = (
    tuple((seconds, watts + 0.3) for seconds, watts in part)
    for part in (HEATING, TURNING, SPINNING)
)
# The display stays on for a quarter of an hour after the end, then it goes off.
SHOWN = (15 * MINUTE, 4.3)
WHOLE = (*WASH_HEAT, *TUMBLING, *SPIN, SHOWN, OFF)
BEGUN = (*WASH_HEAT, *TUMBLING[:80])
PULLED: Stretch = (10 * MINUTE, 0.0)


def known_washer(cycles: int = 3, every: float | None = None) -> Plug:
    plug = Plug(every=every).play(OFF, *[WHOLE] * cycles)
    plug.events.clear()
    return plug


def shifted(stretches: Iterable[Stretch], watts: float) -> list[Stretch]:
    """The same with electronics that draw so much more."""
    return [(s, None if w is None else w + watts) for s, w in stretches]


@pytest.mark.parametrize("every", [None, 1.0, 25.0])
def test_edge_16_a_plug_pulled_in_mid_cycle_is_an_interruption(
    every: float | None,
) -> None:
    plug = known_washer(every=every).play(BEGUN)
    pulled = plug.at
    plug.play(PULLED)
    assert plug.kinds == [STARTED, INTERRUPTED]
    told = plug.events[1]
    assert told.reason == Reason.MAINS_LOST
    assert told.at - pulled <= 180.0  # and not after the safe wait
    assert told.ended_at == pytest.approx(pulled, abs=31.0)
    assert plug.is_in(ApplianceState.INTERRUPTED)
    assert plug.detector.cycle_count == 3


def test_edge_16_the_next_day_is_another_cycle() -> None:
    plug = known_washer().play(BEGUN, PULLED, OFF, WHOLE)
    assert plug.kinds == [STARTED, INTERRUPTED, STARTED, FINISHED]
    assert plug.events[0].cycle_id != plug.events[2].cycle_id


def test_edge_16_a_plug_pulled_near_a_known_end_is_a_pause() -> None:
    plug = known_washer().play(WASH_HEAT, TUMBLING, SPIN[:2], PULLED)
    assert plug.kinds in ([STARTED], ONE)
    assert plug.play(OFF).kinds == ONE


def test_edge_16_what_is_not_known_yet_is_only_a_pause() -> None:
    plug = known_washer(cycles=2).play(BEGUN, PULLED)
    assert INTERRUPTED not in plug.kinds


def test_edge_16_an_appliance_without_electronics_is_never_cut_off() -> None:
    """Two watts or none, by a meter that knows nothing between: as of 2011."""
    dark = [(s, 0.0 if w == 4.3 else w) for s, w in (*WASH_HEAT, *TUMBLING, *SPIN)]
    plug = Plug().play(OFF, *[(*dark, (900.0, 2.0), OFF)] * 4)
    plug.events.clear()
    plug.play(dark[:90], PULLED)
    assert plug.kinds == [STARTED]
    assert plug.is_in(ApplianceState.PAUSED)


def test_edge_16_a_coarse_meter_needs_a_clearer_fall() -> None:
    """Four watts at rest are two steps of a 2 W meter: too few to be sure."""
    coarse = [(s, w if w is None else 2.0 * round(w / 2.0)) for s, w in WHOLE]
    plug = Plug().play(OFF, (60.0, 2.0), *[coarse] * 4)
    plug.events.clear()
    plug.play(coarse[:90], PULLED)
    assert plug.kinds == [STARTED]


def test_edge_16_a_machine_that_sleeps_in_a_pause_is_not_cut_off() -> None:
    awake = shifted(DISHES, 3.0)
    turns = [(20.0, 60.0), (20.0, 3.0)] * 6
    dishes = (*awake[:3], *turns, *awake[3:])
    quick = (*awake[:2], *turns, *awake[4:])
    plug = Plug(ApplianceKind.DISHWASHER).play(OFF)
    for _ in range(4):  # dries without a watt, then pumps out and shows that it is done
        plug.play(dishes, (DRYING[0], 0.0), PUMP_OUT, (600.0, 3.0), OFF)
    plug.events.clear()
    plug.play(quick, (20 * MINUTE, 0.0), PUMP_OUT, OFF)  # a programme never seen
    assert plug.kinds == ONE


def test_edge_16_a_machine_that_goes_off_at_its_end_is_not_cut_off() -> None:
    plug = Plug().play(OFF, *[(*WASH_HEAT, *TUMBLING, *SPIN, OFF)] * 4)
    plug.events.clear()
    plug.play(WASH_HEAT, TUMBLING[:60], OFF)  # a short programme, never seen
    assert plug.kinds == ONE


def test_edge_18_after_a_mains_failure_the_same_cycle_goes_on() -> None:
    plug = known_washer().play(BEGUN, PULLED, TUMBLING[80:], SPIN, SHOWN, OFF)
    assert plug.kinds == [STARTED, INTERRUPTED, REOPENED, FINISHED]
    assert len({event.cycle_id for event in plug.events}) == 1
    assert plug.detector.cycle_count == 4
    assert plug.events[3].energy_wh > 380.0


def test_edge_18_a_mains_failure_seen_by_the_sensor_is_no_end() -> None:
    plug = known_washer().play(BEGUN, (20 * MINUTE, None), TUMBLING[80:], SPIN, SHOWN)
    assert plug.kinds == ONE
    assert plug.detector.cycle_count == 4


def test_edge_18_a_flicker_is_a_pause() -> None:
    plug = known_washer().play(BEGUN, (60.0, 0.0), TUMBLING[80:], SPIN, SHOWN)
    assert plug.kinds == ONE


def test_an_hour_after_the_loss_it_is_another_load() -> None:
    plug = known_washer().play(BEGUN, PULLED, (70 * MINUTE, 0.0), WHOLE)
    assert plug.kinds == [STARTED, INTERRUPTED, STARTED, FINISHED]


def test_a_blip_after_the_loss_changes_nothing() -> None:
    plug = known_washer().play(BEGUN, PULLED, (4.0, 30.0), (300.0, 4.0))
    assert plug.kinds == [STARTED, INTERRUPTED]
    assert plug.is_in(ApplianceState.INTERRUPTED)


@pytest.mark.parametrize("after", [60.0, 200.0])
def test_a_restart_around_the_loss_changes_nothing(after: float) -> None:
    plain, restarted = known_washer(), known_washer()
    for plug in (plain, restarted):
        plug.play(BEGUN, (after, 0.0))
    restarted.restart()
    for plug in (plain, restarted):
        plug.play(PULLED, TUMBLING[80:], SPIN, SHOWN, OFF)
    assert restarted.events == plain.events
    assert REOPENED in plain.kinds
