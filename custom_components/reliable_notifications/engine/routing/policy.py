"""What each priority asks of the plan: how long, how sure, how soon, how stubborn.

One row per priority; the router turns a row into the cues of a plan's steps. Must not
know recipients or channels.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..vocabulary import Cue, Evidence, Instant, Priority

_MINUTE = 60.0
_HOUR = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One row. Times are seconds from the release of the intent.

    `enough` is what makes further channels needless as far as failures go, and
    `proof_first` puts channels that can prove themselves before the favourite.
    `hedges` says when the second, third, ... channel is asked although the first has
    not failed yet; the last number holds for all that follow. `speaks_up` asks the
    first speaker together with the first channel. `unreceived` and `unseen` are when
    the next channel is asked for want of a receipt, or of eyes; the one after it after
    twice that time. `repeats` bring the message to mind again where it replaces.
    `others` is when further recipients are told, in order; the last for all the rest.
    """

    time_to_live: float
    enough: Evidence = Evidence.DISPATCHED
    proof_first: bool = False
    hedges: tuple[float, ...] = ()
    speaks_up: bool = False
    last_resort: float | None = None
    unreceived: float | None = None
    unseen: float | None = None
    repeats: tuple[Cue, ...] = ()
    others: tuple[Cue, ...] = ()


# After these many minutes, then every five, twelve times in all: the end of the hour is
# the end of the noise (delivery reference 5.7)
_URGENT_MINUTES = (2, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55)

POLICIES: Mapping[Priority, Policy] = {
    Priority.URGENT: Policy(
        # a leak is news for a day
        time_to_live=24 * _HOUR,
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
        repeats=tuple(
            Cue(Evidence.ACKNOWLEDGED, minute * _MINUTE) for minute in _URGENT_MINUTES
        ),
        # the next person after two minutes without an acknowledgement, everybody after
        # ten (5.7)
        others=(
            Cue(Evidence.ACKNOWLEDGED, 2 * _MINUTE),
            Cue(Evidence.ACKNOWLEDGED, 10 * _MINUTE),
        ),
    ),
    Priority.HIGH: Policy(
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
        repeats=(Cue(Evidence.SEEN, 30 * _MINUTE),),
        others=(Cue(Evidence.SEEN, 15 * _MINUTE),),
    ),
    # laundry that was finished six hours ago is no news
    Priority.MEDIUM: Policy(time_to_live=6 * _HOUR),
    # a digest comes daily
    Priority.LOW: Policy(time_to_live=24 * _HOUR),
}


def deadline(priority: Priority, at: Instant) -> Instant:
    """The instant after which a message that arose at `at` is not sent any more."""
    return at + POLICIES[priority].time_to_live
