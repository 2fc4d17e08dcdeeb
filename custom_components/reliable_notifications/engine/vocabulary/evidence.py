"""The words for what is known of an attempt, and for what went wrong with it.

Enumerations only; what follows from them is decided by the stages.
"""

from __future__ import annotations

from enum import StrEnum


class Evidence(StrEnum):
    """What is known of an attempt to reach a person.

    The first five form a ladder, each rung proving the ones below it. The rest
    says why there is no rung to stand on.
    """

    DISPATCHED = "dispatched"  # the call returned, the channel cannot tell more
    ACCEPTED = "accepted"  # a server took responsibility for the message
    DELIVERED = "delivered"  # the device has it, or the speaker has played it
    SEEN = "seen"  # a person opened, tapped or cleared it
    ACKNOWLEDGED = "acknowledged"  # a person said so
    REFUSED = "refused"  # the channel will not take it; asking again is useless
    UNREACHABLE = "unreachable"  # it did not leave the house; may be tried again
    TIMED_OUT = "timed_out"  # no answer in time; it may have arrived
    UNKNOWN = "unknown"  # we died in the middle of the call; it may have arrived

    @property
    def rung(self) -> int:
        """Height on the ladder, 1 to 5; 0 for everything that proves nothing."""
        return _RUNGS.get(self, 0)

    @property
    def is_success(self) -> bool:
        """Whether this counts as success: *accepted* or better, never *dispatched*."""
        return self.rung >= 2


_RUNGS = {
    Evidence.DISPATCHED: 1,
    Evidence.ACCEPTED: 2,
    Evidence.DELIVERED: 3,
    Evidence.SEEN: 4,
    Evidence.ACKNOWLEDGED: 5,
}


class Trouble(StrEnum):
    """Why a call failed, as far as that decides what to do about it."""

    MISSING = "missing"  # the action, entity or device is gone
    LOGIN = "login"  # the service does not know us (any more)
    BLOCKED = "blocked"  # our account may not send (any more), whoever it is for
    SETTINGS = "settings"  # what was filled in for the channel is not right (any more)
    REJECTED = "rejected"  # this message, or this address, is not taken
    UNVERIFIED = "unverified"  # the service does not send to this address before proof
    OPTED_OUT = "opted_out"  # its owner has told the service to stop
    UNPRICED = "unpriced"  # nobody knows what it costs, and not all may be spent
    THROTTLED = "throttled"  # too much at once
    USED_UP = "used_up"  # the quota of the day or month is spent
    OUTAGE = "outage"  # network, server, device: passes by itself
    SILENCE = "silence"  # no answer in time; nobody knows
