"""One story with a SIGKILL in the middle: of a cycle, and of a delivery at once.

The kettle and the washing machine run, a message hangs in the push service, then the
process is killed and started again. What was seen is collected here, judged by
test_crash: the story takes two minutes and runs beside the other tests.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
import time

from demo.api import Json
from demo.ledger import Cycle, Intent
from demo.phone import Manner, Push
from demo.traces import load

from .home import Home

TITLE = "In mid-delivery"
# Home Assistant writes its registries up to 10 s after a change; who is killed before
# has never had the entities
REGISTRIES_WRITTEN_S = 12.0
# the recorder, our witness of what was on the bus, writes once a second
RECORDED_S = 3.0
KETTLE_LAST_S = 45.0
WASHER_LAST_S = 300.0
# the safe wait of a kettle, and room for a loaded machine
FINISH_LIMIT_S = KETTLE_LAST_S + 60.0 + 45.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CrashReport:
    """What was seen before, at and after the kill."""

    exit_code: int
    kettle_before: Json
    kettle_after: Json
    washer_before: Json
    washer_after: Json
    sent: Json
    intent_at_kill: Intent
    intent_at_end: Intent
    pushes: list[Push]
    kettle_pushes: list[Push]
    started: list[Json]
    finished: list[Json]
    delivered: list[Json]
    failed: list[Json]
    restart_s: float
    problems: list[str]


async def crash_story(folder: Path) -> CrashReport:
    """Live through it."""
    home = await Home.move_in(folder)
    plays: list[asyncio.Task[None]] = []
    try:
        plays = _begin_to_play(home)
        return await _live(home)
    finally:
        for play in plays:
            play.cancel()
        await home.move_out()


def _begin_to_play(home: Home) -> list[asyncio.Task[None]]:
    kettle = load("kettle_599771")
    kettle = kettle.part(kettle.end - KETTLE_LAST_S, kettle.end + 400)
    washer = load("washing_machine_D31FFD")
    washer = washer.part(washer.end - WASHER_LAST_S, washer.end)
    return [
        asyncio.create_task(home.plug("kettle").play(kettle)),
        asyncio.create_task(home.plug("washing_machine").play(washer)),
    ]


def _runs(state: Json) -> bool:
    return state["state"] in ("running", "paused")


async def _live(home: Home) -> CrashReport:
    kettle_before = await home.until_state("sensor.kettle_state", _runs)
    washer_before = await home.until_state("sensor.washing_machine_state", _runs, 60)
    await asyncio.sleep(
        max(RECORDED_S, home.set_up_at + REGISTRIES_WRITTEN_S - time.monotonic())
    )
    home.phone.behave(Manner.HANG)
    sent = await home.send(message="Killed while this was on its way", title=TITLE)
    intent_id = sent["intents"][0]["intent_id"]
    await home.phone.wait_for(lambda push: push.title == TITLE, 10)
    exit_code = await home.process.kill()
    intent_at_kill = home.ledger.intent(intent_id)
    home.phone.behave(Manner.ANSWER)

    began = time.monotonic()
    await home.process.start()
    restart_s = time.monotonic() - began
    kettle_after = await home.until_state("sensor.kettle_state", _runs)
    washer_after = await home.until_state("sensor.washing_machine_state", _runs)
    await home.until_intent(
        intent_id, lambda intent: bool(intent.finished_at) and intent.has_arrived, 60
    )
    await _until_finished(home, kettle_before["attributes"]["cycle_id"])
    # whatever would come twice has come by now, and the recorder has written it
    await asyncio.sleep(5)
    return CrashReport(
        exit_code=exit_code,
        kettle_before=kettle_before,
        kettle_after=kettle_after,
        washer_before=washer_before,
        washer_after=washer_after,
        sent=sent,
        intent_at_kill=intent_at_kill,
        intent_at_end=home.ledger.intent(intent_id),
        pushes=home.pushes(TITLE),
        kettle_pushes=[
            push
            for push in home.phone.received
            if not push.is_command and "Kettle" in f"{push.title} {push.message}"
        ],
        started=home.bus_history("cycle_started"),
        finished=home.bus_history("cycle_finished"),
        delivered=home.bus_history("delivered"),
        failed=home.bus_history("failed"),
        restart_s=restart_s,
        problems=home.process.problems(),
    )


async def _until_finished(home: Home, cycle_id: str) -> None:
    known: list[Cycle] = []
    try:
        async with asyncio.timeout(FINISH_LIMIT_S):
            while True:
                known = await asyncio.to_thread(home.ledger.cycles)
                if any(each.id == cycle_id and each.announced_at for each in known):
                    return
                await asyncio.sleep(0.5)
    except TimeoutError:
        raise AssertionError(f"no finish of {cycle_id}, only {known}") from None
