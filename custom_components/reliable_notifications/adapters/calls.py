"""Makes one call of a channel within its time, and hears the answer that comes late.

Every error becomes a value. A call that outlives its time is not waited for any more,
but not cut off either: the message may still arrive, and then its answer is the truth.
Must not know intents, or what an answer means for them.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from homeassistant.core import HomeAssistant, callback

from ..const import DOMAIN
from ..engine.vocabulary import AttemptResult, Evidence, Trouble
from . import verdicts
from .alarm_clock import StartupGrace
from .log_tap import listening
from .parcel import NOT_ASKED

# Seconds after its time in which a call may still answer: the slowest platform (mail)
# gives up after 60 by itself (delivery reference 1.2)
LATE_LIMIT = 60.0

# Calls of one channel that may hang at a time. More are not begun: each may hold one of
# Home Assistant's threads (delivery reference, edge 16), and would hang as well
MOST_HANGING = 4

type OnLate = Callable[[AttemptResult], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One call: whom, how, for how long, and where its hidden failures are logged."""

    attempt_id: str
    channel_id: str
    channel_name: str
    send: Callable[[], Awaitable[AttemptResult]]
    patience: float
    loggers: Mapping[str, int] = field(default_factory=dict)
    # how a line begins that is about all calls that are going on
    shared_failure: str = ""
    # seconds from its beginning in which a failure may be logged, return or not
    linger: float = 0.0
    # what no answer may quote: the channel's secrets, and whom it was sent to
    hidden: tuple[str, ...] = ()


class Calls:
    """The calls that are going on, also those that nobody waits for any more."""

    def __init__(self, hass: HomeAssistant, grace: StartupGrace) -> None:
        """Nothing is called yet."""
        self._hass = hass
        self._grace = grace
        self._hanging: Counter[str] = Counter()
        self._late: set[asyncio.Task[AttemptResult]] = set()
        self._booking: set[asyncio.Task[None]] = set()

    async def ask(self, question: Question, on_late: OnLate) -> AttemptResult:
        """Call, and answer in time; `on_late` gets the answer that comes later."""
        if (hanging := self._hanging[question.channel_id]) >= MOST_HANGING:
            return AttemptResult(
                evidence=Evidence.UNREACHABLE,
                detail=f"{NOT_ASKED}: {hanging} earlier calls still hang",
                trouble=Trouble.SILENCE,
            )
        task = self._hass.async_create_background_task(
            self._call(question), f"{DOMAIN} calls {question.channel_id}"
        )
        try:
            done, _ = await asyncio.wait([task], timeout=question.patience)
        except asyncio.CancelledError:
            task.cancel()
            raise
        if done and task.cancelled():  # the platform has broken itself off
            return AttemptResult(evidence=Evidence.UNKNOWN, detail="Broken off")
        if done:
            return task.result()
        self._wait_on(question.channel_id, task, on_late)
        return verdicts.of_timeout(question.patience)

    @callback
    def stop(self) -> None:
        """Wait for no late answer any more."""
        for task in (*self._late, *self._booking):
            task.cancel()

    async def _call(self, question: Question) -> AttemptResult:
        with listening(
            question.attempt_id, question.loggers, shared=question.shared_failure
        ) as heard:
            until = self._hass.loop.time() + question.linger
            try:
                result = await question.send()
                if result.evidence is Evidence.DISPATCHED:
                    await heard.wait(until - self._hass.loop.time())
            except Exception as error:  # noqa: BLE001 - platforms leak library errors
                return verdicts.of_error(
                    error,
                    question.channel_name,
                    starting=self._grace.is_on,
                    hidden=question.hidden,
                )
            return verdicts.of_return(result, heard, question.hidden)

    @callback
    def _wait_on(
        self, channel_id: str, task: asyncio.Task[AttemptResult], on_late: OnLate
    ) -> None:
        self._hanging[channel_id] += 1
        self._late.add(task)
        limit = self._hass.loop.call_later(LATE_LIMIT, task.cancel)
        task.add_done_callback(partial(self._came, channel_id, limit, on_late))

    @callback
    def _came(
        self,
        channel_id: str,
        limit: asyncio.TimerHandle,
        on_late: OnLate,
        task: asyncio.Task[AttemptResult],
    ) -> None:
        limit.cancel()
        self._hanging[channel_id] -= 1
        self._late.discard(task)
        if task.cancelled():
            return  # it stays in doubt
        booking = self._hass.async_create_background_task(
            _book(on_late, task.result()), f"{DOMAIN} books a late answer"
        )
        self._booking.add(booking)
        booking.add_done_callback(self._booking.discard)


async def _book(on_late: OnLate, result: AttemptResult) -> None:
    await on_late(result)
