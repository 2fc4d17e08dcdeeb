"""The picture of one dishwasher cycle: power, state, and how sure the end is.

Must not measure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
import itertools
from pathlib import Path
from typing import Any

from benchmarks.study.style import BLUE, GREEN, INK, ORANGE, RED, SKY, SOFT, picture

STATES = {
    "idle": "#eef1f4",
    "unknown": "#eef1f4",
    "starting": "#fbe8c0",
    "running": SKY,
    "paused": ORANGE,
    "finished": GREEN,
    "interrupted": RED,
}

# A name needs so much room in the band.
SHORTEST_NAMED_MIN = 17.0


def draw_day(day: Mapping[str, Any], file: Path) -> Path:
    """Draw it; minutes count from the start of the cycle."""
    minutes = [(at - day["start"]) / 60.0 for at in day["t"]]
    ratios = {"height_ratios": (3, 0.5, 2)}
    with picture(file, 3, 1, 6.0, sharex=True, gridspec_kw=ratios) as axes:
        power, state, sure = axes[:, 0]
        watts = [float("nan") if each is None else each for each in day["watts"]]
        power.fill_between(minutes, watts, step="post", color=BLUE, alpha=0.25, lw=0)
        power.step(minutes, watts, where="post", color=BLUE, lw=1.2)
        power.set_ylabel("power, W")
        power.set_title("A dishwasher dries, and is not over")
        _states(state, minutes, day["state"])
        sure.step(minutes, day["confidence"], where="post", color=INK, lw=1.4)
        sure.set_ylabel("end confidence")
        sure.set_ylim(-0.03, 1.09)
        sure.set_xlabel("minutes since the start")
        sure.set_xlim(minutes[0], minutes[-1])
        _notes(day, power, sure)
    return file


def _states(axis: Any, minutes: Sequence[float], states: Sequence[str]) -> None:
    begin = minutes[0]
    for (at, state), (_, following) in itertools.pairwise(
        [*zip(minutes, states, strict=True), (minutes[-1], "")]
    ):
        if following == state and at != minutes[-1]:
            continue
        axis.axvspan(begin, at, color=STATES.get(state, SOFT), lw=0)
        if at - begin > SHORTEST_NAMED_MIN:
            axis.text(
                (begin + at) / 2, 0.5, state, ha="center", va="center", fontsize=9
            )
        begin = at
    axis.set_yticks([])
    axis.grid(visible=False)
    axis.set_ylim(0, 1)
    axis.spines["left"].set_visible(False)


def _notes(day: Mapping[str, Any], power: Any, sure: Any) -> None:
    end = (day["end"] - day["start"]) / 60.0
    told = [
        (at - day["start"]) / 60.0
        for at, kind in day["events"]
        if kind == "cycle_finished"
    ]
    for axis in (power, sure):
        axis.axvline(end, color=SOFT, lw=1.0, ls=":")
        for at in told:
            axis.axvline(at, color=GREEN, lw=1.4)
    top = power.get_ylim()[1]
    if told:
        late_s = 60.0 * (told[0] - end)
        power.annotate(
            f"told {late_s:.0f} s\nafter the end",
            (told[0], 0.62 * top),
            xytext=(8, 0),
            textcoords="offset points",
            color=GREEN,
            fontsize=9.5,
            fontweight="bold",
        )
    rests = _longest_rest(day)
    if rests:
        since, until = rests
        power.annotate(
            f"drying,\n{until - since:.0f} min:\na known\npause",
            ((since + until) / 2, 0.04 * top),
            xytext=((since + until) / 2, 0.42 * top),
            ha="center",
            color=RED,
            fontsize=9.5,
            arrowprops={"arrowstyle": "-", "color": RED, "lw": 1.0},
        )


def _longest_rest(day: Mapping[str, Any]) -> tuple[float, float] | None:
    """Find the longest stretch below 5 W before the end, in minutes."""
    best: tuple[float, float] | None = None
    since: float | None = None
    for at, watts in zip(day["t"], day["watts"], strict=True):
        if at > day["end"]:
            break
        if watts is not None and watts < 5.0 and at > day["start"]:
            since = at if since is None else since
            if best is None or at - since > best[1] - best[0]:
                best = since, at
        else:
            since = None
    if best is None:
        return None
    return (best[0] - day["start"]) / 60.0, (best[1] - day["start"]) / 60.0
