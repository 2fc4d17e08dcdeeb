"""The five pictures of the study.

Must not measure, nor say in words what is not in the figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.goals import PROMPT_S, PROMPTLY_S
from benchmarks.profiles import PROFILES
from benchmarks.study.drawn_day import draw_day
from benchmarks.study.running import unpacked
from benchmarks.study.style import (
    BLUE,
    COLOURS,
    GREEN,
    INK,
    ORANGE,
    RED,
    SOFT,
    picture,
)
from benchmarks.study.subjects import SWEPT, Swept, shipped_value
from benchmarks.study.tallies import LOST_MIN, PREMATURE_MIN, Tally
from benchmarks.study.wording import choices, sets

# What the pictures have room for: mean delays, and a bar beside the one as shipped.
DELAYS_MIN = (0.8, 100.0)
LONGEST_BAR = 2.5

WORDS = {
    "every_second": "every second",
    "shelly": "shelly",
    "zigbee": "zigbee",
    "poll30": "poll 30 s",
    "poll60": "poll 60 s",
    "flaky": "flaky",
}


def draw_all(figures: Mapping[str, Any], folder: Path) -> list[Path]:
    """Draw what there are figures for."""
    drawn = [
        _trade_off(figures, folder / "trade_off.png"),
        _left_out(figures, folder / "leave_one_out.png"),
        _scores(figures, folder / "scores.png"),
        _ablations(figures, folder / "ablations.png"),
    ]
    if figures["day"]:
        drawn.append(draw_day(figures["day"], folder / "dishwasher_day.png"))
    return drawn


# -- the trade-off -------------------------------------------------------------------


def _trade_off(figures: Mapping[str, Any], file: Path) -> Path:
    """Sooner or surer: each number a curve, and the timer that everybody has."""
    shipped = sets(figures, unpacked(figures["shipped"])[""])
    with picture(file, 2, 1, 7.9, sharex=True) as axes:
        for axis, (name, tally) in zip(axes[:, 0], shipped.items(), strict=True):
            _timer_curve(figures, axis, name)
            for swept, colour in zip(SWEPT, COLOURS, strict=True):
                _curve(figures, axis, (name, swept), colour)
            point = (tally.mean_min, tally.premature_share)
            axis.plot(*point, "o", color=INK, ms=9, zorder=5, label="as shipped")
            axis.set_title(f"{name}, {tally.cycles} learned cycles")
            axis.set_ylabel("premature finishes, %")
            axis.set_xscale("log")
            axis.set_yscale("symlog", linthresh=1.0, linscale=0.6)
            axis.set_ylim(-0.15, 90)
            axis.set_yticks([0, 1, 3, 10, 30], ["0", "1", "3", "10", "30"])
            axis.set_xlim(*DELAYS_MIN)
            axis.set_xticks([1, 2, 5, 10, 20, 60], ["1", "2", "5", "10", "20", "60"])
            axis.minorticks_off()
        axes[1, 0].set_xlabel("mean delay of the announcement, min")
        _legend(axes, columns=2)
    return file


def _timer_curve(figures: Mapping[str, Any], axis: Any, name: str) -> None:
    tallies = {
        float(stop): sets(figures, each)[name]
        for stop, each in unpacked(figures["timers"]).items()
    }
    points = [(t.mean_min, t.premature_share) for t in tallies.values()]
    axis.plot(
        *zip(*points, strict=True), "--", color=SOFT, label="timer, min below 5 W"
    )
    for stop, point in zip(tallies, points, strict=True):
        axis.plot(*point, "s", color=SOFT, ms=4)
        axis.annotate(
            f"{stop / 60:g}",
            point,
            xytext=(4, 4),
            textcoords="offset points",
            fontsize=8,
            color=SOFT,
        )


def _curve(
    figures: Mapping[str, Any], axis: Any, what: tuple[str, Swept], colour: str
) -> None:
    name, swept = what
    sweep = unpacked(figures["sweeps"][swept.name])
    points = [
        (tally.mean_min, tally.premature_share)
        for tally in (sets(figures, each)[name] for each in sweep.values())
    ]
    axis.plot(
        *zip(*points, strict=True),
        "-o",
        color=colour,
        ms=3.5,
        lw=1.3,
        alpha=0.85,
        label=swept.label,
    )


# -- leave one out -------------------------------------------------------------------


def _left_out(figures: Mapping[str, Any], file: Path) -> Path:
    """For each number: what a cycle costs by value, and what is chosen without whom."""
    rows = (len(SWEPT) + 1) // 2
    with picture(file, rows, 2, 2.5 * rows) as axes:
        for axis, swept in zip(axes.flat, SWEPT, strict=False):
            _cost_curve(figures, axis, swept)
        for axis in axes.flat[len(SWEPT) :]:
            axis.set_axis_off()
        axes[0, 0].legend(loc="best", fontsize=8.5)
        for axis in axes[:, 0]:
            axis.set_ylabel("cost, min a cycle")
    return file


def _cost_curve(figures: Mapping[str, Any], axis: Any, swept: Swept) -> None:
    sweep = {float(v): t for v, t in unpacked(figures["sweeps"][swept.name]).items()}
    values = sorted(sweep)
    for colour, name in ((BLUE, "metered appliances"), (ORANGE, "drawn appliances")):
        costs = [sets(figures, sweep[value])[name].cost_min for value in values]
        axis.plot(
            range(len(values)), costs, "-o", color=colour, ms=4, label=name.split()[0]
        )
    shipped = values.index(shipped_value(swept))
    axis.axvline(shipped, color=INK, lw=1.0, ls=":", zorder=0)
    chosen = [
        values.index(each.value) for each in choices(figures, swept, metered_only=True)
    ]
    bottom = 0.03
    for place in sorted(set(chosen)):
        axis.text(
            place,
            bottom,
            f"{chosen.count(place)}×",
            transform=axis.get_xaxis_transform(),
            ha="center",
            fontsize=9,
            color=GREEN,
            fontweight="bold",
        )
    axis.set_xticks(range(len(values)), [f"{value:g}" for value in values])
    axis.set_ylim(bottom=0.0, top=1.25 * axis.get_ylim()[1])
    unit = f" ({swept.unit})" if swept.unit else ""
    axis.set_title(f"{swept.label}{unit}", fontsize=9.5)


# -- scores --------------------------------------------------------------------------


def _scores(figures: Mapping[str, Any], file: Path) -> Path:
    """Cold and learned delays of each metered appliance, on each plug."""
    cold, learned = unpacked(figures["cold"]), unpacked(figures["learned"])
    plugs = [each for each in PROFILES if each in learned]
    rows = (len(plugs) + 1) // 2
    with picture(file, rows, 2, 2.75 * rows + 0.3, sharex=True, sharey=True) as axes:
        for axis, plug in zip(axes.flat, plugs, strict=False):
            _dots(axis, cold[plug], learned[plug])
            median, tail = PROMPT_S.get(plug, PROMPTLY_S)
            axis.axvline(median, color=GREEN, lw=1.1, zorder=0)
            axis.axvline(tail, color=GREEN, lw=1.1, ls=":", zorder=0)
            axis.set_title(WORDS[plug])
            axis.set_xscale("log")
            axis.set_xlim(25, 8000)
            axis.set_xticks([60, 600, 3600], ["1 min", "10 min", "1 h"])
            axis.minorticks_off()
        axes[0, 0].invert_yaxis()
        _legend(axes, columns=3)
    return file


def _legend(axes: Any, columns: int) -> None:
    """Put one legend for all axes below them."""
    handles, labels = axes[0, 0].get_legend_handles_labels()
    axes[0, 0].figure.legend(
        handles, labels, loc="outside lower center", ncols=columns, fontsize=9
    )


def _dots(axis: Any, cold: Mapping[str, Tally], learned: Mapping[str, Tally]) -> None:
    names = list(cold)
    for place, name in enumerate(names):
        first = place == 0
        early, late = cold[name], learned[name]
        if (median := early.delay(0.5)) is not None:
            label = "first three cycles, median" if first else None
            axis.plot(median, place, "o", mfc="white", mec=ORANGE, ms=7, label=label)
        if (median := late.delay(0.5)) is not None:
            tail = late.delay(0.9) or median
            axis.plot([median, tail], [place, place], color=BLUE, lw=2.2)
            label = "later, median to 90 %" if first else None
            axis.plot(median, place, "o", color=BLUE, ms=7, label=label)
        wrong = early.premature + late.premature
        if wrong:
            axis.text(
                7500,
                place,
                f"{wrong} early",
                color=RED,
                ha="right",
                va="center",
                fontsize=9,
            )
    axis.set_yticks(range(len(names)), [short(name) for name in names])
    axis.plot([], [], color=GREEN, lw=1.1, label="goals")


def short(name: str) -> str:
    """Shorten the name of a metered appliance for an axis."""
    kind, _, device = name.rpartition("_")
    return f"{kind.replace('washing_machine', 'washer')} {device}"


# -- what each mechanism earns -------------------------------------------------------


def _ablations(figures: Mapping[str, Any], file: Path) -> Path:
    """Switch one mechanism off: mistakes and delay, beside what is shipped."""
    shipped = sets(figures, unpacked(figures["shipped"])[""])
    without = {
        name: sets(figures, unpacked(packed)[""])
        for name, packed in figures["ablations"].items()
    }
    names = sorted(without, key=lambda name: -_cost(without[name]))
    with picture(file, 2, 1, 1.6 + 0.55 * len(names)) as axes:
        for axis, set_name in zip(axes[:, 0], shipped, strict=True):
            rows = [("as shipped", shipped[set_name])]
            rows += [(name, without[name][set_name]) for name in names]
            _bars(axis, rows)
            axis.set_title(f"without … ({set_name})")
        axes[1, 0].set_xlabel("cost of a learned cycle, min")
        _legend(axes, columns=3)
    return file


def _cost(by_set: Mapping[str, Tally]) -> float:
    return sum(each.cost_min for each in by_set.values())


def _bars(axis: Any, rows: Sequence[tuple[str, Tally]]) -> None:
    places = range(len(rows))
    premature = [PREMATURE_MIN * t.premature / max(t.cycles, 1) for _, t in rows]
    lost = [LOST_MIN * t.lost / max(t.cycles, 1) for _, t in rows]
    waiting = [
        tally.cost_min - early - missed
        for (_, tally), early, missed in zip(rows, premature, lost, strict=True)
    ]
    left = [0.0] * len(rows)
    for part, colour, label in (
        (waiting, BLUE, "waiting"),
        (lost, ORANGE, f"lost, {LOST_MIN:g} min each"),
        (premature, RED, f"premature, {PREMATURE_MIN:g} min each"),
    ):
        axis.barh(places, part, left=left, color=colour, height=0.68, label=label)
        left = [a + b for a, b in zip(left, part, strict=True)]
    axis.axvline(left[0], color=INK, lw=1.0, ls=":")
    most = LONGEST_BAR * left[0]
    axis.set_xlim(0.0, most)
    for place, length in zip(places, left, strict=True):
        if length > most:
            axis.text(
                0.985 * most,
                place,
                f"{length:.0f} min →",
                color="white",
                ha="right",
                va="center",
                fontsize=9,
                fontweight="bold",
            )
    axis.set_yticks(places, [name for name, _ in rows])
    axis.get_yticklabels()[0].set_fontweight("bold")
    axis.invert_yaxis()
    axis.grid(visible=False, axis="y")
