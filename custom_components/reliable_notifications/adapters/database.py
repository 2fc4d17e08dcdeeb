"""One SQLite file with one writer thread and one reader thread.

What `write` returned is on the disk: every transaction is synced before its callers
hear of it, and whatever is waiting at that moment shares one transaction. While the
disk refuses, everything goes on in memory, and `refusal` says why. Must not know any
table, and must never block the event loop.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
import logging
from pathlib import Path
from queue import SimpleQueue
import sqlite3

from .database_file import DatabaseFile
from .refuge import Journal, Refuge, new_journal
from .transactions import (
    Order,
    Outcome,
    StorageFailed,
    Work,
    is_the_disk,
    primary_code,
)
from .writer import Writer

__all__ = ["Database", "StorageFailed", "Work"]

_LOGGER = logging.getLogger(__name__)

# Seconds that a stop waits for a writer that hangs; Home Assistant gives all
# integrations together 20
_CLOSE_PATIENCE = 10.0

# Seconds for copying the rows from a disk that hangs; what it does not give within
# this time it hardly gives at all
_COPY_PATIENCE = 5.0

type Listener = Callable[[], None]


class _NotOpenError(Exception):
    """There is no file to read from at the moment."""


class Database:
    """The file, opened once per set-up of the integration."""

    def __init__(self, path: Path | str) -> None:
        """Name the file; nothing is touched before `open`."""
        self._file = DatabaseFile(Path(path))
        # why the disk refuses, in SQLite's words; None while all is well
        self.refusal: str | None = None
        self._listeners: list[Listener] = []
        self._orders: SimpleQueue[Order | None] = SimpleQueue()
        self._journal: Journal = new_journal()
        self._writer: Writer | None = None
        self._reader: ThreadPoolExecutor | None = None
        self._reading: sqlite3.Connection | None = None
        # how often something was read, and the number of what is being read
        self._looks = 0
        self._looking: int | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        # set while the file is closed and opened again: everybody waits for that
        self._reopened: asyncio.Event | None = None

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self._file.path

    @property
    def recovered(self) -> Path | None:
        """Where a broken file was moved to, if one was found."""
        return self._file.recovered

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call back when the disk begins to refuse and when it is back."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def open(self) -> None:
        """Open, check and migrate the file, and start the two threads.

        A disk that only reads, or is full, is no obstacle. Raises DatabaseTooNew, or
        StorageFailed if nobody can say what the file holds.
        """
        self._loop = asyncio.get_running_loop()
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="rn-database-reader")
        try:
            await self._loop.run_in_executor(self._reader, self._begin)
        except BaseException:
            reader, self._reader = self._reader, None
            await self._loop.run_in_executor(None, reader.shutdown)
            raise

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
        took our locks away (see `DatabaseFile`). Raises like `open`.
        """
        if self.refusal is not None:
            return  # it is opened again when the disk is back
        self._reopened = asyncio.Event()
        try:
            await self.close()
            await self.open()
        finally:
            self._reopened.set()
            self._reopened = None

    async def write[T](self, work: Work[T]) -> T:
        """Run the work in the writer thread; durable when this returns.

        Work that raises changes nothing. While the disk refuses, it is done in
        memory and again on the disk later, so it must give the same result then. An
        error of the database becomes StorageFailed, any other error of the work
        reaches the caller as it is.
        """
        return await self._order(work, changes=True)

    async def read[T](self, work: Work[T]) -> T:
        """Run the work on a connection that cannot write; sees all that was written."""
        if self._reopened is not None:
            await self._reopened.wait()
        if self._reader is None or self._loop is None:
            raise StorageFailed("The database is closed")
        if self.refusal is not None:
            return await self._order(work, changes=False)
        try:
            return await self._loop.run_in_executor(self._reader, self._look, work)
        except _NotOpenError:  # the disk began to refuse a moment ago
            return await self._order(work, changes=False)
        except sqlite3.Error as error:
            if is_the_disk(error) and primary_code(error) != sqlite3.SQLITE_READONLY:
                # the writer finds out whether the disk refuses, and has a copy then
                return await self._order(work, changes=False)
            raise StorageFailed(f"Reading failed: {error}") from error

    async def try_disk(self) -> None:
        """Ask a disk that refused again, without waiting for the next time."""
        if self._writer is not None and self.refusal is not None:
            self._writer.try_now()
            await self._order(lambda _: None, changes=False)

    async def checkpoint(self) -> None:
        """Bring all that is in the log beside the file into the file, if that works."""
        if self._reader is None or self._loop is None or self.refusal is not None:
            return
        with suppress(_NotOpenError, sqlite3.Error):
            await self._loop.run_in_executor(
                self._reader,
                self._look,
                lambda connection: connection.execute(
                    "PRAGMA wal_checkpoint(TRUNCATE)"
                ).fetchone(),
            )

    # --- for whoever watches over us ---

    @property
    def is_alive(self) -> bool:
        """Whether the writer is there to work; it is not while the file is closed."""
        if self._reopened is not None:
            return True
        return self._writer is not None and self._writer.is_alive()

    @property
    def under_way(self) -> frozenset[str]:
        """Names of what is being done at this moment, each given only once.

        One that is there for long means that the disk, or who uses it, hangs.
        """
        work = [] if self._looking is None else [f"read {self._looking}"]
        if self._writer is not None and self._writer.is_busy:
            work.append(f"write {id(self._writer)} {self._writer.turn}")
        return frozenset(work)

    async def rescue(self) -> None:
        """Put a new writer in the place of one that hangs or has died.

        It begins in memory, with what can be read, and goes back to the disk as soon
        as the old one has let go of it. What the old one left undone is done; what
        it died of is refused. Where only reading hangs, there is another reader. Raises
        like `open`.
        """
        old, loop = self._writer, self._loop
        if old is None or loop is None or self._reader is None:
            await self.open()  # closed for a backup, and not opened again since
            return
        if old.is_alive() and not old.is_busy:
            self._reader = self._another_reader(self._reader)
            await loop.run_in_executor(self._reader, self._open_reading)
            return
        undone = old.abandon()
        if not old.is_alive() and old.at in undone:
            undone.remove(old.at)
            Outcome(old.at, error=StorageFailed("The writer died of this")).tell()
        self._journal = deque(self._journal, self._journal.maxlen)
        try:
            async with asyncio.timeout(_COPY_PATIENCE):
                refuge = await loop.run_in_executor(self._reader, self._copy)
        except TimeoutError:  # reading hangs as well
            self._reader = self._another_reader(self._reader)
            refuge = await loop.run_in_executor(self._reader, self._begin_anew)
        self._note("The writer hangs" if old.is_alive() else "The writer has died")
        self._writer = self._new_writer()
        self._writer.begin_in_memory(refuge, after=old, first=undone)

    def _another_reader(self, old: ThreadPoolExecutor) -> ThreadPoolExecutor:
        """Leave a reader that hangs to itself, with its connection."""
        old.shutdown(wait=False)
        self._reading = self._looking = None
        return ThreadPoolExecutor(1, thread_name_prefix="rn-database-reader")

    # --- in the reader thread ---

    def _begin(self) -> None:
        """Open the file, or a copy of it if it cannot be written."""
        try:
            connections = self._file.open()
        except (OSError, sqlite3.Error) as refusal:
            refuge = self._copy_unwritable(refusal)
            self._note(str(refusal))
            self._writer = self._new_writer()
            self._writer.begin_in_memory(refuge)
            return
        self._reading = connections.reading
        self._writer = self._new_writer()
        self._writer.begin_on_disk(connections.writing)

    def _copy_unwritable(self, refusal: OSError | sqlite3.Error) -> Refuge:
        """Copy what the file holds. Somebody's lock says nothing against the disk."""
        failed = StorageFailed(f"Opening {self.path} failed: {refusal}")
        if isinstance(refusal, sqlite3.Error) and not is_the_disk(refusal):
            raise failed from refusal
        if _code_of(refusal) == sqlite3.SQLITE_BUSY:
            raise failed from refusal
        try:
            source = self._file.open_unwritable()
        except (OSError, sqlite3.Error):
            raise failed from refusal
        refuge = Refuge(self._journal, source)
        if source is not None:
            source.close()
        return refuge

    def _copy(self) -> Refuge:
        if self._reading is not None:
            return Refuge(self._journal, self._reading)
        try:
            source = self._file.open_unwritable()
        except (OSError, sqlite3.Error):
            return self._begin_anew()
        refuge = Refuge(self._journal, source)
        if source is not None:
            source.close()
        return refuge

    def _begin_anew(self) -> Refuge:
        return Refuge(self._journal, None, is_whole=False)

    def _look[T](self, work: Work[T]) -> T:
        if self._reading is None:
            raise _NotOpenError
        self._looks += 1
        self._looking = mine = self._looks
        try:
            return work(self._reading)
        finally:
            if self._looking == mine:  # else another reader has taken over
                self._looking = None

    def _open_reading(self) -> None:
        try:
            self._reading = self._file.open_reading()
        except (OSError, sqlite3.Error) as error:
            # the writer reads as well, until the file is opened again
            _LOGGER.warning("The log cannot be opened for reading: %s", error)

    def _close_reading(self) -> None:
        if self._reading is not None:
            self._reading.close()
            self._reading = None

    def _let_go(self, writer: Writer) -> None:
        """Wait for the writer, then close the reader's connection."""
        writer.join(_CLOSE_PATIENCE)
        self._close_reading()

    # --- in the writer thread ---

    def _reopen(self, check: bool) -> tuple[sqlite3.Connection, bool]:
        """Open the file again, after a refusal."""
        if self._reader is not None:
            self._reader.submit(self._close_reading).result()
        else:  # that thread waits for us to end
            self._close_reading()
        before = self.recovered
        connections = self._file.open(check=check)
        self._reading = connections.reading
        return connections.writing, self.recovered != before

    def _note(self, refusal: str | None) -> None:
        """Remember whether the disk refuses, and say so once."""
        if (refusal is None) != (self.refusal is None):
            if refusal is None:
                _LOGGER.info("The disk is back: the log is complete")
            else:
                _LOGGER.error(
                    "The log cannot be written (%s): messages go on from memory",
                    refusal,
                )
        changed, self.refusal = refusal != self.refusal, refusal
        if changed:
            self._in_loop(self._tell_listeners)

    def _tell(self, outcomes: list[Outcome]) -> None:
        """Answer all callers with one wake-up of the event loop."""

        def tell_all() -> None:
            for outcome in outcomes:
                outcome.tell()

        self._in_loop(tell_all)

    # --- between the threads ---

    async def _order[T](self, work: Work[T], *, changes: bool) -> T:
        if self._reopened is not None:
            await self._reopened.wait()
        if self._writer is None or self._loop is None:
            raise StorageFailed("The database is closed")
        future: asyncio.Future[T] = self._loop.create_future()
        self._orders.put(Order(work, future, changes=changes))
        return await future

    def _new_writer(self) -> Writer:
        return Writer(
            self._orders,
            self._journal,
            reopen=self._reopen,
            tell=self._tell,
            noted=self._note,
        )

    def _in_loop(self, what: Callable[[], None]) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(what)

    def _tell_listeners(self) -> None:
        for listener in tuple(self._listeners):
            listener()


def _code_of(error: OSError | sqlite3.Error) -> int | None:
    return primary_code(error) if isinstance(error, sqlite3.Error) else None
