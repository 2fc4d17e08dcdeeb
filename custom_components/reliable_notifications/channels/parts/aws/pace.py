"""Keeps to the messages a second that an account may send.

Must not drop anything: who would have to wait too long is told to come again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

# Seconds that a message may wait for its turn within its call
LONGEST_WAIT = 2.0


class Pace:
    """Turns, evenly spaced; until a rate is known there is no waiting."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """`clock` counts seconds."""
        self._clock = clock
        self._space = 0.0
        self._next = 0.0

    @property
    def is_known(self) -> bool:
        """Whether a rate is kept."""
        return self._space > 0.0

    def keep_to(self, per_second: float) -> None:
        """From now on, no more than so many a second; more than 0."""
        self._space = 1.0 / per_second

    async def turn(self) -> bool:
        """Wait for a turn; False if that would take too long."""
        now = self._clock()
        wait = self._next - now
        if wait > LONGEST_WAIT:
            return False
        self._next = max(self._next, now) + self._space
        if wait > 0.0:
            await asyncio.sleep(wait)
        return True
