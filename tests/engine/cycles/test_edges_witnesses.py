"""The edge cases of the study that need a witness beside the power, by number."""

from __future__ import annotations

import pytest

from custom_components.reliable_notifications.engine.cycles.evidence import RISK, Reason
from custom_components.reliable_notifications.engine.cycles.verdict import (
    DOOR_CONFIRM_S,
)
from custom_components.reliable_notifications.engine.cycles.witness import (
    Counted,
    Door,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    ApplianceKind,
    ApplianceState,
)

from .plug import MINUTE, Plug, Stretch
from .programmes import (
    DISHES,
    DRYING,
    LAUNDRY,
    OFF,
    PUMP_OUT,
    SPIN,
    TUMBLING,
    WASH_HEAT,
)
from .witnessed import (
    CLOSED,
    DONE,
    ONE,
    OPEN,
    RUNNING,
    STARTED,
    delay,
    known,
    known_washer,
)

FULL = (*DISHES, DRYING, PUMP_OUT)


# -- doors -----------------------------------------------------------------------------


def test_edge_19_a_door_opened_while_it_dries_is_a_pause_for_certain() -> None:
    plug = Plug(ApplianceKind.DRYER).play((60.0, 0.0)).hear(CLOSED)
    plug.play((30 * MINUTE, 2200.0), (5.0, 0.0)).hear(OPEN)
    assert plug.is_in(ApplianceState.PAUSED)
    assert plug.says(Reason.DOOR_OPEN)
    plug.play((30 * MINUTE, 0.0))  # three times the safe wait
    assert plug.kinds == [STARTED]
    plug.hear(CLOSED).play((9 * MINUTE, 0.0))  # and the pause that it makes here
    assert plug.kinds == [STARTED]
    plug.play((30 * MINUTE, 2200.0), OFF)
    assert plug.kinds == ONE


def test_edge_19_clothes_added_are_no_end_and_teach_no_pause() -> None:
    plug = known_washer()
    pauses = len(plug.detector.snapshot()["memory"]["pauses"])  # type: ignore[index,call-overload,arg-type]
    plug.play(WASH_HEAT, TUMBLING, (100.0, 3.0)).hear(OPEN)
    plug.play((12 * MINUTE, 3.0))
    assert plug.is_in(ApplianceState.PAUSED)
    assert plug.says(Reason.DOOR_OPEN)
    plug.hear(CLOSED).play((30.0, 3.0), TUMBLING, SPIN, OFF)
    assert plug.kinds == ONE
    taught = plug.detector.snapshot()["memory"]["pauses"]  # type: ignore[index,call-overload]
    assert len(taught) == pauses  # type: ignore[arg-type]


def test_edge_19_a_door_that_is_never_closed_holds_an_hour_at_most() -> None:
    plug = Plug(ApplianceKind.DRYER).play((60.0, 0.0)).hear(CLOSED)
    plug.play((30 * MINUTE, 2200.0)).hear(OPEN).play((59 * MINUTE, 0.0))
    assert plug.kinds == [STARTED]
    plug.play((2 * MINUTE, 0.0))
    assert plug.kinds == ONE


def test_edge_20_a_door_that_opens_itself_near_a_known_end_is_the_end() -> None:
    eco = (*DISHES, (3.0, 30.0))
    plug = known(ApplianceKind.DISHWASHER, FULL)
    plug.play(eco, OFF, eco, OFF)  # now and then it does not pump
    plug.events.clear()
    plug.play(eco, (60.0, 0.5))
    assert plug.kinds == [STARTED]
    plug.hear(OPEN).play((DOOR_CONFIRM_S + 1.0, 0.5))
    assert plug.kinds == ONE
    assert plug.events[-1].reason == Reason.DOOR_OPENED
    assert plug.events[-1].confidence == 1.0 - RISK


def test_edge_20_without_anything_known_it_takes_ten_minutes_of_open_door() -> None:
    plug = Plug(ApplianceKind.DISHWASHER).play((60.0, 0.0)).hear(CLOSED)
    plug.play(DISHES, (5 * MINUTE, 0.5)).hear(OPEN).play((9 * MINUTE, 0.5))
    assert plug.kinds == [STARTED]
    plug.play((2 * MINUTE, 0.5))
    assert plug.kinds == ONE
    assert delay(plug) == pytest.approx(15 * MINUTE, abs=2.0)


def test_edge_20_a_washer_that_can_be_opened_after_its_programme_is_done() -> None:
    plug = Plug().play((60.0, 0.0)).hear(CLOSED)
    plug.play(LAUNDRY, (90.0, 0.0)).hear(OPEN).play((60.0, 0.0))
    plug.hear(CLOSED).play((121.0, 0.0))
    assert plug.kinds == ONE
    assert plug.events[-1].reason == Reason.DOOR_OPENED


