"""Compare what a detector announced with what really happened.

The rules: a finish is *good* from 10 s before the true end until 120 s into the next
cycle, if nothing was announced before; *premature* before that. A cycle without a
finish is *missed* if it was never noticed, *merged* if another one followed and
*unfinished* otherwise. A finish within an hour of a finished cycle is a *repeat*, any
other *spurious*. Delay is announcement minus true end.
"""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
import math
import random
from typing import Protocol

from benchmarks.profiles import PROFILES
from benchmarks.traces import Appliance, Trace, TrueCycle

TICK_S = 10.0
EARLY_S = 10.0
LATE_INTO_NEXT_S = 120.0
GRACE_S = 1800.0
REPEAT_S = 3600.0
SHUFFLED_GAP_S = 21600.0
START_EARLY_S = 300.0
LONG_AGO = -1e9
DAY_S = 86400.0

# Name, the detector's own opinion of when, when it was told.
type Told = tuple[str, float, float]


class Announcer(Protocol):
    """What is scored."""

    def feed(self, at: float, watts: float | None) -> list[tuple[str, float]]: ...

    def tick(self, at: float) -> list[tuple[str, float]]: ...

    @property
    def asleep_until(self) -> float:
        """Before then a tick can change nothing; infinite if only a report can."""


@dataclass(slots=True)
class CycleScore:
    """How one true cycle fared."""

    cycle: TrueCycle
    nth: int = 0  # its place in the life of the appliance, from 1
    outcome: str = ""
    finish: float | None = None
    start: float | None = None
    own_start: float | None = None
    own_finish: float | None = None
    premature: list[float] = field(default_factory=list)

    @property
    def delay(self) -> float | None:
        if self.finish is None or self.cycle.end is None:
            return None
        return self.finish - self.cycle.end

    @property
    def start_delay(self) -> float | None:
        if self.start is None or self.cycle.truncated:
            return None
        return self.start - self.cycle.start


@dataclass(slots=True)
class TraceScore:
    """How one recording fared."""

    trace: int
    cycles: list[CycleScore]
    begin: float = 0.0  # seconds since the first recording of the appliance began
    spurious: list[float] = field(default_factory=list)
    repeats: list[float] = field(default_factory=list)
    false_starts: list[float] = field(default_factory=list)
    running: bool = False


def run(
    detector: Announcer, trace: Trace, profile: str, base: float, seed: int
) -> list[Told]:
    """Feed one recording; ticks come each 10 s of silence, if the detector asks."""
    told: list[Told] = []

    def keep(events: Iterable[tuple[str, float]], now: float) -> None:
        told.extend((name, at - base, now) for name, at in events)

    def tick(since: float, until: float) -> None:
        due = since
        while due < until:
            wakes = detector.asleep_until - base
            if wakes >= until:
                return
            if wakes > due:
                due += TICK_S * math.ceil((wakes - due) / TICK_S)
                continue
            keep(detector.tick(due + base), due)
            due += TICK_S

    due = TICK_S
    for at, watts in PROFILES[profile](trace, seed):
        tick(due, at)
        keep(detector.feed(at + base, watts), at)
        due = at + TICK_S
    tick(due, trace.duration + 0.001)
    return told


