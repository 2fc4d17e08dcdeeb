"""What a browser answers to a web push, through the real callback of html5."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any

from homeassistant.core import Context
from homeassistant.helpers import entity_registry as er, issue_registry as ir
import pytest

from custom_components.reliable_notifications.adapters.receipts import Receipts
from custom_components.reliable_notifications.engine.content.verbs import Verb
from custom_components.reliable_notifications.engine.vocabulary import (
    Evidence,
    IntentRecord,
)
from tests.adapters.delivering import Desk, on_disk, open_desk
from tests.channels.faults.scene import Stage
from tests.channels.test_push_services import Browser


class Window:
    """A browser that shows a message of ours, and a person in front of it."""

    def __init__(self, stage: Stage, browser: Browser, desk: Desk) -> None:
        self.stage = stage
        self.browser = browser
        self.desk = desk
        self.deeds: list[tuple[Verb, str]] = []
        self.receipts = Receipts(stage.hass, desk.outbox, desk.courier.book, self._act)

    async def _act(self, verb: Verb, intent_id: str, _context: Context) -> None:
        self.deeds.append((verb, intent_id))

    async def says(self, word: str, action: str | None = None) -> None:
        """What its service worker posts: the token and the data come from the push."""
        _, shown = self.browser.shown()
        data = dict(shown["data"])
        token = data.pop("jwt")
        told: dict[str, Any] = {"type": word, "tag": shown["tag"], "data": data}
        if action is not None:
            told["action"] = action
        client = await self.stage.client()
        answer = await client.post(
            "/api/notify.html5/callback",
            json=told,
            headers={"Authorization": f"Bearer {token}"},
        )
        assert answer.status == HTTPStatus.OK
        await self.stage.hass.async_block_till_done(wait_background_tasks=True)

    async def until(self, intent_id: str, evidence: Evidence) -> IntentRecord:
        return await self.desk.until(intent_id, lambda each: each.evidence is evidence)


@asynccontextmanager
async def looking_at(stage: Stage) -> AsyncIterator[Window]:
    """A browser, a desk and somebody who listens."""
    browser = Browser(stage)
    channel = await browser.open()
    channel.channel_id = "browser"
    async with open_desk(stage.hass, stage.path, browser=channel) as desk:
        window = Window(stage, browser, desk)
        window.receipts.start()
        try:
            yield window
        finally:
            window.receipts.stop()


@pytest.mark.parametrize(
    ("word", "evidence"),
    [
        ("received", Evidence.DELIVERED),
        ("closed", Evidence.SEEN),
        ("clicked", Evidence.SEEN),
    ],
)
async def test_a_browser_says_what_became_of_a_message(
    stage: Stage, word: str, evidence: Evidence
) -> None:
    async with looking_at(stage) as window:
        intent_id = await window.desk.send("browser")
        await window.desk.over(intent_id)
        await window.says(word)
        record = await window.until(intent_id, evidence)
        assert record.channel_id == "browser"
        assert window.deeds == []


async def test_a_button_of_a_browser_acknowledges(stage: Stage) -> None:
    async with looking_at(stage) as window:
        intent_id = await window.desk.send("browser")
        await window.desk.over(intent_id)
        await window.says("received")
        _, shown = window.browser.shown()
        for _ in range(2):
            await window.says("clicked", shown["actions"][0]["action"])
        await window.until(intent_id, Evidence.ACKNOWLEDGED)

        assert window.deeds == [(Verb.ACKNOWLEDGE, intent_id)] * 2
        receipts = on_disk(
            window.desk.database, "SELECT evidence FROM receipt ORDER BY at"
        )
        assert receipts == [("delivered",), ("acknowledged",)]


async def test_where_there_are_entities_the_bus_is_left_alone(stage: Stage) -> None:
    """Since 2026 Home Assistant tells people to mend who listens there."""
    async with looking_at(stage) as window:
        intent_id = await window.desk.send("browser")
        await window.desk.over(intent_id)
        await window.says("received")
        await window.until(intent_id, Evidence.DELIVERED)
    assert not [key for key in ir.async_get(stage.hass).issues if key[0] == "html5"]


async def test_what_an_entity_showed_before_is_no_news(stage: Stage) -> None:
    async with looking_at(stage) as window:
        if not window.browser.is_new:
            pytest.skip("this version has no entity for it")
        intent_id = await window.desk.send("browser")
        before = await window.desk.over(intent_id)
        hass, registry = stage.hass, er.async_get(stage.hass)
        (event,) = (
            each.entity_id
            for each in registry.entities.values()
            if each.platform == "html5" and each.domain == "event"
        )
        old = {"event_type": "clicked", "rn_intent": intent_id}
        for state in ("2026-01-01T08:00:00.000+00:00", "unavailable", "unknown"):
            hass.states.async_set(event, state, old)
        hass.states.async_set("event.of_somebody", "2026-01-01T08:00:00+00:00", old)
        hass.states.async_remove(event)
        await hass.async_block_till_done(wait_background_tasks=True)
        assert await window.desk.record(intent_id) == before
