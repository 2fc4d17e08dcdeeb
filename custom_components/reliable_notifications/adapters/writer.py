"""The thread that writes: on the disk, or in memory while the disk refuses.

The only one that changes rows. Must not touch the event loop but to tell callers what
became of their orders, and must not decide what a refusal means for people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
import logging
from queue import Empty, SimpleQueue
import sqlite3
from threading import Event, Thread
import time

from .database_file import LOCK_PATIENCE
from .refuge import Journal, Refuge
from .schema import DatabaseTooNew
from .transactions import (
    Order,
    Outcome,
    StorageFailed,
    in_one_transaction,
    is_broken_content,
)

_LOGGER = logging.getLogger(__name__)

# Many callers share one sync of the disk; more would only delay the first of them
_MOST_PER_TRANSACTION = 256

# Seconds until a disk that refused is asked again. A full one does not mend faster,
# and nothing waits for it meanwhile.
RETRY_EVERY = 15.0

# Seconds between looks at a writer that hangs: when it has ended, the file is ours
_LOOK_AFTER_IT = 1.0

_IN_MILLISECONDS = round(1000 * LOCK_PATIENCE)

# closes the file and opens it again, its content checked if asked for; returns where
# to write, and whether that is empty because a broken file was moved aside
type Reopen = Callable[[bool], tuple[sqlite3.Connection, bool]]
type Tell = Callable[[list[Outcome]], None]
type Noted = Callable[[str | None], None]


class Writer(Thread):
    """Serves orders, as many at once as are there; None in the queue is the last."""

    def __init__(
        self,
        orders: SimpleQueue[Order | None],
        journal: Journal,
        *,
        reopen: Reopen,
        tell: Tell,
        noted: Noted,
    ) -> None:
        """Prepare; `noted` hears why the disk refuses, and None when it is back."""
        # a hanging disk must not keep the process from ending
        super().__init__(name="rn-database-writer", daemon=True)
        self._orders = orders
        self._journal = journal
        self._reopen = reopen
        self._tell = tell
        self._noted = noted
        self._disk: sqlite3.Connection | None = None
        self._refuge: Refuge | None = None
        self._is_broken = False
        self._is_catching_up = False
        self._is_last = False
        self._try_at = 0.0
        # a thread cannot be stopped from outside: it is left to itself
        self._abandoned = Event()
        # what is being done, and its number, for whoever watches us
        self.in_hand: list[Order] = []
        self.at: Order | None = None
        self.turn = 0
        self.is_busy = False
        # a writer before us that hangs: until it ends the file is still its own
        self._predecessor: Thread | None = None

    def begin_on_disk(self, disk: sqlite3.Connection) -> None:
        """Start, writing there."""
        self._disk = disk
        self.start()

    def begin_in_memory(
        self,
        refuge: Refuge,
        *,
        after: Thread | None = None,
        first: Sequence[Order] = (),
    ) -> None:
        """Start, writing there until the disk is back.

        `after` is a writer that hangs or died: `first` is what it left undone.
        """
        self._refuge = refuge
        self._predecessor = after
        self._try_at = 0.0 if after else time.monotonic() + RETRY_EVERY
        self.in_hand = list(first)
        self.start()

    def abandon(self) -> list[Order]:
        """Leave the thread to itself; returns what it has not answered yet."""
        self._abandoned.set()
        return list(self.in_hand)

    def try_now(self) -> None:
        """Ask the disk again with the next order, instead of after the pause."""
        self._try_at = 0.0

    # --- in the thread itself ---

    def run(self) -> None:
        """Serve until closed or abandoned."""
        try:
            if self.in_hand:
                self._serve(self.in_hand)
            while not self._is_last and not self._abandoned.is_set():
                if orders := self._next():
                    self._serve(orders)
                if self._refuge is not None and self._is_time():
                    self._try_to_return(self._refuge)
            while self._refuge is not None and self._is_time():
                self._try_to_return(self._refuge)
        finally:
            self._leave()

    def _leave(self) -> None:
        if self._disk is not None:
            self._disk.close()
        if self._refuge is not None:
            self._refuge.close()
            if self._refuge.journal and not self._abandoned.is_set():
                _LOGGER.error(
                    "%d changes of the log are lost: the disk refused to the end",
                    len(self._refuge.journal),
                )

    def _next(self) -> list[Order]:
        """Wait for orders, in a refuge only until the disk is to be asked again."""
        patience = None
        if self._refuge is not None:
            patience = max(self._until_time(), 0.0)
        try:
            first = self._orders.get(timeout=patience)
        except Empty:
            return []
        if self._abandoned.is_set():
            self._orders.put(first)  # it is for who has taken over
            return []
        orders: list[Order] = []
        for order in (first, *self._waiting()):
            if order is None:
                self._is_last = True
                self._try_at = 0.0
            else:
                orders.append(order)
        return orders

    def _waiting(self) -> Iterator[Order | None]:
        """What else is queued at this moment."""
        for _ in range(_MOST_PER_TRANSACTION - 1):
            try:
                yield self._orders.get_nowait()
            except Empty:
                return

    def _serve(self, orders: list[Order]) -> None:
        self.in_hand = orders
        self._begin_turn()
        outcomes = self._done(orders)
        if self._abandoned.is_set():
            return  # others have taken the orders over
        self._tell(outcomes)
        self.in_hand, self.at, self.is_busy = [], None, False

    def _begin_turn(self) -> None:
        self.turn += 1
        self.is_busy = True

    def _done(self, orders: list[Order]) -> list[Outcome]:
        try:
            if self._refuge is None:
                try:
                    return in_one_transaction(self._on_disk(), orders, self._begun)
                except sqlite3.Error as refusal:
                    if self._abandoned.is_set():
                        return []
                    self._flee(refusal)
            assert self._refuge is not None  # we have just fled there
            return self._refuge.serve(orders, self._begun)
        except sqlite3.Error as error:  # no memory either
            failed = StorageFailed(f"Writing failed: {error}")
            return [Outcome(order, error=failed) for order in orders]

    def _on_disk(self) -> sqlite3.Connection:
        assert self._disk is not None  # where there is no refuge there is a disk
        return self._disk

    def _begun(self, order: Order) -> None:
        self.at = order

    def _flee(self, refusal: sqlite3.Error) -> None:
        """Go on in memory."""
        self._is_broken = is_broken_content(refusal)
        self._refuge = Refuge(self._journal, self._disk, is_broken=self._is_broken)
        self._try_at = time.monotonic() + RETRY_EVERY
        self._noted(str(refusal))

    def _is_time(self) -> bool:
        return self._until_time() <= 0

    def _until_time(self) -> float:
        """Seconds until the disk may be asked again."""
        if self._predecessor is not None and self._predecessor.is_alive():
            return _LOOK_AFTER_IT
        return self._try_at - time.monotonic()

    def _try_to_return(self, refuge: Refuge) -> None:
        """Bring a part of what the disk lacks there; the last part brings us back."""
        self._begin_turn()
        try:
            is_back = self._catch_up(refuge)
        except (OSError, sqlite3.Error, DatabaseTooNew) as refusal:
            self._stay(refusal)
        else:
            if is_back and not self._abandoned.is_set():
                refuge.close()
                self._refuge = None
                self._on_disk().execute(f"PRAGMA busy_timeout = {_IN_MILLISECONDS}")
                self._noted(None)
        self.is_busy = False

    def _catch_up(self, refuge: Refuge) -> bool:
        if not self._is_catching_up:
            if self._disk is not None:
                self._disk.close()
                self._disk = None
            self._disk, is_empty = self._reopen(self._is_broken)
            self._is_broken = False
            self._is_catching_up = True
            # who waits for us gets answers from memory, but not while we wait
            self._disk.execute("PRAGMA busy_timeout = 0")
            if is_empty:
                refuge.write_whole(self._disk)
        if refuge.catch_up(self._on_disk()):
            self._is_catching_up = False
            return True
        return False

    def _stay(self, refusal: Exception) -> None:
        self._is_catching_up = False
        self._try_at = time.monotonic() + RETRY_EVERY
        if isinstance(refusal, sqlite3.Error) and is_broken_content(refusal):
            self._is_broken = True
        if not self._abandoned.is_set():
            self._noted(str(refusal))
