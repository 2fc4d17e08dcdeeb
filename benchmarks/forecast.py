"""Score what the shipped detector expects of a running cycle, on labelled traces.

One detector lives through all recordings of an appliance. In each scored cycle it is
asked each minute how much is left; the answers at a quarter, half and three quarters
of the true length are compared with the true end.

    ./scripts/bench forecast [--json FILE] [--quick] [--synthetic SEED ...]
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
import itertools
import json
from pathlib import Path
import sys

from benchmarks.profiles import PROFILES
from benchmarks.scoring import TICK_S, quantile
from benchmarks.synthetic import synthetic
from benchmarks.traces import Appliance, Trace, TrueCycle, appliances, folder
from custom_components.reliable_notifications.engine.cycles.detector import Detector
from custom_components.reliable_notifications.engine.cycles.expectation import (
    Expectation,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    ApplianceKind,
    Reading,
)

# Kinds whose cycles are long enough for anybody to ask what is left.
KINDS = ("dishwasher", "washing_machine", "dryer", "washer_dryer")
SHARES = (0.25, 0.5, 0.75)
# People look at whole minutes: an end that moves by less than this stands still.
MINUTE_S = 60.0
QUICK = ("shelly",)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was expected at a moment; `left_s` is None where nothing was."""

    at: float
    left_s: float | None
    overrunning: bool


@dataclass(slots=True)
class Tally:
    """Answers of many cycles, by how much of them was over."""

    asked: int = 0
    errors: dict[float, list[float]] = field(
        default_factory=lambda: {share: [] for share in SHARES}
    )
    minutes: int = 0
    jumps: int = 0
    overrun: int = 0

    def add(self, other: Tally) -> None:
        """Add those of another appliance."""
        self.asked += other.asked
        self.minutes += other.minutes
        self.jumps += other.jumps
        self.overrun += other.overrun
        for share, errors in other.errors.items():
            self.errors[share] += errors

    def note(self, cycle: TrueCycle, answers: Sequence[Answer]) -> None:
        """Compare the answers of one cycle with what happened."""
        if cycle.end is None or not answers:
            return
        length = cycle.end - cycle.start
        self.asked += 1
        self.overrun += any(each.overrunning for each in answers)
        for share in SHARES:
            at = cycle.start + share * length
            told = next((each for each in answers if each.at >= at), None)
            if told is not None and told.left_s is not None:
                true_left = cycle.end - told.at
                self.errors[share].append(abs(told.left_s - true_left) / length)
        for before, after in itertools.pairwise(answers):
            if before.left_s is None or after.left_s is None:
                continue
            self.minutes += 1
            moved = after.at + after.left_s - before.at - before.left_s
            self.jumps += abs(moved) > MINUTE_S + 1.0

    def figures(self) -> Iterator[tuple[str, float | None]]:
        """Name the figures; errors are in percent of the true length."""
        yield "cycles", self.asked
        for share in SHARES:
            name, errors = f"{share * 100:.0f}", self.errors[share]
            known = len(errors) / self.asked if self.asked else None
            yield f"known_{name}", None if known is None else 100.0 * known
            for what, where in (("median", 0.5), ("p90", 0.9)):
                error = quantile(errors, where)
                yield f"{what}_{name}", None if error is None else 100.0 * error
        jumps = self.jumps / self.minutes if self.minutes else None
        yield "jumps", None if jumps is None else 100.0 * jumps
        yield "overrunning", self.overrun


def ask(
    detector: Detector, trace: Trace, profile: str, base: float, seed: int
) -> list[Answer]:
    """Let the detector live through a recording, and ask it each minute."""
    answers: list[Answer] = []
    shown = Expectation()

    def look(now: float) -> None:
        if answers and now - answers[-1].at < MINUTE_S:
            return
        cycle, since = detector.cycle_id or "", detector.started_at or 0.0
        shown.look(now + base, cycle, since, detector.outlook)
        told = shown.expected
        answers.append(Answer(now, told.remaining_s, told.overrunning))

    due = TICK_S
    for at, watts in PROFILES[profile](trace, seed):
        while due < at:
            detector.step(due + base)
            look(due)
            due += TICK_S
        detector.step(at + base, Reading(at + base, watts))
        look(at)
        due = at + TICK_S
    return answers


def tally(job: tuple[Appliance, str, int]) -> tuple[str, str, Tally]:
    """Ask through the life of one appliance."""
    appliance, profile, seed = job
    detector, total = Detector(ApplianceKind(appliance.kind)), Tally()
    first = appliance.traces[0].begin
    for trace in appliance.traces:
        base = trace.begin - first
        answers = ask(detector, trace, profile, base, seed)
        detector.step(base + trace.duration, Reading(base + trace.duration, None))
        for cycle in trace.cycles:
            if cycle.scored and not cycle.truncated and cycle.end is not None:
                within = [a for a in answers if cycle.start <= a.at <= cycle.end]
                total.note(cycle, within)
    return appliance.kind, appliance.name, total


def measure(
    jobs: Sequence[tuple[Appliance, str, int]], processes: int
) -> dict[str, Tally]:
    """Add up by kind, and everything."""
    found: dict[str, Tally] = {}
    with ProcessPoolExecutor(processes) as pool:
        for kind, name, each in pool.map(tally, jobs):
            for group in ("all", kind, f"  {name}"):
                found.setdefault(group, Tally()).add(each)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(prog="bench forecast", description=__doc__)
    parser.add_argument("--json", type=Path, help="write the figures there")
    parser.add_argument("--quick", action="store_true", help="one profile only")
    parser.add_argument("--profile", nargs="*", choices=list(PROFILES))
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--synthetic", nargs="+", type=int, help="drawn households")
    asked = parser.parse_args(arguments)
    if asked.synthetic is None:
        chosen = appliances(folder(), KINDS)
    else:
        chosen = [a for seed in asked.synthetic for a in synthetic(seed, KINDS)]
    profiles = asked.profile or (QUICK if asked.quick else ("shelly", "poll60"))
    jobs = [(a, p, 0) for a in chosen for p in profiles]
    rows = measure(jobs, asked.processes)
    names = [name for name, _ in Tally().figures()]
    width = max(map(len, rows), default=10)
    print(f"{'':{width}}" + "".join(f"{name:>12}" for name in names))
    flat: dict[str, float | None] = {}
    for group, total in sorted(rows.items()):
        figures = dict(total.figures())
        cells = (f"{'-' if f is None else f'{f:.1f}':>12}" for f in figures.values())
        print(f"{group:{width}}" + "".join(cells))
        flat |= {f"{group.strip()}.{name}": f for name, f in figures.items()}
    if asked.json:
        asked.json.write_text(json.dumps(flat, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
