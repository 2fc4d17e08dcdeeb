"""A phone that really registers with Home Assistant, and the push service it uses."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util

from custom_components.reliable_notifications.const import DOMAIN

REGISTRATION = {
    "app_data": {},
    "app_id": "io.homeassistant.companion.test",
    "app_name": "Test app",
    "app_version": "1.0",
    "device_name": "Pixel",
    "manufacturer": "Google",
    "model": "Pixel 9",
    "os_name": "Android",
    "os_version": "16",
    "supports_encryption": False,
}


class PushService:
    """The relay in the cloud, on loopback: says yes unless told otherwise."""

    def __init__(self) -> None:
        self.status = HTTPStatus.CREATED
        self.hang = False
        self.got: list[dict[str, Any]] = []
        self._let_go = asyncio.Event()

    async def push(self, request: web.Request) -> web.Response:
        self.got.append(await request.json())
        if self.hang:
            await self._let_go.wait()
        return web.json_response(self._said(), status=self.status)

    def _said(self) -> dict[str, Any]:
        """What the relay says: of the day's pushes, when they are spent."""
        if self.status is HTTPStatus.TOO_MANY_REQUESTS:
            tomorrow = dt_util.start_of_local_day() + timedelta(days=1)
            return {
                "errorType": "RateLimited",
                "message": "The given target has reached the maximum number of"
                " notifications allowed per day. Please try again later.",
                "rateLimits": {
                    "successful": 500,
                    "errors": 0,
                    "maximum": 500,
                    "remaining": 0,
                    "resetsAt": tomorrow.isoformat(),
                },
            }
        bad = self.status >= HTTPStatus.BAD_REQUEST
        return {"message": "no such phone"} if bad else {}

    @asynccontextmanager
    async def running(self) -> AsyncIterator[str]:
        """The address to push to."""
        app = web.Application()
        app.router.add_post("/push", self.push)
        server = TestServer(app)
        await server.start_server()
        try:
            yield str(server.make_url("/push"))
        finally:
            self._let_go.set()
            await server.close()


class RegisteredPhone:
    """What the app knows after its registration."""

    def __init__(
        self, hass: HomeAssistant, client: TestClient, webhook_id: str
    ) -> None:
        self.hass = hass
        self.webhook_id = webhook_id
        self._client = client

    @property
    def device_id(self) -> str:
        (entry,) = (
            entry
            for entry in self.hass.config_entries.async_entries("mobile_app")
            if entry.data["webhook_id"] == self.webhook_id
        )
        registry = dr.async_get(self.hass)
        (device,) = dr.async_entries_for_config_entry(registry, entry.entry_id)
        return device.id

    async def webhook(self, kind: str, data: dict[str, Any]) -> None:
        """Tell Home Assistant something, as the app does."""
        answer = await self._client.post(
            f"/api/webhook/{self.webhook_id}", json={"type": kind, "data": data}
        )
        assert answer.status == HTTPStatus.OK
        await self.hass.async_block_till_done()

    async def fire(self, event: str, **data: Any) -> None:
        """Raise an event on Home Assistant's bus, as the app does."""
        await self.webhook("fire_event", {"event_type": event, "event_data": data})

    async def rename(self, name: str) -> None:
        """The owner gives the phone another name; the app says so."""
        kept = {
            key: REGISTRATION[key]
            for key in (
                "app_data",
                "app_version",
                "manufacturer",
                "model",
                "os_version",
            )
        }
        entry = next(
            entry
            for entry in self.hass.config_entries.async_entries("mobile_app")
            if entry.data["webhook_id"] == self.webhook_id
        )
        kept["app_data"] = entry.data["app_data"]
        await self.webhook("update_registration", {**kept, "device_name": name})


async def register(
    hass: HomeAssistant,
    hass_client: Callable[[], Any],
    app_data: dict[str, Any],
    **changes: Any,
) -> RegisteredPhone:
    """Go through the real registration over HTTP."""
    # the server takes no new addresses once it serves, and ours has some, too
    for component in ("mobile_app", DOMAIN):
        assert await async_setup_component(hass, component, {})
    await hass.async_block_till_done()
    client = await hass_client()
    answer = await client.post(
        "/api/mobile_app/registrations",
        json={**REGISTRATION, "app_data": app_data, "device_id": "serial", **changes},
    )
    assert answer.status == HTTPStatus.CREATED
    webhook_id = (await answer.json())["webhook_id"]
    await hass.async_block_till_done()
    return RegisteredPhone(hass, client, webhook_id)


def by_cloud(address: str) -> dict[str, Any]:
    """The app data of a phone that is pushed to through the cloud."""
    return {"push_token": "secret-token", "push_url": address}
