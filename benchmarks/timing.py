"""How long something took: percentiles, a loop's longest stall, figures in a table.

Must not know what is measured.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
import json
from math import ceil
from pathlib import Path
import time

# How often the event loop is asked whether it still turns; a stall is told to this
PROBE_EVERY_S = 0.001

type Figures = dict[str, float]


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` (0 to 1) of the values do not exceed.

    The nearest-rank definition: always one of the values, never between two. Raises
    ValueError without values.
    """
    if not values:
        raise ValueError("There is nothing to rank")
    return sorted(values)[max(0, ceil(share * len(values)) - 1)]


def spread(name: str, seconds: Sequence[float]) -> Figures:
    """Median, 99th percentile and maximum in milliseconds, under `name`."""
    return {
        f"{name}.p50_ms": 1e3 * percentile(seconds, 0.5),
        f"{name}.p99_ms": 1e3 * percentile(seconds, 0.99),
        f"{name}.max_ms": 1e3 * max(seconds),
    }


@asynccontextmanager
async def watching_loop() -> AsyncIterator[list[float]]:
    """Seconds by which the event loop was late, once a millisecond while inside."""
    late: list[float] = []

    async def probe() -> None:
        while True:
            due = time.perf_counter() + PROBE_EVERY_S
            await asyncio.sleep(PROBE_EVERY_S)
            late.append(max(0.0, time.perf_counter() - due))

    task = asyncio.create_task(probe())
    try:
        yield late
    finally:
        await asyncio.sleep(2 * PROBE_EVERY_S)  # see the stall that is going on
        task.cancel()


def show(figures: Mapping[str, float]) -> None:
    """Print one line per figure."""
    width = max(map(len, figures))
    for name, value in figures.items():
        print(f"{name:{width}}  {value:>12,.{_decimals(value)}f}")


def _decimals(value: float) -> int:
    """Three significant digits are more than any of these figures deserves."""
    return 0 if value == int(value) or abs(value) >= 100 else 2


def write(figures: Mapping[str, float], file: Path | None) -> None:
    """Write the figures as one flat JSON object, if a file is wanted."""
    if file is not None:
        rounded = {name: round(value, 4) for name, value in figures.items()}
        file.write_text(json.dumps(rounded, indent=1) + "\n", encoding="utf-8")
