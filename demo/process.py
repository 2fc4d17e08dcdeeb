"""One Home Assistant process: made, started, watched, stopped, or killed.

It knows nothing of what runs inside. It must never talk to a Home Assistant that it
did not start itself: the address is on loopback and every answer is asked for with
the token that was made for this config folder.
"""

from __future__ import annotations

import asyncio
from asyncio.subprocess import Process
import contextlib
import json
import os
from pathlib import Path
import re
import shutil
import signal
import socket
import sys
import time

from .api import HomeAssistant, RefusedError
from .login import TOKENS

ROOT = Path(__file__).resolve().parent.parent
CONFINED = Path(__file__).with_name("confined.py")
TEMPLATE = Path(__file__).with_name("configuration.yaml")

# a first start compiles all of Home Assistant: 8 s on an idle desktop, many times
# that on a loaded board
START_LIMIT = 150.0
# Home Assistant gives itself about three minutes in the worst case, 1-3 s is usual
STOP_LIMIT = 40.0

_OURS = "reliable_notifications"
# "2026-11-21 03:00:00.000 ERROR (MainThread) [custom_components.x] text"
_RECORD = re.compile(
    r"^\S+ \S+ (?P<level>[A-Z]+) \((?P<thread>[^)]*)\) \[(?P<logger>[^]]*)\] "
)


class StartError(Exception):
    """Home Assistant is not running as it should; the text says why."""


def free_port() -> int:
    """Return a port that nobody on this machine listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class HomeAssistantProcess:
    """A Home Assistant with a config folder of its own."""

    def __init__(self, folder: Path, *, python: str = sys.executable) -> None:
        """Use this folder, and the Home Assistant that this Python has."""
        self.folder = folder
        self.log = folder / "process.log"
        self._python = python
        self._process: Process | None = None
        self._token = ""
        self._port = 0

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def token(self) -> str:
        """An access token of its owner."""
        return self._token

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        process = self._process
        return (
            process.pid if process is not None and process.returncode is None else None
        )

    def client(self) -> HomeAssistant:
        """Return a new connection to it; to be closed by the caller."""
        return HomeAssistant(self.url, self._token)

    async def prepare(self) -> None:
        """Make the config folder, unless it is one from an earlier time."""
        tokens = self.folder / TOKENS
        if not tokens.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            if any(self.folder.iterdir()):
                raise StartError(
                    f"{self.folder} is not empty and not a folder of the demo"
                )
            shutil.copyfile(TEMPLATE, self.folder / "configuration.yaml")
            await self._seed()
        link = self.folder / "custom_components"
        if link.is_symlink():  # kept from another checkout
            link.unlink()
        link.symlink_to(ROOT / "custom_components", target_is_directory=True)
        known = json.loads(tokens.read_text(encoding="utf-8"))
        self._token, self._port = known["access_token"], known["port"]

    async def _seed(self) -> None:
        seeding = await asyncio.create_subprocess_exec(
            self._python,
            "-m",
            "demo.seed",
            str(self.folder),
            str(free_port()),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            cwd=ROOT,
            env=_environment(),
        )
        try:
            said, _ = await seeding.communicate()
        finally:
            if seeding.returncode is None:  # we are being stopped
                seeding.kill()
        if seeding.returncode:
            raise StartError(f"the config folder could not be seeded:\n{said.decode()}")

    async def start(self) -> None:
        """Start the process and wait until it is running, with everything set up."""
        if not self._token:
            await self.prepare()
        if _answers(self._port):
            raise StartError(f"port {self._port} is taken by another program")
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                self._python,
                "-P",  # its own folder has names that Home Assistant must not find
                str(CONFINED),
                "--config",
                str(self.folder),
                "--skip-pip",
                "--log-no-color",
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=_environment(),
                # Ctrl-C in a terminal goes to the whole group; we stop it in our order
                start_new_session=True,
            )
        try:
            await self._until_running()
        except BaseException:
            await self.kill()
            raise

    async def _until_running(self) -> None:
        deadline = time.monotonic() + START_LIMIT
        async with self.client() as api:
            while time.monotonic() < deadline:
                if (code := self.exit_code) is not None:
                    raise StartError(
                        f"Home Assistant ended with code {code}\n{self.log_tail()}"
                    )
                with contextlib.suppress(OSError, RefusedError, TimeoutError):
                    config = await api.get("config")
                    if config["recovery_mode"]:
                        raise StartError(
                            f"Home Assistant is in recovery mode\n{self.log_tail()}"
                        )
                    if config["state"] == "RUNNING":
                        return
                await asyncio.sleep(0.1)
        raise StartError(f"not running after {START_LIMIT:.0f} s\n{self.log_tail()}")

    @property
    def exit_code(self) -> int | None:
        """The exit code, None while it runs."""
        return None if self._process is None else self._process.returncode

    async def wait(self) -> int:
        """Wait until it ends, for whatever reason."""
        return 0 if self._process is None else await self._process.wait()

    async def stop(self) -> int:
        """End it in order; return the exit code, that of a kill if it would not end."""
        if self._process is None:
            return 0
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGTERM)
        try:
            return await asyncio.wait_for(self._process.wait(), STOP_LIMIT)
        except TimeoutError:
            return await self.kill()

    async def kill(self) -> int:
        """End it as a power cut would."""
        if self._process is None:
            return 0
        if self._process.returncode is None:
            # it may end by itself between the question and the signal
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
        return await self._process.wait()

    def log_lines(self) -> list[str]:
        """Return all that it has said."""
        if not self.log.exists():
            return []
        return self.log.read_text(encoding="utf-8", errors="replace").splitlines()

    def log_tail(self, lines: int = 25) -> str:
        """Return the last lines, indented, for an error message."""
        return "\n".join(f"    {line}" for line in self.log_lines()[-lines:])

    def problems(self) -> list[str]:
        """Return the log records that must not be there."""
        return [line for line in self.log_lines() if _is_problem(line)]


def _is_problem(line: str) -> bool:
    """Tell whether a line of the log speaks against the integration."""
    if (
        "Detected that custom integration" in line
        or "uncaught exception" in line.lower()
    ):
        return True
    if not (record := _RECORD.match(line)):
        return False
    severe = record["level"] in ("ERROR", "CRITICAL")
    if record["logger"].startswith(f"custom_components.{_OURS}"):
        return severe
    # somebody else's complaint that names us: a failed set-up, a callback that raised
    return severe and _OURS in line


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _environment() -> dict[str, str]:
    """Return our environment without what makes Home Assistant slow or different."""
    unwanted = ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONHOME")
    return {key: value for key, value in os.environ.items() if key not in unwanted}
