"""An Echo, through the custom integration `alexa_media` (Alexa Media Player).

Its notify action starts what it does and returns, and passes over an Echo that is not
available without a word: that is looked at first, and its log is listened to for a
while. So its word proves nothing. Must not be offered where the integration of Home
Assistant itself (`alexa_devices`) is meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from homeassistant.const import STATE_ON
from homeassistant.core import HomeAssistant

from ..engine.vocabulary import AttemptResult, Evidence, Priority, Shape
from .interface import (
    Channel,
    Choice,
    Envelope,
)
from .parts.echo import ANNOUNCE, ECHO_SETTINGS, SPEAK, manner_wanted, words_for
from .parts.loudness import MEDIA_PLAYER, Loudness
from .parts.platforms import loggers_of
from .parts.speech import LIMITS, seconds_to_say, spoken
from .parts.targets import (
    device_of,
    entities_of_device,
    entity_choices,
    entity_hindrance,
    entity_id_of,
    platform_of,
    room_of_entity,
)

ALEXA_MEDIA = "alexa_media"
NOTIFY = "notify"

# What the integration calls the manners
_TYPES = {ANNOUNCE: "announce", SPEAK: "tts"}

# The end of the unique id of the switch, as it is and as it may become
_DO_NOT_DISTURB = ("do not disturb", "do_not_disturb", "dnd")

# Seconds in which it may yet log a failure: it gathers for 1.5 (its queue delay) and
# its library waits for Amazon's answer, which is there within two or is none
LINGER = 4.0


class AlexaMedia(Channel):
    """One Echo, kept by the registry id of its media player."""

    kind = "alexa_media"
    shape = Shape.SPEECH
    limits = LIMITS
    # the action returns before anything is sent (delivery reference 1.2)
    best_evidence = Evidence.DISPATCHED
    patience = LINGER + 2.0
    replaces = False
    settings = ECHO_SETTINGS

    @classmethod
    def choices(cls, hass: HomeAssistant) -> list[Choice]:
        """The Echos of the integration."""
        return entity_choices(
            hass,
            (MEDIA_PLAYER,),
            lambda state: platform_of(hass, state.entity_id) == ALEXA_MEDIA,
        )

    @classmethod
    def problem(cls, hass: HomeAssistant, target: str) -> str | None:
        """Whether it exists, and is an Echo of this integration."""
        entity_id = entity_id_of(hass, target)
        platform = platform_of(hass, entity_id)
        if platform is None:
            return "target_gone"
        speaks = str(entity_id).startswith(f"{MEDIA_PLAYER}.")
        return None if speaks and platform == ALEXA_MEDIA else "not_an_echo"

    @property
    def room(self) -> str | None:
        """Where the Echo stands."""
        return room_of_entity(self.hass, entity_id_of(self.hass, self.target))

    @property
    def loggers(self) -> Mapping[str, int]:
        """Where the integration and its library log what they could not send."""
        return loggers_of(self.hass, ALEXA_MEDIA)

    @property
    def linger(self) -> float:
        """As long as it tries after its return."""
        return LINGER

    @property
    def hindrance(self) -> AttemptResult | None:
        """It is gone, or away: it would be passed over without a word."""
        return entity_hindrance(self.hass, entity_id_of(self.hass, self.target))

    async def async_send(self, envelope: Envelope) -> AttemptResult:
        """Look before calling: an Echo that is away is passed over without a word."""
        if (hindrance := self.hindrance) is not None:
            return hindrance
        entity_id = entity_id_of(self.hass, self.target)
        assert entity_id is not None  # a hindrance otherwise
        quiet = self._do_not_disturb(entity_id)
        if quiet and envelope.priority is not Priority.URGENT:
            return AttemptResult(
                evidence=Evidence.REFUSED, detail="Do not disturb is on at the Echo"
            )
        loudness = Loudness(self.hass, entity_id, self.filled_in, envelope.priority)
        if (silence := loudness.silence()) is not None:
            return silence
        words = spoken(envelope)
        # do not disturb lets plain speech through, and no announcement
        manner = SPEAK if quiet else manner_wanted(self.filled_in)
        data: dict[str, Any] = {
            "message": words_for(manner, words, self.filled_in, envelope.priority),
            "target": [entity_id],
            "data": {"type": _TYPES[manner]},
        }
        await loudness.take()
        try:
            await self.hass.services.async_call(
                NOTIFY, ALEXA_MEDIA, data, blocking=True
            )
        finally:
            loudness.give_back_after(LINGER + seconds_to_say(words))
        detail = "The integration took it; it cannot tell more"
        if quiet:
            detail += "; it is urgent, although do not disturb is on at the Echo"
        return AttemptResult(evidence=Evidence.DISPATCHED, detail=detail)

    def _do_not_disturb(self, entity_id: str) -> bool:
        """Whether the Echo's switch of that name is on."""
        device_id = device_of(self.hass, entity_id)
        return any(
            entry.unique_id.endswith(_DO_NOT_DISTURB)
            and (state := self.hass.states.get(switch)) is not None
            and state.state == STATE_ON
            for switch, entry in entities_of_device(
                self.hass, device_id, "switch"
            ).items()
        )
