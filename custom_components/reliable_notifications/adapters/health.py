"""How each channel fares: what its calls answered lately, and whether it rests.

Keeps one breaker per channel in memory; after a restart every channel is given a new
chance. Must not decide when a breaker opens: that is the engine's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from homeassistant.core import CALLBACK_TYPE, callback

from ..engine.delivery.breaker import Breaker, asked, heard
from ..engine.vocabulary import AttemptResult, Instant

type Listener = Callable[[str, Breaker, Breaker], None]

_FINE = Breaker()


class Health:
    """The breakers of all channels."""

    def __init__(self) -> None:
        """Nothing is known, so nothing is wrong."""
        self._breakers: dict[str, Breaker] = {}
        # of which something got through since the start
        self._proven: set[str] = set()
        self._listeners: list[Listener] = []

    def of(self, channel_id: str) -> Breaker:
        """How this channel fares."""
        return self._breakers.get(channel_id, _FINE)

    def is_proven(self, channel_id: str) -> bool:
        """Whether it works, and has shown that since the start."""
        return channel_id in self._proven and not self.of(channel_id).is_down

    def resting(self, now: Instant) -> Mapping[str, Instant]:
        """The channels that are let alone, and until when."""
        return {
            channel_id: until
            for channel_id, breaker in self._breakers.items()
            if (until := breaker.rests_until(now)) is not None
        }

    @callback
    def listen(self, listener: Listener) -> CALLBACK_TYPE:
        """Hear of changes: which channel, how it fared before, how it fares now."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @callback
    def asked(self, channel_id: str, now: Instant, patience: float) -> None:
        """A call begins."""
        breaker = self.of(channel_id)
        if breaker.rests:
            self._breakers[channel_id] = asked(breaker, now, patience)

    @callback
    def heard(
        self, channel_id: str, result: AttemptResult, began_at: Instant, now: Instant
    ) -> None:
        """A call has answered, in time or late."""
        if result.evidence.rung:
            self._proven.add(channel_id)
        before = self.of(channel_id)
        after = heard(before, result, began_at, now)
        if after == before:
            return
        if after == _FINE:
            del self._breakers[channel_id]
        else:
            self._breakers[channel_id] = after
        for listener in tuple(self._listeners):
            listener(channel_id, before, after)
