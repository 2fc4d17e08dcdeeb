"""Says on Home Assistant's bus, and to our event entities, what happened.

Only spreads the word: the data are made by the pipeline.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback

from .const import EVENT_PREFIX

type Listener = Callable[[str, Mapping[str, Any]], None]


class Announcements:
    """Spreads happenings; listeners ask for one appliance, or for deliveries."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Start without listeners."""
        self._hass = hass
        self._listeners: dict[str | None, list[Listener]] = {}

    @callback
    def async_listen(self, about: str | None, listener: Listener) -> CALLBACK_TYPE:
        """Hear of the appliance with this id; None hears of deliveries."""
        listeners = self._listeners.setdefault(about, [])
        listeners.append(listener)
        return lambda: listeners.remove(listener)

    @callback
    def async_say(self, about: str | None, what: str, data: Mapping[str, Any]) -> None:
        """Tell the bus first: an automation must not wait for our entities."""
        self._hass.bus.async_fire(f"{EVENT_PREFIX}{what}", dict(data))
        for listener in tuple(self._listeners.get(about, ())):
            listener(what, data)
