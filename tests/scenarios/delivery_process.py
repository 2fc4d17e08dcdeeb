"""A household that dies: lives of a process that delivers, run by the kill tests.

    python -m tests.scenarios.delivery_process FOLDER    (one line `POINT NTH` per life)

A life opens the database in FOLDER, carries on what is open, accepts a few new
messages, and kills itself with SIGKILL when it passes POINT for the NTH time; with the
point `never` it accepts nothing and lives until all is over. What it promised and
what it sent is noted, each line synced, in `promised` and `sent`: what the world knows,
whatever the database says. Each life is a process of its own, forked off from one that
has imported everything and does nothing else; how it ended is printed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
import os
from pathlib import Path
import signal
import sqlite3
import sys
import threading
import time
import traceback

from homeassistant.core import CoreState, HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError

from custom_components.reliable_notifications.channels.interface import Channel
from custom_components.reliable_notifications.engine.vocabulary import (
    IntentRecord,
    IntentState,
)
from tests.adapters.delivering import (
    Desk,
    ForgetfulAction,
    TruthfulAction,
    notification,
    open_desk,
)

# in the order of a message's life
POINTS = ("writing", "promised", "started", "sending", "sent", "waiting", "over")
NEVER = "never"
WAYS = (("phone",), ("mail",), ("missing", "phone"), ("missing", "mail"), ("flaky",))


class Fate:
    """Knows when this life ends."""

    def __init__(self, point: str, nth: int) -> None:
        self._point = point
        self._left = nth

    def passes(self, point: str) -> None:
        if point == self._point:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    def strikes_after(self, seconds: float) -> None:
        def strike() -> None:
            time.sleep(seconds)
            os.kill(os.getpid(), signal.SIGKILL)

        threading.Thread(target=strike, daemon=True).start()


class Ledger:
    """Lines that outlive us."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, book: str) -> list[str]:
        path = self._folder / book
        return path.read_text().split("\n")[:-1] if path.exists() else []

    def note(self, book: str, line: str) -> None:
        with (self._folder / book).open("a") as file:
            file.write(f"{line}\n")
            file.flush()
            os.fsync(file.fileno())


def channels(hass: HomeAssistant, fate: Fate, ledger: Ledger) -> Mapping[str, Channel]:
    """Real actions: a phone, mail, one that is missing, one that fails at first."""
    stumbled = set(
        ledger.read("stumbled")
    )  # once each, or pauses grow from life to life

    async def deliver(call: ServiceCall) -> None:
        fate.passes("sending")
        ledger.note("sent", f"{call.service} {call.data['message']}")
        fate.passes("sent")

    async def stumble(call: ServiceCall) -> None:
        if call.data["message"] not in stumbled:
            stumbled.add(call.data["message"])
            ledger.note("stumbled", call.data["message"])
            raise HomeAssistantError("no network")
        await deliver(call)

    hass.services.async_register("notify", "phone", deliver)
    hass.services.async_register("notify", "mail", deliver)
    hass.services.async_register("notify", "flaky", stumble)
    # there is no action for `missing`: it is refused for good
    types = {"mail": ForgetfulAction}
    built = {
        name: types.get(name, TruthfulAction)(hass, name, name, f"notify.{name}")
        for name in ("phone", "mail", "missing", "flaky")
    }
    for channel in built.values():
        channel.patience = 30.0  # type: ignore[misc]  # a busy machine is no fault
    return built


async def promise(desk: Desk, fate: Fate, ledger: Ledger, name: str) -> None:
    """Accept one message for each way."""
    for number, way in enumerate(WAYS):
        note = notification(message=f"{name}-{number}")

        def also(connection: sqlite3.Connection) -> None:
            fate.passes("writing")

        plans = desk.plans(*way, priority=note.priority)
        ids = await desk.outbox.accept(note, plans, also=also)
        ledger.note("promised", note.message)
        fate.passes("promised")
        desk.courier.submit(ids)


def watch(desk: Desk, fate: Fate) -> None:
    """Tell fate what has just been stored."""
    passed = {
        IntentState.SENDING: "started",
        IntentState.WAITING: "waiting",
        IntentState.DONE: "over",
    }

    def changed(record: IntentRecord) -> None:
        fate.passes(passed.get(record.state, "any other"))

    desk.courier._on_change = changed


async def live(folder: Path, point: str, nth: int) -> None:
    hass = HomeAssistant(str(folder))
    hass.set_state(CoreState.running)
    fate, ledger = Fate(point, nth), Ledger(folder)
    async with open_desk(
        hass, folder, start=False, **channels(hass, fate, ledger)
    ) as desk:
        watch(desk, fate)
        if point.startswith("after:"):
            fate.strikes_after(float(point.removeprefix("after:")))
        await desk.courier.start()
        while point != NEVER:
            await promise(desk, fate, ledger, f"{time.time_ns()}")
            await asyncio.sleep(0.02)
        while desk.courier.open_count:  # noqa: ASYNC110 - nobody would set an event
            await asyncio.sleep(0.02)
    await hass.async_stop(force=True)


def fork_off(folder: Path, point: str, nth: int) -> int:
    """Run one life in a process of its own; returns how it ended."""
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        return os.waitstatus_to_exitcode(status)
    code = 1
    try:
        asyncio.run(live(folder, point, nth))
        code = 0
    finally:  # whatever happened: a child must not go on as its parent
        if code:
            traceback.print_exc()
        os._exit(code)


if __name__ == "__main__":
    for line in sys.stdin:
        when, times = line.split()
        print(fork_off(Path(sys.argv[1]), when, int(times)), flush=True)
