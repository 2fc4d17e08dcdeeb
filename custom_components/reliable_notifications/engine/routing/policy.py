"""What a priority means: how long a message is worth telling, who is asked first.

Numbers and sets only; the decisions made with them are the router's.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..vocabulary import Instant, Priority

_HOUR = 3600.0

# Seconds for which a message is worth delivering at all (delivery reference 5.7).
# Urgent: a leak is news for a day. High: until the end of the waking day. Medium:
# laundry that was finished six hours ago is no news. Low: a digest comes daily.
TIME_TO_LIVE: Mapping[Priority, float] = {
    Priority.URGENT: 24 * _HOUR,
    Priority.HIGH: 12 * _HOUR,
    Priority.MEDIUM: 6 * _HOUR,
    Priority.LOW: 24 * _HOUR,
}

# Where a miss matters, a channel that can prove itself goes before the favourite
# (delivery reference 5.6: good is what is proven within three seconds).
PROOF_FIRST = frozenset({Priority.URGENT, Priority.HIGH})


def deadline(priority: Priority, at: Instant) -> Instant:
    """The instant after which a message that arose at `at` is not sent any more."""
    return at + TIME_TO_LIVE[priority]
