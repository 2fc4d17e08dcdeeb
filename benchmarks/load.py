"""What a crowd of messages does to an urgent one, and what a storm costs.

    ./scripts/bench load [--json FILE] [--quick] [--folder FOLDER]

In a real Home Assistant core (see `home.py`), with the log on a real disk. The urgent
messages go by the same channel to the same person as the crowd that waits before them.
A message that is missing in the end fails the run.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
import gc
from itertools import count
import os
from pathlib import Path
import sys
import tempfile
import time

from homeassistant.core import ServiceCall

from benchmarks.home import Home, home
from benchmarks.timing import Figures, percentile, show, spread, watching_loop, write

# the crowd, the urgent ones that meet it, the storm
CROWD, URGENT, STORM = 1000, 50, 10_000
QUICK_CROWD, QUICK_URGENT, QUICK_STORM = 120, 5, 100
CALLERS = 50

# Seconds that the channel takes for a message of the crowd: a push service that is
# quick. So the crowd is still waiting while the urgent ones come.
CALL_S = 0.03

# Seconds between two urgent messages: they meet the crowd one by one
PAUSE_S = 0.02

# Seconds between two looks at the memory: often enough to see a heap of messages grow
LOOK_EVERY_S = 0.05

# Seconds after which a crowd that has not ended counts as one that never will
PATIENCE_S = 180.0

ACTION = "pocket"


class Pocket:
    """The channel's action: notes when each message has come, and takes its time."""

    def __init__(self) -> None:
        self.came: dict[str, float] = {}
        self.takes_s = 0.0

    async def take(self, call: ServiceCall) -> None:
        """Take one message."""
        self.came.setdefault(call.data["message"], time.perf_counter())
        if self.takes_s and call.data["message"].startswith("low"):
            await asyncio.sleep(self.takes_s)


class Bench:
    """A home with one person, whose one channel everything goes by."""

    def __init__(self, place: Home, pocket: Pocket) -> None:
        self._home = place
        self._pocket = pocket
        self._number = count()

    async def urgent(self, title: str, times: int) -> Figures:
        """From the event to the call of the channel, of urgent messages."""
        waited = []
        for _ in range(times):
            message = f"urgent {next(self._number)}"
            begun = time.perf_counter()
            await self._home.send(message, priority="urgent")
            async with asyncio.timeout(PATIENCE_S):
                while message not in self._pocket.came:  # noqa: ASYNC110 - no event
                    await asyncio.sleep(0.0005)
            waited.append(self._pocket.came[message] - begun)
            await asyncio.sleep(PAUSE_S)
        return spread(title, waited)

    async def crowd(self, messages: int, times: int) -> Figures:
        """The same while so many quiet messages wait."""
        figures = await self.urgent("urgent.alone", times)
        self._pocket.takes_s = CALL_S
        names = [f"low {next(self._number)}" for _ in range(messages)]
        await asyncio.gather(*(self._home.send(name, priority="low") for name in names))
        figures |= await self.urgent("urgent.in_crowd", times)
        waiting = sum(name not in self._pocket.came for name in names)
        assert waiting, "the crowd was gone before the urgent ones came"
        figures["urgent.crowd_still_waiting"] = waiting
        for mark in ("p50", "p99"):
            figures[f"urgent.ratio_{mark}"] = (
                figures[f"urgent.in_crowd.{mark}_ms"]
                / figures[f"urgent.alone.{mark}_ms"]
            )
        self._pocket.takes_s = 0.0
        await self._settled()
        assert all(name in self._pocket.came for name in names), "some are missing"
        return figures

    async def storm(self, messages: int) -> Figures:
        """So many events at once, from fifty callers."""
        names = [f"storm {next(self._number)}" for _ in range(messages)]
        gc.collect()
        before = _resident_mb()

        async def call(share: Sequence[str]) -> None:
            for name in share:
                await self._home.send(name)

        begun = time.perf_counter()
        async with watching_loop() as late, watching_memory() as memory:
            shares = (names[first::CALLERS] for first in range(CALLERS))
            await asyncio.gather(*(call(share) for share in shares))
            await self._settled()
            over = time.perf_counter() - begun
        assert all(name in self._pocket.came for name in names), "some are missing"
        gc.collect()
        return {
            "storm.messages": messages,
            "storm.seconds": over,
            "storm.delivered_per_s": messages / over,
            "storm.stall_p99_ms": 1e3 * percentile(late, 0.99),
            "storm.stall_max_ms": 1e3 * max(late),
            "storm.memory_before_mb": before,
            "storm.memory_highest_mb": max(memory),
            "storm.memory_after_mb": _resident_mb(),
        }

    async def _settled(self) -> None:
        courier = self._home.runtime.pipeline.courier
        async with asyncio.timeout(PATIENCE_S):
            while courier.open_count:  # noqa: ASYNC110 - it has no event for that
                await asyncio.sleep(0.005)


@asynccontextmanager
async def watching_memory() -> AsyncIterator[list[float]]:
    """Memory in megabytes, again and again while inside."""
    seen = [_resident_mb()]

    async def look() -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            seen.append(_resident_mb())

    task = asyncio.create_task(look())
    try:
        yield seen
    finally:
        task.cancel()


def _resident_mb() -> float:
    """Memory of this process that is in use, in megabytes."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


async def measure(folder: Path, sizes: tuple[int, int, int]) -> Figures:
    """All figures, from a home in this empty folder."""
    crowd, urgent, storm = sizes
    pocket = Pocket()
    people = {"Anna": {ACTION: pocket.take}}
    async with home(folder / "home", people, bridled=False) as place:
        bench = Bench(place, pocket)
        await bench.urgent("warm_up", 3)  # not counted
        figures = await bench.crowd(crowd, urgent)
        return figures | await bench.storm(storm)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(prog="bench load", description=__doc__)
    parser.add_argument("--json", type=Path, help="write the figures there")
    parser.add_argument("--quick", action="store_true", help="fewer messages")
    parser.add_argument("--folder", help="on the disk that is meant (default: /tmp)")
    asked = parser.parse_args(arguments)
    quick = (QUICK_CROWD, QUICK_URGENT, QUICK_STORM)
    sizes = quick if asked.quick else (CROWD, URGENT, STORM)
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        figures = asyncio.run(measure(Path(folder), sizes))
    show(figures)
    write(figures, asked.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