class _Judge:
    """Walks through the announcements of one recording."""

    def __init__(self, trace: Trace, *, carried: bool):
        cycles = sorted(trace.cycles, key=lambda cycle: cycle.start)
        self.trace = trace
        self.starts = [LONG_AGO if c.truncated else c.start for c in cycles]
        self.score = TraceScore(trace.id, [CycleScore(c) for c in cycles])
        self.carried = carried
        self.since: float | None = None
        self.spans: list[tuple[float, float]] = []

    def judge(self, told: Sequence[Told]) -> TraceScore:
        for name, own, now in told:
            if name == "started":
                self._started(own, now)
            elif name == "finished":
                self._finished(own, now)
        if self.since is not None:
            self.spans.append((self.since, self.trace.duration))
        for index in range(len(self.score.cycles)):
            self._conclude(index)
        self.score.running = self.since is not None or self.carried
        return self.score

    def _end(self, index: int) -> float:
        end = self.score.cycles[index].cycle.end
        return self.trace.duration if end is None else end

    def _started(self, own: float, now: float) -> None:
        self.since = now if self.since is None else self.since
        index = bisect.bisect_right(self.starts, now) - 1
        coming = index + 1
        if coming < len(self.starts) and now >= self.starts[coming] - START_EARLY_S:
            over = index < 0 or now > self._end(index) + EARLY_S
            index = coming if over else index
        if index < 0:
            self.score.false_starts.append(now)
            return
        each = self.score.cycles[index]
        if self.starts[index] - START_EARLY_S <= now <= self._end(index) + EARLY_S:
            if each.start is None:
                each.start, each.own_start = now, own
        elif each.cycle.scored and now > (each.cycle.after_until or LONG_AGO) + EARLY_S:
            self.score.false_starts.append(now)

    def _finished(self, own: float, now: float) -> None:
        since, self.since = self.since, None
        late, self.carried = self.carried and since is None, False
        if since is not None:
            self.spans.append((since, now))
        index = bisect.bisect_right(self.starts, now) - 1
        if index < 0:
            if not late:
                self.score.spurious.append(now)
            return
        each = self.score.cycles[index]
        if now < self._end(index) - EARLY_S:
            self._before_end(index, (own, now), since)
        elif each.cycle.end is None:
            return
        elif each.finish is None:
            each.finish, each.own_finish = now, own
        elif each.cycle.scored:
            until = max(each.cycle.end, each.cycle.after_until or LONG_AGO) + REPEAT_S
            (self.score.repeats if now <= until else self.score.spurious).append(now)

    def _before_end(
        self, index: int, told: tuple[float, float], since: float | None
    ) -> None:
        own, now = told
        before = self.score.cycles[index - 1] if index else None
        if (
            before is not None
            and now - self.starts[index] <= LATE_INTO_NEXT_S
            and before.finish is None
            and before.cycle.end is not None
            and (since is None or since < before.cycle.end)
        ):
            before.finish, before.own_finish = now, own
        else:
            self.score.cycles[index].premature.append(now)

    def _conclude(self, index: int) -> None:
        each, last = self.score.cycles[index], index + 1 == len(self.score.cycles)
        end = each.cycle.end
        if each.premature:
            each.outcome = "premature"
        elif end is None:
            each.outcome = "open"
        elif each.finish is not None:
            each.outcome = "good"
        elif last and self.trace.duration - end < GRACE_S:
            each.outcome = "no_time"
        elif each.start is None and not any(
            a <= end and b >= self.starts[index] for a, b in self.spans
        ):
            each.outcome = "missed"
        else:
            each.outcome = "unfinished" if last else "merged"


def score(
    detector: Announcer,
    appliance: Appliance,
    profile: str,
    *,
    seed: int = 0,
    shuffle: int = 0,
) -> list[TraceScore]:
    """Let one detector live through all recordings of an appliance, in order."""
    traces = list(appliance.traces)
    if shuffle:
        random.Random(f"{shuffle}/{appliance.name}").shuffle(traces)
    scores: list[TraceScore] = []
    clock, nth = 0.0, 0
    for trace in traces:
        base = clock if shuffle else trace.begin - traces[0].begin
        clock += trace.duration + SHUFFLED_GAP_S
        told = run(detector, trace, profile, base, seed)
        detector.feed(base + trace.duration, None)
        judged = _Judge(trace, carried=bool(scores) and scores[-1].running).judge(told)
        judged.begin = base
        for each in judged.cycles:
            nth += 1
            each.nth = nth
        scores.append(judged)
    return scores


COUNTED = ("good", "premature", "missed", "merged", "unfinished")


@dataclass(slots=True)
class Summary:
    """Scores of several recordings, added up."""

    outcomes: Counter[str] = field(default_factory=Counter)
    delays: list[float] = field(default_factory=list)
    starts: list[float] = field(default_factory=list)
    back_dating: list[float] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)
    spurious: int = 0
    spurious_late: int = 0  # after the first day
    repeats: int = 0
    false_starts: int = 0

    @property
    def cycles(self) -> int:
        return sum(self.outcomes[each] for each in COUNTED)

    def add(self, score: TraceScore, cycles: Iterable[CycleScore]) -> None:
        self.spurious += len(score.spurious)
        self.spurious_late += sum(
            score.begin + at > DAY_S for at in (*score.spurious, *score.repeats)
        )
        self.repeats += len(score.repeats)
        self.false_starts += len(score.false_starts)
        for each in cycles:
            if not each.cycle.scored:
                continue
            self.outcomes[each.outcome] += 1
            if each.outcome == "good" and each.delay is not None:
                self.delays.append(each.delay)
                self.ends.append(
                    abs((each.own_finish or 0.0) - (each.cycle.end or 0.0))
                )
            if each.start_delay is not None and each.own_start is not None:
                self.starts.append(each.start_delay)
                self.back_dating.append(abs(each.own_start - each.cycle.start))

    def figures(self) -> Iterator[tuple[str, float | None]]:
        yield "cycles", self.cycles
        yield from ((each, self.outcomes[each]) for each in COUNTED)
        yield "repeats", self.repeats
        yield "spurious", self.spurious
        yield "false_starts", self.false_starts
        yield "spurious_late", self.spurious_late
        yield "start_median", quantile(self.starts, 0.5)
        yield "start_error", quantile(self.back_dating, 0.5)
        yield "end_error", quantile(self.ends, 0.5)
        yield "end_median", quantile(self.delays, 0.5)
        yield "end_p90", quantile(self.delays, 0.9)
        yield "end_max", max(self.delays, default=None)


def quantile(values: Sequence[float], share: float) -> float | None:
    """Find the value below which this share of the values lies; None of nothing."""
    if not values:
        return None
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
