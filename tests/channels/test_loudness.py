"""How loud: by day and night, for how long, and what is given back."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.media_player import MediaPlayerEntityFeature
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
import pytest

from custom_components.reliable_notifications.channels.parts.loudness import (
    Loudness,
    async_put_back_left_over,
    is_night,
    wanted_level,
)
from custom_components.reliable_notifications.channels.parts.speech import (
    LONGEST_SPEECH,
    bounded,
    seconds_to_say,
    spoken,
)
from custom_components.reliable_notifications.channels.parts.volumes import changed_on
from custom_components.reliable_notifications.engine.vocabulary import (
    Evidence,
    Priority,
)
from tests.channels import voices
from tests.channels.envelopes import envelope
from tests.channels.voices import Player, Room

ENTITY = "media_player.kitchen"


@pytest.fixture
async def player(hass: HomeAssistant, tmp_path: Path) -> Player:
    made = Player("Kitchen", Room())
    await voices.set_up_voice(hass, tmp_path)
    await voices.add(hass, "media_player", made)
    return made


def loudness(
    hass: HomeAssistant, priority: Priority = Priority.MEDIUM, **settings: Any
) -> Loudness:
    return Loudness(hass, ENTITY, settings, priority)


@pytest.mark.parametrize(
    ("hour", "settings", "night"),
    [
        (23, {}, True),
        (6, {}, True),
        (7, {}, False),
        (12, {}, False),
        (13, {"night_from": 12.0, "night_to": 14.0}, True),
        (14, {"night_from": 12.0, "night_to": 14.0}, False),
        (3, {"night_from": 0, "night_to": 0}, False),
    ],
)
async def test_the_hours_of_the_night_may_lie_across_midnight(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hour: int,
    settings: dict[str, Any],
    night: bool,
) -> None:
    await hass.config.async_set_time_zone("Europe/Berlin")
    freezer.move_to(f"2026-11-25T{hour:02}:30:00+01:00")
    assert is_night(settings) is night
    quiet = settings | {"volume": 80.0, "night_volume": 10.0}
    assert wanted_level(quiet, Priority.HIGH) == (0.1 if night else 0.8)
    assert wanted_level(quiet, Priority.URGENT) == 0.8
    assert wanted_level(settings, Priority.LOW) is None


async def test_two_who_speak_at_once_give_back_what_was_before_both(
    hass: HomeAssistant, player: Player
) -> None:
    first, second = loudness(hass, volume=80), loudness(hass, volume=60)
    await first.take()
    await second.take()
    await first.give_back()
    assert player.volumes == [0.8, 0.6]
    await second.give_back()
    assert player.volumes == [0.8, 0.6, 0.4]
    await second.give_back()  # twice does no harm
    assert player.volumes == [0.8, 0.6, 0.4]


async def _died(hass: HomeAssistant) -> None:
    """What was known in memory is gone, and we start again."""
    changed_on(hass).clear()
    await async_put_back_left_over(hass)
    await hass.async_block_till_done(wait_background_tasks=True)


async def test_a_death_in_mid_speech_leaves_no_player_loud(
    hass: HomeAssistant, player: Player
) -> None:
    await loudness(hass, volume=80).take()
    await _died(hass)
    assert player.volumes == [0.8, 0.4]
    await _died(hass)  # once
    assert player.volumes == [0.8, 0.4]


async def test_nor_does_a_death_turn_against_a_hand(
    hass: HomeAssistant, player: Player
) -> None:
    await loudness(hass, volume=80).take()
    await player.async_set_volume_level(0.2)
    await _died(hass)
    assert player.volumes == [0.8, 0.2]


async def test_a_mute_that_was_taken_off_comes_back_after_a_death(
    hass: HomeAssistant, player: Player
) -> None:
    await player.async_mute_volume(True)
    await loudness(hass, Priority.URGENT).take()
    assert not player.is_volume_muted
    await _died(hass)
    assert player.is_volume_muted


async def test_a_player_that_is_away_after_a_death_is_put_back_by_the_next_speech(
    hass: HomeAssistant, player: Player
) -> None:
    await loudness(hass, volume=80).take()
    hass.states.async_set(ENTITY, "unavailable")
    await _died(hass)
    assert player.volumes == [0.8]
    player.async_write_ha_state()
    one = loudness(hass, volume=60)
    await one.take()
    await one.give_back()
    assert player.volumes == [0.8, 0.6, 0.4]


async def test_it_does_not_turn_against_a_hand(
    hass: HomeAssistant, player: Player
) -> None:
    one = loudness(hass, volume=80)
    await one.take()
    await player.async_set_volume_level(0.2)
    await one.give_back()
    assert player.volumes == [0.8, 0.2]


async def test_it_is_given_back_when_who_speaks_is_broken_off(
    hass: HomeAssistant, player: Player
) -> None:
    one, spoken_to = loudness(hass, volume=80), asyncio.Event()

    async def speak() -> None:
        await one.take()
        try:
            spoken_to.set()
            await asyncio.Event().wait()
        finally:
            await one.give_back()

    task = asyncio.create_task(speak())
    await spoken_to.wait()
    task.cancel()
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait({task})
    await hass.async_block_till_done(wait_background_tasks=True)
    assert player.volumes == [0.8, 0.4]


async def test_it_is_given_back_later_and_at_once_when_home_assistant_stops(
    hass: HomeAssistant, player: Player
) -> None:
    one = loudness(hass, volume=80)
    await one.take()
    one.give_back_after(0.01)
    assert player.volumes == [0.8]
    await hass.async_block_till_done(wait_background_tasks=True)
    assert player.volumes == [0.8, 0.4]

    again = loudness(hass, volume=80)
    await again.take()
    again.give_back_after(3600)
    await asyncio.sleep(0)
    for task in tuple(hass._background_tasks):
        task.cancel()
    await hass.async_block_till_done(wait_background_tasks=True)
    assert player.volumes == [0.8, 0.4, 0.8, 0.4]


async def test_the_player_refuses_and_the_message_does_not_suffer(
    hass: HomeAssistant, player: Player, caplog: pytest.LogCaptureFixture
) -> None:
    async def refuse(volume: float) -> None:
        raise HomeAssistantError("not now")

    player.async_set_volume_level = refuse  # type: ignore[method-assign]
    one = loudness(hass, volume=80)
    await one.take()
    await one.give_back()
    assert "The volume of media_player.kitchen could not be changed" in caplog.text


async def test_nothing_is_changed_where_nothing_has_to_be(
    hass: HomeAssistant, player: Player
) -> None:
    for settings in ({}, {"volume": 40}):
        one = loudness(hass, **settings)
        await one.take()
        await one.give_back()
    nowhere = Loudness(hass, None, {"volume": 80}, Priority.LOW)
    await nowhere.take()
    await nowhere.give_back()
    player._attr_supported_features = MediaPlayerEntityFeature.PLAY_MEDIA
    player.async_write_ha_state()
    deaf = loudness(hass, volume=80)
    await deaf.take()
    await deaf.give_back()
    assert player.volumes == []


async def test_a_mute_is_respected_but_by_what_is_urgent(
    hass: HomeAssistant, player: Player
) -> None:
    await player.async_mute_volume(True)
    calm, urgent = loudness(hass), loudness(hass, Priority.URGENT)

    silence = calm.silence()
    assert silence is not None
    assert (silence.evidence, silence.detail) == (
        Evidence.REFUSED,
        "The player is muted",
    )
    assert urgent.silence() is None
    await urgent.take()
    assert player.is_volume_muted is False
    await urgent.give_back()
    assert player.is_volume_muted is True

    await player.async_mute_volume(False)
    await player.async_set_volume_level(0.0)
    at_zero = loudness(hass).silence()
    assert at_zero is not None
    assert "at zero" in at_zero.detail
    assert loudness(hass, volume=30).silence() is None


@pytest.mark.parametrize(
    ("title", "message", "words"),
    [
        ("Basement", "Water on the floor", "Basement. Water on the floor"),
        ("Washer", "The washer is done.", "The washer is done."),
        ("Ready", "", "Ready"),
        ("", "Ready", "Ready"),
        ("Look here.", "Now", "Look here. Now"),
    ],
)
def test_title_and_message_are_said_once(title: str, message: str, words: str) -> None:
    assert spoken(envelope(title=title, message=message)) == words


def test_no_speech_is_longer_than_the_limit() -> None:
    sentence = "All the taps in the house are open. "
    cut = bounded(sentence * 20)
    assert cut.endswith("open.")
    assert LONGEST_SPEECH // 2 < len(cut) <= LONGEST_SPEECH
    assert bounded("a" * 1000) == "a" * LONGEST_SPEECH
    words = bounded("word " * 200)
    assert words.endswith("word")
    assert len(words) <= LONGEST_SPEECH
    assert 15.0 < seconds_to_say(words) < 20.0
