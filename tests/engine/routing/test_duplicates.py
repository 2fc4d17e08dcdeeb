"""What has been told already, and what is news."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given, strategies as st

from custom_components.reliable_notifications.engine.routing.duplicates import (
    Earlier,
    fingerprint,
    happening,
    is_duplicate,
)
from custom_components.reliable_notifications.engine.routing.policy import HOUSEHOLD
from custom_components.reliable_notifications.engine.routing.policy_edits import edited
from custom_components.reliable_notifications.engine.vocabulary import Event, Priority

NOW = 1_790_000_000.0
ALL = ("anna", "ben")
FINISH = Event(
    key="cycle_finished",
    at=NOW,
    title="Washing machine finished",
    message="Ended at 14:03.",
    priority=Priority.MEDIUM,
    source="washer",
    incident="washer-1",
)
WRITTEN = Event(
    key="message", at=NOW, title="", message="Door 1 is open", priority=Priority.MEDIUM
)


def told_again(
    first: Event,
    second: Event,
    after: float = 60.0,
    to: tuple[str, ...] = ALL,
    **more: Any,
) -> bool:
    """Whether the second is a duplicate of the first, so many seconds later."""
    earlier = None
    if happening(first, ALL) == happening(second, to):
        earlier = Earlier(
            notification_id="1",
            at=NOW,
            priority=first.priority,
            fingerprint=fingerprint(first, ALL),
        )
    return is_duplicate(
        second, fingerprint(second, to), earlier, NOW + after, HOUSEHOLD, **more
    )


def test_edge_25_the_same_finish_twice_is_told_once_whatever_its_words() -> None:
    assert told_again(FINISH, FINISH)
    assert told_again(FINISH, replace(FINISH, message="Ended at 14:04."))
    assert told_again(FINISH, FINISH, to=("ben", "anna"))


def test_edge_26_door_1_and_door_2_are_two_doors() -> None:
    assert told_again(WRITTEN, WRITTEN)
    assert not told_again(WRITTEN, replace(WRITTEN, message="Door 2 is open"))
    assert not told_again(FINISH, replace(FINISH, source="dryer"))
    assert not told_again(FINISH, replace(FINISH, incident="washer-2"))


def test_other_words_of_a_written_incident_are_news() -> None:
    first = replace(WRITTEN, incident="freezer", message="-12 °C")
    assert told_again(first, first)
    assert not told_again(first, replace(first, message="-9 °C"))


def test_what_recurs_on_purpose_is_told_with_its_new_words() -> None:
    first = replace(FINISH, key="unload_reminder", message="It finished 30 min ago.")
    assert told_again(first, first)
    assert not told_again(first, replace(first, message="It finished 1 h ago."))


def test_what_was_told_of_the_incident_in_between_makes_it_news() -> None:
    reopened = replace(FINISH, key="cycle_reopened", priority=Priority.LOW)
    assert not told_again(FINISH, reopened)
    assert not told_again(reopened, FINISH)


def test_other_people_more_urgency_and_tests_are_news() -> None:
    assert not told_again(FINISH, FINISH, to=("anna",))
    assert not told_again(FINISH, replace(FINISH, priority=Priority.HIGH))
    assert told_again(FINISH, replace(FINISH, priority=Priority.LOW))
    assert not told_again(FINISH, replace(FINISH, is_test=True))
    assert not is_duplicate(FINISH, fingerprint(FINISH, ALL), None, NOW, HOUSEHOLD)


def test_each_priority_has_its_window() -> None:
    for priority in Priority:
        event = replace(FINISH, priority=priority)
        window = HOUSEHOLD[priority].dedupe
        assert window is not None
        assert told_again(event, event, after=window - 1)
        assert not told_again(event, event, after=window)
        assert not told_again(event, event, after=-1.0), "a clock that was set back"


def test_an_installation_may_want_everything_told() -> None:
    policies, _ = edited(HOUSEHOLD, {"medium": {"dedupe": None}})
    mark = happening(FINISH, ALL)
    earlier = Earlier(
        notification_id="n", at=NOW, priority=FINISH.priority, fingerprint=mark
    )

    assert is_duplicate(FINISH, mark, earlier, NOW, HOUSEHOLD)
    assert not is_duplicate(FINISH, mark, earlier, NOW, policies)


def test_urgent_is_not_told_twice_while_somebody_is_being_told_of_it() -> None:
    leak = replace(WRITTEN, priority=Priority.URGENT, incident="leak")
    assert told_again(leak, leak, after=3600, still_told=True)
    assert not told_again(leak, leak, after=3600)
    calm = replace(leak, priority=Priority.HIGH)
    assert not told_again(calm, calm, after=3600, still_told=True)


TEXTS = st.text(max_size=8)
EVENTS = st.builds(
    Event,
    key=TEXTS,
    at=st.just(NOW),
    title=TEXTS,
    message=TEXTS,
    priority=st.sampled_from(Priority),
    source=st.none() | TEXTS,
    incident=st.none() | TEXTS,
)


@given(EVENTS, EVENTS)
def test_nothing_is_dropped_that_says_something_else(one: Event, other: Event) -> None:
    if fingerprint(one, ALL) == fingerprint(other, ALL):
        assert (one.key, one.source or "", one.incident or "") == (
            other.key,
            other.source or "",
            other.incident or "",
        )
        if one.source is None or one.incident is None:
            assert (one.title, one.message) == (other.title, other.message)
