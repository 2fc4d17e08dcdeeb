"""Whose call is next: how many run at the same time, and who waits for whom.

The more urgent goes first, otherwise it is first come, first served. A channel that
hangs fills its own lane and leaves the others' alone. Must not know what is called.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
import heapq
from itertools import count

from ..engine.vocabulary import Priority

# Calls of all channels together (delivery reference, edge 16): enough for a family's
# phones at once, few enough that hanging ones cannot use up Home Assistant's threads
LANE_WIDTH = 16

# Calls of one channel: half of that, so that one that hangs is not in everybody's way
CHANNEL_WIDTH = 8

_RANKS: Mapping[Priority, int] = {each: rank for rank, each in enumerate(Priority)}

type Leave = Callable[[], None]


class Lane:
    """A door through which so many may go at a time."""

    def __init__(self, width: int) -> None:
        """Open it to that many."""
        self._free = width
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._number = count()

    async def enter(self, priority: Priority) -> None:
        """Wait until it is this one's turn."""
        if self._free > 0:
            self._free -= 1
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (_RANKS[priority], next(self._number), turn))
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.leave()  # it was its turn, and it did not take it
            raise

    def leave(self) -> None:
        """Let the next one in."""
        while self._waiting:
            _, _, turn = heapq.heappop(self._waiting)
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1


class Lanes:
    """A lane for all, and one for each channel; urgent calls have their own."""

    def __init__(self) -> None:
        """Nobody is inside."""
        self._all = Lane(LANE_WIDTH)
        self._channels: dict[tuple[str, bool], Lane] = {}

    async def enter(self, channel_id: str, priority: Priority) -> Leave:
        """Wait for the turn of a call; the answer has to be called after it."""
        urgent = priority is Priority.URGENT
        key = (channel_id, urgent)
        channel = self._channels.setdefault(key, Lane(CHANNEL_WIDTH))
        await channel.enter(priority)
        if urgent:
            return channel.leave  # however many others are waiting or hanging
        try:
            await self._all.enter(priority)
        except asyncio.CancelledError:
            channel.leave()
            raise

        def leave() -> None:
            self._all.leave()
            channel.leave()

        return leave
