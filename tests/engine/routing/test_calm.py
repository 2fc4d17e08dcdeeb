"""When a message is told, held, kept for the digest, or dropped."""

from __future__ import annotations

from math import inf

import pytest

from custom_components.reliable_notifications.engine.routing.calm import ASK_AGAIN
from custom_components.reliable_notifications.engine.routing.policy import SERVICE_TEAM
from custom_components.reliable_notifications.engine.vocabulary import (
    EVERY_CHANNEL,
    DigestWish,
    InterruptionLevel,
    Outcome,
    PersonFacts,
    Priority,
    Snooze,
    Span,
)

from .household import (
    AWAY,
    HOME,
    HOUR,
    MINUTE,
    NIGHT,
    NOON,
    QUIET,
    UNKNOWN,
    at,
    decided,
    event,
    facts,
    keys,
    only,
    person,
    would,
)

URGENT, HIGH, MEDIUM, LOW = Priority
MORNING = at("2026-11-25 07:00")
EIGHT = DigestWish(minute=8 * 60)


def test_medium_waits_for_the_end_of_quiet_hours() -> None:
    decision = only(decided(event(at=NIGHT), person(quiet=(QUIET,))))

    assert decision.outcome is Outcome.HOLD
    assert decision.hold is not None
    assert (decision.hold.until, decision.hold.why) == (MORNING, "quiet")
    # news for as long as it would have been, counted from then
    assert decision.deadline == MORNING + 6 * HOUR
    assert {"if_after_quiet", "if_urgent"} <= would(decision)
    assert decision.plan is not None  # carried out, should nobody decide again


def test_the_households_quiet_hours_count_too() -> None:
    decision = only(
        decided(event(at=NIGHT), person(), known=facts(NIGHT, quiet=(QUIET,)))
    )

    assert decision.outcome is Outcome.HOLD


def test_high_passes_quiet_hours_and_says_so() -> None:
    decision = only(decided(event(HIGH, at=NIGHT), person(quiet=(QUIET,))))

    assert decision.outcome is Outcome.DELIVER
    assert decision.level is InterruptionLevel.TIME_SENSITIVE
    assert "passes" in keys(decision)


def test_urgent_passes_everything_and_says_what() -> None:
    wishes = person(
        quiet=(QUIET,),
        sleep=(QUIET,),
        snoozes=(Snooze(source=None, until=None),),
        digest=EIGHT,
        least={"phone": URGENT},
    )
    known = facts(
        NIGHT,
        anna=PersonFacts(home=False, asleep=True, do_not_disturb=True),
        vacation=True,
        paused_until=inf,
        off_categories=frozenset({"appliance"}),
    )

    decision = only(decided(event(URGENT, at=NIGHT), wishes, known=known))

    assert decision.outcome is Outcome.DELIVER
    assert decision.hold is None
    passed = {r.data["what"] for r in decision.reasons if r.key == "passes"}
    assert passed == {
        *("paused", "snoozed", "vacation", "nobody_home", "do_not_disturb"),
        *("asleep", "quiet"),
    }
    assert decision.facts["paused"] is True
    assert decision.facts["paused_until"] is None
    assert would(decision) == set()


@pytest.mark.parametrize("priority", [HIGH, MEDIUM, LOW])
def test_pause_holds_all_but_what_is_urgent(priority: Priority) -> None:
    known = facts(paused_until=NOON + HOUR)

    decision = only(decided(event(priority), person(), known=known))

    assert decision.outcome is Outcome.HOLD
    assert decision.hold is not None
    assert decision.hold.until == NOON + HOUR
    assert "if_not_paused" in would(decision)


def test_a_pause_that_is_over_holds_nothing() -> None:
    decision = only(decided(event(), person(), known=facts(paused_until=NOON)))

    assert decision.outcome is Outcome.DELIVER
    assert decision.facts["paused"] is False


def test_a_pause_without_an_end_waits_for_somebody() -> None:
    decision = only(decided(event(HIGH), person(), known=facts(paused_until=inf)))

    assert decision.hold is not None
    assert decision.hold.until is None
    assert decision.deadline == NOON + 12 * HOUR


