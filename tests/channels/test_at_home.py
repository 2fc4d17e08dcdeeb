"""The inbox and the last resort, and what every channel must declare."""

from __future__ import annotations

from pathlib import Path

from homeassistant.components.persistent_notification import (
    _async_get_or_create_notifications as notifications,
)
from homeassistant.core import HomeAssistant

from custom_components.reliable_notifications.adapters.inbox_store import InboxStore
from custom_components.reliable_notifications.channels import CHANNELS
from custom_components.reliable_notifications.channels.inbox import Inbox
from custom_components.reliable_notifications.channels.parts.shelf import SHELF
from custom_components.reliable_notifications.channels.persistent import Persistent
from custom_components.reliable_notifications.engine.vocabulary import (
    Evidence,
    IntentState,
)
from tests.adapters.delivering import open_desk


async def test_a_message_in_the_inbox_is_accepted_and_stays(
    hass: HomeAssistant, tmp_path: Path
) -> None:
    inbox = Inbox(hass, "inbox", "Inbox", "")
    async with open_desk(hass, tmp_path, inbox=inbox) as desk:
        store = InboxStore(desk.database)
        hass.data[SHELF] = store
        intent_id = await desk.send(
            "inbox", tag="rn-washer", message="Finished", to="anna"
        )
        record = await desk.over(intent_id)
        (item,) = await store.items()

        assert record.evidence is Evidence.ACCEPTED
        assert item.intent_id == intent_id
        assert (item.recipient_id, item.title) == ("anna", "Washing machine")
        assert item.message == "Finished"

        await desk.over(
            await desk.send("inbox", tag="rn-washer", message="Emptied", to="anna")
        )
        await desk.over(await desk.send("inbox", tag="rn-dryer"))
        messages = [each.message for each in await store.items()]
        assert sorted(messages) == ["Emptied", "Washing machine finished"]

        await inbox.async_clear("rn-washer")
        assert len(await store.items()) == 1


async def test_a_closed_inbox_is_unreachable(
    hass: HomeAssistant, tmp_path: Path
) -> None:
    inbox = Inbox(hass, "inbox", "Inbox", "")
    async with open_desk(hass, tmp_path, inbox=inbox) as desk:
        intent_id = await desk.send("inbox")
        await desk.until(intent_id, lambda each: each.state is IntentState.WAITING)

        assert (await desk.attempts(intent_id))[0] == (
            "inbox",
            "unreachable",
            "The inbox is closed",
        )


async def test_the_last_resort_replaces_and_can_be_cleared(
    hass: HomeAssistant, tmp_path: Path
) -> None:
    last = Persistent(hass, "last_resort", "Home Assistant", "")
    async with open_desk(hass, tmp_path) as desk:
        await desk.over(await desk.send(tag="rn-washer", message="Finished"))
        await desk.over(await desk.send(tag="rn-washer", message="Still running"))

        (note,) = notifications(hass).values()
        assert (note["title"], note["message"]) == ("Washing machine", "Still running")
        assert note["notification_id"] == "rn-washer"

        await last.async_clear("rn-washer")
        assert notifications(hass) == {}


async def test_every_channel_declares_what_the_courier_needs(
    hass: HomeAssistant,
) -> None:
    assert len({each.kind for each in CHANNELS}) == len(CHANNELS)
    for each in CHANNELS:
        traits = each(hass, "id", "Name", "target").traits
        assert (traits.id, traits.kind, traits.name) == ("id", each.kind, "Name")
        assert traits.best_evidence.rung in (1, 2, 3)
        assert 0 < traits.patience <= 60
        keys = [setting.key for setting in each.settings]
        assert len(set(keys)) == len(keys)
        assert not {"name", "target", "kind"} & set(keys), "the form has these already"
        assert (each.limits.per_day or 0) >= each.limits.kept
        assert each.needs_target or (
            each.choices(hass) == [] and each.problem(hass, "") is None
        )
    assert [each.kind for each in CHANNELS if not each.offered] == ["persistent"]
