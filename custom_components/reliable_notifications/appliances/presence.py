"""Whether an appliance can be heard, and for how long it cannot be.

Must not decide what silence means for a cycle: that is the detector's.
"""

from __future__ import annotations

from ..engine.vocabulary import Instant

# Plugs are away for seconds when they restart and for minutes while the router does;
# after an hour somebody has to look.
TOO_LONG_S = 3600.0


class Presence:
    """Since when one appliance is away."""

    __slots__ = ("_since", "is_there")

    def __init__(self) -> None:
        """Take it for present until it is missed."""
        self._since: Instant | None = None
        # whether it was heard last; None: nothing was heard of it since the start
        self.is_there: bool | None = None

    def note(self, at: Instant, *, is_there: bool) -> None:
        """Take whether it can be heard."""
        self.is_there = is_there
        if is_there:
            self._since = None
        elif self._since is None:
            self._since = at

    @property
    def since(self) -> Instant | None:
        """Since when it is away; None while it is not."""
        return self._since

    def turns_at(self, now: Instant) -> Instant | None:
        """When it will have been away for too long; None if that is not to come."""
        at = None if self._since is None else self._since + TOO_LONG_S
        return None if at is None or at <= now else at

    def is_away_too_long(self, now: Instant) -> bool:
        """Whether somebody has to look."""
        return self._since is not None and now - self._since >= TOO_LONG_S
