"""How many messages a person gets by a channel, and what becomes of the rest."""

from __future__ import annotations

import json
from pathlib import Path

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.util import dt as dt_util
import pytest

from custom_components.reliable_notifications.channels.interface import (
    NO_LIMITS,
    Limits,
)
from custom_components.reliable_notifications.engine.delivery.allowance import (
    MOST_PER_MINUTE,
)
from custom_components.reliable_notifications.engine.vocabulary import Priority
from tests.adapters.delivering import (
    Desk,
    TruthfulAction,
    action,
    on_disk,
    open_desk,
    wait_for,
)
from tests.adapters.test_hedged_delivery import pass_time


class Phone:
    """A notify action that takes everything."""

    def __init__(self) -> None:
        self.got: list[str] = []

    async def take(self, call: ServiceCall) -> None:
        self.got.append(call.data["message"])


def limited(
    hass: HomeAssistant, name: str, phone: Phone, limits: Limits = NO_LIMITS
) -> TruthfulAction:
    channel = action(hass, name, phone.take)
    channel.limits = limits  # type: ignore[misc]
    return channel


async def fill(desk: Desk, phone: Phone, number: int = MOST_PER_MINUTE) -> None:
    """So many that are not told together: a storm of high ones begins with ten."""
    before = len(phone.got)
    for each in range(number):
        priority = Priority.MEDIUM if each == 0 else Priority.HIGH
        await desk.proven(await send(desk, f"{each}", priority))
    assert len(phone.got) == before + number


async def send(desk: Desk, message: str, priority: Priority = Priority.LOW) -> str:
    return await desk.send(
        "phone", "spare", message=message, priority=priority, to="anna"
    )


def reasons(desk: Desk, intent_id: str) -> list[str]:
    rows = on_disk(
        desk.database, f"SELECT plan_reasons FROM intent WHERE id = '{intent_id}'"
    )
    return json.loads(rows[0][0])


@pytest.fixture
def phones() -> tuple[Phone, Phone]:
    return Phone(), Phone()


async def test_the_eleventh_in_a_minute_waits_for_its_turn(
    hass: HomeAssistant,
    tmp_path: Path,
    freezer: FrozenDateTimeFactory,
    phones: tuple[Phone, Phone],
) -> None:
    phone, spare = phones
    async with open_desk(
        hass,
        tmp_path,
        phone=limited(hass, "phone", phone),
        spare=limited(hass, "spare", spare),
    ) as desk:
        await fill(desk, phone)
        waits = await send(desk, "eleventh")
        await desk.until(waits, lambda each: each.state == "waiting")
        await pass_time(hass, freezer, 5.0)
        assert phone.got[-1] != "eleventh"
        await pass_time(hass, freezer, 1.1)
        await desk.over(waits)

        assert phone.got[-1] == "eleventh"
        assert spare.got == []


async def test_what_is_high_goes_the_next_way_and_says_why(
    hass: HomeAssistant,
    tmp_path: Path,
    freezer: FrozenDateTimeFactory,
    phones: tuple[Phone, Phone],
) -> None:
    phone, spare = phones
    async with open_desk(
        hass,
        tmp_path,
        phone=limited(hass, "phone", phone),
        spare=limited(hass, "spare", spare),
    ) as desk:
        await fill(desk, phone)
        high = await send(desk, "high", Priority.HIGH)
        await desk.proven(high)
        await wait_for(lambda: spare.got == ["high"])
        assert reasons(desk, high)[-1] == "Phone: as many messages as it may get"

        urgent = await send(desk, "leak", Priority.URGENT)
        await desk.proven(urgent)
        assert phone.got[-1] == "leak"


async def test_edge_10_the_day_is_used_up_but_for_what_is_urgent(
    hass: HomeAssistant,
    tmp_path: Path,
    freezer: FrozenDateTimeFactory,
    phones: tuple[Phone, Phone],
) -> None:
    phone, spare = phones
    freezer.move_to("2026-11-25 12:00:00+00:00")
    limits = Limits(per_minute=100, per_hour=100, per_day=6, kept=2)
    async with open_desk(
        hass,
        tmp_path,
        phone=limited(hass, "phone", phone, limits),
        spare=limited(hass, "spare", spare),
    ) as desk:
        await fill(desk, phone, 4)
        traffic = desk.courier.traffic
        now = dt_util.utcnow().timestamp()
        assert traffic.is_used_up("phone", now)
        assert traffic.left_today("phone", now) == 2
        assert traffic.left_today("spare", now) is None
        assert not traffic.is_used_up("gone", now)

        await desk.over(await send(desk, "other way"))
        assert spare.got == ["other way"]
        await desk.proven(await send(desk, "leak", Priority.URGENT))
        assert traffic.left_today("phone", now) == 1

        # nothing is forgotten over a restart
        await desk.courier.stop()
        desk.courier = desk.new_courier()
        await desk.courier.start()
        assert desk.courier.traffic.left_today("phone", now) == 1

        freezer.move_to("2026-11-26 00:00:01+00:00")
        await desk.over(await send(desk, "a new day"))
        assert "a new day" in phone.got  # beside the leak that nobody has acknowledged
