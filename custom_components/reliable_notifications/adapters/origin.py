"""Whether the file goes on from where we were, or is an older copy put back.

A restored file holds messages that were on their way when it was copied, and have
long been told since. They are closed, not sent again. Must not judge messages of a
file that is the latest, however old they are: deadlines do that.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
import logging
from pathlib import Path
import sqlite3

from homeassistant.core import CALLBACK_TYPE, HomeAssistant
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.util import dt as dt_util
from homeassistant.util.file import WriteError, write_utf8_file_atomic

from ..engine.delivery.lifecycle import close
from ..engine.delivery.moves import Over
from ..engine.vocabulary import Instant, IntentState
from .database import Database, StorageFailed
from .outbox import Outbox

_LOGGER = logging.getLogger(__name__)

# No backup of Home Assistant takes files of this name along, be it made by itself
# (components/backup/const.py, EXCLUDE_FROM_BACKUP) or by the Supervisor
_MARKER = ".life.log"

# How exactly the time of a copy is known that was made and put back by hand within
# one run; each time costs one small write
_BEAT_EVERY = timedelta(minutes=15)

_BEAT = "beat"
_BACKUP_AT = "backup_at"


class Doubt(StrEnum):
    """Why what is open in the file may have been told already."""

    BACKUP = "backup"  # it comes out of a backup of Home Assistant
    OLDER = "older"  # somebody has put an older copy in its place
    DAMAGED = "damaged"  # it is what could be read of a damaged file


_REASONS = {
    Doubt.BACKUP: "Restored from a backup: may have been told after that was made",
    Doubt.OLDER: "An older copy of the log was put back: may have been told since",
    Doubt.DAMAGED: "Found in a damaged log: may have been told already",
}


class Origin:
    """Beats in the file and beside it, so that a file that fell behind is known."""

    def __init__(self, hass: HomeAssistant, database: Database, outbox: Outbox) -> None:
        """Prepare; nothing is read before `async_start`."""
        self._hass = hass
        self._database = database
        self._outbox = outbox
        self._marker = Path(f"{database.path}{_MARKER}")
        self._stop: CALLBACK_TYPE | None = None
        # what was found at the start, and how many messages were closed for it
        self.doubt: Doubt | None = None
        self.closed = 0

    async def async_start(self) -> None:
        """Judge the file before anything is sent from it; raises StorageFailed."""
        self.doubt = await self._judge()
        if self.doubt is not None:
            self.closed = await self._close_all_open(_REASONS[self.doubt])
            _LOGGER.log(
                logging.WARNING if self.closed else logging.INFO,
                "The log is not the latest one (%s): %d open messages were closed",
                self.doubt,
                self.closed,
            )
        await self._database.write(lambda connection: _forget(connection, _BACKUP_AT))
        await self.async_beat()
        self._stop = async_track_time_interval(
            self._hass, self.async_beat, _BEAT_EVERY, cancel_on_shutdown=True
        )

    async def async_stop(self) -> None:
        """Beat a last time; a copy from before will be known by that."""
        if self._stop is not None:
            self._stop()
            self._stop = None
            await self.async_beat()

    async def async_begin_backup(self) -> None:
        """Mark what is about to be copied, and let it be copied whole.

        From here on new rows go to the log beside the file only, so the file stands
        still while it is read. Raises StorageFailed.
        """
        now = dt_util.utcnow().timestamp()

        def mark(connection: sqlite3.Connection) -> None:
            _note(connection, _BACKUP_AT, now)
            connection.execute("PRAGMA wal_autocheckpoint = 0").fetchone()

        await self._database.write(mark)
        await self._database.checkpoint()

    async def async_end_backup(self) -> None:
        """Remove the mark, and take the locks again. Raises StorageFailed."""
        try:
            await self._database.write(
                lambda connection: _forget(connection, _BACKUP_AT)
            )
        finally:
            await self._database.renew()  # its connections have no mark of ours
        await self.async_beat()

    async def async_beat(self, _: object = None) -> None:
        """Count on, in the file first and beside it then; another time if it fails."""
        try:
            await self._count_on()
        except StorageFailed as failure:
            _LOGGER.debug("No sign of life this time: %s", failure)

    async def _count_on(self) -> None:
        if self._database.refusal is not None:
            return  # the file stays behind, and the marker must not overtake it
        known = await self._hass.async_add_executor_job(_read, self._marker)

        def count(connection: sqlite3.Connection) -> int:
            beat = max(_number(connection, _BEAT) or 0, known or 0) + 1
            _note(connection, _BEAT, beat)
            return int(beat)

        beat = await self._database.write(count)
        if self._database.refusal is None:
            await self._hass.async_add_executor_job(_write, self._marker, beat)

    async def _judge(self) -> Doubt | None:
        beside = await self._hass.async_add_executor_job(_read, self._marker)
        within = await self._database.read(lambda c: _number(c, _BEAT))
        backup_at = await self._database.read(lambda c: _number(c, _BACKUP_AT))
        if self._database.recovered is not None:
            return Doubt.DAMAGED
        if beside is None:  # at first there is none; later a restore takes it away
            return None if backup_at is None else Doubt.BACKUP
        return Doubt.OLDER if (within or 0) < beside else None

    async def _close_all_open(self, reason: str) -> int:
        """Give everything that is open the one end that sends nothing."""
        now: Instant = dt_util.utcnow().timestamp()
        parcels = await self._outbox.open_intents()
        over = Over(state=IntentState.EXPIRED, reason=reason)
        for parcel in parcels:
            await self._outbox.save(close(parcel.delivery, over, now))

        def settle(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE attempt SET ended_at = ?, evidence = 'unknown', detail = ?"
                " WHERE ended_at IS NULL",
                (now, reason),
            )
            # what was to be taken back then may have been told anew since
            connection.execute("DELETE FROM recall")

        await self._database.write(settle)
        return len(parcels)


def _read(marker: Path) -> int | None:
    try:
        return int(marker.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None


def _write(marker: Path, beat: int) -> None:
    try:
        write_utf8_file_atomic(str(marker), str(beat), private=True)
    except (OSError, WriteError) as error:
        # it falls behind, which only means that less is found out
        _LOGGER.debug("The sign of life could not be written: %s", error)


def _number(connection: sqlite3.Connection, key: str) -> float | None:
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return None if row is None else float(row[0])


def _note(connection: sqlite3.Connection, key: str, value: float) -> None:
    connection.execute(
        "INSERT INTO meta (key, value) VALUES (?, ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, str(value)),
    )


def _forget(connection: sqlite3.Connection, key: str) -> None:
    connection.execute("DELETE FROM meta WHERE key = ?", (key,))
