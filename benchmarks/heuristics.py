"""Write `docs/heuristics.md` from the source: every threshold of detection, and why.

    python -m benchmarks.heuristics

The reasons stand as comments above the constants; this collects them, so that the
page cannot say anything else than the code.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
import sys

from benchmarks import ROOT
from custom_components.reliable_notifications.engine.cycles.kinds import (
    KINDS,
    KindTraits,
)

CYCLES = ROOT / "custom_components" / "reliable_notifications" / "engine" / "cycles"
PAGE = ROOT / "docs" / "heuristics.md"

# The files of detection, in the order in which a reading passes through them.
MODULES = (
    "readings",
    "cadence",
    "standby",
    "energy",
    "onset",
    "load",
    "place",
    "memory",
    "seen",
    "evidence",
    "witness",
    "verdict",
    "audit",
    "tracker",
    "holds",
    "trust",
    "mains",
    "cut",
    "delayed",
    "pulses",
    "aside",
    "passing",
    "decide",
    "turn",
    "wake",
    "pattern",
    "company",
    "programmes",
    "runs",
    "outlook",
    "expectation",
    "names",
    "cycle",
    "native_tracker",
    "unloading",
    "done_level",
    "counter",
    "cost",
    "bill",
    "prices",
    "saving",
    "usage",
)

HEAD = """# Heuristics of detection

Every number that decides something about cycles, with its reason and source. Made by
`python -m benchmarks.heuristics` from the comments beside the numbers; do not edit.

*Traces* are the labelled recordings of 2011/2012 (tracebase) used by the benchmark: 7
machines with programmes (113 cycles) and 5 short-cycle appliances (139 cycles).
No number is tuned to a device: it belongs to a kind or to a mechanism.
"""


def constants(file: Path) -> Iterator[tuple[str, str, str]]:
    """Give name, value and reason of each constant of a file."""
    source = file.read_text(encoding="utf-8")
    lines = source.splitlines()
    reason = ""
    for node in ast.parse(source).body:
        if not isinstance(node, ast.Assign) or len(node.targets) != 1:
            continue
        target = node.targets[0]
        if not isinstance(target, ast.Name) or not target.id.isupper():
            continue
        if target.id.startswith("_"):
            continue
        reason = _above(lines, node.lineno - 1) or reason
        value = ast.unparse(node.value)
        if len(value) <= 60:
            yield target.id, value, reason


def _above(lines: list[str], index: int) -> str:
    found: list[str] = []
    while index > 0 and lines[index - 1].startswith("#"):
        index -= 1
        found.insert(0, lines[index].removeprefix("#").strip())
    return " ".join(found)


def _purpose(file: Path) -> str:
    text = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return " ".join(text.split("\n\n")[0].split())


def page() -> str:
    """Make the page."""
    parts = [HEAD]
    for module in MODULES:
        file = CYCLES / f"{module}.py"
        rows = list(constants(file))
        if not rows:
            continue
        parts.append(f"## {module}\n\n{_purpose(file)}\n")
        parts.append("| constant | value | why |\n| --- | --- | --- |")
        parts[-1] += "".join(f"\n| `{n}` | {v} | {why} |" for n, v, why in rows) + "\n"
    parts.append(_kinds())
    return "\n".join(parts)


def _kinds() -> str:
    text = ast.get_docstring(_traits()) or ""
    names = [each.name for each in fields(KindTraits)]
    head = "| | " + " | ".join(kind.value.replace("_", " ") for kind in KINDS) + " |\n"
    rule = "| --- |" + " --- |" * len(KINDS) + "\n"
    rows = "".join(
        f"| `{name}` | "
        + " | ".join(str(getattr(traits, name)) for traits in KINDS.values())
        + " |\n"
        for name in names
    )
    return f"## kinds\n\n{text}\n\n{head}{rule}{rows}\n{_reasons()}"


def _traits() -> ast.ClassDef:
    tree = ast.parse((CYCLES / "kinds.py").read_text(encoding="utf-8"))
    return next(node for node in tree.body if isinstance(node, ast.ClassDef))


def _reasons() -> str:
    """Collect the comments above the kinds."""
    found: list[str] = []
    comment: list[str] = []
    for line in (CYCLES / "kinds.py").read_text(encoding="utf-8").splitlines():
        stripped = line.strip()
        if stripped.startswith("# ") and line.startswith("        "):
            comment.append(stripped.removeprefix("# "))
        elif stripped.startswith("ApplianceKind.") and comment:
            name = stripped.split(".")[1].split(":")[0].lower().replace("_", " ")
            found.append(f"- **{name}**: {' '.join(comment)}")
            comment = []
    return "\n".join(found) + "\n"


def main() -> int:
    """Write the page."""
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
