"""What is done next, and what an answer changes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from custom_components.reliable_notifications.engine.delivery.lifecycle import (
    ImpossibleMoveError,
    attempt_started,
    close,
    next_move,
    receipt,
    verdict,
)
from custom_components.reliable_notifications.engine.delivery.moves import Over, Wait
from custom_components.reliable_notifications.engine.vocabulary import (
    AttemptResult,
    Evidence,
    IntentState,
    Priority,
)

from .intents import (
    CALM,
    DEADLINE,
    ECHO,
    LIST,
    MAIL,
    NOW,
    PHONE,
    RADIO,
    TABLET,
    WORRYING,
    answer,
    ask,
    asked,
    intent,
    says,
)


def test_the_first_proof_ends_the_intent() -> None:
    delivery = intent(PHONE, LIST)

    assert asked(delivery) == "phone"
    done = answer(delivery, Evidence.ACCEPTED, NOW + 0.4)

    assert done.state is IntentState.DONE
    assert (done.evidence, done.channel_id) == (Evidence.ACCEPTED, "phone")
    assert (done.proven_at, done.finished_at) == (NOW + 0.4, NOW + 0.4)
    assert done.attempts == 1
    assert next_move(done, NOW + 1) == Over(state=IntentState.DONE, reason=done.reason)


def test_while_a_channel_is_asked_nothing_else_happens() -> None:
    asking = ask(intent(PHONE, LIST))

    assert asking.state is IntentState.SENDING
    assert next_move(asking, NOW) == Wait(until=None)
    assert next_move(asking, DEADLINE + 9) == Wait(until=None)


@pytest.mark.parametrize(
    "failure",
    [Evidence.REFUSED, Evidence.UNREACHABLE, Evidence.TIMED_OUT, Evidence.UNKNOWN],
)
def test_after_a_failure_the_next_channel_is_asked_at_once(failure: Evidence) -> None:
    delivery = answer(intent(PHONE, MAIL, LIST), failure)

    assert asked(delivery) == "mail"
    assert delivery.evidence is failure
    assert delivery.proven_at is None


@pytest.mark.parametrize("priority", CALM)
def test_dispatched_ends_a_calm_intent_unverified(priority: Priority) -> None:
    done = answer(intent(ECHO, PHONE, LIST, priority=priority), Evidence.DISPATCHED)

    assert done.state is IntentState.DONE
    assert done.evidence is Evidence.DISPATCHED
    assert done.proven_at is None
    assert done.reason.startswith("Unverified")


@pytest.mark.parametrize("priority", WORRYING)
def test_dispatched_is_not_enough_where_a_miss_matters(priority: Priority) -> None:
    delivery = intent(ECHO, RADIO, PHONE, LIST, priority=priority)

    told = answer(delivery, Evidence.DISPATCHED)

    assert asked(told) == "phone"  # the radio could prove no more than the Echo
    assert answer(told, Evidence.ACCEPTED).evidence is Evidence.ACCEPTED


def test_where_nothing_can_prove_an_urgent_intent_ends_unverified() -> None:
    delivery = intent(ECHO, LIST, priority=Priority.URGENT)

    told = answer(delivery, Evidence.DISPATCHED)
    assert asked(told) == "list"
    done = answer(told, Evidence.DISPATCHED)

    assert done.state is IntentState.DONE
    assert (done.evidence, done.channel_id) == (Evidence.DISPATCHED, "echo")


@pytest.mark.parametrize("priority", list(Priority))
def test_the_last_resort_does_not_keep_the_phone_from_being_tried(
    priority: Priority,
) -> None:
    delivery = answer(intent(PHONE, LIST, priority=priority), Evidence.UNREACHABLE)
    shown = answer(delivery, Evidence.DISPATCHED)

    assert shown.state is IntentState.WAITING
    assert next_move(shown, NOW) == Wait(until=NOW + 1.0)
    assert asked(shown, NOW + 1.0) == "phone"
    done = answer(shown, Evidence.ACCEPTED, NOW + 1.2)
    assert (done.state, done.evidence) == (IntentState.DONE, Evidence.ACCEPTED)


def test_a_channel_that_cannot_prove_is_tried_again_after_the_last_resort() -> None:
    delivery = answer(intent(ECHO, LIST), Evidence.UNREACHABLE)
    shown = answer(delivery, Evidence.DISPATCHED)

    assert asked(shown, NOW + 1.0) == "echo"
    again = answer(shown, Evidence.DISPATCHED, NOW + 1.0)
    assert again.state is IntentState.DONE


def test_refusals_alone_end_the_intent() -> None:
    delivery = answer(intent(PHONE, MAIL), Evidence.REFUSED)
    over = answer(delivery, Evidence.REFUSED)

    assert over.state is IntentState.FAILED
    assert over.evidence is Evidence.REFUSED
    assert over.finished_at == NOW


def test_what_refused_is_not_asked_in_the_next_round() -> None:
    delivery = answer(intent(PHONE, TABLET), Evidence.REFUSED)
    waiting = answer(delivery, Evidence.UNREACHABLE)

    assert waiting.state is IntentState.WAITING
    assert asked(waiting, NOW + 1) == "tablet"


@pytest.mark.parametrize("doubtful", [Evidence.TIMED_OUT, Evidence.UNKNOWN])
def test_what_may_have_arrived_is_repeated_only_where_it_replaces(
    doubtful: Evidence,
) -> None:
    mail = answer(intent(MAIL), doubtful)
    phone = answer(intent(PHONE), doubtful)

    assert mail.state is IntentState.FAILED
    assert asked(phone, NOW + 1) == "phone"


def test_pauses_grow_from_round_to_round() -> None:
    delivery, now, pauses = intent(PHONE), NOW, []
    for _ in range(8):
        delivery = answer(delivery, Evidence.UNREACHABLE, now)
        move = next_move(delivery, now)
        assert isinstance(move, Wait)
        assert move.until is not None
        pauses.append(move.until - now)
        now = move.until

    assert pauses == [1, 3, 10, 30, 120, 600, 1800, 1800]
    assert delivery.tracks[0].failures == delivery.attempts == 8


def test_nothing_is_sent_after_the_deadline() -> None:
    expired = next_move(intent(PHONE), DEADLINE)

    assert isinstance(expired, Over)
    assert expired.state is IntentState.EXPIRED


def test_what_was_shown_by_the_deadline_is_unverified_not_expired() -> None:
    delivery = answer(intent(PHONE, LIST), Evidence.UNREACHABLE)
    shown = answer(delivery, Evidence.DISPATCHED)

    over = next_move(shown, DEADLINE)

    assert isinstance(over, Over)
    assert over.state is IntentState.DONE
    assert close(shown, over, DEADLINE).reason.startswith("Unverified: list")


def test_no_pause_leads_past_the_deadline() -> None:
    waiting = answer(intent(PHONE), Evidence.UNREACHABLE, DEADLINE - 0.5)

    assert next_move(waiting, DEADLINE - 0.4) == Wait(until=DEADLINE)


def test_a_held_intent_waits_and_then_goes() -> None:
    held = replace(intent(PHONE), state=IntentState.HELD, wake_at=NOW + 5 * 3600)

    assert next_move(held, NOW) == Wait(until=NOW + 5 * 3600)
    assert asked(held, NOW + 5 * 3600) == "phone"
    assert ask(held, NOW + 5 * 3600).wake_at is None


def test_a_clock_that_was_set_back_does_not_lengthen_a_pause() -> None:
    waiting = answer(intent(PHONE), Evidence.UNREACHABLE)

    assert asked(waiting, NOW - 3600) == "phone"


def test_rounds_end_even_if_the_clock_never_reaches_the_deadline() -> None:
    delivery, now = intent(PHONE), NOW
    for _ in range(1000):
        if delivery.state.is_terminal:
            break
        delivery = answer(delivery, Evidence.UNREACHABLE, now)
        now -= 1.0

    assert delivery.state is IntentState.FAILED


def test_an_intent_without_steps_fails() -> None:
    over = next_move(intent(), NOW)

    assert isinstance(over, Over)
    assert over.state is IntentState.FAILED
    with pytest.raises(ImpossibleMoveError):
        verdict(intent(PHONE), 0, AttemptResult(evidence=Evidence.ACCEPTED), NOW)


def test_a_receipt_raises_the_evidence() -> None:
    done = answer(intent(PHONE), Evidence.ACCEPTED, NOW)

    delivered = receipt(done, Evidence.DELIVERED, NOW + 2)
    seen = receipt(delivered, Evidence.SEEN, NOW + 60)

    assert seen.evidence is Evidence.SEEN
    assert (seen.proven_at, seen.finished_at) == (NOW, NOW)
    assert seen.state is IntentState.DONE


def test_a_receipt_is_idempotent_and_never_lowers() -> None:
    seen = receipt(answer(intent(PHONE), Evidence.ACCEPTED), Evidence.SEEN, NOW + 1)

    assert receipt(seen, Evidence.SEEN, NOW + 2) == seen
    assert receipt(seen, Evidence.DELIVERED, NOW + 2) == seen


def test_a_receipt_proves_what_was_unverified() -> None:
    done = answer(intent(PHONE), Evidence.DISPATCHED)

    proven = receipt(done, Evidence.DELIVERED, NOW + 3)

    assert (proven.evidence, proven.proven_at) == (Evidence.DELIVERED, NOW + 3)
    assert proven.channel_id == "phone"


def test_a_receipt_ends_an_intent_that_waits() -> None:
    waiting = answer(intent(PHONE, MAIL), Evidence.TIMED_OUT)

    done = receipt(waiting, Evidence.DELIVERED, NOW + 3, channel_id="phone")

    assert done.state is IntentState.DONE
    assert asked(done) is None
    assert done.channel_id == "phone"


def test_a_receipt_may_be_quicker_than_the_answer() -> None:
    asking = ask(intent(PHONE))

    done = receipt(asking, Evidence.DELIVERED, NOW + 0.2, channel_id="phone")
    after = says(done, "phone", Evidence.UNREACHABLE, NOW + 4)

    assert (after.state, after.evidence) == (IntentState.DONE, Evidence.DELIVERED)
    assert not after.is_asking


def test_a_late_answer_still_raises_the_evidence() -> None:
    cancelled = close(
        ask(intent(PHONE)),
        Over(state=IntentState.CANCELLED, reason="no longer true"),
        NOW,
    )

    late = says(cancelled, "phone", Evidence.ACCEPTED, NOW + 1)

    assert late.state is IntentState.CANCELLED
    assert (late.evidence, late.proven_at) == (Evidence.ACCEPTED, NOW + 1)


def test_news_that_proves_nothing_ends_nothing() -> None:
    waiting = answer(intent(PHONE, MAIL), Evidence.REFUSED)

    known = receipt(waiting, Evidence.TIMED_OUT, NOW)

    assert known.evidence is Evidence.TIMED_OUT
    assert asked(known) == "mail"


@pytest.mark.parametrize("end", [state for state in IntentState if state.is_terminal])
def test_an_end_is_final(end: IntentState) -> None:
    over = close(intent(PHONE), Over(state=end, reason="so"), NOW)

    assert over.state is end
    with pytest.raises(ImpossibleMoveError):
        close(over, Over(state=IntentState.FAILED, reason="again"), NOW)
    with pytest.raises(ImpossibleMoveError):
        attempt_started(over, 0, NOW)


def test_an_answer_needs_a_question() -> None:
    with pytest.raises(ImpossibleMoveError):
        verdict(intent(PHONE), 0, AttemptResult(evidence=Evidence.ACCEPTED), NOW)


def test_what_is_being_asked_is_not_asked_beside_itself() -> None:
    with pytest.raises(ImpossibleMoveError):
        attempt_started(ask(intent(PHONE)), 0, NOW)
