"""Not now: a message is put off, survives a restart, and is dropped if it is over."""

from __future__ import annotations

from typing import Any

from homeassistant.core import Context
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
import pytest
from pytest_homeassistant_custom_component.common import MockUser

from custom_components.reliable_notifications.adapters.database import StorageFailed
from custom_components.reliable_notifications.compat import vol
from custom_components.reliable_notifications.const import DOMAIN
from custom_components.reliable_notifications.engine.vocabulary import (
    Evidence,
    IntentState,
)

from .home import Home
from .test_sending import add_ben, subentry


async def act(home: Home, action: str, **data: Any) -> Any:
    answer = await home.hass.services.async_call(
        DOMAIN, action, data, blocking=True, return_response=True
    )
    await home.settle()
    return answer


async def sent(home: Home, **data: Any) -> str:
    answer = await act(home, "send", message="Filter is full", **data)
    return str(answer["intents"][0]["intent_id"])


async def test_it_is_told_again_once(home: Home) -> None:
    intent_id = await sent(home)
    assert len(home.received) == 1

    first = await act(home, "snooze", intent_id=intent_id)
    second = await act(home, "snooze", intent_id=intent_id)

    assert first["known"] is True
    assert first["reason"] is None
    assert second["until"] == first["until"]  # two taps put it off once
    await home.wait(14 * 60, 60)
    assert len(home.received) == 1
    await home.wait(2 * 60, 30)
    assert [call.data["message"] for call in home.received] == ["Filter is full"] * 2
    records = await home.entry.runtime_data.outbox.records_since(0)
    assert records[0].evidence is Evidence.SEEN


async def test_it_survives_a_restart(home: Home) -> None:
    await act(home, "snooze", intent_id=await sent(home), minutes=5)
    assert await home.hass.config_entries.async_reload(home.entry.entry_id)
    await home.settle()

    await home.wait(5 * 60 + 10, 30)

    assert len(home.received) == 2


async def test_it_is_news_for_as_long_as_was_set(home: Home) -> None:
    policies = {"policies": {"medium": {"time_to_live": 900.0}}}
    home.hass.config_entries.async_update_entry(home.entry, options=policies)
    await home.settle()

    await act(home, "snooze", intent_id=await sent(home), minutes=5)

    records = await home.entry.runtime_data.outbox.records_since(0)
    assert sorted(each.deadline - each.created_at for each in records) == [900, 1200]


async def test_what_is_over_by_then_is_not_told_again(home: Home) -> None:
    await act(home, "snooze", intent_id=await sent(home))
    runtime = home.entry.runtime_data
    notification = await runtime.outbox.last_notification()

    await runtime.pipeline.responses.async_resolve(notification.tag, "emptied")
    await home.wait(20 * 60, 120)

    assert len(home.received) == 1
    states = {each.state for each in await runtime.outbox.records_since(0)}
    assert IntentState.RESOLVED in states


async def test_what_was_acknowledged_meanwhile_is_not_told_again(home: Home) -> None:
    """By somebody else, on a device that still showed it."""
    intent_id = await sent(home)
    await act(home, "snooze", intent_id=intent_id)
    await act(home, "acknowledge", intent_id=intent_id)

    await home.wait(20 * 60, 120)

    assert len(home.received) == 1
    records = await home.entry.runtime_data.outbox.records_since(0)
    assert {each.state for each in records} <= {IntentState.DONE, IntentState.RESOLVED}


async def test_a_high_one_is_not_repeated_before_its_time(home: Home) -> None:
    intent_id = await sent(home, priority="high")
    await act(home, "snooze", intent_id=intent_id, minutes=60)
    await home.wait(45 * 60, 300)

    assert len(home.received) == 1  # the first, and no reminder after half an hour
    (closed,) = await home.entry.runtime_data.outbox.load([intent_id])
    assert closed.delivery.state is IntentState.DONE


async def test_edge_32_urgent_passes_and_says_so(home: Home) -> None:
    intent_id = await sent(home, priority="urgent")

    answer = await act(home, "snooze", intent_id=intent_id)

    assert answer == {"known": True, "until": None, "reason": "urgent"}


async def test_what_was_acknowledged_or_is_forgotten_is_not_put_off(home: Home) -> None:
    intent_id = await sent(home)
    await act(home, "acknowledge", intent_id=intent_id)

    assert (await act(home, "snooze", intent_id=intent_id))["reason"] == "acknowledged"
    assert await act(home, "snooze", intent_id="of years ago") == {
        "known": False,
        "until": None,
        "reason": None,
    }


@pytest.mark.parametrize("minutes", [0, 1441, "soon"])
async def test_nonsense_is_refused(home: Home, minutes: Any) -> None:
    with pytest.raises(vol.Invalid):
        await act(home, "snooze", intent_id="x", minutes=minutes)


