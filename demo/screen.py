"""Prints the story: one line per happening, in the order in which it happened.

News come by several ways (websocket, phone, database) and a little out of order, so
a line waits half a second for older ones. It must not make up or leave out lines.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
import heapq
import time
from typing import TextIO

# the database is looked at four times a second; all else is quicker
PATIENCE = 0.6


class Mark(StrEnum):
    """What sort of happening a line tells."""

    READING = "reading"
    STATE = "state"
    EVENT = "event"
    PLAN = "plan"
    ATTEMPT = "attempt"
    PHONE = "phone"
    RECEIPT = "receipt"
    TROUBLE = "trouble"


_COLOURS = {
    Mark.READING: "2",  # dim
    Mark.STATE: "36",  # cyan
    Mark.EVENT: "1;33",  # yellow
    Mark.PLAN: "34",  # blue
    Mark.ATTEMPT: "35",  # magenta
    Mark.PHONE: "1;32",  # green
    Mark.RECEIPT: "32",
    Mark.TROUBLE: "1;31",  # red
}
_BOLD = "1"
_DIM = "2"


@dataclass(order=True, slots=True)
class _Line:
    at: float
    number: int
    mark: Mark = field(compare=False)
    text: str = field(compare=False)


class Screen:
    """A terminal, or a file; colours and the moving last line only on a terminal."""

    def __init__(self, out: TextIO) -> None:
        """Write to this stream."""
        self._out = out
        self._is_terminal = out.isatty()
        self._waiting: list[_Line] = []
        self._number = 0
        self._status = ""

    def tell(self, at: float, mark: Mark, text: str) -> None:
        """Add a happening of the instant `at`."""
        self._number += 1
        heapq.heappush(self._waiting, _Line(at, self._number, mark, text))

    def say(self, text: str = "", *, strong: bool = False) -> None:
        """Print something that is no part of the story, at once."""
        self._print(self._colour(_BOLD, text) if strong else text)

    def status(self, text: str) -> None:
        """Change the moving last line (terminals only)."""
        if self._is_terminal and text != self._status:
            self._status = text
            self._out.write(f"\r\x1b[K{self._colour(_DIM, text)}")
            self._out.flush()

    async def run(self) -> None:
        """Print what is due, until cancelled."""
        while True:
            self.flush(time.time() - PATIENCE)
            await asyncio.sleep(0.1)

    def flush(self, until: float = float("inf")) -> None:
        """Print all lines up to an instant."""
        while self._waiting and self._waiting[0].at <= until:
            line = heapq.heappop(self._waiting)
            clock = datetime.fromtimestamp(line.at).astimezone().strftime("%H:%M:%S.%f")
            mark = self._colour(_COLOURS[line.mark], f"{line.mark:<8}")
            text = line.text
            if line.mark is Mark.READING:
                text = self._colour(_DIM, text)
            self._print(f"{self._colour(_DIM, clock[:-3])}  {mark}  {text}")

    def _print(self, text: str) -> None:
        if self._status:
            self._out.write("\r\x1b[K")
        self._out.write(f"{text}\n")
        if self._status:
            self._out.write(self._colour(_DIM, self._status))
        self._out.flush()

    def _colour(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self._is_terminal else text
