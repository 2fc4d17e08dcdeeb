"""Hears events while the entry begins anew, and hands them to whoever listens next.

A change of anything that is set up takes the entry down for a moment; what another
system says in that moment is not said again. Must not know what an event means.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Any

from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN

# Seconds after which it is no news any more: a reload takes one or two, a disk that
# has to be waited for some more, and an entry that was off for a day was off
LONGEST = 300.0

# Events that are kept meanwhile; of a storm the latest
MOST = 100

_KEY: HassKey[Handover] = HassKey(f"{DOMAIN}_handover")


class Handover:
    """Listens to the types of events that were listened to before."""

    def __init__(self, hass: HomeAssistant, event_types: Iterable[str]) -> None:
        """Listen from now on."""
        self._heard: deque[Event[Any]] = deque(maxlen=MOST)
        self._unhook: list[CALLBACK_TYPE] = [
            hass.bus.async_listen(each, self._hear) for each in event_types
        ]

    @callback
    def _hear(self, event: Event[Any]) -> None:
        self._heard.append(event)

    @callback
    def async_end(self) -> list[Event[Any]]:
        """Listen no more; what was heard and is news yet, in its order."""
        while self._unhook:
            self._unhook.pop()()
        now = dt_util.utcnow().timestamp()
        return [each for each in self._heard if now - _fired(each) <= LONGEST]


@callback
def async_leave(hass: HomeAssistant, event_types: Iterable[str]) -> None:
    """Hear these until somebody takes over."""
    hass.data[_KEY] = Handover(hass, event_types)


@callback
def async_take_over(hass: HomeAssistant) -> list[Event[Any]]:
    """What was said since; nothing where nobody has listened."""
    waiting = hass.data.pop(_KEY, None)
    return [] if waiting is None else waiting.async_end()


def _fired(event: Event[Any]) -> float:
    return event.time_fired.timestamp()
