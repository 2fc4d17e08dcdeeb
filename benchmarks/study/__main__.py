"""Run the study, or draw again what was measured before.

Must not measure or draw itself.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
import json
from pathlib import Path
import sys

from benchmarks import ROOT
from benchmarks.study.running import QUICK, Plan, measured
from benchmarks.study.wording import rewritten, tables

PICTURES = ROOT / "docs" / "images" / "detection"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, keep, draw."""
    parser = argparse.ArgumentParser(prog="bench study", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a taste, in a minute")
    parser.add_argument("--json", type=Path, help="keep the figures there")
    parser.add_argument("--from", dest="kept", type=Path, help="draw these figures")
    parser.add_argument("--folder", type=Path, default=PICTURES, help="for pictures")
    parser.add_argument("--page", type=Path, help="write the tables into this page")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--draws", type=int)
    asked = parser.parse_args(arguments)
    if asked.kept:
        figures = json.loads(asked.kept.read_text(encoding="utf-8"))
    else:
        plan = Plan(processes=asked.processes, **(QUICK if asked.quick else {}))
        if asked.draws:
            plan.draws = asked.draws
        figures = measured(plan)
    if asked.json:
        asked.json.write_text(json.dumps(figures) + "\n", encoding="utf-8")
    # only those who look at pictures need matplotlib
    from benchmarks.study.pictures import draw_all  # noqa: PLC0415

    for file in draw_all(figures, asked.folder):
        print(file)
    if asked.page:
        page = rewritten(asked.page.read_text(encoding="utf-8"), figures)
        asked.page.write_text(page, encoding="utf-8")
    else:
        for table in tables(figures).values():
            print(f"\n{table}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
