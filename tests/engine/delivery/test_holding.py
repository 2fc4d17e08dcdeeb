"""Held intents: they wait, are decided again, and come out exactly once."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, strategies as st
import pytest

from custom_components.reliable_notifications.engine.delivery.holding import (
    LONGEST_FOR_ARRIVAL,
    begun,
    decided_again,
    held_move,
)
from custom_components.reliable_notifications.engine.delivery.lifecycle import (
    next_move,
    resolved,
)
from custom_components.reliable_notifications.engine.delivery.moves import (
    DecideAgain,
    Over,
    Send,
    Wait,
)
from custom_components.reliable_notifications.engine.delivery.record import (
    Delivery,
    from_row,
    to_row,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    Cue,
    Decision,
    Evidence,
    Hold,
    IntentState,
    Outcome,
    Plan,
    Priority,
    Reason,
)

from .intents import DEADLINE, ECHO, LIST, NOW, PHONE, intent

MORNING = NOW + 3600.0
LATER = DEADLINE + 3600.0


def decision(
    outcome: Outcome,
    *,
    until: float | None = None,
    reasons: tuple[str, ...] = (),
    escalates: Cue | None = None,
    priority: Priority = Priority.MEDIUM,
) -> Decision:
    held = outcome in (Outcome.HOLD, Outcome.DIGEST)
    plan = Plan(
        recipient_id="anna",
        recipient_name="Anna",
        steps=(ECHO, LIST),
        repeats=(Cue(Evidence.SEEN, 60.0),),
        hold=escalates,
    )
    return Decision(
        recipient_id="anna",
        outcome=outcome,
        priority=priority,
        deadline=LATER,
        plan=None if outcome is Outcome.DROP else plan,
        hold=Hold(until=until, for_arrival=until is None) if held else None,
        reasons=tuple(Reason(key=key) for key in reasons),
    )


def held(until: float | None = MORNING) -> Delivery:
    return begun(intent(PHONE, LIST), decision(Outcome.HOLD, until=until), "", NOW)


def test_what_is_held_waits_for_its_time_and_is_decided_again() -> None:
    waiting = held()
    assert waiting.state is IntentState.HELD
    assert waiting.deadline == LATER
    assert next_move(waiting, NOW) == Wait(until=MORNING)
    assert next_move(waiting, MORNING) == DecideAgain()


def test_what_waits_for_somebody_has_no_time() -> None:
    waiting = held(until=None)
    assert next_move(waiting, NOW + 10 * 60) == Wait(until=LATER)
    ended = next_move(waiting, LATER)
    assert isinstance(ended, Over)
    assert ended.state is IntentState.EXPIRED


def test_what_is_told_after_all_takes_the_new_plan_and_counts_from_now() -> None:
    told = decided_again(
        held(), decision(Outcome.DELIVER, priority=Priority.HIGH), "", MORNING
    )
    assert told.state is IntentState.QUEUED
    assert (told.released_at, told.wake_at) == (MORNING, None)
    assert told.priority is Priority.HIGH
    assert told.steps == (ECHO, LIST)
    assert len(told.tracks) == 2
    assert told.repeats == (Cue(Evidence.SEEN, 60.0),)
    assert next_move(told, MORNING) == Send(step=0, channel_id="echo")


def test_it_may_be_held_on() -> None:
    again = decided_again(
        held(), decision(Outcome.HOLD, until=MORNING + 60), "", MORNING
    )
    assert next_move(again, MORNING) == Wait(until=MORNING + 60)
    assert next_move(again, MORNING + 60) == DecideAgain()


@pytest.mark.parametrize(
    ("key", "state"),
    [("resolved", IntentState.RESOLVED), ("opted_out", IntentState.CANCELLED)],
)
def test_it_may_be_dropped_for_a_reason(key: str, state: IntentState) -> None:
    dropped = decided_again(
        held(), decision(Outcome.DROP, reasons=(key,)), "in words", MORNING
    )
    assert dropped.state is state
    assert dropped.finished_at == MORNING
    assert next_move(dropped, MORNING) == Over(state=state, reason="in words")


def test_the_digest_is_not_decided_again() -> None:
    waiting = begun(
        intent(PHONE, LIST), decision(Outcome.DIGEST, until=MORNING), "", NOW
    )
    assert next_move(waiting, NOW) == Wait(until=MORNING)
    assert next_move(waiting, MORNING) == Send(step=0, channel_id="phone")
    assert decided_again(waiting, decision(Outcome.DELIVER), "", MORNING) == waiting


def _with_arrival(until: float | None) -> Decision:
    due = decision(Outcome.DIGEST, until=until)
    late = MORNING + 24 * 3600.0
    return replace(due, deadline=late, hold=Hold(until=until, for_arrival=True))


def test_a_digest_that_comes_with_somebody_is_looked_at_when_due_and_at_the_end() -> (
    None
):
    waiting = begun(intent(PHONE, LIST), _with_arrival(MORNING), "", NOW)
    assert next_move(waiting, MORNING - 1) == Wait(until=MORNING)
    assert next_move(waiting, MORNING) == DecideAgain()
    # nobody is home yet
    waiting = decided_again(waiting, _with_arrival(MORNING), "", MORNING)
    end = MORNING + LONGEST_FOR_ARRIVAL
    assert waiting.wake_at == end
    assert decided_again(waiting, _with_arrival(MORNING), "", end - 1) == waiting
    # somebody is, or will not come
    now = replace(_with_arrival(MORNING), hold=Hold(until=MORNING))
    told = decided_again(waiting, now, "", end)
    assert next_move(told, end) == Send(step=0, channel_id="echo")  # the new plan


def test_others_who_are_told_first_hold_it_too() -> None:
    cue = Cue(Evidence.SEEN, 120.0)
    later = begun(
        intent(PHONE, LIST), decision(Outcome.DELIVER, escalates=cue), "", NOW
    )
    assert later.state is IntentState.HELD
    assert later.yields_to is Evidence.SEEN
    assert next_move(later, NOW + 119) == Wait(until=NOW + 120)
    assert next_move(later, NOW + 120) == Send(step=0, channel_id="phone")


def test_what_is_told_at_once_is() -> None:
    told = begun(intent(PHONE, LIST), decision(Outcome.DELIVER), "", NOW)
    assert next_move(told, NOW) == Send(step=0, channel_id="phone")


def test_only_what_is_held_by_a_decision_is_decided_again() -> None:
    running = intent(PHONE, LIST)
    assert decided_again(running, decision(Outcome.DROP), "", NOW) == running
    over = resolved(held(), "emptied", NOW)
    assert over.state is IntentState.RESOLVED
    assert decided_again(over, decision(Outcome.DELIVER), "", MORNING) == over


def test_a_held_intent_without_a_time_that_nobody_decides_is_released() -> None:
    snoozed = replace(intent(PHONE, LIST), state=IntentState.HELD, wake_at=None)
    assert held_move(snoozed, NOW) is None


def test_it_is_stored_whole() -> None:
    for delivery in (held(), held(until=None)):
        assert from_row(to_row(delivery)) == delivery


@given(
    outcomes=st.lists(
        st.sampled_from([Outcome.HOLD, Outcome.DELIVER, Outcome.DROP, Outcome.DIGEST]),
        max_size=8,
    )
)
def test_it_comes_out_at_most_once(outcomes: list[Outcome]) -> None:
    delivery, now, out = held(), MORNING, 0
    for outcome in outcomes:
        before = delivery
        delivery = decided_again(
            delivery, decision(outcome, until=now + 60, reasons=("x",)), "", now
        )
        out += delivery.state is IntentState.QUEUED and before.state is IntentState.HELD
        now += 60
    assert out <= 1
    assert out == (
        bool(outcomes)
        and next((each for each in outcomes if each is not Outcome.HOLD), None)
        is Outcome.DELIVER
    )
