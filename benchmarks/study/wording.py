"""The tables of the study, as docs/detection.md has them.

Must not measure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benchmarks.goals import Verdict, worst_of
from benchmarks.profiles import PROFILES
from benchmarks.study.choosing import Choice, leave_one_out
from benchmarks.study.running import unpacked
from benchmarks.study.subjects import SWEPT, Swept, shipped_value
from benchmarks.study.tallies import Tally, together

METERED, DRAWN = "metered appliances", "drawn appliances"


def sets(figures: Mapping[str, Any], tallies: Mapping[str, Tally]) -> dict[str, Tally]:
    """Add up the metered appliances and the drawn ones."""
    metered = set(figures["metered"])
    return {
        METERED: together(t for n, t in tallies.items() if n in metered),
        DRAWN: together(t for n, t in tallies.items() if n not in metered),
    }


def tables(figures: Mapping[str, Any]) -> dict[str, str]:
    """Write all tables, by the name of their place on the page."""
    made = {
        "goals": _goals,
        "scores": _scores,
        "otherwise": _otherwise,
        "drawn": _drawn,
        "left_out": _left_out,
        "ablations": _ablations,
    }
    return {name: "\n".join(each(figures)) for name, each in made.items()}


def rewritten(page: str, figures: Mapping[str, Any]) -> str:
    """Put the tables between `<!-- study: NAME -->` and `<!-- /study -->`."""
    for name, table in tables(figures).items():
        begin, end = f"<!-- study: {name} -->\n", "<!-- /study -->"
        before, found, rest = page.partition(begin)
        _, closed, after = rest.partition(end)
        if not (found and closed):
            msg = f"the page has no place for {name}"
            raise LookupError(msg)
        page = f"{before}{begin}{table}\n{end}{after}"
    return page


def _goals(figures: Mapping[str, Any]) -> Iterator[str]:
    yield "| kind | figure | metered, worst | reached | drawn, worst | reached |"
    yield "| --- | --- | --- | --- | --- | --- |"
    by_set = [_worst(figures["goals"][name]) for name in ("metered", "drawn")]
    for kind, figure in dict.fromkeys([*by_set[0], *by_set[1]]):
        found = [each.get((kind, figure)) for each in by_set]
        cells = [cell for one in found for cell in _answer(one)]
        words = kind.replace("_", " ")
        yield f"| {words} | {figure} | " + " | ".join(cells) + " |"


type _Found = tuple[Verdict, int, int]


def _worst(packed: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], _Found]:
    verdicts = [Verdict(**each) for each in packed]
    return {
        (verdict.kind, verdict.figure): (verdict, reached, count)
        for verdict, reached, count in worst_of(verdicts)
    }


def _goal(verdict: Verdict) -> str:
    sign = "≥" if verdict.at_least else "≤"
    return f"{sign} {verdict.goal:g}"


def _answer(found: _Found | None) -> tuple[str, str]:
    if found is None:
        return "-", "-"
    verdict, reached, count = found
    plug = verdict.profile if verdict.profile != "any" else ""
    value = f"{verdict.value:.3g} {verdict.unit}".rstrip()
    if verdict.value is not None and verdict.value >= 100.0:
        value = f"{verdict.value:.0f} {verdict.unit}".rstrip()
    answer = "yes" if reached == count else f"**{reached} of {count}** plugs"
    return f"{value} ({_goal(verdict)}) {plug}".rstrip(), answer


def _scores(figures: Mapping[str, Any]) -> Iterator[str]:
    learned = unpacked(figures["learned"])
    plugs = [each for each in PROFILES if each in learned]
    yield "| appliance | stage | " + " | ".join(plugs) + " |"
    yield "| --- | --- |" + " --- |" * len(plugs)
    for name in figures["metered"]:
        for stage in ("cold", "learned"):
            tallies = unpacked(figures[stage])
            cells = [cell(tallies[plug].get(name, Tally())) for plug in plugs]
            if any(tallies[plug].get(name, Tally()).cycles for plug in plugs):
                yield f"| {name} | {stage} | " + " | ".join(cells) + " |"


def _otherwise(figures: Mapping[str, Any]) -> Iterator[str]:
    variants = unpacked(figures["otherwise"])
    plugs = [each for each in PROFILES if each in next(iter(variants.values()))]
    yield "| metered appliances | n | " + " | ".join(plugs) + " |"
    yield "| --- | --- |" + " --- |" * len(plugs)
    for variant, by_plug in variants.items():
        cells = " | ".join(cell(by_plug[plug]) for plug in plugs)
        yield f"| {variant} | {by_plug[plugs[0]].cycles} | {cells} |"


def _drawn(figures: Mapping[str, Any]) -> Iterator[str]:
    drawn = unpacked(figures["drawn"])
    plugs = [each for each in PROFILES if each in drawn]
    yield "| kind or habit | n | " + " | ".join(plugs) + " |"
    yield "| --- | --- |" + " --- |" * len(plugs)
    names = list(drawn[plugs[0]])
    kinds = dict.fromkeys(name.rpartition("_")[0] for name in names)
    for kind in kinds:
        own = [name for name in names if name.rpartition("_")[0] == kind]
        for label, chosen in ((f"**{kind}**", own), *((name, [name]) for name in own)):
            whole = [together(drawn[plug][name] for name in chosen) for plug in plugs]
            cells = " | ".join(cell(each) for each in whole)
            yield f"| {label} | {whole[0].cycles} | {cells} |"


def cell(tally: Tally) -> str:
    """Word a tally: median and 90 % of the delay in seconds, then the mistakes."""
    median, tail = tally.delay(0.5), tally.delay(0.9)
    known = median is not None and tail is not None
    parts = [f"{median:.0f}, {tail:.0f}" if known else "-"]
    parts += [f"**{tally.premature} early**"] if tally.premature else []
    parts += [f"{tally.lost} lost"] if tally.lost else []
    return "; ".join(parts)


def _left_out(figures: Mapping[str, Any]) -> Iterator[str]:
    yield (
        "| number | shipped | cost of the one left out | chosen on the other metered "
        "| its cost | chosen on all others | its cost |"
    )
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for swept in SWEPT:
        shipped = f"{shipped_value(swept):g} {swept.unit}".rstrip()
        own, all_others = (
            choices(figures, swept, metered_only=only) for only in (True, False)
        )
        was = _mean([each.shipped_cost_min for each in own])
        cells = [
            f"{_counts(chosen)} | {_mean([each.cost_min for each in chosen]):.2f} min"
            for chosen in (own, all_others)
        ]
        label = f"{swept.label} (`{swept.name}`)"
        yield f"| {label} | {shipped} | {was:.2f} min | " + " | ".join(cells) + " |"


def _counts(chosen: Sequence[Choice]) -> str:
    """Word which values are chosen how often, and how many early finishes they cost."""
    values = [each.value for each in chosen]
    words = [f"{value:g} ({values.count(value)}×)" for value in sorted(set(values))]
    early = sum(each.tally.premature for each in chosen)
    return ", ".join(words) + (f"; **{early} early**" if early else "")


def _mean(values: Sequence[float]) -> float:
    return sum(values) / max(len(values), 1)


def choices(
    figures: Mapping[str, Any], swept: Swept, *, metered_only: bool
) -> list[Choice]:
    """Choose the number without each of the metered appliances.

    On the drawn ones too it is chosen by thirty, of which the one left out is hardly
    missed; on the other metered ones alone, by few.
    """
    sweep = {float(v): t for v, t in unpacked(figures["sweeps"][swept.name]).items()}
    at = shipped_value(swept)
    names = [name for name in figures["metered"] if sweep[at][name].cycles]
    if metered_only:
        sweep = {v: {name: t[name] for name in names} for v, t in sweep.items()}
    return leave_one_out(sweep, at, names)


def _ablations(figures: Mapping[str, Any]) -> Iterator[str]:
    yield f"| without | {METERED} | cost | {DRAWN} | cost |"
    yield "| --- | --- | --- | --- | --- |"
    rows = {"*nothing*": figures["shipped"], **figures["ablations"]}
    for name, packed in rows.items():
        by_set = sets(figures, unpacked(packed)[""])
        cells = [f"{cell(each)} | {each.cost_min:.2f} min" for each in by_set.values()]
        yield f"| {name} | " + " | ".join(cells) + " |"
