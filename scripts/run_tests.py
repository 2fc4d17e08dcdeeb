"""Run the legs of the test suite side by side and add them up.

Called by scripts/test, which has made the environments ready. A leg is one command in
one environment; its output is kept in test-results/ and printed when it ends. The last
line is the plain total over all legs.

Must not install anything, and must not call a run good that tested nothing.
"""

from __future__ import annotations

import argparse
from concurrent.futures import ThreadPoolExecutor, as_completed
import contextlib
from dataclasses import dataclass
import os
from pathlib import Path
import signal
import subprocess
import sys
import time
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "test-results"
ENGINE = "custom_components/reliable_notifications/engine"
# the plain run has 22 minutes: a check may take 25, with making everything ready; what
# is chosen by hand (slow tests, say) has an hour
PATIENCE, PATIENCE_BY_HAND = 1320, 3600
NOTHING_COLLECTED = 5  # pytest's exit code


@dataclass(frozen=True, slots=True)
class Leg:
    """One command in one environment."""

    name: str
    venv: str
    paths: tuple[str, ...] = ()  # what pytest is given; none: not a pytest leg
    ignore: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()
    marker: str = ""
    # a gate that only the whole set can pass
    gate: tuple[str, ...] = ()

    @property
    def ha(self) -> str:
        """The Home Assistant that this leg is about, if any."""
        return (
            self.venv.removeprefix("ha-") if self.paths and "ha-" in self.venv else ""
        )


_INSIDE_HA = ("tests/engine", "tests/e2e")
# a test that hangs is named and ends, instead of the leg with all its results; the
# slowest of them take a tenth of this
_BOUNDED = ("--timeout=60",)
# the test plugin forbids sockets and mocks storage; end to end both are real. There a
# test may wait for a whole Home Assistant, or for the demonstration
_REAL = ("-p", "no:homeassistant", "-p", "no:socket", "--timeout=300")

# the longest first, so that the short ones fill the gaps
LEGS: tuple[Leg, ...] = (
    Leg("e2e", "ha-2026.11", ("tests/e2e",), arguments=_REAL),
    Leg("lint", "ha-2026.11"),
    Leg("ha-2026.11", "ha-2026.11", ("tests",), _INSIDE_HA, _BOUNDED),
    Leg("ha-2026.10", "ha-2026.10", ("tests",), _INSIDE_HA, _BOUNDED),
    Leg("ha-2025.6", "ha-2025.6", ("tests",), _INSIDE_HA, _BOUNDED),
    Leg(
        "engine",
        "engine",
        ("tests/engine",),
        arguments=("-W", "error"),
        gate=(f"--cov={ENGINE}", "--cov-branch", "--cov-fail-under=100"),
    ),
    Leg("e2e-2025.6", "ha-2025.6", ("tests/e2e",), arguments=_REAL, marker="ha_2025_6"),
)


@dataclass(slots=True)
class Outcome:
    """What came of a leg."""

    leg: Leg
    code: int
    seconds: float
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    note: str = ""


def main() -> int:
    """Run the legs that are asked for; 0 if all of them are good."""
    options, pytest_arguments = _options()
    legs = [leg for leg in LEGS if _wanted(leg, options)]
    selected = [
        (leg, command) for leg in legs if (command := _command(leg, pytest_arguments))
    ]
    if not selected:
        print("error: no leg has anything to do with these arguments", file=sys.stderr)
        return 2
    RESULTS.mkdir(exist_ok=True)
    patience = PATIENCE_BY_HAND if pytest_arguments else PATIENCE
    deadline = time.monotonic() + patience
    outcomes = []
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with ThreadPoolExecutor(options.jobs) as pool:
        running = {
            pool.submit(_run, leg, command, deadline) for leg, command in selected
        }
        try:
            for done in as_completed(running):
                outcomes.append(_judged(done.result(), narrowed=bool(pytest_arguments)))
                _print_leg(outcomes[-1])
        except BaseException:  # interrupted: leave nothing running behind
            pool.shutdown(wait=False, cancel_futures=True)
            for process in _started:
                if process.poll() is None:
                    _end(process)
            raise
    outcomes.sort(key=lambda outcome: outcome.leg.name)
    return _summary(outcomes)


def _options() -> tuple[argparse.Namespace, list[str]]:
    arguments = sys.argv[1:]
    split = arguments.index("--") if "--" in arguments else len(arguments)
    parser = argparse.ArgumentParser(
        prog="./scripts/test", epilog="pytest's arguments: after --"
    )
    names = [leg.name for leg in LEGS]
    parser.add_argument("--leg", action="append", choices=names, help="only this leg")
    parser.add_argument("--ha", choices=sorted({leg.ha for leg in LEGS if leg.ha}))
    parser.add_argument("--list", action="store_true", help="name the legs")
    parser.add_argument(
        "--jobs",
        type=int,
        default=int(os.environ.get("RN_JOBS") or min(4, os.cpu_count() or 1)),
    )
    options = parser.parse_args(arguments[:split])
    if options.list:
        print(*names, sep="\n")
        raise SystemExit(0)
    return options, arguments[split + 1 :]


