"""The action *send* with all that it takes, and *retry*."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from homeassistant.core import ServiceCall
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
import pytest

from custom_components.reliable_notifications.compat import vol
from custom_components.reliable_notifications.const import DOMAIN

from .home import ACTION, Home


async def act(home: Home, action: str, /, **data: Any) -> dict[str, Any]:
    answer = await home.hass.services.async_call(
        DOMAIN, action, data, blocking=True, return_response=True
    )
    await home.settle()
    assert answer is not None
    return dict(answer)


def subentry(home: Home, title: str) -> str:
    return next(
        each.subentry_id
        for each in home.entry.subentries.values()
        if each.title == title
    )


async def add_ben(home: Home, **data: Any) -> None:
    channels = home.entry.subentries[subentry(home, "Anna")].data["channels"]
    home._add("recipient", "Ben", channels=channels, **data)
    await home.settle()


def told(answer: dict[str, Any]) -> list[str]:
    return [intent["recipient"] for intent in answer["intents"]]


async def test_an_event_of_the_catalogue_brings_everything_with_it(home: Home) -> None:
    answer = await act(
        home, "send", event="appliance_left_on", data={"appliance": "Iron"}
    )
    assert answer["priority"] == "high"
    (parcel,) = await home.entry.runtime_data.outbox.of_notification(
        answer["notification_id"]
    )
    assert parcel.notification.category == "appliance"
    assert parcel.acknowledge is True
    assert "Iron" in parcel.notification.title


async def test_a_key_of_ones_own_takes_the_priority_of_its_category(home: Home) -> None:
    answer = await act(
        home, "send", event="pipe_burst", category="safety", message="Water!"
    )
    assert answer["priority"] == "urgent"
    (parcel, *_) = await home.entry.runtime_data.outbox.of_notification(
        answer["notification_id"]
    )
    assert parcel.notification.event == "pipe_burst"
    called = await act(
        home, "send", event="pipe_burst", category="safety", message="!", priority="low"
    )
    assert called["priority"] == "low"


async def test_a_message_takes_the_priority_of_its_category(home: Home) -> None:
    for category, priority in (("safety", "urgent"), ("maintenance", "low")):
        answer = await act(home, "send", message=category, category=category)
        assert answer["priority"] == priority
    called = await act(home, "send", message="!", category="safety", priority="low")
    assert called["priority"] == "low"
    general = await act(home, "send", message="Hello", category="general")
    assert general["priority"] == "medium"


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (["anna"], ["Anna"]),
        (["person.ben"], ["Ben"]),
        (["technician"], ["Ben"]),
        (["household"], ["Anna"]),
        (["Ben", "technician", "person.ben"], ["Ben"]),
        (["Technician", "ANNA"], ["Anna", "Ben"]),
    ],
)
async def test_recipients_by_name_person_and_role(
    home: Home, wanted: list[str], names: list[str]
) -> None:
    await add_ben(home, person="person.ben", roles=["technician"])
    answer = await act(home, "send", message="Hello", recipients=wanted)
    assert sorted(told(answer)) == names


async def test_a_role_that_nobody_has_is_refused(home: Home) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await act(home, "send", message="Hello", recipients=["manager"])
    assert refused.value.translation_key == "nobody_has_role"


async def test_named_channels_are_used_and_no_others(home: Home) -> None:
    answer = await act(home, "send", message="Hello", channels=["inbox"])
    (intent,) = answer["intents"]
    used = [step["channel"] for step in intent["channels"]]
    assert used == ["Inbox", "Home Assistant notifications"]
    assert home.received == []


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ({"message": "x", "channels": ["Fax"]}, "unknown_channel"),
        ({"message": "x", "category": "gossip"}, "unknown_category"),
        ({"event": "pipe_burst"}, "unknown_event"),
        ({"message": "x", "recipients": ["Zoe"]}, "unknown_recipient"),
        ({"title": "x"}, "nothing_to_send"),
        ({"message": "x", "expires": "2020-01-01 00:00:00"}, "expired_already"),
    ],
)
async def test_what_does_not_exist_is_refused_and_nothing_is_half_sent(
    home: Home, data: dict[str, Any], key: str
) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await act(home, "send", **data)
    assert refused.value.translation_key == key
    assert await home.entry.runtime_data.outbox.records_since(0) == []


@pytest.mark.parametrize(
    "data",
    [
        {"message": "x", "priority": "loud"},
        {"message": "x", "buttons": [{"title": "no action"}]},
        {"message": "x", "buttons": [{"action": "RN_OURS", "title": "x"}]},
        {"message": "x", "buttons": [{"action": "a", "title": "x"}] * 4},
        {"message": "x", "data": {"list": [1]}},
        {"message": "x", "expires": 0},
        {"event": "Not A Key", "message": "x"},
    ],
)
async def test_nonsense_is_refused(home: Home, data: dict[str, Any]) -> None:
    with pytest.raises(vol.Invalid):
        await act(home, "send", **data)


async def test_it_expires_when_the_call_says(home: Home) -> None:
    answer = await act(home, "send", message="x", expires=5, acknowledge=True)
    (parcel,) = await home.entry.runtime_data.outbox.of_notification(
        answer["notification_id"]
    )
    assert parcel.delivery.deadline == parcel.created_at + 300.0
    assert parcel.acknowledge is True
    assert parcel.asked.expires == parcel.delivery.deadline


async def _break(home: Home) -> None:
    async def fail(call: ServiceCall) -> None:
        raise HomeAssistantError("no network")

    home.hass.services.async_register("notify", ACTION, fail)


async def test_what_expired_is_told_again_once(home: Home) -> None:
    await act(home, "pause", minutes=60)
    answer = await act(
        home, "send", message="x", channels=["Pocket"], expires=5, incident="leak"
    )
    (intent,) = answer["intents"]
    assert intent["outcome"] == "hold"
    await home.wait(400, 100)
    (record,) = await home.entry.runtime_data.outbox.records_since(0)
    assert record.state.value == "expired"
    assert home.received == []
    again = await act(home, "retry", intent_id=intent["intent_id"])
    assert again["notification_id"] != answer["notification_id"]
    with pytest.raises(ServiceValidationError) as refused:
        await act(home, "retry", intent_id=intent["intent_id"])
    assert refused.value.translation_key == "retried_already"
    await act(home, "resume")
    await home.wait(5, 1)
    assert [call.data["message"] for call in home.received] == ["x"]


async def test_what_arrived_or_is_not_known_is_not_told_again(home: Home) -> None:
    answer = await act(home, "send", message="x", channels=["Inbox"])
    with pytest.raises(ServiceValidationError) as refused:
        await act(home, "retry", intent_id=answer["intents"][0]["intent_id"])
    assert refused.value.translation_key == "nothing_to_retry"
    with pytest.raises(ServiceValidationError) as refused:
        await act(home, "retry", intent_id="nothing")
    assert refused.value.translation_key == "nothing_known_of_it"


async def test_a_recipient_that_is_gone_is_not_told_again(home: Home) -> None:
    await act(home, "pause")
    answer = await act(home, "send", message="x", expires=1)
    home.clock.tick(timedelta(minutes=2))
    await home.wait(10)
    home.hass.config_entries.async_remove_subentry(home.entry, subentry(home, "Anna"))
    await home.settle()
    with pytest.raises(ServiceValidationError) as refused:
        await act(home, "retry", intent_id=answer["intents"][0]["intent_id"])
    assert refused.value.translation_key == "recipient_gone"
