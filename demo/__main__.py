"""The command line of the demonstration: `./scripts/demo [--once] [--keep FOLDER]`."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
from pathlib import Path
import signal
import sys

from .api import FormRefusedError, RefusedError
from .household import SetUpError
from .process import StartError
from .screen import Screen
from .show import DemoError, Options, perform

# what can go wrong without a mistake in the demonstration itself
_EXPECTED = (DemoError, StartError, SetUpError, RefusedError, FormRefusedError)


def _options() -> Options:
    parser = argparse.ArgumentParser(
        prog="./scripts/demo",
        description="A real Home Assistant on this machine: a kettle boils and a "
        "washing machine ends its cycle as they really did, a phone is told.",
    )
    parser.add_argument(
        "--once",
        action="store_true",
        help="end when the first message has reached the phone (status 0 only then)",
    )
    parser.add_argument(
        "--keep",
        type=Path,
        metavar="FOLDER",
        help="use this folder for Home Assistant and keep it; run again to go on",
    )
    given = parser.parse_args()
    return Options(once=given.once, keep=given.keep)


async def _run(options: Options, screen: Screen) -> int:
    """Perform until the end or until a signal; 0 means that all was well."""
    show = asyncio.create_task(perform(options, screen))
    loop = asyncio.get_running_loop()
    stopped: list[int] = []

    def stop(number: int) -> None:
        if not stopped:  # a second Ctrl-C must not tear the ending apart
            stopped.append(number)
            show.cancel()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, stop, number)
    with contextlib.suppress(asyncio.CancelledError):
        await show
    if stopped and options.once:
        screen.say("stopped before the first message")
        return 128 + stopped[0]
    return 0


def main() -> int:
    """Run the demonstration; every failure is one clear sentence."""
    screen = Screen(sys.stdout)
    try:
        return asyncio.run(_run(_options(), screen))
    except _EXPECTED as failure:
        screen.flush()
        print(f"The demonstration failed: {failure}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
