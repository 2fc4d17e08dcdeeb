"""The counts per day as rows.

Must not decide how long anything is kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
import json
import sqlite3

from homeassistant.util import dt as dt_util

from ..engine.metrics.daily import DayCount, DayOf, count_by_day, key
from ..engine.vocabulary import Instant, IntentRecord, Priority
from .database import Database
from .delivery_log import SELECT_RECORDS, as_record

_COLUMNS = (
    "day, priority, channel_id, proven, unverified, missed, uncounted, attempts,"
    " latency_sum, latencies"
)


class DailyLog:
    """The counts of the days, also of those whose messages are still kept in full."""

    def __init__(self, database: Database) -> None:
        """Remember where the rows are; reads nothing yet."""
        self._database = database

    async def since(self, instant: Instant, now: Instant) -> list[DayCount]:
        """The counts of all days since then, the oldest first."""
        day_of = local_day()
        first = day_of(instant)

        def work(connection: sqlite3.Connection) -> list[DayCount]:
            found = count_by_day(_kept(connection, instant), now, day_of)
            for count in _counted(connection, first):
                known = found.get(key(count))
                found[key(count)] = count if known is None else known.plus(count)
            return [found[about] for about in sorted(found) if about[0] >= first]

        return await self._database.read(work)


def local_day() -> DayOf:
    """Make a function that names the calendar day of an instant, in local time."""
    zone = dt_util.get_default_time_zone()
    return lambda instant: datetime.fromtimestamp(instant, zone).date().isoformat()


def add_counts(connection: sqlite3.Connection, counts: Iterable[DayCount]) -> None:
    """Add to what is counted already, inside somebody else's transaction."""
    for count in counts:
        row = connection.execute(
            f"SELECT {_COLUMNS} FROM daily"
            " WHERE day = ? AND priority = ? AND channel_id = ?",
            (count.day, count.priority.value, count.channel_id),
        ).fetchone()
        total = count if row is None else _day_count(row).plus(count)
        connection.execute(
            f"INSERT OR REPLACE INTO daily ({_COLUMNS})"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                total.day,
                total.priority.value,
                total.channel_id,
                total.proven,
                total.unverified,
                total.missed,
                total.uncounted,
                total.attempts,
                total.latency_sum,
                json.dumps(total.latencies),
            ),
        )


def _kept(connection: sqlite3.Connection, instant: Instant) -> Iterable[IntentRecord]:
    """Intents that are still in the log, a day too many rather than too few."""
    return map(
        as_record,
        connection.execute(
            f"{SELECT_RECORDS} WHERE notification.created_at >= ?",
            (instant - 86_400.0,),
        ),
    )


def _counted(connection: sqlite3.Connection, first: str) -> Iterable[DayCount]:
    return map(
        _day_count,
        connection.execute(f"SELECT {_COLUMNS} FROM daily WHERE day >= ?", (first,)),
    )


def _day_count(row: sqlite3.Row) -> DayCount:
    return DayCount(
        day=row["day"],
        priority=Priority(row["priority"]),
        channel_id=row["channel_id"],
        proven=row["proven"],
        unverified=row["unverified"],
        missed=row["missed"],
        uncounted=row["uncounted"],
        attempts=row["attempts"],
        latency_sum=row["latency_sum"],
        latencies=tuple(json.loads(row["latencies"])),
    )
