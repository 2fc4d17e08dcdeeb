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
    with listening(name, {PLATFORM.name: logging.ERROR}) as heard:
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
    with listening("a", {PLATFORM.name: logging.ERROR}) as heard:
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


async def test_a_platform_in_a_thread_is_heard_while_it_is_the_only_one() -> None:
    loop = asyncio.get_running_loop()  # whose threads do not get the context
    loggers = {PLATFORM.name: logging.ERROR}
    with listening("a", loggers) as alone:
        await loop.run_in_executor(None, PLATFORM.error, "no route")
        with listening("b", loggers) as second:
            await loop.run_in_executor(None, PLATFORM.error, "whose?")
    await loop.run_in_executor(None, PLATFORM.error, "nobody listens")

    assert alone.lines == ["no route"]
    assert second.lines == []


async def test_a_call_that_is_over_is_not_mixed_up_with_the_next() -> None:
    loggers = {PLATFORM.name: logging.ERROR}
    over = asyncio.Event()

    async def late() -> None:
        await over.wait()
        PLATFORM.error("of the first")

    with listening("first", loggers) as first:
        task = asyncio.create_task(late())
    with listening("second", loggers) as second:
        over.set()
        await task

    assert first.lines == second.lines == []


async def test_a_failure_after_the_return_is_waited_for() -> None:
    loop = asyncio.get_running_loop()
    with listening("a", {PLATFORM.name: logging.ERROR}) as heard:
        begun = loop.time()
        await heard.wait(0.01)
        assert heard.lines == []
        loop.call_later(0.01, PLATFORM.error, "batch lost")
        await heard.wait(30.0)
        await heard.wait(30.0)  # it is known already
    assert heard.lines == ["batch lost"]
    assert loop.time() - begun < 10


def test_below_its_level_a_line_is_no_failure() -> None:
    with listening("a", {PLATFORM.name: logging.ERROR}) as heard:
        PLATFORM.warning("will go in the next version")
    assert heard.lines == []
    with listening("a", {PLATFORM.name: logging.WARNING}) as heard:
        PLATFORM.warning("no route")
    assert heard.lines == ["no route"]


def test_a_silenced_logger_is_noticed() -> None:
    with listening("a", {PLATFORM.name: logging.ERROR}) as heard:
        assert not heard.deaf
    PLATFORM.setLevel(logging.CRITICAL)
    try:
        with listening("a", {PLATFORM.name: logging.ERROR}) as heard:
            assert heard.deaf
    finally:
        PLATFORM.setLevel(logging.NOTSET)


def test_code_can_know_that_it_runs_inside_an_attempt() -> None:
    assert attempt_going_on() is None
    with listening("01A", {}):
        assert attempt_going_on() == "01A"
    assert attempt_going_on() is None


async def test_a_line_about_several_calls_is_heard_by_all_of_them() -> None:
    loggers = {PLATFORM.name: logging.ERROR}
    with (
        listening("a", loggers, shared="no route") as first,
        listening("b", loggers, shared="no route") as second,
        listening("c", loggers) as stranger,
    ):
        _nobodys_context().run(PLATFORM.error, "no route to anybody")
        _nobodys_context().run(PLATFORM.error, "something else")

    assert first.lines == second.lines == ["no route to anybody"]
    assert stranger.lines == []
