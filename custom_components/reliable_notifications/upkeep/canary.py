"""Looks once a day whether each channel could take a message, without sending one.

What a channel is made of may vanish unnoticed between two messages: a phone is removed,
a login runs out, a server changes its name. The look costs nothing and disturbs nobody;
what it finds counts like the answer of a call. Must never reach a person.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
import logging
from typing import Any, Protocol

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.event import async_call_later, async_track_time_interval
from homeassistant.helpers.translation import async_get_translations
from homeassistant.util import dt as dt_util

from ..adapters.health import Health
from ..const import DOMAIN
from ..engine.vocabulary import AttemptResult, Evidence, Trouble

_LOGGER = logging.getLogger(__name__)

# A login that runs out is found out within a day, which is what the reference asks for
# (delivery 5.11)
EVERY = timedelta(days=1)

# Seconds after the start until the first look: other integrations are loaded by then
FIRST = 300.0

# Seconds for one channel; a service that needs longer would not take a message either
PATIENCE = 30.0

# What a form says that is not about its own fields, and what follows from it; of
# everything else it is the channel's settings that have to be changed
_MEANS: Mapping[str, tuple[Evidence, Trouble]] = {
    "aws_keys_refused": (Evidence.REFUSED, Trouble.LOGIN),
    "aws_stopped": (Evidence.REFUSED, Trouble.BLOCKED),
    "ses_sender_unverified": (Evidence.REFUSED, Trouble.BLOCKED),
    # it could not ask: that passes by itself
    "aws_unreachable": (Evidence.UNREACHABLE, Trouble.OUTAGE),
}
_SETTINGS = (Evidence.REFUSED, Trouble.SETTINGS)


class Looked(Protocol):
    """What is needed of a channel here."""

    target: str
    filled_in: Mapping[str, Any]

    @property
    def hindrance(self) -> AttemptResult | None:
        """Why it could not take a message now."""

    def problem(self, hass: HomeAssistant, target: str) -> str | None:
        """What is wrong with its target: a translation key."""

    async def async_check(
        self, hass: HomeAssistant, target: str, filled_in: Mapping[str, Any]
    ) -> Mapping[str, str]:
        """What is wrong with its settings: translation keys by the setting."""


class Canary:
    """Looks at all channels, one after the other."""

    def __init__(
        self,
        hass: HomeAssistant,
        channels: Mapping[str, Looked],
        health: Health,
        also: Callable[[str], Awaitable[None]],
    ) -> None:
        """Remember the channels; `health` hears what was found.

        `also` is done with each that could take a message, by its id.
        """
        self._also = also
        self._hass = hass
        self._channels = channels
        self._health = health
        self._found: set[str] = set()
        self._looking: asyncio.Task[None] | None = None
        self._unhook: list[CALLBACK_TYPE] = []

    @callback
    def async_start(self) -> None:
        """Look a little later, and from then on each day."""
        self._unhook = [
            async_call_later(self._hass, FIRST, self._begin),
            async_track_time_interval(
                self._hass, self._begin, EVERY, name=f"{DOMAIN} canary"
            ),
        ]

    @callback
    def async_stop(self) -> None:
        """Look no more."""
        while self._unhook:
            self._unhook.pop()()
        if self._looking is not None:
            self._looking.cancel()

    @callback
    def _begin(self, _: datetime) -> None:
        if self._looking is None or self._looking.done():
            self._looking = self._hass.async_create_background_task(
                self.async_look(), f"{DOMAIN} looks at its channels"
            )

    async def async_look(self) -> None:
        """Look at every channel once."""
        for channel_id, channel in self._channels.items():
            at = dt_util.utcnow().timestamp()
            trouble = await self._trouble(channel)
            now = dt_util.utcnow().timestamp()
            if trouble is not None:
                self._found.add(channel_id)
                self._health.heard(channel_id, trouble, at, now)
            elif channel_id in self._found:
                # only what was found here is over with that: a look is no message
                self._found.discard(channel_id)
                self._health.heard(channel_id, _FINE, at, now)
            if trouble is None:
                await self._do_also(channel_id)

    async def _do_also(self, channel_id: str) -> None:
        """It takes messages all the same if this does not come off; then tomorrow."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self._also(channel_id)
        except (TimeoutError, HomeAssistantError) as error:
            _LOGGER.info("Who is not reached any more was not told: %s", error)

    async def _trouble(self, channel: Looked) -> AttemptResult | None:
        """What keeps a channel from taking a message, as far as that can be seen."""
        if (problem := channel.problem(self._hass, channel.target)) is not None:
            return await self._said(problem, Evidence.REFUSED, Trouble.MISSING)
        if (obstacle := channel.hindrance) is not None:
            return replace(obstacle, trouble=Trouble.OUTAGE)
        try:
            async with asyncio.timeout(PATIENCE):
                found = await channel.async_check(
                    self._hass, channel.target, channel.filled_in
                )
        except TimeoutError:
            return AttemptResult(
                evidence=Evidence.UNREACHABLE,
                detail=f"The service did not answer within {PATIENCE:.0f} s",
                trouble=Trouble.OUTAGE,
            )
        for key in found.values():
            return await self._said(key, *_MEANS.get(key, _SETTINGS))
        return None

    async def _said(
        self, key: str, evidence: Evidence, trouble: Trouble
    ) -> AttemptResult:
        """In the words of the form, which asks the same."""
        texts = await async_get_translations(
            self._hass, self._hass.config.language, "config_subentries", [DOMAIN]
        )
        path = f"component.{DOMAIN}.config_subentries.channel.error.{key}"
        detail = texts.get(path, key).rstrip(".")
        return AttemptResult(evidence=evidence, detail=detail, trouble=trouble)


_FINE = AttemptResult(evidence=Evidence.DISPATCHED, detail="It could take a message")
