"""Takes messages back that are no longer true, wherever they may still be seen.

A message cannot be taken back everywhere, and one that stays does no harm: so each
channel is asked within its own patience, and what fails is only logged. What is on its
way yet is looked for again. Must not decide what is no longer true.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable, Mapping, Sequence
import logging
from typing import Any, ClassVar, Protocol

from homeassistant.core import HomeAssistant, callback

from .adapters.database import Database, StorageFailed
from .adapters.tagged import async_channels_with_tag, async_on_its_way

# Seconds after which a message that was on its way is looked for again: most arrive
# within a second, and a phone that is off for longer gets it later and keeps it.
PAUSES = (1.0, 5.0, 30.0)

_LOGGER = logging.getLogger(__name__)


class Clears(Protocol):
    """What is needed of a channel here."""

    name: str
    patience: ClassVar[float]

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
        self._database = database
        self._channels = channels

    @callback
    def async_withdraw(self, tag: str) -> None:
        """Begin to take back what carries this tag."""
        self._begin(self._withdraw(tag), tag)

    @callback
    def async_clear(self, channel_ids: Iterable[str], tag: str) -> None:
        """Begin to take it off these channels only."""
        self._begin(self._clear_some(channel_ids, tag), tag)

    def _begin(self, work: Coroutine[Any, Any, None], tag: str) -> None:
        task = self._hass.async_create_background_task(
            work, f"reliable_notifications takes {tag} back"
        )
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    @callback
    def async_stop(self) -> None:
        """Leave what is not taken back yet where it is."""
        for task in self._tasks:
            task.cancel()

    async def _withdraw(self, tag: str) -> None:
        try:
            for pause in PAUSES:
                on_its_way = await async_on_its_way(self._database, tag)
                await self._clear_all(tag)
                if not on_its_way:
                    return
                await asyncio.sleep(pause)
            await self._clear_all(tag)
        except StorageFailed as failure:
            _LOGGER.warning("A message could not be taken back: %s", failure)

    async def _clear_all(self, tag: str) -> None:
        await self._clear(await async_channels_with_tag(self._database, tag), tag)

    async def _clear_some(self, channel_ids: Iterable[str], tag: str) -> None:
        wanted = set(channel_ids)
        try:
            found = await async_channels_with_tag(self._database, tag)
        except StorageFailed:
            found = {}  # most channels know a message by its tag
        await self._clear({each: found.get(each, ()) for each in wanted}, tag)

    async def _clear(self, references: Mapping[str, Sequence[str]], tag: str) -> None:
        channels = [
            (self._channels[each], ids)
            for each, ids in references.items()
            if each in self._channels
        ]
        await asyncio.gather(*(_clear(channel, tag, ids) for channel, ids in channels))


async def _clear(channel: Clears, tag: str, references: Sequence[str]) -> None:
    try:
        async with asyncio.timeout(channel.patience):
            await channel.async_take_back(tag, references)
    except Exception as error:  # noqa: BLE001 - a channel may raise anything
        _LOGGER.info(
            "A message could not be taken back from %s: %s",
            channel.name,
            str(error) or type(error).__name__,
        )
