"""Answers that come after their time, and calls that never answer."""

from __future__ import annotations

from pathlib import Path
import threading

from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError
import pytest

from custom_components.reliable_notifications.adapters import calls
from custom_components.reliable_notifications.channels.notify_entity import (
    NotifyEntity,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    LAST_RESORT,
    Evidence,
    IntentState,
    Priority,
)
from tests.adapters.delivering import (
    Door,
    ForgetfulAction,
    action,
    on_disk,
    open_desk,
    wait_for,
)


async def test_edge_18_a_late_success_is_booked(
    hass: HomeAssistant, tmp_path: Path
) -> None:
    phone, spare = Door(), Door()
    spare.opened.set()
    channel = action(hass, "phone", phone.take)  # 0.2 s of patience
    async with open_desk(
        hass, tmp_path, phone=channel, spare=action(hass, "spare", spare.take)
    ) as desk:
        intent_id = await desk.send("phone", "spare")
        record = await desk.over(intent_id)
        assert record.channel_id == "spare"
        assert await desk.attempts(intent_id) == [
            ("phone", "timed_out", "No answer within 0.2 s"),
            ("spare", "accepted", ""),
        ]

        phone.opened.set()
        await wait_for(lambda: phone.got == ["Washing machine finished"])
        await wait_for(
            lambda: (
                on_disk(desk.database, "SELECT evidence FROM attempt ORDER BY rowid")
                == [("accepted",), ("accepted",)]
            )
        )


async def test_edge_18_a_handler_in_a_thread_finishes_after_its_time(
    hass: HomeAssistant, tmp_path: Path
) -> None:
    """A thread cannot be cut off: the message arrives, and that is what is known."""
    go = threading.Event()
    sent: list[str] = []

    def handler(call: ServiceCall) -> None:
        go.wait(10)
        sent.append(call.data["message"])

    hass.services.async_register("notify", "mail", handler)
    mail = ForgetfulAction(hass, "mail", "Mail", "notify.mail")
    async with open_desk(hass, tmp_path, mail=mail) as desk:
        intent_id = await desk.send("mail")
        await desk.until(intent_id, lambda each: each.channel_id == LAST_RESORT)
        go.set()
        proven = await desk.until(
            intent_id, lambda each: each.evidence is Evidence.ACCEPTED
        )

        assert sent == ["Washing machine finished"]
        assert proven.channel_id == "mail"


@pytest.mark.parametrize("priority", [Priority.MEDIUM, Priority.URGENT])
async def test_edge_17_a_mail_that_hangs_is_not_sent_twice(
    hass: HomeAssistant,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    priority: Priority,
) -> None:
    """Its platform would wait for a minute; nobody knows whether it has gone out."""
    assert NotifyEntity.patience == 10.0
    monkeypatch.setattr(ForgetfulAction, "patience", 0.1)
    door, phone = Door(), Door()
    phone.opened.set()
    hass.services.async_register("notify", "mail", door.take)
    mail = ForgetfulAction(hass, "mail", "Mail", "notify.mail")
    async with open_desk(
        hass, tmp_path, mail=mail, phone=action(hass, "phone", phone.take)
    ) as desk:
        record = await desk.proven(await desk.send("mail", "phone", priority=priority))
        assert record.channel_id == "phone"
        assert record.proven_at is not None
        assert record.proven_at - record.released_at < 3.0
        heir = desk.new_courier()
        await heir.start()  # and not after a restart either
        desk.courier = heir
        told = await desk.attempts(record.intent_id)
        assert [each[:2] for each in told] == [
            ("mail", "timed_out"),
            ("phone", "accepted"),
        ]
        assert door.called == 1
        door.opened.set()


async def test_a_late_failure_takes_the_doubt_away(
    hass: HomeAssistant, tmp_path: Path
) -> None:
    door = Door()
    door.error = HomeAssistantError("no network")
    hass.services.async_register("notify", "mail", door.take)
    mail = ForgetfulAction(hass, "mail", "Mail", "notify.mail")
    async with open_desk(hass, tmp_path, mail=mail) as desk:
        intent_id = await desk.send("mail", priority=Priority.HIGH)
        await desk.until(intent_id, lambda each: each.evidence is Evidence.DISPATCHED)
        door.opened.set()
        await wait_for(
            lambda: (
                on_disk(desk.database, "SELECT evidence FROM attempt")[0]
                == ("unreachable",)
            )
        )
        # it is over all the same: what lies in the list has ended it
        assert (await desk.record(intent_id)).state is IntentState.DONE


async def test_edge_16_hanging_calls_are_not_piled_up(
    hass: HomeAssistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = Door()
    async with open_desk(
        hass, tmp_path, phone=action(hass, "phone", door.take)
    ) as desk:
        for _ in range(calls.MOST_HANGING):
            await desk.send("phone", priority=Priority.URGENT)
        await wait_for(lambda: len(desk.courier._calls._late) == calls.MOST_HANGING)

        one_more = await desk.send("phone", priority=Priority.URGENT)
        await desk.until(one_more, lambda each: each.attempts >= 1)
        await wait_for(
            lambda: (
                (
                    "unreachable",
                    f"Not asked: {calls.MOST_HANGING} earlier calls still hang",
                )
                in on_disk(desk.database, "SELECT evidence, detail FROM attempt")
            )
        )
        assert door.called == calls.MOST_HANGING
        door.opened.set()
        await wait_for(lambda: not desk.courier._calls._late)


async def test_a_call_that_never_answers_is_cut_off_in_the_end(
    hass: HomeAssistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calls, "LATE_LIMIT", 0.1)
    door = Door()
    async with open_desk(
        hass, tmp_path, phone=action(hass, "phone", door.take)
    ) as desk:
        intent_id = await desk.send("phone")
        await desk.until(intent_id, lambda each: each.evidence is Evidence.DISPATCHED)
        await wait_for(lambda: not desk.courier._calls._late)

        assert door.got == []
        assert (await desk.attempts(intent_id))[0][:2] == ("phone", "timed_out")
