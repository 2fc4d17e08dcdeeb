"""Somebody has taken note: by action or inbox, first or second, now or long ago."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.persistent_notification import (
    _async_get_or_create_notifications as notifications,
)
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util
import pytest

from custom_components.reliable_notifications.adapters.database import (
    Database,
    StorageFailed,
)
from custom_components.reliable_notifications.adapters.outbox import Outbox
from custom_components.reliable_notifications.adapters.parcel import ReceiptEntry
from custom_components.reliable_notifications.compat import vol
from custom_components.reliable_notifications.const import DOMAIN
from custom_components.reliable_notifications.engine.delivery.lifecycle import receipt
from custom_components.reliable_notifications.engine.vocabulary import (
    Evidence,
    IntentState,
)

from .home import Home, lived_in


class TwoPeople(Home):
    """Anna has the action and the inbox, Ben the inbox."""

    def now(self) -> float:
        return dt_util.utcnow().timestamp()

    async def add(self) -> None:
        await super().add()
        inbox = next(
            each.subentry_id
            for each in self.entry.subentries.values()
            if each.title == "Inbox"
        )
        self._add("recipient", "Ben", channels=[inbox], person="person.ben")


@pytest.fixture
async def two(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, tmp_path: Path
) -> AsyncIterator[TwoPeople]:
    hass.config.config_dir = str(tmp_path)
    (tmp_path / ".storage").mkdir()
    async with lived_in(TwoPeople(hass, freezer)) as place:
        yield place


async def send(home: Home, **data: Any) -> dict[str, Any]:
    answer = await home.hass.services.async_call(
        DOMAIN, "send", data, blocking=True, return_response=True
    )
    await home.settle()
    assert answer is not None
    return answer


async def acknowledge(home: Home, user: str | None = None, **data: Any) -> Any:
    answer = await home.hass.services.async_call(
        DOMAIN,
        "acknowledge",
        data,
        blocking=True,
        return_response=True,
        context=Context(user_id=user),
    )
    await home.settle()
    return answer


async def states(home: Home) -> dict[str, tuple[IntentState, Evidence | None]]:
    records = await home.entry.runtime_data.outbox.records_since(0)
    return {each.recipient_name: (each.state, each.evidence) for each in records}


async def test_one_for_all(two: TwoPeople) -> None:
    told = await send(two, message="Water on the floor", priority="urgent")
    assert {state for state, _ in (await states(two)).values()} == {IntentState.WAITING}
    assert len(await two.entry.runtime_data.inbox.async_look()) == 2

    answer = await acknowledge(two, notification_id=told["notification_id"])

    assert answer["known"] is True
    assert answer["first"]["is_you"] is True
    # nobody knows who it was: it is booked on one of them
    assert {state for state, _ in (await states(two)).values()} == {IntentState.DONE}
    assert {evidence for _, evidence in (await states(two)).values()} == {
        Evidence.ACKNOWLEDGED,
        Evidence.ACCEPTED,
    }
    await two.wait(2, 1)
    assert await two.entry.runtime_data.inbox.async_look() == []
    calls = len(two.received)
    await two.wait(1200, 120)
    assert len(two.received) == calls  # it does not come up again


async def test_edge_28_two_people_at_once_the_first_is_named(two: TwoPeople) -> None:
    anna = await two.hass.auth.async_create_user("Anna")
    ben = await two.hass.auth.async_create_user("Ben")
    two.hass.states.async_set("person.ben", "home", {"user_id": ben.id})
    told = await send(two, message="Water on the floor", priority="urgent")

    first = await acknowledge(two, ben.id, notification_id=told["notification_id"])
    two.clock.tick(3)
    second = await acknowledge(two, anna.id, notification_id=told["notification_id"])
    again = await acknowledge(two, ben.id, notification_id=told["notification_id"])

    assert (first["first"]["user"], first["first"]["is_you"]) == ("Ben", True)
    assert (second["first"]["user"], second["first"]["is_you"]) == ("Ben", False)
    assert again["first"] == first["first"]
    # Ben's answer is booked on Ben's own intent
    assert (await states(two))["Ben"] == (IntentState.DONE, Evidence.ACKNOWLEDGED)
    said = [data for word, data in two.happened if word == "acknowledged"]
    assert said[0]["recipient"] == "Ben"


async def test_edge_30_after_a_restart_and_for_what_is_forgotten(
    two: TwoPeople,
) -> None:
    told = await send(two, message="Water on the floor", priority="urgent")
    assert await two.hass.config_entries.async_reload(two.entry.entry_id)
    await two.settle()

    answer = await acknowledge(two, intent_id=told["intents"][1]["intent_id"])

    assert answer["known"] is True
    assert (await states(two))["Ben"] == (IntentState.DONE, Evidence.ACKNOWLEDGED)
    assert (await states(two))["Anna"][0] is IntentState.DONE
    assert await acknowledge(two, intent_id="of years ago") == {
        "known": False,
        "first": None,
    }


async def test_edge_31_somebody_without_a_person_is_accepted(two: TwoPeople) -> None:
    stranger = await two.hass.auth.async_create_user("Grandma")
    told = await send(two, message="Water on the floor", priority="urgent")

    answer = await acknowledge(
        two, stranger.id, notification_id=told["notification_id"]
    )

    assert answer["first"]["user"] == "Grandma"
    assert (await states(two))["Ben"][0] is IntentState.DONE
    await two.wait(2, 1)
    issues = ir.async_get(two.hass)
    hint = issues.async_get_issue(DOMAIN, f"stranger_{stranger.id}")
    assert hint is not None
    assert hint.translation_placeholders == {"user": "Grandma"}

    two.hass.states.async_set("person.grandma", "home", {"user_id": stranger.id})
    await two.wait(60, 30)
    assert issues.async_get_issue(DOMAIN, f"stranger_{stranger.id}") is None


async def test_edge_31_who_is_a_person_is_no_stranger(two: TwoPeople) -> None:
    ben = await two.hass.auth.async_create_user("Ben")
    two.hass.states.async_set("person.ben", "home", {"user_id": ben.id})
    told = await send(two, message="Water on the floor", priority="urgent")
    await acknowledge(two, ben.id, notification_id=told["notification_id"])
    await acknowledge(two, None, notification_id=told["notification_id"])
    await two.wait(2, 1)
    found = {key for domain, key in ir.async_get(two.hass).issues if domain == DOMAIN}
    assert not {key for key in found if key.startswith("stranger_")}


async def test_ticked_off_is_acknowledged_for_all(two: TwoPeople) -> None:
    await send(two, message="Water on the floor", priority="urgent")
    items = await two.entry.runtime_data.inbox.async_look()

    await two.entry.runtime_data.inbox.async_tick_off(items[0].intent_id, "")
    await two.settle()
    await two.wait(2, 1)

    assert {state for state, _ in (await states(two)).values()} == {IntentState.DONE}
    assert await two.entry.runtime_data.inbox.async_look() == []


async def test_urgent_goes_on_to_others_if_nobody_acknowledges(two: TwoPeople) -> None:
    await send(two, message="Water", priority="urgent", recipients=["Anna"])
    assert (await states(two))["Ben"] == (IntentState.HELD, None)

    await two.wait(121, 30)

    assert (await states(two))["Ben"] == (IntentState.WAITING, Evidence.ACCEPTED)


async def test_others_are_left_alone_once_it_is_acknowledged(two: TwoPeople) -> None:
    told = await send(two, message="Water", priority="urgent", recipients=["Anna"])
    await acknowledge(two, intent_id=told["intents"][0]["intent_id"])

    assert (await states(two))["Ben"] == (IntentState.CANCELLED, None)
    await two.wait(700, 60)
    assert (await states(two))["Ben"] == (IntentState.CANCELLED, None)


async def test_an_answer_is_not_forgotten_by_a_death(two: TwoPeople) -> None:
    """We die between booking Anna's tap and telling Ben's intent of it."""
    told = await send(two, message="Water", priority="urgent", recipients=["Anna"])
    outbox = two.entry.runtime_data.outbox
    news = ReceiptEntry(evidence=Evidence.ACKNOWLEDGED, at=two.now(), source="tap")
    assert await two.hass.config_entries.async_unload(two.entry.entry_id)
    database = Database(outbox._database.path)
    await database.open()
    change = partial(receipt, evidence=news.evidence, now=news.at)
    await Outbox(database).change(told["intents"][0]["intent_id"], change, news=news)
    await database.close()

    assert await two.hass.config_entries.async_setup(two.entry.entry_id)
    await two.settle()

    assert (await states(two))["Ben"] == (IntentState.CANCELLED, None)


async def test_what_a_person_has_seen_is_taken_off_their_other_devices(
    two: TwoPeople,
) -> None:
    """Anna's action and Anna's own line in the inbox; Ben has not looked yet."""
    told = await send(two, message="Water", priority="urgent")
    cleared: list[str] = []
    for channel in two.entry.runtime_data.pipeline.directory.configured.values():

        async def clear(_tag: str, name: str = channel.name) -> None:
            cleared.append(name)

        channel.async_clear = clear
    anna = next(each for each in told["intents"] if each["recipient"] == "Anna")
    seen = ReceiptEntry(evidence=Evidence.SEEN, at=two.now(), source="tap")

    await two.entry.runtime_data.pipeline.responses.async_book(anna["intent_id"], seen)
    await two.settle()

    assert cleared == ["Pocket"]
    assert (await states(two))["Ben"] == (IntentState.WAITING, Evidence.ACCEPTED)


async def test_what_lies_in_home_assistants_list_is_taken_off(home: Home) -> None:
    home.hass.services.async_remove("notify", "pocket")
    told = await send(home, message="Water", priority="urgent")
    await home.wait(3, 0.5)
    before = len(notifications(home.hass))

    await acknowledge(home, notification_id=told["notification_id"])
    await home.wait(2, 1)

    assert len(notifications(home.hass)) <= before
    assert not any("Water" in n["message"] for n in notifications(home.hass).values())


async def test_nonsense_is_refused(home: Home) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await acknowledge(home)
    assert refused.value.translation_key == "nothing_to_acknowledge"
    with pytest.raises(vol.Invalid):
        await acknowledge(home, notification_id="a", intent_id="b")


async def test_a_disk_that_refuses_is_said(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(_id: str) -> None:
        raise StorageFailed("broken")

    monkeypatch.setattr(home.entry.runtime_data.outbox, "of_notification", full)
    with pytest.raises(HomeAssistantError) as refused:
        await acknowledge(home, notification_id="any")
    assert refused.value.translation_key == "storage_failed"
