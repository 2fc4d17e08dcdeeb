"""What one recipient's answer means for the others, and an end that comes by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from custom_components.reliable_notifications.engine.delivery.lifecycle import (
    heard_elsewhere,
    resolved,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    Cue,
    Evidence,
    IntentState,
)

from .intents import (
    MAIL,
    NOW,
    PHONE,
    TABLET,
    answer,
    ask,
    asked,
    at,
    hedged,
    intent,
    says,
)

RINGING = hedged(at(PHONE, 0.0), repeats=(Cue(Evidence.ACKNOWLEDGED, 120.0),))


def held(until: Evidence) -> object:
    return replace(
        intent(PHONE), state=IntentState.HELD, wake_at=NOW + 120.0, yields_to=until
    )


def test_one_acknowledgement_stands_for_all() -> None:
    told = answer(RINGING, Evidence.ACCEPTED)
    untold = answer(intent(PHONE), Evidence.UNREACHABLE)

    over = heard_elsewhere(told, Evidence.ACKNOWLEDGED, NOW + 9, who="Anna")
    spared = heard_elsewhere(untold, Evidence.ACKNOWLEDGED, NOW + 9)

    assert (over.state, over.reason) == (IntentState.DONE, "acknowledged by Anna")
    assert over.evidence is Evidence.ACCEPTED  # it is not this recipient's evidence
    assert asked(over, NOW + 120.0) is None
    assert spared.state is IntentState.CANCELLED  # and counts neither way


def test_that_somebody_else_has_seen_it_is_not_enough() -> None:
    told = answer(RINGING, Evidence.ACCEPTED)

    assert heard_elsewhere(told, Evidence.SEEN, NOW + 9) == told


@pytest.mark.parametrize(
    ("yields_to", "heard", "state"),
    [
        (Evidence.SEEN, Evidence.SEEN, IntentState.CANCELLED),
        (Evidence.SEEN, Evidence.ACKNOWLEDGED, IntentState.CANCELLED),
        (Evidence.ACKNOWLEDGED, Evidence.SEEN, IntentState.HELD),
        (Evidence.ACKNOWLEDGED, Evidence.ACKNOWLEDGED, IntentState.CANCELLED),
    ],
)
def test_a_held_intent_yields_to_what_it_was_held_for(
    yields_to: Evidence, heard: Evidence, state: IntentState
) -> None:
    assert heard_elsewhere(held(yields_to), heard, NOW + 9).state is state  # type: ignore[arg-type]


def test_an_end_is_not_touched() -> None:
    done = answer(intent(PHONE), Evidence.ACCEPTED)

    assert heard_elsewhere(done, Evidence.ACKNOWLEDGED, NOW + 9) == done
    assert resolved(done, "emptied", NOW + 9) == done


def test_edge_24_what_is_no_longer_true_is_dropped() -> None:
    waiting = resolved(held(Evidence.SEEN), "emptied", NOW + 9)  # type: ignore[arg-type]
    told = resolved(answer(RINGING, Evidence.ACCEPTED), "emptied", NOW + 9)

    assert (waiting.state, waiting.reason) == (IntentState.RESOLVED, "emptied")
    assert told.state is IntentState.DONE


def test_where_it_may_be_seen() -> None:
    delivery = hedged(at(PHONE, 0.0), at(TABLET, 0.0), at(MAIL, 0.0))
    asking = ask(ask(ask(delivery)))
    some = says(asking, "phone", Evidence.UNREACHABLE)
    some = says(some, "tablet", Evidence.TIMED_OUT)
    some = says(some, "mail", Evidence.ACCEPTED)

    assert some.told == ("tablet", "mail")
