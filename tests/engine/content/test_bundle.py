"""What is said instead of several messages."""

from __future__ import annotations

from hypothesis import given, strategies as st
import pytest

from custom_components.reliable_notifications.engine.content.bundle import bundle
from custom_components.reliable_notifications.engine.content.languages import (
    language_of,
)
from custom_components.reliable_notifications.engine.vocabulary import Message, Shape

ENGLISH = language_of("en")
WASHER = Message(title="Washer finished", message="Ran 1 h.")
DRYER = Message(title="Dryer finished", message="Ran 2 h.")
PLAIN = Message(title="", message="Door 1 is open")


def test_few_are_told_in_full() -> None:
    told = bundle([WASHER, DRYER, PLAIN], ENGLISH, Shape.PUSH)
    assert told.title == "3 messages"
    assert told.message == (
        "Washer finished: Ran 1 h.\nDryer finished: Ran 2 h.\nDoor 1 is open"
    )
    same = Message(title="Hello", message="Hello")
    assert bundle([same, PLAIN], ENGLISH, Shape.SHORT_TEXT).message == (
        "Hello; Door 1 is open"
    )


def test_in_a_letter_each_of_the_few_has_a_paragraph() -> None:
    told = bundle([WASHER, PLAIN], ENGLISH, Shape.EMAIL)
    assert told.message == "Washer finished: Ran 1 h.\n\nDoor 1 is open"


def test_an_ear_hears_only_what_they_are_about() -> None:
    told = bundle([WASHER, DRYER], ENGLISH, Shape.SPEECH)
    assert told.message == "Ran 1 h. Ran 2 h"


def test_edge_27_of_many_the_first_are_named_and_all_are_counted() -> None:
    alerts = [
        Message(title=f"Door {each % 9}", message=f"{each}") for each in range(90)
    ]
    told = bundle([*alerts, WASHER], ENGLISH, Shape.PUSH)
    assert told.title == "91 messages"
    assert told.message.split("\n") == [
        *(f"Door {each} (10)" for each in range(6)),
        "and 31 more",
    ]


@pytest.mark.parametrize("code", ["de", "nl", "fr", "it", "pl", "pt", "es"])
def test_every_language_says_it(code: str) -> None:
    told = bundle([WASHER] * 20, language_of(code), Shape.EMAIL)
    assert told.title.startswith("20 ")
    assert told.message == "Washer finished (20)"
    many = [Message(title=f"{each}", message="") for each in range(9)]
    assert "3" in bundle(many, language_of(code), Shape.EMAIL).message.split("\n")[-1]


@given(
    st.lists(
        st.builds(Message, title=st.sampled_from("abcdefgh"), message=st.just("x")),
        min_size=2,
        max_size=60,
    ),
    st.sampled_from(Shape),
)
def test_nothing_is_lost_in_the_count(messages: list[Message], shape: Shape) -> None:
    told = bundle(messages, ENGLISH, shape)
    assert told.title == f"{len(messages)} messages"
    between = {Shape.SPEECH: ". ", Shape.SHORT_TEXT: "; "}.get(shape, "\n")
    number = 0
    for line in filter(None, told.message.split(between)):
        if line.startswith("and "):
            number += int(line.split()[1])
        else:
            number += int(line[3:-1]) if line.endswith(")") else 1
    assert number == len(messages)
