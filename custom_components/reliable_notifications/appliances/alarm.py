"""One alarm that can be set again and again; only the last setting rings.

Must not know what it is set for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_track_point_in_utc_time
from homeassistant.util import dt as dt_util

from ..engine.vocabulary import Instant


class Alarm:
    """Calls back at the earliest of some moments."""

    def __init__(self, hass: HomeAssistant, on_ring: Callable[[Instant], None]) -> None:
        """Begin without a time to ring at."""
        self._hass = hass
        self._on_ring = on_ring
        self._disarm: CALLBACK_TYPE | None = None

    @callback
    def async_set(self, moments: Iterable[Instant | None]) -> None:
        """Ring at the earliest of these, and at none of those before."""
        self.async_cancel()
        if known := [moment for moment in moments if moment is not None]:
            self._disarm = async_track_point_in_utc_time(
                self._hass, self._ring, dt_util.utc_from_timestamp(min(known))
            )

    @callback
    def async_cancel(self) -> None:
        """Do not ring."""
        if self._disarm is not None:
            self._disarm()
            self._disarm = None

    @callback
    def _ring(self, moment: datetime) -> None:
        self._disarm = None
        self._on_ring(max(moment.timestamp(), dt_util.utcnow().timestamp()))
