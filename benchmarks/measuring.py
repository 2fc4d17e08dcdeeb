"""Let detectors live through the lives of appliances, and keep the scores.

Must not add up or judge: that is `tables` and `goals`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
import time

from benchmarks.classic import Classic
from benchmarks.overriding import Overrides, overridden
from benchmarks.profiles import PROFILES
from benchmarks.scoring import TraceScore, score
from benchmarks.shipped import Adapter, factory
from benchmarks.traces import Appliance

# Only these draw anything; the others are the same for every seed.
BY_CHANCE = frozenset({"poll30", "poll60", "flaky"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One life: an appliance, a plug, a draw, and the numbers to try."""

    appliance: Appliance
    profile: str
    seed: int = 0
    shuffle: int = 0
    numbers: Overrides = field(default_factory=dict)
    classic_s: float = 0.0  # instead of the shipped detector, the rule with this timer


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """How one life was told."""

    kind: str
    name: str
    profile: str
    draw: int
    scores: Sequence[TraceScore]
    state_bytes: int
    reasons: Mapping[float, str] = field(default_factory=dict)


def live(job: Job) -> Result:
    """Score one life."""
    appliance = job.appliance
    with overridden(job.numbers):
        detector: Adapter | Classic = (
            Classic(job.classic_s)
            if job.classic_s
            else factory({"kind": appliance.kind})
        )
        scores = score(
            detector, appliance, job.profile, seed=job.seed, shuffle=job.shuffle
        )
        return Result(
            kind=appliance.kind,
            name=appliance.name,
            profile=job.profile,
            draw=job.seed,
            scores=scores,
            state_bytes=detector.state_bytes(),
            reasons=detector.reasons,
        )


def measure(jobs: Sequence[Job], processes: int) -> Iterator[Result]:
    """Score every job, in order."""
    if processes == 1:
        yield from map(live, jobs)
        return
    with ProcessPoolExecutor(processes) as pool:
        yield from pool.map(live, jobs)


def draws(profile: str, count: int, *, shuffle: bool) -> Iterator[tuple[int, int]]:
    """Give seeds and shuffles; a plug without chance needs only one draw."""
    if not shuffle and profile not in BY_CHANCE:
        count = 1
    for seed in range(count):
        yield seed, seed if shuffle else 0


def microseconds(appliance: Appliance, profile: str = "every_second") -> float:
    """Measure the time per reading over the recordings of one appliance."""
    reports = [list(PROFILES[profile](trace, 0)) for trace in appliance.traces]
    detector = factory({"kind": appliance.kind})
    begun = time.perf_counter()
    for trace, each in zip(appliance.traces, reports, strict=True):
        base = trace.begin - appliance.traces[0].begin
        for at, watts in each:
            detector.feed(at + base, watts)
    spent = time.perf_counter() - begun
    return 1e6 * spent / sum(len(each) for each in reports)
