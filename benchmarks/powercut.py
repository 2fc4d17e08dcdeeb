"""The power goes: what was not synced is lost, torn or written in another order.

    ./scripts/bench powercut [--cuts N] [--seed N] [--quick] [--json FILE]

A household writes under `strace`, which lists all that it writes and syncs. For any
moment of that list the files are made as a disk may hold them after a power cut: what
was synced is there; of the rest any part, in any order, torn within a write at any
sector. Then the database is opened as after a restart and held against what had been
promised by that moment.

What cannot be simulated here: a disk that says *synced* and is not (the control does
that, to show that a loss would be seen), and a file system that loses its own records.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

from benchmarks.timing import Figures, show, write
from custom_components.reliable_notifications.adapters.database import Database

# enough that SQLite tidies its log up in between (each 1000 pages) several times
MESSAGES, CUTS = 600, 1000
CONTROL_CUTS = 20

# what a disk writes as one, whatever happens
_SECTOR = 512

_CALLS = "openat,close,pwrite64,write,ftruncate,fsync,fdatasync,unlink"
_LINE = re.compile(r"^(\d+)\s+(.*)$")
_RESUMED = re.compile(r"^<\.\.\. \w+ resumed>(.*)$")
_CALL = re.compile(r"^(\w+)\((.*)\)\s+= (-?\d+)")
_UNFINISHED = "<unfinished ...>"
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes at a place of a file; a cut of its length where there are none."""

    path: str
    at: int
    content: bytes | None


@dataclass(frozen=True, slots=True)
class Sync:
    """What was written to a file until now is on the disk."""

    path: str


@dataclass(frozen=True, slots=True)
class Gone:
    """A file was deleted."""

    path: str


@dataclass(frozen=True, slots=True)
class Promise:
    """The household was told that something is stored."""

    line: str


type Deed = Write | Sync | Gone | Promise


@dataclass(slots=True, kw_only=True)
class Cuts:
    """What the power cuts did."""

    cuts: int = 0
    promises: int = 0
    lost: int = 0
    damaged: int = 0
    examples: list[str] = field(default_factory=list)


def is_possible() -> bool:
    """Whether this machine lets a process be watched."""
    if shutil.which("strace") is None:
        return False
    tried = subprocess.run(
        ["strace", "-f", "-o", "/dev/null", "true"], check=False, capture_output=True
    )
    return tried.returncode == 0


def record(messages: int) -> list[Deed]:
    """Let a household live, and list what it did to its files."""
    with tempfile.TemporaryDirectory(prefix="rn-power-") as place:
        folder = Path(place)
        home = folder / "home"
        home.mkdir()
        listing = folder / "calls"
        command = ["strace", "-f", "-qq", "-xx", "-s", "10000000"]
        command += ["-e", f"trace={_CALLS}", "-o", str(listing)]
        household = [sys.executable, "-m", "benchmarks.powercut_household"]
        subprocess.run([*command, *household, str(home), str(messages)], check=True)
        with listing.open(encoding="ascii", errors="replace") as lines:
            return list(Listing(str(home)).deeds(lines))


class Listing:
    """What `strace` lists, as deeds to the files of one folder."""

    def __init__(self, home: str) -> None:
        """Begin with no file open."""
        self._home = home
        self._files: dict[int, str] = {}

    def deeds(self, lines: Iterable[str]) -> Iterator[Deed]:
        """The deeds in the order in which they were over."""
        unfinished: dict[str, str] = {}
        for line in lines:
            if (found := _LINE.match(line.rstrip("\n"))) is None:
                continue
            process, text = found.groups()
            if text.endswith(_UNFINISHED):
                unfinished[process] = text.removesuffix(_UNFINISHED).rstrip()
                continue
            if resumed := _RESUMED.match(text):
                text = unfinished.pop(process, "") + resumed[1].lstrip()
            call = _CALL.match(text)
            if call is not None and (result := int(call[3])) >= 0:
                yield from self._deed(call[1], call[2], result)

    def _deed(self, name: str, given: str, result: int) -> Iterator[Deed]:
        if name in ("openat", "unlink"):
            yield from self._named(name, _text(given).decode(errors="replace"), result)
            return
        number = int(given.split(",", 1)[0])
        path = self._files.get(number, "")
        if name == "close":
            self._files.pop(number, None)
        elif path == "promised":
            yield from map(Promise, _text(given).decode().splitlines())
        elif path and not path.endswith("-shm"):  # that is made anew in any case
            yield self._done(name, path, given)

    def _named(self, name: str, path: str, result: int) -> Iterator[Deed]:
        inside = path.removeprefix(self._home).strip("/")
        if name == "unlink" and path.startswith(self._home):
            yield Gone(inside)
        elif name == "openat":
            self._files[result] = inside if path.startswith(self._home) else ""

    def _done(self, name: str, path: str, given: str) -> Deed:
        if name in ("fsync", "fdatasync"):
            return Sync(path)
        at = given.rsplit(",", 1)[-1]
        if name == "ftruncate":
            return Write(path, int(at), None)
        if name == "pwrite64":
            return Write(path, int(at), _text(given))
        raise ValueError(f"{name} to {path}: where to is not in the list")


def _text(given: str) -> bytes:
    found = _TEXT.search(given)
    return bytes.fromhex(found[1].replace("\\x", "")) if found else b""


