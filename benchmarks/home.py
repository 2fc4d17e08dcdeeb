"""A real Home Assistant core with the integration set up in it, inside this process.

Nothing is mocked: storage on the disk, the web server on loopback, the integration
added through its own config flow, its channels real actions of the core. Must not
measure anything.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
import socket
from types import MappingProxyType
from typing import Any

from homeassistant import bootstrap, loader
from homeassistant.auth import auth_manager_from_config
from homeassistant.config_entries import ConfigEntries, ConfigSubentry
from homeassistant.core import CoreState, HomeAssistant, ServiceCall
from homeassistant.setup import async_setup_component

from benchmarks import ROOT
from custom_components.reliable_notifications.channels.interface import Limits
from custom_components.reliable_notifications.channels.notify_action import (
    NotifyAction,
)
from custom_components.reliable_notifications.const import (
    CONF_CHANNELS,
    CONF_KIND,
    CONF_TARGET,
    DOMAIN,
    SUBENTRY_CHANNEL,
    SUBENTRY_RECIPIENT,
)
from custom_components.reliable_notifications.engine.delivery import gathering
from custom_components.reliable_notifications.runtime import RnConfigEntry, Runtime
from demo.seed import seed

# What one person may get in a minute and an hour while it is measured how many messages
# can be carried: more than any run sends
UNBRIDLED = Limits(per_minute=10**9, per_hour=10**9)

type Handler = Callable[[ServiceCall], Coroutine[Any, Any, None]]


@contextmanager
def _unbridled() -> Iterator[None]:
    """Otherwise a storm ends as a few messages, and that is all that is carried."""
    limits, waits = NotifyAction.limits, gathering.WAITS
    NotifyAction.limits, gathering.WAITS = UNBRIDLED, (0.0,)
    try:
        yield
    finally:
        NotifyAction.limits, gathering.WAITS = limits, waits


@dataclass(frozen=True, slots=True)
class Home:
    """The core, and the parts of the integration that runs in it."""

    hass: HomeAssistant
    runtime: Runtime

    async def send(self, message: str, **more: Any) -> None:
        """Send as an automation does; returns when the message is stored."""
        await self.hass.services.async_call(
            DOMAIN, "send", {"message": message, **more}, blocking=True
        )


@asynccontextmanager
async def home(
    folder: Path,
    recipients: Mapping[str, Mapping[str, Handler]],
    *,
    bridled: bool = True,
) -> AsyncIterator[Home]:
    """A home whose recipients have these notify actions, by name, in this order.

    Not `bridled`: one person may be sent everything at once, each message by itself.
    """
    _furnish(folder)
    hass = HomeAssistant(str(folder))
    try:
        await _start(hass)
        for actions in recipients.values():
            for name, handler in actions.items():
                hass.services.async_register("notify", name, handler)
        with nullcontext() if bridled else _unbridled():
            entry = await _add_integration(hass, recipients)
            yield Home(hass, entry.runtime_data)
    finally:
        await hass.async_stop(force=True)


def _furnish(folder: Path) -> None:
    """Seed the storage, so that nothing is asked and nothing is listened to abroad."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "configuration.yaml").touch()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    seed(folder, port)
    (folder / "custom_components").symlink_to(ROOT / "custom_components")


async def _start(hass: HomeAssistant) -> None:
    loader.async_setup(hass)
    hass.config_entries = ConfigEntries(hass, {})
    await bootstrap.async_load_base_functionality(hass)
    hass.auth = await auth_manager_from_config(hass, [], [])
    for domain in ("persistent_notification", "http", "notify"):
        assert await async_setup_component(hass, domain, {}), domain
    await hass.async_block_till_done()
    hass.set_state(CoreState.running)


async def _add_integration(
    hass: HomeAssistant, recipients: Mapping[str, Mapping[str, Handler]]
) -> RnConfigEntry:
    """Add the entry by its flow, then what a household sets up, as its flows do."""
    assert await async_setup_component(hass, DOMAIN, {})
    flow = await hass.config_entries.flow.async_init(DOMAIN, context={"source": "user"})
    await hass.config_entries.flow.async_configure(flow["flow_id"], {})
    (entry,) = hass.config_entries.async_entries(DOMAIN)
    await hass.async_block_till_done()
    for recipient, actions in recipients.items():
        channels = []
        for name in actions:
            data = {CONF_KIND: "notify_action", CONF_TARGET: f"notify.{name}"}
            channels.append(_add(hass, entry, SUBENTRY_CHANNEL, name, data))
        _add(hass, entry, SUBENTRY_RECIPIENT, recipient, {CONF_CHANNELS: channels})
    await hass.async_block_till_done()  # each addition brings about a reload
    return entry


def _add(
    hass: HomeAssistant,
    entry: RnConfigEntry,
    what: str,
    title: str,
    data: Mapping[str, Any],
) -> str:
    fresh = ConfigSubentry(
        data=MappingProxyType(dict(data)),
        subentry_type=what,
        title=title,
        unique_id=None,
    )
    hass.config_entries.async_add_subentry(entry, fresh)
    return fresh.subentry_id
