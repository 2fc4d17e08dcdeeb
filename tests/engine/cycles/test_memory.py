"""Onsets of the past: bounded, doubted, settled, compared."""

from __future__ import annotations

from custom_components.reliable_notifications.engine.cycles.evidence import (
    Circumstances,
    Reason,
    judge,
)
from custom_components.reliable_notifications.engine.cycles.kinds import KINDS
from custom_components.reliable_notifications.engine.cycles.memory import (
    ENDS,
    GAP,
    LENGTH,
    PAUSES,
    PENDING,
    Memory,
)
from custom_components.reliable_notifications.engine.cycles.place import (
    LONGEST_S,
    Trail,
    distance,
)
from custom_components.reliable_notifications.engine.vocabulary import ApplianceKind

WASHER = KINDS[ApplianceKind.WASHING_MACHINE]
DISHWASHER = KINDS[ApplianceKind.DISHWASHER]
REPORTED = Circumstances(step_s=0.0)
POLLED = Circumstances(step_s=60.0)


def place(
    since: float = 100.0, wh: float = 500.0, elapsed: float = 4000.0, pause: float = 0.0
) -> list[float]:
    return [0.0, since, since, 2000.0, 2000.0, wh, elapsed, pause, 300.0]


def test_the_same_place_has_no_distance_and_another_one_has() -> None:
    assert distance(place(), place(), 0.0) == 0.0
    assert distance(place(), place(since=900.0, wh=100.0), 0.0) > 0.3


def test_the_trail_counts_backwards() -> None:
    trail = Trail()
    trail.work(300.0, 100.0)
    trail.work(70.0, 160.0)
    trail.paused(20.0, 150.0, 0.0)  # too short to be a landmark
    assert trail.place(200.0, 5.0, 50.0)[:4] == [40.0, 100.0, 100.0, LONGEST_S]
    assert trail.place(200.0, 5.0, 50.0)[7] == 0.0


def test_memory_is_bounded_and_keeps_the_rare() -> None:
    memory = Memory()
    memory.learn(place(since=900.0, wh=1500.0, elapsed=9000.0))
    for index in range(3 * ENDS):
        memory.learn(place(since=100.0 + index % 7))
    assert len(memory.ends) == ENDS
    assert memory.ends[0][5] == 1500.0
    for index in range(2 * PAUSES):
        memory.saw_pause(place(since=float(index)), 40.0 + index, 0.0)
        if index % 10 == 0:
            memory.learn(None)
    memory.learn(None)
    assert len(memory.pauses) == PAUSES
    assert memory.pending == []


def test_the_longest_pauses_of_a_cycle_are_kept() -> None:
    memory = Memory()
    for index in range(2 * PENDING):
        memory.saw_pause(place(), 31.0 + index, 0.0)
    assert len(memory.pending) == PENDING
    assert min(row[LENGTH] for row in memory.pending) == 31.0 + PENDING
    memory.saw_pause(place(), 20.0, 0.0)
    memory.saw_pause(place(), 70.0, 60.0)
    assert len(memory.pending) == PENDING


def test_nobody_is_punctual_to_seconds() -> None:
    memory = Memory()
    memory.followed(900.0)  # nothing known yet: nothing to note
    memory.unlearn_end(900.0, 0.0)
    assert memory.ends == memory.pauses == []
    memory.learn(place())
    memory.followed(1800.0)
    memory.learn(place())
    assert memory.repeats(1803.0, 0.0)
    assert not memory.repeats(1803.0, 60.0)
    assert not memory.repeats(1500.0, 0.0)
    memory.unlearn_end(1801.0, 0.0)
    assert memory.ends == []
    assert [row[LENGTH] for row in memory.pauses] == [1801.0, 1801.0]


def test_doubts_are_settled_either_way() -> None:
    memory = Memory()
    for _ in range(2):
        memory.learn(place())
        memory.followed(1200.0)
    memory.settle(place(), 300.0, resumed=True)
    assert [row[GAP] for row in memory.ends] == [1200.0, 1200.0]
    memory.settle(place(), 600.0, resumed=False)
    assert [row[GAP] for row in memory.ends] == [1200.0, 1200.0]
    memory.settle(place(), 1300.0, resumed=False)
    assert [row[GAP] for row in memory.ends] == [0.0, 0.0]
    memory.followed(1200.0)
    memory.settle(place(), 1250.0, resumed=True)
    assert len(memory.ends) == 1


def _ends(count: int, **where: float) -> Memory:
    memory = Memory()
    for _ in range(count):
        memory.learn(place(**where))
    return memory


