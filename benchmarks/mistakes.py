"""Every cycle that was told too early, too late or not at all, and what was to see.

A premature finish fell into a pause: how long was that, and had the appliance shown
one like it before? Where it had not, and the pause is longer than the safe wait of
the kind, nobody could have known.

Must not judge: that is `goals`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from benchmarks.measuring import Job, Result
from benchmarks.scoring import CycleScore
from benchmarks.traces import Segment, Trace, TrueCycle
from custom_components.reliable_notifications.engine.cycles.kinds import KINDS
from custom_components.reliable_notifications.engine.vocabulary import ApplianceKind

# Two pauses as alike as this are the same one: half a minute or a twentieth.
ALIKE_S, ALIKE_SHARE = 30.0, 0.05
# What is worth a line although it was told rightly: slower than the slowest goal.
LATE_S = 480.0
# Shorter rests are those of a drum.
PAUSE_S = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One cycle; `pause_s` is the pause that was taken for the end."""

    life: str
    cycle: str
    nth: int
    outcome: str
    off_s: float | None  # the announcement, after the end; negative is before
    reason: str = ""  # which the detector gave
    pause_s: float = 0.0
    seen_before: int = 0
    next_s: float | None = None  # when the next cycle began, after the end
    forced: bool = False  # nobody could have known

    def __str__(self) -> str:
        parts = [f"{self.life:44} #{self.nth:<3} {self.outcome:10}"]
        if self.off_s is not None:
            parts.append(f"told {self.off_s:+.0f} s ({self.reason})")
        if self.pause_s:
            parts.append(f"in a pause of {self.pause_s:.0f} s")
            parts.append(f"seen {self.seen_before}× before")
        if self.next_s is not None:
            parts.append(f"next load after {self.next_s:.0f} s")
        if self.forced:
            parts.append("(could not be known)")
        return "  ".join(parts)


def pauses(trace: Trace, cycle: TrueCycle, load_w: float) -> list[tuple[float, float]]:
    """Find the rests of a minute and more inside a cycle: begin and end."""
    end = trace.duration if cycle.end is None else cycle.end
    found: list[tuple[float, float]] = []
    since: float | None = None
    for begin, until, watts in _between(trace.segments, cycle.start, end):
        if watts is not None and watts < load_w:
            since = begin if since is None else since
            continue
        if since is not None and begin - since >= PAUSE_S:
            found.append((since, begin))
        since = None if watts is not None else until
    return found


def _between(
    segments: Sequence[Segment], start: float, end: float
) -> Iterator[Segment]:
    for begin, until, watts in segments:
        if until > start and begin < end:
            yield begin, until, watts


def mistakes(job: Job, result: Result) -> Iterator[Mistake]:
    """Tell what went wrong in one life."""
    known = {each.value for each in ApplianceKind}
    kind = result.kind if result.kind in known else ApplianceKind.GENERIC
    traits = KINDS[ApplianceKind(kind)]
    traces = {each.id: each for each in job.appliance.traces}
    life = f"{result.name}, {result.profile}, draw {result.draw}"
    seen: list[float] = []
    for score in result.scores:
        trace = traces[score.trace]
        for index, each in enumerate(score.cycles):
            here = pauses(trace, each.cycle, traits.load_w)
            following = score.cycles[index + 1 : index + 2]
            if each.cycle.scored and _wrong(each):
                told = each.premature[0] if each.premature else each.finish
                reason = result.reasons.get(score.begin + (told or 0.0), "")
                yield replace(
                    _mistake(life, each, here, (seen, traits.safe_wait_s), following),
                    reason=reason,
                )
            seen += [until - since for since, until in here]


def _wrong(each: CycleScore) -> bool:
    if each.outcome == "good":
        return each.delay is not None and each.delay > LATE_S
    return each.outcome in {"premature", "missed", "merged", "unfinished"}


def _mistake(
    life: str,
    each: CycleScore,
    here: Sequence[tuple[float, float]],
    known: tuple[Sequence[float], float],
    following: Sequence[CycleScore],
) -> Mistake:
    cycle = each.cycle
    seen, safe_wait_s = known
    end = cycle.end or 0.0
    told = each.premature[0] if each.premature else each.finish
    pause_s = 0.0
    if each.premature:
        pause_s = max(
            (b - a for a, b in here if a <= each.premature[0] <= b), default=0.0
        )
    before = sum(
        abs(one - pause_s) <= max(ALIKE_S, ALIKE_SHARE * pause_s) for one in seen
    )
    return Mistake(
        life=life,
        cycle=cycle.id,
        nth=each.nth,
        outcome="late" if each.outcome == "good" else each.outcome,
        off_s=None if told is None else told - end,
        pause_s=pause_s,
        seen_before=before if pause_s else 0,
        next_s=following[0].cycle.start - end if following else None,
        forced=pause_s > safe_wait_s and not before,
    )


def show_mistakes(jobs: Sequence[Job], results: Sequence[Result]) -> None:
    """Print them, and how many of the premature ones nobody could have known."""
    told = [
        each
        for job, result in zip(jobs, results, strict=True)
        for each in mistakes(job, result)
    ]
    for each in told:
        print(each)
    early = [each for each in told if each.outcome == "premature"]
    print(f"{len(told)} of them; {len(early)} premature, ", end="")
    print(f"{sum(each.forced for each in early)} of these could not be known")
    for outcome in ("premature", "late"):
        reasons = Counter(each.reason for each in told if each.outcome == outcome)
        words = ", ".join(f"{count} {name}" for name, count in reasons.most_common())
        print(f"{outcome}: {words}")
