"""Which channels are used, in which order, and why not others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from custom_components.reliable_notifications.engine.routing.policy import SERVICE_TEAM
from custom_components.reliable_notifications.engine.vocabulary import (
    ChannelFacts,
    Contact,
    ContactKind,
    Cue,
    Decision,
    Evidence,
    Outcome,
    PersonFacts,
    Priority,
    Reason,
    Shape,
)

from .household import (
    ALL,
    AWAY,
    HOME,
    NIGHT,
    NOON,
    QUIET,
    UNKNOWN,
    VERIFIED,
    channel,
    decided,
    event,
    facts,
    keys,
    only,
    person,
    rule,
    ways,
    would,
)

URGENT, HIGH, MEDIUM, LOW = Priority
COOK = person("anna", "kitchen", "bath", "phone")
FULL = person("anna", "mail", "sms", "phone", "kitchen", contacts=VERIFIED)


def why(decision: Decision, channel_id: str) -> set[str]:
    return {str(r.key) for r in decision.reasons if r.channel_id == channel_id}


def test_a_channel_does_not_tell_of_itself() -> None:
    anna = person("anna", "phone", "tablet", "inbox")
    down = replace(event(HIGH), source="phone")

    decision = only(decided(down, anna))

    assert "phone" not in ways(decision)
    assert ways(decision)
    assert why(decision, "phone") == {"itself"}
    alone = only(decided(down, person("anna", "phone")))
    assert ways(alone) == []  # only the list of Home Assistant itself is left
    assert alone.outcome is Outcome.DELIVER
    assert ways(only(decided(event(HIGH), person("anna", "phone")))) == ["phone"]


def test_an_account_needs_a_verified_address_of_its_kind() -> None:
    mail = Contact(kind=ContactKind.EMAIL, value="anna@example.org")
    anna = person("anna", "mail", "sms", "phone", contacts=(mail,))

    decision = only(decided(event(HIGH), anna))

    assert ways(decision) == ["phone"]
    assert why(decision, "mail") == {"unverified"}
    assert why(decision, "sms") == {"no_contact"}
    assert Reason(key="if_verified", channel_id="mail") in decision.changes


def test_phones_and_speakers_go_before_texts_and_mail_where_it_matters() -> None:
    high = only(decided(event(HIGH), FULL, known=facts(anna=HOME)))
    medium = only(decided(event(), FULL, known=facts(anna=HOME)))

    assert ways(high) == ["phone", "mail", "sms", "kitchen"]
    assert ways(medium) == ["mail", "sms", "phone", "kitchen"]  # anna's own order


def test_a_team_is_told_by_all_ways_of_the_row_at_once() -> None:
    anna = person("anna", "phone", "kitchen", "inbox", "mail", "sms", contacts=VERIFIED)
    expected = {
        URGENT: ({"mail", "sms", "inbox"}, ["phone", "kitchen"]),
        HIGH: ({"sms", "inbox"}, ["phone", "mail"]),
        MEDIUM: ({"mail", "inbox"}, []),
        LOW: ({"inbox"}, []),
    }
    for priority, (first, then) in expected.items():
        decision = only(decided(event(priority), anna, policies=SERVICE_TEAM))
        assert decision.plan is not None
        steps = decision.plan.steps
        at_once = {
            s.channel_id for s in steps if Cue(Evidence.ACKNOWLEDGED, 0.0) in s.cues
        }
        assert at_once == first
        assert ways(decision)[len(first) :] == then
        assert all("at once" in s.reason for s in steps if s.channel_id in first)
    low = only(decided(event(LOW), anna, policies=SERVICE_TEAM))
    assert why(low, "mail") == {"not_in_table"}
    assert low.outcome is Outcome.DELIVER


def test_a_team_whose_first_way_is_silent_is_told_by_the_next() -> None:
    android = channel("phone", confirms=True)
    anna = person("anna", "phone", "kitchen", "mail", contacts=VERIFIED)

    decision = only(
        decided(
            event(URGENT),
            anna,
            policies=SERVICE_TEAM,
            channels={**ALL, "phone": android},
        )
    )

    assert decision.plan is not None
    cues = {step.channel_id: step.cues for step in decision.plan.steps}
    assert Cue(Evidence.SEEN, 120.0) in cues["phone"]
    assert Cue(Evidence.ACCEPTED) in cues["phone"]
    assert Cue(Evidence.SEEN, 240.0) in cues["kitchen"]


def test_without_a_channel_of_the_table_the_list_is_left() -> None:
    decision = only(decided(event(LOW), person(), policies=SERVICE_TEAM))

    assert ways(decision) == []
    assert {"not_in_table", "no_channel"} <= keys(decision)


def test_a_channel_that_is_switched_off_is_not_used_even_if_urgent() -> None:
    known = facts(off_channels=frozenset({"phone"}))

    decision = only(
        decided(event(URGENT), person("anna", "phone", "tablet"), known=known)
    )

    assert ways(decision) == ["tablet"]
    assert why(decision, "phone") == {"channel_off"}


def test_a_category_muted_on_a_channel() -> None:
    anna = person("anna", "phone", "tablet", muted=frozenset({("appliance", "phone")}))

    assert ways(only(decided(event(HIGH), anna))) == ["tablet"]
    assert ways(only(decided(event(HIGH, category="safety"), anna))) == [
        "phone",
        "tablet",
    ]


def test_urgent_uses_a_muted_channel_where_there_is_no_other() -> None:
    anna = person("anna", "phone", muted=frozenset({("appliance", "phone")}))

    urgent = only(decided(event(URGENT), anna))
    high = only(decided(event(HIGH), anna))

    assert ways(urgent) == ["phone"]
    assert "yet_used" in keys(urgent)
    assert ways(high) == []


@pytest.mark.parametrize(("priority", "used"), [(HIGH, True), (MEDIUM, False)])
def test_nothing_below_the_least_comes_over_a_channel(
    priority: Priority, used: bool
) -> None:
    anna = person("anna", "phone", "tablet", least={"phone": HIGH})

    decision = only(decided(event(priority), anna))

    assert ("phone" in ways(decision)) is used
    assert ("below_least" in keys(decision)) is not used


def test_speakers_say_it_where_somebody_is() -> None:
    known = facts(anna=HOME, rooms={"kitchen": True, "bath": False})

    decision = only(decided(event(), COOK, known=known))

    assert ways(decision) == ["kitchen", "phone"]
    assert why(decision, "bath") == {"room_empty"}
    assert {"if_there"} <= would(decision)


def test_who_is_known_to_be_in_a_room_occupies_it() -> None:
    known = facts(anna=PersonFacts(home=True, room="bath"), rooms={"kitchen": None})

    medium = only(decided(event(), COOK, known=known))
    high = only(decided(event(HIGH), COOK, known=known))

    assert ways(medium) == ["bath", "phone"]
    assert why(medium, "kitchen") == {"room_unknown"}
    assert set(ways(high)) == {"kitchen", "bath", "phone"}


def test_a_phone_goes_before_a_speaker_that_its_owner_may_not_hear() -> None:
    echo = channel("echo", Shape.SPEECH, Evidence.DELIVERED)
    pager = channel("pager", best=Evidence.DISPATCHED)
    channels = {**ALL, "echo": echo, "pager": pager}
    anna = person("anna", "echo", "pager")

    def asked(**known: PersonFacts) -> list[str]:
        return ways(
            only(decided(event(HIGH), anna, known=facts(**known), channels=channels))
        )

    assert asked(anna=HOME) == ["echo", "pager"]
    assert asked(anna=UNKNOWN) == ["pager", "echo"]
    # of whom nothing is followed nothing is missing
    assert asked() == ["echo", "pager"]


def test_where_no_room_is_known_all_speakers_are_asked_in_order() -> None:
    radio = channel("radio", Shape.SPEECH, Evidence.DISPATCHED)
    anna = person("anna", "radio", "bath", "gone")

    decision = only(
        decided(event(), anna, known=facts(anna=HOME), channels={**ALL, "radio": radio})
    )

    assert ways(decision) == ["radio", "bath"]
    assert "channel_gone" in keys(decision)


def test_urgent_is_said_in_empty_rooms_rather_than_nowhere() -> None:
    known = facts(anna=HOME, rooms={"kitchen": False, "bath": False})

    urgent = only(decided(event(URGENT), COOK, known=known))
    high = only(decided(event(HIGH), COOK, known=known))

    assert set(ways(urgent)) == {"kitchen", "bath", "phone"}
    assert ways(high) == ["phone"]


def test_urgent_speaks_where_anybody_is_home_whoever_it_is_for() -> None:
    known = facts(anna=AWAY, ben=HOME)

    assert "kitchen" in ways(only(decided(event(URGENT), COOK, known=known)))
    assert "kitchen" not in ways(only(decided(event(HIGH), COOK, known=known)))


def test_one_speaker_says_it_once() -> None:
    people = person("anna", "kitchen"), person("ben", "kitchen", "phone")
    known = facts(anna=HOME, ben=HOME)

    anna, ben = decided(event(), *people, known=known)

    assert (ways(anna), ways(ben)) == (["kitchen"], ["phone"])
    assert why(ben, "kitchen") == {"spoken_already"}


def test_who_has_only_the_speaker_hears_it_there_once_more() -> None:
    """Decided again after a sleep, the others were told long ago."""
    people = person("anna", "kitchen"), person("ben", "kitchen")

    _, ben = decided(event(), *people, known=facts(anna=HOME, ben=HOME))

    assert ways(ben) == ["kitchen"]
    assert "yet_used" in keys(ben)


def test_a_speaker_that_only_stands_by_is_free_for_another() -> None:
    people = person("anna", "phone", "kitchen"), person("ben", "kitchen")
    known = facts(anna=HOME, ben=HOME)

    _, ben = decided(event(), *people, known=known)

    assert ways(ben) == ["kitchen"]


def test_urgent_speaks_up_once_for_all() -> None:
    people = person("anna", "phone", "kitchen"), person("ben", "tablet", "kitchen")

    anna, ben = decided(event(URGENT), *people, known=facts(anna=HOME, ben=HOME))

    assert ways(anna) == ["phone", "kitchen"]
    assert ways(ben) == ["tablet"]


@pytest.mark.parametrize(
    ("priority", "speaks"), [(URGENT, True), (HIGH, False), (MEDIUM, False)]
)
def test_no_speaker_at_night_beside_a_sleeper_unless_urgent(
    priority: Priority, speaks: bool
) -> None:
    known = facts(anna=HOME, ben=PersonFacts(home=True, asleep=True))
    people = COOK, person("ben", "tablet")

    anna, _ = decided(event(priority), *people, known=known)

    assert ("kitchen" in ways(anna)) is speaks
    assert ("silent_now" in keys(anna)) is not speaks


def test_high_in_quiet_hours_is_on_the_phone_alone_or_said_if_it_must() -> None:
    late = event(HIGH, at=NIGHT)
    known = facts(NIGHT, anna=HOME)

    phone = only(
        decided(late, person("anna", "kitchen", "phone", quiet=(QUIET,)), known=known)
    )
    said = only(decided(late, person("anna", "kitchen", quiet=(QUIET,)), known=known))

    assert ways(phone) == ["phone"]
    assert ways(said) == ["kitchen"]
    assert "yet_used" in keys(said)


@pytest.mark.parametrize(("priority", "used"), [(HIGH, True), (MEDIUM, False)])
def test_a_channel_that_does_not_want_to_be_disturbed(
    priority: Priority, used: bool
) -> None:
    known = facts(channels={"phone": ChannelFacts(do_not_disturb=True)})

    decision = only(
        decided(event(priority), person("anna", "phone", "tablet"), known=known)
    )

    assert ("phone" in ways(decision)) is used
    assert ("channel_dnd" in keys(decision)) is not used


def test_what_does_not_work_goes_last_and_says_until_when() -> None:
    down = ChannelFacts(healthy=False, until=NOON + 60, reason="login")
    known = facts(anna=HOME, channels={"phone": down})

    decision = only(decided(event(), person("anna", "phone", "tablet"), known=known))

    assert ways(decision) == ["tablet", "phone"]
    (unhealthy,) = [r for r in decision.reasons if r.key == "unhealthy"]
    assert unhealthy.data == {"until": NOON + 60, "why": "login"}


def test_without_the_internet_what_works_at_home_goes_first() -> None:
    panel = channel("panel", local=True)
    known = facts(anna=HOME, internet=False)
    anna = person("anna", "inbox", "phone", "panel")

    decision = only(
        decided(event(URGENT), anna, known=known, channels={**ALL, "panel": panel})
    )

    # the list in the app would prove at once, and reach nobody
    assert ways(decision) == ["panel", "phone", "inbox"]
    assert why(decision, "phone") == {"no_internet"}
    assert "order_changed" in keys(decision)


def test_the_channels_of_a_rule_stand_in_its_order_and_outside_the_table() -> None:
    mail_first = rule(then_channels=("mail", "phone"))
    anna = person("anna", "phone", "inbox", contacts=VERIFIED)

    high = only(decided(event(HIGH), anna, rules=[mail_first]))
    team = only(decided(event(LOW), anna, rules=[mail_first], policies=SERVICE_TEAM))

    assert ways(high) == ["mail", "phone"]
    assert ways(team) == ["mail", "phone"]
    assert team.plan is not None
    assert not any("at once" in step.reason for step in team.plan.steps)


def test_a_rules_channel_that_rests_goes_last() -> None:
    known = facts(channels={"phone": ChannelFacts(healthy=False)})
    order = rule(then_channels=("phone", "tablet"))

    decision = only(decided(event(), person(), known=known, rules=[order]))

    assert ways(decision) == ["tablet", "phone"]


def test_a_lock_screen_may_hide_the_words() -> None:
    anna = person("anna", "phone", "mail", private_lock_screen=True, contacts=VERIFIED)

    decision = only(decided(event(), anna))

    assert decision.plan is not None
    assert [step.private for step in decision.plan.steps] == [True, False, False]


def test_a_rule_does_not_send_to_somebody_elses_phone() -> None:
    both = rule(then_channels=("phone", "tablet", "kitchen"))
    anna_s = rule(then_channels=("phone",))
    people = person("anna", "phone"), person("ben", "tablet")
    known = facts(anna=HOME, ben=HOME)

    anna, ben = decided(event(), *people, rules=[both], known=known)
    _, own = decided(event(), *people, rules=[anna_s], known=known)

    assert (ways(anna), ways(ben)) == (["phone", "kitchen"], ["tablet", "kitchen"])
    assert why(ben, "phone") == {"not_theirs"}
    assert ways(own) == ["tablet"]