class Disk:
    """What a disk holds for sure, and what it may hold besides."""

    def __init__(self) -> None:
        """Begin empty."""
        self._files: dict[str, bytearray] = {}
        self._open: dict[str, list[Write]] = {}

    def do(self, deed: Deed, *, honest: bool = True) -> None:
        """Take a deed; a disk that is not honest forgets to sync."""
        match deed:
            case Write():
                self._open.setdefault(deed.path, []).append(deed)
            case Sync() if honest:
                for synced in self._open.pop(deed.path, []):
                    _apply(self._files.setdefault(deed.path, bytearray()), synced)
            case Gone():
                self._files.pop(deed.path, None)
                self._open.pop(deed.path, None)

    def cut(self, folder: Path, dice: random.Random) -> None:
        """Write the files as they may be found afterwards."""
        for path in self._files.keys() | self._open.keys():
            content = bytearray(self._files.get(path, b""))
            for survivor in _survivors(self._open.get(path, []), dice):
                _apply(content, survivor)
            if content or path in self._files or dice.random() < 0.5:
                (folder / path).write_bytes(content)


def _apply(content: bytearray, write: Write) -> None:
    if write.content is None:
        del content[write.at :]
        return
    if len(content) < write.at:
        content.extend(bytes(write.at - len(content)))
    content[write.at : write.at + len(write.content)] = write.content


def _survivors(writes: list[Write], dice: random.Random) -> list[Write]:
    """What of the unsynced writes is on the disk: any part, in any order, torn."""
    way = dice.randrange(4)
    if way == 0:
        return []
    if way == 1:
        return writes
    if way == 2:
        chosen = writes[: dice.randint(0, len(writes))]
    else:
        chosen = [write for write in writes if dice.random() < 0.5]
        dice.shuffle(chosen)
    if chosen and chosen[-1].content:
        last = chosen[-1]
        sectors = -(-len(chosen[-1].content) // _SECTOR)
        kept = chosen[-1].content[: dice.randint(0, sectors) * _SECTOR]
        chosen[-1] = Write(last.path, last.at, kept)
    return chosen


def cut_at_random(
    deeds: list[Deed], cuts: int, seed: int, *, honest: bool = True
) -> Cuts:
    """Let the power go at random moments of the list, each on a disk of its own."""
    dice = random.Random(seed)
    moments = sorted(dice.randrange(1, len(deeds)) for _ in range(cuts))
    found, disk, done = Cuts(), Disk(), 0
    promised: list[str] = []
    for moment in moments:
        for deed in deeds[done:moment]:
            disk.do(deed, honest=honest)
            if isinstance(deed, Promise):
                promised.append(deed.line)
        done = moment
        with tempfile.TemporaryDirectory(prefix="rn-power-") as place:
            disk.cut(Path(place), dice)
            _judge(Path(place) / "own.db", promised, found)
    return found


def _judge(path: Path, promised: list[str], found: Cuts) -> None:
    """Restart, and hold what is there against what was promised."""
    stored, is_damaged = asyncio.run(_restart(path))
    found.cuts += 1
    found.promises += len(promised)
    found.damaged += is_damaged
    for line in promised:
        word, notification_id = line.split()
        state = stored.get(notification_id)
        if state is None or (word == "done" and state != "done"):
            found.lost += 1
            if len(found.examples) < 5:
                found.examples.append(f"{line}: {state}")


async def _restart(path: Path) -> tuple[dict[str, str], bool]:
    database = Database(path)
    await database.open()
    try:
        return await database.read(_states), database.recovered is not None
    finally:
        await database.close()


def _states(connection: sqlite3.Connection) -> dict[str, str]:
    return dict(
        tuple(row)
        for row in connection.execute("SELECT notification_id, state FROM intent")
    )


def measure(messages: int, cuts: int, seed: int) -> Figures:
    """Record a household once, cut its power often, and count."""
    begun = time.perf_counter()
    deeds = record(messages)
    found = cut_at_random(deeds, cuts, seed)
    for example in found.examples:
        print(example, file=sys.stderr)
    control = cut_at_random(deeds, CONTROL_CUTS, seed, honest=False)
    return {
        "power_cuts": found.cuts,
        "writes": sum(isinstance(deed, Write) for deed in deeds),
        "syncs": sum(isinstance(deed, Sync) for deed in deeds),
        "promises": found.promises,
        "lost": found.lost,
        "damaged": found.damaged,
        "control.lost": control.lost,
        "seconds": time.perf_counter() - begun,
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; 1 if something was lost, or a loss would not be seen."""
    parser = argparse.ArgumentParser(prog="bench powercut", description=__doc__)
    parser.add_argument("--json", type=Path, help="write the figures there")
    parser.add_argument("--quick", action="store_true", help="a few cuts")
    parser.add_argument("--cuts", type=int, help=f"how many (default: {CUTS})")
    parser.add_argument("--seed", type=int, default=2026, help="of the moments")
    asked = parser.parse_args(arguments)
    if not is_possible():
        print("Needs strace, and the right to use it", file=sys.stderr)
        return 2
    messages, cuts = (60, 25) if asked.quick else (MESSAGES, CUTS)
    figures = measure(messages, asked.cuts or cuts, asked.seed)
    show(figures)
    write(figures, asked.json)
    return int(figures["lost"] + figures["damaged"] > 0 or not figures["control.lost"])


if __name__ == "__main__":
    sys.exit(main())
