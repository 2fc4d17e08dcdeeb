"""A reply in words, written under a message on a phone."""

from __future__ import annotations

from typing import Any

from custom_components.reliable_notifications.const import DOMAIN, EVENT_PREFIX
from tests.adapters.delivering import on_disk

from .test_emptied_by_phone import ACTION, Phoned


async def told(home: Phoned) -> str:
    """Send something urgent: it has room for a reply on every phone."""
    answer = await home.hass.services.async_call(
        DOMAIN,
        "send",
        {"message": "Water!", "title": "Leak", "priority": "urgent"},
        blocking=True,
        return_response=True,
    )
    await home.settle()
    return str(answer["intents"][0]["intent_id"])


async def reply(home: Phoned, text: Any) -> None:
    await home.phone.fire(ACTION, action=home.offered()["Reply"], reply_text=text)
    await home.settle()


async def test_a_reply_takes_note_and_is_passed_on_in_its_words(
    phoned: Phoned,
) -> None:
    heard: list[dict[str, Any]] = []
    phoned.hass.bus.async_listen(
        f"{EVENT_PREFIX}replied", lambda event: heard.append(dict(event.data))
    )
    intent_id = await told(phoned)
    await reply(phoned, "  I am at the tap already ")

    (said,) = heard
    assert (said["intent_id"], said["title"]) == (intent_id, "Leak")
    assert (said["recipient"], said["reply"]) == ("Anna", "I am at the tap already")
    event = phoned.hass.states.get("event.reliable_notifications_delivery")
    assert event is not None
    assert "replied" in event.attributes["event_types"]
    assert [word for word, _ in phoned.happened if word == "acknowledged"]

    await phoned.wait(1)
    first = await phoned.hass.services.async_call(
        DOMAIN,
        "acknowledge",
        {"intent_id": intent_id},
        blocking=True,
        return_response=True,
    )
    assert first["first"]["reply"] == "I am at the tap already"
    assert phoned.cleared()  # nobody needs the message any more


async def test_an_empty_reply_and_a_long_one(phoned: Phoned) -> None:
    intent_id = await told(phoned)
    await reply(phoned, 7)  # an event may carry anything
    await phoned.phone.fire(
        ACTION, action=f"RN_REPLY_{intent_id}", reply_text=1000 * "x"
    )
    await phoned.settle()

    database = phoned.entry.runtime_data.database
    rows = on_disk(database, "SELECT evidence, text FROM receipt")
    assert rows == [("acknowledged", "")]  # the first word counts
    (record,) = await phoned.entry.runtime_data.outbox.load([intent_id])
    assert record.delivery.evidence == "acknowledged"
