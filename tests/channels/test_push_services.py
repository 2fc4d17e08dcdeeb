"""What goes to ntfy, Telegram and a browser: their real integrations, on loopback."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs

from homeassistant.core import HomeAssistant
import http_ece
import pytest

from custom_components.reliable_notifications.channels.html5 import Html5
from custom_components.reliable_notifications.channels.telegram import Telegram
from custom_components.reliable_notifications.engine.content.verbs import OFFERS
from custom_components.reliable_notifications.engine.vocabulary import (
    Evidence,
    Priority,
)
from tests.channels.envelopes import envelope
from tests.channels.faults import test_online as online
from tests.channels.faults.scene import Stage

OPENS = "/reliable-notifications"


def has_action(hass: HomeAssistant, domain: str, name: str) -> bool:
    return hass.services.has_service(domain, name)


async def test_ntfy_rings_as_loud_as_the_message_is_urgent(stage: Stage) -> None:
    scene = online.Ntfy(stage)
    channel = await scene.build()
    if not has_action(stage.hass, "ntfy", "publish"):
        pytest.skip("this version publishes the words only")
    told = []
    for priority in Priority:
        result = await channel.async_send(envelope(priority=priority))
        assert result.evidence is Evidence.ACCEPTED
        told.append(json.loads(scene.server.got[-1][2]))

    assert [each["priority"] for each in told] == [5, 4, 3, 2]
    assert {each["topic"] for each in told} == {"home"}
    assert {each["sequence_id"] for each in told} == {"rn-washer-1"}
    assert told[0]["title"] == "Washing machine"
    assert told[0]["message"] == "Washing machine finished"
    # readers of the topic must not learn where the home is
    assert not {"click", "actions"} & {key for key, value in told[0].items() if value}


async def test_ntfy_leads_to_the_dashboard_where_that_is_wanted(stage: Stage) -> None:
    scene = online.Ntfy(stage)
    channel = await scene.build()
    if not has_action(stage.hass, "ntfy", "publish"):
        pytest.skip("this version publishes the words only")
    channel.filled_in = {"link": True}
    await stage.hass.config.async_update(external_url="https://home.example.org")
    await channel.async_send(envelope())
    told = json.loads(scene.server.got[-1][2])
    assert told["click"] == f"https://home.example.org{OPENS}"
    (button,) = told["actions"]
    assert (button["label"], button["url"]) == ("More", told["click"])


async def test_ntfy_takes_a_message_off_the_phones(stage: Stage) -> None:
    scene = online.Ntfy(stage)
    deleted = {"id": "2", "time": 1, "event": "message_delete", "topic": "home"}
    scene.server.takes("/home/rn-washer-1", deleted, {}, method="DELETE")
    channel = await scene.build()
    assert channel.traits.replaces is has_action(stage.hass, "ntfy", "delete")
    await channel.async_clear("rn-washer-1")
    paths = [path for path, _, _ in scene.server.got]
    expected = ["/home/rn-washer-1"] if channel.traits.replaces else []
    assert paths == expected


async def test_ntfy_of_an_old_version_gets_the_words(stage: Stage) -> None:
    scene = online.Ntfy(stage)
    channel = await scene.build()
    for action in ("publish", "delete"):
        stage.hass.services.async_remove("ntfy", action)
    result = await channel.async_send(envelope(priority=Priority.URGENT))
    assert result.evidence is Evidence.ACCEPTED
    told = json.loads(scene.server.got[-1][2])
    assert (told["topic"], told["message"]) == ("home", "Washing machine finished")
    assert not told.get("priority")


needs_chats = pytest.mark.skipif(
    not online.has_entities("telegram_bot"),
    reason="chats of the bot are no entities in this version",
)


class Chat:
    """The chat of a bot, and what was written into it."""

    def __init__(self, stage: Stage) -> None:
        self.scene = online.Telegram(stage)
        self.scene.server.takes(
            "/bot1:secret/deleteMessage", {"ok": True, "result": True}, {}
        )

    async def open(self) -> Telegram:
        channel = await self.scene.build()
        assert isinstance(channel, Telegram)
        return channel

    def written(self, method: str) -> list[dict[str, str]]:
        return [
            {key: value[0] for key, value in parse_qs(body.decode()).items()}
            for path, _, body in self.scene.server.got
            if path.endswith(method)
        ]


@needs_chats
async def test_telegram_gets_buttons_that_name_the_message(stage: Stage) -> None:
    chat = Chat(stage)
    channel = await chat.open()
    (choice,) = Telegram.choices(stage.hass)
    assert choice.value == channel.target
    assert Telegram.problem(stage.hass, choice.value) is None
    assert Telegram.problem(stage.hass, "gone") == "target_gone"

    result = await channel.async_send(
        envelope(message="Started _early_ [now", data={OFFERS: "emptied"})
    )
    assert (result.evidence, result.reference) == (Evidence.ACCEPTED, "1")
    (told,) = chat.written("sendMessage")
    assert told["text"] == "Washing machine\nStarted _early_ [now"
    assert "parse_mode" not in told  # it would be refused: the marks are not closed
    (row,) = json.loads(told["reply_markup"])["inline_keyboard"]
    assert [(each["text"], each["callback_data"]) for each in row] == [
        ("OK", "RN_ACKNOWLEDGE_01INTENT"),
        ("Emptied", "RN_EMPTIED_01INTENT"),
        ("In 15 minutes", "RN_SNOOZE_01INTENT"),
    ]
    # Telegram takes 64 bytes; an intent's id has 26 letters
    assert all(len(each["callback_data"]) + 18 <= 64 for each in row)


@needs_chats
async def test_telegram_makes_no_sound_for_what_is_not_important(stage: Stage) -> None:
    chat = Chat(stage)
    channel = await chat.open()
    for priority in (Priority.LOW, Priority.URGENT):
        await channel.async_send(envelope(priority=priority, tag=priority))
    quiet, loud = chat.written("sendMessage")
    assert quiet.get("disable_notification") in ("true", "True")
    assert loud.get("disable_notification") not in ("true", "True")


@needs_chats
async def test_telegram_deletes_what_is_over_also_after_a_restart(
    stage: Stage,
) -> None:
    chat = Chat(stage)
    channel = await chat.open()
    await channel.async_send(envelope())
    await channel.async_clear("rn-washer-1")
    await channel.async_clear("rn-washer-1")  # once is enough
    assert [each["message_id"] for each in chat.written("deleteMessage")] == ["1"]

    restarted = Telegram(stage.hass, "it", "It", channel.target)
    await restarted.async_take_back("rn-washer-1", ["7", "8", "no number"])
    numbers = [each["message_id"] for each in chat.written("deleteMessage")]
    assert numbers == ["1", "7", "8"]


@needs_chats
async def test_telegram_replaces_the_earlier_message_by_the_later(
    stage: Stage,
) -> None:
    chat = Chat(stage)
    channel = await chat.open()
    for _ in range(2):
        await channel.async_send(envelope())
    await stage.hass.async_block_till_done(wait_background_tasks=True)
    assert len(chat.written("sendMessage")) == 2
    assert [each["message_id"] for each in chat.written("deleteMessage")] == ["1"]


class Browser:
    """A browser that has registered, and can read what is pushed to it."""

    def __init__(self, stage: Stage) -> None:
        self.is_new = online.has_entities("html5")
        scene_type = online.Html5 if self.is_new else online.OldHtml5
        self.scene = scene_type(stage)

    async def open(self) -> Html5:
        channel = await self.scene.build()
        assert isinstance(channel, Html5)
        return channel

    def shown(self) -> tuple[dict[str, str], dict[str, Any]]:
        """Headers and content of the latest push, as only the browser can read it."""
        _, headers, body = self.scene.server.got[-1]
        content = http_ece.decrypt(
            body,
            private_key=self.scene.browser,
            auth_secret=online.BROWSERS_SECRET,
            version="aes128gcm",
        )
        return {key.lower(): value for key, value in headers.items()}, json.loads(
            content
        )


async def test_a_browser_gets_what_identifies_the_message(stage: Stage) -> None:
    browser = Browser(stage)
    channel = await browser.open()
    assert Html5.problem(stage.hass, channel.target) is None
    assert Html5.problem(stage.hass, "gone") == "target_gone"
    assert channel.target in {each.value for each in Html5.choices(stage.hass)}
    assert channel.confirms is browser.is_new

    result = await channel.async_send(envelope(data={OFFERS: "emptied"}))
    assert result.evidence is channel.traits.best_evidence
    headers, shown = browser.shown()
    assert (shown["title"], shown["body"]) == (
        "Washing machine",
        "Washing machine finished",
    )
    assert shown["tag"] == "rn-washer-1"
    assert shown["data"]["rn_intent"] == "01INTENT"
    assert shown["data"]["url"] == OPENS
    # a browser shows two
    assert [each["action"] for each in shown["actions"]] == [
        "RN_ACKNOWLEDGE_01INTENT",
        "RN_EMPTIED_01INTENT",
    ]
    if browser.is_new:
        assert 3590 <= int(headers["ttl"]) <= 3600


async def test_a_browser_is_as_loud_as_it_should_be(stage: Stage) -> None:
    browser = Browser(stage)
    channel = await browser.open()
    seen = {}
    for priority in Priority:
        await channel.async_send(envelope(priority=priority))
        headers, shown = browser.shown()
        seen[priority] = (
            headers.get("urgency") if browser.is_new else None,
            shown["renotify"],
            shown["silent"],
            shown["requireInteraction"],
        )
    urgencies = ["high", "high", "normal", "low"] if browser.is_new else 4 * [None]
    assert list(seen.values()) == [
        (urgencies[0], True, False, True),
        (urgencies[1], True, False, False),
        (urgencies[2], False, False, False),
        (urgencies[3], False, True, False),
    ]


async def test_a_message_is_taken_off_the_screen_of_a_browser(stage: Stage) -> None:
    browser = Browser(stage)
    channel = await browser.open()
    await channel.async_clear("rn-washer-1")
    _, shown = browser.shown()
    assert (shown["tag"], shown["dismiss"]) == ("rn-washer-1", True)
