"""The two tables of policies that an installation may begin with.

`HOUSEHOLD`: phones and speakers first, text messages and mail after them, what is low
in the digest. `SERVICE_TEAM`: text messages, mail and the list in the app, by weight.
Must not hold behaviour.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from ..vocabulary import (
    Cue,
    Evidence,
    Instant,
    InterruptionLevel,
    Priority,
    Role,
    Shape,
)
from .policy_row import Policies, Policy, Respect

_MINUTE = 60.0
_HOUR = 3600.0
_DAY = 24 * _HOUR

# After these many minutes, then every five, twelve times in all: the end of the hour is
# the end of the noise (delivery reference 5.7)
_URGENT_MINUTES = (2, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55)

# The lists inside the app: they wait to be looked at, and disturb nobody
IN_APP = frozenset({"inbox", "persistent"})

# What a row says nothing of, where somebody has to acknowledge the message or a rule
# names further people: who has not looked for a quarter of an hour is away from the
# phone, and half an hour later they may be back at it (delivery reference 5.7)
AGAIN_UNANSWERED = (Cue(Evidence.SEEN, 30 * _MINUTE),)
OTHERS_UNANSWERED = (Cue(Evidence.SEEN, 15 * _MINUTE),)

_PHONES_AND_SPEAKERS = frozenset({Shape.PUSH.value, Shape.SPEECH.value})
_TEXTS_AND_MAIL = frozenset({Shape.SHORT_TEXT.value, Shape.EMAIL.value})
_AT_HOME = (_PHONES_AND_SPEAKERS, _TEXTS_AND_MAIL, IN_APP)


class Preset(StrEnum):
    """The tables by name."""

    HOUSEHOLD = "household"
    SERVICE_TEAM = "service_team"


_URGENT = Policy(
    # a leak is news for a day
    time_to_live=_DAY,
    enough=Evidence.ACCEPTED,
    proof_first=True,
    # something that can be proven within three seconds while any channel works
    # (delivery reference 5.6): what is left after the third has half a second
    hedges=(1.0, 2.0),
    speaks_up=True,
    last_resort=2.5,
    # a phone that is reachable confirms within seconds (5.8)
    unreceived=30.0,
    unseen=2 * _MINUTE,
    # unless acknowledged, as all times of what somebody has to acknowledge
    repeats=tuple(Cue(Evidence.SEEN, minute * _MINUTE) for minute in _URGENT_MINUTES),
    # the next person after two minutes without an acknowledgement, everybody after
    # ten (5.7)
    others=(
        Cue(Evidence.SEEN, 2 * _MINUTE),
        Cue(Evidence.SEEN, 10 * _MINUTE),
    ),
    ways=_AT_HOME,
    level=InterruptionLevel.CRITICAL,
    speaks_at_night=True,
    acknowledge=True,
    # the reference (5.7) says "per incident": while somebody is still being told of it.
    # Once that is over, ten minutes later it is told anew - the next leak is a new one,
    # and nobody may have said that the first was over
    dedupe=10 * _MINUTE,
)

_HIGH = Policy(
    # until the end of the waking day
    time_to_live=12 * _HOUR,
    enough=Evidence.ACCEPTED,
    proof_first=True,
    # half the goal of three seconds, so that the second channel can still make it;
    # from the third on the message is late anyway, and calm counts more
    hedges=(1.5,),
    unreceived=30.0,
    # not two minutes as for urgent: who has not looked for a quarter of an hour is
    # away from the phone, and the second person is told then (5.7)
    unseen=15 * _MINUTE,
    repeats=AGAIN_UNANSWERED,
    others=OTHERS_UNANSWERED,
    ways=_AT_HOME,
    level=InterruptionLevel.TIME_SENSITIVE,
    # past quiet hours, but not into a sleep that somebody else can spare (5.7)
    sleep=Respect.SPARE_SLEEPERS,
    dedupe=10 * _MINUTE,
)

HOUSEHOLD: Policies = {
    Priority.URGENT: _URGENT,
    Priority.HIGH: _HIGH,
    Priority.MEDIUM: Policy(
        # laundry that was finished six hours ago is no news
        time_to_live=6 * _HOUR,
        ways=_AT_HOME,
        own_order=True,
        quiet_hours=Respect.HOLD,
        sleep=Respect.HOLD,
        do_not_disturb=Respect.HOLD,
        # nobody empties a machine from afar (delivery reference 7, row 19)
        away=Respect.HOLD,
        vacation=Respect.DIGEST,
        dedupe=30 * _MINUTE,
    ),
    Priority.LOW: Policy(
        # a digest comes daily
        time_to_live=_DAY,
        ways=_AT_HOME,
        own_order=True,
        level=InterruptionLevel.PASSIVE,
        quiet_hours=Respect.DIGEST,
        sleep=Respect.DIGEST,
        do_not_disturb=Respect.DIGEST,
        away=Respect.DIGEST,
        vacation=Respect.DIGEST,
        digest=True,
        dedupe=_DAY,
    ),
}

_ON_DUTY = frozenset({Role.TECHNICIAN, Role.MANAGER})

# A team is paid to be asked: no presence, no sleep of a household; the times are those
# of the household's rows, for what is late is late there too
SERVICE_TEAM: Policies = {
    Priority.URGENT: Policy(
        time_to_live=_DAY,
        enough=Evidence.ACCEPTED,
        last_resort=2.5,
        repeats=_URGENT.repeats,
        others=_URGENT.others,
        others_roles=_ON_DUTY,
        unseen=_URGENT.unseen,
        ways=(
            _TEXTS_AND_MAIL | IN_APP,
            frozenset({Shape.PUSH.value}),
            frozenset({Shape.SPEECH.value}),
        ),
        together=True,
        level=InterruptionLevel.CRITICAL,
        speaks_at_night=True,
        acknowledge=True,
        dedupe=_URGENT.dedupe,
    ),
    Priority.HIGH: Policy(
        time_to_live=12 * _HOUR,
        enough=Evidence.ACCEPTED,
        repeats=_HIGH.repeats,
        others=_HIGH.others,
        others_roles=_ON_DUTY,
        unseen=_HIGH.unseen,
        ways=(
            IN_APP | {Shape.SHORT_TEXT.value},
            frozenset({Shape.EMAIL.value, Shape.PUSH.value}),
        ),
        together=True,
        level=InterruptionLevel.TIME_SENSITIVE,
        dedupe=10 * _MINUTE,
    ),
    Priority.MEDIUM: Policy(
        # a working day
        time_to_live=12 * _HOUR,
        ways=(IN_APP | {Shape.EMAIL.value},),
        together=True,
        quiet_hours=Respect.HOLD,
        do_not_disturb=Respect.HOLD,
        dedupe=30 * _MINUTE,
    ),
    Priority.LOW: Policy(
        time_to_live=_DAY,
        ways=(IN_APP,),
        together=True,
        level=InterruptionLevel.PASSIVE,
        dedupe=_DAY,
    ),
}

PRESETS: Mapping[Preset, Policies] = {
    Preset.HOUSEHOLD: HOUSEHOLD,
    Preset.SERVICE_TEAM: SERVICE_TEAM,
}


def deadline(priority: Priority, at: Instant, policies: Policies) -> Instant:
    """The instant after which a message that arose at `at` is not sent any more."""
    return at + policies[priority].time_to_live