async def test_a_disk_that_refuses_is_said(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(_ids: object) -> None:
        raise StorageFailed("broken")

    monkeypatch.setattr(home.entry.runtime_data.outbox, "load", full)
    with pytest.raises(HomeAssistantError) as refused:
        await act(home, "snooze", intent_id="any")
    assert refused.value.translation_key == "storage_failed"


async def test_it_comes_back_as_the_same_message(home: Home) -> None:
    """Over the channels that were asked for, wanting the answer that was wanted."""
    answer = await act(
        home,
        "send",
        message="Filter is full",
        category="maintenance",
        data={"filter": "2"},
        channels=["Inbox"],
        acknowledge=True,
    )
    (first,) = answer["intents"]
    await act(home, "snooze", intent_id=first["intent_id"])
    outbox = home.entry.runtime_data.outbox
    before = (await outbox.load([first["intent_id"]]))[0]
    (held,) = await outbox.load(await outbox.open_with_tag(before.tag))
    explained = await act(home, "explain", intent_id=held.delivery.intent_id)
    (decided,) = explained["intents"][0]["decisions"]
    assert decided["outcome"] == "hold"
    assert decided["reasons"][0].startswith("Put off until")

    await home.wait(16 * 60, 60)

    (told,) = await outbox.load([held.delivery.intent_id])
    inbox = next(
        each.subentry_id
        for each in home.entry.subentries.values()
        if each.title == "Inbox"
    )
    assert told.delivery.told == (inbox,)
    assert home.received == []
    assert told.wants_answer
    about, was = told.notification, before.notification
    assert (about.category, about.source) == (was.category, was.source)
    assert about.data["filter"] == "2"
    explained = await act(home, "explain", intent_id=held.delivery.intent_id)
    assert [each["outcome"] for each in explained["intents"][0]["decisions"]] == [
        "hold",
        "deliver",
    ]


async def test_it_is_decided_again_when_its_time_comes(home: Home) -> None:
    """A pause that began meanwhile holds for it, as for what is new."""
    await act(home, "snooze", intent_id=await sent(home), minutes=10)
    await act(home, "pause", minutes=60)
    await home.wait(30 * 60, 60)
    assert len(home.received) == 1
    await home.wait(31 * 60, 60)
    assert len(home.received) == 2


async def test_a_change_in_the_house_does_not_end_it(home: Home) -> None:
    """What is held is looked at again when something changes; this waits for a time."""
    await act(home, "snooze", intent_id=await sent(home), minutes=60)
    await act(home, "pause", minutes=5)
    await act(home, "resume")
    await home.wait(50 * 60, 300)
    assert len(home.received) == 1
    await home.wait(11 * 60, 60)
    assert len(home.received) == 2


async def test_another_time_moves_it(home: Home) -> None:
    intent_id = await sent(home)
    await act(home, "snooze", intent_id=intent_id)
    await act(home, "snooze", intent_id=intent_id, minutes=60)
    await home.wait(40 * 60, 300)
    assert len(home.received) == 1
    await home.wait(25 * 60, 60)
    assert len(home.received) == 2


async def test_an_end_that_the_call_has_given_stays(home: Home) -> None:
    intent_id = await sent(home, expires=30)
    await act(home, "snooze", intent_id=intent_id, minutes=60)
    await home.wait(90 * 60, 300)
    assert len(home.received) == 1


async def test_who_is_no_recipient_any_more_is_told_by_the_first_plan(
    home: Home,
) -> None:
    """Nobody decides for them; what they were promised is kept."""
    await add_ben(home)
    answer = await act(home, "send", message="Filter is full", recipients=["Ben"])
    await act(home, "snooze", intent_id=answer["intents"][0]["intent_id"])
    home.hass.config_entries.async_remove_subentry(home.entry, subentry(home, "Ben"))
    await home.settle()
    await home.wait(16 * 60, 60)
    assert len(home.received) == 2


async def test_now_ends_it_and_is_nothing_where_there_is_nothing_to_end(
    home: Home,
) -> None:
    intent_id = await sent(home)
    nothing = await act(home, "snooze", intent_id=intent_id, until="now")
    assert nothing == {"known": True, "until": None, "reason": None}
    await act(home, "snooze", intent_id=intent_id, until="2026-11-23 18:00")
    await home.wait(3600, 600)
    assert len(home.received) == 1
    await act(home, "snooze", intent_id=intent_id, until="now")
    await home.wait(30)
    assert len(home.received) == 2


async def test_one_message_is_not_put_off_until_emptied(home: Home) -> None:
    """That is about the appliance, and everything that is told of it."""
    with pytest.raises(ServiceValidationError) as refused:
        await act(home, "snooze", intent_id=await sent(home), until="emptied")
    assert refused.value.translation_key == "emptied_without_appliance"


async def test_what_others_are_told_is_not_put_off_for_them(home: Home) -> None:
    ben = MockUser(name="Ben").add_to_hass(home.hass)
    boss = MockUser(name="Boss", is_owner=True).add_to_hass(home.hass)
    anna = home.entry.subentries[subentry(home, "Anna")]
    home.hass.states.async_set("person.anna", "home", {"user_id": "of Anna"})
    home.hass.config_entries.async_update_subentry(
        home.entry, anna, data={**anna.data, "person": "person.anna"}
    )
    await home.settle()
    data = {"intent_id": await sent(home), "minutes": 5}
    with pytest.raises(ServiceValidationError) as refused:
        await home.hass.services.async_call(
            DOMAIN, "snooze", data, blocking=True, context=Context(user_id=ben.id)
        )
    assert refused.value.translation_key == "not_your_wishes"
    await home.hass.services.async_call(
        DOMAIN, "snooze", data, blocking=True, context=Context(user_id=boss.id)
    )
    await home.wait(360, 30)
    assert len(home.received) == 2


async def test_what_a_role_is_told_is_put_off_by_anybody(home: Home) -> None:
    ben = MockUser(name="Ben").add_to_hass(home.hass)
    data = {"intent_id": await sent(home), "minutes": 5}
    await home.hass.services.async_call(
        DOMAIN, "snooze", data, blocking=True, context=Context(user_id=ben.id)
    )
    await home.wait(360, 30)
    assert len(home.received) == 2
