"""From where messages are to be taken back yet, by the tag that they carry.

A row per tag and channel, until the channel has done it: a phone that is off, and we
ourselves, may be away for a while. Must not take anything back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
import json
import sqlite3

from ..engine.vocabulary import Instant
from .calls import LATE_LIMIT
from .database import Database

# Seconds for which somebody who has taken a row up is left alone with it: longer than
# the slowest channel takes. If we die meanwhile, it is taken up again after them.
LEASE = 60.0

# Seconds after which a call that has outlived its time brings no message any more: its
# own time (half a minute for the slowest), and that for which it is still listened to
_MAY_YET_ARRIVE = LATE_LIMIT + 30.0

# what carries a tag: messages, and what several of them were told in
_INTENTS = (
    "SELECT intent.id FROM notification"
    " JOIN intent ON intent.notification_id = notification.id"
    " WHERE notification.tag = {tag}"
    " UNION SELECT intent_id FROM bundle WHERE bundle.tag = {tag}"
)
# the attempts of a row's tag on its channel
_ATTEMPTS = (
    f"FROM attempt WHERE attempt.intent_id IN ({_INTENTS.format(tag='recall.tag')})"
    " AND attempt.channel_id = recall.channel_id"
)
# what the provider calls those messages
_REFERENCES = (
    "(SELECT json_group_array(reference) FROM (SELECT DISTINCT attempt.reference"
    f" {_ATTEMPTS} AND attempt.reference IS NOT NULL ORDER BY attempt.rowid))"
)
# what is still being sent, or may have been sent although nobody has said so
_ON_ITS_WAY = (
    f"EXISTS (SELECT 1 {_ATTEMPTS} AND (attempt.ended_at IS NULL"
    " OR (attempt.evidence = 'timed_out' AND attempt.started_at > ?)))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """One message on one channel, asked to be taken back at `since`.

    `references` are what the provider calls its messages, as far as it said so;
    `on_its_way` says that one may yet arrive after it was taken back.
    """

    tag: str
    channel_id: str
    since: Instant
    tries: int
    references: tuple[str, ...]
    on_its_way: bool


class Recalls:
    """What is to be taken back."""

    def __init__(self, database: Database) -> None:
        """Remember where the rows are."""
        self._database = database

    async def add(
        self, tag: str, now: Instant, channel_ids: Iterable[str] | None = None
    ) -> list[Recall]:
        """Store that this is to be taken back, and take it up; None: from everywhere.

        Raises StorageFailed.
        """
        wanted = None if channel_ids is None else tuple(channel_ids)

        def work(connection: sqlite3.Connection) -> list[Recall]:
            where = _channels(connection, tag) if wanted is None else wanted
            connection.executemany(
                "INSERT OR REPLACE INTO recall (tag, channel_id, since, tries, next_at)"
                " VALUES (?, ?, ?, 0, ?)",
                [(tag, each, now, now + LEASE) for each in where],
            )
            return _read(connection, now, "tag = ? AND since = ?", tag, now)

        return await self._database.write(work)

    async def take_due(self, now: Instant) -> list[Recall]:
        """Take up what is due, without what a newer message has made needless."""

        def work(connection: sqlite3.Connection) -> list[Recall]:
            connection.execute(
                "DELETE FROM recall WHERE"
                f" EXISTS (SELECT 1 {_ATTEMPTS} AND attempt.started_at > recall.since)"
            )
            due = _read(connection, now, "next_at <= ?", now)
            connection.execute(
                "UPDATE recall SET next_at = ? WHERE next_at <= ?", (now + LEASE, now)
            )
            return due

        return await self._database.write(work)

    async def next_at(self) -> Instant | None:
        """When the next one is due; None: there is none."""
        row = await self._database.read(
            lambda connection: connection.execute(
                "SELECT min(next_at) FROM recall"
            ).fetchone()
        )
        return None if row[0] is None else float(row[0])

    async def put_off(self, recall: Recall, until: Instant | None) -> None:
        """It is to be tried again then; None: no more."""

        def work(connection: sqlite3.Connection) -> None:
            # not one that was asked for anew meanwhile
            key = (recall.tag, recall.channel_id, recall.since)
            if until is None:
                connection.execute(
                    "DELETE FROM recall WHERE tag = ? AND channel_id = ? AND since = ?",
                    key,
                )
            else:
                connection.execute(
                    "UPDATE recall SET tries = tries + 1, next_at = ?"
                    " WHERE tag = ? AND channel_id = ? AND since = ?",
                    (until, *key),
                )

        await self._database.write(work)


def _channels(connection: sqlite3.Connection, tag: str) -> list[str]:
    """The channels that were called for messages with this tag."""
    rows = connection.execute(
        "SELECT DISTINCT attempt.channel_id FROM attempt"
        f" WHERE attempt.intent_id IN ({_INTENTS.format(tag=':tag')})",
        {"tag": tag},
    )
    return [row[0] for row in rows]


def _read(
    connection: sqlite3.Connection, now: Instant, which: str, *values: str | float
) -> list[Recall]:
    rows = connection.execute(
        f"SELECT *, {_REFERENCES} AS known_as, {_ON_ITS_WAY} AS on_its_way"
        f" FROM recall WHERE {which}",
        (now - _MAY_YET_ARRIVE, *values),
    ).fetchall()
    return [
        Recall(
            tag=row["tag"],
            channel_id=row["channel_id"],
            since=row["since"],
            tries=row["tries"],
            references=tuple(json.loads(row["known_as"])),
            on_its_way=bool(row["on_its_way"]),
        )
        for row in rows
    ]
