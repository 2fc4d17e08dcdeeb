"""Several channels at once, by the clock and by what is known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from custom_components.reliable_notifications.engine.delivery.lifecycle import (
    after_crash,
    close,
    late_verdict,
    next_move,
    put_off,
    receipt,
    verdict,
)
from custom_components.reliable_notifications.engine.delivery.moves import (
    Over,
    Send,
    Wait,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    AttemptResult,
    Cue,
    Evidence,
    IntentState,
)

from .intents import (
    DEADLINE,
    ECHO,
    LIST,
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

THREE = hedged(at(PHONE, 0.0), at(TABLET, 1.0), at(MAIL, 2.0), at(LIST, 2.5))
ACKNOWLEDGED = tuple(Cue(Evidence.ACKNOWLEDGED, 60.0 * n) for n in (2, 5, 10))


def test_the_second_channel_does_not_wait_for_the_first_to_fail() -> None:
    phone = ask(THREE)

    assert next_move(phone, NOW) == Wait(until=NOW + 1.0)
    both = ask(phone, NOW + 1.0)
    assert [track.asking for track in both.tracks] == [True, True, False, False]
    assert both.state is IntentState.SENDING
    assert asked(both, NOW + 2.0) == "mail"


def test_the_first_proof_makes_the_rest_needless() -> None:
    both = ask(ask(THREE), NOW + 1.0)

    done = says(both, "tablet", Evidence.ACCEPTED, NOW + 1.3)

    assert done.state is IntentState.DONE  # the phone may still answer, or not
    assert (done.evidence, done.channel_id) == (Evidence.ACCEPTED, "tablet")
    assert done.proven_at == NOW + 1.3
    late = says(done, "phone", Evidence.DELIVERED, NOW + 3.0)
    assert (late.state, late.evidence) == (IntentState.DONE, Evidence.DELIVERED)
    assert late.finished_at == NOW + 1.3


def test_a_quick_failure_calls_the_next_one_at_once() -> None:
    delivery = hedged(
        at(PHONE, 0.0), at(TABLET, Cue(Evidence.ACCEPTED), Cue(Evidence.ACCEPTED, 1.0))
    )

    failed = answer(delivery, Evidence.UNREACHABLE, NOW + 0.1)

    assert asked(failed, NOW + 0.1) == "tablet"


def test_speakers_are_asked_beside_the_phone() -> None:
    phone = ask(hedged(at(PHONE, 0.0), at(ECHO, 0.0), at(LIST, 2.5)))

    assert asked(phone) == "echo"


def test_a_retry_does_not_push_a_new_channel_aside() -> None:
    failed = answer(THREE, Evidence.UNREACHABLE, NOW, jitter=0.1)  # again in 0.2 s

    assert asked(failed, NOW + 1.0) == "tablet"
    assert asked(ask(failed, NOW + 1.0), NOW + 1.0) == "phone"


def test_a_step_without_a_time_never_runs_beside_another() -> None:
    failed = answer(intent(PHONE, MAIL), Evidence.UNREACHABLE, NOW)
    asking = ask(failed)

    assert asking.tracks[1].asking
    # the phone has rested long enough, but the mail may still do it
    assert next_move(asking, NOW + 5.0) == Wait(until=None)
    assert asked(says(asking, "mail", Evidence.REFUSED, NOW + 5), NOW + 5) == "phone"


def test_a_channel_that_rests_is_passed_over() -> None:
    resting = {"phone": NOW + 30.0}

    assert next_move(intent(PHONE, MAIL), NOW, resting) == Send(
        step=1, channel_id="mail"
    )
    assert next_move(intent(PHONE), NOW, resting) == Wait(until=NOW + 30.0)
    assert asked(intent(PHONE), NOW + 30.0) == "phone"


def test_what_cannot_be_asked_now_is_put_off() -> None:
    held = replace(intent(PHONE), state=IntentState.HELD, wake_at=NOW)

    assert put_off(intent(PHONE), NOW).state is IntentState.WAITING
    released = put_off(held, NOW + 5.0)
    assert (released.state, released.released_at) == (IntentState.WAITING, NOW + 5.0)
    assert asked(released, NOW + 30.0) == "phone"


@pytest.mark.parametrize("hint", [None, NOW + 0.5, NOW + 90.0])
def test_a_throttled_channel_is_asked_again_when_it_said(hint: float | None) -> None:
    asking = ask(intent(PHONE))
    result = AttemptResult(evidence=Evidence.UNREACHABLE, retry_at=hint)

    again = verdict(asking, 0, result, NOW, jitter=1.0)

    assert next_move(again, NOW) == Wait(until=max(NOW + 1.0, hint or 0.0))


def test_no_receipt_in_time_brings_in_the_next_channel() -> None:
    delivery = hedged(
        at(PHONE, 0.0),
        at(MAIL, Cue(Evidence.ACCEPTED, 1.0), Cue(Evidence.DELIVERED, 30.0)),
    )
    told = answer(delivery, Evidence.ACCEPTED)

    assert told.state is IntentState.WAITING
    assert next_move(told, NOW) == Wait(until=NOW + 30.0)
    assert asked(told, NOW + 30.0) == "mail"
    confirmed = receipt(told, Evidence.DELIVERED, NOW + 5.0, channel_id="phone")
    assert confirmed.state is IntentState.DONE


def test_received_but_not_seen_is_another_matter() -> None:
    delivery = hedged(
        at(PHONE, 0.0),
        at(MAIL, Cue(Evidence.DELIVERED, 30.0), Cue(Evidence.SEEN, 120.0)),
    )
    told = receipt(answer(delivery, Evidence.ACCEPTED), Evidence.DELIVERED, NOW + 5.0)

    assert asked(told, NOW + 30.0) is None
    assert asked(told, NOW + 120.0) == "mail"
    seen = receipt(told, Evidence.SEEN, NOW + 60.0)
    assert seen.state is IntentState.DONE


def test_repeats_ring_until_somebody_acknowledges() -> None:
    told = answer(hedged(at(PHONE, 0.0), repeats=ACKNOWLEDGED), Evidence.ACCEPTED)

    assert next_move(told, NOW) == Wait(until=NOW + 120.0)
    assert asked(told, NOW + 120.0) == "phone"
    again = answer(told, Evidence.ACCEPTED, NOW + 120.0)
    assert next_move(again, NOW + 121.0) == Wait(until=NOW + 300.0)
    seen = receipt(again, Evidence.SEEN, NOW + 130.0)
    assert seen.state is IntentState.WAITING
    over = receipt(seen, Evidence.ACKNOWLEDGED, NOW + 140.0)
    assert over.state is IntentState.DONE
    assert asked(over, NOW + 300.0) is None


def test_a_repeat_that_is_going_on_is_not_the_last_one() -> None:
    """All channels ring at once, so that none is left to be asked meanwhile."""
    both = (at(each, Cue(Evidence.SEEN, 0.0)) for each in (PHONE, TABLET))
    plan = hedged(*both, repeats=ACKNOWLEDGED)
    told = answer(answer(plan, Evidence.ACCEPTED), Evidence.ACCEPTED)
    now = NOW + 120.0
    ringing = ask(ask(told, now), now)

    assert ringing.is_asking
    assert next_move(ringing, now) == Wait(until=None)
    one = says(ringing, "phone", Evidence.ACCEPTED, now + 1)
    rung = says(one, "tablet", Evidence.ACCEPTED, now + 1)
    assert next_move(rung, now + 1) == Wait(until=NOW + 300.0)

    # the last one is the last one
    later = replace(
        ringing, tracks=tuple(replace(each, rings=3) for each in ringing.tracks)
    )
    assert isinstance(next_move(later, now), Over)


def test_repeats_have_an_end() -> None:
    delivery = answer(hedged(at(PHONE, 0.0), repeats=ACKNOWLEDGED), Evidence.ACCEPTED)
    for minute in (2, 5, 10):
        assert delivery.state is IntentState.WAITING
        delivery = answer(delivery, Evidence.ACCEPTED, NOW + minute * 60.0)

    assert delivery.state is IntentState.DONE
    assert delivery.evidence is Evidence.ACCEPTED
    assert delivery.attempts == 4


def test_after_a_long_absence_one_repeat_stands_for_all_that_were_missed() -> None:
    told = answer(hedged(at(PHONE, 0.0), repeats=ACKNOWLEDGED), Evidence.ACCEPTED)

    back = answer(told, Evidence.ACCEPTED, NOW + 400.0)

    assert back.tracks[0].rings == back.rings_of(PHONE.channel_id) == 2
    assert back.rings_of("fax") == 0
    assert next_move(back, NOW + 400.0) == Wait(until=NOW + 600.0)


def test_who_is_told_late_is_not_reminded_at_once_of_what_was_due_before() -> None:
    told = hedged(at(PHONE, 0.0), at(TABLET, 121.0), repeats=ACKNOWLEDGED)
    told = replace(told, released_at=NOW)
    late = answer(told, Evidence.UNREACHABLE, NOW)
    late = replace(late, tracks=(replace(late.tracks[0], settled=True), late.tracks[1]))

    late = answer(late, Evidence.ACCEPTED, NOW + 121.0)

    assert late.tracks[1].rings == 1
    assert next_move(late, NOW + 121.0) == Wait(until=NOW + 300.0)


def test_only_what_replaces_is_repeated_and_never_the_last_resort() -> None:
    told = hedged(at(MAIL, 0.0), at(ECHO, 0.0), at(LIST, 0.0), repeats=ACKNOWLEDGED)
    for evidence in (Evidence.DISPATCHED, Evidence.DISPATCHED, Evidence.DISPATCHED):
        told = answer(told, evidence)

    assert told.state is IntentState.DONE


def test_a_repeat_that_fails_waits_for_the_next_one() -> None:
    told = answer(hedged(at(PHONE, 0.0), repeats=ACKNOWLEDGED), Evidence.ACCEPTED)

    failed = answer(told, Evidence.UNREACHABLE, NOW + 120.0)

    assert failed.evidence is Evidence.ACCEPTED
    assert next_move(failed, NOW + 121.0) == Wait(until=NOW + 300.0)


def test_a_clock_set_back_holds_no_channel_back() -> None:
    phone = ask(THREE)

    assert asked(phone, NOW - 3600.0) == "tablet"


def test_at_the_deadline_calls_in_the_air_are_waited_for() -> None:
    both = ask(ask(THREE), NOW + 1.0)

    assert next_move(both, DEADLINE) == Wait(until=None)
    one = says(both, "phone", Evidence.UNREACHABLE, DEADLINE + 1)
    none = says(one, "tablet", Evidence.UNREACHABLE, DEADLINE + 2)
    assert none.state is IntentState.EXPIRED


def test_what_was_proven_does_not_expire() -> None:
    told = answer(hedged(at(PHONE, 0.0), repeats=ACKNOWLEDGED), Evidence.ACCEPTED)

    over = next_move(told, DEADLINE)

    assert isinstance(over, Over)
    assert over.state is IntentState.DONE
    assert over.reason == "accepted by phone"


def test_a_late_success_ends_the_doubt() -> None:
    timed_out = says(ask(THREE), "phone", Evidence.TIMED_OUT, NOW + 0.5)

    late = late_verdict(
        timed_out, 0, AttemptResult(evidence=Evidence.ACCEPTED), NOW + 0.9
    )

    assert (late.state, late.evidence) == (IntentState.DONE, Evidence.ACCEPTED)


def test_a_late_failure_lets_a_mail_be_sent_again() -> None:
    doubtful = answer(hedged(at(MAIL, 0.0), at(LIST, 60.0)), Evidence.TIMED_OUT)
    assert asked(doubtful, NOW + 30.0) is None  # it may have arrived
    no = AttemptResult(evidence=Evidence.UNREACHABLE)

    known = late_verdict(doubtful, 0, no, NOW + 20.0)

    assert asked(known, NOW + 21.0) == "mail"


def test_a_late_refusal_is_final() -> None:
    doubtful = answer(hedged(at(PHONE, 0.0), at(LIST, 60.0)), Evidence.TIMED_OUT)
    no = AttemptResult(evidence=Evidence.REFUSED)

    known = late_verdict(doubtful, 0, no, NOW + 0.5)

    assert asked(known, NOW + 30.0) is None


@pytest.mark.parametrize("late", [Evidence.UNREACHABLE, Evidence.TIMED_OUT])
def test_while_it_is_asked_again_a_late_failure_says_nothing(late: Evidence) -> None:
    doubtful = answer(hedged(at(PHONE, 0.0), at(LIST, 60.0)), Evidence.TIMED_OUT)
    again = ask(doubtful, NOW + 1.0)

    assert late_verdict(again, 0, AttemptResult(evidence=late), NOW + 2.0) == again


@pytest.mark.parametrize(
    ("late", "rings"), [(Evidence.REFUSED, False), (Evidence.UNREACHABLE, True)]
)
def test_a_repeat_that_was_refused_too_late_was_the_last(
    late: Evidence, rings: bool
) -> None:
    """A failure is no reason to give up what has told it once; a refusal is."""
    told = answer(hedged(at(PHONE, 0.0), repeats=ACKNOWLEDGED), Evidence.ACCEPTED)
    hung = answer(told, Evidence.TIMED_OUT, NOW + 120.0)

    known = late_verdict(hung, 0, AttemptResult(evidence=late), NOW + 150.0)

    assert (asked(known, NOW + 300.0) == "phone") is rings
    assert known.evidence is Evidence.ACCEPTED


def test_several_calls_in_doubt_after_a_crash() -> None:
    phone, mail = at(PHONE, 0.0), at(MAIL, 0.0)
    asking = ask(ask(hedged(phone, mail, at(LIST, 2.5))))

    back = after_crash(asking, NOW + 9.0)

    assert not back.is_asking
    assert back.evidence is Evidence.UNKNOWN
    assert asked(back, NOW + 9.0) == "list"  # was never asked, and goes first
    assert asked(ask(back, NOW + 9.0), NOW + 9.0) == "phone"
    both = ask(ask(back, NOW + 9.0), NOW + 9.0)
    assert next_move(both, NOW + 9.0) == Wait(until=None)  # no second mail


def test_a_held_intent_counts_its_times_from_the_release() -> None:
    held = replace(THREE, state=IntentState.HELD, wake_at=NOW + 100.0)

    assert next_move(held, NOW) == Wait(until=NOW + 100.0)
    assert receipt(held, Evidence.DELIVERED, NOW).state is IntentState.HELD
    going = ask(held, NOW + 100.0)
    assert going.released_at == NOW + 100.0
    assert next_move(going, NOW + 100.0) == Wait(until=NOW + 101.0)


def test_a_cancelled_intent_asks_nobody_any_more() -> None:
    told = answer(hedged(at(PHONE, 0.0), repeats=ACKNOWLEDGED), Evidence.ACCEPTED)

    over = close(told, Over(state=IntentState.RESOLVED, reason="door opened"), NOW + 9)

    assert asked(over, NOW + 120.0) is None
    assert over.proven_at == NOW
