"""The pipeline's own pulse: a self-test each minute, kept as spans of one answer.

A test that cannot be run or stored proves nothing, so that minute has no row
and counts as down. What uptime means is decided by the engine, not here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
import logging
import sqlite3

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.util import dt as dt_util

from ..engine.metrics.availability import LONGEST_GAP, TEST_INTERVAL
from ..engine.vocabulary import Instant, UptimeSpan
from .database import Database, StorageFailed

_LOGGER = logging.getLogger(__name__)

# Seconds for the self-test, and again for storing its answer: together one interval.
# A card that needs longer than this for one row is as good as broken.
PATIENCE = 30.0

_SET_UP_AT = "set_up_at"

type SelfTest = Callable[[], Awaitable[str | None]]


class Uptime:
    """Runs the self-test, remembers the answers, says how it stands."""

    def __init__(
        self, hass: HomeAssistant, database: Database, self_test: SelfTest
    ) -> None:
        """Prepare. `self_test` returns None or what is wrong, in words for people."""
        self._hass = hass
        self._database = database
        self._self_test = self_test
        self._stop: CALLBACK_TYPE | None = None
        self._running: asyncio.Task[None] | None = None
        self._trouble: str | None = None
        self._tested_at: Instant | None = None

    @property
    def trouble(self) -> str | None:
        """What was wrong at the last test, None when all was well."""
        return self._trouble

    def verdict(self, now: Instant) -> str | None:
        """What is wrong, or None: a test of long ago says nothing of the present."""
        if self._tested_at is None or not 0 <= now - self._tested_at <= LONGEST_GAP:
            return "the self-test does not run"
        return self._trouble

    async def async_start(self) -> None:
        """Test now and then each minute."""
        await self.async_test()
        self._stop = async_track_time_interval(
            self._hass,
            self._tick,
            timedelta(seconds=TEST_INTERVAL),
            name="reliable_notifications self-test",
        )

    async def async_stop(self) -> None:
        """Stop testing; the last minutes stay on record."""
        if self._stop is not None:
            self._stop()
            self._stop = None
        if self._running is not None:
            await asyncio.wait([self._running])

    @callback
    def _tick(self, _: datetime) -> None:
        if self._running is None or self._running.done():
            self._running = self._hass.async_create_background_task(
                self.async_test(), "reliable_notifications self-test"
            )

    async def async_test(self) -> None:
        """Run one self-test and put its answer on record."""
        found = await self._patiently(self._self_test())
        unstored = await self._patiently(self._store(found))
        trouble = found or unstored
        if trouble != self._trouble:
            if trouble is None:
                _LOGGER.info("The self-test passes again")
            else:
                _LOGGER.warning("The self-test fails: %s", trouble)
        self._trouble = trouble
        self._tested_at = dt_util.utcnow().timestamp()

    async def _patiently(self, question: Awaitable[str | None]) -> str | None:
        """Wait for an answer, but not for ever."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await question
        except TimeoutError:
            return f"no answer within {PATIENCE:.0f} seconds"
        except StorageFailed as error:
            return f"the database does not work: {error}"

    async def _store(self, trouble: str | None) -> str | None:
        """Put the answer on the disk and read it back, which is a test of its own."""
        now = dt_util.utcnow().timestamp()
        await self._database.write(lambda connection: _extend(connection, now, trouble))
        if not await self._database.read(lambda connection: _reaches(connection, now)):
            return "the database does not work: what was written cannot be read back"
        if (refusal := self._database.refusal) is not None:
            return f"the database lives in memory only: {refusal}"
        return None

    async def set_up_at(self) -> Instant | None:
        """When the first self-test ran, None if it never did."""
        row = await self._database.read(
            lambda connection: connection.execute(
                "SELECT value FROM meta WHERE key = ?", (_SET_UP_AT,)
            ).fetchone()
        )
        return None if row is None else float(row[0])

    async def spans_since(self, instant: Instant) -> list[UptimeSpan]:
        """All spans that reach into the time since then."""
        rows = await self._database.read(
            lambda connection: connection.execute(
                "SELECT start, end, passed, reason FROM uptime_span"
                " WHERE end >= ? ORDER BY start",
                (instant,),
            ).fetchall()
        )
        return [
            UptimeSpan(start=row[0], end=row[1], passed=bool(row[2]), reason=row[3])
            for row in rows
        ]


def _extend(connection: sqlite3.Connection, now: Instant, trouble: str | None) -> None:
    """Let the latest span reach until now, or open a new one.

    A test answers for the time since the one before it, unless that is too long
    ago, or the clock was set back: then nothing answers for the time between. So
    the latest span is the one stored last, whatever its times say.
    """
    connection.execute(
        "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO NOTHING",
        (_SET_UP_AT, str(now)),
    )
    passed, reason = trouble is None, trouble or ""
    latest = connection.execute(
        "SELECT rowid, end, passed, reason FROM uptime_span ORDER BY rowid DESC LIMIT 1"
    ).fetchone()
    follows = latest is not None and 0 <= now - latest[1] <= LONGEST_GAP
    if follows and bool(latest[2]) is passed and latest[3] == reason:
        connection.execute(
            "UPDATE uptime_span SET end = ? WHERE rowid = ?", (now, latest[0])
        )
        return
    connection.execute(
        # a span without length, whose answer did not last, gives way to the next one
        "INSERT OR REPLACE INTO uptime_span (start, end, passed, reason)"
        " VALUES (?, ?, ?, ?)",
        (latest[1] if follows else now, now, passed, reason),
    )


def _reaches(connection: sqlite3.Connection, now: Instant) -> bool:
    found = connection.execute("SELECT 1 FROM uptime_span WHERE end = ?", (now,))
    return found.fetchone() is not None
