"""An Echo: the real integration and its library, with Amazon's server on loopback.

Only logging in and the list of devices are given; how messages are queued, sent and
tried again is the library's own.
"""

from __future__ import annotations

import asyncio
from dataclasses import fields
from types import SimpleNamespace
from typing import Any, ClassVar

from aioamazondevices import api as amazon_api
from homeassistant.config_entries import ConfigEntryState
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry
from yarl import URL

from custom_components.reliable_notifications.channels import notify_entity
from custom_components.reliable_notifications.channels.interface import Channel
from custom_components.reliable_notifications.channels.notify_entity import (
    NotifyEntity,
)
from tests.channels.faults.judging import every_fault, judge
from tests.channels.faults.matrix import Fault
from tests.channels.faults.other_side import HttpScene
from tests.channels.faults.scene import Scene, Stage

# since 2026 the library gathers messages for 0.3 s and sends them in a task of its own
BATCHES = not hasattr(amazon_api.AmazonEchoApi, "_session_request")

LOGIN = {
    "site": "https://www.amazon.com",
    "website_cookies": {},
    "store_authentication_cookie": {"cookie": "session"},
    "customer_info": {"user_id": "anna"},
    "account_customer_id": "anna",
    "device_info": {"device_serial_number": "home", "device_type": "hass"},
}
PATH = "/api/behaviors/preview"


def echo(*, online: bool = True) -> amazon_api.AmazonDevice:
    """A device as Amazon's list has it, whatever fields this version knows."""
    known = {
        "account_name": "Kitchen",
        "capabilities": ["AUDIO_PLAYER"],
        "device_family": "ECHO",
        "device_type": "echo",
        "device_owner_customer_id": "anna",
        "device_cluster_members": {"serial": "echo"} if BATCHES else ["serial"],
        "serial_number": "serial",
        "online": online,
        "communication_settings": {},
        "notifications": {},
        "features": {},
        "unsupported_features": {},
        "sensors": {},
        "parent_clusters": [],
    }
    flags = {"bool": False, "str": ""}
    return amazon_api.AmazonDevice(
        **{
            each.name: known.get(each.name, flags.get(str(each.type)))
            for each in fields(amazon_api.AmazonDevice)
        }
    )


class Echo(HttpScene):
    row = "alexa_devices"
    patience = 3.0
    cannot: ClassVar = (
        {Fault.RAISES: "the call only queues; what fails is logged later"}
        if BATCHES
        else {Fault.SWALLOWS: "raises instead"}
    )

    async def build(self) -> Channel:
        self.server.takes(PATH, {}, {})
        address = URL(await self.server.open())
        self._devices = {"serial": echo()}
        api = amazon_api.AmazonEchoApi
        patch = self.stage.monkeypatch.setattr
        patch(notify_entity, "_QUEUES", {"alexa_devices": 1.0})

        async def devices(*_: Any) -> Any:
            return self._devices

        async def nothing(*_: Any, **__: Any) -> dict[str, Any]:
            return {}

        patch(api, "get_devices_data", devices)
        if BATCHES:
            from aioamazondevices.http_wrapper import AmazonSessionStateData
            from aioamazondevices.login import AmazonLogin

            patch(AmazonSessionStateData, "alexa_website_url", address)
            patch(AmazonLogin, "login_mode_stored_data", nothing)
            for name in (
                *("sync_history_state", "sync_media_state", "sync_dnd_state"),
                *("start_http2_processing", "stop_http2_processing"),
            ):
                patch(api, name, nothing)
            self._hurry()
            self.stage.closing.append(self._sent)
        else:

            async def log_in(self: amazon_api.AmazonEchoApi) -> dict[str, Any]:
                self._client_session()
                return {}

            patch(api, "login_mode_stored_data", log_in)
            self.stage.closing.append(self._log_out)
            patch(amazon_api, "URL", lambda url, encoded: address.with_path(PATH))
        return await self._add()

    def _hurry(self) -> None:
        """A hundredth of the seconds between the library's tries."""
        from aioamazondevices import http_wrapper

        async def sleep(seconds: float) -> None:
            await asyncio.sleep(seconds / 100)

        hasty = SimpleNamespace(sleep=sleep)
        self.stage.monkeypatch.setattr(http_wrapper, "asyncio", hasty)

    async def _sent(self) -> None:
        """The library sends in tasks that it does not wait for."""
        self.let_go()
        if tasks := self._api._sequence_handler._tasks:
            await asyncio.wait(tasks)

    async def _log_out(self) -> None:
        await self._api.close()

    async def _add(self) -> Channel:
        self.entry = MockConfigEntry(
            domain="alexa_devices",
            version=1,
            minor_version=3 if BATCHES else 1,
            unique_id="anna",
            data={
                "country": "us",
                "username": "anna@example.org",
                "password": "secret",
                "login_data": LOGIN,
            },
        )
        self.entry.add_to_hass(self.hass)
        assert await self.hass.config_entries.async_setup(self.entry.entry_id)
        await self.hass.async_block_till_done()
        assert self.entry.state is ConfigEntryState.LOADED
        self._api = self.entry.runtime_data.api
        (entity,) = (
            each
            for each in er.async_entries_for_config_entry(
                er.async_get(self.hass), self.entry.entry_id
            )
            if each.domain == "notify" and each.unique_id.endswith("announce")
        )
        return NotifyEntity(self.hass, "it", "Kitchen", entity.id)

    async def remove(self) -> None:
        await self.hass.config_entries.async_remove(self.entry.entry_id)

    async def make_unavailable(self) -> None:
        """Somebody pulls its plug, and Amazon notices."""
        self._devices = {"serial": echo(online=False)}
        await self.entry.runtime_data.async_refresh()
        await self.hass.async_block_till_done()


@every_fault([Echo])
async def test_the_grade_is_what_really_happened(
    stage: Stage, scene: type[Scene], fault: Fault, cells: Any
) -> None:
    await judge(stage, scene, fault, cells)
