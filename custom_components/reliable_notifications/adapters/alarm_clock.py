"""Home Assistant's time for deliveries: now, sleeping, and the time after its start.

All waiting goes through Home Assistant's timers, so that tests can turn the clock.
Must not know what is waited for.
"""

from __future__ import annotations

import asyncio
from datetime import datetime

from homeassistant.core import CALLBACK_TYPE, CoreState, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.start import async_at_started
from homeassistant.util import dt as dt_util

from ..engine.vocabulary import Instant

# Seconds after Home Assistant's start in which a missing action may yet appear
# (delivery reference 5.13): notify platforms load in tasks that nobody waits for
STARTUP_GRACE = 30.0


def now() -> Instant:
    """Tell the time."""
    return dt_util.utcnow().timestamp()


async def sleep(hass: HomeAssistant, seconds: float, wake: asyncio.Event) -> None:
    """Sleep, or until somebody sets `wake`."""

    @callback
    def rise(_at: datetime) -> None:
        wake.set()

    wake.clear()
    cancel = async_call_later(hass, max(0.0, seconds), rise)
    try:
        await wake.wait()
    finally:
        cancel()


class StartupGrace:
    """The time in which what is missing may still be on its way."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Without `begin` there is none."""
        self._hass = hass
        self._until: Instant | None = None

    @property
    def is_on(self) -> bool:
        """Whether something that is missing now may yet appear."""
        return self._until is not None and now() < self._until

    @callback
    def begin(self) -> CALLBACK_TYPE:
        """Begin, if Home Assistant is starting; returns how to forget about it."""
        if self._hass.state is CoreState.running:
            return lambda: None
        self._until = float("inf")
        return async_at_started(self._hass, self._end_soon)

    @callback
    def _end_soon(self, _hass: HomeAssistant) -> None:
        """Home Assistant is up; platforms that load late get a little longer."""
        self._until = now() + STARTUP_GRACE
