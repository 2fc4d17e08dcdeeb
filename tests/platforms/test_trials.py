"""Testing a channel: by the action, by its button, and what is shown of it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from homeassistant.core import ServiceCall, State
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
import pytest

from custom_components.reliable_notifications.const import DOMAIN
from custom_components.reliable_notifications.upkeep.trials import RECEIPT_WITHIN
from tests.adapters.delivering import Door, wait_for

from .home import ACTION, Home
from .test_channel_health import break_down, problem
from .test_emptied_by_phone import Phoned


async def run(home: Home, channel: str = "pocket", **data: Any) -> Any:
    answer = await home.hass.services.async_call(
        DOMAIN,
        "test_channel",
        {"channel": channel, **data},
        blocking=True,
        return_response=True,
    )
    await home.settle()
    return answer


def shown(home: Home, channel: str = "pocket") -> State:
    state = home.hass.states.get(f"sensor.{channel}_last_test")
    assert state is not None
    return state


async def test_it_answers_what_was_proved_and_how_long_it_took(home: Home) -> None:
    assert shown(home).state == "unknown"
    answer = await run(home, "Inbox")

    assert answer["channel"] == "Inbox"
    assert (answer["evidence"], answer["is_success"]) == ("accepted", True)
    assert 0 <= answer["milliseconds"] < 5000
    assert answer["detail"] == "In the inbox"
    assert shown(home, "inbox").state == "accepted"
    attributes = shown(home, "inbox").attributes
    assert attributes["milliseconds"] == answer["milliseconds"]
    assert attributes["detail"] == "In the inbox"
    assert home.received == []  # nobody else is told


async def test_what_cannot_tell_is_no_success(home: Home) -> None:
    answer = await run(home)

    assert (answer["evidence"], answer["is_success"]) == ("dispatched", False)
    (call,) = home.received
    assert call.data["title"] == "Test message"
    assert call.data["message"] == "If you can read this, Pocket works."


async def test_a_failure_is_told_in_words_and_not_repeated(home: Home) -> None:
    called = []

    async def fail(call: ServiceCall) -> None:
        called.append(call)
        raise HomeAssistantError("no network")

    home.hass.services.async_register("notify", ACTION, fail)
    answer = await run(home)
    assert (answer["evidence"], answer["detail"]) == ("unreachable", "no network")
    assert shown(home).state == "unreachable"

    await home.wait(3600, step=60)
    assert len(called) == 1


async def test_a_channel_that_hangs_has_an_answer_in_its_time(home: Home) -> None:
    door = Door()
    home.hass.services.async_register("notify", ACTION, door.take)
    task = home.hass.async_create_background_task(run(home), "test")
    await wait_for(lambda: door.called == 1)
    await home.wait(13)  # its patience is twelve
    answer = await task
    door.opened.set()
    await home.settle()

    assert (answer["evidence"], answer["is_success"]) == ("timed_out", False)
    assert answer["milliseconds"] >= 12_000


async def test_tests_are_counted_nowhere(home: Home) -> None:
    for channel in ("pocket", "inbox"):
        await run(home, channel)
    await home.wait(120)

    history = await home.hass.services.async_call(
        DOMAIN, "history", {}, blocking=True, return_response=True
    )
    assert sum(day["valid"] for day in history["days"]) == 0
    assert [word for word, _ in home.happened] == []
    assert home.hass.states.get("sensor.reliable_notifications_delivery_success_rate")
    rate = home.entry.runtime_data.scoreboard.values["delivery_success_rate"]
    assert rate.value is None


async def test_a_test_is_the_way_to_find_out_that_a_channel_works_again(
    home: Home,
) -> None:
    await break_down(home)
    assert problem(home).state == "on"
    home.hass.services.async_register("notify", ACTION, home._receive)
    assert (await run(home))["evidence"] == "dispatched"  # although it rests
    assert problem(home).state == "off"


async def test_the_button_does_the_same_and_the_result_outlives_a_restart(
    home: Home,
) -> None:
    await home.hass.services.async_call(
        "button", "press", {"entity_id": "button.pocket_test"}, blocking=True
    )
    await home.settle()
    before = shown(home)
    assert before.state == "dispatched"

    assert await home.hass.config_entries.async_reload(home.entry.entry_id)
    await home.settle()
    after = shown(home)
    assert (after.state, after.attributes) == (before.state, before.attributes)


async def test_what_does_not_exist_is_said(home: Home) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await run(home, "Fax")
    assert refused.value.translation_key == "unknown_channel"
    with pytest.raises(ServiceValidationError) as refused:
        await run(home, recipient="Nobody")
    assert refused.value.translation_key == "unknown_recipient"


async def test_it_may_be_for_somebody_and_waits_in_the_inbox_over_a_restart(
    home: Home,
) -> None:
    await run(home, "Inbox", recipient="Anna")
    (item,) = await home.entry.runtime_data.inbox.async_look()
    directory = home.entry.runtime_data.pipeline.directory
    assert item.recipient_id in directory.recipients
    assert directory.traits[item_channel(home)].local

    assert await home.hass.config_entries.async_reload(home.entry.entry_id)
    await home.settle()
    assert await home.entry.runtime_data.inbox.async_look() == [item]


def item_channel(home: Home) -> str:
    channels = home.entry.runtime_data.pipeline.directory.channels
    return next(key for key, each in channels.items() if each.name == "Inbox")


async def test_a_phone_that_confirms_is_waited_for(phoned: Phoned) -> None:
    task = phoned.hass.async_create_background_task(run(phoned), "test")
    await wait_for(lambda: bool(phoned.push.got))
    assert not task.done()
    intent_id = phoned.push.got[0]["data"]["rn_intent"]
    await phoned.phone.fire("mobile_app_notification_received", rn_intent=intent_id)
    answer = await task

    assert (answer["evidence"], answer["is_success"]) == ("delivered", True)
    assert shown(phoned).state == "delivered"


async def test_a_phone_that_does_not_confirm_is_not_waited_for_long(
    phoned: Phoned,
) -> None:
    task = phoned.hass.async_create_background_task(run(phoned), "test")
    await wait_for(lambda: bool(phoned.push.got))
    # a tenth of a real second: the relay's answer is on its way, no clock may pass it
    turns = iter(range(50))
    await wait_for(lambda: next(turns, None) is None)
    await phoned.wait(RECEIPT_WITHIN + 1)
    answer = await task
    assert answer["evidence"] == "accepted"
    assert answer["milliseconds"] < 1000 * RECEIPT_WITHIN


async def test_a_swallowed_error_of_a_phone_is_told(phoned: Phoned) -> None:
    phoned.push.status = HTTPStatus.BAD_REQUEST
    answer = await run(phoned)
    assert (answer["evidence"], answer["is_success"]) == ("unreachable", False)
    assert answer["detail"]
    assert "secret-token" not in answer["detail"]
