"""From a stored intent to its end, through real actions in a real core."""

from __future__ import annotations

import asyncio
from pathlib import Path
import sqlite3

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.persistent_notification import (
    _async_get_or_create_notifications as notifications,
)
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.reliable_notifications.compat import vol
from custom_components.reliable_notifications.engine.vocabulary import (
    LAST_RESORT,
    Evidence,
    IntentState,
    Priority,
)
from tests.adapters.delivering import ForgetfulAction, action, on_disk, open_desk

# the first step is being asked, the last resort was not
CUT_OFF = (
    "[[1, 0, 0, null, 1, 0, 0, 0, null, null], [0, 0, 0, null, 0, 0, 0, 0, null, null]]"
)


class Phone:
    """A notify action that does as it is told."""

    def __init__(self, *errors: Exception | None) -> None:
        self.errors = list(errors)
        self.got: list[str] = []

    async def take(self, call: ServiceCall) -> None:
        error = self.errors.pop(0) if self.errors else None
        if error is not None:
            raise error
        self.got.append(call.data["message"])


async def hang(call: ServiceCall) -> None:
    await asyncio.Event().wait()


async def test_an_intent_is_delivered(hass: HomeAssistant, tmp_path: Path) -> None:
    phone = Phone()
    async with open_desk(
        hass, tmp_path, phone=action(hass, "phone", phone.take)
    ) as desk:
        record = await desk.over(await desk.send("phone"))

        assert phone.got == ["Washing machine finished"]
        assert record.state is IntentState.DONE
        assert record.evidence is Evidence.ACCEPTED
        assert record.channel_id == "phone"
        assert record.proven_at is not None
        assert desk.courier.open_count == 0
        assert notifications(hass) == {}


async def test_the_attempt_is_on_the_disk_before_the_call(
    hass: HomeAssistant, tmp_path: Path
) -> None:
    seen: list[tuple[str, str | None]] = []

    async def look(call: ServiceCall) -> None:
        connection = sqlite3.connect(tmp_path / "delivery.db")
        seen.extend(
            connection.execute(
                "SELECT intent.state, attempt.ended_at FROM intent"
                " JOIN attempt ON attempt.intent_id = intent.id"
            ).fetchall()
        )
        connection.close()

    async with open_desk(hass, tmp_path, phone=action(hass, "phone", look)) as desk:
        await desk.over(await desk.send("phone"))

    assert seen == [("sending", None)]


@pytest.mark.parametrize(
    ("error", "evidence", "detail"),
    [
        (HomeAssistantError("no network"), Evidence.UNREACHABLE, "no network"),
        (ServiceValidationError("bad data"), Evidence.REFUSED, "bad data"),
        (vol.Invalid("bad schema"), Evidence.REFUSED, "bad schema"),
        (
            TimeoutError("too slow"),
            Evidence.TIMED_OUT,
            "The platform gave up: too slow",
        ),
        (KeyError("token"), Evidence.UNREACHABLE, "KeyError: 'token'"),
        (
            HomeAssistantError(
                "Error sending to https://push.example/abc?key=secret now"
            ),
            Evidence.UNREACHABLE,
            "Error sending to (address) now",
        ),
    ],
)
async def test_every_error_becomes_evidence_and_the_next_channel_is_asked(
    hass: HomeAssistant,
    tmp_path: Path,
    error: Exception,
    evidence: Evidence,
    detail: str,
) -> None:
    broken = action(hass, "broken", Phone(error).take)
    spare = Phone()
    async with open_desk(
        hass, tmp_path, broken=broken, spare=action(hass, "spare", spare.take)
    ) as desk:
        intent_id = await desk.send("broken", "spare")
        record = await desk.over(intent_id)

        assert record.channel_id == "spare"
        assert spare.got == ["Washing machine finished"]
        assert await desk.attempts(intent_id) == [
            ("broken", evidence.value, detail),
            ("spare", "accepted", ""),
        ]