@pytest.mark.parametrize(
    ("snooze", "outcome"),
    [
        (Snooze(source="washer", until=NOON + HOUR), Outcome.HOLD),
        (Snooze(source="washer", until=None), Outcome.HOLD),
        (Snooze(source=None, until=NOON + HOUR), Outcome.HOLD),
        (Snooze(source="washer", until=NOON), Outcome.DELIVER),
        (Snooze(source="dryer", until=None), Outcome.DELIVER),
    ],
)
def test_a_snooze_is_for_an_appliance_or_for_everything(
    snooze: Snooze, outcome: Outcome
) -> None:
    decision = only(decided(event(HIGH), person(snoozes=(snooze,))))

    assert decision.outcome is outcome
    if decision.hold is not None:
        assert decision.hold.until == snooze.until


def test_what_holds_longest_counts() -> None:
    snoozed = (Snooze(source=None, until=MORNING + HOUR),)

    decision = only(decided(event(at=NIGHT), person(quiet=(QUIET,), snoozes=snoozed)))

    assert decision.hold is not None
    assert decision.hold.until == MORNING + HOUR
    assert decision.hold.why == "snoozed,quiet"


def test_a_sleeper_is_asked_again_where_no_time_is_known() -> None:
    asleep = facts(anna=PersonFacts(home=True, asleep=True))

    decision = only(decided(event(), person(), known=asleep))

    assert decision.outcome is Outcome.HOLD
    assert decision.hold is not None
    assert decision.hold.until == NOON + ASK_AGAIN


def test_the_times_of_sleep_stand_in_for_a_sensor() -> None:
    bed = Span(start=23 * 60, end=6 * 60 + 30)
    sleeper = person(sleep=(bed,))

    unknown = only(decided(event(at=NIGHT), sleeper))
    awake = only(decided(event(at=NIGHT), sleeper, known=facts(NIGHT, anna=HOME)))

    assert unknown.hold is not None
    assert unknown.hold.until == at("2026-11-25 06:30")
    assert awake.outcome is Outcome.DELIVER


def test_high_spares_who_sleeps_while_somebody_is_awake() -> None:
    known = facts(anna=PersonFacts(home=True, asleep=True), ben=HOME)

    anna, ben = decided(event(HIGH), person("anna"), person("ben"), known=known)

    assert (anna.outcome, ben.outcome) == (Outcome.HOLD, Outcome.DELIVER)
    assert "if_awake" in would(anna)


@pytest.mark.parametrize("ben", [PersonFacts(asleep=True), UNKNOWN])
def test_high_wakes_who_sleeps_where_nobody_is_known_to_be_awake(
    ben: PersonFacts,
) -> None:
    known = facts(anna=PersonFacts(home=True, asleep=True), ben=ben)

    anna, _ = decided(event(HIGH), person("anna"), person("ben"), known=known)

    assert anna.outcome is Outcome.DELIVER
    assert "nobody_awake" in keys(anna)


@pytest.mark.parametrize(
    ("priority", "outcome"),
    [
        (URGENT, Outcome.DELIVER),
        (HIGH, Outcome.DELIVER),
        (MEDIUM, Outcome.HOLD),
        (LOW, Outcome.HOLD),
    ],
)
def test_do_not_disturb(priority: Priority, outcome: Outcome) -> None:
    known = facts(anna=PersonFacts(home=True, do_not_disturb=True))

    assert only(decided(event(priority), person(), known=known)).outcome is outcome


def test_low_goes_into_the_digest_of_who_wants_one() -> None:
    reader = only(decided(event(LOW), person(digest=EIGHT)))
    other = only(decided(event(LOW), person()))

    assert reader.outcome is Outcome.DIGEST
    assert reader.hold is not None
    assert reader.hold.until == at("2026-11-25 08:00")
    assert reader.deadline == at("2026-11-26 08:00")
    assert "if_no_digest" in would(reader)
    assert other.outcome is Outcome.DELIVER
    assert other.level is InterruptionLevel.PASSIVE


def test_a_digest_on_arrival_says_so() -> None:
    wish = DigestWish(minute=8 * 60, on_arrival=True)

    decision = only(decided(event(LOW), person(digest=wish)))

    assert decision.hold is not None
    assert decision.hold.for_arrival


@pytest.mark.parametrize(
    ("priority", "digest", "outcome"),
    [
        (HIGH, EIGHT, Outcome.DELIVER),
        (MEDIUM, EIGHT, Outcome.DIGEST),
        (MEDIUM, None, Outcome.DELIVER),  # a house-sitter's phone lies quiet
        (LOW, None, Outcome.DELIVER),
    ],
)
def test_vacation(
    priority: Priority, digest: DigestWish | None, outcome: Outcome
) -> None:
    known = facts(vacation=True)

    decision = only(decided(event(priority), person(digest=digest), known=known))

    assert decision.outcome is outcome


