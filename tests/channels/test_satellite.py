"""Voice satellites: said, heard, answered; and not while somebody talks to them."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
import pytest

from custom_components.reliable_notifications.channels import satellite as module
from custom_components.reliable_notifications.channels.satellite import (
    HEARD,
    Satellite,
)
from custom_components.reliable_notifications.compat import can_ask_aloud
from custom_components.reliable_notifications.engine.vocabulary import (
    Evidence,
    Priority,
)
from tests.channels import voices
from tests.channels.envelopes import envelope
from tests.channels.voices import Player, Room, area, device, registry_id

ENTITY = "assist_satellite.kitchen"


@pytest.fixture
def room() -> Room:
    return Room()


@pytest.fixture
async def kitchen(hass: HomeAssistant, room: Room, tmp_path: Path) -> voices.Satellite:
    found = voices.Satellite("Kitchen", room)
    await voices.set_up_satellites(hass, tmp_path, found)
    return found


def channel(hass: HomeAssistant, **settings: Any) -> Satellite:
    target = registry_id(hass, ENTITY)
    return Satellite(hass, "kitchen", "Kitchen", target, settings)


async def test_what_was_played_is_delivered(
    hass: HomeAssistant, kitchen: voices.Satellite, room: Room
) -> None:
    kitchen.speech_over.clear()
    call = asyncio.create_task(channel(hass).async_send(envelope()))
    await kitchen.speaks.wait()

    assert not call.done()
    kitchen.speech_over.set()
    assert (await call).evidence is Evidence.DELIVERED
    assert room.heard == ["Washing machine finished"]


@pytest.mark.parametrize(
    ("answer", "evidence"),
    [
        ("Yes.", Evidence.ACKNOWLEDGED),
        ("okay", Evidence.ACKNOWLEDGED),
        ("no", Evidence.SEEN),
        ("what is the weather like", Evidence.SEEN),
        (None, Evidence.DELIVERED),
    ],
)
async def test_a_yes_acknowledges(
    hass: HomeAssistant,
    kitchen: voices.Satellite,
    room: Room,
    answer: str | None,
    evidence: Evidence,
) -> None:
    if not can_ask_aloud(hass):
        pytest.skip("this Home Assistant cannot ask")
    booked: list[tuple[str, Evidence]] = []

    async def book(intent_id: str, evidence: Evidence) -> None:
        booked.append((intent_id, evidence))

    hass.data[HEARD] = book
    kitchen.answer = answer

    result = await channel(hass).async_send(envelope(acknowledge=True))

    assert result.evidence is evidence
    assert room.asked == ["Washing machine finished. Have you got that?"]
    acknowledged = evidence is Evidence.ACKNOWLEDGED
    assert booked == ([("01INTENT", evidence)] if acknowledged else [])
    assert "weather" not in result.detail


async def test_where_nobody_can_be_asked_it_is_only_said(
    hass: HomeAssistant, kitchen: voices.Satellite, room: Room
) -> None:
    hass.services.async_remove("assist_satellite", "ask_question")

    result = await channel(hass).async_send(envelope(acknowledge=True))

    assert result.evidence is Evidence.DELIVERED
    assert (room.heard, room.asked) == (["Washing machine finished"], [])


async def test_one_that_never_stops_listening_was_heard(
    hass: HomeAssistant, kitchen: voices.Satellite, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not can_ask_aloud(hass):
        pytest.skip("this Home Assistant cannot ask")
    monkeypatch.setattr(module, "ANSWER_TIME", 0.05)
    monkeypatch.setattr(module, "seconds_to_say", lambda text: 0.0)
    kitchen.deaf = True

    result = await channel(hass).async_send(envelope(acknowledge=True))
    assert result.evidence is Evidence.DELIVERED

    kitchen.speech_over.clear()  # and one that does not begin to listen is in doubt
    with pytest.raises(TimeoutError):
        await channel(hass).async_send(envelope(acknowledge=True))
    kitchen.speech_over.set()


async def test_edge_14_a_busy_satellite_is_asked_again_then_given_up(
    hass: HomeAssistant,
    kitchen: voices.Satellite,
    room: Room,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    monkeypatch.setattr(module, "sleep", pause)
    kitchen.speech_over.clear()
    first = asyncio.create_task(channel(hass).async_send(envelope()))
    await kitchen.speaks.wait()

    # urgent does not wait for somebody to stop talking, but an announcement is not
    # broken off for it
    for priority in (Priority.MEDIUM, Priority.URGENT):
        result = await channel(hass).async_send(envelope(priority=priority))
        assert (result.evidence, result.trouble) == (Evidence.UNREACHABLE, None)
        assert "9 s" in result.detail
        assert pauses == [3.0, 3.0, 3.0]
        pauses.clear()
    assert len(room.heard) == 1
    kitchen.speech_over.set()
    await first
    assert (await channel(hass).async_send(envelope())).evidence is Evidence.DELIVERED


async def test_who_is_talking_to_it_is_cut_off_only_for_what_is_urgent(
    hass: HomeAssistant,
    kitchen: voices.Satellite,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def pause(seconds: float) -> None:
        pass

    monkeypatch.setattr(module, "sleep", pause)
    kitchen._set_state("listening")  # type: ignore[arg-type]

    calm = await channel(hass).async_send(envelope())
    urgent = await channel(hass).async_send(envelope(priority=Priority.URGENT))

    assert calm.evidence is Evidence.UNREACHABLE
    assert urgent.evidence is Evidence.DELIVERED


async def test_what_the_satellite_raises_goes_to_the_courier(
    hass: HomeAssistant, kitchen: voices.Satellite
) -> None:
    kitchen.error = HomeAssistantError("out of order")
    with pytest.raises(HomeAssistantError, match="out of order"):
        await channel(hass).async_send(envelope())


async def test_it_is_as_loud_as_was_set_and_afterwards_as_before(
    hass: HomeAssistant, kitchen: voices.Satellite, room: Room
) -> None:
    player = Player("Kitchen", room)
    await voices.add(hass, "media_player", player)
    device(hass, ENTITY, "media_player.kitchen")

    await channel(hass, volume=80).async_send(envelope())
    assert player.volumes == [0.8, 0.4]

    kitchen.error = HomeAssistantError("out of order")
    with pytest.raises(HomeAssistantError):
        await channel(hass, volume=80).async_send(envelope())
    assert player.volumes == [0.8, 0.4, 0.8, 0.4]

    await player.async_mute_volume(True)
    muted = await channel(hass).async_send(envelope())
    assert (muted.evidence, muted.detail) == (Evidence.REFUSED, "The player is muted")


async def test_it_is_heard_in_its_room(
    hass: HomeAssistant, kitchen: voices.Satellite, room: Room
) -> None:
    assert channel(hass).traits.room is None
    registry = er.async_get(hass)
    registry.async_update_entity(ENTITY, area_id=area(hass, "Kitchen"))
    assert channel(hass).traits.room == "kitchen"


async def test_what_cannot_be_called(
    hass: HomeAssistant, kitchen: voices.Satellite
) -> None:
    target = registry_id(hass, ENTITY)
    assert [each.value for each in Satellite.choices(hass)] == [target]
    assert Satellite.problem(hass, target) is None
    hass.states.async_set("light.lamp", "on")
    for gone in ("light.lamp", "assist_satellite.nobody", "no such id"):
        assert Satellite.problem(hass, gone) == "target_gone"

    kitchen._attr_available = False
    kitchen.async_write_ha_state()
    result = await channel(hass).async_send(envelope())
    assert result.evidence is Evidence.UNREACHABLE
    assert channel(hass).hindrance == result

    kitchen._attr_available = True
    kitchen._attr_supported_features = 0  # type: ignore[assignment]
    kitchen.async_write_ha_state()
    assert Satellite.choices(hass) == []
    assert Satellite.problem(hass, target) == "cannot_speak"

    silent = channel(hass)
    er.async_get(hass).async_remove(ENTITY)
    await hass.async_block_till_done()
    assert (await silent.async_send(envelope())).evidence is Evidence.REFUSED
