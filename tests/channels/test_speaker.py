"""Media players: what they show of a speech, and what is left as it was."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from homeassistant.components.media_player import MediaPlayerState
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import (
    MockEntityPlatform,
    MockModule,
    mock_integration,
)

from custom_components.reliable_notifications.channels import speaker as module
from custom_components.reliable_notifications.channels.speaker import Speaker
from custom_components.reliable_notifications.engine.vocabulary import (
    Evidence,
    Priority,
)
from tests.channels import voices
from tests.channels.envelopes import envelope
from tests.channels.voices import Player, Room, area, registry_id

ENTITY = "media_player.kitchen"


@pytest.fixture
def room() -> Room:
    return Room()


@pytest.fixture
async def player(
    hass: HomeAssistant, room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Player:
    monkeypatch.setattr(module, "BEGINS_WITHIN", 0.2)
    monkeypatch.setattr(module, "seconds_to_say", lambda _: 0.1)
    made = Player("Kitchen", room)
    await voices.set_up_voice(hass, tmp_path)
    await voices.add(hass, "media_player", made)
    return made


def channel(hass: HomeAssistant, **settings: Any) -> Speaker:
    return Speaker(hass, "kitchen", "Kitchen", registry_id(hass, ENTITY), settings)


async def said(hass: HomeAssistant, player: Player, lasting: float, **how: Any) -> Any:
    """Let it speak for so many seconds."""
    player.speaks.clear()
    call = asyncio.create_task(channel(hass, **how).async_send(envelope()))
    await player.speaks.wait()
    await asyncio.sleep(lasting)
    player.finish()
    return await call


async def test_what_began_and_ended_in_time_is_delivered(
    hass: HomeAssistant, player: Player, room: Room
) -> None:
    result = await said(hass, player, 0.1)

    assert result.evidence is Evidence.DELIVERED
    assert room.heard == ["Washing machine finished"]


@pytest.mark.parametrize(
    ("lasting", "evidence", "detail"),
    [
        (0.0, Evidence.DISPATCHED, "The player began, and soon broke off"),
        (0.4, Evidence.ACCEPTED, "The player began, and shows no end"),
    ],
)
async def test_what_only_began_is_less(
    hass: HomeAssistant,
    player: Player,
    lasting: float,
    evidence: Evidence,
    detail: str,
) -> None:
    result = await said(hass, player, lasting)

    assert (result.evidence, result.detail) == (evidence, detail)


async def test_one_that_shows_nothing_proves_nothing(
    hass: HomeAssistant, player: Player, room: Room
) -> None:
    player.silent = True

    result = await channel(hass).async_send(envelope())

    assert result.evidence is Evidence.DISPATCHED
    assert room.heard == ["Washing machine finished"]


async def test_music_that_is_playing_is_not_taken_for_our_words(
    hass: HomeAssistant, player: Player
) -> None:
    player._attr_state = MediaPlayerState.PLAYING
    player._attr_media_content_id = "http://radio"
    player.async_write_ha_state()
    player.silent = True
    call = asyncio.create_task(channel(hass).async_send(envelope()))
    await player.speaks.wait()
    player._attr_media_content_id = "http://radio/next"  # the next song
    player.async_write_ha_state()

    assert (await call).evidence is Evidence.DISPATCHED

    # this one shows what it plays, and goes back to the music by itself
    player.silent = False
    player.speaks.clear()
    call = asyncio.create_task(channel(hass).async_send(envelope()))
    await player.speaks.wait()
    await asyncio.sleep(0.1)
    player._attr_media_content_id = "http://radio/next"
    player.async_write_ha_state()

    assert (await call).evidence is Evidence.DELIVERED


async def test_it_is_as_loud_as_was_set_and_afterwards_as_before(
    hass: HomeAssistant, player: Player, room: Room
) -> None:
    await said(hass, player, 0.1, volume=80)
    # set, while speaking, given back
    assert player.volumes == [0.8, 0.8, 0.4]

    player.error = HomeAssistantError("no such sound")
    with pytest.raises(HomeAssistantError, match="no such sound"):
        await channel(hass, volume=80).async_send(envelope())
    assert player.volumes[3:] == [0.8, 0.4]

    player.error = None
    player.speaks.clear()
    call = asyncio.create_task(channel(hass, volume=80).async_send(envelope()))
    await player.speaks.wait()
    call.cancel()
    await asyncio.wait({call})
    await hass.async_block_till_done(wait_background_tasks=True)
    assert player.volumes[5:] == [0.8, 0.8, 0.4]


async def test_a_muted_player_is_no_speaker(
    hass: HomeAssistant, player: Player, room: Room
) -> None:
    await player.async_mute_volume(True)
    assert (await channel(hass).async_send(envelope())).detail == "The player is muted"
    assert room.heard == []
    call = asyncio.create_task(
        channel(hass).async_send(envelope(priority=Priority.URGENT))
    )
    await player.speaks.wait()
    assert player.is_volume_muted is False
    await asyncio.sleep(0.1)
    player.finish()
    await call
    assert player.is_volume_muted is True


@pytest.mark.parametrize(
    ("language", "spoken"),
    [("de", "de"), ("de-CH", "de"), ("en", "en"), ("pl", None), (None, None)],
)
async def test_the_voice_speaks_the_language_of_the_recipient_if_it_can(
    hass: HomeAssistant, player: Player, language: str | None, spoken: str | None
) -> None:
    call = asyncio.create_task(channel(hass).async_send(envelope(language=language)))
    await player.speaks.wait()
    player.finish()
    await call

    assert player.languages == [spoken]


async def test_without_a_voice_nothing_can_be_said(
    hass: HomeAssistant, player: Player
) -> None:
    one = channel(hass, engine="tts.voice")
    assert await Speaker.async_check(hass, one.target, {}) == {}
    assert await Speaker.async_check(hass, one.target, {"engine": "tts.voice"}) == {}

    er.async_get(hass).async_remove("tts.voice")
    await hass.async_block_till_done()
    for each in (one, channel(hass)):
        result = await each.async_send(envelope())
        assert result.evidence is Evidence.UNREACHABLE
        assert each.hindrance == result
    assert await Speaker.async_check(hass, one.target, {}) == {"base": "no_voice"}
    assert await Speaker.async_check(hass, one.target, {"engine": "tts.voice"}) == {
        "engine": "target_gone"
    }


async def test_what_is_offered_and_where_it_is_heard(
    hass: HomeAssistant, player: Player, room: Room
) -> None:
    echo = Player("Echo", room)
    platform = MockEntityPlatform(
        hass, domain="media_player", platform_name="alexa_devices"
    )
    await platform.async_add_entities([echo])
    target = registry_id(hass, ENTITY)

    # an Echo would play a song that is called like the message
    assert [each.value for each in Speaker.choices(hass)] == [target]
    assert Speaker.problem(hass, target) is None
    assert Speaker.problem(hass, "media_player.echo") == "cannot_speak"
    for gone in ("media_player.nobody", "tts.voice", "no such id"):
        assert Speaker.problem(hass, gone) == "target_gone"

    er.async_get(hass).async_update_entity(ENTITY, area_id=area(hass, "Kitchen"))
    assert channel(hass).traits.room == "kitchen"
    assert channel(hass).traits.local is True
    manifest = {"iot_class": "cloud_push"}
    mock_integration(hass, MockModule(voices.PLATFORM, partial_manifest=manifest))
    assert channel(hass).traits.local is False
    assert f"homeassistant.components.{voices.PLATFORM}" in channel(hass).loggers


async def test_one_that_is_away_is_not_called(
    hass: HomeAssistant, player: Player, room: Room
) -> None:
    player._attr_available = False
    player.async_write_ha_state()
    result = await channel(hass).async_send(envelope())
    assert result.evidence is Evidence.UNREACHABLE
    assert room.heard == []
