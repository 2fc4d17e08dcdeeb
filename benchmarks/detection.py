"""Score the shipped detector on labelled traces.

`factory(meta)` adapts it to the protocol of the scorer that lies beside the full
set of traces (`feed`, `tick`, lists of `(event, own time)`).

    ./scripts/bench detection [--json FILE] [--quick] [--timing]
    ./scripts/bench detection --synthetic 0 1 2     (drawn households instead)
    ./scripts/bench detection --goals --draws 8     (what is reached, at worst)
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
import dataclasses
import json
from pathlib import Path
import sys

from benchmarks.classic import STOP_S
from benchmarks.goals import (
    flat_verdicts,
    judge,
    show_verdicts,
    speed,
    without_cycles,
)
from benchmarks.measuring import Job, draws, measure, microseconds
from benchmarks.mistakes import show_mistakes
from benchmarks.profiles import PROFILES
from benchmarks.shipped import Adapter, factory
from benchmarks.stretching import stretched
from benchmarks.synthetic import synthetic
from benchmarks.tables import add_up, flat, show
from benchmarks.traces import Appliance, appliances, folder

__all__ = ["Adapter", "factory", "main"]

QUICK = ("shelly", "poll60")  # between them these show most faults


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench detection", description=__doc__)
    add = parser.add_argument
    add("--json", type=Path, help="write the figures there")
    add("--quick", action="store_true", help="two profiles only")
    add("--timing", action="store_true", help="microseconds per reading")
    add("--goals", action="store_true", help="the figures to reach, and their worst")
    add("--worst", action="store_true", help="as --goals, for each plug by itself")
    add("--mistakes", action="store_true", help="each cycle that was told wrongly")
    add("--kind", nargs="*", default=(), help="only these kinds")
    add("--appliance", nargs="*", default=(), help="only these")
    add("--profile", nargs="*", choices=list(PROFILES))
    add("--draws", type=int, default=1, help="seeds 0 to N-1, added up")
    add("--shuffle", action="store_true", help="other orders too")
    add("--stretch", nargs="+", type=float, default=(1.0,), help="time, as factors")
    add("--power", nargs="+", type=float, default=(1.0,), help="power, as factors")
    add("--processes", type=int, default=2)
    add("--synthetic", nargs="+", type=int, help="drawn households")
    return parser


def _jobs(asked: argparse.Namespace) -> Iterator[Job]:
    """Give every life that was asked for; a household is a draw of its own."""
    profiles = asked.profile or (QUICK if asked.quick else tuple(PROFILES))
    homes: list[tuple[int | None, list[Appliance]]]
    if asked.synthetic is None:
        homes = [(None, appliances(folder(), asked.kind))]
    else:
        homes = [(seed, synthetic(seed, asked.kind)) for seed in asked.synthetic]
    for home, drawn in homes:
        for profile in profiles:
            for seed, shuffle in draws(profile, asked.draws, shuffle=asked.shuffle):
                draw = seed if home is None else home * asked.draws + seed
                for each in drawn:
                    if asked.appliance and each.name not in asked.appliance:
                        continue
                    for time in asked.stretch:
                        for power in asked.power:
                            yield Job(
                                appliance=stretched(each, time, power),
                                profile=profile,
                                seed=draw,
                                shuffle=shuffle,
                            )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark."""
    asked = _arguments().parse_args(arguments)
    jobs = list(_jobs(asked))
    results = list(measure(jobs, asked.processes))
    if not results:
        print("no appliance was asked for")
        return 2
    rows = add_up(results)
    figures = flat(rows)
    chosen = {each.appliance.name: each.appliance for each in jobs}
    if asked.goals or asked.worst:
        generic = [
            dataclasses.replace(each, classic_s=STOP_S)
            for each in jobs
            if without_cycles(each.appliance.kind)
        ]
        verdicts = judge(results, list(measure(generic, asked.processes)))
        longest = max(chosen.values(), key=lambda each: len(each.traces[0].segments))
        verdicts.append(speed(longest.name, microseconds(longest)))
        show_verdicts(verdicts, each_plug=asked.worst)
        figures |= flat_verdicts(verdicts)
    elif asked.mistakes:
        show_mistakes(jobs, results)
    else:
        show(rows)
    if asked.timing:
        for name, each in chosen.items():
            figures[f"{name}.microseconds"] = microseconds(each)
            print(f"{name}: {figures[f'{name}.microseconds']:.2f} µs a reading")
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
