"""Echos of the custom integration, which is not to be had here.

What stands in for it does what was read in its source (5.15): the action starts what it
does and returns, and passes over an Echo that is away; its switch of do not disturb has
the unique id that is known of it.
"""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import Any

from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import (
    MockEntityPlatform,
    MockModule,
    mock_integration,
)

from custom_components.reliable_notifications.channels import alexa_media as module
from custom_components.reliable_notifications.channels.alexa_media import AlexaMedia
from custom_components.reliable_notifications.channels.notify_action import (
    NotifyAction,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    Evidence,
    IntentState,
    Priority,
)
from tests.adapters.delivering import open_desk
from tests.channels.envelopes import envelope
from tests.channels.voices import Player, Room, area, device, registry_id

ENTITY = "media_player.kitchen"


class AlexaMediaPlayer:
    """The notify action of the integration."""

    def __init__(self, hass: HomeAssistant) -> None:
        self.hass = hass
        self.calls: list[dict[str, Any]] = []
        self.said = 0
        self.fails = False
        self.never = False
        hass.services.async_register("notify", "alexa_media", self.take)
        hass.services.async_register("notify", "alexa_media_kitchen", self.take)

    async def take(self, call: ServiceCall) -> None:
        self.calls.append(dict(call.data))
        self.hass.async_create_background_task(self._send(), "sends")

    async def _send(self) -> None:
        await asyncio.sleep(0.01)
        if self.never:
            return
        if self.fails:
            logging.getLogger("alexapy").error("429: too many requests")
        else:
            self.said += 1


@pytest.fixture
async def integration(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> AlexaMediaPlayer:
    return await set_up(hass, monkeypatch)


async def set_up(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> AlexaMediaPlayer:
    """The integration with one Echo, listened to for a moment only."""
    monkeypatch.setattr(module, "LINGER", 0.2)
    for domain in ("notify", "media_player", "switch"):
        assert await async_setup_component(hass, domain, {})
    manifest = {"loggers": ["alexapy"]}
    mock_integration(hass, MockModule("alexa_media", partial_manifest=manifest))
    hass.config.components.add("alexa_media")
    platform = MockEntityPlatform(
        hass, domain="media_player", platform_name="alexa_media"
    )
    await platform.async_add_entities([Player("Kitchen", Room())])
    er.async_get(hass).async_get_or_create(
        "switch", "alexa_media", "serial_do not disturb", suggested_object_id="dnd"
    )
    device(hass, ENTITY, "switch.dnd")
    return AlexaMediaPlayer(hass)


def kitchen(hass: HomeAssistant, **how: Any) -> AlexaMedia:
    return AlexaMedia(hass, "kitchen", "Kitchen", registry_id(hass, ENTITY), how)


async def test_what_is_handed_over_proves_nothing(
    hass: HomeAssistant, integration: AlexaMediaPlayer
) -> None:
    announced = await kitchen(hass).async_send(envelope())
    await kitchen(hass, manner="speak").async_send(envelope())

    assert announced.evidence is Evidence.DISPATCHED
    assert integration.calls == [
        {
            "message": "Washing machine finished",
            "target": [ENTITY],
            "data": {"type": kind},
        }
        for kind in ("announce", "tts")
    ]


async def test_an_error_that_comes_later_is_heard(
    hass: HomeAssistant, integration: AlexaMediaPlayer, tmp_path: Path
) -> None:
    integration.fails = True
    async with open_desk(hass, tmp_path, kitchen=kitchen(hass)) as desk:
        intent_id = await desk.send("kitchen")
        await desk.until(intent_id, lambda each: each.state is IntentState.WAITING)
        attempts = await desk.attempts(intent_id)
    assert attempts[0][1:] == ("unreachable", "429: too many requests")


async def test_do_not_disturb_is_respected(
    hass: HomeAssistant, integration: AlexaMediaPlayer
) -> None:
    hass.states.async_set("switch.dnd", "on")

    calm = await kitchen(hass).async_send(envelope())
    urgent = await kitchen(hass).async_send(envelope(priority=Priority.URGENT))

    assert calm.evidence is Evidence.REFUSED
    assert "urgent" in urgent.detail
    assert [call["data"] for call in integration.calls] == [{"type": "tts"}]


async def test_one_that_is_away_or_mute_is_not_called(
    hass: HomeAssistant, integration: AlexaMediaPlayer
) -> None:
    hass.states.async_set(ENTITY, "idle", {"is_volume_muted": True})
    assert (await kitchen(hass).async_send(envelope())).evidence is Evidence.REFUSED
    hass.states.async_set(ENTITY, "unavailable")
    away = await kitchen(hass).async_send(envelope())
    assert away.evidence is Evidence.UNREACHABLE
    assert kitchen(hass).hindrance == away
    assert integration.calls == []


async def test_what_is_offered_and_where_it_is_heard(
    hass: HomeAssistant, integration: AlexaMediaPlayer
) -> None:
    target = registry_id(hass, ENTITY)
    assert [each.value for each in AlexaMedia.choices(hass)] == [target]
    assert AlexaMedia.problem(hass, target) is None
    assert AlexaMedia.problem(hass, "media_player.nobody") == "target_gone"
    assert AlexaMedia.problem(hass, "switch.dnd") == "not_an_echo"
    # they have a channel of their own: the general one does not offer them
    assert NotifyAction.choices(hass) == []

    er.async_get(hass).async_update_entity(ENTITY, area_id=area(hass, "Kitchen"))
    assert kitchen(hass).traits.room == "kitchen"
