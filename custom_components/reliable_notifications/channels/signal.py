"""A sign without words: a light that flashes, a siren, a scene or a script.

The last thing that works when no message gets through, or nobody listens. That a light
or a siren did what it was told is seen from its state; what a scene or script does is
not. What was before comes back afterwards. Must not signal twice at once: several
recipients of one message have the same lamp.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping
from dataclasses import replace
import logging
from typing import Any

from homeassistant.const import STATE_OFF, STATE_ON
from homeassistant.core import (
    Event,
    EventStateChangedData,
    HomeAssistant,
    State,
    callback,
)
from homeassistant.helpers.event import async_track_state_change_event
from homeassistant.helpers.state import async_reproduce_state
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN
from ..engine.vocabulary import AttemptResult, ChannelTraits, Evidence, Priority
from .interface import Channel, Choice, Envelope, Setting, SettingKind
from .parts.targets import (
    can,
    entity_choices,
    entity_hindrance,
    entity_id_of,
    is_known,
    is_local,
)

_LOGGER = logging.getLogger(__name__)

LIGHT, SIREN, SCENE, SCRIPT = "light", "siren", "scene", "script"
_DOMAINS = (LIGHT, SIREN, SCENE, SCRIPT)

# SirenEntityFeature; importing the platform for three numbers would load it
_TURN_ON, _TURN_OFF, _DURATION = 1, 2, 16

# Seconds that a sign lasts if nothing else is set: long enough to be looked for, short
# enough that nobody minds one that was not meant for them
SECONDS = 10.0

# Seconds of light and of dark: slow enough for lamps that dim, and far from the 3 to 30
# flashes a second that may trigger seizures (WCAG 2.3.1)
FLASH = 1.0

# Seconds in which a light or siren says that it is on: radio networks take one or two
SHOWS_WITHIN = 3.0

# Seconds in which a script may log that it has failed at once
LINGER = 1.0

_RANKS = tuple(Priority)

_RUNNING: HassKey[dict[str, _Sign]] = HassKey(f"{DOMAIN}_signs")


class Signal(Channel):
    """One light, siren, scene or script, kept by its registry id."""

    kind = "signal"
    # of a light or a siren that shows it
    best_evidence = Evidence.DELIVERED
    # to be told, and to show it; how long the sign lasts does not matter
    patience = SHOWS_WITHIN + 2.0
    replaces = False
    settings = (
        Setting(
            key="least_priority",
            kind=SettingKind.CHOICE,
            options=tuple(Priority),
            default=Priority.HIGH.value,
        ),
        Setting(
            key="seconds",
            kind=SettingKind.NUMBER,
            default=SECONDS,
            least=2,
            most=60,
            unit="s",
        ),
    )

    @classmethod
    def choices(cls, hass: HomeAssistant) -> list[Choice]:
        """What can give a sign, and be ended."""
        return entity_choices(hass, _DOMAINS, _ends)

    @classmethod
    def problem(cls, hass: HomeAssistant, target: str) -> str | None:
        """Whether it exists and can give a sign."""
        entity_id = entity_id_of(hass, target)
        if entity_id is None or not is_known(hass, entity_id):
            return "target_gone"
        state = hass.states.get(entity_id)
        fits = _domain(entity_id) in _DOMAINS and (state is None or _ends(state))
        return None if fits else "no_sign"

    @property
    def traits(self) -> ChannelTraits:
        """The declaration; scenes and scripts prove nothing."""
        entity_id = entity_id_of(self.hass, self.target)
        shows = _domain(entity_id) in (LIGHT, SIREN)
        return replace(
            super().traits,
            best_evidence=self.best_evidence if shows else Evidence.DISPATCHED,
            local=is_local(self.hass, entity_id),
        )

    @property
    def loggers(self) -> Mapping[str, int]:
        """Where a script says that it has failed; its call returns before."""
        return {f"homeassistant.components.{SCRIPT}": logging.ERROR}

    @property
    def linger(self) -> float:
        """A little, for a script that fails at once."""
        is_script = _domain(entity_id_of(self.hass, self.target)) == SCRIPT
        return LINGER if is_script else 0.0

    @property
    def hindrance(self) -> AttemptResult | None:
        """It is gone, or unavailable: a call would not say so."""
        return entity_hindrance(self.hass, entity_id_of(self.hass, self.target))

    async def async_send(self, envelope: Envelope) -> AttemptResult:
        """Give the sign, if the message is important enough for that."""
        least = Priority(self.filled_in.get("least_priority", Priority.HIGH))
        too_low = _RANKS.index(envelope.priority) > _RANKS.index(least)
        if too_low and not envelope.is_test:
            return AttemptResult(
                evidence=Evidence.REFUSED,
                detail=f"Only what is {least} or more is signalled without words",
            )
        if (hindrance := self.hindrance) is not None:
            return hindrance
        entity_id = entity_id_of(self.hass, self.target)
        assert entity_id is not None  # a hindrance otherwise
        if _domain(entity_id) not in (LIGHT, SIREN):
            return await self._start(entity_id, envelope)
        seconds = float(self.filled_in.get("seconds", SECONDS))
        if await _sign(self.hass, entity_id, seconds).shown():
            return AttemptResult(evidence=Evidence.DELIVERED, detail="It is on")
        return AttemptResult(
            evidence=Evidence.DISPATCHED, detail="It was told, and does not show it"
        )

    async def async_stop(self) -> None:
        """End a sign that is being given."""
        entity_id = entity_id_of(self.hass, self.target)
        sign = self.hass.data.get(_RUNNING, {}).get(entity_id or "")
        if sign is not None:
            await sign.end()

    async def _start(self, entity_id: str, envelope: Envelope) -> AttemptResult:
        """Start a scene or a script; a script gets the words, for it may have a use."""
        data: dict[str, object] = {"entity_id": entity_id}
        domain = _domain(entity_id)
        if domain == SCRIPT:
            data["variables"] = {
                "title": envelope.title,
                "message": envelope.message,
                "priority": envelope.priority.value,
            }
        await self.hass.services.async_call(domain, "turn_on", data, blocking=True)
        return AttemptResult(
            evidence=Evidence.DISPATCHED,
            detail="It was started; what it does is its own",
        )


class _Sign:
    """One sign that is being given, for all who want it meanwhile."""

    def __init__(self, hass: HomeAssistant, before: State, seconds: float) -> None:
        """Begin, and come back to how it was before."""
        self._hass = hass
        self._before = before
        self._entity_id = before.entity_id
        self._seconds = seconds
        self._shown: asyncio.Future[bool] = hass.loop.create_future()
        give = self._flash if before.domain == LIGHT else self._sound
        self._task = hass.async_create_background_task(
            give(), f"{DOMAIN} signals with {self._entity_id}", eager_start=False
        )
        self._task.add_done_callback(self._over)

    async def shown(self) -> bool:
        """Whether its state has followed. Raises what its platform raises at first."""
        return await asyncio.shield(self._shown)

    async def end(self) -> None:
        """Break it off; what was before comes back."""
        self._task.cancel()
        await asyncio.wait({self._task})

    async def _flash(self) -> None:
        """Light and dark in turns, beginning with what it is not."""
        light = self._before.state != STATE_ON
        try:
            for _ in range(max(2, round(self._seconds / FLASH))):
                await self._turn("turn_on" if light else "turn_off")
                await asyncio.sleep(FLASH)
                light = not light
        finally:
            before = self._before
            if before.state != STATE_ON:  # also one that did not know itself
                before = State(self._entity_id, STATE_OFF)
            await self._undo(async_reproduce_state(self._hass, before))

    async def _sound(self) -> None:
        """On, and off again, unless it was sounding for another reason."""
        can_time = can(self._before, _DURATION)
        duration = {"duration": round(self._seconds)} if can_time else {}
        try:
            await self._turn("turn_on", **duration)
            await asyncio.sleep(self._seconds)
        finally:
            if self._before.state != STATE_ON:
                await self._undo(self._call("turn_off"))

    async def _undo(self, work: Coroutine[Any, Any, None]) -> None:
        """Do it also when the sign is broken off."""
        await asyncio.shield(
            self._hass.async_create_background_task(
                work, f"{DOMAIN} ends the sign of {self._entity_id}"
            )
        )

    async def _turn(self, service: str, **data: object) -> None:
        """Tell it, and see the first time whether it follows."""
        wanted = STATE_ON if service == "turn_on" else STATE_OFF
        follows = asyncio.Event()

        @callback
        def look(_: Event[EventStateChangedData] | None = None) -> None:
            state = self._hass.states.get(self._entity_id)
            assumed = state is None or state.attributes.get("assumed_state")
            if state is not None and state.state == wanted and not assumed:
                follows.set()

        stop = async_track_state_change_event(self._hass, [self._entity_id], look)
        try:
            await self._call(service, **data)
            if not self._shown.done():
                look()
                self._shown.set_result(await _within(follows, SHOWS_WITHIN))
        finally:
            stop()

    async def _call(self, service: str, **data: object) -> None:
        await self._hass.services.async_call(
            self._before.domain,
            service,
            {"entity_id": self._entity_id, **data},
            blocking=True,
        )

    @callback
    def _over(self, task: asyncio.Task[None]) -> None:
        self._hass.data[_RUNNING].pop(self._entity_id, None)
        error = None if task.cancelled() else task.exception()
        if self._shown.done():
            if error is not None:
                _LOGGER.warning("The sign of %s broke off: %s", self._entity_id, error)
        elif error is not None:
            self._shown.set_exception(error)
        else:
            self._shown.set_result(False)


def _sign(hass: HomeAssistant, entity_id: str, seconds: float) -> _Sign:
    """The sign that is being given by this entity, else a new one."""
    running = hass.data.setdefault(_RUNNING, {})
    if entity_id not in running:
        before = hass.states.get(entity_id)
        assert before is not None  # it was looked at just now
        running[entity_id] = _Sign(hass, before, seconds)
    return running[entity_id]


def _ends(state: State) -> bool:
    """Whether it gives a sign that can be ended; a siren may be made for less."""
    if state.domain != SIREN:
        return True
    return can(state, _TURN_ON) and (can(state, _TURN_OFF) or can(state, _DURATION))


def _domain(entity_id: str | None) -> str:
    return (entity_id or "").partition(".")[0]


async def _within(event: asyncio.Event, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            return await event.wait()
    except TimeoutError:
        return False
