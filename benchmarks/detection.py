"""Score the shipped detector on labelled traces.

`factory(meta)` adapts it to the protocol of the scorer that lies beside the full
set of traces (`feed`, `tick`, lists of `(event, own time)`).

    ./scripts/bench detection [--json FILE] [--quick] [--timing]
    ./scripts/bench detection --synthetic 0 1 2    (drawn households instead)
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
import json
from pathlib import Path
import sys
import time

from benchmarks.profiles import PROFILES
from benchmarks.scoring import Summary, TraceScore, score
from benchmarks.synthetic import synthetic
from benchmarks.traces import Appliance, appliances, folder
from custom_components.reliable_notifications.engine.cycles.detector import (
    Detector,
    Step,
)
from custom_components.reliable_notifications.engine.cycles.evidence import NO_CYCLE
from custom_components.reliable_notifications.engine.vocabulary import (
    ApplianceKind,
    CycleEventKind,
    Reading,
)

TOLD = {
    CycleEventKind.STARTED: "started",
    CycleEventKind.FINISHED: "finished",
    CycleEventKind.INTERRUPTED: "finished",  # told as well, in other words
}


class Adapter:
    """The shipped detector behind the scorer's protocol."""

    def __init__(self, kind: str) -> None:
        known = kind in {each.value for each in ApplianceKind}
        self.detector = Detector(
            ApplianceKind(kind) if known else ApplianceKind.GENERIC
        )

    def feed(self, at: float, watts: float | None) -> list[tuple[str, float]]:
        return _told(self.detector.step(at, Reading(at, watts)))

    def tick(self, at: float) -> list[tuple[str, float]]:
        return _told(self.detector.step(at))


def _told(step: Step) -> list[tuple[str, float]]:
    told: list[tuple[str, float]] = []
    for event in step.events:
        if event.kind in TOLD and event.reason not in NO_CYCLE:
            at = event.ended_at if event.ended_at is not None else event.started_at
            told.append((TOLD[event.kind], at))
    return told


def factory(meta: Mapping[str, object]) -> Adapter:
    """Make a fresh detector for the kind of appliance that `meta` names."""
    return Adapter(str(meta["kind"]))


# -- the command ---------------------------------------------------------------------

# The columns of the table: name of the figure, heading, width.
COLUMNS = (
    ("cycles", "n", 5),
    ("good", "good", 5),
    ("premature", "prem", 5),
    ("missed", "miss", 5),
    ("merged", "merg", 5),
    ("unfinished", "unfin", 6),
    ("repeats", "rep", 4),
    ("spurious", "spur", 5),
    ("false_starts", "f.st", 5),
    ("start_median", "st.md", 6),
    ("end_median", "end.md", 7),
    ("end_p90", "end.90", 7),
    ("end_max", "end.mx", 7),
)
QUICK = ("shelly", "poll60")
COLD_CYCLES = 3  # the first three cycles of an appliance are told apart from the rest
LONG_KINDS = ("dishwasher", "washing_machine", "dryer", "washer_dryer")

type Job = tuple[Appliance, str, int, int]
type Rows = dict[tuple[str, str, str], Summary]  # group, stage, profile


def _score(job: Job) -> tuple[Job, list[TraceScore]]:
    appliance, profile, seed, shuffle = job
    detector = factory({"kind": appliance.kind})
    return job, score(detector, appliance, profile, seed=seed, shuffle=shuffle)


def _add(rows: Rows, group: str, profile: str, scores: list[TraceScore]) -> None:
    for each in scores:
        cold = [cycle for cycle in each.cycles if cycle.nth <= COLD_CYCLES]
        learned = [cycle for cycle in each.cycles if cycle.nth > COLD_CYCLES]
        rows.setdefault((group, "all", profile), Summary()).add(each, each.cycles)
        rows.setdefault((group, "cold", profile), Summary()).add(each, cold)
        rows.setdefault((group, "learned", profile), Summary()).add(each, learned)


