"""Each benchmark runs as a person runs it, and gives the figures that it promises.

In a process of its own: the test plugin forbids sockets and mocks storage, and what is
measured must be real. What the figures are is not judged here.
"""

from __future__ import annotations

import json
from pathlib import Path
import re
import subprocess
import sys

from homeassistant.const import MAJOR_VERSION, MINOR_VERSION
import pytest

from benchmarks import powercut

ROOT = Path(__file__).parents[2]
README = ROOT / "benchmarks" / "README.md"


def run(name: str, tmp_path: Path, *more: str) -> dict[str, float]:
    """The figures of a quick run."""
    file = tmp_path / "figures.json"
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{name}", "--quick", "--json", file, *more],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    figures = json.loads(file.read_text())
    # what is written is what was shown
    assert [line.split()[0] for line in done.stdout.splitlines()] == list(figures)
    return figures


def documented(name: str) -> list[str]:
    """Patterns of the figures that the README names for a benchmark."""
    section = README.read_text().split(f"## {name}\n")[1].split("\n## ")[0]
    names = re.findall(r"^\| `(.*?)` \|", section, re.MULTILINE)
    assert names, f"the README names no figure of {name}"
    return [re.sub(r"<\w+>", r"[a-z0-9_]+", re.escape(each)) for each in names]


@pytest.mark.skipif(
    (MAJOR_VERSION, MINOR_VERSION) < (2026, 11),
    reason="scripts/bench measures on the newest Home Assistant only",
)
@pytest.mark.parametrize(
    "name",
    [
        "crash",
        "delivery",
        "load",
        pytest.param(
            "powercut",
            marks=pytest.mark.skipif(
                not powercut.is_possible(), reason="strace is missing or not allowed"
            ),
        ),
    ],
)
def test_its_figures_are_those_of_the_readme(name: str, tmp_path: Path) -> None:
    figures = run(name, tmp_path)
    patterns = documented(name)

    for figure, value in figures.items():
        assert value >= 0
        assert any(re.fullmatch(each, figure) for each in patterns), figure
    for pattern in patterns:
        assert any(re.fullmatch(pattern, figure) for figure in figures), pattern


def test_percentiles_are_values_that_were_measured() -> None:
    from benchmarks.timing import percentile

    hundred = [float(number) for number in range(100, 0, -1)]
    assert percentile(hundred, 0.5) == 50
    assert percentile(hundred, 0.99) == 99
    assert percentile(hundred, 1.0) == 100
    assert percentile([7.0], 0.99) == 7
    with pytest.raises(ValueError, match="nothing"):
        percentile([], 0.5)
