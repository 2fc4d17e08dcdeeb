"""Has people told of lasting trouble, once, and takes it back when it is over.

The sources say what is wrong now; whom that concerns, how loudly and when is for the
catalogue and the router to say, as of any event. Must not find trouble itself, nor mend
it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
import logging
from typing import Protocol

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from ..adapters.told_before import ToldBefore
from ..adapters.told_concerns import ToldConcerns
from ..decisions.switchboard import Switchboard
from ..engine.vocabulary import Event, Instant, Priority, Scalar

_LOGGER = logging.getLogger(__name__)

# What is told to those who were told before, when it is over; of others the message is
# taken back
ALL_CLEAR: Mapping[str, str] = {"channel_down": "channel_restored"}

# What stays where it is when it is over: the finish of the same cycle takes its place
_STAYS = frozenset({"overrunning"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """Something that is wrong: the event that tells of it, and what it is about.

    One that is not `is_sure` is not told, and not over either: nobody knows.
    """

    key: str
    incident: str
    source: str | None = None
    facts: Mapping[str, Scalar] = field(default_factory=dict)
    is_sure: bool = True


type Source = Callable[[Instant], Iterable[Concern]]


class Teller(Protocol):
    """What is needed of the pipeline."""

    async def async_say(self, event: Event, /) -> object:
        """Tell an event. Raises HomeAssistantError."""

    async def async_resolve(self, about: str, all_clear: str | Event, /) -> object:
        """Close an incident. Raises HomeAssistantError."""


class Concerns:
    """Compares what is wrong with what was told."""

    def __init__(
        self,
        hass: HomeAssistant,
        sources: Iterable[Source],
        log: ToldConcerns,
        switchboard: Switchboard,
        told_before: ToldBefore,
        teller: Teller,
    ) -> None:
        """Nothing was told yet."""
        self._hass = hass
        self._sources = tuple(sources)
        self._log = log
        self._switchboard = switchboard
        self._told_before = told_before
        self._teller = teller
        self._told: dict[tuple[str, str], Mapping[str, Scalar]] = {}
        self._stop: CALLBACK_TYPE | None = None
        self._look: asyncio.Task[None] | None = None

    async def async_start(
        self, listen: Callable[[CALLBACK_TYPE], CALLBACK_TYPE]
    ) -> None:
        """Take up what an earlier run has told; look whenever there is news."""
        self._told = {
            (key, incident): facts
            for key, incident, facts in await self._log.async_load()
        }
        self._stop = listen(self.async_look)

    @callback
    def async_stop(self) -> None:
        """Look no more."""
        if self._stop is not None:
            self._stop()
            self._stop = None
        if self._look is not None:
            self._look.cancel()

    @callback
    def async_look(self) -> None:
        """Look at everything, unless that is being done."""
        if self._look is None or self._look.done():
            self._look = self._hass.async_create_task(
                self._async_look(), "reliable_notifications looks for trouble"
            )

    async def _async_look(self) -> None:
        now = dt_util.utcnow().timestamp()
        found = {
            (concern.key, concern.incident): concern
            for source in self._sources
            for concern in source(now)
        }
        changed = False
        for about, concern in found.items():
            if concern.is_sure and about not in self._told:
                changed |= await self._tell(concern, now)
        for about in self._told.keys() - found.keys():
            changed |= await self._end(*about, now)
        if changed:
            await self._log.async_save(
                (*about, facts) for about, facts in self._told.items()
            )

    async def _tell(self, concern: Concern, now: Instant) -> bool:
        """Tell it; what something greater explains is told once that is over."""
        event = self._event(concern.key, concern.facts, now, concern)
        if self._told_before.inhibitor(event, now) is not None:
            return False
        try:
            await self._teller.async_say(event)
        except HomeAssistantError as error:  # it is tried again with the next look
            _LOGGER.info("That %s could not be told: %s", concern.key, error)
            return False
        self._told[concern.key, concern.incident] = concern.facts
        return True

    async def _end(self, key: str, incident: str, now: Instant) -> bool:
        all_clear: str | Event = ""
        if (clear := ALL_CLEAR.get(key)) is not None:
            all_clear = self._event(clear, self._told[key, incident], now)
        try:
            if key not in _STAYS:
                await self._teller.async_resolve(incident, all_clear)
        except HomeAssistantError as error:
            _LOGGER.info("That %s is over could not be told: %s", key, error)
            return False
        del self._told[key, incident]
        return True

    def _event(
        self,
        key: str,
        facts: Mapping[str, Scalar],
        now: Instant,
        concern: Concern | None = None,
    ) -> Event:
        event = Event(
            key=key,
            at=now,
            title="",
            message="",
            priority=Priority.MEDIUM,
            source=None if concern is None else concern.source,
            incident=None if concern is None else concern.incident,
            data=facts,
        )
        return self._switchboard.as_listed(event)