def test_a_doubtful_end_is_waited_for() -> None:
    memory = _ends(1)
    memory.followed(1200.0)
    judged = judge(place(), memory, WASHER, REPORTED)
    assert judged.reason == Reason.KNOWN_PAUSE
    assert judged.quiet_s > 1200.0
    memory.learn(place())
    assert judge(place(), memory, WASHER, REPORTED).reason == Reason.PLAUSIBLE_END


def test_several_ends_further_off_make_an_end_plausible() -> None:
    judged = judge(place(), _ends(3, since=600.0), WASHER, REPORTED)
    assert judged.reason == Reason.PLAUSIBLE_END
    far = judge(place(), _ends(3, since=600.0, wh=5000.0), WASHER, REPORTED)
    assert far.reason == Reason.SAFE_WAIT


def test_an_early_place_is_waited_for_longer_but_a_drain_check_is_not() -> None:
    safe = judge(place(wh=500.0), Memory(), WASHER, REPORTED).still_s
    assert judge(place(wh=30.0), Memory(), WASHER, REPORTED).still_s == 2.5 * safe
    assert judge(place(wh=1.0), Memory(), WASHER, REPORTED).still_s == safe


def test_a_pause_in_the_same_place_is_waited_for() -> None:
    memory = _ends(4)
    memory.saw_pause(place(), 600.0, 0.0)
    memory.learn(None)
    judged = judge(place(), memory, WASHER, REPORTED)
    assert judged.reason == Reason.KNOWN_PAUSE
    assert 600.0 < judged.quiet_s < 660.0
    assert judged.expects(610.0)
    assert not judged.expects(900.0)
    assert not judged.expects(300.0)


def test_a_long_pause_at_the_same_energy_and_time_is_waited_for_until_taken() -> None:
    memory = _ends(4)
    memory.saw_pause(place(since=900.0), 1500.0, 0.0)
    memory.learn(None)
    assert judge(place(), memory, DISHWASHER, REPORTED).quiet_s > 1500.0
    taken = place(pause=1495.0)
    memory.learn(taken)
    judged = judge(taken, memory, DISHWASHER, REPORTED)
    assert (judged.reason, judged.quiet_s) == (Reason.CLOSING_MOTIF, 40.0)


def test_one_long_break_does_not_lengthen_every_wait_but_two_do() -> None:
    memory = Memory()
    memory.saw_pause(place(since=9000.0, wh=5.0), 3500.0, 0.0)
    memory.learn(None)
    assert judge(place(), memory, WASHER, REPORTED).still_s == 580.0
    memory.saw_pause(place(since=9000.0, wh=5.0), 3510.0, 0.0)
    memory.learn(None)
    assert judge(place(), memory, WASHER, REPORTED).still_s > 3500.0
    memory.saw_pause(place(since=5.0, wh=5.0), 900.0, 0.0)
    memory.learn(None)
    assert judge(place(), memory, WASHER, REPORTED).still_s > 3500.0


def test_clockwork_of_a_dishwasher_ends_the_wait_when_it_has_run_out() -> None:
    memory = Memory()
    for length in (1450.0, 1452.0):
        memory.saw_pause(place(), length, 0.0)
    memory.learn(None)
    assert judge(place(), memory, DISHWASHER, REPORTED).still_s == 2080.0
    memory.learn([*place(since=1600.0, pause=1451.0)[:8], 60.0])
    judged = judge(place(), memory, DISHWASHER, REPORTED)
    assert (judged.reason, judged.still_s) == (Reason.KNOWN_PAUSE, 0.0)
    memory.saw_pause(place(), 900.0, 0.0)
    memory.learn(None)
    assert judge(place(), memory, DISHWASHER, REPORTED).still_s == 2080.0


def test_polls_wait_for_the_tail_and_for_more_samples() -> None:
    ends = _ends(5, since=360.0)
    off = Circumstances(step_s=60.0, dropped=True)
    assert judge(place(since=360.0), ends, WASHER, off).quiet_s == 60.0
    assert judge(place(since=180.0), ends, WASHER, off).quiet_s == 240.0
    assert judge(place(since=360.0), ends, WASHER, POLLED).quiet_s == 180.0
    few = judge(place(since=60.0), _ends(2, since=60.0), WASHER, off)
    assert few.quiet_s == 120.0
    one = judge(place(), _ends(1), WASHER, off)
    assert one.reason == Reason.PLAUSIBLE_END


def test_electronics_that_go_off_count_as_an_end_known() -> None:
    dropped = Circumstances(step_s=0.0, dropped=True)
    assert judge(place(), _ends(1), WASHER, dropped).quiet_s == 40.0
    assert judge(place(), Memory(), WASHER, dropped).reason == Reason.SAFE_WAIT
