"""The demonstration from beginning to end.

Starts Home Assistant, lets the phone register, fills in the forms, plays the traces
and tells what happens. Whatever it has started it ends, however it ends itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
import contextlib
from dataclasses import dataclass
from pathlib import Path
import tempfile
import time
from typing import Any

from .api import HomeAssistant
from .household import APPLIANCES, Household
from .ledger import Intent, Ledger
from .login import PASSWORD, USERNAME
from .phone import Phone
from .plug import Plug
from .process import HomeAssistantProcess, StartError
from .screen import Screen
from .story import Story, summary
from .traces import load

# the promise of `--once` is four minutes; the rest is for stopping in order
ONCE_LIMIT = 225.0
# what of a trace is played: a little rest first, so that the start is seen
KETTLE_LEAD = 3.0
KETTLE_REST = 400.0
COFFEE_LEAD = 150.0
WASHER_LAST = 240.0


class DemoError(Exception):
    """The demonstration did not show what it is for; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What was asked for on the command line."""

    once: bool
    keep: Path | None


async def perform(options: Options, screen: Screen) -> None:
    """Show it; returns when it was asked to end, raises when something is wrong."""
    began = time.monotonic()
    try:
        async with asyncio.timeout(ONCE_LIMIT if options.once else None):
            with _folder(options.keep) as folder:
                await _perform_in(folder, options, screen, began)
    except TimeoutError:
        raise DemoError(
            f"no message reached the phone within {ONCE_LIMIT:.0f} s"
        ) from None


@contextlib.contextmanager
def _folder(keep: Path | None) -> Any:
    if keep is not None:
        yield keep.resolve()
        return
    # Home Assistant may still close files while the folder goes: that is no trouble
    with tempfile.TemporaryDirectory(
        prefix="reliable-notifications-demo-", ignore_cleanup_errors=True
    ) as folder:
        yield Path(folder) / "config"


async def _perform_in(
    folder: Path, options: Options, screen: Screen, began: float
) -> None:
    screen.say("Reliable Notifications: the demonstration", strong=True)
    process = HomeAssistantProcess(folder)
    phone = Phone(identity=folder / "phone.json")
    screen.say("Home Assistant is starting (a first start takes longer) ...")
    try:
        await process.start()
        screen.say(f"... it runs, after {time.monotonic() - began:.1f} s")
        await phone.start()
        async with process.client() as api:
            await _tell_story(api, process, phone, screen, options)
    finally:
        # the end must come even while we are being cancelled
        await asyncio.shield(_end(process, phone, screen))
    if problems := process.problems():
        raise DemoError("the log has complaints:\n" + "\n".join(problems[:20]))


async def _end(process: HomeAssistantProcess, phone: Phone, screen: Screen) -> None:
    screen.status("")
    await phone.stop()
    if process.pid is not None:
        screen.say("Home Assistant is stopping ...")
        code = await process.stop()
        screen.say(f"... it has ended, with code {code}")


async def _tell_story(
    api: HomeAssistant,
    process: HomeAssistantProcess,
    phone: Phone,
    screen: Screen,
    options: Options,
) -> None:
    # a plug has said something before anybody looks for a power sensor
    for appliance in APPLIANCES:
        await Plug(api, appliance.plug).report(0.0)
    await phone.register(api)
    household = Household(api=api)
    await household.set_up(phone, APPLIANCES)
    screen.say("set up through its forms: phone, inbox, recipient, three appliances")
    screen.say()
    screen.say(f"    {process.url}/reliable-notifications", strong=True)
    screen.say(f"    user {USERNAME}, password {PASSWORD}")
    screen.say()
    story = Story(screen, Ledger(process.folder), APPLIANCES, household.channels)
    phone.on_push = story.push_arrived
    arrival: asyncio.Future[Intent] = asyncio.get_running_loop().create_future()

    def arrived(intent: Intent) -> None:
        if not arrival.done():
            arrival.set_result(intent)

    story.on_arrival = arrived
    listening = asyncio.Event()
    work: list[Coroutine[Any, Any, None]] = [
        story.listen(api, listening),
        story.look(),
        screen.run(),
        _show_status(screen, story),
        _watch_process(process),
        _play(api, listening, once=options.once),
    ]
    async with _together(work) as tasks:
        if options.once:
            intent = await _first_of(arrival, tasks)
            _check_arrival(intent, phone, screen)
        else:
            screen.say("Ctrl-C ends it.")
            await _first_of(asyncio.get_running_loop().create_future(), tasks)


@contextlib.asynccontextmanager
async def _together(
    work: list[Coroutine[Any, Any, None]],
) -> AsyncIterator[list[asyncio.Task[None]]]:
    """Run everything side by side, and end all of it."""
    tasks = [asyncio.create_task(each) for each in work]
    try:
        yield tasks
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _first_of(
    wanted: asyncio.Future[Intent], tasks: list[asyncio.Task[None]]
) -> Intent:
    """Wait for what is wanted; none of the tasks may end before that."""
    waiting: set[asyncio.Future[Any]] = {wanted, *tasks}
    await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    if not wanted.done():
        for task in tasks:
            if task.done():
                task.result()  # raises what ended it
        raise DemoError("Home Assistant hung up")
    return wanted.result()


def _check_arrival(intent: Intent, phone: Phone, screen: Screen) -> None:
    """Ask the phone whether it knows of what the record says it has."""
    screen.flush()
    if intent.tag not in phone.confirmed:
        raise DemoError(f"a receipt is booked for {intent.tag}, but the phone has none")
    if not any(push.tag == intent.tag for push in phone.received):
        raise DemoError("a receipt is booked for what was never pushed")
    screen.say()
    text = f"“{intent.title}” has reached the phone, evidence: {intent.evidence}"
    screen.say(f"{text}, {intent.latency or 0:.3f} s after it was stored.", strong=True)


async def _play(api: HomeAssistant, listening: asyncio.Event, *, once: bool) -> None:
    """Let the appliances run, in real time."""
    await listening.wait()
    kettle = load("kettle_599771")
    kettle = kettle.part(kettle.start - KETTLE_LEAD, kettle.end + KETTLE_REST)
    washer = load("washing_machine_D31FFD")
    washer = washer.part(washer.end - WASHER_LAST, washer.samples[-1].at - 1)
    coffee = load("coffee_machine_D369E0")
    coffee = coffee.part(coffee.start - COFFEE_LEAD, coffee.end + COFFEE_LEAD)
    plays = [
        Plug(api, "kettle").play(kettle, again=not once),
        Plug(api, "washing_machine").play(washer),
    ]
    if not once:
        plays.append(Plug(api, "coffee_machine").play(coffee))
    await asyncio.gather(*plays)
    await asyncio.Event().wait()


async def _show_status(screen: Screen, story: Story) -> None:
    while True:
        screen.status(summary({n: f"{w:.0f} W" for n, w in story.watts.items()}))
        await asyncio.sleep(1)


async def _watch_process(process: HomeAssistantProcess) -> None:
    """Raise when Home Assistant ends without having been asked."""
    code = await process.wait()
    raise StartError(
        f"Home Assistant ended by itself, code {code}\n{process.log_tail()}"
    )