def test_edge_20_a_door_alone_ends_nothing_in_the_first_minutes() -> None:
    plug = Plug().play((60.0, 0.0)).hear(CLOSED)
    plug.play(WASH_HEAT, (90.0, 0.0)).hear(OPEN).play((14 * MINUTE, 0.0))
    assert plug.kinds == [STARTED]


def test_a_dryer_opened_as_it_ends_is_done_when_it_stays_open() -> None:
    plug = known(ApplianceKind.DRYER, ((50 * MINUTE, 2200.0), (8 * MINUTE, 200.0)))
    plug.play((50 * MINUTE, 2200.0), (8 * MINUTE, 200.0)).hear(OPEN)
    plug.play((5.0, 0.0))
    assert plug.is_in(ApplianceState.PAUSED)
    plug.play((50.0, 0.0))
    assert plug.kinds == ONE


def test_a_door_sensor_that_says_open_while_it_works_is_not_believed() -> None:
    plug = Plug().play((60.0, 0.0)).hear(CLOSED)
    plug.play(WASH_HEAT).hear(OPEN).play(TUMBLING, SPIN, (590.0, 0.0))
    assert plug.kinds == ONE


def test_a_load_soon_after_an_opened_door_leaves_no_doubt() -> None:
    """Whoever has opened it has put in a new load: the end before it was one."""
    ends = []
    for said in (None, OPEN):
        plug = known_washer().play(LAUNDRY, (120.0, 4.0))  # its display stays on
        if said is not None:
            plug.hear(said)
        plug.play((240.0, 4.0)).hear(CLOSED).play(LAUNDRY)
        assert plug.kinds == [*ONE, STARTED]
        ends.append(plug.detector.snapshot()["memory"]["ends"])  # type: ignore[index,call-overload]
    doubted, sure = ends
    assert any(end[-1] > 0.0 for end in doubted)
    assert not any(end[-1] > 0.0 for end in sure)


def test_only_a_door_that_was_seen_to_move_says_anything() -> None:
    plug = Plug(ApplianceKind.DRYER).hear(Door(is_open=None)).hear(OPEN)
    plug.play((60.0, 0.0), (30 * MINUTE, 2200.0)).hear(OPEN).hear(Door(is_open=None))
    plug.play((650.0, 0.0))
    assert plug.kinds == ONE


# -- outages and counters --------------------------------------------------------------


def count(plug: Plug, wh: float, *stretches: Stretch, every: float = 60.0) -> float:
    """Play, with a counter that is right and reports each minute."""
    for seconds, watts in stretches:
        left = seconds
        while left > 0.0:
            part = min(every, left)
            plug.play((part, watts))
            wh += (watts or 0.0) * part / 3600.0
            plug.hear(Counted(wh))
            left -= part
    return wh


def test_edge_21_an_outage_that_the_counter_saw_nothing_in_is_quiet() -> None:
    plug = Plug().play((60.0, 0.0)).hear(Counted(1000.0))
    wh = count(plug, 1000.0, *WASH_HEAT, *TUMBLING, *SPIN)
    plug.play((60.0, 0.0)).hear(Counted(wh))
    plug.play((8 * MINUTE, None), (5.0, 0.0)).hear(Counted(wh))
    assert plug.is_in(ApplianceState.PAUSED)
    plug.play((2 * MINUTE, 0.0))
    assert plug.kinds == ONE
    assert not plug.events[-1].estimated
    assert delay(plug) < 700.0


def test_edge_21_an_outage_in_which_it_worked_is_no_end() -> None:
    plug = Plug().play((60.0, 0.0)).hear(Counted(1000.0))
    wh = count(plug, 1000.0, *WASH_HEAT, *TUMBLING, (60.0, 0.0))
    plug.play((15 * MINUTE, None), (5.0, 0.0)).hear(Counted(wh + 100.0))
    plug.play((5 * MINUTE, 0.0))
    assert plug.kinds == [STARTED]
    plug.play(SPIN, OFF)
    assert plug.kinds == ONE


def test_edge_22_an_end_in_an_outage_is_dated_by_the_counter() -> None:
    plug = Plug().play((60.0, 0.0)).hear(Counted(1000.0))
    wh = count(plug, 1000.0, *WASH_HEAT, *TUMBLING)
    gone = plug.at
    for _ in range(10):  # its counter is another one's, and goes on
        plug.play((60.0, None))
        wh += 3.0
        plug.hear(Counted(wh))
    for _ in range(20):
        plug.play((60.0, None)).hear(Counted(wh))
    plug.play((60.0, 0.0)).hear(Counted(wh)).play(OFF)
    assert plug.kinds == ONE
    assert plug.events[-1].estimated
    assert plug.events[-1].ended_at == pytest.approx(gone + 600.0, abs=1.0)


