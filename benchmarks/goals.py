"""The gauge: every figure that detection has to reach, and whether it does.

A delay is judged for each appliance, plug and draw by itself, and the worst of them
counts; shares are of all draws together. Appliances without a cycle of the stage
have no figure.

Must not measure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
import dataclasses
from dataclasses import dataclass

from benchmarks.measuring import Result
from benchmarks.profiles import PROFILES
from benchmarks.scoring import Summary
from benchmarks.tables import LONG_KINDS, add_up
from custom_components.reliable_notifications.engine.cycles.kinds import KINDS
from custom_components.reliable_notifications.engine.vocabulary import ApplianceKind

REPORTING = ("every_second", "shelly", "zigbee")  # they lose nothing and are not polled
BLOCKS = ("kettle", "coffee_machine")
SHORT_KINDS = (*BLOCKS, "microwave")
PROMPT_S = {"poll60": (120.0, 240.0), "flaky": (360.0, 480.0)}
PROMPTLY_S = (60.0, 180.0)
STATE_BYTES = 64 * 1024
READING_US = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One figure: what it is to be at most (or at least), and what it is at worst."""

    figure: str
    kind: str
    profile: str
    goal: float
    value: float | None
    where: str = ""
    at_least: bool = False
    unit: str = ""

    @property
    def reached(self) -> bool | None:
        """Whether it is reached; None where nothing was measured."""
        if self.value is None:
            return None
        return self.value >= self.goal if self.at_least else self.value <= self.goal


class _Lives:
    """The lives of all appliances of a kind at one make of plug."""

    def __init__(self, kind: str, profile: str, results: Sequence[Result]) -> None:
        self.kind, self.profile = kind, profile
        self.results = [r for r in results if (r.kind, r.profile) == (kind, profile)]
        self.rows = [add_up([each]) for each in self.results]

    def __bool__(self) -> bool:
        return bool(self.results)

    def of(self, index: int, stage: str) -> Summary:
        """Add up one life."""
        return self.rows[index].get((self.kind, stage, self.profile), Summary())

    def together(self, stage: str, draw: int | None = None) -> Summary:
        """Add up all lives, or those of one draw."""
        chosen = [each for each in self.results if draw in {None, each.draw}]
        return add_up(chosen).get((self.kind, stage, self.profile), Summary())

    def verdict(
        self, figure: str, goal: float, value: float | None, where: str, unit: str = ""
    ) -> Verdict:
        """Make a verdict on a sum."""
        return Verdict(
            figure=figure,
            kind=self.kind,
            profile=self.profile,
            goal=goal,
            value=value,
            where=where,
            unit=unit,
        )

    def worst(
        self, figure: str, goal: float, name: str, stage: str = "learned"
    ) -> Verdict:
        """Find the appliance and the draw with the largest figure."""
        found: list[tuple[float, str]] = []
        for index, each in enumerate(self.results):
            summary = self.of(index, stage)
            value = dict(summary.figures())[name]
            if value is not None:
                found.append((value, f"{_named(each)}, n {summary.cycles}"))
        value, where = max(found, default=(None, ""))
        return self.verdict(figure, goal, value, where, "s")


def _named(result: Result) -> str:
    return f"{result.name}, draw {result.draw}"


def judge(results: Sequence[Result], classic: Sequence[Result] = ()) -> list[Verdict]:
    """Judge each figure by kind and plug; `classic` is what the threshold rule told."""
    verdicts: list[Verdict] = []
    for kind in dict.fromkeys(each.kind for each in results):
        for profile in PROFILES:
            lives = _Lives(kind, profile, results)
            if not lives:
                continue
            if kind in LONG_KINDS:
                verdicts += _long(lives)
            elif kind in SHORT_KINDS:
                verdicts += _short(lives)
            elif without_cycles(kind):
                verdicts += _without_cycles(lives, _Lives(kind, profile, classic))
            if kind in LONG_KINDS or kind in SHORT_KINDS:
                verdicts += _starts(lives)
    return [*verdicts, _state(results)]


def without_cycles(kind: str) -> bool:
    """Say whether it is set up as generic: no kind of ours, so nothing to announce."""
    kinds = {each.value for each in ApplianceKind} - {ApplianceKind.GENERIC.value}
    return kind not in kinds


def _share(count: int, of: int) -> float | None:
    return 100.0 * count / of if of else None


def _lost(summary: Summary) -> int:
    return sum(summary.outcomes[each] for each in ("missed", "merged", "unfinished"))


def _long(lives: _Lives) -> Iterator[Verdict]:
    first = min(each.draw for each in lives.results)
    learned, cold = lives.together("learned"), lives.together("cold")
    standard = lives.together("all", draw=first)
    n, m = f"n {learned.cycles}", f"n {cold.cycles}"
    early, whole = standard.outcomes["premature"], f"n {standard.cycles}"
    yield lives.verdict("premature, standard draw", 0.0, float(early), whole)
    early = learned.outcomes["premature"]
    share = _share(early, learned.cycles)
    yield lives.verdict("premature, learned", 0.2, share, f"{early}, {n}", "%")
    share = _share(_lost(learned), learned.cycles)
    yield lives.verdict("lost, learned", 1.0, share, f"{_lost(learned)}, {n}", "%")
    share = _share(_lost(cold), cold.cycles)
    yield lives.verdict("lost, cold", 5.0, share, f"{_lost(cold)}, {m}", "%")
    if lives.kind == ApplianceKind.DRYER:
        yield lives.verdict("finish told again", 0.0, float(standard.repeats), whole)
    median, tail = PROMPT_S.get(lives.profile, PROMPTLY_S)
    yield lives.worst("delay, learned, median", median, "end_median")
    yield lives.worst("delay, learned, 90 %", tail, "end_p90")
    safe_s = KINDS[ApplianceKind(lives.kind)].safe_wait_s
    yield lives.worst("delay, cold, median", safe_s, "end_median", "cold")