def measure(jobs: Sequence[Job], processes: int) -> Rows:
    """Score every job; add up by kind and by appliance."""
    rows: Rows = {}
    with ProcessPoolExecutor(processes) as pool:
        for (appliance, profile, _, _), scores in pool.map(_score, jobs):
            _add(rows, appliance.kind, profile, scores)
            _add(rows, f"  {appliance.name}", profile, scores)
    return rows


def show(rows: Rows, *, stages: Sequence[str] = ("all", "cold", "learned")) -> None:
    """Print the table."""
    width = max((len(group) for group, _, _ in rows), default=10)
    heads = "".join(f"{head:>{space}}" for _, head, space in COLUMNS)
    print(f"{'':{width}} {'stage':8}{'profile':13}{heads}")
    for (group, stage, profile), summary in sorted(rows.items(), key=_in_order):
        figures = dict(summary.figures())
        if stage not in stages or not (figures["cycles"] or figures["spurious"]):
            continue
        cells = "".join(_cell(figures[name], space) for name, _, space in COLUMNS)
        print(f"{group:{width}} {stage:8}{profile:13}{cells}")


def _in_order(row: tuple[tuple[str, str, str], Summary]) -> tuple[bool, str, str, int]:
    (group, stage, profile), _ = row
    return group.startswith(" "), group, stage, list(PROFILES).index(profile)


def _cell(figure: float | None, space: int) -> str:
    return f"{'-' if figure is None else round(figure):>{space}}"


def flat(rows: Rows) -> dict[str, float | None]:
    """One flat object: `<kind or appliance>.<stage>.<profile>.<figure>`, and sums."""
    figures: dict[str, float | None] = {}
    wrong = dict.fromkeys(("cycles", "good", "premature", "missed", "merged"), 0.0)
    for (group, stage, profile), summary in rows.items():
        for name, figure in summary.figures():
            figures[f"{group.strip()}.{stage}.{profile}.{name}"] = figure
            if stage == "all" and group in LONG_KINDS and name in wrong:
                wrong[name] += figure or 0.0
    return figures | {f"long_kinds.{name}": count for name, count in wrong.items()}


def timing(appliance: Appliance, profile: str = "every_second") -> float:
    """Microseconds per reading over the recordings of one appliance."""
    reports = [list(PROFILES[profile](trace, 0)) for trace in appliance.traces]
    detector = factory({"kind": appliance.kind})
    begun = time.perf_counter()
    for trace, each in zip(appliance.traces, reports, strict=True):
        base = trace.begin - appliance.traces[0].begin
        for at, watts in each:
            detector.feed(at + base, watts)
    spent = time.perf_counter() - begun
    return 1e6 * spent / sum(len(each) for each in reports)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(prog="bench detection", description=__doc__)
    parser.add_argument("--json", type=Path, help="write the figures there")
    parser.add_argument("--quick", action="store_true", help="two profiles only")
    parser.add_argument(
        "--timing", action="store_true", help="microseconds per reading"
    )
    parser.add_argument("--kind", nargs="*", default=(), help="only these kinds")
    parser.add_argument("--appliance", nargs="*", default=(), help="only these")
    parser.add_argument("--profile", nargs="*", choices=list(PROFILES))
    parser.add_argument("--draws", type=int, default=1, help="seeds 0 to N-1, added up")
    parser.add_argument("--shuffle", action="store_true", help="other orders too")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--synthetic", nargs="+", type=int, help="drawn households")
    asked = parser.parse_args(arguments)
    if asked.synthetic is None:
        chosen = appliances(folder(), asked.kind)
    else:
        chosen = [a for seed in asked.synthetic for a in synthetic(seed, asked.kind)]
    if asked.appliance:
        chosen = [each for each in chosen if each.name in asked.appliance]
    profiles = asked.profile or (QUICK if asked.quick else tuple(PROFILES))
    draws = [(seed, seed if asked.shuffle else 0) for seed in range(asked.draws)]
    jobs = [(a, p, *draw) for a in chosen for p in profiles for draw in draws]
    rows = measure(jobs, asked.processes)
    show(rows)
    figures = flat(rows)
    if asked.timing:
        for each in chosen:
            figures[f"{each.name}.microseconds"] = timing(each)
            print(
                f"{each.name}: {figures[f'{each.name}.microseconds']:.2f} µs a reading"
            )
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
