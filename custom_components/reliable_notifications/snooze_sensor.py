"""The sensor that says until when a recipient has put off what is told to them.

Shows what is wished; must not decide what is put off.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from homeassistant.components.sensor import SensorDeviceClass, SensorEntity
from homeassistant.core import CALLBACK_TYPE, callback
from homeassistant.helpers.event import async_track_point_in_utc_time
from homeassistant.util import dt as dt_util

from .appliance_sensors import moment
from .entity import WishEntity
from .recipients.wish_changes import snoozes
from .runtime import RnConfigEntry


class SnoozedUntilSensor(WishEntity, SensorEntity):
    """Until when a recipient has put off what is told to them."""

    _attr_device_class = SensorDeviceClass.TIMESTAMP

    def __init__(self, entry: RnConfigEntry, recipient_id: str) -> None:
        """Describe the sensor."""
        super().__init__(entry, recipient_id, "snoozed_until")
        self._watches = entry.runtime_data.watches
        self._stop_waiting: CALLBACK_TYPE | None = None

    async def async_added_to_hass(self) -> None:
        """Follow the wishes, and the end of what is put off."""
        await super().async_added_to_hass()
        self.async_on_remove(self._runtime.wishes.listen(self._wait))
        self.async_on_remove(self._wait_no_more)
        self._wait()

    @property
    def native_value(self) -> datetime | None:
        """The end of a snooze of everything, else the last one of an appliance.

        None where nothing is put off, or only until an appliance is emptied.
        """
        ends = self._running
        last = ends.get(None) or max(filter(None, ends.values()), default=None)
        return None if last is None else moment(last)

    @property
    def extra_state_attributes(self) -> Mapping[str, Any]:
        """Whether it is everything, and which appliances."""
        running = self._running
        return {
            "everything": None in running,
            "appliances": {
                self._called(source): None if end is None else moment(end)
                for source, end in running.items()
                if source is not None
            },
        }

    def _called(self, source: str) -> str:
        """An appliance that we do not watch is called as whoever told of it did."""
        watch = self._watches.get(source)
        return source if watch is None else watch.spec.name

    @property
    def _running(self) -> Mapping[str | None, float | None]:
        now = dt_util.utcnow().timestamp()
        return {each["source"]: each["until"] for each in snoozes(self._wishes, now)}

    @callback
    def _wait(self, _at: datetime | None = None) -> None:
        """Until the next end; nobody tells us of it."""
        self._wait_no_more()
        if ends := [each for each in self._running.values() if each is not None]:
            at = dt_util.utc_from_timestamp(min(ends))
            self._stop_waiting = async_track_point_in_utc_time(self.hass, self._end, at)

    @callback
    def _end(self, at: datetime) -> None:
        self._stop_waiting = None
        self.async_write_ha_state()
        self._wait(at)

    @callback
    def _wait_no_more(self) -> None:
        if self._stop_waiting is not None:
            self._stop_waiting()
            self._stop_waiting = None
