"""A home that can speak: a voice, players and satellites of Home Assistant's own kind.

The base entities are the real ones; what hangs behind them is a room that notes what is
heard. Must not know any channel.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
import logging
from pathlib import Path
import re
from typing import Any, ClassVar

from homeassistant.components import assist_satellite, media_source, tts
from homeassistant.components.media_player import (
    MediaPlayerEntity,
    MediaPlayerEntityFeature,
    MediaPlayerState,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)
from homeassistant.helpers.entity import Entity
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    MockEntityPlatform,
)

PLATFORM = "speaking_things"


class Voice(tts.TextToSpeechEntity):
    """An engine that makes one byte of sound for each letter."""

    _attr_name = "Voice"
    _attr_unique_id = "voice"
    _attr_default_language = "en"
    _attr_supported_languages: ClassVar = ["en", "de"]

    def get_tts_audio(
        self, message: str, language: str, options: dict[str, Any]
    ) -> tts.TtsAudioType:
        return "mp3", message.encode()


@dataclass
class Room:
    """What was begun, what was heard to its end, and what was asked."""

    heard: list[str] = field(default_factory=list)
    played: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


class Satellite(assist_satellite.AssistSatelliteEntity):
    """A satellite whose speech lasts until it is let go, and whose owner may answer."""

    _attr_should_poll = False
    _attr_supported_features = (
        assist_satellite.AssistSatelliteEntityFeature.ANNOUNCE
        | assist_satellite.AssistSatelliteEntityFeature.START_CONVERSATION
    )

    def __init__(self, name: str, room: Room) -> None:
        self._attr_name = name
        self._attr_unique_id = name
        self.room = room
        self.answer: str | None = None
        self.deaf = False
        self.error: Exception | None = None
        self.speech_over = asyncio.Event()
        self.speech_over.set()
        self.speaks = asyncio.Event()

    def async_get_configuration(self) -> Any:
        raise NotImplementedError

    async def async_set_configuration(self, config: Any) -> None:
        raise NotImplementedError

    def on_pipeline_event(self, event: Any) -> None:
        pass

    def tts_response_finished(self) -> None:
        pass

    async def async_announce(
        self, announcement: assist_satellite.AssistSatelliteAnnouncement
    ) -> None:
        if self.error is not None:
            raise self.error
        self.room.heard.append(announcement.message)
        self.speaks.set()
        await self.speech_over.wait()
        self.room.played.append(announcement.message)

    async def async_start_conversation(
        self, start_announcement: assist_satellite.AssistSatelliteAnnouncement
    ) -> None:
        """Play the question, then answer as the speech to text of the pipeline does."""
        await self.async_announce(start_announcement)
        self.room.asked.append(start_announcement.message)
        self._set_state("listening")  # type: ignore[arg-type]
        if not self.deaf:
            asyncio.get_running_loop().call_soon(self._hear)

    def _hear(self) -> None:
        from homeassistant.components.assist_pipeline import (
            PipelineEvent,
            PipelineEventType,
        )

        if self.answer is None:
            event = PipelineEvent(PipelineEventType.RUN_END)
        else:
            output = {"stt_output": {"text": self.answer}}
            event = PipelineEvent(PipelineEventType.STT_END, output)
        self._internal_on_pipeline_event(event)


class Player(MediaPlayerEntity):
    """A player that says what it does, unless it is made to say less."""

    _attr_should_poll = False

    def __init__(
        self,
        name: str,
        room: Room,
        *,
        announces: bool = False,
        silent: bool = False,
    ) -> None:
        self._attr_name = name
        self._attr_unique_id = name
        self._attr_state = MediaPlayerState.IDLE
        self._attr_volume_level = 0.4
        self._attr_is_volume_muted = False
        features = (
            MediaPlayerEntityFeature.PLAY_MEDIA
            | MediaPlayerEntityFeature.VOLUME_SET
            | MediaPlayerEntityFeature.VOLUME_MUTE
        )
        if announces:
            features |= MediaPlayerEntityFeature.MEDIA_ANNOUNCE
        self._attr_supported_features = features
        self.room = room
        self.silent = silent
        self.error: Exception | None = None
        self.never_begins = False
        # seconds after which it ends by itself; None: when it is told to
        self.lasts: float | None = None
        self.hangs = False
        self.logs = ""
        self.volumes: list[float] = []
        self.languages: list[str | None] = []
        self.speaks = asyncio.Event()

    async def async_set_volume_level(self, volume: float) -> None:
        self.volumes.append(volume)
        self._attr_volume_level = volume
        self.async_write_ha_state()

    async def async_mute_volume(self, mute: bool) -> None:
        self._attr_is_volume_muted = mute
        self.async_write_ha_state()

    async def async_play_media(
        self, media_type: str, media_id: str, **kwargs: Any
    ) -> None:
        """Take the sound, begin to play; `finish` ends it."""
        if self.error is not None:
            raise self.error
        media = await media_source.async_resolve_media(
            self.hass, media_id, self.entity_id
        )
        words = re.search(r"message=([^&]*)", media_id)
        assert words
        assert media.url.startswith("/api/tts_proxy/")
        language = re.search(r"language=([^&]*)", media_id)
        self.languages.append(language[1] if language else None)
        if self.logs:
            logging.getLogger(f"homeassistant.components.{PLATFORM}").error(self.logs)
        if self.never_begins:
            return
        if self.hangs:
            await asyncio.Event().wait()
        self.room.heard.append(words[1].replace("+", " "))
        if self.lasts is not None:
            asyncio.get_running_loop().call_later(self.lasts, self.finish)
        self.volumes.append(self._attr_volume_level or 0.0)
        if not self.silent:
            self._attr_state = MediaPlayerState.PLAYING
            self._attr_media_content_id = media.url
            self.async_write_ha_state()
        self.speaks.set()

    def finish(self) -> None:
        self.room.played += self.room.heard[-1:]
        self._attr_state = MediaPlayerState.IDLE
        self.async_write_ha_state()


async def set_up_voice(hass: HomeAssistant, path: Path) -> None:
    """A voice that keeps what it has said under this path."""
    hass.config.config_dir = str(path)
    for domain in ("homeassistant", "media_source", "tts", "media_player"):
        assert await async_setup_component(hass, domain, {})
    await add(hass, "tts", Voice())


async def set_up_satellites(
    hass: HomeAssistant, path: Path, *satellites: Satellite
) -> None:
    """Satellites that speak with the voice, and the assist pipeline between them."""
    await set_up_voice(hass, path)
    for domain in ("stt", "conversation", "assist_pipeline", "assist_satellite"):
        assert await async_setup_component(hass, domain, {})
    await add(hass, "assist_satellite", *satellites)


async def add(hass: HomeAssistant, domain: str, *entities: Entity) -> None:
    """Add these entities as those of an integration."""
    platform = MockEntityPlatform(hass, domain=domain, platform_name=PLATFORM)
    await platform.async_add_entities(entities)
    await hass.async_block_till_done()


def registry_id(hass: HomeAssistant, entity_id: str) -> str:
    entry = er.async_get(hass).async_get(entity_id)
    assert entry is not None
    return entry.id


def device(hass: HomeAssistant, *entity_ids: str) -> str:
    """Put these entities into one device."""
    entry = MockConfigEntry(domain=PLATFORM)
    entry.add_to_hass(hass)
    made = dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id, identifiers={(PLATFORM, entity_ids[0])}
    )
    for entity_id in entity_ids:
        er.async_get(hass).async_update_entity(entity_id, device_id=made.id)
    return made.id


def area(hass: HomeAssistant, name: str) -> str:
    return ar.async_get(hass).async_get_or_create(name).id
