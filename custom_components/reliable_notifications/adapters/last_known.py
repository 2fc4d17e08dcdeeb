"""Where each person was when that was last known, also over restarts.

A phone that has lost its place leaves its person unknown; what was known before stands
for a while (how long is the router's). Must not judge how old is too old.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
import json
import logging
import sqlite3

from ..engine.vocabulary import Instant
from .database import Database, StorageFailed

_KEY = "last_known_home"

_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Known:
    """Home or not, when that was last known, and since when it has been the answer."""

    home: bool
    at: Instant
    since: Instant


class LastKnown:
    """The last known answer to *home?* of each person, and of which instant it is."""

    def __init__(self, database: Database) -> None:
        """Nobody is known before it was read."""
        self._database = database
        self._known: dict[str, _Known] = {}

    def of(self, person: str) -> tuple[bool, Instant] | None:
        """Home or not, and when that was last known."""
        known = self._known.get(person)
        return None if known is None else (known.home, known.at)

    def away_since(self, person: str) -> Instant | None:
        """Since when they are not home; None: they are, or it is not known.

        Home Assistant's state does not say it: that begins anew with each start, and
        with each zone.
        """
        known = self._known.get(person)
        return None if known is None or known.home else known.since

    def note(self, person: str, at: Instant, *, home: bool) -> bool:
        """Take an answer; says whether it is another one than before."""
        before = self._known.get(person)
        differs = before is None or before.home is not home
        since = at if before is None or differs else before.since
        self._known[person] = _Known(home, at, since)
        return differs

    async def async_load(self) -> None:
        """Read what an earlier run knew."""
        try:
            row = await self._database.read(
                lambda connection: connection.execute(
                    "SELECT value FROM meta WHERE key = ?", (_KEY,)
                ).fetchone()
            )
            stored = {} if row is None else json.loads(row[0])
            self._known = {
                person: _Known(bool(home), float(at), float([at, *since][-1]))
                for person, (home, at, *since) in stored.items()
            }
        except (StorageFailed, AttributeError, TypeError, ValueError) as failure:
            _LOGGER.info("Where people were last is not known: %s", failure)

    async def async_save(self) -> None:
        """Keep it for the next start; without it people are only unknown."""
        known = {
            person: (each.home, each.at, each.since)
            for person, each in self._known.items()
        }
        try:
            await self._database.write(lambda connection: _keep(connection, known))
        except StorageFailed as failure:
            _LOGGER.info("Where people are could not be stored: %s", failure)


def _keep(
    connection: sqlite3.Connection, known: Mapping[str, tuple[bool, Instant, Instant]]
) -> None:
    connection.execute(
        "INSERT INTO meta (key, value) VALUES (?, ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (_KEY, json.dumps(known)),
    )
