"""What can be answered with a tap, and how a tap is read."""

from __future__ import annotations

import pytest

from custom_components.reliable_notifications.engine.content.verbs import (
    BUTTONS,
    OFFERS,
    OwnButton,
    Verb,
    action_id,
    answered,
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
    for verb in (Verb.EMPTIED, Verb.ACKNOWLEDGE, Verb.REPLY):
        assert proves(verb) is Evidence.ACKNOWLEDGED


@pytest.mark.parametrize("language", ["en", "en-GB", "xx"])
def test_each_verb_has_a_label(language: str) -> None:
    assert [label(verb, language) for verb in Verb] == [
        "OK",
        "In 15 minutes",
        "Emptied",
        "Reply",
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
