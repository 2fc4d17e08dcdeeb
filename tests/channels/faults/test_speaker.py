"""An Echo: the real integration and its library, with Amazon's server on loopback."""

from __future__ import annotations

from typing import Any, ClassVar

from custom_components.reliable_notifications.channels import alexa
from custom_components.reliable_notifications.channels.alexa import Alexa
from custom_components.reliable_notifications.channels.interface import Channel
from tests.channels.echoes import BATCHES, PATH, Account, echo
from tests.channels.faults.judging import every_fault, judge
from tests.channels.faults.matrix import Fault
from tests.channels.faults.other_side import HttpScene
from tests.channels.faults.scene import Scene, Stage


class Echo(HttpScene):
    row = "alexa_devices"
    kind = "alexa"
    patience = 3.0
    cannot: ClassVar = (
        {Fault.RAISES: "the call only queues; what fails is logged later"}
        if BATCHES
        else {Fault.SWALLOWS: "raises instead"}
    )

    async def build(self) -> Channel:
        self.server.takes(PATH, {}, {})
        address = await self.server.open()
        self.stage.monkeypatch.setattr(alexa, "GIVES_UP_AFTER", 1.0)
        devices = {"serial": echo()}
        self._account = Account(self.hass, self.stage.monkeypatch, address, devices)
        await self._account.add()
        self.stage.closing.append(self._close)
        return Alexa(self.hass, "it", "Kitchen", self._account.device_id())

    async def _close(self) -> None:
        self.let_go()
        await self._account.close()

    async def remove(self) -> None:
        await self.hass.config_entries.async_remove(self._account.entry.entry_id)

    async def make_unavailable(self) -> None:
        """Somebody pulls its plug, and Amazon notices."""
        await self._account.change(online=False)


@every_fault([Echo])
async def test_the_grade_is_what_really_happened(
    stage: Stage, scene: type[Scene], fault: Fault, cells: Any
) -> None:
    await judge(stage, scene, fault, cells)
