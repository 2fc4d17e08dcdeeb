"""Hears what a platform only logs while it is being called.

Some platforms catch every error of a push, write a line to the log and return as if
all were well. The tap listens on their loggers and ties each line to the call during
which it was written (also when several run at once), so that a hidden failure can be
booked. It may only turn success into failure; it must not keep or change any line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
import logging

# What a platform says at this level about its own sending is a failure; below it,
# Home Assistant's platforms report successes and quotas
_LEVEL = logging.WARNING


@dataclass(slots=True)
class Heard:
    """What was written during one call."""

    attempt_id: str
    lines: list[str] = field(default_factory=list)
    # a logger is set so that failures would not be written: silence proves nothing
    deaf: bool = False


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
def listening(attempt_id: str, loggers: Sequence[str]) -> Iterator[Heard]:
    """Listen to these loggers during the call that is made inside."""
    heard = Heard(attempt_id)
    with ExitStack() as stack:
        for name in loggers:
            heard.deaf |= not logging.getLogger(name).isEnabledFor(_LEVEL)
            stack.enter_context(_tapped(name))
        token = _CALL.set(heard)
        stack.callback(_CALL.reset, token)
        yield heard


class _Tap(logging.Handler):
    """Gives each line to the call that wrote it; lines of nobody are not ours."""

    users = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Runs in whatever thread or task logs; the context says whose call it is."""
        heard = _CALL.get()
        if heard is not None:
            heard.lines.append(record.getMessage())


_TAPS: dict[str, _Tap] = {}


@contextmanager
def _tapped(name: str) -> Iterator[None]:
    """One handler per logger while anybody listens, none when nobody does."""
    logger = logging.getLogger(name)
    tap = _TAPS.get(name)
    if tap is None:
        tap = _TAPS[name] = _Tap(_LEVEL)
        logger.addHandler(tap)
    tap.users += 1
    try:
        yield
    finally:
        tap.users -= 1
        if not tap.users:
            logger.removeHandler(_TAPS.pop(name))
