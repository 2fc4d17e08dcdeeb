"""The power sensor that an appliance is watched by, and when another one takes over.

A cycle is followed to its end with the sensor that it began with, unless that one is
dead: two plugs do not measure alike, and the new one may be on another socket by then.

Must not know what a reading means.
"""

from __future__ import annotations

from collections.abc import Callable

from homeassistant.core import HomeAssistant

from ..adapters.power_meter import PowerMeter
from ..engine.vocabulary import Reading


class Metering:
    """One power meter at a time; none for an appliance without a power sensor."""

    def __init__(
        self,
        hass: HomeAssistant,
        chosen: str | None,
        on_reading: Callable[[Reading], None],
    ) -> None:
        """Take the sensor that the user chose, if there is one."""
        self._hass = hass
        self._on_reading = on_reading
        self._chosen = self.used = chosen
        self._meter = None if chosen is None else PowerMeter(hass, chosen, on_reading)

    @property
    def entity_id(self) -> str | None:
        """Present name of the sensor; None when it was deleted, or there is none."""
        return None if self._meter is None else self._meter.entity_id

    def stay_with(self, before: str | None) -> None:
        """Go on with the sensor of before, for a cycle that runs, if it is alive."""
        if self._chosen is None or before in (None, self._chosen):
            return
        meter = PowerMeter(self._hass, str(before), self._on_reading)
        if meter.is_there:
            self._meter, self.used = meter, before

    def take_chosen(self) -> None:
        """Change to the sensor that was chosen, now that no cycle runs."""
        if self._chosen is None or self.used == self._chosen:
            return
        self.stop()
        self.used = self._chosen
        self._meter = PowerMeter(self._hass, self._chosen, self._on_reading)
        self.start()

    def start(self) -> None:
        """Begin to read."""
        if self._meter is not None:
            self._meter.async_start()

    def stop(self) -> None:
        """Read no more."""
        if self._meter is not None:
            self._meter.async_stop()
