"""The companion app: a phone that really registered, by the cloud and by websocket."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from http import HTTPStatus
from typing import Any, ClassVar

from homeassistant.components.mobile_app.push_notification import (
    PUSH_CONFIRM_TIMEOUT,
)
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.reliable_notifications.channels import mobile_app
from custom_components.reliable_notifications.channels.interface import Channel
from custom_components.reliable_notifications.channels.mobile_app import MobileApp
from tests.channels.faults.judging import every_fault, judge
from tests.channels.faults.matrix import Fault
from tests.channels.faults.other_side import HttpScene
from tests.channels.faults.scene import PATIENCE, Scene, Stage
from tests.channels.phones import by_cloud, register


class CloudPhone(HttpScene):
    row = "companion app, cloud push"
    kind = "mobile_app"
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
    kind = "mobile_app"
    cannot: ClassVar = {
        Fault.RAISES: "handing over to the websocket cannot fail",
        Fault.SWALLOWS: "as before",
        Fault.LATE: "the call does not wait for the phone",
        Fault.UNAVAILABLE: "an action has no state",
        Fault.THROTTLES: "no limit at home",
    }

    async def build(self) -> Channel:
        # the cloud, to which its integration turns after all, is out of reach
        app_data = by_cloud("http://127.0.0.1:1/push") | {
            "push_websocket_channel": True
        }
        phone = await register(self.hass, self.stage.client, app_data)
        self._app = await self.stage.websocket(self.hass)
        await self._app.send_json_auto_id(
            {
                "type": "mobile_app/push_notification_channel",
                "webhook_id": phone.webhook_id,
                "support_confirm": True,
            }
        )
        assert (await self._app.receive_json())["success"]
        self._webhook_id = phone.webhook_id
        self.stage.monkeypatch.setattr(mobile_app, "_CONFIRMS_WITHIN", PATIENCE / 2)
        self._got: list[Any] = []
        self._reading = asyncio.create_task(self._read())
        self.stage.closing += [self._not_wait_any_more, self._fall_asleep]
        return MobileApp(self.hass, "it", "Phone", phone.device_id)

    async def _read(self) -> None:
        while True:
            got = await self._app.receive_json()
            if (event := got.get("event")) is None:
                continue  # the answer to its confirmation
            self._got.append(event)
            await self._app.send_json_auto_id(
                {
                    "type": "mobile_app/push_notification_confirm",
                    "webhook_id": self._webhook_id,
                    "confirm_id": event["hass_confirm_id"],
                }
            )

    async def _fall_asleep(self) -> None:
        """What waits unread in the socket of a phone that sleeps has not arrived."""
        self._reading.cancel()
        await asyncio.wait([self._reading])

    async def _not_wait_any_more(self) -> None:
        """The app's integration waits ten seconds for a phone that sleeps."""
        later = dt_util.utcnow() + timedelta(seconds=PUSH_CONFIRM_TIMEOUT + 1)
        async_fire_time_changed(self.hass, later)
        await self.hass.async_block_till_done()

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
