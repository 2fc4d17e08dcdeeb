"""Which lasting troubles people were told of, kept over restarts.

So nobody is told anew after each restart, and what is over by then is taken back. Must
not decide what is a trouble.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
import json
import logging
import sqlite3

from ..engine.vocabulary import Scalar
from .database import Database, StorageFailed

_LOGGER = logging.getLogger(__name__)

_KEY = "told_concerns"

# key of the event, incident, facts
type Told = tuple[str, str, Mapping[str, Scalar]]


class ToldConcerns:
    """The table of them, one row of the database."""

    def __init__(self, database: Database) -> None:
        """Read nothing yet."""
        self._database = database

    async def async_load(self) -> list[Told]:
        """What an earlier run has told; nothing where that cannot be read."""
        try:
            row = await self._database.read(
                lambda connection: connection.execute(
                    "SELECT value FROM meta WHERE key = ?", (_KEY,)
                ).fetchone()
            )
            stored = [] if row is None else json.loads(row[0])
            return [
                (str(key), str(incident), dict(facts))
                for key, incident, facts in stored
            ]
        except (StorageFailed, TypeError, ValueError) as failure:
            _LOGGER.info("Which troubles were told is not known: %s", failure)
            return []

    async def async_save(self, told: Iterable[Told]) -> None:
        """Keep it for the next start; without it something may be told twice."""
        text = json.dumps([list(each) for each in told])
        try:
            await self._database.write(lambda connection: _keep(connection, text))
        except StorageFailed as failure:
            _LOGGER.info("Which troubles were told could not be stored: %s", failure)


def _keep(connection: sqlite3.Connection, text: str) -> None:
    connection.execute(
        "INSERT INTO meta (key, value) VALUES (?, ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (_KEY, text),
    )
