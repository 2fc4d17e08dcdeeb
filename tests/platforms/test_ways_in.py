"""The action, the notify entity and the inbox: how automations and people get in."""

from __future__ import annotations

import asyncio

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import ServiceCall
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
import pytest

from custom_components.reliable_notifications import services
from custom_components.reliable_notifications.adapters.database import StorageFailed
from custom_components.reliable_notifications.compat import vol
from custom_components.reliable_notifications.const import DOMAIN

from .home import ACTION, Home


async def _send(home: Home, **data: object) -> dict[str, object]:
    answer = await home.hass.services.async_call(
        DOMAIN, "send", data, blocking=True, return_response=True
    )
    await home.settle()
    assert answer is not None
    return answer


async def test_send_answers_with_the_ids_and_the_plan(home: Home) -> None:
    answer = await _send(home, message="Rain soon", title="Windows", priority="high")
    assert answer["priority"] == "high"
    assert answer["notification_id"]
    (intent,) = answer["intents"]  # type: ignore[misc]
    assert intent["recipient"] == "Anna"
    # the inbox could prove it at once, but would reach nobody: the phone goes first
    assert [step["channel"] for step in intent["channels"]] == [
        "Pocket",
        "Inbox",
        "Home Assistant notifications",
    ]
    assert all(step["reason"] for step in intent["channels"])
    assert [call.data["message"] for call in home.received] == ["Rain soon"]
    await home.wait(2, 1)  # what cannot prove it is hedged after a second and a half
    delivered = [data for word, data in home.happened if word == "delivered"]
    assert [data["intent_id"] for data in delivered] == [intent["intent_id"]]
    assert delivered[0]["channel"] == "Inbox"
    assert delivered[0]["evidence"] == "accepted"


async def test_send_finds_recipients_by_name_and_id(home: Home) -> None:
    by_name = await _send(home, message="Hello", recipients=["anna"])
    (intent,) = by_name["intents"]  # type: ignore[misc]
    by_id = await _send(home, message="Hello", recipients=intent["recipient_id"])
    assert len(by_id["intents"]) == 1  # type: ignore[arg-type]


async def test_send_refuses_a_stranger_and_names_who_is_known(home: Home) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await _send(home, message="Hello", recipients=["Anna", "Berta"])
    assert refused.value.translation_key == "unknown_recipient"
    assert refused.value.translation_placeholders == {
        "recipient": "Berta",
        "known": "Anna",
    }
    assert home.received == []


@pytest.mark.parametrize(
    "wrong", [{"message": ""}, {"message": "x", "priority": "loud"}]
)
async def test_send_refuses_nonsense(home: Home, wrong: dict[str, object]) -> None:
    with pytest.raises(vol.Invalid):
        await _send(home, **wrong)


async def test_send_says_when_nothing_is_set_up(home: Home) -> None:
    await home.hass.config_entries.async_unload(home.entry.entry_id)
    with pytest.raises(ServiceValidationError) as refused:
        await _send(home, message="Hello")
    assert refused.value.translation_key == "not_set_up"


async def test_an_action_waits_while_the_entry_is_loaded_anew(home: Home) -> None:
    reload = home.hass.async_create_task(
        home.hass.config_entries.async_reload(home.entry.entry_id)
    )
    await asyncio.sleep(0)  # one step is enough for it to begin
    assert home.entry.state is not ConfigEntryState.LOADED
    answer = await _send(home, message="In the middle of a reload")
    assert await reload
    assert answer is not None
    assert answer["intents"]
    await home.settle()
    assert [call.data["message"] for call in home.received] == [
        "In the middle of a reload"
    ]


async def test_an_action_does_not_wait_for_ever(home: Home) -> None:
    await home.hass.config_entries.async_unload(home.entry.entry_id)
    async with home.entry.setup_lock:
        call = asyncio.ensure_future(_send(home, message="Hello"))
        for _ in range(20):  # steps, until it waits
            await asyncio.sleep(0)
        assert not call.done()
        home.clock.tick(services.LOADING_LIMIT_S + 1)
        with pytest.raises(ServiceValidationError) as refused:
            await call
    assert refused.value.translation_key == "not_set_up"


async def test_a_message_that_cannot_be_stored_is_not_promised(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(_work: object) -> None:
        raise StorageFailed("database or disk is full")

    monkeypatch.setattr(home.entry.runtime_data.database, "write", full)
    with pytest.raises(HomeAssistantError) as refused:
        await _send(home, message="Hello")
    assert refused.value.translation_key == "storage_failed"
    assert home.received == []


async def test_the_household_can_be_told_by_notify_send_message(home: Home) -> None:
    await home.hass.services.async_call(
        "notify",
        "send_message",
        {
            "entity_id": home.entity("notify", "household"),
            "message": "Dinner",
            "title": "Kitchen",
        },
        blocking=True,
    )
    await home.settle()
    assert [(c.data["title"], c.data["message"]) for c in home.received] == [
        ("Kitchen", "Dinner")
    ]


async def test_ticking_an_inbox_item_off_acknowledges_it(home: Home) -> None:
    await _send(home, message="Filter is full", title="Dryer", priority="urgent")
    await home.wait(2, 1)
    inbox = home.entity("todo", "inbox")
    assert home.value("todo", "inbox") == "1"
    listed = await home.hass.services.async_call(
        "todo",
        "get_items",
        {"entity_id": inbox},
        blocking=True,
        return_response=True,
    )
    assert listed is not None
    (item,) = listed[inbox]["items"]  # type: ignore[call-overload, index]
    assert item["summary"] == "Dryer"
    await home.hass.services.async_call(
        "todo",
        "update_item",
        {"entity_id": inbox, "item": item["uid"], "status": "completed"},
        blocking=True,
    )
    await home.settle()
    assert home.value("todo", "inbox") == "0"
    acknowledged = [data for word, data in home.happened if word == "acknowledged"]
    assert [data["intent_id"] for data in acknowledged] == [item["uid"]]


async def test_an_item_that_is_gone_says_so(home: Home) -> None:
    await _send(home, message="Filter is full", priority="high")
    await home.wait(2, 1)
    inbox = home.entity("todo", "inbox")
    listed = await home.hass.services.async_call(
        "todo", "get_items", {"entity_id": inbox}, blocking=True, return_response=True
    )
    assert listed is not None
    (item,) = listed[inbox]["items"]  # type: ignore[call-overload, index]
    # somebody else was quicker, and the list has not been looked at again yet
    await home.entry.runtime_data.database.write(
        lambda rows: rows.execute("UPDATE inbox_item SET done_at = 1")
    )
    with pytest.raises(HomeAssistantError) as refused:
        await home.hass.services.async_call(
            "todo",
            "update_item",
            {"entity_id": inbox, "item": item["uid"], "status": "completed"},
            blocking=True,
        )
    assert refused.value.translation_key == "inbox_item_gone"


async def test_edge_41_a_channel_that_leads_back_to_us_does_not_go_round(
    home: Home,
) -> None:
    async def script(call: ServiceCall) -> None:
        """What a user's own notify script may do, unseen by any form."""
        await home.hass.services.async_call(
            DOMAIN, "send", {"message": call.data["message"]}, blocking=True
        )

    home.hass.services.async_register("notify", ACTION, script)
    await _send(home, message="Hello")
    await home.wait(5, 1)
    log = await home.entry.runtime_data.outbox.records_since(0)
    assert [record.title for record in log] == ["Hello"]  # it has no title
    assert log[0].channel_id != ""
    assert log[0].evidence == "accepted"  # by the inbox, after the refusal
