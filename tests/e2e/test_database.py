"""The database stays Home Assistant's, whoever else looks at it."""

from __future__ import annotations

import fcntl
import os

import pytest

from demo.ledger import DATABASE

from .home import Home

# where SQLite keeps the lock of everybody who uses a file (os_unix.c, SHARED_FIRST
# and SHARED_SIZE); it is part of the file format
SHARED_FIRST, SHARED_SIZE = 0x40000002, 510


@pytest.mark.ha_2025_6
def test_its_use_is_known_to_other_programs(home: Home) -> None:
    """Who cannot see that it is used deletes its log with the latest messages.

    One careless `close` of the file, anywhere in the process, takes the lock away.
    """
    file = os.open(home.process.folder / DATABASE, os.O_RDWR)
    try:
        with pytest.raises(BlockingIOError):
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, SHARED_SIZE, SHARED_FIRST)
    finally:
        os.close(file)
