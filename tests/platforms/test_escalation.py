"""Nobody reacts: what an urgent message does next depends on what is known of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest

from custom_components.reliable_notifications.const import DOMAIN
from custom_components.reliable_notifications.engine.vocabulary import (
    Evidence,
    IntentState,
)
from tests.channels.phones import PushService, by_cloud, register

from .home import lived_in
from .test_emptied_by_phone import Phoned

RECEIVED = "mobile_app_notification_received"


@pytest.fixture
async def leak(
    hass: HomeAssistant,
    hass_client: Callable[[], Any],
    freezer: FrozenDateTimeFactory,
    tmp_path: Path,
    socket_enabled: None,
) -> AsyncIterator[Phoned]:
    """Anna has an Android phone and the inbox, and there is water on the floor."""
    hass.config.config_dir = str(tmp_path)
    place = Phoned(hass, freezer)
    place.push = PushService()
    async with place.push.running() as address:
        place.phone = await register(hass, hass_client, by_cloud(address))
        freezer.move_to("2026-11-26T07:00:00+00:00")
        async with lived_in(place):
            await hass.services.async_call(
                DOMAIN,
                "send",
                {"message": "Water", "priority": "urgent"},
                blocking=True,
            )
            await place.settle()
            yield place


async def _asked(leak: Phoned) -> list[str]:
    """The channels in the order in which they were asked first."""
    rows = await leak.entry.runtime_data.database.read(
        lambda connection: connection.execute(
            "SELECT channel_id FROM attempt ORDER BY started_at, rowid"
        ).fetchall()
    )
    names = {leak.channel(each): each for each in ("Pocket", "Inbox")}
    return list(dict.fromkeys(names.get(row[0], row[0]) for row in rows))


async def test_never_received_goes_on_after_half_a_minute(leak: Phoned) -> None:
    await leak.wait(28, step=2)
    assert await _asked(leak) == ["Pocket"]  # the push service has taken it
    await leak.wait(4, step=2)
    assert await _asked(leak) == ["Pocket", "Inbox"]


async def test_received_but_not_seen_goes_on_after_two_minutes(leak: Phoned) -> None:
    await leak.phone.fire(RECEIVED, **leak.push.got[0]["data"])
    await leak.settle()
    await leak.wait(116, step=4)
    assert await _asked(leak) == ["Pocket"]
    await leak.wait(8, step=4)
    assert await _asked(leak) == ["Pocket", "Inbox"]


async def test_the_repeats_have_an_end(leak: Phoned) -> None:
    await leak.wait(54 * 60, step=30)
    (record,) = await leak.entry.runtime_data.outbox.records_since(0)
    assert not record.state.is_terminal
    await leak.wait(2 * 60, step=30)
    told = [push for push in leak.push.got if push["message"] == "Water"]
    assert len(told) == 13  # once, and after 2, 5, 10 ... 55 minutes
    assert len({push["data"]["tag"] for push in told}) == 1
    (record,) = await leak.entry.runtime_data.outbox.records_since(0)
    assert (record.state, record.evidence) == (IntentState.DONE, Evidence.ACCEPTED)
    await leak.wait(3 * 3600, step=600)
    assert len(leak.push.got) == len(told)
