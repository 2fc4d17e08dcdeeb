"""Which messages wait for each other, and for how long."""

from __future__ import annotations

from hypothesis import given, strategies as st

from custom_components.reliable_notifications.engine.delivery.gathering import (
    FEW,
    LONGEST_OF_HIGH,
    STORM,
    WAITS,
    Stream,
    arrives,
    told,
)
from custom_components.reliable_notifications.engine.vocabulary import Priority

from .intents import NOW

CALM = [Priority.MEDIUM, Priority.LOW]


class House:
    """Messages come at their times; groups are told when their wait is over."""

    def __init__(self) -> None:
        self.stream = Stream()
        self.waiting: list[float] = []
        self.messages: list[tuple[float, list[float]]] = []

    def hear(self, times: list[float], priority: Priority) -> None:
        for at in times:
            self.tell(at)
            self.stream, until = arrives(self.stream, priority, at)
            if until is None:
                self.messages.append((at, [at]))
            else:
                assert until == self.stream.until
                self.waiting.append(at)
        self.tell(float("inf"))

    def tell(self, now: float) -> None:
        until = self.stream.until
        if until is not None and until <= now:
            self.messages.append((until, self.waiting))
            self.stream = told(self.stream, len(self.waiting), until)
            self.waiting = []


def hear(times: list[float], priority: Priority = Priority.MEDIUM) -> list[int]:
    """How many were told together, message by message."""
    house = House()
    house.hear([NOW + each for each in times], priority)
    return [len(each) for _, each in house.messages]


def test_one_alone_goes_at_once() -> None:
    assert arrives(Stream(), Priority.MEDIUM, NOW)[1] is None
    assert hear([0, 10, 20]) == [1, 1, 1]


def test_what_follows_within_seconds_is_one_message() -> None:
    assert hear([0, 1, 2, 3]) == [1, 3]


def test_edge_27_a_hundred_alerts_a_minute_are_a_few_messages() -> None:
    told_at = [each * 0.6 for each in range(100)]
    assert len(hear(told_at)) <= 4
    assert sum(hear(told_at)) == 100
    assert len(hear([each * 0.6 for each in range(6000)])) <= 16, "for an hour"


def test_after_a_quiet_time_it_begins_anew() -> None:
    heap = [0.0] + [1.0] * (FEW + 1)
    assert hear([*heap, 7.0]) == [1, FEW + 1, 1], "the second wait is the longer one"
    assert hear([*heap, 6.0 + WAITS[1], 8.0 + WAITS[1]]) == [1, FEW + 1, 1, 1]
    stream = told(Stream(until=NOW), FEW + 1, NOW)
    assert arrives(stream, Priority.LOW, NOW + 1)[1] == NOW + 1 + WAITS[1]
    assert arrives(stream, Priority.LOW, NOW + WAITS[1])[1] is None


def test_edge_27_urgent_waits_for_nobody_and_high_only_in_a_storm() -> None:
    assert hear([0.0] * 50, Priority.URGENT) == [1] * 50
    assert hear([0.0] * (STORM - 1), Priority.HIGH) == [1] * (STORM - 1)
    slow = [each * 60 / (STORM - 2) for each in range(50)]
    assert hear(slow, Priority.HIGH) == [1] * 50
    minute = hear([each * 0.6 for each in range(100)], Priority.HIGH)
    assert sum(minute) == 100
    assert len(minute) <= STORM + 60 / LONGEST_OF_HIGH + 1


def test_a_clock_that_was_set_back_keeps_nothing_for_long() -> None:
    stream, _ = arrives(Stream(), Priority.MEDIUM, NOW)
    stream, _ = arrives(stream, Priority.MEDIUM, NOW + 1)
    assert arrives(stream, Priority.MEDIUM, NOW - 7200)[1] is None


def test_what_waits_for_company_waits_alone_too_but_not_for_long() -> None:
    stream, until = arrives(Stream(), Priority.MEDIUM, NOW, 60.0)
    assert until == NOW + 60
    stream, joined = arrives(stream, Priority.MEDIUM, NOW + 59, 60.0)
    assert joined == until
    stream = told(stream, 2, NOW + 60)
    _, again = arrives(stream, Priority.MEDIUM, NOW + 61, 60.0)
    assert again == NOW + 121
    assert arrives(Stream(), Priority.HIGH, NOW, 15.0)[1] == NOW + 15
    assert arrives(Stream(), Priority.URGENT, NOW, 60.0) == (Stream(), None)


def test_a_storm_of_what_waits_for_company_ends_like_any_other() -> None:
    stream = Stream()
    for _ in range(len(WAITS)):
        stream = told(stream, FEW + 1, NOW)
    stream, until = arrives(stream, Priority.MEDIUM, NOW + 1, 60.0)
    assert until == NOW + 1 + WAITS[-1]
    stream = told(stream, 1, NOW)
    calm, until = arrives(stream, Priority.MEDIUM, NOW + 400, 60.0)
    assert (calm.heaps, until) == (0, NOW + 460)


@given(st.lists(st.floats(0, 3600), min_size=1, max_size=200), st.sampled_from(CALM))
def test_each_is_told_once_and_not_too_late(
    offsets: list[float], priority: Priority
) -> None:
    house = House()
    times = sorted(NOW + each for each in offsets)
    house.hear(times, priority)
    assert sorted(each for _, group in house.messages for each in group) == times
    for at, group in house.messages:
        assert all(0 <= at - each <= WAITS[-1] for each in group)
    again = House()
    again.hear(times, priority)
    assert again.messages == house.messages
