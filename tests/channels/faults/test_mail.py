"""Mail: the real integration, talking to a real mail server on loopback."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from importlib.util import find_spec
import threading
from types import MappingProxyType
from typing import Any, ClassVar

from aiosmtpd.controller import Controller
from homeassistant.config_entries import ConfigEntryState, ConfigSubentry
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.reliable_notifications.channels.interface import (
    Channel,
    Envelope,
)
from custom_components.reliable_notifications.channels.smtp import Smtp
from custom_components.reliable_notifications.engine.vocabulary import (
    AttemptResult,
    ChannelTraits,
)
from tests.channels.faults.judging import every_fault, judge
from tests.channels.faults.matrix import Fault
from tests.channels.faults.scene import Scene, Stage

_SAYS = {
    Fault.RAISES: "550 No such user",
    Fault.THROTTLES: "451 Too many messages, try again later",
}


class Handler:
    """Takes mail, or not; runs in the server's thread."""

    def __init__(self) -> None:
        self.mood: Fault = Fault.WORKS
        self.took = 0
        self.go = threading.Event()

    async def handle_RCPT(  # noqa: N802 - the server's name for it
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if (refusal := _SAYS.get(self.mood)) is not None:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: Any, session: Any, envelope: Any
    ) -> str:
        if self.mood is Fault.HANGS:
            await self._wait()
            return "451 Too late"
        self.took += 1
        if self.mood is Fault.LATE:
            await self._wait()
        return "250 Taken"

    async def _wait(self) -> None:
        while not self.go.is_set():  # noqa: ASYNC110 - set in another thread
            await asyncio.sleep(0.005)


class FreePort(Controller):
    """A server on a port that is free."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


class Mail(Scene):
    row = "smtp"
    kind = "smtp"
    cannot: ClassVar = {Fault.SWALLOWS: "raises instead"}

    async def build(self) -> Channel:
        # the name of this machine is asked of the net otherwise
        self.stage.monkeypatch.setattr("socket.getfqdn", lambda: "localhost")
        self._handler = Handler()
        self._server = FreePort(self._handler, hostname="127.0.0.1", port=0)
        await self.hass.async_add_executor_job(self._server.start)
        self.stage.closing.append(self._close)
        return await self.add()

    async def add(self) -> Channel:
        anna = ConfigSubentry(
            data=MappingProxyType({}),
            subentry_type="recipient",
            title="Anna",
            unique_id="anna@example.org",
        )
        self._entry = MockConfigEntry(
            domain="smtp",
            data={
                "server": "127.0.0.1",
                "port": self._server.port,
                "sender": "home@example.org",
                "encryption": "none",
                "verify_ssl": False,
            },
            subentries_data=[anna.as_dict()],
        )
        self._entry.add_to_hass(self.hass)
        assert await self.hass.config_entries.async_setup(self._entry.entry_id)
        await self.hass.async_block_till_done()
        assert self._entry.state is ConfigEntryState.LOADED
        (entity,) = er.async_entries_for_config_entry(
            er.async_get(self.hass), self._entry.entry_id
        )
        return Smtp(self.hass, "it", "Mail", entity.id)

    async def go_wrong(self, fault: Fault) -> None:
        if fault is Fault.GONE:
            await self._close()
        elif fault is Fault.MISSING:
            await self.remove()
        elif fault is Fault.UNAVAILABLE:
            await self.hass.config_entries.async_unload(self._entry.entry_id)
        else:
            self._handler.mood = fault

    async def remove(self) -> None:
        await self.hass.config_entries.async_remove(self._entry.entry_id)

    async def _close(self) -> None:
        self._handler.go.set()
        await self.hass.async_block_till_done()
        if self._server.server is not None:
            await self.hass.async_add_executor_job(self._server.stop)

    def has_arrived(self) -> bool:
        return self._handler.took > 0

    def let_go(self) -> None:
        self._handler.go.set()


class ToAnna(Smtp):
    """An account, and a recipient with an address of her own.

    The stage knows no recipients, so the gate must not ask it for an address.
    """

    @property
    def traits(self) -> ChannelTraits:
        return replace(super().traits, contact=None)

    async def async_send(self, envelope: Envelope) -> AttemptResult:
        return await super().async_send(replace(envelope, address="anna@example.org"))


class OldMail(Mail):
    """An action, which blocks, and only warns of what the server says."""

    cannot: ClassVar = {
        Fault.SWALLOWS: "as raises",
        Fault.UNAVAILABLE: "an action has no state",
    }

    async def add(self) -> Channel:
        smtp = {
            "platform": "smtp",
            "name": "it",
            "server": "127.0.0.1",
            "port": self._server.port,
            "sender": "home@example.org",
            "recipient": "anna@example.org",
            "encryption": "none",
        }
        assert await async_setup_component(self.hass, "notify", {"notify": [smtp]})
        await self.hass.async_block_till_done()
        return ToAnna(self.hass, "it", "Mail", "notify.it")

    async def remove(self) -> None:
        self.hass.services.async_remove("notify", "it")


@every_fault([Mail if find_spec("aiosmtplib") else OldMail])
async def test_the_grade_is_what_really_happened(
    stage: Stage, scene: type[Scene], fault: Fault, cells: Any
) -> None:
    await judge(stage, scene, fault, cells)
