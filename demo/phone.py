"""An Android phone with the companion app, as far as Home Assistant can tell.

It registers with `mobile_app` over HTTP, has a push service of its own on loopback,
and answers by its webhook: a receipt for every push that asks for one, and taps of
the buttons under a message. It shows only what was really pushed to it.

What it sends back has the shape of the real app: the push flattened to strings
(`actions` become `action_1_title` and so on), with the id of the device added.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
import json
from pathlib import Path
import time
from typing import Any

from aiohttp import ClientSession, web

from .api import HomeAssistant, RefusedError

DEVICE_ID = "demo-phone-0001"
RECEIVED = "mobile_app_notification_received"
TAPPED = "mobile_app_notification_action"


class Manner(StrEnum):
    """How the phone and its push service behave just now."""

    ANSWER = "answer"  # take the push, confirm receipt
    SILENT = "silent"  # take the push, never confirm
    HANG = "hang"  # keep the push service's caller waiting
    REFUSE = "refuse"  # the push service answers 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """One message as it came in."""

    at: float
    message: str
    title: str | None
    data: Mapping[str, Any]
    manner: Manner

    @property
    def tag(self) -> str | None:
        """What makes a later message replace this one."""
        return self.data.get("tag")

    @property
    def is_command(self) -> bool:
        """Whether it tells the phone to do something instead of showing a text."""
        return self.message == "clear_notification" or self.message.startswith(
            "command_"
        )

    def as_android(self) -> dict[str, str]:
        """Return what the app knows of the push, and sends back with its events."""
        flat: dict[str, str] = {"message": self.message}
        if self.title is not None:
            flat["title"] = self.title
        for key, value in self.data.items():
            if key == "actions":
                for number, action in enumerate(value, 1):
                    flat[f"action_{number}_key"] = str(action["action"])
                    flat[f"action_{number}_title"] = str(action["title"])
            else:
                flat[key] = (
                    str(value).lower() if isinstance(value, bool) else str(value)
                )
        flat["device_id"] = DEVICE_ID
        return flat


@dataclass(slots=True, kw_only=True)
class Phone:
    """The phone. Start it, register it once, then look at `received`."""

    identity: Path
    name: str = "Demo phone"
    manner: Manner = Manner.ANSWER
    received: list[Push] = field(default_factory=list)
    confirmed: list[str] = field(default_factory=list)
    on_push: Callable[[Push], None] | None = None
    on_confirmed: Callable[[Push], None] | None = None
    _url: str = ""
    _webhook: str = ""
    _runner: web.AppRunner | None = None
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _port: int = 0
    _released: asyncio.Event = field(default_factory=asyncio.Event)

    async def start(self) -> None:
        """Open the push service, where an earlier registration had it."""
        if self.identity.exists():
            known = json.loads(self.identity.read_text(encoding="utf-8"))
            self._webhook, self._port = known["webhook_id"], known["port"]
        application = web.Application()
        application.router.add_post("/push", self._take)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self._port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Close the push service and drop what is not yet answered."""
        self._released.set()
        for task in self._tasks:
            task.cancel()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def register(self, api: HomeAssistant) -> None:
        """Log in to Home Assistant as the app does at its first start."""
        self._url = api.url
        if self._webhook:
            return
        answer = await api.request(
            "POST",
            "mobile_app/registrations",
            {
                "device_id": DEVICE_ID,
                "app_id": "io.homeassistant.companion.android",
                "app_name": "Home Assistant",
                "app_version": "2026.11.1-full",
                "device_name": self.name,
                "manufacturer": "Demonstration",
                "model": "Loopback",
                "os_name": "Android",
                "os_version": "16",
                "supports_encryption": False,
                "app_data": {
                    "push_token": "demo-token",
                    "push_url": f"http://127.0.0.1:{self._port}/push",
                },
            },
        )
        self._webhook = answer["webhook_id"]
        known = {"webhook_id": self._webhook, "port": self._port}
        self.identity.write_text(json.dumps(known), encoding="utf-8")

    def behave(self, manner: Manner) -> None:
        """Change the manner; unless it is a hang, who waits gets an answer."""
        self.manner = manner
        if manner is not Manner.HANG:
            self._released.set()
            self._released = asyncio.Event()

    async def _take(self, request: web.Request) -> web.Response:
        """Do what the push service and the phone behind it do with a message."""
        body = await request.json()
        push = Push(
            at=time.time(),
            message=body["message"],
            title=body.get("title"),
            data=body.get("data") or {},
            manner=self.manner,
        )
        self.received.append(push)
        if self.on_push is not None:
            self.on_push(push)
        if self.manner is Manner.HANG:
            await self._released.wait()
            return web.json_response({"error": "too late"}, status=503)
        if self.manner is Manner.REFUSE:
            return web.json_response(
                {"error": "the push service is broken"}, status=500
            )
        if (
            self.manner is Manner.ANSWER
            and push.as_android().get("confirmation") == "true"
        ):
            task = asyncio.create_task(self._confirm(push))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return web.json_response({"target": "demo", "success": True}, status=201)

    async def _confirm(self, push: Push) -> None:
        await self._fire(RECEIVED, push.as_android())
        if push.tag is not None:
            self.confirmed.append(push.tag)
        if self.on_confirmed is not None:
            self.on_confirmed(push)

    async def tap(self, push: Push, action: str) -> None:
        """Press a button under a message."""
        await self._fire(TAPPED, {**push.as_android(), "action": action})

    async def _fire(self, event_type: str, data: Mapping[str, str]) -> None:
        """Send an event by the webhook, which needs no login."""
        content = {"event_type": event_type, "event_data": dict(data)}
        async with (
            ClientSession() as session,
            session.post(
                f"{self._url}/api/webhook/{self._webhook}",
                json={"type": "fire_event", "data": content},
            ) as response,
        ):
            if response.status >= 400:
                raise RefusedError(event_type, response.status, await response.text())

    async def wait_for(self, wanted: Callable[[Push], bool], limit: float) -> Push:
        """Return the first push like that; a TimeoutError after the limit."""
        async with asyncio.timeout(limit):
            while True:
                for push in self.received:
                    if wanted(push):
                        return push
                await asyncio.sleep(0.02)
