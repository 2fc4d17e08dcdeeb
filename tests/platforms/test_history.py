"""The history action: what became of the messages of each day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from voluptuous import Invalid

from custom_components.reliable_notifications.const import DOMAIN

from .home import Home


async def _history(home: Home, **data: Any) -> list[dict[str, Any]]:
    answer: Any = await home.hass.services.async_call(
        DOMAIN, "history", data, blocking=True, return_response=True
    )
    assert len(answer["latency_bounds"]) > 5
    days: list[dict[str, Any]] = answer["days"]
    return days


async def _say(home: Home, priority: str) -> None:
    await home.hass.services.async_call(
        DOMAIN,
        "send",
        {"message": f"Hello {priority}", "priority": priority},
        blocking=True,
    )
    await home.settle()


async def test_each_day_by_priority_and_channel(home: Home) -> None:
    assert await _history(home) == []
    await _say(home, "high")
    await _say(home, "medium")
    days = await _history(home)
    assert [
        (day["day"], day["priority"], day["channel"], day["proven"], day["unverified"])
        for day in days
    ] == [
        ("2026-11-20", "high", "Inbox", 1, 0),
        ("2026-11-20", "medium", "Pocket", 0, 1),
    ]  # in Home Assistant's own time zone it is late in the evening
    assert days[0]["valid"] == sum(days[0]["latencies"]) == 1


async def test_it_reaches_back_beyond_the_messages(home: Home) -> None:
    await _say(home, "high")
    runtime = home.entry.runtime_data
    (item,) = await runtime.inbox.async_look()
    assert await runtime.inbox.async_tick_off(item.intent_id, "")
    before = await _history(home)
    home.clock.tick(timedelta(days=40))
    assert (await runtime.retention.async_run()).notifications == 1
    # a home that nobody has looked after for forty days is told so, beside
    left = await runtime.outbox.records_since(0)
    assert {each.event for each in left} <= {"objective_missed"}
    assert [each for each in await _history(home) if each in before] == []
    kept = await _history(home, days=41)
    assert [each for each in kept if each in before] == before


@pytest.mark.parametrize("days", [0, 401, "some"])
async def test_nonsense_is_refused(home: Home, days: object) -> None:
    with pytest.raises(Invalid):
        await _history(home, days=days)
