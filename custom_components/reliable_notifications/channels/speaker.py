"""A media player that speaks with a voice of Home Assistant (`tts.speak`).

The call returns when the player has been told, which proves nothing. What the player
shows of itself does: that it has begun to play, and that it has stopped after about as
long as the words take. Music goes on afterwards where the player announces, which it
does by itself. Must not interrupt one speech by another: the order in a room is not its
business.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import (
    Event,
    EventStateChangedData,
    HomeAssistant,
    State,
    callback,
)
from homeassistant.helpers.event import async_track_state_change_event

from ..engine.vocabulary import AttemptResult, ChannelTraits, Evidence, Shape
from .interface import (
    Channel,
    Choice,
    Envelope,
    Setting,
    SettingKind,
)
from .parts.loudness import LOUDNESS, MEDIA_PLAYER, Loudness
from .parts.platforms import loggers_of
from .parts.speech import LIMITS, LONGEST_SPEECH, seconds_to_say, spoken
from .parts.targets import (
    can,
    entity_choices,
    entity_hindrance,
    entity_id_of,
    is_known,
    is_local,
    platform_of,
    room_of_entity,
)

TTS = "tts"

# MediaPlayerEntityFeature; importing the platform for one number would load it
_PLAY_MEDIA = 512

# Echos take no sound from Home Assistant, only names of songs: they would play one that
# is called like the message
_NO_SPEAKERS = frozenset({"alexa_devices", "alexa_media"})

# A player is making a sound, or is about to
_PLAYING = frozenset({"playing", "buffering"})

# What a player shows as its content while it plays what the voice has made
_OF_A_VOICE = ("/api/tts_proxy/", "media-source://tts")

# Seconds in which a player begins after it was told: a Cast device that sleeps starts
# its app first, which takes two or three
BEGINS_WITHIN = 6.0

# How much longer than reckoned a speech may last, for slow voices and long chimes
_SLOWEST = 2.0

# The part of the reckoned time that must have passed for the words to be out: the
# fastest voices speak at about twice the usual pace
_FASTEST = 0.4


class Speaker(Channel):
    """One player, kept by its registry id."""

    kind = "speaker"
    shape = Shape.SPEECH
    limits = LIMITS
    # where the player shows that it has played
    best_evidence = Evidence.DELIVERED
    # to begin, and the longest speech at the slowest
    patience = BEGINS_WITHIN + _SLOWEST * seconds_to_say("x" * LONGEST_SPEECH) + 2.0
    replaces = False
    settings = (
        Setting(key="engine", kind=SettingKind.ENTITY, required=False, domains=(TTS,)),
        *LOUDNESS,
    )

    @classmethod
    def choices(cls, hass: HomeAssistant) -> list[Choice]:
        """The players that can play what they are given."""

        def fits(state: State) -> bool:
            platform = platform_of(hass, state.entity_id)
            return platform not in _NO_SPEAKERS and can(state, _PLAY_MEDIA)

        return entity_choices(hass, (MEDIA_PLAYER,), fits)

    @classmethod
    def problem(cls, hass: HomeAssistant, target: str) -> str | None:
        """Whether it exists, and can play what it is given."""
        entity_id = entity_id_of(hass, target)
        if entity_id is None or not is_known(hass, entity_id):
            return "target_gone"
        if not entity_id.startswith(f"{MEDIA_PLAYER}."):
            return "target_gone"
        if platform_of(hass, entity_id) in _NO_SPEAKERS:
            return "cannot_speak"
        state = hass.states.get(entity_id)
        return None if state is None or can(state, _PLAY_MEDIA) else "cannot_speak"

    @classmethod
    async def async_check(
        cls, hass: HomeAssistant, target: str, filled_in: Mapping[str, Any]
    ) -> Mapping[str, str]:
        """Whether there is a voice at all, and the one that was chosen."""
        engine = filled_in.get("engine")
        if engine is None:
            return {} if _voices(hass) else {"base": "no_voice"}
        return {} if engine in _voices(hass) else {"engine": "target_gone"}

    @property
    def traits(self) -> ChannelTraits:
        """The declaration; it needs no internet if neither player nor voice does."""
        parts = (entity_id_of(self.hass, self.target), self._voice())
        return replace(
            super().traits, local=all(is_local(self.hass, each) for each in parts)
        )

    @property
    def room(self) -> str | None:
        """Where the player stands."""
        return room_of_entity(self.hass, entity_id_of(self.hass, self.target))

    @property
    def loggers(self) -> Mapping[str, int]:
        """Where the player's integration and the voice log what did not work."""
        domains = {
            platform_of(self.hass, entity_id_of(self.hass, self.target)),
            platform_of(self.hass, self._voice()),
        }
        return {
            name: level
            for domain in domains
            if domain is not None
            for name, level in loggers_of(self.hass, domain).items()
        }

    @property
    def hindrance(self) -> AttemptResult | None:
        """The player is gone or unavailable, or there is no voice."""
        player = entity_id_of(self.hass, self.target)
        if (hindrance := entity_hindrance(self.hass, player)) is not None:
            return hindrance
        if self._voice() is None:
            return AttemptResult(
                evidence=Evidence.UNREACHABLE, detail="There is no voice to speak with"
            )
        return None

    async def async_send(self, envelope: Envelope) -> AttemptResult:
        """Say it, and watch the player."""
        if (hindrance := self.hindrance) is not None:
            return hindrance
        player, voice = entity_id_of(self.hass, self.target), self._voice()
        assert player is not None
        assert voice is not None  # hindrances otherwise
        loudness = Loudness(self.hass, player, self.filled_in, envelope.priority)
        if (silence := loudness.silence()) is not None:
            return silence
        words = spoken(envelope)
        data = {
            "entity_id": voice,
            "media_player_entity_id": player,
            "message": words,
            **_language(self.hass, voice, envelope.language),
        }
        await loudness.take()
        watch = _Watch(self.hass, player)
        try:
            await self.hass.services.async_call(TTS, "speak", data, blocking=True)
            return await _heard(watch, seconds_to_say(words))
        finally:
            watch.stop()
            await loudness.give_back()

    def _voice(self) -> str | None:
        """The engine that was chosen, else the one that Home Assistant prefers."""
        voices = _voices(self.hass)
        chosen = self.filled_in.get("engine")
        if chosen is not None:
            return chosen if chosen in voices else None
        of_the_cloud = (
            each for each in voices if platform_of(self.hass, each) == "cloud"
        )
        return next(of_the_cloud, next(iter(voices), None))


