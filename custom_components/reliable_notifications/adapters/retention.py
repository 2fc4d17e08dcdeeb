"""How long rows are kept: in full for 30 days, as counts per day for 400.

Works in slices of one short transaction each, so that nobody waits for it, and every
slice is whole: what is taken out of the log is in the counts, also after a power cut
in between. Must not touch what has no end yet.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
import logging
import sqlite3

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later, async_track_time_change
from homeassistant.util import dt as dt_util

from ..engine.metrics.daily import DayCount, DayOf, count_by_day
from ..engine.vocabulary import Instant, IntentRecord
from .daily_log import add_counts, local_day
from .database import Database, StorageFailed
from .delivery_log import SELECT_RECORDS, as_record

_LOGGER = logging.getLogger(__name__)

_DAY = 86_400.0

# Every metric looks back 28 days; two more let a month be looked at, and no count
# changes while it is still shown (delivery reference 5.2)
KEPT_IN_FULL = 30 * _DAY
# A year, and the month before it to compare with (delivery reference 5.2). Cycles are
# kept as long: a household has three a day, which is 40 kB a year.
KEPT_IN_ALL = 400 * _DAY

# Notifications, cycles, or other rows that go in one transaction: a few milliseconds
# here, and well below a second on a memory card
SLICE = 50
# Pages of 4 kB that are given back to the disk in one transaction
PAGES = 64
# Pages that the file keeps to grow into: about the rows of a day
SPARE_PAGES = 256

# At night nobody waits for a message, and backups begin later (Home Assistant's own
# between 4:45 and 5:45)
HOUR, MINUTE = 3, 15
# Homes whose databases lie on one server do not all begin at once
SPREAD = 3600.0
# Seconds after which a night was missed: Home Assistant was off, or asleep
OVERDUE = 36 * 3600.0
# Seconds after the start until a missed night is made up for; a start is busy enough
AFTER_START = 600.0

_LAST_RUN = "retention_at"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """What one run did: notifications and other rows taken out, pages given back."""

    notifications: int
    others: int
    pages: int


class Retention:
    """Clears the log each night."""

    def __init__(
        self,
        hass: HomeAssistant,
        database: Database,
        jitter: Callable[[], float],
    ) -> None:
        """Prepare; `jitter` gives a number from 0 to 1."""
        self._hass = hass
        self._database = database
        self._jitter = jitter
        self._stops: list[CALLBACK_TYPE] = []
        self._next: CALLBACK_TYPE | None = None
        self._is_at_work = False
        self._is_stopped = False

    async def async_start(self) -> None:
        """Clear each night, and soon if the last nights were missed."""
        self._stops.append(
            async_track_time_change(
                self._hass, self._tonight, hour=HOUR, minute=MINUTE, second=0
            )
        )
        last = await self._last_run()
        if last is None or not 0 <= dt_util.utcnow().timestamp() - last < OVERDUE:
            self._later(AFTER_START)

    @callback
    def async_stop(self) -> None:
        """Clear no more; a slice that is under way is finished."""
        self._is_stopped = True
        if self._next is not None:
            self._next()
        while self._stops:
            self._stops.pop()()

    @callback
    def _tonight(self, _: object) -> None:
        self._later(0.0)

    @callback
    def _later(self, seconds: float) -> None:
        async def run(_: object) -> None:
            self._next = None
            try:
                await self.async_run()
            except StorageFailed as failure:
                if not self._is_stopped:
                    _LOGGER.warning("The log was not cleared tonight: %s", failure)

        if self._next is not None:
            self._next()
        self._next = async_call_later(
            self._hass, seconds + self._jitter() * SPREAD, run
        )

    async def async_run(self) -> Cleared:
        """Clear now. Raises StorageFailed; what was cleared until then stays so."""
        if self._is_at_work or self._database.refusal is not None:
            return Cleared(
                notifications=0, others=0, pages=0
            )  # tomorrow is soon enough
        self._is_at_work = True
        try:
            return await self._run(dt_util.utcnow().timestamp())
        finally:
            self._is_at_work = False

    async def _run(self, now: Instant) -> Cleared:
        day_of = local_day()
        notifications = await self._until_none_is_left(
            lambda connection: _move_to_counts(connection, now, day_of)
        )
        others = 0
        for slice_of in _OTHERS:
            others += await self._until_none_is_left(
                lambda connection, work=slice_of: work(connection, now)  # type: ignore[misc]
            )
        pages = await self._until_none_is_left(_give_back)
        await self._database.write(lambda connection: _note_run(connection, now))
        if notifications or others:
            _LOGGER.info(
                "Cleared the log of %d old messages and %d other rows",
                notifications,
                others,
            )
        return Cleared(notifications=notifications, others=others, pages=pages)

    async def _until_none_is_left(
        self, work: Callable[[sqlite3.Connection], int]
    ) -> int:
        """Each slice waits its turn with everybody else's work."""
        done = 0
        while not self._is_stopped and (one := await self._database.write(work)):
            done += one
        return done

    async def _last_run(self) -> Instant | None:
        row = await self._database.read(
            lambda connection: connection.execute(
                "SELECT value FROM meta WHERE key = ?", (_LAST_RUN,)
            ).fetchone()
        )
        return None if row is None else float(row[0])


