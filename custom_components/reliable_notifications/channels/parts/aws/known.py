"""What was learned about an address lately, so that it is not asked with each message.

Only that nothing is against it: what is against it may be mended at any time, and keeps
messages back elsewhere as long as nobody says so (`adapters/gate.py`). Must not decide
what is asked, nor keep anything over a restart.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

# Seconds after which it is asked again: a day of messages to nobody is what it costs at
# most that somebody opts out or bounces meanwhile
KEPT = 86_400.0


class Known:
    """When nothing was against an address; `clock` counts seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Nothing is known."""
        self._clock = clock
        self._clean: dict[str, float] = {}

    async def of(self, address: str, ask: Callable[[], Awaitable[bool | None]]) -> bool:
        """Whether something is against it; what could not be answered is no."""
        if self._clock() - self._clean.get(address, -KEPT) < KEPT:
            return False
        fresh = await ask()
        if fresh is not None:
            self.learn(address, fresh)
        return bool(fresh)

    def learn(self, address: str, against: bool) -> None:
        """Take what was found out otherwise."""
        if against:
            self._clean.pop(address, None)
        else:
            self._clean[address] = self._clock()

    def forget(self) -> None:
        """Ask anew about everybody."""
        self._clean.clear()
