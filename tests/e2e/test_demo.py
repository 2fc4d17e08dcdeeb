"""The demonstration as a newcomer runs it, once."""

from __future__ import annotations

import re

from .conftest import DemoRun

# the demo's own promise is four minutes
LIMIT_S = 260


def test_demo_once(demonstration: DemoRun) -> None:
    code = demonstration.process.wait(LIMIT_S)
    output = demonstration.output.read_text(encoding="utf-8")
    assert code == 0, output
    told = [line.split()[1] for line in output.splitlines() if re.match(r"\d\d:", line)]
    # every witness has spoken
    marks = {"reading", "state", "event", "plan", "attempt", "phone", "receipt"}
    assert marks <= set(told), output
    assert "trouble" not in told, output
    assert re.search(r"has reached the phone, evidence: delivered", output), output
    # a pipe is no terminal
    assert "\x1b" not in output
