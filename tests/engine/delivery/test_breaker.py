"""When a channel is let alone, for how long, and what makes it good again."""

from __future__ import annotations

import pytest

from custom_components.reliable_notifications.engine.delivery.breaker import (
    FIRST_REST,
    LONGEST_REST,
    Breaker,
    asked,
    heard,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    AttemptResult,
    Evidence,
    Trouble,
)

NOW = 1_790_000_000.0
FINE = Breaker()
YES = AttemptResult(evidence=Evidence.DISPATCHED)


def no(trouble: Trouble | None, retry_at: float | None = None) -> AttemptResult:
    return AttemptResult(
        evidence=Evidence.UNREACHABLE,
        trouble=trouble,
        retry_at=retry_at,
        detail="no network",
    )


def after(*results: tuple[float, AttemptResult], breaker: Breaker = FINE) -> Breaker:
    """Calls that begin and answer at these seconds."""
    for second, result in results:
        breaker = heard(breaker, result, NOW + second, NOW + second)
    return breaker


OUT = no(Trouble.OUTAGE)
OPEN = after((0, OUT), (1, OUT), (2, OUT))


@pytest.mark.parametrize("trouble", [Trouble.OUTAGE, Trouble.SILENCE])
def test_three_failures_in_a_row_open_it(trouble: Trouble) -> None:
    failure = no(trouble)

    two = after((0, failure), (1, failure))
    three = after((0, failure), (1, failure), (2, failure))

    assert two.rests_until(NOW + 1) is None
    assert not two.is_down
    assert three.rests_until(NOW + 2) == NOW + 2 + FIRST_REST
    assert three.is_down
    assert (three.trouble, three.detail) == (trouble, "no network")
    assert three.failing_since == NOW


def test_a_success_in_between_starts_the_count_anew() -> None:
    assert after((0, OUT), (1, OUT), (2, YES), (3, OUT)).failures == 1


def test_a_blow_that_hits_many_calls_counts_once() -> None:
    breaker = FINE
    for _ in range(8):  # all began before the first of them failed
        breaker = heard(breaker, OUT, NOW, NOW + 4)

    assert breaker.failures == 1


def test_three_failures_within_a_second_are_a_hiccup() -> None:
    quick = after((0, OUT), (0.2, OUT), (0.4, OUT))

    assert not quick.is_down
    assert after((1.1, OUT), breaker=quick).is_down


def test_a_clock_set_back_does_not_hide_failures() -> None:
    failing = after((0, OUT), (1, OUT))

    assert heard(failing, OUT, NOW - 3600, NOW - 3600).failures == 3


def test_after_the_rest_one_call_is_the_probe() -> None:
    free = NOW + 2 + FIRST_REST
    assert OPEN.rests_until(free) is None

    probing = asked(OPEN, free, patience=4.0)

    assert probing.rests_until(free + 1) == free + 4.0
    assert heard(probing, YES, free, free + 1) == FINE


def test_a_probe_that_fails_doubles_the_rest() -> None:
    breaker, now, rests = OPEN, NOW + 2, []
    for _ in range(7):
        until = breaker.rests_until(now)
        assert until is not None
        rests.append(until - now)
        now = until
        breaker = heard(asked(breaker, now, 0.0), OUT, now, now)

    assert rests == [30, 60, 120, 240, 480, LONGEST_REST, LONGEST_REST]


def test_a_call_on_a_channel_that_fares_well_changes_nothing() -> None:
    assert asked(FINE, NOW, 4.0) == FINE


@pytest.mark.parametrize("trouble", [Trouble.LOGIN, Trouble.BLOCKED])
def test_a_login_that_is_refused_opens_it_at_once(trouble: Trouble) -> None:
    breaker = after((0, no(trouble)))

    assert breaker.is_down
    assert breaker.rests_until(NOW) == NOW + FIRST_REST


@pytest.mark.parametrize("trouble", [Trouble.THROTTLED, Trouble.USED_UP])
@pytest.mark.parametrize(("hint", "until"), [(None, 1.0), (0.1, 1.0), (7200.0, 7200.0)])
def test_a_hint_says_how_long(
    trouble: Trouble, hint: float | None, until: float
) -> None:
    result = no(trouble, None if hint is None else NOW + hint)

    assert after((0, result)).rests_until(NOW) == NOW + until


@pytest.mark.parametrize("trouble", [Trouble.MISSING, Trouble.SETTINGS])
def test_what_says_no_at_once_is_down_but_costs_nothing_to_ask(
    trouble: Trouble,
) -> None:
    gone = no(trouble)
    breaker = after((0, gone), (1, gone), (2, gone), (3, gone))

    assert breaker.is_down
    assert breaker.rests_until(NOW + 3) is None


@pytest.mark.parametrize(
    "trouble", [Trouble.REJECTED, Trouble.UNVERIFIED, Trouble.OPTED_OUT, None]
)
def test_what_a_message_did_wrong_says_nothing_of_the_channel(
    trouble: Trouble | None,
) -> None:
    assert after(*((n, no(trouble)) for n in range(9))) == FINE
