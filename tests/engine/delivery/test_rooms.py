"""One voice at a time in a room, and who has to wait for whom."""

from __future__ import annotations

from hypothesis import given, strategies as st
import pytest

from custom_components.reliable_notifications.engine.delivery.rooms import (
    LONGEST_SPEECH,
    LONGEST_WAIT,
    PAUSE,
    Room,
    Ticket,
    began,
    came,
    ended,
    is_too_late,
    speaking_time,
    turn_at,
    went,
)
from custom_components.reliable_notifications.engine.vocabulary import Priority

from .intents import NOW


def ticket(key: str, priority: Priority = Priority.MEDIUM, at: float = NOW) -> Ticket:
    return Ticket(key=key, priority=priority, since=at)


def order(room: Room) -> str:
    return " ".join(each.key for each in room.waiting)


def test_a_voice_needs_its_time() -> None:
    assert speaking_time("") == 1.5
    assert speaking_time("Washing machine finished") == pytest.approx(3.1)
    assert speaking_time("x" * 10_000) == LONGEST_SPEECH


def test_edge_13_first_come_first_served_within_a_priority() -> None:
    room = Room()
    for each in (
        ticket("a"),
        ticket("low", Priority.LOW),
        ticket("b"),
        ticket("high", Priority.HIGH),
        ticket("leak", Priority.URGENT),
        ticket("smoke", Priority.URGENT),
        ticket("a"),  # asks again, and keeps its place
    ):
        room = came(room, each)
    assert order(room) == "leak smoke high a b low"
    assert order(went(room, "a")) == "leak smoke high b low"


def test_edge_13_the_second_waits_until_the_first_is_spoken() -> None:
    room = came(came(Room(), ticket("a")), ticket("b"))
    assert turn_at(room, "a", NOW) == NOW
    assert turn_at(room, "b", NOW) == NOW + LONGEST_WAIT

    room = began(room, "a")
    assert turn_at(room, "b", NOW + 1) == NOW + LONGEST_WAIT, "nobody knows how long"

    room = ended(room, "a", NOW + 4)
    assert turn_at(room, "b", NOW + 1) == NOW + 4 + PAUSE
    assert turn_at(room, "b", NOW + 4 + PAUSE) == NOW + 4 + PAUSE
    assert ended(room, "a", NOW + 99) == room, "it has ended once"


def test_edge_13_urgent_waits_for_nothing_but_urgent() -> None:
    room = came(Room(), ticket("a"))
    room = came(began(room, "a"), ticket("leak", Priority.URGENT))
    assert turn_at(room, "leak", NOW) == NOW, "while another message is spoken"
    room = came(began(room, "leak"), ticket("smoke", Priority.URGENT))
    assert turn_at(room, "smoke", NOW) == NOW + LONGEST_WAIT
    room = ended(ended(room, "a", NOW + 20), "leak", NOW + 3)
    assert turn_at(room, "smoke", NOW) == NOW + 3 + PAUSE
    room = came(went(room, "smoke"), ticket("b"))
    assert turn_at(room, "b", NOW) == NOW + 20 + PAUSE


def test_edge_13_what_has_waited_for_a_minute_is_not_spoken() -> None:
    room = began(came(Room(), ticket("a")), "a")
    room = came(room, ticket("b"))
    assert not is_too_late(room, "b", NOW + LONGEST_WAIT - 0.1)
    assert is_too_late(room, "b", NOW + LONGEST_WAIT)
    assert not is_too_late(room, "never came", NOW + LONGEST_WAIT)


def test_a_clock_that_was_set_back_silences_nobody() -> None:
    room = ended(began(came(Room(), ticket("a")), "a"), "a", NOW)
    back = NOW - 7200
    room = came(room, ticket("b", at=back))
    assert turn_at(room, "b", back) == back


ARRIVALS = st.lists(
    st.tuples(
        st.floats(0, 200), st.sampled_from(Priority), st.floats(0.1, LONGEST_SPEECH)
    ),
    min_size=1,
    max_size=25,
)


@given(ARRIVALS)
def test_each_is_spoken_once_or_too_late_and_none_over_another(
    arrivals: list[tuple[float, Priority, float]],
) -> None:
    coming = sorted(
        (NOW + at, f"{number}", priority, length)
        for number, (at, priority, length) in enumerate(arrivals)
    )
    lengths = {key: length for _, key, _, length in coming}
    room, now = Room(), NOW
    spoken: dict[str, tuple[float, float, Priority]] = {}
    late: set[str] = set()
    while coming or room.waiting:
        while coming and coming[0][0] <= now:
            at, key, priority, _ = coming.pop(0)
            room = came(room, ticket(key, priority, at))
        moments = [coming[0][0]] if coming else []
        for each in room.waiting:
            if is_too_late(room, each.key, now):
                room = went(room, each.key)
                late.add(each.key)
            elif (when := turn_at(room, each.key, now)) <= now:
                room = ended(began(room, each.key), each.key, now + lengths[each.key])
                assert each.key not in spoken
                spoken[each.key] = (now, now + lengths[each.key], each.priority)
                moments.append(now)
                break  # the room has changed: look at it anew
            else:
                moments.append(when)
        now = max(now, min(moments, default=now))

    assert spoken.keys() | late == lengths.keys()
    assert not spoken.keys() & late
    for key, (begin, _, priority) in spoken.items():
        for other, (since, until, louder) in spoken.items():
            if other == key or not since <= begin < until + PAUSE or begin == since:
                continue
            # only what is urgent may speak while another voice does
            assert priority is Priority.URGENT
            assert louder is not Priority.URGENT
