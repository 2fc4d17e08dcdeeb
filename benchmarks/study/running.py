"""Measure what the study shows: scores, sweeps, ablations, and one day in detail.

Must not draw: what is measured here can be kept in a file and drawn again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
import sys
import time
from typing import Any

from benchmarks.classic import STOP_S
from benchmarks.goals import Verdict, judge, without_cycles
from benchmarks.measuring import Job, Result, draws, measure
from benchmarks.overriding import Overrides
from benchmarks.profiles import PROFILES
from benchmarks.stretching import stretched
from benchmarks.study.day import day_of
from benchmarks.study.subjects import ABLATED, SWEPT, TIMERS_S, Swept, shipped_value
from benchmarks.study.tallies import Tally
from benchmarks.synthetic import synthetic
from benchmarks.tables import LONG_KINDS
from benchmarks.traces import Appliance, appliances, folder

type Tallies = dict[str, dict[str, Tally]]  # variant, appliance


@dataclass(slots=True, kw_only=True)
class Plan:
    """How much is measured."""

    profiles: Sequence[str] = tuple(PROFILES)
    # of the sweeps and ablations: the best plug and the worst, one household
    swept_profiles: Sequence[str] = ("shelly", "poll60")
    drawn_profiles: Sequence[str] = ("shelly", "zigbee", "poll30", "poll60", "flaky")
    draws: int = 8
    households: Sequence[int] = (0, 1)
    processes: int = 2
    every: int = 1  # of the values of a sweep, each so manieth
    # of all kinds: as in the metered set, and as drawn
    metered: list[Appliance] = field(default_factory=list)
    drawn: list[tuple[int, Appliance]] = field(default_factory=list)  # household

    def load(self) -> None:
        """Read and draw the appliances."""
        self.metered = appliances(folder())
        self.drawn = [
            (seed, each) for seed in self.households for each in synthetic(seed)
        ]

    def with_programmes(self) -> list[Appliance]:
        """Give those that run long programmes: of them alone the sweeps are."""
        first = self.households[0]
        both = [*self.metered, *(each for seed, each in self.drawn if seed == first)]
        return [each for each in both if each.kind in LONG_KINDS]


# Other orders tried, and factors of time and power.
ORDERS = 4
STRETCHED = ((0.8, 1.0), (1.3, 1.0), (1.0, 0.6))

QUICK: Mapping[str, Any] = {
    "profiles": ("shelly", "poll60"),
    "swept_profiles": ("shelly",),
    "drawn_profiles": ("shelly",),
    "draws": 1,
    "households": (0,),
    "every": 3,
}


def measured(plan: Plan) -> dict[str, Any]:
    """Measure everything; the answer can be written as JSON."""
    plan.load()
    _say("metered appliances")
    metered = _metered(plan)
    _say("drawn appliances")
    drawn = _drawn(plan)
    long = [each.name for each in plan.metered if each.kind in LONG_KINDS]
    figures: dict[str, Any] = {
        "metered": long,
        "cold": _packed(_by_plug(metered.results, learned=False)),
        "learned": _packed(_by_plug(metered.results, learned=True)),
        "drawn": _packed(_by_plug(drawn.results, learned=True)),
        "goals": {
            "metered": [asdict(each) for each in metered.verdicts()],
            "drawn": [asdict(each) for each in drawn.verdicts()],
        },
        "day": day_of(plan.metered),
    }
    _say("metered appliances, otherwise")
    figures["otherwise"] = _packed(_otherwise(plan))
    _say("timers")
    figures["timers"] = _packed(
        {str(stop): _lives(plan, classic=stop) for stop in TIMERS_S[:: plan.every]}
    )
    shipped = _lives(plan)
    figures["shipped"] = _packed({"": shipped})
    figures["sweeps"] = {}
    for each in SWEPT:
        _say(each.name)
        figures["sweeps"][each.name] = _packed(_sweep(plan, each, shipped))
    figures["ablations"] = {}
    for name in list(ABLATED)[:: plan.every]:
        _say(f"without {name}")
        figures["ablations"][name] = _packed({"": _lives(plan, ABLATED[name])})
    return figures


def _say(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lives:
    """Lives of all kinds, and what the threshold rule tells of those without cycles."""

    results: list[Result]
    rule: list[Result]

    def verdicts(self) -> list[Verdict]:
        return judge(self.results, self.rule)


def _lived(plan: Plan, jobs: Sequence[Job]) -> _Lives:
    rule = [
        replace(each, classic_s=STOP_S)
        for each in jobs
        if without_cycles(each.appliance.kind)
    ]
    return _Lives(
        results=list(measure(jobs, plan.processes)),
        rule=list(measure(rule, plan.processes)),
    )


def _metered(plan: Plan) -> _Lives:
    """Let the metered appliances live on all plugs, with several draws."""
    return _lived(
        plan,
        [
            Job(appliance=each, profile=profile, seed=seed)
            for each in plan.metered
            for profile in plan.profiles
            for seed, _ in draws(profile, plan.draws, shuffle=False)
        ],
    )


def _drawn(plan: Plan) -> _Lives:
    """Let the drawn ones live; a household is a draw."""
    return _lived(
        plan,
        [
            Job(appliance=each, profile=profile, seed=seed)
            for seed, each in plan.drawn
            for profile in plan.drawn_profiles
        ],
    )


def _by_plug(results: Sequence[Result], *, learned: bool) -> Tallies:
    tallies: Tallies = {}
    for result in results:
        if result.kind in LONG_KINDS:
            row = tallies.setdefault(result.profile, {})
            row.setdefault(result.name, Tally()).add([result], learned=learned)
    return tallies


def _otherwise(plan: Plan) -> Tallies:
    """Let the metered appliances live in other orders, slower, faster and weaker."""
    long = [each for each in plan.metered if each.kind in LONG_KINDS]
    variants = {
        "in other orders": [
            Job(appliance=each, profile=profile, seed=seed, shuffle=seed)
            for each in long
            for profile in plan.drawn_profiles
            for seed in range(1, min(plan.draws, ORDERS) + 1)
        ]
    }
    for time_factor, power in STRETCHED:
        words = f"time × {time_factor:g}, power × {power:g}"
        variants[words] = [
            Job(appliance=stretched(each, time_factor, power), profile=profile, seed=1)
            for each in long
            for profile in plan.drawn_profiles
        ]
    tallies: Tallies = {}
    for variant, jobs in variants.items():
        row = tallies.setdefault(variant, {})
        for result in measure(jobs, plan.processes):
            row.setdefault(result.profile, Tally()).add([result])
    return tallies


def _sweep(plan: Plan, swept: Swept, shipped: dict[str, Tally]) -> Tallies:
    """Try the values of one number; the shipped one has been measured."""
    at = shipped_value(swept)
    values = {*swept.values[:: plan.every], at}
    return {
        str(value): shipped if value == at else _lives(plan, swept.numbers(value))
        for value in sorted(values)
    }


def _lives(
    plan: Plan, numbers: Overrides | None = None, classic: float = 0.0
) -> dict[str, Tally]:
    """Let all appliances live on the plugs of the sweeps; tell the learned cycles."""
    jobs = [
        Job(
            appliance=each,
            profile=profile,
            seed=1,
            numbers=numbers or {},
            classic_s=classic,
        )
        for each in plan.with_programmes()
        for profile in plan.swept_profiles
    ]
    tallies: dict[str, Tally] = {}
    for result in measure(jobs, plan.processes):
        tallies.setdefault(result.name, Tally()).add([result])
    return tallies


def _packed(tallies: Tallies) -> dict[str, Any]:
    return {
        variant: {name: each.packed() for name, each in by_name.items()}
        for variant, by_name in tallies.items()
    }


def unpacked(packed: Mapping[str, Mapping[str, list[Any]]]) -> Tallies:
    """Undo the packing."""
    return {
        variant: {name: Tally.unpacked(each) for name, each in by_name.items()}
        for variant, by_name in packed.items()
    }
