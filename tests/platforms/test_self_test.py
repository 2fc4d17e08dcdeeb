"""The self-test looks at the whole way of a message: channels, courier, log."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.reliable_notifications.adapters.watchdog import LOOK_EVERY
from custom_components.reliable_notifications.const import DOMAIN, EVENT_PREFIX
from custom_components.reliable_notifications.engine.vocabulary import (
    AttemptResult,
    Evidence,
    Priority,
    Trouble,
)

from .home import Home

LOGIN = AttemptResult(evidence=Evidence.REFUSED, trouble=Trouble.LOGIN)
FINE = AttemptResult(evidence=Evidence.ACCEPTED)


def _channel(home: Home, title: str) -> str:
    return next(
        each.subentry_id
        for each in home.entry.subentries.values()
        if each.title == title
    )


async def _test(home: Home) -> str | None:
    await home.entry.runtime_data.uptime.async_test()
    trouble: str | None = home.entry.runtime_data.uptime.trouble
    return trouble


async def test_a_channel_that_can_prove_has_to_be_well(home: Home) -> None:
    # that a channel is down would be told over the inbox, which shows that it works
    home.entry.runtime_data.concerns.async_stop()
    health = home.entry.runtime_data.pipeline.courier.health
    now = home.clock().timestamp()
    assert await _test(home) is None
    health.heard(_channel(home, "Pocket"), LOGIN, now, now)
    assert await _test(home) is None  # it could prove nothing anyway

    health.heard(_channel(home, "Inbox"), LOGIN, now, now)
    said = "every channel that can prove that a message arrives is down"
    assert await _test(home) == said
    await home.wait(60)
    assert home.value("binary_sensor", "pipeline") == "on"

    health.heard(_channel(home, "Inbox"), FINE, now, now)
    assert await _test(home) is None


async def test_hope_is_no_proof(home: Home) -> None:
    inbox = _channel(home, "Inbox")
    home.hass.config_entries.async_remove_subentry(home.entry, inbox)
    await home.settle()
    said = "no channel is set up that can prove that a message arrives"
    assert await _test(home) == said


async def test_what_is_not_set_up_has_not_failed(home: Home) -> None:
    for title in ("Inbox", "Pocket"):
        home.hass.config_entries.async_remove_subentry(
            home.entry, _channel(home, title)
        )
    await home.settle()
    assert await _test(home) is None


async def test_a_courier_that_stands_still_is_replaced_within_80_seconds(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the moment in which it locks up, whenever the watchdog looked last."""
    restarted: list[float] = []
    home.hass.bus.async_listen(
        f"{EVENT_PREFIX}restarted",
        lambda event: restarted.append(home.clock().timestamp()),
    )
    carrier = home.entry.runtime_data.pipeline.courier._carrier
    watchdog = home.entry.runtime_data.watchdog
    enter = carrier._lanes.enter

    async def wait(channel_id: str, priority: Priority) -> Any:
        if not watchdog._replaced:  # it lets go only when it is taken down
            await asyncio.Event().wait()
        return await enter(channel_id, priority)

    monkeypatch.setattr(carrier._lanes, "enter", wait)
    await home.wait(3)  # between two looks
    begun = home.clock().timestamp()
    await home.hass.services.async_call(
        DOMAIN, "send", {"message": "Hello"}, blocking=True
    )
    while not restarted:
        assert home.clock().timestamp() - begun < 80
        home.clock.tick(timedelta(seconds=1))
        async_fire_time_changed(home.hass)
        await home.settle()
    assert restarted[0] - begun > 60  # a slow channel is given its time
    assert restarted[0] - begun <= 60 + 2 * LOOK_EVERY.total_seconds()
    await home.settle()
    assert [call.data["message"] for call in home.received] == ["Hello"]
