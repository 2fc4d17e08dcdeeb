"""A voice satellite (`assist_satellite`): says it, and hears whether it was understood.

Its call returns once the words were played, which is the best proof that a speaker can
give. A message that asks for an answer is put as a question where this Home Assistant
can ask: a *yes* acknowledges it. Must not cut anybody off who is talking to the
satellite, except for what is urgent, and must not keep what people say.
"""

from __future__ import annotations

import asyncio
from asyncio import sleep
from collections.abc import Awaitable, Callable
from typing import Any

from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.event import async_track_state_change_event
from homeassistant.util.hass_dict import HassKey

from ..compat import can_ask_aloud, is_no_answer
from ..const import DOMAIN
from ..engine.content.spoken_answers import NO, YES, question
from ..engine.vocabulary import AttemptResult, Evidence, Priority, Shape
from .interface import Channel, Choice, Envelope
from .parts.loudness import LOUDNESS, MEDIA_PLAYER, Loudness
from .parts.speech import LIMITS, seconds_to_say, spoken
from .parts.targets import (
    can,
    device_of,
    entities_of_device,
    entity_choices,
    entity_hindrance,
    entity_id_of,
    features,
    is_known,
    room_of_entity,
)

SATELLITE = "assist_satellite"

# AssistSatelliteEntityFeature; importing the platform for two numbers would load it
_ANNOUNCE = 1
_START_CONVERSATION = 2

# Seconds between the tries while it is busy, and how many there are (delivery
# reference, edge 14): an exchange with it is over within ten seconds, or is a long one
BUSY_PAUSE = 3.0
BUSY_TRIES = 3

# Seconds that a person gets to answer once the question was said; satellites stop
# listening by themselves after about 15
ANSWER_TIME = 20.0

# Tells the rest of us that a person has answered aloud: intent, evidence
type Heard = Callable[[str, Evidence], Awaitable[None]]
HEARD: HassKey[Heard] = HassKey(f"{DOMAIN}_heard_aloud")