async def test_an_unexpected_error_is_logged_in_one_sentence(
    hass: HomeAssistant, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    broken = action(hass, "broken", Phone(ZeroDivisionError("division by zero")).take)
    async with open_desk(hass, tmp_path, broken=broken) as desk:
        await desk.until(
            await desk.send("broken"), lambda each: each.state is IntentState.WAITING
        )

    assert (
        "Channel Broken failed in an unexpected way:"
        " ZeroDivisionError: division by zero" in caplog.messages
    )


async def test_a_hanging_channel_is_given_up(
    hass: HomeAssistant, tmp_path: Path
) -> None:
    spare = Phone()
    async with open_desk(
        hass,
        tmp_path,
        stuck=action(hass, "stuck", hang),
        spare=action(hass, "spare", spare.take),
    ) as desk:
        intent_id = await desk.send("stuck", "spare")
        await desk.over(intent_id)

        assert await desk.attempts(intent_id) == [
            ("stuck", "timed_out", "No answer within 0.2 s"),
            ("spare", "accepted", ""),
        ]


async def test_a_missing_action_is_refused(hass: HomeAssistant, tmp_path: Path) -> None:
    phone = action(hass, "phone", Phone().take)
    hass.services.async_remove("notify", "phone")
    async with open_desk(hass, tmp_path, phone=phone) as desk:
        intent_id = await desk.send("phone")
        record = await desk.over(intent_id)

        assert [row[1] for row in await desk.attempts(intent_id)] == [
            "refused",
            "dispatched",
        ]
        assert (record.state, record.evidence) == (
            IntentState.DONE,
            Evidence.DISPATCHED,
        )
        assert record.channel_id == LAST_RESORT
        assert [note["message"] for note in notifications(hass).values()] == [
            "Washing machine finished"
        ]


async def test_a_removed_channel_is_passed_over(
    hass: HomeAssistant, tmp_path: Path
) -> None:
    phone = action(hass, "phone", Phone().take)
    async with open_desk(hass, tmp_path, start=False, phone=phone) as desk:
        intent_id = await desk.store("phone")
        del desk.channels["phone"]  # type: ignore[attr-defined]
        await desk.courier.start()
        await desk.over(intent_id)

        assert (await desk.attempts(intent_id))[0] == (
            "phone",
            "refused",
            "The channel does not exist any more",
        )


async def test_an_outage_is_sat_out(
    hass: HomeAssistant, tmp_path: Path, freezer: FrozenDateTimeFactory
) -> None:
    down = HomeAssistantError("no network")
    phone = Phone(down, down, down)
    async with open_desk(
        hass, tmp_path, phone=action(hass, "phone", phone.take)
    ) as desk:
        intent_id = await desk.send("phone")
        for attempts in (1, 2, 3):
            waiting = await desk.until(
                intent_id,
                lambda each, n=attempts: (
                    each.state is IntentState.WAITING and len(phone.errors) == 3 - n
                ),
            )
            assert waiting.evidence is Evidence.DISPATCHED  # shown in the meantime
            freezer.tick(31)
            async_fire_time_changed(hass)
        record = await desk.over(intent_id)

    assert record.evidence is Evidence.ACCEPTED
    assert phone.got == ["Washing machine finished"]
    assert record.attempts == 5  # four calls of the phone and the last resort


async def test_old_news_is_not_sent(
    hass: HomeAssistant, tmp_path: Path, freezer: FrozenDateTimeFactory
) -> None:
    phone = Phone()
    async with open_desk(
        hass, tmp_path, start=False, phone=action(hass, "phone", phone.take)
    ) as desk:
        intent_id = await desk.store("phone")
        freezer.tick(7 * 3600)  # Home Assistant was down
        await desk.courier.start()
        record = await desk.over(intent_id)

    assert record.state is IntentState.EXPIRED
    assert phone.got == []


async def test_the_deadline_ends_the_waiting(
    hass: HomeAssistant, tmp_path: Path, freezer: FrozenDateTimeFactory
) -> None:
    phone = Phone(*[HomeAssistantError("no network")] * 50)
    async with open_desk(
        hass, tmp_path, phone=action(hass, "phone", phone.take)
    ) as desk:
        intent_id = await desk.send("phone")
        await desk.until(intent_id, lambda each: each.state is IntentState.WAITING)
        freezer.tick(6 * 3600)
        async_fire_time_changed(hass)
        record = await desk.over(intent_id)

    assert (record.state, record.evidence) == (IntentState.DONE, Evidence.DISPATCHED)


async def test_edge_02_a_call_cut_off_by_a_death_is_in_doubt(
    hass: HomeAssistant, tmp_path: Path
) -> None:
    phone, mail = Phone(), Phone()
    channels = {
        "phone": action(hass, "phone", phone.take),
        "mail": ForgetfulAction(hass, "mail", "Mail", "notify.mail"),
    }
    hass.services.async_register("notify", "mail", mail.take)
    async with open_desk(hass, tmp_path, start=False, **channels) as desk:
        by_phone, by_mail = await desk.store("phone"), await desk.store("mail")
        for intent_id in (by_phone, by_mail):
            await desk.database.write(
                lambda connection, intent_id=intent_id: (
                    connection.execute(
                        "UPDATE intent SET state = 'sending', tracks = ? WHERE id = ?",
                        (CUT_OFF, intent_id),
                    ).rowcount
                )
            )
            await desk.database.write(
                lambda connection, intent_id=intent_id: (
                    connection.execute(
                        "INSERT INTO attempt (id, intent_id, channel_id, started_at)"
                        " VALUES (?, ?, 'cut off', 1)",
                        (f"0-{intent_id}", intent_id),
                    ).rowcount
                )
            )
        await desk.courier.start()
        assert (await desk.over(by_phone)).evidence is Evidence.ACCEPTED
        assert (await desk.over(by_mail)).channel_id == LAST_RESORT

        assert phone.got == ["Washing machine finished"]  # replaces the first
        assert mail.got == []  # a second mail would be a second mail
        assert [row[1] for row in await desk.attempts(by_mail)] == [
            "unknown",
            "dispatched",
        ]


async def test_a_listeners_mistake_stops_no_delivery(
    hass: HomeAssistant, tmp_path: Path
) -> None:
    phone = Phone()
    mistakes: list[object] = []
    hass.loop.set_exception_handler(lambda loop, context: mistakes.append(context))
    async with open_desk(
        hass, tmp_path, start=False, phone=action(hass, "phone", phone.take)
    ) as desk:
        desk.records = []

        def stumble(record: object) -> None:
            desk.records.append(record)  # type: ignore[arg-type]
            raise LookupError("a listener's own mistake")

        desk.courier._on_change = stumble
        await desk.courier.start()
        record = await desk.over(await desk.send("phone"))

    assert record.state is IntentState.DONE
    assert mistakes


async def test_a_disk_that_refuses_holds_no_message_back(
    hass: HomeAssistant, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    phone = Phone()
    async with open_desk(
        hass, tmp_path, start=False, phone=action(hass, "phone", phone.take)
    ) as desk:
        intent_id = await desk.store("phone", priority=Priority.URGENT)
        await desk.database.write(
            lambda connection: (
                connection.execute(
                    "CREATE TRIGGER broken BEFORE UPDATE ON intent"
                    " BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
                ).rowcount
            )
        )
        await desk.courier.start()
        await desk.proven(intent_id)

    assert phone.got == ["Washing machine finished"]
    assert any(
        "Delivery goes on without being stored" in message
        for message in caplog.messages
    )


async def test_nothing_is_carried_twice(hass: HomeAssistant, tmp_path: Path) -> None:
    phone = Phone()
    async with open_desk(
        hass, tmp_path, start=False, phone=action(hass, "phone", phone.take)
    ) as desk:
        intent_id = await desk.store("phone")
        starting = asyncio.ensure_future(desk.courier.start())
        await asyncio.sleep(0)
        desk.courier.submit([intent_id, intent_id, "unknown"])
        desk.courier.submit([intent_id])
        await starting
        await desk.over(intent_id)
        desk.courier.submit([intent_id])  # over already
        await hass.async_block_till_done(wait_background_tasks=True)

        assert phone.got == ["Washing machine finished"]
        assert desk.courier.open_count == 0
        assert on_disk(desk.database, "SELECT count(*) FROM attempt") == [(1,)]
