"""A phone that is told over its websocket, as long as it is at home."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.reliable_notifications.adapters.parcel import ReceiptEntry
from custom_components.reliable_notifications.channels import mobile_app
from custom_components.reliable_notifications.channels.mobile_app import MobileApp
from custom_components.reliable_notifications.engine.vocabulary import (
    Evidence,
    IntentState,
    Priority,
)
from tests.adapters.delivering import open_desk, wait_for
from tests.channels.phones import PushService, by_cloud, register


class App:
    """The app on the phone, connected from within the home."""

    def __init__(self, client: Any, webhook_id: str) -> None:
        self._client = client
        self._webhook_id = webhook_id

    async def connect(self, *, confirms: bool) -> None:
        answer = await self._ask(
            "mobile_app/push_notification_channel", support_confirm=confirms
        )
        assert answer["success"]

    async def _ask(self, command: str, **data: Any) -> Any:
        message = {"type": command, "webhook_id": self._webhook_id, **data}
        await self._client.send_json_auto_id(message)
        return await self._client.receive_json()

    async def read(self) -> dict[str, Any]:
        async with asyncio.timeout(5):
            return (await self._client.receive_json())["event"]

    async def confirm(self) -> None:
        event = await self.read()
        await self._ask(
            "mobile_app/push_notification_confirm",
            confirm_id=event["hass_confirm_id"],
        )


type Connect = Callable[[dict[str, Any]], Awaitable[tuple[App, MobileApp]]]


@pytest.fixture
def connect(
    hass: HomeAssistant,
    hass_client: Callable[[], Any],
    hass_ws_client: Callable[..., Any],
    socket_enabled: None,
) -> Connect:
    async def connected(app_data: dict[str, Any]) -> tuple[App, MobileApp]:
        app_data = {"push_websocket_channel": True, **app_data}
        phone = await register(hass, hass_client, app_data)
        app = App(await hass_ws_client(hass), phone.webhook_id)
        return app, MobileApp(hass, "phone", "Anna's phone", phone.device_id)

    return connected


async def test_a_phone_that_confirms_is_proven(
    hass: HomeAssistant, tmp_path: Path, connect: Connect
) -> None:
    app, channel = await connect({})
    async with open_desk(hass, tmp_path, phone=channel) as desk:
        away = await desk.send("phone")
        await desk.until(away, lambda each: each.state is IntentState.WAITING)
        assert (await desk.attempts(away))[0][1] == "unreachable"
        assert not channel.traits.local

        await app.connect(confirms=True)
        assert channel.traits.local
        intent_id = await desk.send("phone")
        await app.confirm()
        record = await desk.over(intent_id)

    assert (record.channel_id, record.evidence) == ("phone", Evidence.DELIVERED)


async def test_an_old_app_is_told_but_not_proven(
    hass: HomeAssistant, tmp_path: Path, connect: Connect
) -> None:
    app, channel = await connect({})
    await app.connect(confirms=False)
    async with open_desk(hass, tmp_path, phone=channel) as desk:
        record = await desk.over(await desk.send("phone"))

    assert (record.channel_id, record.evidence) == ("phone", Evidence.DISPATCHED)
    assert (await app.read())["message"] == "Washing machine finished"


async def test_edge_09_local_push_that_is_not_confirmed_is_no_proof(
    hass: HomeAssistant,
    tmp_path: Path,
    connect: Connect,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The next channel has it meanwhile, and the cloud's copy replaces the first."""
    monkeypatch.setattr(mobile_app, "_CONFIRMS_WITHIN", 0.1)
    service, other = PushService(), Other(hass)
    async with service.running() as address:
        app, channel = await connect(by_cloud(address))
        await app.connect(confirms=True)
        async with open_desk(hass, tmp_path, phone=channel, other=other) as desk:
            intent_id = await desk.send("phone", "other", priority=Priority.HIGH)
            record = await desk.proven(intent_id)
            asked = {each[0]: each[1] for each in await desk.attempts(intent_id)}
            assert asked == {"phone": "dispatched", "other": "accepted"}
            assert record.channel_id == "other"

            later = dt_util.utcnow() + timedelta(seconds=11)
            async_fire_time_changed(hass, later)
            await wait_for(lambda: bool(service.got))
            late, first = service.got[0], await app.read()
            assert late["data"]["tag"] == first["data"]["tag"]

            now = dt_util.utcnow().timestamp()
            received = ReceiptEntry(
                evidence=Evidence.DELIVERED, at=now, source="received"
            )
            await desk.courier.book(intent_id, received)
            assert (await desk.record(intent_id)).evidence is Evidence.DELIVERED


class Other(MobileApp):
    """Another channel that takes everything."""

    def __init__(self, hass: HomeAssistant) -> None:
        super().__init__(hass, "other", "Other", "")

    async def async_send(self, envelope: Any) -> Any:
        return mobile_app.AttemptResult(evidence=Evidence.ACCEPTED)
