"""Where rows live while the disk refuses: a copy in memory, and what must be caught up.

Everything goes on as before, reading and writing, and all that was changed is done
again on the disk, in order, once it is back. Must not find out whether the disk is
back, nor talk to callers.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from itertools import islice
import logging
import sqlite3
from typing import Any

from .salvage import copy_rows
from .schema import migrate
from .transactions import (
    Order,
    Outcome,
    Work,
    abandon,
    give_rows,
    in_one_transaction,
    is_the_disk,
    savepoint,
)

_LOGGER = logging.getLogger(__name__)

# Changes that are kept for the disk, the oldest going first: about two weeks of the
# self-test each minute, and some 40 MB if each were a long message
_MOST_REMEMBERED = 20_000

# Changes that are done again in one transaction; who waits meanwhile waits for no more
# than this many rows
_AT_ONCE = 256

type Journal = deque[Work[Any]]


def new_journal() -> Journal:
    """Make a list of what the disk has not got yet."""
    return deque(maxlen=_MOST_REMEMBERED)


class Refuge:
    """The database in memory. Made in one thread and used in another, never in both."""

    def __init__(
        self,
        journal: Journal,
        source: sqlite3.Connection | None,
        *,
        is_whole: bool = True,
        is_broken: bool = False,
    ) -> None:
        """Copy what can be read of a source, None if there is nothing yet.

        `journal` is what the source lacks, from an earlier refuge. `is_whole` is
        False if the source is known to have held more; with `is_broken` it is read
        row by row, past what is broken.
        """
        self.journal = journal
        self._has_forgotten = False
        self._connection = _in_memory()
        self.is_whole = self._copy(source, is_broken) and is_whole
        migrate(self._connection)
        # rows that point to what could not be read are better than none
        self._connection.execute(f"PRAGMA foreign_keys = {self.is_whole:d}")
        self._connection.execute("BEGIN")
        for work in journal:
            _again(self._connection, work)
        self._connection.execute("COMMIT")

    def _copy(self, source: sqlite3.Connection | None, is_broken: bool) -> bool:
        if source is None:
            return True  # there is nothing yet
        if not is_broken:
            try:
                source.backup(self._connection)
            except sqlite3.Error:
                self._connection.close()
                self._connection = _in_memory()
            else:
                return True
        migrate(self._connection)
        return copy_rows(source, self._connection)

    def serve(
        self, orders: Sequence[Order], begun: Callable[[Order], None]
    ) -> list[Outcome]:
        """Do the orders here, and remember those that have to reach the disk."""
        outcomes = in_one_transaction(
            # there is no disk here that could refuse
            self._connection,
            orders,
            begun,
            refuses=lambda _: False,
        )
        for outcome in outcomes:
            if outcome.order.changes and outcome.error is None:
                self._remember(outcome.order.work)
        return outcomes

    def _remember(self, work: Work[Any]) -> None:
        if len(self.journal) == _MOST_REMEMBERED and not self._has_forgotten:
            self._has_forgotten = True
            _LOGGER.error(
                "The disk has refused for so long that the oldest changes of the log"
                " are given up"
            )
        self.journal.append(work)

    def catch_up(self, disk: sqlite3.Connection) -> bool:
        """Do a part of what was remembered on the disk; True when nothing is left.

        Raises sqlite3.Error if the disk refuses again; then the part is kept.
        """
        part = list(islice(self.journal, _AT_ONCE))
        try:
            disk.execute("BEGIN IMMEDIATE")
            for work in part:
                _again(disk, work)
            disk.execute("COMMIT")
        except sqlite3.Error:
            abandon(disk)
            raise
        for _ in part:
            self.journal.popleft()
        return not self.journal

    def write_whole(self, disk: sqlite3.Connection) -> None:
        """Fill an empty file with all that is here; raises sqlite3.Error."""
        try:
            disk.execute("BEGIN IMMEDIATE")
            copy_rows(self._connection, disk)
            disk.execute("COMMIT")
        except sqlite3.Error:
            abandon(disk)
            raise
        self.journal.clear()

    def close(self) -> None:
        """Give the memory back."""
        self._connection.close()


def _in_memory() -> sqlite3.Connection:
    connection = sqlite3.connect(
        ":memory:", isolation_level=None, check_same_thread=False
    )
    give_rows(connection)
    return connection


def _again(connection: sqlite3.Connection, work: Work[Any]) -> None:
    """Do again what was done before; what is there already cannot be done twice."""
    try:
        with savepoint(connection):
            work(connection)
    except sqlite3.Error as error:
        if is_the_disk(error):
            raise
        _LOGGER.debug("Not done a second time: %s", error)
    except Exception as error:  # noqa: BLE001 - it was told to its caller, or did work
        _LOGGER.debug("Not done a second time: %s", error)
