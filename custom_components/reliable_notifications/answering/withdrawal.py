"""Takes messages back that are no longer true, wherever they may still be seen.

A message cannot be taken back everywhere, and one that stays does no harm: so each
channel is asked within its own patience, and what fails is tried again quietly, also
after a restart, and is nobody's failure. What is on its way yet is looked for again.
Must not decide what is no longer true.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable, Mapping, Sequence
from datetime import datetime
import logging
from typing import Any, ClassVar, Protocol

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later

from ..adapters.alarm_clock import now
from ..adapters.database import Database, StorageFailed
from ..adapters.log_tap import listening
from ..adapters.tagged import Recall, Recalls
from ..adapters.verdicts import plain
from ..engine.vocabulary import Instant

# Seconds before each further try, the last for all that follow: as those of a message
# (delivery reference 5.4), without the first ones, as nobody waits for it
PAUSES = (3.0, 10.0, 30.0, 120.0, 600.0, 1800.0)

# Seconds before a message that was on its way is looked for again: most arrive within
# a second
_ON_ITS_WAY = (1.0, 5.0, 30.0)

# Seconds after which a message is left where it is: by then it is as old as the
# longest that any is news, and whoever has it has read it
LONGEST = 24 * 3600.0

# Seconds until the store is asked again after it refused
_STORE_PAUSE = 30.0

_LOGGER = logging.getLogger(__name__)


class Clears(Protocol):
    """What is needed of a channel here."""

    name: str
    patience: ClassVar[float]

    @property
    def loggers(self) -> Mapping[str, int]:
        """Where its platform hides failures that its call does not raise."""

    async def async_take_back(self, tag: str, references: Sequence[str]) -> None:
        """Take a message back, if it can; may raise."""


class Withdrawal:
    """Clears messages by their tag."""

    def __init__(
        self, hass: HomeAssistant, database: Database, channels: Mapping[str, Clears]
    ) -> None:
        """Remember where messages can be."""
        self._hass = hass
        self._tasks: set[asyncio.Task[None]] = set()
        self._recalls = Recalls(database)
        self._channels = channels
        self._started = False
        self._alarm: CALLBACK_TYPE | None = None

    @callback
    def async_start(self) -> None:
        """Go on with what was not taken back before; from now on nothing is lost."""
        self._started = True
        self._begin(self._try_again(), "what was left")

    @callback
    def async_withdraw(self, tag: str) -> None:
        """Begin to take back what carries this tag."""
        self._begin(self._withdraw(tag, None), tag)

    @callback
    def async_clear(self, channel_ids: Iterable[str], tag: str) -> None:
        """Begin to take it off these channels only."""
        self._begin(self._withdraw(tag, tuple(channel_ids)), tag)

    def _begin(self, work: Coroutine[Any, Any, None], what: str) -> None:
        task = self._hass.async_create_background_task(
            work, f"reliable_notifications takes {what} back"
        )
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    @callback
    def async_stop(self) -> None:
        """Leave what is not taken back yet to the next start."""
        self._started = False
        self._forget_alarm()
        for task in self._tasks:
            task.cancel()

    async def _withdraw(self, tag: str, channel_ids: Iterable[str] | None) -> None:
        try:
            recalls = await self._recalls.add(tag, now(), channel_ids)
            await self._take_back_all(recalls)
        except StorageFailed as failure:
            _LOGGER.warning("A message could not be taken back: %s", failure)
        await self._set_alarm()

    async def _try_again(self) -> None:
        """Try what is due once more."""
        try:
            await self._take_back_all(await self._recalls.take_due(now()))
        except StorageFailed as failure:
            _LOGGER.debug("What is to be taken back is not known: %s", failure)
        await self._set_alarm()

    async def _set_alarm(self) -> None:
        """Wake up for the next try, if there is any."""
        try:
            due_at = await self._recalls.next_at()
        except StorageFailed:
            due_at = now() + _STORE_PAUSE
        self._forget_alarm()
        if due_at is not None and self._started:
            pause = max(0.0, due_at - now())
            self._alarm = async_call_later(self._hass, pause, self._ring)

    @callback
    def _ring(self, _: datetime) -> None:
        self._alarm = None
        self._begin(self._try_again(), "what was left")

    @callback
    def _forget_alarm(self) -> None:
        if self._alarm is not None:
            self._alarm()
            self._alarm = None

    async def _take_back_all(self, recalls: Iterable[Recall]) -> None:
        await asyncio.gather(*(self._take_back(each) for each in recalls))

    async def _take_back(self, recall: Recall) -> None:
        channel = self._channels.get(recall.channel_id)
        done = channel is None or await _clear(channel, recall)
        await self._recalls.put_off(recall, _next_try(recall, now(), done=done))


def _next_try(recall: Recall, at: Instant, *, done: bool) -> Instant | None:
    """When it has to be tried again; None: it is done, or not worth it any more."""
    pauses = _ON_ITS_WAY if done else PAUSES
    if (done and not recall.on_its_way) or at - recall.since >= LONGEST:
        return None
    return at + pauses[min(recall.tries, len(pauses) - 1)]


async def _clear(channel: Clears, recall: Recall) -> bool:
    """Ask the channel; whether it has done it. Said once, not each time."""
    try:
        with listening(recall.tag, channel.loggers) as heard:
            async with asyncio.timeout(channel.patience):
                await channel.async_take_back(recall.tag, recall.references)
        failure = heard.lines[-1] if heard.lines else ""
    except Exception as error:  # noqa: BLE001 - a channel may raise anything
        failure = str(error) or type(error).__name__
    if failure:
        _LOGGER.log(
            logging.DEBUG if recall.tries else logging.INFO,
            "A message could not be taken back from %s: %s",
            channel.name,
            plain(failure),
        )
    return not failure
