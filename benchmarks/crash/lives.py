"""Has a household live and die in one folder, one life after the other.

Must not know what the household does with its life.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
import random
import subprocess
import sys

from benchmarks import ROOT

from .household import AFTER, NEVER, POINTS

type Death = tuple[str, int]

# A life promises its first messages within a few milliseconds and ends them within
# some more; a pause after a failure can last a second. So most deaths meet it busy.
_LONGEST_LIFE_S = 0.3

# Two of three deaths come at any moment, the third at a point that is named: some
# points last microseconds and would hardly ever be met by chance
_BY_CHANCE = 3

# Up to this passing of a point; in a life of 0.3 s a point is passed about this often
_MOST_PASSINGS = 12


class Lives:
    """Lives of one household."""

    def __init__(self, folder: Path, process: subprocess.Popen[str]) -> None:
        """The process that forks a life off per line."""
        self.folder = folder
        self._process = process

    def live(self, point: str, nth: int = 1) -> int:
        """One life; returns how it ended, the negative number of a signal."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{point} {nth}\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def settle(self) -> None:
        """The last life, which lasts until all is over."""
        code = self.live(NEVER)
        if code:
            raise RuntimeError(f"The last life ended with {code}")


@contextmanager
def lives(folder: Path) -> Iterator[Lives]:
    """A household in this folder, which is empty or has one already."""
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.crash.household", folder],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield Lives(folder, process)
        finally:
            assert process.stdin is not None
            process.stdin.close()


def deaths(number: int, seed: int) -> Iterator[Death]:
    """So many deaths, at points and at moments drawn from a seed."""
    dice = random.Random(seed)
    for nth in range(number):
        if nth % _BY_CHANCE:
            yield f"{AFTER}{dice.uniform(0.0, _LONGEST_LIFE_S):.4f}", 1
        else:
            yield dice.choice(POINTS), dice.randint(1, _MOST_PASSINGS)
