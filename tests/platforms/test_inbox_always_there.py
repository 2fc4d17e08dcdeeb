"""Nobody has added an inbox, and there is one all the same."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.persistent_notification import (
    _async_get_or_create_notifications as notifications,
)
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError
import pytest

from custom_components.reliable_notifications.const import BUILT_IN_INBOX, DOMAIN

from .home import Home, lived_in


class Bare(Home):
    """Anna has a pocket that can be lost, and nobody has added an inbox."""

    lost = False

    def _add(self, what: str, title: str, **data: Any) -> str:
        if data.get("kind") == "inbox":
            return "nothing"
        if what == "recipient":
            data["channels"] = data["channels"][:1]
        return super()._add(what, title, **data)

    async def _receive(self, call: ServiceCall) -> None:
        if self.lost:
            raise HomeAssistantError("no network")
        await super()._receive(call)

    async def tell(self, **more: Any) -> dict[str, Any]:
        answer: Any = await self.hass.services.async_call(
            DOMAIN, "send", more, blocking=True, return_response=True
        )
        await self.wait(30, step=5)
        return dict(answer["intents"][0])

    async def waiting(self) -> list[str]:
        """What the list of the app shows."""
        listed: Any = await self.hass.services.async_call(
            "todo",
            "get_items",
            {"entity_id": self.entity("todo", "inbox"), "status": "needs_action"},
            blocking=True,
            return_response=True,
        )
        (items,) = (each["items"] for each in listed.values())
        return [each["summary"] for each in items]

    async def evidence(self, intent_id: str) -> str | None:
        (parcel,) = await self.entry.runtime_data.outbox.load([intent_id])
        return parcel.delivery.evidence


@pytest.fixture
async def bare(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, tmp_path: Path
) -> AsyncIterator[Bare]:
    freezer.move_to("2026-11-21T07:00:00+00:00")
    hass.config.config_dir = str(tmp_path)
    async with lived_in(Bare(hass, freezer)) as place:
        yield place


async def test_the_last_resort_waits_there_over_a_restart(bare: Bare) -> None:
    bare.lost = True
    told = await bare.tell(message="Water")
    # it reaches nobody by itself, and is no success
    assert await bare.evidence(told["intent_id"]) == "dispatched"
    assert len(notifications(bare.hass)) == 1
    assert await bare.waiting() == ["Water"]

    notifications(bare.hass).clear()  # as a restart does
    assert await bare.hass.config_entries.async_reload(bare.entry.entry_id)
    await bare.settle()
    assert await bare.waiting() == ["Water"]

    await bare.hass.services.async_call(
        "todo",
        "update_item",
        {
            "entity_id": bare.entity("todo", "inbox"),
            "item": told["intent_id"],
            "status": "completed",
        },
        blocking=True,
    )
    await bare.settle()
    assert await bare.evidence(told["intent_id"]) == "acknowledged"
    assert await bare.waiting() == []


async def test_what_arrives_elsewhere_does_not_lie_there(bare: Bare) -> None:
    await bare.tell(message="Water")
    assert len(bare.received) == 1
    assert await bare.waiting() == []


async def test_what_is_over_is_taken_out_again(bare: Bare) -> None:
    bare.lost = True
    await bare.tell(message="Water", incident="leak")
    assert await bare.waiting() == ["Water"]
    await bare.hass.services.async_call(
        DOMAIN, "resolve", {"incident": "leak"}, blocking=True
    )
    await bare.wait(10, step=2)
    assert await bare.waiting() == []
    assert notifications(bare.hass) == {}


async def test_it_can_be_named_and_proves_that_it_has_it(bare: Bare) -> None:
    told = await bare.tell(message="Water", channels=["Inbox"])
    assert told["channels"][0]["channel"] == "Inbox"
    assert await bare.evidence(told["intent_id"]) == "accepted"
    assert bare.received == []
    assert await bare.waiting() == ["Water"]
    # it is nothing that was set up: no switch, no test button, no counters of its own
    directory = bare.entry.runtime_data.pipeline.directory
    assert BUILT_IN_INBOX not in directory.configured


async def test_the_last_resort_does_not_wait_for_a_shelf_that_refuses(
    bare: Bare, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def refuse(_: object, **row: object) -> None:
        raise OSError("no room")

    store = "custom_components.reliable_notifications.adapters.inbox_store.InboxStore"
    monkeypatch.setattr(f"{store}.put", refuse)
    bare.lost = True
    told = await bare.tell(message="Water")
    assert await bare.evidence(told["intent_id"]) == "dispatched"
    assert len(notifications(bare.hass)) == 1
    assert "could not be laid into the inbox: no room" in caplog.text
