"""What can be answered with a tap, and how a tap is read."""

from __future__ import annotations

import pytest

from custom_components.reliable_notifications.engine.content.verbs import (
    BUTTONS,
    COMPLAINTS,
    OFFERS,
    OwnButton,
    Verb,
    action_id,
    answered,
    behind,
    further,
    label,
    more_label,
    offered,
    own_buttons,
    proves,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    Evidence,
    Priority,
)


@pytest.mark.parametrize("verb", list(Verb))
def test_an_action_is_read_as_it_was_named(verb: Verb) -> None:
    assert answered(action_id(verb, "01ABC")) == (verb, "01ABC")


def test_actions_of_messages_already_sent_are_understood() -> None:
    assert answered("RN_ACKNOWLEDGE_x") == (Verb.ACKNOWLEDGE, "x")
    assert answered("RN_EMPTIED_x") == (Verb.EMPTIED, "x")
    assert answered("OPEN_BLINDS") is None


def test_a_message_offers_ok_and_what_its_data_name() -> None:
    calm = (Verb.ACKNOWLEDGE, Verb.SNOOZE)
    assert offered({}, Priority.HIGH) == calm
    assert offered({OFFERS: "emptied"}, Priority.LOW) == (
        Verb.ACKNOWLEDGE,
        Verb.EMPTIED,
        Verb.SNOOZE,
    )
    assert offered({OFFERS: "acknowledge"}, Priority.MEDIUM) == calm
    assert offered({OFFERS: "something new"}, Priority.MEDIUM) == calm


def test_edge_32_what_is_urgent_cannot_be_put_off() -> None:
    assert offered({}, Priority.URGENT) == (Verb.ACKNOWLEDGE,)


def test_who_wants_to_be_told_again_has_seen_it() -> None:
    assert proves(Verb.SNOOZE) is Evidence.SEEN
    settled = (Verb.EMPTIED, Verb.ACKNOWLEDGE, Verb.REPLY)
    for verb in Verb:
        seen_only = verb not in settled
        assert (proves(verb) is Evidence.SEEN) is seen_only
        assert (proves(verb) is Evidence.ACKNOWLEDGED) is not seen_only


def test_what_has_no_room_is_offered_after_a_tap() -> None:
    """A phone with three places still has a way to everything."""
    washer = {OFFERS: "emptied"}
    everything = {*offered(washer, Priority.LOW), *further(washer, Priority.LOW)}
    assert everything == set(Verb) - {Verb.REPLY, Verb.MORE, Verb.COMPLAIN}
    assert further({}, Priority.HIGH) == (Verb.UNTIL_TOMORROW, *COMPLAINTS)
    longer = (Verb.UNTIL_TOMORROW, Verb.UNTIL_EMPTIED, Verb.COMPLAIN)
    assert behind(Verb.SNOOZE, washer, Priority.MEDIUM) == longer
    assert behind(Verb.MORE, {}, Priority.MEDIUM) == (longer[0], longer[2])
    assert behind(Verb.COMPLAIN, {}, Priority.MEDIUM) == COMPLAINTS
    assert behind(Verb.TOO_LOUD, washer, Priority.MEDIUM) == ()


def test_what_is_urgent_has_nothing_behind_it() -> None:
    assert further({OFFERS: "emptied"}, Priority.URGENT) == ()
    assert behind(Verb.MORE, {}, Priority.URGENT) == ()


@pytest.mark.parametrize("language", ["en", "en-GB", "xx"])
def test_each_verb_has_a_label(language: str) -> None:
    assert [label(verb, language) for verb in Verb] == [
        "OK",
        "In 15 minutes",
        "Emptied",
        "Reply",
        "More",
        "Tomorrow",
        "Until emptied",
        "What was wrong?",
        "Wrong person",
        "Too late",
        "Too loud",
    ]
    assert more_label(language) == "More"


def test_buttons_of_an_automation_are_read_and_nonsense_is_left_out() -> None:
    written = '[{"action": "LOCK", "title": "Lock"}, {"action": "A", "title": "B", '
    found = own_buttons({BUTTONS: written + '"uri": "/door"}]'})
    assert found == (
        OwnButton(action="LOCK", title="Lock"),
        OwnButton(action="A", title="B", uri="/door"),
    )
    assert own_buttons({}) == ()
    for nonsense in ("[", "[1]", '[{"action": "A"}]', "7"):
        assert own_buttons({BUTTONS: nonsense}) == ()
