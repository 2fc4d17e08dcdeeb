"""The dead man's switch, against a real web server on this machine."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
import json
import logging

from aiohttp import web
from aiohttp.test_utils import TestServer
from homeassistant.helpers import entity_registry as er, issue_registry as ir
import pytest

from custom_components.reliable_notifications.const import CONF_HEARTBEAT_URL, DOMAIN
from custom_components.reliable_notifications.diagnostics import (
    async_get_config_entry_diagnostics,
)
from tests.adapters.delivering import wait_for

from .home import Home

SECRET = "6b7d-secret"


class Watcher:
    """What Healthchecks does: takes signs of life and reports of failure."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []
        self.status = 200
        app = web.Application()
        app.router.add_post(f"/{SECRET}", self._hear)
        app.router.add_post(f"/{SECRET}/fail", self._hear)
        self.server = TestServer(app, host="127.0.0.1")

    async def _hear(self, request: web.Request) -> web.Response:
        assert request.query_string == "create=0"
        word = request.path.removeprefix(f"/{SECRET}").strip("/") or "alive"
        self.heard.append((word, await request.text()))
        return web.Response(status=self.status)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.port}/{SECRET}?create=0"


@pytest.fixture
async def watcher(socket_enabled: None) -> AsyncIterator[Watcher]:
    watcher = Watcher()
    await watcher.server.start_server()
    yield watcher
    await watcher.server.close()


@pytest.fixture
async def watched(home: Home, watcher: Watcher) -> Home:
    home.hass.config_entries.async_update_entry(
        home.entry, options={CONF_HEARTBEAT_URL: watcher.address}
    )
    await home.settle()
    await heard(watcher, 1)
    return home


async def heard(watcher: Watcher, number: int) -> None:
    await wait_for(lambda: len(watcher.heard) >= number)


async def _sent(home: Home, seconds: float) -> None:
    """Let time pass, and the requests that fall into it be answered."""
    heartbeat = home.entry.runtime_data.heartbeat
    while seconds > 0:
        await home.wait(30, 30)
        seconds -= 30
        await wait_for(lambda: heartbeat._sending is None or heartbeat._sending.done())
        await home.settle()


def _hint(home: Home) -> ir.IssueEntry | None:
    return ir.async_get(home.hass).async_get_issue(DOMAIN, "heartbeat_unreached")


async def test_a_sign_of_life_every_five_minutes(
    watched: Home, watcher: Watcher
) -> None:
    assert watcher.heard == [("alive", "")]
    await _sent(watched, 900)
    assert watcher.heard == [("alive", "")] * 4
    assert watched.value("binary_sensor", "heartbeat") == "on"
    assert watched.value("binary_sensor", "pipeline") == "off"


async def test_what_is_wrong_is_reported(
    watched: Home, watcher: Watcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    courier = watched.entry.runtime_data.pipeline.courier
    monkeypatch.setattr(type(courier), "is_running", property(lambda _: False))
    await _sent(watched, 330)
    assert watcher.heard[-1] == ("fail", "the courier does not run")
    assert watched.value("binary_sensor", "pipeline") == "on"
    # the watcher is reached: it is the pipeline that is not well
    assert watched.value("binary_sensor", "heartbeat") == "on"
    monkeypatch.undo()
    await _sent(watched, 330)
    assert watcher.heard[-1] == ("alive", "")


async def test_edge_04_a_full_disk_is_reported(watched: Home, watcher: Watcher) -> None:
    watched.entry.runtime_data.database.refusal = "database or disk is full"
    await _sent(watched, 330)
    assert watcher.heard[-1] == (
        "fail",
        "the database lives in memory only: database or disk is full",
    )
    watched.entry.runtime_data.database.refusal = None


async def test_a_self_test_that_stands_still_is_no_sign_of_life(
    watched: Home, watcher: Watcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    uptime = watched.entry.runtime_data.uptime
    monkeypatch.setattr(uptime, "async_test", asyncio.Event().wait)
    await _sent(watched, 330)
    assert watcher.heard[-1] == ("fail", "the self-test does not run")
    uptime._running.cancel()


async def test_a_watcher_that_is_gone_is_told_after_an_hour(
    watched: Home, watcher: Watcher, caplog: pytest.LogCaptureFixture
) -> None:
    await watcher.server.close()
    await _sent(watched, 330)
    state = watched.hass.states.get(watched.entity("binary_sensor", "heartbeat"))
    assert state is not None
    assert state.state == "off"
    assert state.attributes["reason"].startswith("no connection")
    assert _hint(watched) is None
    await _sent(watched, 3600)
    hint = _hint(watched)
    assert hint is not None
    assert caplog.text.count("The watcher outside is not reached") == 1

    watched.entry.runtime_data.heartbeat._note(None)
    await watched.wait(60, 60)
    assert _hint(watched) is None


async def test_a_watcher_that_knows_us_no_more_is_no_watcher(
    watched: Home, watcher: Watcher
) -> None:
    watcher.status = 404
    await _sent(watched, 330)
    state = watched.hass.states.get(watched.entity("binary_sensor", "heartbeat"))
    assert state is not None
    assert (state.state, state.attributes["reason"]) == (
        "off",
        "the watcher answers with HTTP status 404",
    )
    before = len(watcher.heard)
    await _sent(watched, 120)  # and is asked again each minute
    assert before + 1 <= len(watcher.heard) <= before + 2


async def test_the_address_is_a_secret(
    watched: Home, watcher: Watcher, caplog: pytest.LogCaptureFixture
) -> None:
    for logger in ("custom_components.reliable_notifications", "homeassistant"):
        caplog.set_level(logging.DEBUG, logger)
    diagnostics = await async_get_config_entry_diagnostics(watched.hass, watched.entry)
    text = json.dumps(diagnostics, default=str)
    assert SECRET not in text
    assert diagnostics["options"] == {CONF_HEARTBEAT_URL: "**REDACTED**"}
    assert diagnostics["heartbeat"] == {"reached": True, "obstacle": None}
    for name in ("Anna", "Pocket", "Kettle"):
        assert name not in text
    await watcher.server.close()
    await _sent(watched, 400)
    ours = [
        record.getMessage()
        for record in caplog.records
        if record.name.startswith("custom_components.reliable_notifications")
    ]
    assert any("not reached" in line for line in ours)
    assert not [line for line in ours if SECRET in line]
    for state in watched.hass.states.async_all():
        assert SECRET not in json.dumps(state.as_dict(), default=str)


async def test_without_an_address_there_is_no_sensor(
    watched: Home, watcher: Watcher
) -> None:
    sensor = watched.entity("binary_sensor", "heartbeat")
    watched.hass.config_entries.async_update_entry(watched.entry, options={})
    await watched.settle()
    assert er.async_get(watched.hass).async_get(sensor) is None
    number = len(watcher.heard)
    await watched.wait(600, 60)
    assert len(watcher.heard) == number


async def test_diagnostics_without_a_watcher(home: Home) -> None:
    diagnostics = await async_get_config_entry_diagnostics(home.hass, home.entry)
    assert diagnostics["heartbeat"] is None
    assert diagnostics["database"]["refusal"] is None
    assert diagnostics["database"]["bytes"] > 0
    assert diagnostics["set_up"] == {
        "channel notify_action": 1,
        "channel inbox": 1,
        "recipient": 1,
        "appliance kettle": 1,
    }
