"""Before an account is asked: who has opted out, and what the month has money for."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util
import pytest

from custom_components.reliable_notifications.adapters.purse import month_start
from custom_components.reliable_notifications.channels.interface import (
    Channel,
    Choice,
    Envelope,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    AttemptResult,
    Evidence,
    IntentState,
    Price,
    Priority,
    Trouble,
)
from tests.adapters.delivering import Desk, on_disk, open_desk

YES = AttemptResult(evidence=Evidence.ACCEPTED)
DEAR = Price(amount=0.4, currency="EUR")


class Account(Channel):
    """An account that answers as it is told; it knows by itself whom it reaches."""

    kind = "account"
    best_evidence = Evidence.ACCEPTED
    patience = 2.0
    replaces = False
    needs_target = False
    paid = True

    answer: AttemptResult | Exception = YES
    cost: Price | None = DEAR
    asked = 0

    @classmethod
    def choices(cls, hass: HomeAssistant) -> list[Choice]:
        return []

    @classmethod
    def problem(cls, hass: HomeAssistant, target: str) -> str | None:
        return None

    def price(self, envelope: Envelope) -> Price | None:
        return self.cost

    @classmethod
    def unpriced(cls, *_: Any) -> Sequence[str]:
        return ["FR (+33)"]

    async def async_send(self, envelope: Envelope) -> AttemptResult:
        self.asked += 1
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def account(hass: HomeAssistant, cap: float | None = None) -> Account:
    settings = {} if cap is None else {"monthly_cap": cap}
    return Account(hass, "sms", "Text messages", "", settings)


def no(trouble: Trouble, evidence: Evidence = Evidence.REFUSED) -> AttemptResult:
    return AttemptResult(evidence=evidence, detail=trouble.value, trouble=trouble)


async def told(desk: Desk, **kwargs: Any) -> Any:
    return await desk.over(await desk.send("sms", **kwargs))


async def test_edge_35_who_has_opted_out_is_not_asked_again_by_that_channel(
    hass: HomeAssistant, tmp_path: Path
) -> None:
    sms = account(hass)
    async with open_desk(hass, tmp_path, sms=sms) as desk:
        sms.answer = no(Trouble.OPTED_OUT)
        await told(desk)
        sms.answer = YES
        record = await told(desk, priority=Priority.URGENT)
        # the next channel has it; this one was not called, nor retried
        assert sms.asked == 1
        assert record.state is IntentState.DONE
        assert record.channel_id == "last_resort"
        (attempt, _) = await desk.attempts(record.intent_id)
        assert attempt == (
            "sms",
            "refused",
            "Not asked: the recipient has opted out",
        )
        (closed,) = desk.gate.opted_out
        assert (closed.channel_id, closed.recipient_name) == ("sms", "Anna")
        # it is this person's wish, and says nothing of the channel
        assert not desk.courier.health.of("sms").is_down
    # also after a restart, until a person says otherwise
    again = account(hass)
    async with open_desk(hass, tmp_path, sms=again) as desk:
        assert len(tuple(desk.gate.opted_out)) == 1
        await told(desk)
        assert again.asked == 0
        (closed,) = desk.gate.opted_out
        await desk.gate.async_reopen("sms", closed.recipient_id)
        assert tuple(desk.gate.opted_out) == ()
        assert (await told(desk)).channel_id == "sms"
        assert on_disk(desk.database, "SELECT * FROM opt_out") == []


async def test_edge_36_an_address_that_is_not_verified_is_remembered_until_it_works(
    hass: HomeAssistant, tmp_path: Path
) -> None:
    sms = account(hass)
    async with open_desk(hass, tmp_path, sms=sms) as desk:
        sms.answer = no(Trouble.UNVERIFIED)
        record = await told(desk)
        assert (record.channel_id, sms.asked) == ("last_resort", 1)
        (closed,) = desk.gate.unverified
        assert closed.recipient_name == "Anna"
        sms.answer = YES  # it was verified meanwhile: nobody has to say so here
        assert (await told(desk)).channel_id == "sms"
        assert tuple(desk.gate.unverified) == ()


async def test_edge_37_the_cap_of_the_month_is_kept(
    hass: HomeAssistant, tmp_path: Path, freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to("2026-11-20 12:00:00+00:00")
    sms = account(hass, cap=1.0)
    async with open_desk(hass, tmp_path, sms=sms) as desk:
        assert desk.gate.cap_reached("sms") is None
        for _ in range(2):
            assert (await told(desk)).channel_id == "sms"
        record = await told(desk)
        assert (record.channel_id, sms.asked) == ("last_resort", 2)
        (attempt, _) = await desk.attempts(record.intent_id)
        assert attempt[1:] == (
            "refused",
            "Not asked: the limit for the month is reached (1.00 EUR)",
        )
        assert desk.gate.cap_reached("sms") == "1.00 EUR"
        assert desk.gate.purse.spent("sms").amount == pytest.approx(0.8)
        # the breaker rests until the next month, and what is urgent is refused as well
        breaker = desk.courier.health.of("sms")
        assert breaker.rests_until(dt_util.utcnow().timestamp()) == pytest.approx(
            month_start(1).timestamp()
        )
        await told(desk, priority=Priority.URGENT)
        assert sms.asked == 2

        freezer.move_to("2026-12-02 12:00:00+00:00")
        assert desk.gate.cap_reached("sms") is None
        assert (await told(desk)).channel_id == "sms"
        assert desk.gate.purse.spent("sms").messages == 1


async def test_a_cap_holds_over_a_restart(hass: HomeAssistant, tmp_path: Path) -> None:
    for expected in ("sms", "sms", "last_resort"):
        sms = account(hass, cap=1.0)
        async with open_desk(hass, tmp_path, sms=sms) as desk:
            assert (await told(desk)).channel_id == expected


async def test_two_at_once_cannot_both_have_the_last_coin(
    hass: HomeAssistant, tmp_path: Path
) -> None:
    sms = account(hass, cap=0.5)
    async with open_desk(hass, tmp_path, sms=sms) as desk:
        ids = [await desk.store("sms") for _ in range(3)]
        desk.courier.submit(ids)
        await asyncio.gather(*(desk.over(each) for each in ids))
        assert sms.asked == 1


@pytest.mark.parametrize(
    ("answer", "messages"),
    [
        (YES, 1),
        (AttemptResult(evidence=Evidence.DISPATCHED), 1),
        (no(Trouble.SILENCE, Evidence.TIMED_OUT), 1),
        (TimeoutError("too slow"), 1),
        (no(Trouble.REJECTED), 0),
        (no(Trouble.OUTAGE, Evidence.UNREACHABLE), 0),
        (HomeAssistantError("no credit"), 0),
    ],
)
async def test_what_may_have_been_taken_is_paid(
    hass: HomeAssistant, tmp_path: Path, answer: Any, messages: int
) -> None:
    sms = account(hass)
    sms.answer = answer
    async with open_desk(hass, tmp_path, sms=sms) as desk:
        intent_id = await desk.send("sms")
        await desk.until(intent_id, lambda each: each.evidence is not None)
        spent = desk.gate.purse.spent("sms")
        assert spent.messages == messages
        assert spent.amount == pytest.approx(0.4 * messages)
        assert list(spent.recipients.values()) == [0.4] * messages
        rows = on_disk(
            desk.database, "SELECT channel_id, amount, currency FROM expense"
        )
        assert rows == [("sms", 0.4, "EUR")] * messages


async def test_a_cap_holds_also_where_nobody_knows_the_price(
    hass: HomeAssistant, tmp_path: Path
) -> None:
    sms = account(hass, cap=0.5)
    sms.cost = None
    async with open_desk(hass, tmp_path, sms=sms) as desk:
        for priority in (Priority.MEDIUM, Priority.URGENT):  # as with a cap reached
            record = await told(desk, priority=priority)
            assert (record.channel_id, sms.asked) == ("last_resort", 0)
            (attempt, _) = await desk.attempts(record.intent_id)
            _, grade, detail = attempt
            assert grade == "refused"
            assert detail.startswith("Not asked: there is a limit for the month")
            assert detail.endswith("nobody knows what a message to FR (+33) costs")
        # that is about where it goes, and says nothing of the channel
        assert not desk.courier.health.of("sms").is_down
        sms.cost = DEAR
        assert (await told(desk)).channel_id == "sms"
        assert desk.gate.purse.spent("sms").unpriced == 0


async def test_what_nobody_knows_the_price_of_is_counted_without_one(
    hass: HomeAssistant, tmp_path: Path
) -> None:
    sms = account(hass)
    async with open_desk(hass, tmp_path, sms=sms) as desk:
        await told(desk)
        sms.cost = None
        assert (await told(desk)).channel_id == "sms"
    async with open_desk(hass, tmp_path, sms=sms) as desk:  # also after a restart
        spent = desk.gate.purse.spent("sms")
        assert (spent.messages, spent.unpriced, spent.amount) == (2, 1, DEAR.amount)


async def test_what_is_not_paid_is_not_counted(
    hass: HomeAssistant, tmp_path: Path
) -> None:
    free = account(hass)
    free.paid = False  # type: ignore[misc]  # a class's own otherwise
    free.cost = None
    async with open_desk(hass, tmp_path, sms=free) as desk:
        assert (await told(desk)).channel_id == "sms"
        assert desk.gate.purse.spent("sms").messages == 0


async def test_who_listens_hears_of_each_change(
    hass: HomeAssistant, tmp_path: Path
) -> None:
    sms = account(hass)
    heard: list[int] = []
    async with open_desk(hass, tmp_path, sms=sms) as desk:
        purse = desk.gate.purse
        stop = purse.async_listen(lambda: heard.append(purse.spent("sms").messages))
        await told(desk)
        sms.answer = no(Trouble.REJECTED)
        await told(desk)
        stop()
        sms.answer = YES
        await told(desk)
    assert heard == [1, 2, 1]


@pytest.mark.parametrize(
    ("now", "zone", "first", "following"),
    [
        ("2026-12-31 23:30:00+00:00", "UTC", "2026-12-01", "2027-01-01"),
        ("2026-12-31 23:30:00+00:00", "Europe/Berlin", "2027-01-01", "2027-02-01"),
        ("2026-03-31 12:00:00+00:00", "Europe/Berlin", "2026-03-01", "2026-04-01"),
    ],
)
async def test_the_month_is_the_one_here(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    now: str,
    zone: str,
    first: str,
    following: str,
) -> None:
    await hass.config.async_set_time_zone(zone)
    freezer.move_to(now)
    here = ZoneInfo(zone)
    assert month_start() == datetime.fromisoformat(first).replace(tzinfo=here)
    assert month_start(1) == datetime.fromisoformat(following).replace(tzinfo=here)
