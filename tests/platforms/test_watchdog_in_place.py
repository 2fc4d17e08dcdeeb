"""The watchdog in a home that is set up: looks by itself, and tells people."""

from __future__ import annotations

import sqlite3

from homeassistant.helpers import issue_registry as ir
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.reliable_notifications.adapters.database import StorageFailed
from custom_components.reliable_notifications.const import DOMAIN, EVENT_PREFIX
from tests.adapters.delivering import wait_for

from .home import Home


def _die(_: sqlite3.Connection) -> None:
    raise SystemExit


async def _kill(home: Home) -> None:
    database = home.entry.runtime_data.database
    fatal = home.hass.async_create_background_task(database.write(_die), "fatal")
    await wait_for(lambda: not database.is_alive)
    home.clock.tick(10)
    async_fire_time_changed(home.hass)
    with pytest.raises(StorageFailed):
        await fatal
    await wait_for(lambda: database.refusal is None)
    await home.settle()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
async def test_a_dead_writer_is_replaced_and_said(home: Home) -> None:
    happened: list[dict[str, str]] = []
    home.hass.bus.async_listen(
        f"{EVENT_PREFIX}restarted", lambda event: happened.append(dict(event.data))
    )
    await _kill(home)
    assert happened == [{"part": "storage", "reason": "it has died"}]
    state = home.hass.states.get(home.entity("event", "delivery"))
    assert state is not None
    assert state.attributes["event_type"] == "restarted"
    issues = ir.async_get(home.hass)
    assert issues.async_get_issue(DOMAIN, "restarts") is None

    await _kill(home)
    await _kill(home)
    await home.wait(60, 60)
    issue = issues.async_get_issue(DOMAIN, "restarts")
    assert issue is not None
    assert issue.translation_key == "restarts_storage"
    await home.wait(3600, 60)
    assert issues.async_get_issue(DOMAIN, "restarts") is None


async def test_a_home_at_work_is_left_alone(home: Home) -> None:
    restarted: list[object] = []
    home.hass.bus.async_listen(f"{EVENT_PREFIX}restarted", restarted.append)
    await home.boil()
    for priority in ("urgent", "low"):
        await home.hass.services.async_call(
            DOMAIN, "send", {"message": "Hello", "priority": priority}, blocking=True
        )
    await home.wait(900, 10)
    assert restarted == []


async def test_what_a_failed_reopening_left_closed_is_opened(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = home.entry.runtime_data.database

    async def fail() -> None:
        raise StorageFailed("locked for a moment")

    monkeypatch.setattr(database, "open", fail)
    with pytest.raises(StorageFailed):
        await database.renew()
    monkeypatch.undo()
    assert not database.is_alive
    await home.entry.runtime_data.watchdog.async_look()
    assert await database.write(lambda _: "works") == "works"
