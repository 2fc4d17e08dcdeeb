"""Scores added up: by kind and by appliance, cold and learned, as a table or flat.

Must not say what is good: that is `goals`.
"""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks.measuring import Result
from benchmarks.profiles import PROFILES
from benchmarks.scoring import CycleScore, Summary, TraceScore

COLD_CYCLES = 3  # the first three cycles of an appliance are told apart from the rest
STAGES = ("all", "cold", "learned", "cut")
LONG_KINDS = ("dishwasher", "washing_machine", "dryer", "washer_dryer")

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
    ("spurious_late", "late", 5),
    ("false_starts", "f.st", 5),
    ("start_median", "st.md", 6),
    ("start_error", "st.er", 6),
    ("end_median", "end.md", 7),
    ("end_p90", "end.90", 7),
    ("end_max", "end.mx", 7),
)

type Rows = dict[tuple[str, str, str], Summary]  # group, stage, profile


def add_up(results: Iterable[Result]) -> Rows:
    """Add up by kind and by appliance.

    A cycle that somebody switched off in the middle counts among all, and by itself.
    """
    rows: Rows = {}
    for result in results:
        for group in (result.kind, f"  {result.name}"):
            for score in result.scores:
                for stage, cycles in _stages(score).items():
                    row = rows.setdefault((group, stage, result.profile), Summary())
                    row.add(score, cycles)
    return rows


def _stages(score: TraceScore) -> dict[str, list[CycleScore]]:
    whole = [each for each in score.cycles if not each.cycle.cut]
    return {
        "all": score.cycles,
        "cold": [each for each in whole if each.nth <= COLD_CYCLES],
        "learned": [each for each in whole if each.nth > COLD_CYCLES],
        "cut": [each for each in score.cycles if each.cycle.cut],
    }


def show(rows: Rows) -> None:
    """Print the table."""
    width = max((len(group) for group, _, _ in rows), default=10)
    heads = "".join(f"{head:>{space}}" for _, head, space in COLUMNS)
    print(f"{'':{width}} {'stage':8}{'profile':13}{heads}")
    for (group, stage, profile), summary in sorted(rows.items(), key=_in_order):
        figures = dict(summary.figures())
        if not (figures["cycles"] or (stage == "all" and figures["spurious"])):
            continue
        cells = "".join(_cell(figures[name], space) for name, _, space in COLUMNS)
        print(f"{group:{width}} {stage:8}{profile:13}{cells}")


def _in_order(row: tuple[tuple[str, str, str], Summary]) -> tuple[bool, str, int, int]:
    (group, stage, profile), _ = row
    return (
        group.startswith(" "),
        group,
        STAGES.index(stage),
        list(PROFILES).index(profile),
    )


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
