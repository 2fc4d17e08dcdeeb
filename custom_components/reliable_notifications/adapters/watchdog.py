"""Looks whether what works in the background gets on, and replaces what does not.

The same piece of unfinished work for too many looks means that its worker hangs; a
worker that has died leaves work that nobody does. What was replaced is said. Must not
decide about messages: whoever is replaced begins again from the stored rows.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
import logging
import sqlite3
from typing import Any, Protocol

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.util import dt as dt_util

from ..const import RESTARTED
from ..engine.vocabulary import Instant
from .database import Database, StorageFailed

_LOGGER = logging.getLogger(__name__)

# A disk that keeps a piece of work for two looks is not slow but stuck: memory cards
# stop for seconds, not for tens of them. An urgent message waits no longer than this.
LOOK_EVERY = timedelta(seconds=10)

# So many looks at the courier are held against each other: a channel may take half a
# minute (a speaker that plays to the end), so messages that are due and stand still are
# suspicious only after a whole one in which nothing else got on either
_LOOKS_COMPARED = 7

# Seconds after which the courier counts as not looked after: the work of whoever has
# not been seen to get on for a minute proves nothing (delivery reference 5.12)
TICK_LIMIT = 60.0

# Seconds for reading what the courier should be doing: half the pause between two
# looks, so that a storage that hangs cannot hold up the look that finds it out
READ_PATIENCE = 5.0

# Seconds for replacing a worker; the courier drains for five
_PATIENCE = 30.0

# So many replacements within this time are no accident any more
REPEATED = 3
WITHIN = 3600.0

type Say = Callable[[str, Mapping[str, Any]], None]


class Worker(Protocol):
    """What is needed of the courier."""

    @property
    def is_running(self) -> bool:
        """Whether it should be at work."""

    @property
    def open_count(self) -> int:
        """How many intents it carries."""

    async def start(self) -> None:
        """Carry what is open."""

    async def stop(self) -> None:
        """Put everything down."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """The courier's work at one look."""

    open: int
    carried: int
    # what should be under way at this moment, exactly as it stands
    due: frozenset[tuple[Any, ...]]
    calls: tuple[int, int]

    @property
    def unseen(self) -> int:
        """How many open intents the courier does not carry."""
        return self.open - self.carried


