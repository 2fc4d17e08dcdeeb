"""Kill a delivering household over and over, and count what was lost.

    ./scripts/bench crash [--kills N] [--json FILE] [--quick] [--folder FOLDER]

Real processes on a real file, ended by SIGKILL at named points and at any moment.
The run fails if anything is found that must never be.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
import signal
import sys
import tempfile
import time

from benchmarks.timing import Figures, show, write

from .household import AFTER, POINTS
from .judge import NEVER_ALLOWED, judge
from .lives import deaths, lives

KILLS, QUICK_KILLS = 2000, 12


def measure(folder: Path, kills: int, seed: int) -> Figures:
    """Kill so often, let the last life settle, count."""
    died: Counter[str] = Counter()
    begun = time.perf_counter()
    with lives(folder) as household:
        for point, nth in deaths(kills, seed):
            code = household.live(point, nth)
            if code != -signal.SIGKILL:
                raise RuntimeError(f"A life that should die at {point} ended: {code}")
            died["any_moment" if point.startswith(AFTER) else point] += 1
        household.settle()
    figures: Figures = {"kills": died.total()}
    figures |= {f"kills.{at}": died[at] for at in ("any_moment", *POINTS)}
    return figures | judge(folder) | {"seconds": time.perf_counter() - begun}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; 1 if something was found that must never be."""
    parser = argparse.ArgumentParser(prog="bench crash", description=__doc__)
    parser.add_argument("--json", type=Path, help="write the figures there")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_KILLS} kills")
    parser.add_argument("--kills", type=int, help=f"how often (default: {KILLS})")
    parser.add_argument("--seed", type=int, default=2026, help="of the deaths")
    parser.add_argument("--folder", help="on the disk that is meant (default: /tmp)")
    asked = parser.parse_args(arguments)
    kills = asked.kills or (QUICK_KILLS if asked.quick else KILLS)
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        figures = measure(Path(folder), kills, asked.seed)
    show(figures)
    write(figures, asked.json)
    return int(any(figures[name] for name in NEVER_ALLOWED))


if __name__ == "__main__":
    sys.exit(main())
