"""Hears what a platform only logs while it is being called.

Some platforms catch every error of a push, write a line to the log and return as if
all were well. The tap listens on their loggers and ties each line to the call during
which it was written (also when several run at once), so that a hidden failure can be
booked. It may only turn success into failure; it must not keep or change any line.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
import logging
import threading


@dataclass(slots=True)
class Heard:
    """What was written during one call, by a platform about its own sending."""

    attempt_id: str
    lines: list[str] = field(default_factory=list)
    # a logger is set so that failures would not be written: silence proves nothing
    deaf: bool = False
    # how a line begins that concerns this call whoever wrote it; empty: none does
    shared: str = ""
    _waiting: tuple[asyncio.AbstractEventLoop, asyncio.Event] | None = None

    def note(self, line: str) -> None:
        """Take a line down; in any thread."""
        self.lines.append(line)
        if self._waiting is not None:
            loop, spoken = self._waiting
            loop.call_soon_threadsafe(spoken.set)

    async def wait(self, seconds: float) -> None:
        """Wait for the first line, but no longer than that."""
        spoken = asyncio.Event()
        self._waiting = asyncio.get_running_loop(), spoken
        if self.lines or seconds <= 0:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await spoken.wait()


_CALL: ContextVar[Heard | None] = ContextVar(
    "reliable_notifications_call", default=None
)


def attempt_going_on() -> str | None:
    """The id of the attempt on whose behalf this code runs, if there is one.

    A message that is asked for inside an attempt would go round in circles.
    """
    heard = _CALL.get()
    return None if heard is None else heard.attempt_id


@contextmanager
def listening(
    attempt_id: str, loggers: Mapping[str, int], *, shared: str = ""
) -> Iterator[Heard]:
    """Listen to these loggers during the call that is made inside.

    Each comes with the level from which its lines are failures. A line that begins with
    `shared` is taken down whoever wrote it.
    """
    heard = Heard(attempt_id, shared=shared)
    with ExitStack() as stack:
        for name, level in loggers.items():
            heard.deaf |= not logging.getLogger(name).isEnabledFor(level)
            stack.enter_context(_tapped(name, level, heard))
        token = _CALL.set(heard)
        stack.callback(_CALL.reset, token)
        yield heard


class _Tap(logging.Handler):
    """Gives each line to the call that wrote it; lines of nobody are not ours."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.listeners: list[Heard] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Runs in whatever thread or task logs; the context says whose call it is."""
        writer = _CALL.get() or self._only_listener(record)
        line = record.getMessage()
        for each in self.listeners:
            if each is writer or (each.shared and line.startswith(each.shared)):
                each.note(line)

    def _only_listener(self, record: logging.LogRecord) -> Heard | None:
        """Whose call it must be, although its context is lost.

        Home Assistant runs platforms that block in threads of its pool, and does not
        hand the context over. As long as one call only is going on, it is this one's.
        """
        in_the_loop = record.thread == threading.main_thread().ident
        if in_the_loop or len(self.listeners) != 1:
            return None
        return self.listeners[0]


_TAPS: dict[tuple[str, int], _Tap] = {}


@contextmanager
def _tapped(name: str, level: int, heard: Heard) -> Iterator[None]:
    """One handler per logger and level while anybody listens, none when nobody does."""
    logger = logging.getLogger(name)
    tap = _TAPS.get((name, level))
    if tap is None:
        tap = _TAPS[name, level] = _Tap(level)
        logger.addHandler(tap)
    tap.listeners.append(heard)
    try:
        yield
    finally:
        tap.listeners = [each for each in tap.listeners if each is not heard]
        if not tap.listeners:
            logger.removeHandler(_TAPS.pop((name, level)))