class Satellite(Channel):
    """One satellite, kept by its registry id."""

    kind = "satellite"
    shape = Shape.SPEECH
    local = True
    limits = LIMITS
    # the call returns when the words were played
    best_evidence = Evidence.DELIVERED
    # 30 s to say it and be answered (delivery reference 5.3), and the tries while busy
    patience = 30.0 + BUSY_PAUSE * BUSY_TRIES
    replaces = False
    settings = LOUDNESS

    @classmethod
    def choices(cls, hass: HomeAssistant) -> list[Choice]:
        """The satellites that can be made to speak."""
        return entity_choices(hass, (SATELLITE,), lambda state: can(state, _ANNOUNCE))

    @classmethod
    def problem(cls, hass: HomeAssistant, target: str) -> str | None:
        """Whether it exists and can be made to speak."""
        entity_id = entity_id_of(hass, target)
        if entity_id is None or not is_known(hass, entity_id):
            return "target_gone"
        if not entity_id.startswith(f"{SATELLITE}."):
            return "target_gone"
        state = hass.states.get(entity_id)
        return None if state is None or can(state, _ANNOUNCE) else "cannot_speak"

    @property
    def room(self) -> str | None:
        """Where it stands."""
        return room_of_entity(self.hass, entity_id_of(self.hass, self.target))

    @property
    def hindrance(self) -> AttemptResult | None:
        """It is gone, or unavailable."""
        return entity_hindrance(self.hass, entity_id_of(self.hass, self.target))

    async def async_send(self, envelope: Envelope) -> AttemptResult:
        """Say it once nobody is talking to it."""
        if (hindrance := self.hindrance) is not None:
            return hindrance
        entity_id = entity_id_of(self.hass, self.target)
        assert entity_id is not None  # a hindrance otherwise
        loudness = Loudness(
            self.hass, self._player(entity_id), self.filled_in, envelope.priority
        )
        if (silence := loudness.silence()) is not None:
            return silence
        for remaining in reversed(range(BUSY_TRIES + 1)):
            if not self._is_in_use(entity_id, envelope.priority):
                try:
                    return await self._say(entity_id, envelope, loudness)
                except _busy():
                    pass
            if remaining:
                await sleep(BUSY_PAUSE)
        return AttemptResult(
            evidence=Evidence.UNREACHABLE,
            detail=f"Somebody has been talking to it for {BUSY_PAUSE * BUSY_TRIES:g} s",
        )

    async def _say(
        self, entity_id: str, envelope: Envelope, loudness: Loudness
    ) -> AttemptResult:
        words = spoken(envelope)
        await loudness.take()
        try:
            if (
                envelope.acknowledge
                and can_ask_aloud(self.hass)
                and features(self.hass, entity_id) & _START_CONVERSATION
            ):
                return await self._ask(entity_id, words, envelope)
            data = {"entity_id": entity_id, "message": words}
            await self.hass.services.async_call(
                SATELLITE, "announce", data, blocking=True
            )
        finally:
            await loudness.give_back()
        return AttemptResult(evidence=Evidence.DELIVERED, detail="It was played")

    async def _ask(
        self, entity_id: str, words: str, envelope: Envelope
    ) -> AttemptResult:
        """Put it as a question; only a yes acknowledges it."""
        asking = question(envelope.language or self.hass.config.language)
        words = f"{words if words[-1:] in '.!?' else f'{words}.'} {asking.words}"
        data = {
            "entity_id": entity_id,
            "question": words,
            "answers": [
                {"id": YES, "sentences": list(asking.yes)},
                {"id": NO, "sentences": list(asking.no)},
            ],
        }
        played = _Played(self.hass, entity_id)
        try:
            async with asyncio.timeout(seconds_to_say(words) + ANSWER_TIME):
                answer: Any = await self.hass.services.async_call(
                    SATELLITE, "ask_question", data, blocking=True, return_response=True
                )
        except HomeAssistantError as error:
            if not is_no_answer(error):
                raise
            return _nobody_answered()
        except TimeoutError:
            if not played.seen:
                raise
            return _nobody_answered()
        finally:
            played.stop()
        if answer["id"] != YES:
            return AttemptResult(
                evidence=Evidence.SEEN, detail="Somebody answered, but not with yes"
            )
        if (heard := self.hass.data.get(HEARD)) is not None:
            await heard(envelope.intent_id, Evidence.ACKNOWLEDGED)
        return AttemptResult(evidence=Evidence.ACKNOWLEDGED, detail="Somebody said yes")

    def _is_in_use(self, entity_id: str, priority: Priority) -> bool:
        """Whether somebody is talking to it: an announcement would cut them off."""
        state = self.hass.states.get(entity_id)
        idle = state is None or state.state in ("idle", "unknown")
        return not idle and priority is not Priority.URGENT

    def _player(self, entity_id: str) -> str | None:
        """The media player of the same device, which has the volume."""
        device_id = device_of(self.hass, entity_id)
        return next(iter(entities_of_device(self.hass, device_id, MEDIA_PLAYER)), None)


class _Played:
    """Whether a satellite has begun to listen, which it does once it has spoken."""

    def __init__(self, hass: HomeAssistant, entity_id: str) -> None:
        self.seen = False
        self.stop = async_track_state_change_event(hass, [entity_id], self._changed)

    @callback
    def _changed(self, event: Event[EventStateChangedData]) -> None:
        state = event.data["new_state"]
        self.seen |= state is not None and state.state == "listening"


def _nobody_answered() -> AttemptResult:
    return AttemptResult(
        evidence=Evidence.DELIVERED, detail="It was played; nobody answered"
    )


def _busy() -> type[HomeAssistantError]:
    # imported here: the platform pulls in the voice pipeline, which only those pay for
    # who have it
    from homeassistant.components.assist_satellite import SatelliteBusyError

    return SatelliteBusyError
