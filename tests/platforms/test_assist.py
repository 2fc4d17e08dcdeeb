"""What people say to Assist: Home Assistant's own agent understands and answers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
import re
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components import conversation
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import intent
from homeassistant.setup import async_setup_component
import pytest

from custom_components.reliable_notifications.adapters.database import StorageFailed
from custom_components.reliable_notifications.const import DOMAIN
from custom_components.reliable_notifications.engine.vocabulary import (
    Evidence,
    IntentState,
)
from tests.contracts.source_tree import REPOSITORY

from .home import lived_in
from .laundry import Laundry


@pytest.fixture
async def house(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, tmp_path: Path
) -> AsyncIterator[Laundry]:
    """The washing machine, with an Assist that understands sentences."""
    freezer.move_to("2026-11-26T07:00:00+00:00")
    hass.config.config_dir = str(tmp_path)
    for component in ("homeassistant", "conversation", "intent"):
        assert await async_setup_component(hass, component, {})
    async with lived_in(Laundry(hass, freezer)) as place:
        yield place


async def say(
    house: Laundry, sentence: str, who: str | None = None, language: str = "en"
) -> str:
    """Say it as a microphone would pass it on; returns what is answered."""
    result = await conversation.async_converse(
        house.hass, sentence, None, Context(user_id=who), language=language
    )
    await house.settle()
    return str(result.response.speech["plain"]["speech"])


async def handle(house: Laundry, name: str, **slots: Any) -> str:
    """What a language model, or custom sentences, make of what was said."""
    response = await intent.async_handle(
        house.hass, "test", name, {key: {"value": each} for key, each in slots.items()}
    )
    await house.settle()
    return str(response.speech["plain"]["speech"])


async def send(house: Laundry, message: str, **data: Any) -> None:
    await house.hass.services.async_call(
        DOMAIN, "send", {"message": message, **data}, blocking=True
    )
    await house.settle()


async def records(house: Laundry) -> list[tuple[IntentState, Evidence | None]]:
    found = await house.entry.runtime_data.outbox.records_since(0)
    return [(each.state, each.evidence) for each in found]


async def test_a_spoken_sentence_acknowledges_and_says_who(house: Laundry) -> None:
    anna = await house.hass.auth.async_create_user("Anna")
    await send(house, "Water on the floor", priority="urgent")

    assert await say(house, "what messages are waiting") == (
        "Waiting: Water on the floor."
    )
    said = await say(house, "acknowledge the message", anna.id)

    assert said == "Noted: Water on the floor."
    assert await records(house) == [(IntentState.DONE, Evidence.ACKNOWLEDGED)]
    who = await house.entry.runtime_data.database.read(
        lambda connection: connection.execute(
            "SELECT who, source FROM receipt WHERE evidence = 'acknowledged'"
        ).fetchall()
    )
    assert [tuple(row) for row in who] == [(anna.id, "voice")]
    assert await say(house, "acknowledge the message") == (
        "Somebody has taken note of it already: Water on the floor."
    )
    assert await say(house, "are there any messages") == "No message is waiting."


async def test_without_a_message_there_is_nothing_to_acknowledge(
    house: Laundry,
) -> None:
    assert await say(house, "I've seen the notification") == (
        "There is no message to acknowledge."
    )
    await send(house, "Filter is full")
    await house.wait(3700, 60)
    assert await say(house, "acknowledge the message") == (
        "There is no message to acknowledge."
    )


async def test_what_was_told_last_is_meant_where_nothing_waits(house: Laundry) -> None:
    await send(house, "First")
    await house.wait(60)
    await send(house, "Second")
    assert await say(house, "confirm the notification") == "Noted: Second."
    assert [each for _, each in await records(house)] == [
        Evidence.DISPATCHED,
        Evidence.ACKNOWLEDGED,
    ]


async def test_a_message_is_put_off_by_word_of_mouth(house: Laundry) -> None:
    await send(house, "Filter is full")
    assert await say(house, "snooze the message for 5 minutes") == (
        "I will tell you again in 5 minutes: Filter is full."
    )
    await house.wait(310, 10)
    told = [call.data["message"] for call in house.received]
    assert told == ["Filter is full"] * 2
    await send(house, "Water", priority="urgent")
    assert await handle(house, "ReliableNotificationsSnooze") == (
        "I will tell you again in 15 minutes: Filter is full."
    )


async def test_what_is_urgent_is_not_put_off(house: Laundry) -> None:
    await send(house, "Water", priority="urgent")
    assert await say(house, "remind me later") == (
        "Urgent messages cannot be put off: Water."
    )


async def test_an_appliance_is_emptied_by_word_of_mouth(house: Laundry) -> None:
    assert await say(house, "the washer is empty") == (
        "Washer has nothing to be taken out."
    )
    await house.wash()
    assert "Washer waits to be emptied" in await say(house, "what messages are there")
    assert await say(house, "I emptied the washer") == "Thank you. Washer is empty."
    assert [data["by"] for data in house.heard("emptied")] == ["voice"]


async def test_sentences_about_other_things_are_not_ours(house: Laundry) -> None:
    await house.wash()
    answer = await say(house, "the fridge is empty")
    assert "Thank you" not in answer
    assert house.heard("emptied") == []


async def test_they_are_forgotten_with_the_entry_and_learned_once(
    house: Laundry,
) -> None:
    await send(house, "Filter is full")
    assert await house.hass.config_entries.async_reload(house.entry.entry_id)
    await house.settle()
    assert await say(house, "confirm the message") == "Noted: Filter is full."
    assert await house.hass.config_entries.async_unload(house.entry.entry_id)
    assert "Noted" not in await say(house, "confirm the message")
    with pytest.raises(intent.IntentHandleError):
        await handle(house, "ReliableNotificationsWaiting")


async def test_it_speaks_the_language_of_the_home(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, tmp_path: Path
) -> None:
    hass.config.config_dir = str(tmp_path)
    hass.config.language = "de"
    for component in ("homeassistant", "conversation", "intent"):
        assert await async_setup_component(hass, component, {})
    async with lived_in(Laundry(hass, freezer)) as place:
        await send(place, "Filter ist voll")
        said = await say(place, "Quittiere die Nachricht", language="de")
        assert said == "Zur Kenntnis genommen: Filter ist voll."
        said = await say(place, "Die Washer ist leer", language="de")
        assert said == "Washer hat nichts auszuräumen."


async def test_intents_for_language_models_and_own_sentences(house: Laundry) -> None:
    names = {each.intent_type for each in intent.async_get(house.hass)}
    assert {
        f"ReliableNotifications{each}"
        for each in ("Acknowledge", "Waiting", "Snooze", "Emptied")
    } <= names
    await send(house, "Filter is full")
    assert await handle(house, "ReliableNotificationsWaiting") == (
        "No message is waiting."  # a quiet one needs no answer
    )
    assert await handle(house, "ReliableNotificationsAcknowledge") == (
        "Noted: Filter is full."
    )
    await house.wash()
    unknown = await handle(house, "ReliableNotificationsEmptied", appliance="Mangle")
    assert unknown == "I know no appliance called Mangle. There are: Washer."
    emptied = await handle(house, "ReliableNotificationsEmptied", appliance="washer")
    assert emptied == "Thank you. Washer is empty."


async def test_a_log_that_cannot_be_read_is_said(
    house: Laundry, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise StorageFailed("gone")

    monkeypatch.setattr(house.entry.runtime_data.outbox, "records_since", fail)
    failed = "That did not work: the log of messages cannot be read."
    for sentence in ("confirm the message", "remind me later", "are there messages"):
        assert await say(house, sentence) == failed


async def test_the_sentences_of_the_handbook_work(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, tmp_path: Path
) -> None:
    handbook = (REPOSITORY / "docs" / "voice.md").read_text(encoding="utf-8")
    (own,) = re.findall(r"```yaml\n(.*?)```", handbook, re.DOTALL)
    folder = tmp_path / "custom_sentences" / "en"
    folder.mkdir(parents=True)
    (folder / "own.yaml").write_text(own, encoding="utf-8")
    hass.config.config_dir = str(tmp_path)
    for component in ("homeassistant", "conversation", "intent"):
        assert await async_setup_component(hass, component, {})
    async with lived_in(Laundry(hass, freezer)) as place:
        await send(place, "Filter is full")
        assert await say(place, "all right then") == "Noted: Filter is full."
        assert await say(place, "the washer has been seen to") == (
            "Washer has nothing to be taken out."
        )
        # as it stands in the table
        assert await say(place, "Are there any messages") == "No message is waiting."
        assert "Washer has" in await say(place, "I unloaded the washer")