def _wanted(leg: Leg, options: argparse.Namespace) -> bool:
    if options.leg:
        return leg.name in options.leg
    return not options.ha or leg.ha == options.ha


def _python(venv: str) -> Path:
    folder = ".venv" if venv == "ha-2026.11" else f".venv-{venv}"
    return ROOT / folder / "bin" / "python"


def _command(leg: Leg, extra: list[str]) -> list[str] | None:
    """Return the command of a leg, or None if the arguments leave it nothing to do."""
    if not leg.paths:
        return None if extra else [str(ROOT / "scripts" / "lint")]
    chosen = [item for item in extra if (ROOT / item.split("::")[0]).exists()]
    others = [item for item in extra if item not in chosen]
    paths = (
        [item for item in chosen if _belongs(item, leg)] if chosen else list(leg.paths)
    )
    if not paths:
        return None
    # a marker given by hand replaces pyproject.toml's, and narrows the leg's own
    marker = leg.marker and f"{leg.marker} and not slow"
    if "-m" in others:
        at = others.index("-m")
        given = others[at + 1]
        marker = f"{leg.marker} and ({given})" if leg.marker else given
        del others[at : at + 2]
    return [
        *(str(_python(leg.venv)), "-m", "pytest", "-q"),
        *("-o", f"cache_dir=.pytest_cache/{leg.name}"),
        f"--junit-xml={RESULTS / leg.name}.xml",
        *leg.arguments,
        *(f"--ignore={folder}" for folder in leg.ignore),
        *([] if extra else leg.gate),
        *(["-m", marker] if marker else []),
        *others,
        *paths,
    ]


def _belongs(item: str, leg: Leg) -> bool:
    path = Path(item.split("::", maxsplit=1)[0])
    inside = any(path.is_relative_to(folder) for folder in leg.paths)
    return inside and not any(path.is_relative_to(folder) for folder in leg.ignore)


def _run(leg: Leg, command: list[str], deadline: float) -> Outcome:
    (RESULTS / f"{leg.name}.xml").unlink(missing_ok=True)
    environment = {**os.environ, "COVERAGE_FILE": str(RESULTS / f"{leg.name}.coverage")}
    started = time.monotonic()
    with (RESULTS / f"{leg.name}.log").open("w", encoding="utf-8") as log:
        # a session of its own, so that what a leg started can be ended with it
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        _started.append(process)
        try:
            code = process.wait(max(1.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            _end(process)
            code = process.wait()
            log.write("\ngiven up: the whole run has taken too long\n")
    return Outcome(leg, code, time.monotonic() - started)


_started: list[subprocess.Popen[bytes]] = []


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _judged(outcome: Outcome, *, narrowed: bool) -> Outcome:
    """Count what ran. A leg that failed counts at least one failure."""
    report = RESULTS / f"{outcome.leg.name}.xml"
    if report.exists():
        for suite in ET.parse(report).getroot().iter("testsuite"):
            counts = {
                key: int(suite.get(key, 0))
                for key in ("tests", "failures", "errors", "skipped")
            }
            failed = counts["failures"] + counts["errors"]
            outcome.failed += failed
            outcome.skipped += counts["skipped"]
            outcome.passed += max(0, counts["tests"] - failed - counts["skipped"])
    if outcome.code == NOTHING_COLLECTED and narrowed:
        outcome.code, outcome.note = 0, "nothing selected"
    elif outcome.code == NOTHING_COLLECTED:
        outcome.note = "collected no tests at all"
    elif outcome.code and not outcome.failed:
        outcome.note = "failed although no test did: see its output"
    if outcome.code and not outcome.failed:
        outcome.failed = 1
    return outcome


def _print_leg(outcome: Outcome) -> None:
    text = (RESULTS / f"{outcome.leg.name}.log").read_text(
        encoding="utf-8", errors="replace"
    )
    verdict = "FAILED" if outcome.code else "ok"
    print(f"\n===== {outcome.leg.name}: {verdict} in {outcome.seconds:.0f} s =====")
    # a good leg needs no more than its last lines; all of it is in test-results/
    lines = text.rstrip().splitlines()
    print(*(lines if outcome.code else lines[-3:]), sep="\n", flush=True)


def _summary(outcomes: list[Outcome]) -> int:
    print("\n===== summary =====")
    for each in outcomes:
        counts = f"{each.passed} passed, {each.failed} failed, {each.skipped} skipped"
        verdict = "FAILED" if each.code else "ok"
        note = f"  ({each.note})" if each.note else ""
        print(f"{each.leg.name:12} {verdict:6} {each.seconds:5.0f} s  {counts}{note}")
    if os.environ.get("RN_NO_BROWSER"):
        print("NO BROWSER could be found or fetched: the browser tests did not run")
    passed, failed = sum(o.passed for o in outcomes), sum(o.failed for o in outcomes)
    if not passed and not failed and any(outcome.leg.paths for outcome in outcomes):
        print("error: these arguments select no test in any leg")
        failed = 1
    print(f"{passed} passed, {failed} failed", flush=True)
    return 1 if failed or any(outcome.code for outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
