"""An Amazon account with Echos: the real integration and library, Amazon on loopback.

Only logging in and the list of devices are given; how messages are queued, sent and
tried again is the library's own. Must not know any channel.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import fields
from types import SimpleNamespace
from typing import Any

from aioamazondevices import api as amazon_api
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from yarl import URL

# the library of 2026 gathers messages for 0.3 s and sends them in a task of its own
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


def echo(serial: str = "serial", **facts: Any) -> amazon_api.AmazonDevice:
    """A device as Amazon's list has it, whatever fields this version knows."""
    known = {
        "account_name": "Kitchen",
        "capabilities": ["AUDIO_PLAYER"],
        "device_family": "ECHO",
        "device_type": "echo",
        "device_owner_customer_id": "anna",
        "device_cluster_members": {serial: "echo"} if BATCHES else [serial],
        "serial_number": serial,
        "online": True,
        "communication_settings": {},
        "notifications": {},
        "features": {},
        "unsupported_features": {},
        "sensors": {},
        "parent_clusters": [],
        "media_player_supported": True,
    } | facts
    flags = {"bool": False, "str": ""}
    return amazon_api.AmazonDevice(
        **{
            each.name: known.get(each.name, flags.get(str(each.type)))
            for each in fields(amazon_api.AmazonDevice)
        }
    )


class Account:
    """One login with its devices, by their serial numbers."""

    def __init__(
        self,
        hass: HomeAssistant,
        monkeypatch: pytest.MonkeyPatch,
        address: str,
        devices: Mapping[str, amazon_api.AmazonDevice],
    ) -> None:
        self._hass = hass
        self._patch = monkeypatch.setattr
        self._address = URL(address)
        self.devices = devices

    async def add(self) -> MockConfigEntry:
        """Log in, as far as Home Assistant can see."""
        api = amazon_api.AmazonEchoApi

        async def devices(*_: Any) -> Any:
            return self.devices

        async def nothing(*_: Any, **__: Any) -> dict[str, Any]:
            return {}

        self._patch(api, "get_devices_data", devices)
        if BATCHES:
            from aioamazondevices.http_wrapper import AmazonSessionStateData
            from aioamazondevices.login import AmazonLogin

            self._patch(AmazonSessionStateData, "alexa_website_url", self._address)
            self._patch(AmazonLogin, "login_mode_stored_data", nothing)
            for name in (
                *("sync_history_state", "sync_media_state", "sync_dnd_state"),
                *("start_http2_processing", "stop_http2_processing"),
            ):
                self._patch(api, name, nothing)
            self._hurry()
        else:

            async def log_in(self: amazon_api.AmazonEchoApi) -> dict[str, Any]:
                self._client_session()
                return {}

            self._patch(api, "login_mode_stored_data", log_in)
            address = self._address.with_path(PATH)
            self._patch(amazon_api, "URL", lambda url, encoded: address)
        return await self._add()

    def _hurry(self) -> None:
        """A hundredth of the seconds between the library's tries."""
        from aioamazondevices import http_wrapper

        async def sleep(seconds: float) -> None:
            await asyncio.sleep(seconds / 100)

        self._patch(http_wrapper, "asyncio", SimpleNamespace(sleep=sleep))

    async def _add(self) -> MockConfigEntry:
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
        self.entry.add_to_hass(self._hass)
        assert await self._hass.config_entries.async_setup(self.entry.entry_id)
        await self._hass.async_block_till_done()
        assert self.entry.state is ConfigEntryState.LOADED
        self.api = self.entry.runtime_data.api
        return self.entry

    async def close(self) -> None:
        """The library sends in tasks that it does not wait for."""
        if not BATCHES:
            await self.api.close()
        elif tasks := self.api._sequence_handler._tasks:
            await asyncio.wait(tasks)

    async def change(self, **facts: Any) -> None:
        """Amazon's list says something else of all Echos from now on."""
        self.devices = {serial: echo(serial, **facts) for serial in self.devices}
        await self.entry.runtime_data.async_refresh()
        await self._hass.async_block_till_done()

    async def do_not_disturb(self, serial: str) -> None:
        """Somebody switches it on at the Echo."""
        if BATCHES:
            await self.entry.runtime_data.dnd_event_handler({serial: True})
        else:
            await self.change(do_not_disturb=True)
        await self._hass.async_block_till_done()

    def device_id(self, serial: str = "serial") -> str:
        """The device of an Echo."""
        registry = dr.async_get(self._hass)
        (found,) = (
            device.id
            for device in dr.async_entries_for_config_entry(
                registry, self.entry.entry_id
            )
            if ("alexa_devices", serial) in device.identifiers
        )
        return found

    def entity_id(self, domain: str, unique_id: str) -> str:
        """One of its entities."""
        registry = er.async_get(self._hass)
        found = registry.async_get_entity_id(domain, "alexa_devices", unique_id)
        assert found is not None
        return found
