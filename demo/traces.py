"""Real cycles from tests/traces, cut to the part that is to be played.

It only reads; how a plug would report the values is for `plug`.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
import gzip
import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "traces"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The power from `at` (seconds) on, until the next sample; None: no data."""

    at: float
    watts: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """A recording of one appliance with one labelled cycle."""

    name: str
    samples: tuple[Sample, ...]
    start: float
    end: float

    @property
    def length(self) -> float:
        """Seconds from the beginning to the last sample."""
        return self.samples[-1].at

    def part(self, begin: float, end: float) -> Trace:
        """Cut out a stretch and let it begin at 0."""
        before = [sample for sample in self.samples if sample.at <= begin]
        inside = [sample for sample in self.samples if begin < sample.at <= end]
        first = Sample(at=0, watts=before[-1].watts if before else None)
        last = (inside or before)[-1]
        moved = (Sample(at=sample.at - begin, watts=sample.watts) for sample in inside)
        return Trace(
            name=self.name,
            samples=(first, *moved, replace(last, at=end - begin)),
            start=self.start - begin,
            end=self.end - begin,
        )


def load(name: str) -> Trace:
    """Read a trace of tests/traces; its first cycle is the labelled one."""
    labels: dict[str, Any] = json.loads(
        (FOLDER / "labels.json").read_text(encoding="utf-8")
    )
    device = labels["devices"][name]
    cycle = device["cycles"][0]
    with gzip.open(FOLDER / device["file"], "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    samples = tuple(
        Sample(at=float(row["t"]), watts=float(row["w"]) if row["w"] else None)
        for row in rows
    )
    return Trace(name=name, samples=samples, start=cycle["start_s"], end=cycle["end_s"])
