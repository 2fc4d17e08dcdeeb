"""Each hidden error finds the call that hid it."""

from __future__ import annotations

import asyncio
import logging

from custom_components.reliable_notifications.adapters.log_tap import (
    attempt_going_on,
    listening,
)

PLATFORM = logging.getLogger("tests.some_platform.notify")


async def push(name: str, ready: asyncio.Barrier) -> list[str]:
    """A platform that logs its failure and returns as if all were well."""
    with listening(name, [PLATFORM.name]) as heard:
        await ready.wait()
        await asyncio.create_task(_fail(name))
    return heard.lines


async def _fail(name: str) -> None:
    await asyncio.sleep(0)
    PLATFORM.info("trying %s", name)
    PLATFORM.error("no route to %s", name)


async def test_concurrent_failures_are_told_apart() -> None:
    ready = asyncio.Barrier(3)

    lines = await asyncio.gather(*(push(name, ready) for name in ("a", "b", "c")))

    assert lines == [["no route to a"], ["no route to b"], ["no route to c"]]
    assert PLATFORM.handlers == []


async def test_other_peoples_errors_are_not_ours() -> None:
    with listening("a", [PLATFORM.name]) as heard:
        stranger = asyncio.get_running_loop().create_future()
        asyncio.get_running_loop().call_soon(
            lambda: (PLATFORM.error("theirs"), stranger.set_result(None)),
            context=_nobodys_context(),
        )
        await stranger

    assert heard.lines == []


def _nobodys_context():  # type: ignore[no-untyped-def]
    import contextvars

    return contextvars.Context()


def test_a_silenced_logger_is_noticed() -> None:
    with listening("a", [PLATFORM.name]) as heard:
        assert not heard.deaf
    PLATFORM.setLevel(logging.CRITICAL)
    try:
        with listening("a", [PLATFORM.name]) as heard:
            assert heard.deaf
    finally:
        PLATFORM.setLevel(logging.NOTSET)


def test_code_can_know_that_it_runs_inside_an_attempt() -> None:
    assert attempt_going_on() is None
    with listening("01A", []):
        assert attempt_going_on() == "01A"
    assert attempt_going_on() is None
