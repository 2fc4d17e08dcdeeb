"""Text messages by an action of Home Assistant's, which has the service on loopback."""

from __future__ import annotations

from typing import Any, ClassVar

from homeassistant.components.clicksend import notify as clicksend
from homeassistant.components.notify import DOMAIN as NOTIFY
from homeassistant.setup import async_setup_component

from custom_components.reliable_notifications.channels.interface import Channel
from custom_components.reliable_notifications.channels.sms_action import SmsAction
from tests.channels.faults.judging import every_fault, judge
from tests.channels.faults.matrix import Fault
from tests.channels.faults.other_side import HttpScene
from tests.channels.faults.scene import Scene, Stage


class ClickSend(HttpScene):
    """The real platform; it has the number in its own settings."""

    row = "text messages by the action `clicksend`"
    kind = "sms_action"
    cannot: ClassVar = {
        Fault.RAISES: "only logs what the server says",
        Fault.UNAVAILABLE: "an action has no state",
    }

    async def build(self) -> Channel:
        self.server.always("GET", "/account", {})
        self.server.takes("/sms/send", {}, {"response_msg": "no credit"})
        address = await self.server.open()
        self.stage.monkeypatch.setattr(clicksend, "BASE_API_URL", address)
        account = {
            "platform": "clicksend",
            "name": "it",
            "username": "anna",
            "api_key": "key",
            "recipient": "+4915123456789",
        }
        assert await async_setup_component(self.hass, NOTIFY, {NOTIFY: [account]})
        await self.hass.async_block_till_done()
        return SmsAction(self.hass, "it", "It", "notify.it", {"with_number": False})

    async def remove(self) -> None:
        self.hass.services.async_remove(NOTIFY, "it")


@every_fault([ClickSend])
async def test_the_grade_is_what_really_happened(
    stage: Stage, scene: type[Scene], fault: Fault, cells: Any
) -> None:
    await judge(stage, scene, fault, cells)
