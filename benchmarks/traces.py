"""Labelled power traces, from a folder or drawn: appliances, recordings, true cycles.

A folder holds `labels.json` and one `csv.gz` per appliance; `tests/traces/README.md`
describes the format. Where the full set lies beside the checkout (or where
`RN_TRACES` points), that is used, else the four short cycles of the tests.
"""

from __future__ import annotations

from collections.abc import Sequence
import csv
from dataclasses import dataclass, field
from datetime import UTC, datetime
import gzip
import json
import os
from pathlib import Path
from typing import Any

from benchmarks import ROOT

# From, until, watts: None is "no data".
type Segment = tuple[float, float, float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueCycle:
    """What really happened; `end` is None where the recording stops before it."""

    id: str
    start: float
    end: float | None
    scored: bool = True
    truncated: bool = False
    after_until: float | None = None  # anti-crease and the like last until then
    cut: bool = False  # somebody switched it off before its programme was over


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One uninterrupted recording; times are seconds since its begin."""

    device: str
    id: int
    begin: float  # seconds since 1970, for the order and distance of recordings
    duration: float
    segments: Sequence[Segment]
    cycles: Sequence[TrueCycle] = ()


@dataclass(slots=True, kw_only=True)
class Appliance:
    """One appliance with its recordings, oldest first."""

    name: str
    kind: str
    traces: list[Trace] = field(default_factory=list)


def folder() -> Path:
    """Find the traces: the environment's word, the full set, the tests' own."""
    told = os.environ.get("RN_TRACES")
    if told:
        return Path(told)
    full = ROOT.parent / "shared" / "traces"
    return full if (full / "labels.json").exists() else ROOT / "tests" / "traces"


def appliances(where: Path, kinds: Sequence[str] = ()) -> list[Appliance]:
    """Read the appliances of a folder, all or of some kinds."""
    labels = json.loads((where / "labels.json").read_text(encoding="utf-8"))
    return [
        _appliance(where, name, meta)
        for name, meta in labels["devices"].items()
        if not kinds or meta["kind"] in kinds
    ]


def _appliance(where: Path, name: str, meta: dict[str, Any]) -> Appliance:
    segments = _segments(where / meta["file"])
    traces = [
        Trace(
            device=name,
            id=each["id"],
            begin=datetime.fromisoformat(each["start"]).replace(tzinfo=UTC).timestamp(),
            duration=each["duration_s"],
            segments=segments.get(each["id"], []),
            cycles=[_cycle(c) for c in meta["cycles"] if c["trace"] == each["id"]],
        )
        for each in meta["traces"]
    ]
    return Appliance(
        name=name, kind=meta["kind"], traces=sorted(traces, key=lambda trace: trace.id)
    )


def _segments(file: Path) -> dict[int, list[Segment]]:
    segments: dict[int, list[Segment]] = {}
    last: dict[int, tuple[float, float | None]] = {}
    with gzip.open(file, "rt", newline="") as lines:
        for row in csv.DictReader(lines):
            trace, at = int(row["trace"]), float(row["t"])
            if trace in last and at > last[trace][0]:
                since, watts = last[trace]
                segments.setdefault(trace, []).append((since, at, watts))
            last[trace] = (at, float(row["w"]) if row["w"] else None)
    return segments


def _cycle(label: dict[str, Any]) -> TrueCycle:
    return TrueCycle(
        id=label["id"],
        start=label["start_s"],
        end=label["end_s"],
        scored=label["scored"],
        truncated="truncated_start" in label["flags"],
        after_until=label["post_until_s"],
    )
