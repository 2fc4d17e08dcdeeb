"""What could wait comes in one message: at its time, or with who comes home."""

from __future__ import annotations

from datetime import timedelta
from types import MappingProxyType
from typing import Any

from homeassistant.config_entries import ConfigSubentry
from homeassistant.util import dt as dt_util
import pytest

from custom_components.reliable_notifications.const import DOMAIN

from .home import Home


def _anna(home: Home) -> ConfigSubentry:
    return next(
        each
        for each in home.entry.subentries.values()
        if each.subentry_type == "recipient"
    )


async def _wishes_a_digest(home: Home, **wish: Any) -> None:
    digest = {"minute": 18 * 60, **wish}
    home.hass.config_entries.async_update_subentry(
        home.entry,
        _anna(home),
        data=MappingProxyType(
            {
                **_anna(home).data,
                "person": "person.anna",
                "preferences": {"digest": digest},
            }
        ),
    )
    await home.settle()


async def _tell(home: Home, title: str, category: str = "maintenance") -> None:
    await home.hass.services.async_call(
        DOMAIN,
        "send",
        {"title": title, "message": ".", "priority": "low", "category": category},
        blocking=True,
    )
    await home.settle()


async def _until(home: Home, hour: int, minute: int = 0, days: int = 0) -> None:
    """Let time pass until the next such time on the clock of the home."""
    local = dt_util.now()
    then = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
    then += timedelta(days=days)
    if then <= local:
        then += timedelta(days=1)
    await home.wait((then - local).total_seconds(), step=600)


def _received(home: Home) -> list[dict[str, Any]]:
    return [dict(call.data) for call in home.received]


@pytest.fixture(autouse=True)
async def _noon(home: Home) -> None:
    home.hass.states.async_set("person.anna", "home")
    await _until(home, 12)


async def test_it_comes_at_its_time_by_category_and_in_one(home: Home) -> None:
    await _wishes_a_digest(home)
    await _tell(home, "Clean the filter")
    await home.wait(60, 60)
    await _tell(home, "A new version is there", "system")
    await home.wait(60, 60)
    await _tell(home, "Order salt")
    assert _received(home) == []
    await _until(home, 18)
    await home.wait(10, 1)
    [told] = _received(home)
    assert told["title"] == "What happened"
    assert told["message"].splitlines()[0].startswith("Messages: 3.")
    assert told["message"].splitlines()[2:] == [
        "Maintenance",
        "• Clean the filter (12:00)",
        "• Order salt (12:02)",
        "This system",
        "• A new version is there (12:01)",
    ]
    # and each of them has come to its end, once
    answer = await home.hass.services.async_call(
        DOMAIN, "history", {"days": 1}, blocking=True, return_response=True
    )
    assert answer is not None
    assert sum(day["valid"] for day in answer["days"]) >= 3


async def test_an_empty_one_is_not_sent_and_a_single_one_is(home: Home) -> None:
    await _wishes_a_digest(home)
    await _until(home, 18, 1)
    assert _received(home) == []
    await _tell(home, "Clean the filter")
    await _until(home, 18)
    await home.wait(10, 1)
    [told] = _received(home)
    assert told["title"] == "What happened"
    assert "• Clean the filter" in told["message"]


async def test_it_waits_for_who_is_away(home: Home) -> None:
    await _wishes_a_digest(home, on_arrival=True)
    await _tell(home, "Clean the filter")
    home.hass.states.async_set("person.anna", "not_home")
    await _until(home, 19)
    assert _received(home) == []
    home.hass.states.async_set("person.anna", "home")
    await home.settle()
    await home.wait(10, 1)
    [told] = _received(home)
    assert "• Clean the filter" in told["message"]


async def test_who_does_not_come_gets_it_all_the_same(home: Home) -> None:
    await _wishes_a_digest(home, on_arrival=True)
    await _tell(home, "Clean the filter")
    home.hass.states.async_set("person.anna", "not_home")
    await _until(home, 18, 1)
    assert _received(home) == []
    await _until(home, 6, 1)
    await home.wait(10, 1)
    assert len(_received(home)) == 1


async def test_it_survives_a_restart(home: Home) -> None:
    await _wishes_a_digest(home)
    await _tell(home, "Clean the filter")
    assert await home.hass.config_entries.async_reload(home.entry.entry_id)
    await home.settle()
    await _until(home, 18)
    await home.wait(10, 1)
    [told] = _received(home)
    assert "• Clean the filter" in told["message"]
