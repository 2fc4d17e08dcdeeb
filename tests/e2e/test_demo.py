"""The demonstration as a newcomer runs it: to its end, and interrupted."""

from __future__ import annotations

import json
from pathlib import Path
import re
import signal
import socket
import subprocess
import time

from demo.process import ROOT

from .conftest import DemoRun

DEMO = str(ROOT / "scripts" / "demo")
# the demo's own promise is four minutes
LIMIT_S = 260
START_LIMIT_S = 90


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "configuration.yaml").write_text("homeassistant:\n", encoding="utf-8")
    done = subprocess.run(
        [DEMO, "--keep", str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "not a folder of the demo" in done.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["configuration.yaml"]


def test_ctrl_c_leaves_nothing_running(tmp_path: Path) -> None:
    folder, output = tmp_path / "config", tmp_path / "output"
    with output.open("wb") as stream:
        demo = subprocess.Popen([DEMO, "--keep", str(folder)], stdout=stream)
    try:
        deadline = time.monotonic() + START_LIMIT_S
        while "Ctrl-C ends it" not in output.read_text(encoding="utf-8"):
            assert demo.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.2)
        port = json.loads((folder / "tokens.json").read_text(encoding="utf-8"))["port"]
        phone = json.loads((folder / "phone.json").read_text(encoding="utf-8"))["port"]
        assert _listens(port)
        assert _listens(phone)
        demo.send_signal(signal.SIGINT)
        assert demo.wait(60) == 0, output.read_text(encoding="utf-8")
    finally:
        if demo.poll() is None:
            demo.terminate()
            demo.wait(60)
    assert not _listens(port)
    assert not _listens(phone)
    assert "it has ended, with code 0" in output.read_text(encoding="utf-8")


def test_demo_once(demonstration: DemoRun) -> None:
    code = demonstration.process.wait(LIMIT_S)
    output = demonstration.output.read_text(encoding="utf-8")
    assert code == 0, output
    told = [line.split()[1] for line in output.splitlines() if re.match(r"\d\d:", line)]
    # every witness has spoken
    assert {
        "reading",
        "state",
        "event",
        "plan",
        "attempt",
        "phone",
        "receipt",
    } == set(told), output
    assert "has reached the phone, evidence: delivered" in output
    # a pipe is no terminal
    assert "\x1b" not in output


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
