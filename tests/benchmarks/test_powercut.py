"""The disk of the power cuts: keeps what was synced, and no promise besides."""

from __future__ import annotations

from pathlib import Path
import random

from benchmarks.powercut import Disk, Gone, Listing, Promise, Sync, Write

A = b"a" * 1024
B = b"b" * 1024


def after_cuts(folder: Path, *deeds: object, honest: bool = True) -> set[bytes | None]:
    """What is found in the file after many cuts at the same moment."""
    found: set[bytes | None] = set()
    for seed in range(300):
        disk = Disk()
        for deed in deeds:
            disk.do(deed, honest=honest)  # type: ignore[arg-type]
        place = folder / str(seed)
        place.mkdir()
        disk.cut(place, random.Random(seed))
        file = place / "x"
        found.add(file.read_bytes() if file.exists() else None)
    return found


def test_what_was_synced_is_there(tmp_path: Path) -> None:
    assert after_cuts(tmp_path, Write("x", 0, A), Sync("x")) == {A}


def test_what_was_not_synced_may_be_there_in_any_part(tmp_path: Path) -> None:
    found = after_cuts(
        tmp_path, Write("x", 0, A), Sync("x"), Write("x", 0, B), Write("x", 1024, B)
    )
    # nothing of it, all of it, only the second, and a tear at a sector
    assert {A, B + B, A + B, b"b" * 512 + b"a" * 512} <= found
    assert all(piece is not None and len(piece) % 512 == 0 for piece in found)


def test_a_disk_that_lies_loses_what_was_synced(tmp_path: Path) -> None:
    found = after_cuts(tmp_path, Write("x", 0, A), Sync("x"), honest=False)
    assert found & {None, b""}


def test_what_was_deleted_or_cut_short_is_so(tmp_path: Path) -> None:
    assert after_cuts(
        tmp_path, Write("x", 0, A), Sync("x"), Write("x", 512, None), Sync("x")
    ) == {A[:512]}
    (tmp_path / "gone").mkdir()
    assert after_cuts(tmp_path / "gone", Write("x", 0, A), Sync("x"), Gone("x")) == {
        None
    }


def test_the_list_of_system_calls_is_understood() -> None:
    """Also where two threads get in each other's way."""

    def text(content: bytes) -> str:
        return "".join(f"\\x{byte:02x}" for byte in content)

    lines = [
        f'7 openat(AT_FDCWD, "{text(b"/home/own.db")}", O_RDWR) = 3\n',
        f'7 openat(AT_FDCWD, "{text(b"/etc/hosts")}", O_RDONLY) = 4\n',
        f'7 openat(AT_FDCWD, "{text(b"/home/promised")}", O_WRONLY) = 5\n',
        f'8 pwrite64(3, "{text(b"ab")}", 2, 4096 <unfinished ...>\n',
        f'7 write(5, "{text(b"done n-1")}", 8) = 8\n',
        "8 <... pwrite64 resumed>) = 2\n",
        f'7 write(4, "{text(b"elsewhere")}", 9) = 9\n',
        "7 fdatasync(3) = 0\n",
        "7 ftruncate(3, 512) = 0\n",
        "7 fsync(4) = 0\n",
        "7 close(3) = 0\n",
        f'7 unlink("{text(b"/home/own.db-wal")}") = 0\n',
        f'7 unlink("{text(b"/home/own.db-x")}") = -1 ENOENT\n',
        "7 +++ exited with 0 +++\n",
    ]
    assert list(Listing("/home").deeds(lines)) == [
        Promise("done n-1"),
        Write("own.db", 4096, b"ab"),
        Sync("own.db"),
        Write("own.db", 512, None),
        Gone("own.db-wal"),
    ]
