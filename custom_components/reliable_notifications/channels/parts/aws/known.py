"""What was learned about an address lately, so that it is not asked with each message.

Must not decide what is asked, nor keep anything over a restart.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

# Seconds after which it is asked again: who has opted out or bounced is seldom taken
# off a list again, and a day of messages to nobody is what that costs at most
KEPT = 86_400.0


class Known:
    """Answers by address, with their age; `clock` counts seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Nothing is known."""
        self._clock = clock
        self._answers: dict[str, tuple[float, bool]] = {}

    async def of(self, address: str, ask: Callable[[], Awaitable[bool | None]]) -> bool:
        """The answer; what could not be answered is no, and asked again next time."""
        at, answer = self._answers.get(address, (-KEPT, False))
        if self._clock() - at < KEPT:
            return answer
        fresh = await ask()
        if fresh is not None:
            self.learn(address, fresh)
        return bool(fresh)

    def learn(self, address: str, answer: bool) -> None:
        """Take what was found out otherwise."""
        self._answers[address] = (self._clock(), answer)

    def forget(self) -> None:
        """Ask anew about everybody."""
        self._answers.clear()
