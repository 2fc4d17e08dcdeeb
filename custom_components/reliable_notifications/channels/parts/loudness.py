"""How loud something is spoken: the volume of a player, changed for a while.

What was before comes back afterwards, also when the speech failed or was broken off, or
when we died meanwhile, but not over the hand of somebody who has turned it since. A
player that is muted is not heard: that is said instead of calling it. Must not know
what is spoken.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
import logging
from typing import Any

from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.start import async_at_started
from homeassistant.util import dt as dt_util

from ...const import DOMAIN
from ...engine.vocabulary import AttemptResult, Evidence, Priority
from ..interface import Setting, SettingKind
from .targets import features
from .volumes import Before, async_keep, async_left_over, changed_on

_LOGGER = logging.getLogger(__name__)

MEDIA_PLAYER = "media_player"

# MediaPlayerEntityFeature; importing the platform for two numbers would load it
_VOLUME_SET = 4
_VOLUME_MUTE = 8

# Players count their volume in steps, the finest in hundredths
_SAME = 0.015

# Seconds that a player gets to change its volume; it is not worth more delay
_PATIENCE = 2.0

# When nothing else is set, night is when the quiet hours of most households are
NIGHT_FROM, NIGHT_TO = 22, 7

# What can be set for everything that speaks
LOUDNESS = (
    Setting(key="volume", kind=SettingKind.NUMBER, required=False, least=1, unit="%"),
    Setting(
        key="night_volume", kind=SettingKind.NUMBER, required=False, least=1, unit="%"
    ),
    Setting(
        key="night_from",
        kind=SettingKind.NUMBER,
        required=False,
        default=NIGHT_FROM,
        most=23,
        unit="h",
    ),
    Setting(
        key="night_to",
        kind=SettingKind.NUMBER,
        required=False,
        default=NIGHT_TO,
        most=23,
        unit="h",
    ),
)


def wanted_level(settings: Mapping[str, Any], priority: Priority) -> float | None:
    """The volume, 0 to 1, that a person has set for now; None: as it is.

    An urgent message is as loud at night as by day.
    """
    night = settings.get("night_volume")
    if night is not None and priority is not Priority.URGENT and is_night(settings):
        return float(night) / 100
    volume = settings.get("volume")
    return None if volume is None else float(volume) / 100


def is_night(settings: Mapping[str, Any]) -> bool:
    """By the wall clock of the household; the hours may lie across midnight."""
    begin = int(settings.get("night_from", NIGHT_FROM))
    end = int(settings.get("night_to", NIGHT_TO))
    hour = dt_util.now().hour
    return begin <= hour < end if begin <= end else hour >= begin or hour < end


async def async_put_back_left_over(hass: HomeAssistant) -> None:
    """Once Home Assistant has started, put back what a death in mid-speech has left."""
    left = await async_left_over(hass)

    async def put_back(hass: HomeAssistant) -> None:
        for player in left:
            await Loudness(hass, player, {}, Priority.LOW).put_back_left_over()

    if left:
        async_at_started(hass, put_back)


class Loudness:
    """The volume of one player during one speech."""

    def __init__(
        self,
        hass: HomeAssistant,
        player: str | None,
        settings: Mapping[str, Any],
        priority: Priority,
    ) -> None:
        """Change nothing yet; without a player there is nothing to change."""
        self._hass = hass
        self._player = player
        self._level = wanted_level(settings, priority)
        self._urgent = priority is Priority.URGENT
        self._taken = False

    def silence(self) -> AttemptResult | None:
        """Why nobody would hear it, if so. Urgent messages take the mute off."""
        state = self._hass.states.get(self._player) if self._player else None
        if state is None or self._urgent:
            return None
        if state.attributes.get("is_volume_muted"):
            detail = "The player is muted"
        elif state.attributes.get("volume_level") == 0 and not self._level:
            detail = "The player's volume is at zero"
        else:
            return None
        return AttemptResult(evidence=Evidence.REFUSED, detail=detail)

    async def take(self) -> None:
        """Make it as loud as wanted. What the player refuses leaves it as it is."""
        state = self._hass.states.get(self._player) if self._player else None
        if self._player is None or state is None:
            return
        changed = changed_on(self._hass)
        before = changed.get(self._player)
        if before is None:
            level = state.attributes.get("volume_level")
            before = changed[self._player] = Before(
                level=float(level) if isinstance(level, int | float) else None,
                muted=state.attributes.get("is_volume_muted") is True,
            )
        before.users += 1
        self._taken = True
        await self._change(before)

    async def _change(self, before: Before) -> None:
        """Store what is going to be changed, then change it."""
        unmutes = before.muted and self._urgent and not before.unmuted
        sets = before.level is not None and (
            before.set_to is not None or self._differs(before.level)
        )
        set_to, unmuted = before.set_to, before.unmuted
        if sets and self._level is not None:
            before.set_to = self._level
        before.unmuted |= unmutes
        if (before.set_to, before.unmuted) == (set_to, unmuted):
            return
        await async_keep(self._hass)
        if unmutes:
            before.unmuted = await self._call(
                "volume_mute", _VOLUME_MUTE, is_volume_muted=False
            )
        if before.set_to != set_to and not await self._call(
            "volume_set", _VOLUME_SET, volume_level=before.set_to
        ):
            before.set_to = set_to

    def _differs(self, level: float) -> bool:
        return self._level is not None and abs(level - self._level) >= _SAME

    async def give_back(self) -> None:
        """Put it back as it was; goes on even when the caller is broken off."""
        await asyncio.shield(
            self._hass.async_create_background_task(
                self._give_back(), f"{DOMAIN} restores {self._player}"
            )
        )

    @callback
    def give_back_after(self, seconds: float) -> None:
        """The same once a speech is over of whose end nobody tells; returns at once."""
        self._hass.async_create_background_task(
            self._wait_and_give_back(seconds), f"{DOMAIN} restores {self._player}"
        )

    async def _wait_and_give_back(self, seconds: float) -> None:
        try:
            await asyncio.sleep(seconds)
        finally:  # also when Home Assistant stops in the middle of it
            await self._give_back()

    async def _give_back(self) -> None:
        if not self._taken or self._player is None:
            return
        self._taken = False
        before = changed_on(self._hass)[self._player]
        before.users -= 1
        if before.users:
            return  # somebody else is speaking yet
        await self._put_back(before)

    async def put_back_left_over(self) -> None:
        """What a death in mid-speech has left; a player that is away has it later."""
        assert self._player is not None
        state = self._hass.states.get(self._player)
        before = changed_on(self._hass).get(self._player)
        if before is None or before.users:
            return  # a speech that has begun since gives it back
        if state is not None and state.state != STATE_UNAVAILABLE:
            await self._put_back(before)

    async def _put_back(self, before: Before) -> None:
        assert self._player is not None
        del changed_on(self._hass)[self._player]
        if before.set_to is None and not before.unmuted:
            return
        if before.set_to is not None and self._is_as_left(before):
            await self._call("volume_set", _VOLUME_SET, volume_level=before.level)
        if before.unmuted:
            await self._call("volume_mute", _VOLUME_MUTE, is_volume_muted=True)
        await async_keep(self._hass)

    def _is_as_left(self, before: Before) -> bool:
        """Whether nobody has turned it since; a player may tell its volume late."""
        state = self._hass.states.get(self._player or "")
        level = state.attributes.get("volume_level") if state else None
        if not isinstance(level, int | float):
            return True
        return any(
            known is not None and abs(level - known) < _SAME
            for known in (before.set_to, before.level)
        )

    async def _call(self, service: str, feature: int, **data: object) -> bool:
        """Ask the player, if it can do that. Returns whether it did.

        What a platform raises here must not become the fate of the message.
        """
        assert self._player is not None  # asked by every caller
        if not features(self._hass, self._player) & feature:
            return False
        data = {"entity_id": self._player, **data}
        call = self._hass.async_create_background_task(
            self._hass.services.async_call(MEDIA_PLAYER, service, data, blocking=True),
            f"{DOMAIN} changes the volume of {self._player}",
        )
        await asyncio.wait({call}, timeout=_PATIENCE)
        if call.done() and not call.cancelled() and (error := call.exception()):
            _LOGGER.warning(
                "The volume of %s could not be changed: %s", self._player, error
            )
            return False
        return True