def _short(lives: _Lives) -> Iterator[Verdict]:
    whole = lives.together("all")
    n = f"n {whole.cycles}"
    polled, block = lives.profile == "poll60", lives.kind in BLOCKS
    if lives.profile in REPORTING or polled:
        goal = 98.0 if block else 90.0
        if polled:
            goal = 90.0 if block else 80.0
        good = _share(whole.outcomes["good"], whole.cycles)
        verdict = lives.verdict("good", goal, good, n, "%")
        yield dataclasses.replace(verdict, at_least=True)
    if lives.profile in REPORTING and block:
        yield lives.worst("delay, median", 60.0, "end_median", "all")
    yield lives.verdict("finish told again", 0.0, float(whole.repeats), n)


def _starts(lives: _Lives) -> Iterator[Verdict]:
    yield lives.worst("start told, median", 60.0, "start_median", "all")
    yield lives.worst("start back-dated, error", 10.0, "start_error", "all")


def _without_cycles(lives: _Lives, rule: _Lives) -> Iterator[Verdict]:
    late = [(lives.of(n, "all").spurious_late, n) for n in range(len(lives.results))]
    most, worst = max(late)
    where = f"most: {most}, {_named(lives.results[worst])}" if most else ""
    yield lives.verdict(
        "finishes after the first day", 0.0, float(sum(n for n, _ in late)), where
    )
    if rule:
        limit, told = (
            _on_the_first_day(each.together("all")) for each in (rule, lives)
        )
        where = "goal: threshold and timer"
        yield lives.verdict("finishes on the first day", limit, told, where)


def _on_the_first_day(summary: Summary) -> float:
    return float(summary.spurious + summary.repeats - summary.spurious_late)


def _state(results: Sequence[Result]) -> Verdict:
    largest = max(results, key=lambda each: each.state_bytes)
    return Verdict(
        figure="state of one appliance",
        kind="any",
        profile="any",
        goal=STATE_BYTES,
        value=float(largest.state_bytes),
        where=_named(largest),
        unit="B",
    )


def speed(name: str, microseconds: float) -> Verdict:
    """Judge the time that one reading takes."""
    return Verdict(
        figure="time per reading",
        kind="any",
        profile="every_second",
        goal=READING_US,
        value=microseconds,
        where=name,
        unit="µs",
    )


# -- the table -----------------------------------------------------------------------


def worst_of(verdicts: Iterable[Verdict]) -> Iterator[tuple[Verdict, int, int]]:
    """For each figure and kind the worst plug; on how many plugs it is reached."""
    groups: dict[tuple[str, str], list[Verdict]] = {}
    for each in verdicts:
        groups.setdefault((each.kind, each.figure), []).append(each)
    for group in groups.values():
        measured = [each for each in group if each.value is not None]
        if measured:
            reached = sum(each.reached is True for each in measured)
            yield max(measured, key=_far), reached, len(measured)


def _far(verdict: Verdict) -> float:
    """Tell how far from its goal a figure is; the sign says on which side."""
    value = verdict.value or 0.0
    if verdict.at_least:
        return verdict.goal - value
    return value - verdict.goal if not verdict.goal else value / verdict.goal


def show_verdicts(verdicts: Sequence[Verdict], *, each_plug: bool) -> None:
    """Print figure, goal, the worst, whether it is reached, and where it is not."""
    head = f"{'kind':16} {'figure':29} {'plug':13}{'goal':>10}{'worst':>10}  reached"
    print(head)
    listed: Iterable[tuple[Verdict, int, int]]
    if each_plug:
        listed = (
            (v, int(v.reached or False), 1) for v in verdicts if v.value is not None
        )
    else:
        listed = worst_of(verdicts)
    for verdict, reached, count in listed:
        sign = "≥" if verdict.at_least else "≤"
        goal = f"{sign} {verdict.goal:g}"
        value = f"{verdict.value:.5g} {verdict.unit}"
        answer = "yes" if reached == count else "NO"
        plugs = "" if count == 1 else f" ({reached} of {count} plugs)"
        print(
            f"{verdict.kind:16} {verdict.figure:29} {verdict.profile:13}"
            f"{goal:>10}{value:>10}  {answer + plugs:20} {verdict.where}"
        )
    judged = [each for each in verdicts if each.reached is not None]
    print(f"reached: {sum(each.reached is True for each in judged)} of {len(judged)}")


def flat_verdicts(verdicts: Iterable[Verdict]) -> dict[str, float | None]:
    """One flat object: `goals.<kind>.<profile>.<figure>`, 1 if reached."""
    return {
        f"goals.{v.kind}.{v.profile}.{v.figure}": float(v.reached)
        for v in verdicts
        if v.reached is not None
    }
