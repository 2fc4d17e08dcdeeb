"""A channel that is down is seen: sensor, event, and a hint if it stays so."""

from __future__ import annotations

from itertools import count
from typing import Any

from homeassistant.core import Event, ServiceCall, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
import pytest

from custom_components.reliable_notifications.const import DOMAIN, EVENT_PREFIX

from .home import ACTION, Home


@pytest.fixture
def heard(home: Home) -> list[tuple[str, dict[str, Any]]]:
    events: list[tuple[str, dict[str, Any]]] = []

    @callback
    def hear(event: Event[Any]) -> None:
        events.append((str(event.event_type), dict(event.data)))

    for word in ("channel_down", "channel_restored"):
        home.hass.bus.async_listen(f"{EVENT_PREFIX}{word}", hear)
    return events


_NUMBER = count()


async def say(home: Home) -> None:
    """Something new each time: the same would be told once."""
    message = f"Hello {next(_NUMBER)}"
    await home.hass.services.async_call(
        DOMAIN, "send", {"message": message}, blocking=True
    )
    await home.settle()


async def break_down(home: Home) -> None:
    async def fail(call: ServiceCall) -> None:
        raise HomeAssistantError("no network")

    home.hass.services.async_register("notify", ACTION, fail)
    for _ in range(3):
        await say(home)
        await home.wait(6, 1)  # else they would be told in one


def problem(home: Home) -> Any:
    entity_id = "binary_sensor.pocket_problem"
    return home.hass.states.get(entity_id)


def issues(home: Home) -> list[str]:
    return [
        issue.translation_key or ""
        for (domain, _), issue in ir.async_get(home.hass).issues.items()
        if domain == DOMAIN and issue.active
    ]


async def test_a_channel_that_fails_is_a_problem_until_it_works_again(
    home: Home, heard: list[tuple[str, dict[str, Any]]]
) -> None:
    assert problem(home).state == "off"
    assert "reason" not in problem(home).attributes

    await break_down(home)

    assert problem(home).state == "on"
    assert problem(home).attributes["reason"] == "outage"
    (event, data) = heard[0]
    assert event == f"{EVENT_PREFIX}channel_down"
    assert data["channel"] == "Pocket"
    assert (data["reason"], data["detail"]) == ("outage", "no network")
    latest = home.hass.states.get(home.entity("event", "delivery"))
    assert latest is not None

    home.hass.services.async_register("notify", ACTION, home._receive)
    await home.wait(40, 10)
    await say(home)
    assert problem(home).state == "off"
    assert [event for event, _ in heard] == [
        f"{EVENT_PREFIX}channel_down",
        f"{EVENT_PREFIX}channel_restored",
    ]


async def test_a_channel_that_stays_down_is_a_hint(home: Home) -> None:
    await break_down(home)
    await home.wait(60, 30)
    assert "channel_down" not in issues(home)
    await home.wait(3700, 600)
    await say(home)
    assert "channel_down" in issues(home)

    home.hass.services.async_register("notify", ACTION, home._receive)
    await home.wait(1000, 500)
    await say(home)
    await home.wait(61, 61)
    assert "channel_down" not in issues(home)


async def test_edge_06_a_channel_that_leads_nowhere_says_so_at_once(
    home: Home,
) -> None:
    home.hass.services.async_remove("notify", ACTION)
    await say(home)
    await home.wait(61, 61)

    assert problem(home).attributes["reason"] == "missing"
    assert "channel_down_missing" in issues(home)
