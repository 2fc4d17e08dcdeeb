"""What only the receiver of a webhook may know is seen nowhere, whatever goes wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator
from http import HTTPStatus
import json
import logging
from pathlib import Path
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
import pytest

from custom_components.reliable_notifications.const import DOMAIN
from custom_components.reliable_notifications.diagnostics import (
    async_get_config_entry_diagnostics,
)
from tests.channels.receiver import Receiver

from .home import Home, lived_in

TOKEN = "canary-token-in-the-address"
SECRET = "canary-secret-of-the-signature"


class Posting(Home):
    """The pocket is a webhook."""

    address: str

    def _add(self, what: str, title: str, **data: Any) -> str:
        if data.get("kind") == "notify_action":
            settings = {"address": f"{self.address}?key={TOKEN}", "secret": SECRET}
            data = {"kind": "webhook", "target": "", "settings": settings}
        return super()._add(what, title, **data)


@pytest.fixture
async def posting(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    tmp_path: Path,
    socket_enabled: None,
) -> AsyncIterator[tuple[Posting, Receiver]]:
    hass.config.config_dir = str(tmp_path)
    home, receiver = Posting(hass, freezer), Receiver()
    async with receiver.running() as address:
        home.address = address
        freezer.move_to("2026-11-26T07:00:00+00:00")
        async with lived_in(home):
            yield home, receiver


def on_disk(folder: Path) -> bytes:
    """All that our database keeps."""
    files = [path for path in folder.rglob("*.db*") if path.is_file()]
    return b"".join(path.read_bytes() for path in files)


async def run(home: Home) -> Any:
    answer = await home.hass.services.async_call(
        DOMAIN,
        "test_channel",
        {"channel": "pocket"},
        blocking=True,
        return_response=True,
    )
    await home.settle()
    return answer


@pytest.mark.parametrize(
    "status",
    [
        HTTPStatus.ACCEPTED,
        HTTPStatus.TEMPORARY_REDIRECT,
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        None,  # nobody there
    ],
)
async def test_address_and_secret_are_seen_nowhere(
    posting: tuple[Posting, Receiver],
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    status: HTTPStatus | None,
) -> None:
    caplog.set_level(logging.DEBUG, "custom_components")
    home, receiver = posting
    receiver.status = status
    receiver.headers = {"Location": f"{home.address}?key={TOKEN}"}
    if status is None:
        (channel,) = (
            each
            for each in home.entry.runtime_data.pipeline.directory.channels.values()
            if each.name == "Pocket"
        )
        channel.filled_in = {
            **channel.filled_in,
            "address": f"http://127.0.0.1:1/{TOKEN}",
        }
    answers = [await run(home) for _ in range(3)]
    await home.wait(4000, step=400)

    seen = {
        "answers": answers,
        "states": [state.as_dict() for state in home.hass.states.async_all()],
        "issues": [
            issue.to_json() for issue in ir.async_get(home.hass).issues.values()
        ],
        "happened": home.happened,
        "diagnostics": await async_get_config_entry_diagnostics(home.hass, home.entry),
        "log": [
            record.getMessage()
            for record in caplog.records
            if record.name.startswith(("custom_components", "homeassistant"))
        ],
    }
    text = json.dumps(seen, default=str)
    assert receiver.requests or status is None
    stored = on_disk(tmp_path)
    assert b"test" in stored
    for canary in (TOKEN, SECRET):
        assert canary not in text
        assert canary.encode() not in stored