class _Watch:
    """What a player shows of itself from now on."""

    def __init__(self, hass: HomeAssistant, player: str) -> None:
        before = hass.states.get(player)
        self._content = before.attributes.get("media_content_id") if before else None
        self._was_playing = before is not None and before.state in _PLAYING
        self._loop = hass.loop
        self.begun = asyncio.Event()
        self.over = asyncio.Event()
        self.began_at = self.ended_at = 0.0
        self.stop = async_track_state_change_event(hass, [player], self._changed)

    @callback
    def _changed(self, event: Event[EventStateChangedData]) -> None:
        state = event.data["new_state"]
        playing = state is not None and state.state in _PLAYING
        content = state.attributes.get("media_content_id") if state else None
        ours = playing and content != self._content and _is_of_a_voice(content)
        if not self.begun.is_set():
            # one that was playing already must show that it is our words now
            if ours or (playing and not self._was_playing):
                self.began_at = self._loop.time()
                self._content = self._content if ours else content
                self.begun.set()
        elif not playing or (self._was_playing and not ours):
            self.ended_at = self._loop.time()
            self.over.set()


async def _heard(watch: _Watch, seconds: float) -> AttemptResult:
    """What the player has shown by the time at which the words should be out."""
    if not await _within(watch.begun, BEGINS_WITHIN):
        return AttemptResult(
            evidence=Evidence.DISPATCHED,
            detail="The player does not show that it spoke",
        )
    if not await _within(watch.over, _SLOWEST * seconds):
        return AttemptResult(
            evidence=Evidence.ACCEPTED, detail="The player began, and shows no end"
        )
    if watch.ended_at - watch.began_at < _FASTEST * seconds:
        # so it looks, too, where the sound could not be fetched
        return AttemptResult(
            evidence=Evidence.DISPATCHED, detail="The player began, and soon broke off"
        )
    return AttemptResult(evidence=Evidence.DELIVERED, detail="It was played")


async def _within(event: asyncio.Event, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            return await event.wait()
    except TimeoutError:
        return False


def _is_of_a_voice(content: object) -> bool:
    return isinstance(content, str) and any(each in content for each in _OF_A_VOICE)


def _voices(hass: HomeAssistant) -> list[str]:
    """The engines that can be used, by name; for others the call returns in silence."""
    return sorted(
        state.entity_id
        for state in hass.states.async_all(TTS)
        if state.state != STATE_UNAVAILABLE
    )


def _language(
    hass: HomeAssistant, voice: str, language: str | None
) -> Mapping[str, str]:
    """The recipient's language where the voice speaks it; else it uses its own."""
    if language is None:
        return {}
    # imported here: only those pay for it who have a voice
    from homeassistant.components.tts import TextToSpeechEntity
    from homeassistant.components.tts.const import DATA_COMPONENT

    component = hass.data.get(DATA_COMPONENT)
    engine = component.get_entity(voice) if component is not None else None
    if not isinstance(engine, TextToSpeechEntity):
        return {}
    first = language.partition("-")[0].lower()
    known = [
        each
        for each in engine.supported_languages
        if each.partition("-")[0].partition("_")[0].lower() == first
    ]
    if language in known or not known:
        return {"language": language} if known else {}
    default = engine.default_language
    return {"language": default if default in known else known[0]}
