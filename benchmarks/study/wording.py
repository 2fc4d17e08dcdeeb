"""The tables of the study, as docs/detection.md has them.

Must not measure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from benchmarks.profiles import PROFILES
from benchmarks.study.choosing import leave_one_out
from benchmarks.study.running import unpacked
from benchmarks.study.subjects import SWEPT, shipped_value
from benchmarks.study.tallies import Tally, together

METERED, DRAWN = "metered appliances", "drawn appliances"


def sets(figures: Mapping[str, Any], tallies: Mapping[str, Tally]) -> dict[str, Tally]:
    """Add up the metered appliances and the drawn ones."""
    metered = set(figures["metered"])
    return {
        METERED: together(t for n, t in tallies.items() if n in metered),
        DRAWN: together(t for n, t in tallies.items() if n not in metered),
    }


def tables(figures: Mapping[str, Any]) -> str:
    """Write all tables."""
    return "\n\n".join(
        "\n".join(each(figures)) for each in (_scores, _left_out, _ablations)
    )


def _scores(figures: Mapping[str, Any]) -> Iterator[str]:
    learned = unpacked(figures["learned"])
    plugs = [each for each in PROFILES if each in learned]
    yield "| appliance | stage | " + " | ".join(plugs) + " |"
    yield "| --- |" * 1 + " --- |" * (1 + len(plugs))
    for name in figures["metered"]:
        for stage in ("cold", "learned"):
            tallies = unpacked(figures[stage])
            cells = [_cell(tallies[plug].get(name, Tally())) for plug in plugs]
            if any(tallies[plug].get(name, Tally()).cycles for plug in plugs):
                yield f"| {name} | {stage} | " + " | ".join(cells) + " |"


def _cell(tally: Tally) -> str:
    median, tail = tally.delay(0.5), tally.delay(0.9)
    known = median is not None and tail is not None
    delays = f"{median:.0f}, {tail:.0f}" if known else "-"
    wrong = f"{tally.premature}/{tally.lost} of {tally.cycles}"
    return f"{wrong}; {delays}"


def _left_out(figures: Mapping[str, Any]) -> Iterator[str]:
    yield "| number | shipped | chosen without one | cost left out | cost as shipped |"
    yield "| --- | --- | --- | --- | --- |"
    for swept in SWEPT:
        sweep = {
            float(value): tallies
            for value, tallies in unpacked(figures["sweeps"][swept.name]).items()
        }
        at = shipped_value(swept)
        names = [name for name in figures["metered"] if sweep[at][name].cycles]
        chosen = leave_one_out(sweep, at, names)
        values = [each.value for each in chosen]
        counts = ", ".join(
            f"{value:g} ({values.count(value)}×)" for value in sorted(set(values))
        )
        cost = sum(each.cost_min for each in chosen) / max(len(chosen), 1)
        was = sum(each.shipped_cost_min for each in chosen) / max(len(chosen), 1)
        label = f"{swept.label} `{swept.name}`"
        unit = f" {swept.unit}".rstrip()
        yield f"| {label} | {at:g}{unit} | {counts} | {cost:.2f} | {was:.2f} |"


def _ablations(figures: Mapping[str, Any]) -> Iterator[str]:
    yield f"| without | {METERED} | {DRAWN} |"
    yield "| --- | --- | --- |"
    rows = {"*nothing*": figures["shipped"], **figures["ablations"]}
    for name, packed in rows.items():
        by_set = sets(figures, unpacked(packed)[""])
        cells = [f"{_cell(each)}; cost {each.cost_min:.2f}" for each in by_set.values()]
        yield f"| {name} | " + " | ".join(cells) + " |"
