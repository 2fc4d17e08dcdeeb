"""The companion app: a phone that really registered, by the cloud and by websocket."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Any, ClassVar

from custom_components.reliable_notifications.channels.interface import Channel
from custom_components.reliable_notifications.channels.mobile_app import MobileApp
from tests.channels.faults.judging import every_fault, judge
from tests.channels.faults.matrix import Fault
from tests.channels.faults.other_side import HttpScene
from tests.channels.faults.scene import Scene, Stage
from tests.channels.phones import by_cloud, register


class CloudPhone(HttpScene):
    row = "companion app, cloud push"
    cannot: ClassVar = {
        Fault.RAISES: "swallows every error of the push",
        Fault.UNAVAILABLE: "an action has no state",
    }

    async def build(self) -> Channel:
        yes, no = {"ok": True}, {"message": "no such phone"}
        self.server.takes("/push", yes, no, status=HTTPStatus.CREATED)
        address = await self.server.open()
        app_data = by_cloud(f"{address}/push")
        phone = await register(self.hass, self.stage.client, app_data)
        return MobileApp(self.hass, "it", "Phone", phone.device_id)

    async def remove(self) -> None:
        (entry,) = self.hass.config_entries.async_entries("mobile_app")
        await self.hass.config_entries.async_remove(entry.entry_id)


class LocalPhone(Scene):
    row = "companion app, local push"
    cannot: ClassVar = {
        Fault.RAISES: "handing over to the websocket cannot fail",
        Fault.SWALLOWS: "as before",
        Fault.LATE: "the call does not wait for the phone",
        Fault.UNAVAILABLE: "an action has no state",
        Fault.THROTTLES: "no limit at home",
    }

    async def build(self) -> Channel:
        app_data = {"push_websocket_channel": True}
        phone = await register(self.hass, self.stage.client, app_data)
        self._app = await self.stage.websocket(self.hass)
        await self._app.send_json_auto_id(
            {
                "type": "mobile_app/push_notification_channel",
                "webhook_id": phone.webhook_id,
            }
        )
        assert (await self._app.receive_json())["success"]
        self._got: list[Any] = []
        self._reading = asyncio.create_task(self._read())
        self.stage.closing.append(self._fall_asleep)
        return MobileApp(self.hass, "it", "Phone", phone.device_id)

    async def _read(self) -> None:
        while True:
            self._got.append(await self._app.receive_json())

    async def _fall_asleep(self) -> None:
        """What waits unread in the socket of a phone that sleeps has not arrived."""
        self._reading.cancel()
        await asyncio.wait([self._reading])

    async def go_wrong(self, fault: Fault) -> None:
        await self._fall_asleep()
        if fault is Fault.MISSING:
            (entry,) = self.hass.config_entries.async_entries("mobile_app")
            await self.hass.config_entries.async_remove(entry.entry_id)
        elif fault is Fault.GONE:  # the phone has left the house
            await self._app.close()
            await self.hass.async_block_till_done()

    def has_arrived(self) -> bool:
        return bool(self._got)


@every_fault([CloudPhone, LocalPhone])
async def test_the_grade_is_what_really_happened(
    stage: Stage, scene: type[Scene], fault: Fault, cells: Any
) -> None:
    await judge(stage, scene, fault, cells)
