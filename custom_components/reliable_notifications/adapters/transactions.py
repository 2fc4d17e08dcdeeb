"""Orders of work and how they are done: many in one transaction, each for itself.

Knows which errors are the disk's and which are the work's own. Must not know where
the connection leads to, nor any table.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
import sqlite3
from typing import Any

# What SQLite says when the place where the rows lie refuses, whatever was asked of it
# (https://sqlite.org/rescode.html); everything else is a fault of the work
_DISK_ERRORS = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_READONLY,
    }
)
# of these, what speaks of the content rather than of the device
_BROKEN_CONTENT = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})

type Work[T] = Callable[[sqlite3.Connection], T]


class StorageFailed(Exception):  # noqa: N818 - it says what happened
    """The database could not be read or written: full, read-only, broken, closed."""


@dataclass(frozen=True, slots=True)
class Order:
    """A piece of work, and the caller who waits for it.

    `changes` says whether it has to reach the disk sooner or later.
    """

    work: Work[Any]
    future: asyncio.Future[Any]
    changes: bool = True


@dataclass(slots=True)
class Outcome:
    """What the caller will be told once the transaction is over."""

    order: Order
    value: Any = None
    error: Exception | None = None

    def tell(self) -> None:
        """Tell it; runs in the event loop. The caller may have given up."""
        future = self.order.future
        if future.done():
            return
        if self.error is not None:
            future.set_exception(self.error)
        else:
            future.set_result(self.value)


def give_rows(connection: sqlite3.Connection) -> None:
    """Let a connection answer with rows that have names, whatever is in them."""
    connection.row_factory = sqlite3.Row
    # a flipped bit in a text must not make every row around it unreadable
    connection.text_factory = _readable


def _readable(text: bytes) -> str:
    return text.decode("utf-8", "replace")


def primary_code(error: sqlite3.Error) -> int | None:
    """SQLite's own number of an error, without its details."""
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def is_the_disk(error: sqlite3.Error) -> bool:
    """Whether it is the disk that refuses, so that the same may succeed elsewhere."""
    return primary_code(error) in _DISK_ERRORS


def is_broken_content(error: sqlite3.Error) -> bool:
    """Whether what lies on the disk is no sound database any more."""
    return primary_code(error) in _BROKEN_CONTENT


def in_one_transaction(
    connection: sqlite3.Connection,
    orders: Sequence[Order],
    begun: Callable[[Order], None],
    *,
    refuses: Callable[[sqlite3.Error], bool] = is_the_disk,
) -> list[Outcome]:
    """Do all orders; one that fails by its own fault hurts no other.

    `begun` hears which one is being done. Raises sqlite3.Error, with nothing done,
    if the disk refuses, which `refuses` tells from a fault of the work.
    """
    outcomes = [Outcome(order) for order in orders]
    try:
        connection.execute("BEGIN IMMEDIATE")
        for outcome in outcomes:
            begun(outcome.order)
            _do(connection, outcome, refuses)
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        abandon(connection)
        if refuses(error):
            raise
        for outcome in outcomes:
            outcome.error = StorageFailed(f"Writing failed: {error}")
    return outcomes


def _do(
    connection: sqlite3.Connection,
    outcome: Outcome,
    refuses: Callable[[sqlite3.Error], bool],
) -> None:
    """One order inside its own savepoint."""
    try:
        with savepoint(connection):
            outcome.value = outcome.order.work(connection)
    except sqlite3.Error as error:
        if refuses(error) or not connection.in_transaction:
            raise
        outcome.error = StorageFailed(f"Writing failed: {error}")
    except Exception as error:  # noqa: BLE001 - it belongs to the caller, who gets it
        outcome.error = error


@contextmanager
def savepoint(connection: sqlite3.Connection) -> Iterator[None]:
    """Undo what is done inside if it raises."""
    connection.execute("SAVEPOINT piece")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK TO piece")
            connection.execute("RELEASE piece")
        raise
    connection.execute("RELEASE piece")


def abandon(connection: sqlite3.Connection) -> None:
    """Undo the transaction, if SQLite has not done so itself."""
    if connection.in_transaction:
        connection.execute("ROLLBACK")
