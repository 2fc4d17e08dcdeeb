"""Rules get a place by words, and the others keep theirs where there is room."""

from __future__ import annotations

from hypothesis import given, strategies as st
import pytest

from custom_components.reliable_notifications.engine.routing.rule_order import (
    GAP,
    Placed,
    placed,
    sequence,
)

THREE = {"a": 1, "b": 10, "c": 20}


@pytest.mark.parametrize(
    ("after", "order"),
    [(None, 1 - GAP), ("a", 5), ("b", 15), ("c", 20 + GAP), ("gone", 20 + GAP)],
)
def test_there_is_room(after: str | None, order: int) -> None:
    assert placed(THREE, after) == Placed(order=order)


def test_the_first_of_all() -> None:
    assert placed({}, None) == placed({}, "gone") == Placed(order=GAP)


def test_who_stays_keeps_the_number() -> None:
    assert placed(THREE, "a", 3) == Placed(order=3)
    assert placed(THREE, None, -7) == Placed(order=-7)
    assert placed(THREE, "c", 3) == Placed(order=20 + GAP)


def test_without_room_all_are_numbered_anew() -> None:
    assert placed({"a": 1, "b": 2}, "a") == Placed(
        order=2 * GAP, moved={"a": GAP, "b": 3 * GAP}
    )


def test_a_jam_of_old_times_is_dissolved() -> None:
    """The form once gave every rule the same place."""
    jam = {"b": 50, "a": 50, "c": 50}
    assert sequence(jam) == ["a", "b", "c"]
    assert placed(jam, "b", 50) == Placed(
        order=3 * GAP, moved={"a": GAP, "b": 2 * GAP, "c": 4 * GAP}
    )
    assert placed({"a": 50}, "a", 50) == Placed(order=50 + GAP)


@given(
    orders=st.dictionaries(st.sampled_from("abcdefgh"), st.integers(-5, 5)),
    moves=st.lists(
        st.tuples(st.sampled_from("abcdefgh"), st.sampled_from([None, *"abcdefgh"]))
    ),
)
def test_each_stands_where_it_was_put_and_the_others_as_before(
    orders: dict[str, int], moves: list[tuple[str, str | None]]
) -> None:
    for who, after in moves:
        others = {key: each for key, each in orders.items() if key != who}
        before = sequence(others)
        place = placed(others, after, orders.get(who))
        orders = {**others, **place.moved, who: place.order}
        assert len(set(orders.values())) == len(orders), "no two at the same place"
        index = 0 if after is None else (*before, after).index(after) + 1
        before.insert(min(index, len(before)), who)
        assert sequence(orders) == before
