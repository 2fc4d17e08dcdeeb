"""One SQLite file with one writer thread and one reader thread.

What `write` returned is on the disk: every transaction is synced before its callers
hear of it, and whatever is waiting at that moment shares one transaction. Must not
know any table, and must never block the event loop.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
import os
from pathlib import Path
from queue import Empty, SimpleQueue
import sqlite3
from threading import Thread
import time
from typing import Any

from .schema import migrate

# Many callers share one sync of the disk; more would only delay the first of them
_MOST_PER_TRANSACTION = 256

# SQLite itself waits this many seconds for a lock, e.g. of a person with a browser
# for databases; our own two connections never lock each other out (WAL)
_LOCK_PATIENCE = 5.0

type Work[T] = Callable[[sqlite3.Connection], T]


class StorageFailed(Exception):  # noqa: N818 - it says what happened
    """The database could not be read or written: full, read-only, broken, closed."""


@dataclass(frozen=True, slots=True)
class _Order:
    """A piece of work, and the caller who waits for it."""

    work: Work[Any]
    future: asyncio.Future[Any]


@dataclass(slots=True)
class _Outcome:
    """What the caller will be told once the transaction is on the disk."""

    future: asyncio.Future[Any]
    value: Any = None
    error: Exception | None = None

    def tell(self) -> None:
        """Tell it; runs in the event loop. The caller may have given up."""
        if self.future.done():
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.value)


class Database:
    """The file, opened once per set-up of the integration."""

    def __init__(self, path: Path | str) -> None:
        """Name the file; nothing is touched before `open`."""
        self.path = Path(path)
        # where a broken file was moved to when it was found at `open`
        self.recovered: Path | None = None
        self._orders: SimpleQueue[_Order | None] = SimpleQueue()
        self._writer: Thread | None = None
        self._reader: ThreadPoolExecutor | None = None
        self._read_connection: sqlite3.Connection | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        # set while the file is closed and opened again: everybody waits for that
        self._reopened: asyncio.Event | None = None

    async def open(self) -> None:
        """Open, check and migrate the file, and start the two threads.

        Raises DatabaseTooNew, or StorageFailed if there is no way to
        have a file at this place.
        """
        self._loop = asyncio.get_running_loop()
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="rn-database-reader")
        try:
            connection = await self._loop.run_in_executor(self._reader, self._prepare)
        except BaseException:
            reader, self._reader = self._reader, None
            await self._loop.run_in_executor(None, reader.shutdown)
            raise
        self._writer = Thread(
            target=self._write_until_closed,
            args=(connection,),
            name="rn-database-writer",
            daemon=True,  # a hanging disk must not keep the process from ending
        )
        self._writer.start()

    async def close(self) -> None:
        """Write what is queued, then let go of the file. Closing twice is allowed."""
        writer, reader = self._writer, self._reader
        self._writer = self._reader = None
        if writer is None or reader is None:
            return
        self._orders.put(None)
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(reader, self._let_go, writer)
        await loop.run_in_executor(None, reader.shutdown)

    async def renew(self) -> None:
        """Close the file and open it again; reading and writing wait meanwhile.

        Needed after somebody in this process has read the file, a backup say: that
        took our locks away (see `_make_private`). Raises like `open`.
        """
        self._reopened = asyncio.Event()
        try:
            await self.close()
            await self.open()
        finally:
            self._reopened.set()
            self._reopened = None

    async def write[T](self, work: Work[T]) -> T:
        """Run the work in the writer thread; durable when this returns.

        Work that raises changes nothing. An error of the database becomes
        StorageFailed, any other error of the work reaches the caller as it is.
        """
        if self._reopened is not None:
            await self._reopened.wait()
        if self._writer is None or self._loop is None:
            raise StorageFailed("The database is closed")
        future: asyncio.Future[T] = self._loop.create_future()
        self._orders.put(_Order(work, future))
        return await future

    async def read[T](self, work: Work[T]) -> T:
        """Run the work on a connection that cannot write; sees all that was written."""
        if self._reopened is not None:
            await self._reopened.wait()
        if self._reader is None or self._loop is None:
            raise StorageFailed("The database is closed")
        connection = self._read_connection
        assert connection is not None  # opened together with the reader
        try:
            return await self._loop.run_in_executor(self._reader, work, connection)
        except sqlite3.Error as error:
            raise StorageFailed(f"Reading failed: {error}") from error

    # --- in the reader thread ---

    def _prepare(self) -> sqlite3.Connection:
        """Make both connections; returns the one for writing."""
        try:
            self._move_aside_if_broken()
            self._make_private()
            writing = self._connect()
            try:
                _check_wal(writing)
                migrate(writing)
                self._read_connection = self._connect()
                self._read_connection.execute("PRAGMA query_only = ON")
            except BaseException:
                writing.close()
                raise
        except (OSError, sqlite3.Error) as error:
            raise StorageFailed(f"Opening {self.path} failed: {error}") from error
        return writing

    def _make_private(self) -> None:
        """Make the file for the owner's eyes only, while nothing of ours has it open.

        Closing a file takes away all locks that this process has on it. Without
        them another program that looks at the database ends as the last one to use
        it, and deletes the log into which we go on writing.
        (https://sqlite.org/howtocorrupt.html, 2.2)
        """
        os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
        self.path.chmod(0o600)  # also a file that a restore has brought

    def _connect(self) -> sqlite3.Connection:
        """One connection."""
        connection = sqlite3.connect(
            self.path,
            timeout=_LOCK_PATIENCE,
            isolation_level=None,  # transactions are begun where they are meant
            check_same_thread=False,  # made in one thread, used in another, never both
        )
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        return connection

    def _move_aside_if_broken(self) -> None:
        """Go on with an empty file rather than not at all; nothing is deleted."""
        if not self.path.exists() or self._is_sound():
            return
        stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
        aside = self.path.with_name(f"{self.path.name}.corrupt-{stamp}")
        for suffix in ("", "-wal", "-shm"):
            part = Path(f"{self.path}{suffix}")
            if part.exists():
                part.rename(f"{aside}{suffix}")
        self.recovered = aside

    def _is_sound(self) -> bool:
        """Ask SQLite; only a statement about the content counts as broken."""
        try:
            with closing(self._connect()) as connection:
                (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
                return bool(verdict == "ok")
        except sqlite3.OperationalError:
            raise  # locked, read-only, full: the content may be sound
        except sqlite3.DatabaseError:
            return False

    def _let_go(self, writer: Thread) -> None:
        """Wait for the writer, then close the reader's connection."""
        writer.join()
        if self._read_connection is not None:
            self._read_connection.close()
            self._read_connection = None

    # --- in the writer thread ---

    def _write_until_closed(self, connection: sqlite3.Connection) -> None:
        """Serve orders, as many at once as are there; None is the last."""
        with closing(connection):
            closing_down = False
            while not closing_down:
                first = self._orders.get()
                orders = [] if first is None else [first]
                closing_down = first is None
                for order in self._waiting():
                    if order is None:
                        closing_down = True
                    else:
                        orders.append(order)
                if orders:
                    self._tell(_in_one_transaction(connection, orders))

    def _waiting(self) -> Iterator[_Order | None]:
        """What else is queued at this moment."""
        for _ in range(_MOST_PER_TRANSACTION - 1):
            try:
                yield self._orders.get_nowait()
            except Empty:
                return

    def _tell(self, outcomes: list[_Outcome]) -> None:
        """Answer all callers with one wake-up of the event loop."""
        loop = self._loop
        if loop is None or loop.is_closed():
            return

        def tell_all() -> None:
            for outcome in outcomes:
                outcome.tell()

        loop.call_soon_threadsafe(tell_all)


def _check_wal(connection: sqlite3.Connection) -> None:
    """Write-ahead logging lets readers and the writer alone, and syncs once."""
    connection.execute("PRAGMA journal_mode = WAL").fetchone()


def _in_one_transaction(
    connection: sqlite3.Connection, orders: list[_Order]
) -> list[_Outcome]:
    """Do all orders or, if the disk refuses, none; one that fails hurts no other."""
    outcomes = [_Outcome(order.future) for order in orders]
    try:
        connection.execute("BEGIN IMMEDIATE")
        for order, outcome in zip(orders, outcomes, strict=True):
            _do(connection, order, outcome)
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        _abandon(connection)
        for outcome in outcomes:
            outcome.error = StorageFailed(f"Writing failed: {error}")
    return outcomes


def _do(connection: sqlite3.Connection, order: _Order, outcome: _Outcome) -> None:
    """One order inside its own savepoint."""
    try:
        with _savepoint(connection):
            outcome.value = order.work(connection)
    except sqlite3.Error as error:
        if not connection.in_transaction:
            raise  # SQLite has rolled the whole transaction back (e.g. disk full)
        outcome.error = StorageFailed(f"Writing failed: {error}")
    except Exception as error:  # noqa: BLE001 - it belongs to the caller, who gets it
        outcome.error = error


@contextmanager
def _savepoint(connection: sqlite3.Connection) -> Iterator[None]:
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


def _abandon(connection: sqlite3.Connection) -> None:
    """Undo the transaction, if SQLite has not done so itself."""
    if connection.in_transaction:
        connection.execute("ROLLBACK")
