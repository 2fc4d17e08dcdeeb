"""A disk that is as full as a test wants: SQLite itself refuses to let a file grow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
import sqlite3
from unittest.mock import patch

from custom_components.reliable_notifications.adapters.database import Database
from custom_components.reliable_notifications.adapters.database_file import (
    DatabaseFile,
)
from tests.adapters.delivering import wait_for

# more than any test writes
_ROOMY = 1_000_000


class TightDisk:
    """Every connection that is opened obeys it."""

    def __init__(self) -> None:
        self._pages = _ROOMY

    def limit(self, connection: sqlite3.Connection) -> None:
        connection.execute(f"PRAGMA max_page_count = {self._pages}").fetchone()

    async def fill(self, database: Database) -> None:
        """No file may grow any more; what is there can still be changed."""
        self._pages = 1  # SQLite makes that the present size
        await database.write(self.limit)

    async def empty(self, database: Database) -> None:
        """There is room again; wait until that was found out."""
        self._pages = _ROOMY
        await database.try_disk()
        await wait_for(lambda: database.refusal is None)


@contextmanager
def tight_disk() -> Iterator[TightDisk]:
    disk = TightDisk()
    connect = DatabaseFile._connect

    def obedient(self: DatabaseFile) -> sqlite3.Connection:
        connection = connect(self)
        disk.limit(connection)
        return connection

    with patch.object(DatabaseFile, "_connect", obedient):
        yield disk
