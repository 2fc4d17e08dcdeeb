"""One announcement at a time in a room, through real actions and a real file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, ServiceCall

from custom_components.reliable_notifications.channels.interface import Limits
from custom_components.reliable_notifications.channels.notify_action import (
    NotifyAction,
)
from custom_components.reliable_notifications.engine.delivery.rooms import (
    LONGEST_WAIT,
    PAUSE,
    speaking_time,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    Evidence,
    Priority,
    Shape,
)
from tests.adapters.delivering import Desk, action, open_desk, wait_for
from tests.adapters.test_hedged_delivery import pass_time

TITLE = "Washing machine"


class Speaker(NotifyAction):
    """A speaker in a room, that takes words and does not tell when they are spoken."""

    shape = Shape.SPEECH
    replaces = False
    patience = 2.0
    limits = Limits(per_minute=10_000, per_hour=10_000)
    where: str | None = None

    @property
    def room(self) -> str | None:
        return self.where


class Voices:
    """What is said, by all speakers of the house, in order."""

    def __init__(self, hass: HomeAssistant) -> None:
        self.hass = hass
        self.said: list[str] = []

    def speaker(self, name: str, room: str | None) -> Speaker:
        async def speak(call: ServiceCall) -> None:
            self.said.append(f"{name}: {call.data['message']}")

        self.hass.services.async_register("notify", name, speak)
        speaker = Speaker(self.hass, name, name.title(), f"notify.{name}")
        speaker.where = room
        return speaker

    async def hear(self, *said: str) -> None:
        await wait_for(lambda: len(self.said) >= len(said))
        assert self.said == list(said)


async def say(desk: Desk, speaker: str, words: str, **more: Any) -> str:
    return await desk.send(speaker, message=words, **more)


def how_long(words: str) -> float:
    return speaking_time(f"{TITLE} {words}") + PAUSE


async def test_edge_13_two_in_a_room_do_not_speak_over_each_other(
    hass: HomeAssistant, tmp_path: Path, freezer: FrozenDateTimeFactory
) -> None:
    voices = Voices(hass)
    async with open_desk(
        hass,
        tmp_path,
        echo=voices.speaker("echo", "kitchen"),
        cube=voices.speaker("cube", "kitchen"),
        bell=voices.speaker("bell", "bath"),
        lone=voices.speaker("lone", None),
    ) as desk:
        await say(desk, "echo", "one")
        await voices.hear("echo: one")
        await say(desk, "cube", "low", priority=Priority.LOW)
        await say(desk, "cube", "two")
        await say(desk, "echo", "three")
        await say(desk, "bell", "elsewhere")
        await say(desk, "lone", "nowhere")
        said = ["echo: one", "bell: elsewhere", "lone: nowhere"]
        await voices.hear(*said)

        for words in ("cube: two", "echo: three", "cube: low"):
            before = len(said)
            await pass_time(hass, freezer, how_long("one") - 0.5)
            assert len(voices.said) == before
            await pass_time(hass, freezer, 1.5)
            said.append(words)
            await voices.hear(*said)


async def test_edge_13_urgent_is_said_at_once_whatever_is_spoken_or_waits(
    hass: HomeAssistant, tmp_path: Path, freezer: FrozenDateTimeFactory
) -> None:
    voices = Voices(hass)
    async with open_desk(
        hass, tmp_path, echo=voices.speaker("echo", "kitchen")
    ) as desk:
        await say(desk, "echo", "one")
        await voices.hear("echo: one")
        await say(desk, "echo", "two")
        await say(desk, "echo", "leak", priority=Priority.URGENT)
        await voices.hear("echo: one", "echo: leak")
        await say(desk, "echo", "smoke", priority=Priority.URGENT)
        await pass_time(hass, freezer, how_long("leak") - 0.5)
        assert len(voices.said) == 2
        await pass_time(hass, freezer, 0.6)
        await voices.hear("echo: one", "echo: leak", "echo: smoke")


async def test_edge_13_what_has_waited_a_minute_goes_the_next_way(
    hass: HomeAssistant, tmp_path: Path, freezer: FrozenDateTimeFactory
) -> None:
    voices, got = Voices(hass), []

    async def take(call: ServiceCall) -> None:
        got.append(call.data["message"])

    async with open_desk(
        hass,
        tmp_path,
        echo=voices.speaker("echo", "kitchen"),
        phone=action(hass, "phone", take),
    ) as desk:
        speech = "x" * 1000  # as long as a speech may be
        ids = [
            await desk.send("echo", "phone", message=f"{speech}{number}")
            for number in range(4)
        ]
        for intent_id in ids[1:]:
            await desk.until(intent_id, lambda each: each.state == "waiting")
        for _ in range(9):
            await pass_time(hass, freezer, LONGEST_WAIT / 8)
        await wait_for(lambda: len(got) == 2)

        assert [each[-1] for each in voices.said] == ["0", "1"]
        assert sorted(each[-1] for each in got) == ["2", "3"]
        for intent_id in ids[2:]:
            await desk.over(intent_id)
            told = await desk.attempts(intent_id)
            assert [each[:2] for each in told] == [
                ("echo", Evidence.REFUSED),
                ("phone", Evidence.ACCEPTED),
            ]
            assert told[0][2] == "Not asked: waited 60 s for its turn to speak"


async def test_who_does_not_want_to_speak_any_more_is_in_nobodys_way(
    hass: HomeAssistant, tmp_path: Path, freezer: FrozenDateTimeFactory
) -> None:
    voices = Voices(hass)
    async with open_desk(
        hass, tmp_path, echo=voices.speaker("echo", "kitchen")
    ) as desk:
        await say(desk, "echo", "one")
        await voices.hear("echo: one")
        over = await say(desk, "echo", "two")
        await say(desk, "echo", "three")
        await pass_time(hass, freezer, 0.1)
        await desk.courier.close(over, "emptied")
        await pass_time(hass, freezer, how_long("one"))
        await voices.hear("echo: one", "echo: three")


async def test_a_restart_leaves_nobody_waiting(
    hass: HomeAssistant, tmp_path: Path, freezer: FrozenDateTimeFactory
) -> None:
    voices = Voices(hass)
    async with open_desk(
        hass, tmp_path, echo=voices.speaker("echo", "kitchen")
    ) as desk:
        await say(desk, "echo", "one")
        await voices.hear("echo: one")
        waiting = await say(desk, "echo", "two")
        await pass_time(hass, freezer, 0.1)
        await desk.courier.stop()
        assert len(voices.said) == 1

        desk.courier = desk.new_courier()
        await desk.courier.start()
        await voices.hear("echo: one", "echo: two")
        await desk.over(waiting)
