"""How the pictures look: light, few lines, and letters that a phone shows readably.

Must not know what is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
import contextlib
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("Agg")

from matplotlib import pyplot as plt

# A phone shows the 1040 pixels at a third: eleven points are then those of its text.
WIDTH_IN, DPI = 5.2, 200

INK, SOFT, GRID = "#1f2933", "#6b7785", "#e4e8ec"
# told apart by those who do not see red from green, too (Okabe and Ito)
BLUE, ORANGE, GREEN, RED, PURPLE, SKY = (
    "#0072b2",
    "#e69f00",
    "#009e73",
    "#d55e00",
    "#9467bd",
    "#56b4e9",
)
COLOURS = (BLUE, ORANGE, GREEN, PURPLE, SKY, RED)

LOOK = {
    "figure.facecolor": "white",
    "axes.facecolor": "white",
    "axes.edgecolor": SOFT,
    "axes.labelcolor": INK,
    "axes.titlecolor": INK,
    "axes.titlesize": 11.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": 10.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.labelsize": 10,
    "ytick.labelsize": 10,
    "legend.fontsize": 9.5,
    "legend.frameon": False,
    "font.family": "DejaVu Sans",
    "font.size": 10,
    "lines.linewidth": 1.8,
    "text.color": INK,
}


@contextlib.contextmanager
def picture(
    file: Path, rows: int, columns: int, height_in: float, **more: Any
) -> Iterator[Any]:
    """Give the axes of a picture and save it."""
    with plt.rc_context(LOOK):
        figure, axes = plt.subplots(
            rows,
            columns,
            figsize=(WIDTH_IN, height_in),
            layout="constrained",
            squeeze=False,
            **more,
        )
        yield axes
        file.parent.mkdir(parents=True, exist_ok=True)
        # without a date and a version, a picture that has not changed is the same file
        figure.savefig(file, dpi=DPI, metadata={"Software": None})
        plt.close(figure)
