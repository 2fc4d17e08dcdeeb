"""Satellites and players: Home Assistant's own entities, with a room behind them."""

from __future__ import annotations

from typing import Any, ClassVar

from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockModule, mock_integration

from custom_components.reliable_notifications.channels import satellite, signal, speaker
from custom_components.reliable_notifications.channels.alexa_media import AlexaMedia
from custom_components.reliable_notifications.channels.interface import Channel
from custom_components.reliable_notifications.channels.satellite import Satellite
from custom_components.reliable_notifications.channels.signal import Signal
from custom_components.reliable_notifications.channels.speaker import Speaker
from tests.channels import test_alexa_media, voices
from tests.channels.faults.judging import every_fault, judge
from tests.channels.faults.matrix import Fault
from tests.channels.faults.scene import Scene, Stage
from tests.channels.test_signal import Lamp
from tests.channels.voices import Player, Room, registry_id


class OnASatellite(Scene):
    row = "voice satellite"
    kind = "satellite"
    cannot: ClassVar = {
        Fault.GONE: "as unavailable",
        Fault.SWALLOWS: "its call waits until it was played",
    }
    entity_id = "assist_satellite.kitchen"

    async def build(self) -> Channel:
        self._room = Room()
        self._kitchen = voices.Satellite("Kitchen", self._room)
        await voices.set_up_satellites(self.hass, self.stage.path, self._kitchen)
        self.stage.monkeypatch.setattr(satellite, "BUSY_PAUSE", 0.01)
        target = registry_id(self.hass, self.entity_id)
        return Satellite(self.hass, "it", "Kitchen", target)

    async def go_wrong(self, fault: Fault) -> None:
        match fault:
            case Fault.RAISES:
                self._kitchen.error = HomeAssistantError("out of order")
            case Fault.MISSING:
                er.async_get(self.hass).async_remove(self.entity_id)
                await self.hass.async_block_till_done()
            case Fault.UNAVAILABLE:
                self._kitchen._attr_available = False
                self._kitchen.async_write_ha_state()
            case Fault.THROTTLES:  # somebody is talking to it all the time
                self._kitchen._set_state("listening")  # type: ignore[arg-type]
            case _:
                self._kitchen.speech_over.clear()

    def has_arrived(self) -> bool:
        return bool(self._room.played)

    def let_go(self) -> None:
        self._kitchen.speech_over.set()


class OnAPlayer(Scene):
    row = "speaker (`tts.speak`)"
    kind = "speaker"
    cannot: ClassVar = {Fault.THROTTLES: "no limit"}
    entity_id = "media_player.kitchen"

    async def build(self) -> Channel:
        self._room = Room()
        self._kitchen = Player("Kitchen", self._room)
        self._kitchen.lasts = 0.1
        patch = self.stage.monkeypatch.setattr
        patch(speaker, "BEGINS_WITHIN", 0.2)
        patch(speaker, "seconds_to_say", lambda _: 0.1)
        mock_integration(self.hass, MockModule(voices.PLATFORM))
        await voices.set_up_voice(self.hass, self.stage.path)
        await voices.add(self.hass, "media_player", self._kitchen)
        target = registry_id(self.hass, self.entity_id)
        return Speaker(self.hass, "it", "Kitchen", target)

    async def go_wrong(self, fault: Fault) -> None:
        match fault:
            case Fault.RAISES:
                self._kitchen.error = HomeAssistantError("out of order")
            case Fault.SWALLOWS:
                self._kitchen.never_begins = True
                self._kitchen.logs = "cannot play this"
            case Fault.GONE:  # where the sound is to be fetched from
                self._kitchen.never_begins = True
            case Fault.HANGS:
                self._kitchen.hangs = True
            case Fault.LATE:
                self._kitchen.lasts = None
                patch = self.stage.monkeypatch.setattr
                patch(speaker, "seconds_to_say", lambda _: 2.0)
            case Fault.MISSING:
                er.async_get(self.hass).async_remove(self.entity_id)
                await self.hass.async_block_till_done()
            case Fault.UNAVAILABLE:
                self._kitchen._attr_available = False
                self._kitchen.async_write_ha_state()

    def has_arrived(self) -> bool:
        return bool(self._room.played)

    def let_go(self) -> None:
        self.hass.loop.call_later(0.6, self._kitchen.finish)


class ByALight(Scene):
    row = "sign by a light or siren"
    kind = "signal"
    cannot: ClassVar = {
        Fault.SWALLOWS: "seen from its state",
        Fault.THROTTLES: "no limit",
    }
    entity_id = "light.lamp"

    async def build(self) -> Channel:
        patch = self.stage.monkeypatch.setattr
        patch(signal, "FLASH", 0.01)
        patch(signal, "SHOWS_WITHIN", 0.2)
        assert await async_setup_component(self.hass, "light", {})
        self._lamp = Lamp()
        await voices.add(self.hass, "light", self._lamp)
        target = registry_id(self.hass, self.entity_id)
        sign = Signal(
            self.hass, "it", "Lamp", target, {"least_priority": "low", "seconds": 0.1}
        )
        self.stage.closing.append(sign.async_stop)
        return sign

    async def go_wrong(self, fault: Fault) -> None:
        match fault:
            case Fault.RAISES:
                self._lamp.error = HomeAssistantError("out of reach")
            case Fault.GONE:  # the lamp has no mains
                self._lamp.deaf = True
            case Fault.HANGS | Fault.LATE:
                self._lamp.ready.clear()
            case Fault.MISSING:
                er.async_get(self.hass).async_remove(self.entity_id)
                await self.hass.async_block_till_done()
            case Fault.UNAVAILABLE:
                self._lamp._attr_available = False
                self._lamp.async_write_ha_state()

    def has_arrived(self) -> bool:
        return bool(self._lamp.turns) and not self._lamp.deaf

    def let_go(self) -> None:
        self._lamp.ready.set()


class OnAlexaMedia(Scene):
    """Not the integration, which is not to be had here, but what was read in it."""

    row = "Alexa Media Player (after its source)"
    kind = "alexa_media"
    cannot: ClassVar = {
        Fault.RAISES: "returns before anything is sent",
        Fault.LATE: "as raises",
    }

    async def build(self) -> Channel:
        self._player = await test_alexa_media.set_up(self.hass, self.stage.monkeypatch)
        target = registry_id(self.hass, test_alexa_media.ENTITY)
        return AlexaMedia(self.hass, "it", "Kitchen", target)

    async def go_wrong(self, fault: Fault) -> None:
        match fault:
            case Fault.SWALLOWS | Fault.THROTTLES | Fault.GONE:
                self._player.fails = True
            case Fault.HANGS:
                self._player.never = True
            case Fault.MISSING:
                self.hass.services.async_remove("notify", "alexa_media")
            case Fault.UNAVAILABLE:
                self.hass.states.async_set(test_alexa_media.ENTITY, "unavailable")

    def has_arrived(self) -> bool:
        return self._player.said > 0


@every_fault([OnASatellite, OnAPlayer, OnAlexaMedia, ByALight])
async def test_the_grade_is_what_really_happened(
    stage: Stage, scene: type[Scene], fault: Fault, cells: Any
) -> None:
    await judge(stage, scene, fault, cells)