def test_what_spoils_is_told_now_or_never() -> None:
    soon = event(LOW, "almost_done", at=NIGHT)

    told = only(decided(event(LOW, "almost_done"), person(digest=EIGHT)))
    spoilt = only(decided(soon, person(quiet=(QUIET,), digest=EIGHT)))

    assert told.outcome is Outcome.DELIVER
    assert spoilt.outcome is Outcome.DROP
    assert {"stale_later", "quiet"} <= keys(spoilt)
    assert spoilt.plan is None


def test_what_corrects_is_told_without_a_sound_whenever_it_is() -> None:
    quiet = person(quiet=(QUIET,), digest=EIGHT)

    by_night = only(decided(event(LOW, "cycle_reopened", at=NIGHT), quiet))
    by_day = only(decided(event(LOW, "cycle_reopened"), quiet))
    louder = only(decided(event(HIGH, "cycle_reopened"), quiet))
    urgent = only(decided(event(URGENT, "cycle_reopened"), quiet))

    assert by_night.outcome is by_day.outcome is Outcome.DELIVER
    assert "corrects" in keys(by_night)
    assert keys(by_day) == set()
    assert louder.level is InterruptionLevel.PASSIVE
    assert urgent.level is InterruptionLevel.CRITICAL


def test_the_digest_itself_waits_but_is_in_no_digest() -> None:
    digest = event(LOW, "digest", at=NIGHT, category="digest")

    by_day = only(decided(event(LOW, "digest"), person(digest=EIGHT)))
    by_night = only(decided(digest, person(quiet=(QUIET,), digest=EIGHT)))

    assert by_day.outcome is Outcome.DELIVER
    assert by_night.outcome is Outcome.HOLD


def test_a_test_is_told_at_once() -> None:
    test = event(LOW, "test", at=NIGHT, is_test=True)

    assert only(decided(test, person(quiet=(QUIET,)))).outcome is Outcome.DELIVER


@pytest.mark.parametrize("priority", list(Priority))
def test_opted_out_is_never_told(priority: Priority) -> None:
    muted = person(muted=frozenset({("appliance", EVERY_CHANNEL)}))

    decision, *rest = decided(event(priority), muted)

    assert decision.outcome is Outcome.DROP
    assert "opted_out" in keys(decision)
    assert "if_opted_in" in would(decision)
    assert "if_urgent" not in would(decision)
    # what is urgent stands in Home Assistant's own list, on nobody's device
    assert [each.recipient_id for each in rest] == (
        ["household"] if priority is URGENT else []
    )


def test_a_category_that_is_switched_off() -> None:
    known = facts(off_categories=frozenset({"appliance"}))

    assert only(decided(event(HIGH), person(), known=known)).outcome is Outcome.DROP
    assert only(decided(event(URGENT), person(), known=known)).outcome is (
        Outcome.DELIVER
    )


def test_a_team_is_not_kept_waiting_by_who_is_home() -> None:
    known = facts(anna=AWAY)

    decision = only(decided(event(), person(), known=known, policies=SERVICE_TEAM))

    assert decision.outcome is Outcome.DELIVER


def test_what_is_told_says_what_another_hour_would_have_brought() -> None:
    decision = only(decided(event(), person(quiet=(QUIET,)), known=facts(anna=HOME)))

    assert decision.outcome is Outcome.DELIVER
    assert would(decision) == {"if_in_quiet_hours", "if_nobody_home"}


def test_a_channel_in_silence_is_asked_again_later() -> None:
    known = facts(anna=HOME, rooms={"kitchen": False})

    decision = only(decided(event(), person("anna", "kitchen"), known=known))

    assert decision.outcome is Outcome.HOLD
    assert decision.hold is not None
    assert decision.hold.until == NOON + 15 * MINUTE
    assert decision.hold.why == "nothing_heard"


def test_what_cannot_be_heard_now_and_spoils_is_dropped() -> None:
    known = facts(anna=HOME, rooms={"kitchen": False})
    cook = person("anna", "kitchen")

    spoilt = only(decided(event(LOW, "almost_done"), cook, known=known))
    corrected = only(decided(event(LOW, "cycle_reopened"), cook, known=known))

    assert spoilt.outcome is Outcome.DROP
    assert corrected.outcome is Outcome.DELIVER
