"""A channel that has no room for a message is waited for, and one that rests is not.

And: what is told together with others has its own end, which is that of its leader.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from custom_components.reliable_notifications.engine.delivery.following import (
    Followed,
    SetFree,
    follow,
)
from custom_components.reliable_notifications.engine.delivery.lifecycle import (
    ImpossibleMoveError,
    close,
    kept_back,
    next_move,
    resolved,
)
from custom_components.reliable_notifications.engine.delivery.moves import (
    Over,
    Send,
    Wait,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    Evidence,
    IntentState,
)

from .intents import DEADLINE, ECHO, LIST, NOW, PHONE, answer, ask, intent


def test_a_busy_channel_is_waited_for_and_a_resting_one_is_passed_over() -> None:
    delivery = intent(ECHO, PHONE, LIST)
    later = {"echo": NOW + 10}
    assert next_move(delivery, NOW, busy=later) == Wait(until=NOW + 10)
    assert next_move(delivery, NOW + 10, busy=later) == Send(step=0, channel_id="echo")
    assert next_move(delivery, NOW, resting=later) == Send(step=1, channel_id="phone")


def test_what_waits_for_a_busy_channel_expires_at_its_deadline() -> None:
    delivery = intent(ECHO, LIST)
    assert next_move(delivery, NOW, busy={"echo": DEADLINE + 9}) == Wait(until=DEADLINE)


def test_what_is_kept_back_for_others_is_held_and_its_time_does_not_count() -> None:
    held = kept_back(intent(PHONE, LIST), NOW + 5)
    assert held.state is IntentState.HELD
    assert next_move(held, NOW) == Wait(until=NOW + 5)
    assert next_move(held, NOW + 5) == Send(step=0, channel_id="phone")
    assert ask(held, NOW + 5).released_at == NOW + 5
    assert resolved(held, "emptied", NOW + 1).state is IntentState.RESOLVED


def test_what_has_been_asked_of_a_channel_is_not_kept_back() -> None:
    with pytest.raises(ImpossibleMoveError):
        kept_back(ask(intent(PHONE, LIST)), NOW + 5)


def test_those_who_are_led_end_as_their_leader_does() -> None:
    leader = ask(intent(PHONE, LIST))
    assert follow(leader) is None

    done = answer(intent(PHONE, LIST), Evidence.ACCEPTED)
    told = follow(done)
    assert isinstance(told, Followed)
    assert told.state is IntentState.DONE
    assert done.reason in told.reason

    lost = close(leader, Over(state=IntentState.EXPIRED, reason="too late"), NOW)
    missed = follow(lost)
    assert isinstance(missed, Followed)
    assert missed.state is IntentState.EXPIRED


def test_a_leader_whose_own_matter_is_over_sets_the_others_free_unless_told() -> None:
    assert follow(resolved(intent(PHONE, LIST), "emptied", NOW)) == SetFree()

    unproven = replace(
        ask(intent(ECHO, LIST)), evidence=Evidence.DISPATCHED, channel_id="echo"
    )
    told = follow(resolved(unproven, "emptied", NOW))
    assert isinstance(told, Followed)
    assert told.state is IntentState.DONE
    assert told.reason.startswith("dispatched by echo")
