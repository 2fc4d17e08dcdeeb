"""How soon a channel is called, and how many messages a second are carried.

    ./scripts/bench delivery [--json FILE] [--quick] [--folder FOLDER]

In a real Home Assistant core (see `home.py`), with the log on a real disk. Every
figure of ours stands beside two that were measured in the same run, in turns: the
bare call of the channel's action, and the bare call after one commit to a database
of the same settings. The first stores nothing; the second is the least that anybody
must do who says that a message is not lost.

What is sent is looked for afterwards in what the channel got and in the log: a figure
with a message missing is no figure, the run fails.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import count
from pathlib import Path
import sqlite3
import sys
import tempfile
import time

from homeassistant.core import ServiceCall

from benchmarks.home import Home, home
from benchmarks.timing import Figures, percentile, show, spread, watching_loop, write

CALLERS = 50

# Messages measured one by one, and in each storm. A hundredth of the first is still
# ten of them, so that the 99th percentile is more than the one worst case.
SINGLE, STORM = 1000, 5000
QUICK_SINGLE, QUICK_STORM = 20, 100

# Seconds after which a storm that has not ended counts as one that never will
PATIENCE_S = 120.0

# Seconds between two single messages, so that none meets the wake of another
PAUSE_S = 0.01

ACTION = "pocket"

# The ways that are compared; each message begins with the name of its own
WAYS = ("bare", "commit", "ours")

type Way = Callable[[str], Awaitable[None]]


class Pocket:
    """The channel's action: notes when each message has come."""

    def __init__(self) -> None:
        self.came: dict[str, float] = {}

    async def take(self, call: ServiceCall) -> None:
        """Take one message; a second one of the same text would be a duplicate."""
        message = call.data["message"]
        if not message.startswith(WAYS):
            return  # what the integration has to say of itself: nothing here is proven
        assert message not in self.came, f"{message} came twice"
        self.came[message] = time.perf_counter()


class Ledger:
    """The least that can be stored: one row, one commit, in a thread of its own."""

    def __init__(self, file: Path) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._connection = self._thread.submit(self._open, file).result()

    @staticmethod
    def _open(file: Path) -> sqlite3.Connection:
        connection = sqlite3.connect(file, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL").fetchone()
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE message (text TEXT)")
        return connection

    async def note(self, message: str) -> None:
        """Durable when it returns."""
        await asyncio.get_running_loop().run_in_executor(
            self._thread,
            self._connection.execute,
            "INSERT INTO message VALUES (?)",
            (message,),
        )

    def close(self) -> None:
        """Let go of the file."""
        self._thread.submit(self._connection.close).result()
        self._thread.shutdown()


class Bench:
    """The three ways to bring a message to the channel, and what is timed of them."""

    def __init__(self, place: Home, pocket: Pocket, ledger: Ledger) -> None:
        self._home = place
        self._pocket = pocket
        self._ledger = ledger
        self._number = count()
        ways = (self._bare, self._with_commit, self._home.send)
        self.ways: dict[str, Way] = dict(zip(WAYS, ways, strict=True))

    async def _bare(self, message: str) -> None:
        await self._home.hass.services.async_call(
            "notify", ACTION, {"message": message}, blocking=True
        )

    async def _with_commit(self, message: str) -> None:
        await self._ledger.note(message)
        await self._bare(message)

    async def single(self, times: int) -> Figures:
        """From the event to the call of the channel, one message at a time."""
        waited: dict[str, list[float]] = {name: [] for name in self.ways}
        for _ in range(times):
            for name, way in self.ways.items():
                message = f"{name} {next(self._number)}"
                begun = time.perf_counter()
                await way(message)
                await self._settled()
                waited[name].append(self._pocket.came[message] - begun)
                await asyncio.sleep(PAUSE_S)
        figures: Figures = {}
        for name, seconds in waited.items():
            figures |= spread(f"first_call.{name}", seconds)
        for mark in ("p50", "p99"):
            figures[f"first_call.ratio_{mark}"] = (
                figures[f"first_call.ours.{mark}_ms"]
                / figures[f"first_call.commit.{mark}_ms"]
            )
        return figures

    async def storm(self, name: str, messages: int, callers: int) -> Figures:
        """As many as possible from so many callers, each waiting for its own."""
        way = self.ways[name]
        share = messages // callers

        async def call() -> None:
            for _ in range(share):
                await way(f"{name} {next(self._number)}")

        before = len(self._pocket.came)
        begun, worked = time.perf_counter(), time.process_time()
        async with watching_loop() as late:
            await asyncio.gather(*(call() for _ in range(callers)))
            returned = time.perf_counter() - begun
            await self._settled()
            over = time.perf_counter() - begun
            worked = time.process_time() - worked
        assert len(self._pocket.came) - before == share * callers, "some are missing"
        title = f"storm.{name}.from_{callers}"
        figures = {
            f"{title}.delivered_per_s": share * callers / over,
            f"{title}.cpu_ms": 1e3 * worked / (share * callers),
            f"{title}.stall_p99_ms": 1e3 * percentile(late, 0.99),
            f"{title}.stall_max_ms": 1e3 * max(late),
        }
        if name == "ours":
            figures[f"{title}.accepted_per_s"] = share * callers / returned
        return figures

    async def _settled(self) -> None:
        """Wait until nothing of ours is under way."""
        courier = self._home.runtime.pipeline.courier
        async with asyncio.timeout(PATIENCE_S):
            while courier.open_count:  # noqa: ASYNC110 - it has no event for that
                await asyncio.sleep(0.0005)

    def stored(self) -> int:
        """How many of ours the log says were told to the channel; nothing is open."""
        file = self._home.runtime.database.path
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as log:
            ended = log.execute(
                "SELECT state = 'done' AND attempts = 1, count(*) FROM intent"
                " JOIN notification ON notification.id = intent.notification_id"
                " WHERE message LIKE 'ours %' GROUP BY 1"
            )
            counts: dict[int, int] = dict(ended)
            assert not counts.get(0), f"{counts} of our intents ended (not) as meant"
            return counts.get(1, 0)


async def measure(folder: Path, singles: int, messages: int) -> Figures:
    """All figures, from a home in this empty folder."""
    pocket = Pocket()
    ledger = Ledger(folder / "ledger.db")
    actions = {"Anna": {ACTION: pocket.take}}
    try:
        async with home(folder / "home", actions, bridled=False) as place:
            bench = Bench(place, pocket, ledger)
            await bench.single(max(1, singles // 20))  # warm up; not counted
            figures = await bench.single(singles)
            for callers in (1, CALLERS):
                for name in bench.ways:
                    figures |= await bench.storm(name, messages, callers)
                title = f"storm.{{}}.from_{callers}.delivered_per_s"
                figures[f"storm.ratio.from_{callers}"] = (
                    figures[title.format("ours")] / figures[title.format("commit")]
                )
            ours = sum(message.startswith("ours") for message in pocket.came)
            assert await asyncio.to_thread(bench.stored) == ours
    finally:
        await asyncio.to_thread(ledger.close)
    return figures


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(prog="bench delivery", description=__doc__)
    parser.add_argument("--json", type=Path, help="write the figures there")
    parser.add_argument("--quick", action="store_true", help="fewer messages")
    parser.add_argument("--folder", help="on the disk that is meant (default: /tmp)")
    asked = parser.parse_args(arguments)
    size = (QUICK_SINGLE, QUICK_STORM) if asked.quick else (SINGLE, STORM)
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        figures = asyncio.run(measure(Path(folder), *size))
    show(figures)
    write(figures, asked.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
