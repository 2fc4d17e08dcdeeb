"""Asks a person to log in anew when the login of a channel of ours is refused.

Must not ask for a login that belongs to another integration: that asks by itself.
"""

from __future__ import annotations

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback

from ..engine.delivery.breaker import Breaker
from ..engine.vocabulary import Trouble
from ..flows.login import CHANNEL_ID
from ..runtime import RnConfigEntry


class Reauthentication:
    """Hears how the channels fare."""

    def __init__(self, hass: HomeAssistant, entry: RnConfigEntry) -> None:
        """Ask for nothing yet."""
        self._hass = hass
        self._entry = entry
        self._directory = entry.runtime_data.pipeline.directory

    @callback
    def async_start(self) -> CALLBACK_TYPE:
        """Listen from now on; returns what ends that."""
        health = self._entry.runtime_data.pipeline.courier.health
        return health.listen(self._channel_fares)

    @callback
    def _channel_fares(self, channel_id: str, before: Breaker, after: Breaker) -> None:
        """Begin the flow once; Home Assistant keeps one per entry at a time."""
        channel = self._directory.configured.get(channel_id)
        refused = after.trouble is Trouble.LOGIN and before.trouble is not Trouble.LOGIN
        if refused and channel is not None and channel.has_own_login:
            self._entry.async_start_reauth(self._hass, data={CHANNEL_ID: channel_id})
