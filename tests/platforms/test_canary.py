"""The daily look at the channels: nobody is disturbed, and what is broken is seen."""

from __future__ import annotations

from typing import Any

import pytest

from custom_components.reliable_notifications.channels.notify_action import (
    NotifyAction,
)
from custom_components.reliable_notifications.upkeep import canary

from .home import ACTION, Home
from .test_channel_health import break_down, issues, problem

DAY = 86_400.0


async def look(home: Home) -> None:
    await home.wait(canary.FIRST + 1, step=60)


async def test_a_channel_that_leads_nowhere_is_found_out(home: Home) -> None:
    await look(home)
    assert problem(home).state == "off"

    home.hass.services.async_remove("notify", ACTION)
    await home.wait(DAY, step=3600)
    assert problem(home).state == "on"
    assert problem(home).attributes["reason"] == "missing"
    await home.wait(10)
    assert "channel_down_missing" in issues(home)

    home.hass.services.async_register("notify", ACTION, home._receive)
    await home.wait(DAY, step=3600)
    assert problem(home).state == "off"
    assert home.received == []  # no message was needed for that


async def test_what_messages_have_found_out_stays_until_one_gets_through(
    home: Home,
) -> None:
    await break_down(home)
    assert problem(home).state == "on"
    await look(home)
    assert problem(home).state == "on"


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        ({"secret": "aws_keys_refused"}, "login"),
        ({"sender": "ses_sender_unverified"}, "blocked"),
        ({"base": "aws_stopped"}, "blocked"),
        ({"origination": "sms_no_such_sender"}, "settings"),
        ({"part_price": "part_price_missing"}, "settings"),
        ({"region": "aws_no_region"}, "settings"),
        ({"base": "aws_unreachable"}, None),
    ],
)
async def test_what_the_form_would_say_is_found_out(
    home: Home,
    monkeypatch: pytest.MonkeyPatch,
    found: dict[str, str],
    reason: str | None,
) -> None:
    """That somebody cannot be asked now is no proof that they are gone."""

    async def check(*_: Any) -> dict[str, str]:
        return found

    monkeypatch.setattr(NotifyAction, "async_check", check)
    await look(home)
    assert (problem(home).state == "on") is (reason is not None)
    assert problem(home).attributes.get("reason") == reason
    assert home.received == []


async def test_a_service_that_does_not_answer_does_not_hold_up_the_others(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    async def check(*given: Any) -> dict[str, str]:
        asked.append(given)
        if len(asked) == 1:
            raise TimeoutError
        return {}

    monkeypatch.setattr(NotifyAction, "async_check", check)
    await look(home)
    health = home.entry.runtime_data.pipeline.courier.health
    (channel,) = (
        key
        for key, each in home.entry.runtime_data.pipeline.directory.channels.items()
        if each.name == "Pocket"
    )
    assert "did not answer within 30 s" in health.of(channel).detail
    assert not health.of(channel).is_down
    await home.wait(DAY, step=3600)
    assert health.of(channel).failures == 0
