"""What people have switched for everybody, kept over restarts.

*Pause all* with its end, guest mode, vacation, and the channels and categories that are
off. Only keeps it and says when it changes; what follows is the router's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
import json
import logging
from math import inf, isfinite
import sqlite3
from typing import Any

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_track_point_in_utc_time
from homeassistant.util import dt as dt_util

from ..engine.vocabulary import Instant
from .alarm_clock import now
from .database import Database, StorageFailed

_KEY = "house_modes"

_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Switched:
    """How everything is switched; as it is made, nothing keeps a message back.

    `paused_until` None: not paused; infinity: until somebody ends it.
    """

    paused_until: Instant | None = None
    guest: bool = False
    vacation: bool = False
    off_channels: frozenset[str] = frozenset()
    off_categories: frozenset[str] = frozenset()


class HouseModes:
    """How everything is switched at the moment."""

    def __init__(self, hass: HomeAssistant, database: Database) -> None:
        """Nothing is switched before it was read."""
        self._hass = hass
        self._database = database
        self._switched = Switched()
        self._listeners: list[Callable[[], None]] = []
        self._end_of_pause: CALLBACK_TYPE | None = None

    @property
    def switched(self) -> Switched:
        """How it is now; a pause that is over is none."""
        until = self._switched.paused_until
        if until is not None and until <= now():
            return replace(self._switched, paused_until=None)
        return self._switched

    async def async_load(self) -> None:
        """Read how it was left; where the disk does not say, nothing is switched."""
        try:
            row = await self._database.read(
                lambda connection: connection.execute(
                    "SELECT value FROM meta WHERE key = ?", (_KEY,)
                ).fetchone()
            )
        except StorageFailed as failure:
            _LOGGER.warning("How everything was switched is not known: %s", failure)
            return
        if row is not None:
            self._switched = _from_text(row[0])
        self._set_end_of_pause()

    async def async_change(
        self,
        *,
        guest: bool | None = None,
        vacation: bool | None = None,
        channel: tuple[str, bool] | None = None,
        category: tuple[str, bool] | None = None,
    ) -> None:
        """Switch what is not None; a channel or category is on or off."""
        was = self._switched
        await self._async_set(
            replace(
                was,
                guest=was.guest if guest is None else guest,
                vacation=was.vacation if vacation is None else vacation,
                off_channels=_switched(was.off_channels, channel),
                off_categories=_switched(was.off_categories, category),
            )
        )

    async def async_pause(self, until: Instant = inf) -> None:
        """Pause everything until then, or until somebody ends it."""
        await self._async_set(replace(self._switched, paused_until=until))

    async def async_resume(self) -> None:
        """End a pause."""
        await self._async_set(replace(self._switched, paused_until=None))

    @callback
    def listen(self, listener: Callable[[], None]) -> CALLBACK_TYPE:
        """Hear of every change, and of the end of a pause."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @callback
    def async_stop(self) -> None:
        """Do not wait for the end of a pause any more."""
        if self._end_of_pause is not None:
            self._end_of_pause()
            self._end_of_pause = None

    async def _async_set(self, switched: Switched) -> None:
        """At once for whatever is decided from now on; then for the next start."""
        self._switched = switched
        self._set_end_of_pause()
        self._tell()
        try:
            await self._database.write(lambda connection: _keep(connection, switched))
        except StorageFailed as failure:
            _LOGGER.warning(
                "What was switched holds, but will be forgotten at a restart: %s",
                failure,
            )

    @callback
    def _set_end_of_pause(self) -> None:
        self.async_stop()
        until = self._switched.paused_until
        if until is not None and isfinite(until) and until > now():
            self._end_of_pause = async_track_point_in_utc_time(
                self._hass, self._pause_is_over, dt_util.utc_from_timestamp(until)
            )

    @callback
    def _pause_is_over(self, _at: datetime) -> None:
        self._end_of_pause = None
        self._tell()

    @callback
    def _tell(self) -> None:
        for listener in tuple(self._listeners):
            listener()


def _switched(off: frozenset[str], change: tuple[str, bool] | None) -> frozenset[str]:
    """What is off after one of them was switched."""
    if change is None:
        return off
    which, is_on = change
    return off - {which} if is_on else off | {which}


def _keep(connection: sqlite3.Connection, switched: Switched) -> None:
    connection.execute(
        "INSERT INTO meta (key, value) VALUES (?, ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (_KEY, _to_text(switched)),
    )


def _to_text(switched: Switched) -> str:
    until = switched.paused_until
    return json.dumps(
        {
            "paused": until is not None,
            "until": until if until is not None and isfinite(until) else None,
            "guest": switched.guest,
            "vacation": switched.vacation,
            "off_channels": sorted(switched.off_channels),
            "off_categories": sorted(switched.off_categories),
        }
    )


def _from_text(text: str) -> Switched:
    """What `_to_text` wrote; what a damaged disk left of it says nothing."""
    try:
        stored: Mapping[str, Any] = json.loads(text)
        until = float(stored["until"]) if stored["until"] is not None else inf
        return Switched(
            paused_until=until if stored["paused"] else None,
            guest=bool(stored["guest"]),
            vacation=bool(stored["vacation"]),
            off_channels=frozenset(stored["off_channels"]),
            off_categories=frozenset(stored["off_categories"]),
        )
    except (KeyError, TypeError, ValueError):
        _LOGGER.warning("How everything was switched could not be read; all is on")
        return Switched()