class Watchdog:
    """Looks after the storage and the courier."""

    def __init__(
        self, hass: HomeAssistant, database: Database, courier: Worker, say: Say
    ) -> None:
        """Prepare; `say` spreads the word of a replacement."""
        self._hass = hass
        self._database = database
        self._courier = courier
        self._say = say
        self._stop: CALLBACK_TYPE | None = None
        self._looking: asyncio.Task[None] | None = None
        self._storage_work: frozenset[str] = frozenset()
        self._seen: deque[_Seen] = deque(maxlen=_LOOKS_COMPARED)
        self._well_at: Instant | None = None
        self._replaced: deque[tuple[Instant, str]] = deque(maxlen=REPEATED)

    @callback
    def async_start(self) -> None:
        """Look from now on."""
        self._stop = async_track_time_interval(
            self._hass,
            self._look,
            LOOK_EVERY,
            name="reliable_notifications watchdog",
            cancel_on_shutdown=True,
        )

    async def async_stop(self) -> None:
        """Look no more; a replacement that is going on is finished."""
        if self._stop is not None:
            self._stop()
            self._stop = None
        if self._looking is not None:
            await asyncio.wait([self._looking], timeout=_PATIENCE)

    def repeated(self, now: Instant) -> str | None:
        """What had to be replaced last, if that happens again and again."""
        while self._replaced and not 0 <= now - self._replaced[0][0] < WITHIN:
            self._replaced.popleft()
        return self._replaced[-1][1] if len(self._replaced) >= REPEATED else None

    async def async_verdict(self) -> str | None:
        """What is wrong with the courier, or None: it was lately seen to get on.

        Looks anew if that is long ago, as after a jump of the clock.
        """
        if not self._is_seen:
            self._look(None)
            if self._looking is not None:
                await asyncio.wait([self._looking], timeout=READ_PATIENCE)
        if self._is_seen:
            return None
        return "nobody has seen the courier get on for a minute"

    @property
    def _is_seen(self) -> bool:
        if self._well_at is None:
            return False
        return 0 <= dt_util.utcnow().timestamp() - self._well_at < TICK_LIMIT

    @callback
    def _look(self, _: object) -> None:
        if self._looking is None or self._looking.done():
            self._looking = self._hass.async_create_background_task(
                self.async_look(), "reliable_notifications watchdog looks"
            )

    async def async_look(self) -> None:
        """Look once at everything."""
        await self._look_at_storage()
        await self._look_at_courier()

    async def _look_at_storage(self) -> None:
        before, self._storage_work = self._storage_work, self._database.under_way
        if not self._database.is_alive:
            trouble = "it has died"
        elif before & self._storage_work:
            trouble = "it hangs"
        else:
            return
        self._storage_work = frozenset()
        await self._replace("storage", trouble, self._database.rescue())

    async def _look_at_courier(self) -> None:
        if not self._courier.is_running:
            self._seen.clear()
            return  # it is being stopped, or was never started
        try:
            async with asyncio.timeout(READ_PATIENCE):
                seen = await self._what_it_does()
        except (TimeoutError, StorageFailed):
            self._seen.clear()
            return  # that is the storage's trouble
        trouble = _trouble(self._seen, seen)
        self._seen.append(seen)
        if trouble is None:
            self._well_at = dt_util.utcnow().timestamp()
            return
        self._seen.clear()
        await self._replace("courier", trouble, self._restart_courier())

    async def _what_it_does(self) -> _Seen:
        now = dt_util.utcnow().timestamp()
        found = await self._database.read(lambda connection: _read(connection, now))
        return _Seen(
            open=found[0],
            carried=self._courier.open_count,
            due=found[1],
            calls=found[2],
        )

    async def _restart_courier(self) -> None:
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._courier.stop()
        except TimeoutError:
            _LOGGER.warning("The courier could not be stopped; another takes over")
        await self._courier.start()

    async def _replace(self, part: str, trouble: str, work: Any) -> None:
        now = dt_util.utcnow().timestamp()
        # where it goes on and on the repair hint says so, and the log need not
        level = logging.DEBUG if self.repeated(now) else logging.ERROR
        self._replaced.append((now, part))
        _LOGGER.log(
            level, "The %s does not get on (%s): it is started again", part, trouble
        )
        try:
            await work
        except StorageFailed as failure:
            _LOGGER.log(level, "The %s could not be started again: %s", part, failure)
        self._say(RESTARTED, {"part": part, "reason": trouble})


def _read(
    connection: sqlite3.Connection, now: Instant
) -> tuple[int, frozenset[tuple[Any, ...]], tuple[int, int]]:
    """What is open, what of it should be under way, and how many calls there were."""
    rows = connection.execute(
        "SELECT id, state, attempts, wake_at FROM intent WHERE finished_at IS NULL"
    ).fetchall()
    due = frozenset(
        tuple(row)
        for row in rows
        if row["state"] in ("queued", "sending")
        or (row["wake_at"] is not None and row["wake_at"] <= now)
    )
    if not due:
        return len(rows), due, (0, 0)
    (begun, ended) = connection.execute(
        "SELECT count(*), count(ended_at) FROM attempt WHERE started_at > ?",
        (now - WITHIN,),
    ).fetchone()
    return len(rows), due, (begun, ended)


def _trouble(before: Sequence[_Seen], now: _Seen) -> str | None:
    """What the latest looks say together."""
    if not before:
        return None
    last, first = before[-1], before[0]
    if last.due & now.due and min(last.unseen, now.unseen) > 0:
        return "it has lost sight of messages"
    if len(before) < _LOOKS_COMPARED or not first.due & now.due:
        return None
    return "messages are due and none gets on" if first.calls == now.calls else None
