"""What phones tell afterwards: whose it is, and how much it proves."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import Context, HomeAssistant
import pytest

from custom_components.reliable_notifications.adapters.receipts import (
    ACTION,
    CLEARED,
    RECEIVED,
    Receipts,
)
from custom_components.reliable_notifications.channels.mobile_app import MobileApp
from custom_components.reliable_notifications.engine.content.verbs import Verb
from custom_components.reliable_notifications.engine.vocabulary import (
    Evidence,
    IntentRecord,
    IntentState,
)
from tests.adapters.delivering import Desk, action, on_disk, open_desk, wait_for
from tests.channels.phones import PushService, by_cloud, register


async def nothing(verb: Verb, intent_id: str, context: Context) -> None:
    """What an answer means for an appliance is looked at with appliances."""


@asynccontextmanager
async def listening_desk(hass: HomeAssistant, path: Path) -> AsyncIterator[Desk]:
    """A desk that hears receipts, with a phone whose action always returns."""

    async def take(call: Any) -> None:
        pass

    async with open_desk(hass, path, phone=action(hass, "phone", take)) as desk:
        receipts = Receipts(hass, desk.outbox, desk.courier.book, nothing)
        receipts.start()
        receipts.start()  # once is enough
        try:
            yield desk
        finally:
            receipts.stop()


async def fire(hass: HomeAssistant, name: str, who: str = "", **data: Any) -> None:
    hass.bus.async_fire(name, data, context=Context(user_id=who or None))
    await hass.async_block_till_done(wait_background_tasks=True)


@pytest.mark.parametrize(
    ("event", "evidence"),
    [
        (RECEIVED, Evidence.DELIVERED),
        (CLEARED, Evidence.SEEN),
        (ACTION, Evidence.SEEN),
    ],
)
async def test_an_answer_raises_the_evidence_of_its_intent(
    hass: HomeAssistant, tmp_path: Path, event: str, evidence: Evidence
) -> None:
    async with listening_desk(hass, tmp_path) as desk:
        intent_id, other = await desk.send("phone"), await desk.send("phone")
        accepted = await desk.over(intent_id)
        await desk.over(other)

        await fire(hass, event, rn_intent=intent_id, action="OPEN_BLINDS")
        record = await desk.until(intent_id, lambda each: each.evidence is evidence)

        assert record.proven_at == accepted.proven_at
        assert await desk.record(intent_id) == record
        assert (await desk.record(other)).evidence is Evidence.ACCEPTED


async def test_our_button_acknowledges_and_says_who(
    hass: HomeAssistant, tmp_path: Path
) -> None:
    async with listening_desk(hass, tmp_path) as desk:
        intent_id = await desk.send("phone")
        await desk.over(intent_id)
        button = f"RN_ACKNOWLEDGE_{intent_id}"

        await fire(hass, ACTION, who="anna", action=button)
        await fire(hass, ACTION, who="ben", action=button)
        await fire(hass, ACTION, who="anna", action=button)
        await desk.until(intent_id, lambda each: each.evidence is Evidence.ACKNOWLEDGED)

        assert on_disk(
            desk.database, "SELECT evidence, who, source FROM receipt ORDER BY at"
        ) == [("acknowledged", "anna", ACTION), ("acknowledged", "ben", ACTION)]


async def test_an_iphone_gives_our_data_back_in_its_own_place(
    hass: HomeAssistant, tmp_path: Path
) -> None:
    async with listening_desk(hass, tmp_path) as desk:
        intent_id = await desk.send("phone")
        await desk.over(intent_id)

        await fire(hass, ACTION, action="X", action_data={"rn_intent": intent_id})

        await desk.until(intent_id, lambda each: each.evidence is Evidence.SEEN)


async def test_a_tag_is_enough_where_it_means_one_intent(
    hass: HomeAssistant, tmp_path: Path
) -> None:
    async with listening_desk(hass, tmp_path) as desk:
        intent_id = await desk.send("phone", tag="rn-washer")
        await desk.over(intent_id)

        await fire(hass, RECEIVED, tag="rn-washer")

        await desk.until(intent_id, lambda each: each.evidence is Evidence.DELIVERED)


async def test_what_is_not_ours_is_ignored(hass: HomeAssistant, tmp_path: Path) -> None:
    async with listening_desk(hass, tmp_path) as desk:
        intent_id = await desk.send("phone")
        before = await desk.over(intent_id)

        await fire(hass, RECEIVED, tag="somebody elses")
        await fire(hass, RECEIVED)
        await fire(hass, ACTION, action="RN_ACKNOWLEDGE_unknown")
        await fire(hass, CLEARED, rn_intent=17, action_data="odd")

        assert await desk.record(intent_id) == before
        assert on_disk(desk.database, "SELECT * FROM receipt") == []


async def test_an_answer_after_a_restart_still_counts(
    hass: HomeAssistant, tmp_path: Path, freezer: FrozenDateTimeFactory
) -> None:
    async with listening_desk(hass, tmp_path) as desk:
        intent_id = await desk.send("phone")
        before = await desk.over(intent_id)
    freezer.tick(3 * 86400)

    async with listening_desk(hass, tmp_path) as desk:
        await fire(hass, ACTION, action=f"RN_ACKNOWLEDGE_{intent_id}")
        record = await desk.until(
            intent_id, lambda each: each.evidence is Evidence.ACKNOWLEDGED
        )

    assert (record.state, record.finished_at) == (IntentState.DONE, before.finished_at)


async def test_an_answer_ends_the_waiting(hass: HomeAssistant, tmp_path: Path) -> None:
    async def hang(call: Any) -> None:
        raise TimeoutError

    async with listening_desk(hass, tmp_path) as desk:
        hass.services.async_register("notify", "phone", hang)
        intent_id = await desk.send("phone")
        await desk.until(intent_id, lambda each: each.state is IntentState.WAITING)

        await fire(hass, RECEIVED, rn_intent=intent_id)
        record = await desk.over(intent_id)

        assert (record.state, record.evidence) == (IntentState.DONE, Evidence.DELIVERED)
        await wait_for(lambda: desk.courier.open_count == 0)


async def test_a_real_phone_confirms_over_its_webhook(
    hass: HomeAssistant,
    tmp_path: Path,
    hass_client: Callable[[], Any],
    socket_enabled: None,
    hass_admin_user: Any,
) -> None:
    push = PushService()
    async with push.running() as address:
        phone = await register(hass, hass_client, by_cloud(address))
        channel = MobileApp(hass, "phone", "Anna's phone", phone.device_id)
        async with open_desk(hass, tmp_path, phone=channel) as desk:
            receipts = Receipts(hass, desk.outbox, desk.courier.book, nothing)
            receipts.start()
            intent_id = await desk.send("phone")
            await desk.over(intent_id)
            sent = push.got[0]["data"]

            def knows(evidence: Evidence) -> Callable[[IntentRecord], bool]:
                return lambda each: each.evidence is evidence

            await phone.fire(RECEIVED, **sent)
            await desk.until(intent_id, knows(Evidence.DELIVERED))
            await phone.fire(ACTION, **sent, action=sent["actions"][0]["action"])
            await desk.until(intent_id, knows(Evidence.ACKNOWLEDGED))
            receipts.stop()

            assert on_disk(
                desk.database, "SELECT evidence, who FROM receipt ORDER BY at"
            ) == [
                ("delivered", hass_admin_user.id),
                ("acknowledged", hass_admin_user.id),
            ]


async def test_a_receipt_that_cannot_be_stored_is_said(
    hass: HomeAssistant, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with listening_desk(hass, tmp_path) as desk:
        await desk.database.close()
        await fire(hass, RECEIVED, rn_intent="01INTENT")

    assert "A receipt could not be stored: The database is closed" in caplog.messages
