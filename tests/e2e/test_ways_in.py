"""What automations use from the first day, over REST on a real Home Assistant."""

from __future__ import annotations

import asyncio

import pytest

from custom_components.reliable_notifications.engine.delivery.gathering import WAITS
from demo.api import RefusedError
from demo.ledger import Intent
from demo.phone import Manner

from .home import Home
from .stage import Stage


@pytest.mark.ha_2025_6
def test_send_answers_with_ids_and_plan(stage: Stage, home: Home) -> None:
    answer = stage.run(
        home.send(message="The ids come back", title="Send", priority="high")
    )
    (intent,) = answer["intents"]
    assert answer["notification_id"]
    assert intent["recipient"] == "Demo"
    names = [channel["channel"] for channel in intent["channels"]]
    assert names[:2] == ["Demo phone", "Inbox"]
    assert all(channel["reason"] for channel in intent["channels"])

    arrived = stage.run(
        home.until_intent(intent["intent_id"], lambda intent: intent.has_arrived)
    )
    assert arrived.notification_id == answer["notification_id"]
    assert [push.message for push in home.pushes("Send")] == ["The ids come back"]


def test_send_to_nobody_known_is_refused(stage: Stage, home: Home) -> None:
    with pytest.raises(RefusedError) as refusal:
        stage.run(home.send(message="?", recipients=["Nobody"]))
    assert refusal.value.status == 400
    assert "Nobody" in str(refusal.value) or "500" not in str(refusal.value)


@pytest.mark.ha_2025_6
def test_household_entity_uses_the_pipeline(stage: Stage, home: Home) -> None:
    states = stage.run(home.api.get("states"))
    ours = {s["entity_id"] for s in states if s["entity_id"].startswith("notify.")}
    (household,) = (each for each in ours if "household" in each)
    message = {"entity_id": household, "message": "To everybody", "title": "Entity"}
    stage.run(home.api.act("notify", "send_message", message))
    # what else is told within these seconds may be in one message with it
    push = stage.run(
        home.phone.wait_for(lambda push: "To everybody" in push.message, 60)
    )
    assert "Entity" in f"{push.title} {push.message}"


async def _told_by_itself(home: Home) -> Intent:
    """Send until nothing else (the kettle may finish any moment) is told with it."""
    for take, wait in enumerate(WAITS[:3], 1):
        await asyncio.sleep(wait + 1)
        # the same words again would be a duplicate, and not told at all
        words = f"The phone is broken, take {take}"
        answer = await home.send(message=words, title="Fallback")
        intent_id = answer["intents"][0]["intent_id"]
        intent = await home.until_intent(
            intent_id, lambda intent: bool(intent.finished_at), 90
        )
        if intent.attempts:  # what is told in one with another has none of its own
            return intent
    raise AssertionError(f"always told together with others: {intent}")


def test_a_broken_phone_is_made_up_for_by_the_next_channel(
    stage: Stage, home: Home
) -> None:
    home.phone.behave(Manner.REFUSE)
    try:
        intent = stage.run(_told_by_itself(home), sum(WAITS))
    finally:
        home.phone.behave(Manner.ANSWER)
    by_phone, *others = intent.attempts
    # Home Assistant's own action swallows the error; we must not
    assert by_phone.evidence not in ("accepted", "delivered")
    assert others
    assert intent.state == "done"
    assert intent.channel_id == home.household.subentries["channel", "Inbox"]


@pytest.mark.ha_2025_6
def test_a_tap_on_the_phone_acknowledges(stage: Stage, home: Home) -> None:
    answer = stage.run(home.send(message="Tap me", title="Tap", priority="high"))
    intent_id = answer["intents"][0]["intent_id"]
    push = stage.run(home.phone.wait_for(lambda push: push.title == "Tap", 15))
    stage.run(home.until_intent(intent_id, lambda intent: intent.has_arrived))
    button = push.data["actions"][0]
    stage.run(home.phone.tap(push, button["action"]))
    intent = stage.run(
        home.until_intent(intent_id, lambda intent: intent.evidence == "acknowledged")
    )
    assert intent.state == "done"
