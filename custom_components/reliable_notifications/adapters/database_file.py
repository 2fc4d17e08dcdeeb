"""The file on the disk: private, sound or moved aside, opened for two threads.

Knows SQLite's files and what endangers them. Must not run anybody's work, nor know
which tables there are.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
import os
from pathlib import Path
import sqlite3
import time

from .salvage import copy_rows
from .schema import migrate
from .transactions import (
    abandon,
    give_rows,
    is_broken_content,
    is_the_disk,
    primary_code,
)

# SQLite itself waits this many seconds for a lock, e.g. of a person with a browser
# for databases; our own two connections never lock each other out (WAL)
LOCK_PATIENCE = 5.0

# The log beside the file is cut back to this many bytes after a big change (retention):
# SQLite's own checkpoint every 1000 pages keeps it at 4 MB in daily life
_LARGEST_LOG = 4_000_000

# what `PRAGMA auto_vacuum` calls it
_INCREMENTAL = 2

# A database, and what SQLite keeps beside it
_PARTS = ("", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Connections:
    """One to write, one that cannot."""

    writing: sqlite3.Connection
    reading: sqlite3.Connection

    def close(self) -> None:
        """Close both; SQLite cleans its log up with the last one."""
        self.reading.close()
        self.writing.close()


class DatabaseFile:
    """One file with what SQLite keeps beside it."""

    def __init__(self, path: Path) -> None:
        """Name the file; nothing is touched before `open`."""
        self.path = path
        # where a broken file was moved to
        self.recovered: Path | None = None
        # whether the present file has still to get what can be read of the broken one
        self._is_fresh = False

    def open(self, *, check: bool = True) -> Connections:
        """Open and migrate the file, moving a broken one aside.

        Without `check` it was found sound a short while ago. Raises DatabaseTooNew,
        OSError or sqlite3.Error.
        """
        self._make_private()
        if check:
            self._move_aside_if_broken()
        is_new = not self.path.exists()
        self._create()
        try:
            return self._open_both()
        except BaseException:
            if is_new and self.path.stat().st_size == 0:
                self.path.unlink()  # else it would be taken for what is left of one
            raise

    def _open_both(self) -> Connections:
        writing = self._connect()
        try:
            # for a new file; an old one is written anew below
            writing.execute("PRAGMA auto_vacuum = INCREMENTAL")
            writing.execute("PRAGMA journal_mode = WAL").fetchone()
            migrate(writing)
            if self._is_fresh:
                self._take_over(writing)
            _let_it_shrink(writing)
            return Connections(writing, self.open_reading())
        except BaseException:
            writing.close()
            raise

    def open_reading(self) -> sqlite3.Connection:
        """Open a file that is open for writing already; raises sqlite3.Error."""
        reading = self._connect()
        reading.execute("PRAGMA query_only = ON")
        return reading

    def open_unwritable(self) -> sqlite3.Connection | None:
        """Open what cannot be written at the moment, to read it all.

        None where there is nothing yet. Raises sqlite3.Error if nobody can say
        what the file holds: then it must not be taken for empty.
        """
        if not self.path.exists():
            if not self.path.parent.is_dir():
                raise sqlite3.OperationalError(f"No folder {self.path.parent}")
            return None
        log = self._part("-wal")
        # SQLite needs its index of the log, which cannot be made on a disk that
        # refuses; without a log there is nothing that could change
        has_log = log.exists() and log.stat().st_size > 0
        for how in ("mode=ro",) if has_log else ("mode=ro", "immutable=1"):
            connection = sqlite3.connect(
                f"{self.path.absolute().as_uri()}?{how}",
                uri=True,
                isolation_level=None,
                check_same_thread=False,
            )
            try:
                connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            except sqlite3.Error:
                connection.close()
                if how == "immutable=1" or has_log:
                    raise
            else:
                return connection
        raise AssertionError("one of the two has returned or raised")

    def _part(self, suffix: str) -> Path:
        return Path(f"{self.path}{suffix}")

    def _make_private(self) -> None:
        """Make what is there for the owner's eyes only, also what a restore brought."""
        for suffix in _PARTS:
            part = self._part(suffix)
            if part.is_file() and part.stat().st_mode & 0o777 != 0o600:
                part.chmod(0o600)

    def _create(self) -> None:
        """Make the file, for the owner only, while nothing of ours has it open.

        Closing a file takes away all locks that this process has on it. Without
        them another program that looks at the database ends as the last one to use
        it, and deletes the log into which we go on writing.
        (https://sqlite.org/howtocorrupt.html, 2.2)
        """
        if not self.path.exists():
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))

    def _connect(self) -> sqlite3.Connection:
        """One connection."""
        connection = sqlite3.connect(
            self.path,
            timeout=LOCK_PATIENCE,
            isolation_level=None,  # transactions are begun where they are meant
            check_same_thread=False,  # made in one thread, used in another, never both
        )
        give_rows(connection)
        try:
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute(f"PRAGMA journal_size_limit = {_LARGEST_LOG}")
        except BaseException:
            connection.close()
            raise
        return connection

    def _move_aside_if_broken(self) -> None:
        """Go on with an empty file rather than not at all; nothing is deleted."""
        if not self.path.exists() or self._is_sound():
            return
        stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
        aside = self.path.with_name(f"{self.path.name}.corrupt-{stamp}")
        for suffix in _PARTS:
            part = self._part(suffix)
            if part.exists():
                part.rename(f"{aside}{suffix}")
        self.recovered = aside
        self._is_fresh = True

    def _take_over(self, writing: sqlite3.Connection) -> None:
        """Save what can be read of the broken file; nothing, if there is nothing."""
        assert self.recovered is not None  # there is a broken one
        self._is_fresh = False
        if self.recovered.stat().st_size == 0:
            return  # SQLite would delete the log beside it, which may be of use
        source = sqlite3.connect(
            f"{self.recovered.absolute().as_uri()}?mode=ro",
            uri=True,
            isolation_level=None,
        )
        with closing(source):
            give_rows(source)
            # also what is shorter than it says
            source.execute("PRAGMA writable_schema = ON")
            writing.execute("BEGIN IMMEDIATE")
            try:
                copy_rows(source, writing)
                writing.execute("COMMIT")
            except sqlite3.Error:
                abandon(writing)
                raise

    def _is_sound(self) -> bool:
        """Ask SQLite; only a statement about the content counts as broken.

        Its quick check would not find an index that has lost an open message.
        """
        if self.path.is_file() and self.path.stat().st_size == 0:
            return False  # we never leave one behind; a power cut may
        try:
            with closing(self._connect()) as connection:
                (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
                return bool(verdict == "ok")
        except UnicodeDecodeError:
            return False  # even the name of what is broken is broken
        except sqlite3.Error as error:
            if is_broken_content(error) or _cannot_be_read(error):
                return False
            if not is_the_disk(error):
                return False  # it asks for what no SQLite knows
            raise  # locked, read-only, full: the content may be sound


def _cannot_be_read(error: sqlite3.Error) -> bool:
    """Whether a part of the file is lost: a bad sector, or shorter than it says."""
    return getattr(error, "sqlite_errorcode", None) in (
        sqlite3.SQLITE_IOERR_READ,
        sqlite3.SQLITE_IOERR_SHORT_READ,
        sqlite3.SQLITE_IOERR_CORRUPTFS,
    )


def _let_it_shrink(connection: sqlite3.Connection) -> None:
    """Let pages that become free be given back bit by bit.

    A file that was made without has to be written anew once for that; if there is
    no room, the next opening tries again.
    """
    (mode,) = connection.execute("PRAGMA auto_vacuum").fetchone()
    if mode == _INCREMENTAL:
        return
    connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    try:
        connection.execute("VACUUM")
    except sqlite3.OperationalError as error:
        if primary_code(error) != sqlite3.SQLITE_FULL:
            raise
