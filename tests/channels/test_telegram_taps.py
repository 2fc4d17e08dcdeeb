"""A tap on a button under a message in Telegram, through the real code of its bot."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from typing import Any

from homeassistant.core import Context
import pytest

from custom_components.reliable_notifications.adapters.receipts import Receipts
from custom_components.reliable_notifications.engine.content.verbs import Verb
from custom_components.reliable_notifications.engine.vocabulary import Evidence
from tests.adapters.delivering import Desk, on_disk, open_desk
from tests.channels.faults.scene import Stage
from tests.channels.test_push_services import Chat, needs_chats


class Tapped:
    """A chat in which a message of ours stands, and somebody who taps."""

    def __init__(self, stage: Stage, chat: Chat, desk: Desk) -> None:
        self.hass = stage.hass
        self.chat = chat
        self.desk = desk
        self.deeds: list[tuple[Verb, str]] = []
        self.receipts = Receipts(stage.hass, desk.outbox, desk.courier.book, self._act)

    async def _act(self, verb: Verb, intent_id: str, _context: Context) -> None:
        self.deeds.append((verb, intent_id))

    async def tap(self, data: str, *, user: int = 7) -> None:
        """What Telegram sends to the bot."""
        code = import_module("homeassistant.components.telegram_bot.bot")
        telegram = import_module("telegram")

        class Bot(code.BaseTelegramBot):  # type: ignore[misc,name-defined]
            async def shutdown(self) -> None:
                """It was never started."""

        entry = self.chat.scene.entry
        bot = entry.runtime_data.bot
        chat = {"id": 7, "type": "private"}
        update = {
            "update_id": 1,
            "callback_query": {
                "id": "4711",
                "from": {
                    "id": user,
                    "is_bot": False,
                    "first_name": "Anna",
                    "last_name": "Muster",
                },
                "chat_instance": "1",
                "data": data,
                "message": {"message_id": 1, "date": 1, "chat": chat, "text": "it"},
            },
        }
        await Bot(self.hass, entry, bot).handle_update(
            telegram.Update.de_json(update, bot), None
        )
        await self.hass.async_block_till_done(wait_background_tasks=True)

    def toasts(self) -> list[dict[str, str]]:
        return self.chat.written("answerCallbackQuery")


@asynccontextmanager
async def told(stage: Stage) -> AsyncIterator[tuple[Tapped, str]]:
    chat = Chat(stage)
    yes: dict[str, Any] = {"ok": True, "result": True}
    chat.scene.server.takes("/bot1:secret/answerCallbackQuery", yes, {})
    channel = await chat.open()
    channel.channel_id = "chat"
    async with open_desk(stage.hass, stage.path, chat=channel) as desk:
        tapped = Tapped(stage, chat, desk)
        tapped.receipts.start()
        try:
            intent_id = await desk.send("chat")
            await desk.over(intent_id)
            yield tapped, intent_id
        finally:
            tapped.receipts.stop()


@needs_chats
async def test_a_tap_is_booked_with_the_name_and_the_button_comes_to_rest(
    stage: Stage,
) -> None:
    async with told(stage) as (tapped, intent_id):
        await tapped.tap(f"RN_ACKNOWLEDGE_{intent_id}")
        await tapped.desk.until(
            intent_id, lambda each: each.evidence is Evidence.ACKNOWLEDGED
        )
        assert tapped.deeds == [(Verb.ACKNOWLEDGE, intent_id)]
        (toast,) = tapped.toasts()
        assert (toast["callback_query_id"], toast["text"]) == ("4711", "✓ OK")
        rows = on_disk(tapped.desk.database, "SELECT evidence, who FROM receipt")
        assert rows == [("acknowledged", "Anna Muster")]


@needs_chats
async def test_buttons_of_others_are_left_to_them(stage: Stage) -> None:
    async with told(stage) as (tapped, _):
        await tapped.tap("/open_blinds")
        assert tapped.deeds == []
        assert tapped.toasts() == []
        assert on_disk(tapped.desk.database, "SELECT * FROM receipt") == []


@needs_chats
async def test_who_may_not_write_to_the_bot_may_not_answer(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    """The integration sorts them out, before it tells anybody."""
    async with told(stage) as (tapped, intent_id):
        chat = tapped.chat.scene.entry
        for subentry_id in list(chat.subentries):
            stage.hass.config_entries.async_remove_subentry(chat, subentry_id)
        await tapped.tap(f"RN_ACKNOWLEDGE_{intent_id}", user=8)
        assert tapped.deeds == []
    assert "Unauthorized update" in caplog.text


@needs_chats
async def test_a_toast_that_cannot_be_shown_changes_nothing(stage: Stage) -> None:
    async with told(stage) as (tapped, intent_id):
        await tapped.chat.scene.server.close()
        await tapped.tap(f"RN_SNOOZE_{intent_id}")
        assert tapped.deeds == [(Verb.SNOOZE, intent_id)]