def test_edge_22_without_reports_meanwhile_the_mean_power_dates_it() -> None:
    plug = Plug().play((60.0, 0.0)).hear(Counted(1000.0))
    wh = count(plug, 1000.0, (30 * MINUTE, 600.0))
    gone = plug.at
    plug.play((30 * MINUTE, None), (60.0, 0.0)).hear(Counted(wh + 100.0)).play(OFF)
    assert plug.kinds == ONE
    assert plug.events[-1].estimated
    assert plug.events[-1].ended_at == pytest.approx(gone + 600.0, abs=30.0)
    assert plug.events[-1].energy_wh == pytest.approx(400.0, rel=0.02)


def test_edge_22_the_word_of_the_appliance_is_enough_without_its_plug() -> None:
    plug = Plug().play((60.0, 0.0)).hear(RUNNING).play(WASH_HEAT, TUMBLING)
    plug.play((20 * MINUTE, None))
    assert plug.kinds == [STARTED]
    said = plug.at
    plug.hear(DONE)
    assert plug.kinds == ONE
    assert plug.events[-1].reason == Reason.NATIVE_FINISHED
    assert plug.events[-1].estimated
    assert plug.events[-1].ended_at == said


def test_edge_36_a_stuck_value_is_found_out_by_the_counter() -> None:
    plug = Plug().play((60.0, 0.0)).hear(Counted(1000.0))
    wh = count(plug, 1000.0, *WASH_HEAT, *TUMBLING, (5 * MINUTE, 420.0))
    ended = plug.at
    for _ in range(40):  # the plug lost its last word, the counter did not
        plug.play((60.0, 420.0)).hear(Counted(wh))
    assert plug.kinds == ONE
    assert plug.events[-1].estimated
    assert plug.events[-1].ended_at == pytest.approx(ended, abs=61.0)
    assert plug.events[-1].energy_wh == pytest.approx(wh - 1000.0, rel=0.05)
    plug.play((60.0, 420.0), OFF)
    assert plug.kinds == ONE


def test_edge_36_a_value_that_was_stuck_is_believed_when_the_counter_moves() -> None:
    plug = Plug().play((60.0, 0.0)).hear(Counted(1000.0))
    wh = count(plug, 1000.0, *WASH_HEAT, (10 * MINUTE, 300.0))
    for _ in range(10):
        plug.play((60.0, 300.0)).hear(Counted(wh))
    assert plug.is_in(ApplianceState.PAUSED)
    wh += 5.0
    plug.hear(Counted(wh))
    assert plug.detector.watts == 300.0
    count(plug, wh, (5 * MINUTE, 300.0))
    assert plug.is_in(ApplianceState.RUNNING)


@pytest.mark.parametrize("jump", [-1100.0, 50_000.0])
def test_edge_44_a_counter_that_starts_again_says_nothing(jump: float) -> None:
    plug = Plug().play((60.0, 0.0)).hear(Counted(1000.0))
    wh = count(plug, 1000.0, *WASH_HEAT, *TUMBLING)
    before = plug.detector.energy_wh
    plug.play((15 * MINUTE, None), (5.0, 160.0)).hear(Counted(max(wh + jump, 0.0)))
    plug.play(TUMBLING, SPIN, OFF)
    assert plug.kinds == ONE
    assert before < plug.events[-1].energy_wh < 3 * before


def test_an_outage_between_two_cycles_changes_nothing() -> None:
    plug = Plug().play((60.0, 0.0)).hear(Counted(1000.0)).play((600.0, None))
    plug.play((60.0, 0.0)).hear(Counted(1000.0))
    assert plug.events == []
    assert plug.is_in(ApplianceState.IDLE)


def test_an_outage_before_the_quiet_is_seen_in_the_light_of_the_counter() -> None:
    plug = Plug().play((60.0, 0.0)).hear(Counted(1000.0))
    wh = count(plug, 1000.0, *WASH_HEAT)
    plug.play((300.0, None), (5.0, 0.0)).hear(Counted(wh))
    assert plug.is_in(ApplianceState.PAUSED)
    plug.play(TUMBLING, (300.0, None), (60.0, 160.0)).hear(Counted(wh + 80.0))
    assert plug.is_in(ApplianceState.RUNNING)


def test_a_counter_that_goes_up_in_the_quiet_holds_the_finish() -> None:
    plug = Plug().play((60.0, 0.0)).hear(Counted(1000.0))
    wh = count(plug, 1000.0, *WASH_HEAT, *TUMBLING)
    for _ in range(15):  # the plug stands at zero, and the machine works
        plug.play((60.0, 0.0))
        wh += 3.0
        plug.hear(Counted(wh))
    assert plug.kinds == [STARTED]
    assert plug.says(Reason.COUNTER_RISES)
    plug.play(OFF)
    assert plug.kinds == ONE


def test_a_counter_of_something_else_cannot_hold_it_for_ever() -> None:
    plug = Plug().play((60.0, 0.0)).hear(Counted(1000.0))
    wh = count(plug, 1000.0, *LAUNDRY)
    for _ in range(150):
        plug.play((60.0, 0.0))
        wh += 10.0
        plug.hear(Counted(wh))
    assert plug.kinds == ONE
