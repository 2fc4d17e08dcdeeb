"""Where it is known in which room the recipient is, the speaker there speaks."""

from __future__ import annotations

import pytest

from custom_components.reliable_notifications.engine.vocabulary import (
    PersonFacts,
    Priority,
)

from .household import HOME, decided, event, facts, keys, only, person, ways

BOTH_ROOMS = {"kitchen": True, "bath": True}


@pytest.mark.parametrize(
    ("room", "used", "skipped"),
    [
        ("bath", ["bath", "phone"], "kitchen"),
        ("kitchen", ["kitchen", "phone"], "bath"),
        # no speaker of theirs stands there, or nobody knows: wherever somebody is
        ("attic", ["kitchen", "bath", "phone"], None),
        (None, ["kitchen", "bath", "phone"], None),
    ],
)
def test_the_speaker_in_the_room_of_the_recipient_speaks(
    room: str | None, used: list[str], skipped: str | None
) -> None:
    anna = person("anna", "kitchen", "bath", "phone")
    known = facts(anna=PersonFacts(home=True, room=room), rooms=BOTH_ROOMS)

    decision = only(decided(event(), anna, known=known))

    assert ways(decision) == used
    elsewhere = [
        each.channel_id for each in decision.reasons if each.key == "in_another_room"
    ]
    assert elsewhere == ([skipped] if skipped else [])


def test_what_must_arrive_is_said_first_where_the_recipient_is() -> None:
    anna = person("anna", "kitchen", "bath")
    known = facts(anna=PersonFacts(home=True, room="bath"), rooms=BOTH_ROOMS)

    for priority in (Priority.URGENT, Priority.HIGH):
        decision = only(decided(event(priority), anna, known=known))
        assert ways(decision) == ["bath", "kitchen"]
        assert "in_another_room" not in keys(decision)


def test_a_room_whose_speaker_is_silent_leaves_the_others() -> None:
    anna = person("anna", "kitchen", "bath")
    known = facts(
        anna=PersonFacts(home=True, room="bath"),
        rooms=BOTH_ROOMS,
        off_channels=frozenset({"bath"}),
    )

    assert ways(only(decided(event(), anna, known=known))) == ["kitchen"]


def test_who_is_known_to_be_in_a_room_is_home_and_who_is_away_left_the_sensor() -> None:
    anna = person("anna", "kitchen", "phone")
    there = facts(anna=PersonFacts(room="kitchen"))
    away = facts(anna=PersonFacts(home=False, room="kitchen"), ben=HOME)

    assert only(decided(event(), anna, known=there)).facts["home"] is True
    assert ways(only(decided(event(), anna, known=there))) == ["kitchen", "phone"]
    gone = only(decided(event(), anna, known=away))
    assert gone.facts["room"] is None
    assert "kitchen" not in ways(gone)