def _move_to_counts(connection: sqlite3.Connection, now: Instant, day_of: DayOf) -> int:
    """Count the oldest notifications and take them out; returns how many.

    All intents of one must be over for as long, and an item that lies in the inbox
    keeps its message: somebody may yet tick it off.
    """
    ids = [
        row[0]
        for row in connection.execute(
            "SELECT id FROM notification WHERE created_at < :before AND NOT EXISTS"
            " (SELECT 1 FROM intent WHERE notification_id = notification.id"
            "  AND (finished_at IS NULL OR finished_at >= :before))"
            " AND (created_at < :long_before OR NOT EXISTS"
            " (SELECT 1 FROM inbox_item WHERE notification_id = notification.id"
            "  AND done_at IS NULL))"
            " ORDER BY created_at LIMIT :most",
            {
                "before": now - KEPT_IN_FULL,
                "long_before": now - KEPT_IN_ALL,
                "most": SLICE,
            },
        )
    ]
    intents: list[IntentRecord] = []
    for notification_id in ids:
        intents += (
            as_record(row)
            for row in connection.execute(
                f"{SELECT_RECORDS} WHERE notification_id = ?",
                (notification_id,),
            )
        )
    counts: list[DayCount] = list(count_by_day(intents, now, day_of).values())
    add_counts(connection, counts)
    connection.executemany(
        "DELETE FROM notification WHERE id = ?", [(each,) for each in ids]
    )
    return len(ids)


def _slice_of(
    table: str, keys: str, condition: str, kept: float
) -> Callable[[sqlite3.Connection, Instant], int]:
    """Make the work that takes the rows out which are older than `kept`."""

    def work(connection: sqlite3.Connection, now: Instant) -> int:
        return connection.execute(
            f"DELETE FROM {table} WHERE ({keys}) IN"
            f" (SELECT {keys} FROM {table} WHERE {condition} < ? LIMIT ?)",
            (now - kept, SLICE),
        ).rowcount

    return work


_OTHERS = (
    _slice_of("inbox_item", "recipient_id, tag", "done_at", KEPT_IN_FULL),
    _slice_of("inbox_item", "recipient_id, tag", "created_at", KEPT_IN_ALL),
    _slice_of("cycle", "appliance_id, id", "announced_at", KEPT_IN_ALL),
    _slice_of("expense", "attempt_id", "at", KEPT_IN_ALL),
    # a span is a row for as long as the self-test says the same, so they are few
    _slice_of("uptime_span", "rowid", '"end"', KEPT_IN_ALL),
)


def _give_back(connection: sqlite3.Connection) -> int:
    """Give some free pages back to the disk; returns how many."""
    (free,) = connection.execute("PRAGMA freelist_count").fetchone()
    pages = min(PAGES, max(0, int(free) - SPARE_PAGES))
    if pages:
        connection.execute(f"PRAGMA incremental_vacuum({pages})").fetchall()
    (left,) = connection.execute("PRAGMA freelist_count").fetchone()
    return int(free) - int(left)


def _note_run(connection: sqlite3.Connection, now: Instant) -> None:
    """Remember when, and drop the counts that are too old themselves."""
    oldest = local_day()(now - KEPT_IN_ALL)
    connection.execute("DELETE FROM daily WHERE day < ?", (oldest,))
    connection.execute(
        "INSERT INTO meta (key, value) VALUES (?, ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (_LAST_RUN, str(now)),
    )
