"""Messages that are told together come in one e-mail: one paper, one footer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from types import MappingProxyType
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest

from custom_components.reliable_notifications.const import DOMAIN

from .home import ACTION, Home, lived_in


class Posted(Home):
    """The pocket is a mail account."""

    def _add(self, what: str, title: str, **data: Any) -> str:
        if data.get("kind") == "notify_action":
            data = {"kind": "smtp", "target": f"notify.{ACTION}"}
        if what == "recipient":
            address = {"value": "anna@example.org", "verified": True}
            data = {**data, "contacts": {"email": address}}
        return super()._add(what, title, **data)

    @property
    def mails(self) -> list[dict[str, Any]]:
        return [dict(call.data) for call in self.received]

    async def tell(self, **data: Any) -> None:
        await self.hass.services.async_call(DOMAIN, "send", data, blocking=True)
        await self.settle()


@pytest.fixture
async def posted(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, tmp_path: Path
) -> AsyncIterator[Posted]:
    freezer.move_to("2026-11-26T20:00:00+00:00")  # noon at this home
    hass.config.config_dir = str(tmp_path)
    async with lived_in(Posted(hass, freezer)) as place:
        place.hass.config_entries.async_update_entry(
            place.entry, options={"brand_name": "Villa Nova"}
        )
        await place.settle()
        yield place


async def _three(posted: Posted) -> dict[str, Any]:
    """The first goes alone; the others wait for each other and come in one."""
    await posted.tell(message="First")
    await posted.tell(title="Washer finished", message="Washer finished")
    await posted.tell(message="The door is open\n\nSince noon")
    await posted.wait(30, step=1)
    _, together = posted.mails
    return together


async def test_they_come_on_one_paper(posted: Posted) -> None:
    mail = await _three(posted)
    assert mail["title"] == "2 messages"
    told, _, footer = mail["message"].partition("-- \n")
    # no title is said twice, and what had none has not got the name of the home
    assert told.startswith(
        "2 messages\n\nWasher finished\n\nThe door is open\n\nSince noon\n\nOpen"
    )
    assert footer.count("Villa Nova") == 2  # the sender, and why one gets it
    page = mail["data"]["html"]
    assert page.count("<!doctype html>") == 1
    for words in ("2 messages", "Washer finished", "The door is open", "Since noon"):
        assert words in page


async def _wishes_a_digest(posted: Posted) -> None:
    (anna,) = (
        each
        for each in posted.entry.subentries.values()
        if each.subentry_type == "recipient"
    )
    wishes = {"digest": {"minute": 18 * 60}}
    posted.hass.config_entries.async_update_subentry(
        posted.entry, anna, data=MappingProxyType({**anna.data, "preferences": wishes})
    )
    await posted.settle()


async def tell_a_digest(posted: Posted) -> dict[str, Any]:
    """Two things that can wait, until they are told in the evening."""
    await _wishes_a_digest(posted)
    for title in ("Clean the filter", "Order salt"):
        await posted.tell(
            title=title, message=".", priority="low", category="maintenance"
        )
    await posted.wait(6 * 3600, step=600)
    await posted.wait(60, step=1)
    (mail,) = posted.mails
    return mail


async def test_a_digest_that_was_stored_keeps_its_paper(posted: Posted) -> None:
    mail = await tell_a_digest(posted)
    assert "Clean the filter" in mail["data"]["html"]
    database = posted.entry.runtime_data.database
    stored = await database.read(
        lambda rows: rows.execute("SELECT intent_id FROM bundle").fetchall()
    )
    (parcel,) = await posted.entry.runtime_data.outbox.load(
        [row["intent_id"] for row in stored]
    )
    assert parcel.bundle.texts["email"].html == mail["data"]["html"]
