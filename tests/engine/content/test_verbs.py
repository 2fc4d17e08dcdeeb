"""What can be answered with a tap, and how a tap is read."""

from __future__ import annotations

import pytest

from custom_components.reliable_notifications.engine.content.verbs import (
    OFFERS,
    Verb,
    action_id,
    answered,
    label,
    offered,
)


@pytest.mark.parametrize("verb", list(Verb))
def test_an_action_is_read_as_it_was_named(verb: Verb) -> None:
    assert answered(action_id(verb, "01ABC")) == (verb, "01ABC")


def test_actions_of_messages_already_sent_are_understood() -> None:
    assert answered("RN_ACKNOWLEDGE_x") == (Verb.ACKNOWLEDGE, "x")
    assert answered("RN_EMPTIED_x") == (Verb.EMPTIED, "x")
    assert answered("OPEN_BLINDS") is None


def test_a_message_offers_ok_and_what_its_data_name() -> None:
    assert offered({}) == (Verb.ACKNOWLEDGE,)
    assert offered({OFFERS: "emptied"}) == (Verb.ACKNOWLEDGE, Verb.EMPTIED)
    assert offered({OFFERS: "something new"}) == (Verb.ACKNOWLEDGE,)


@pytest.mark.parametrize("language", ["en", "en-GB", "xx"])
def test_each_verb_has_a_label(language: str) -> None:
    assert [label(verb, language) for verb in Verb] == ["OK", "Emptied"]
