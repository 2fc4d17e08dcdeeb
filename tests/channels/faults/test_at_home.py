"""What needs nobody outside: the inbox and Home Assistant's own list; and groups."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, ClassVar

from homeassistant.components import notify, persistent_notification
from homeassistant.components.notify import DOMAIN as NOTIFY
from homeassistant.core import ServiceCall
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    MockEntityPlatform,
)

from custom_components.reliable_notifications.adapters.database import Database
from custom_components.reliable_notifications.adapters.inbox_store import InboxStore
from custom_components.reliable_notifications.channels.inbox import Inbox
from custom_components.reliable_notifications.channels.interface import Channel
from custom_components.reliable_notifications.channels.notify_action import (
    NotifyAction,
)
from custom_components.reliable_notifications.channels.notify_entity import (
    NotifyEntity,
)
from custom_components.reliable_notifications.channels.parts.shelf import SHELF
from custom_components.reliable_notifications.channels.persistent import Persistent
from tests.adapters.delivering import on_disk
from tests.channels.faults.judging import every_fault, judge
from tests.channels.faults.matrix import Fault
from tests.channels.faults.scene import Scene, Stage

NO_NETWORK: Mapping[Fault, str] = {
    Fault.RAISES: "a write into memory",
    Fault.GONE: "no server",
    Fault.HANGS: "as raises",
    Fault.SWALLOWS: "as raises",
    Fault.MISSING: "part of the core",
    Fault.UNAVAILABLE: "as missing",
    Fault.LATE: "as raises",
    Fault.THROTTLES: "no limit",
}


class LastResort(Scene):
    row = "Home Assistant's own notifications"
    kind = "persistent"
    cannot: ClassVar = NO_NETWORK

    async def build(self) -> Channel:
        return Persistent(self.hass, "it", "Home Assistant", "")

    async def go_wrong(self, fault: Fault) -> None:
        raise NotImplementedError

    def has_arrived(self) -> bool:
        # it lies there; whether anybody looks is what the grade says nothing of
        return bool(
            persistent_notification._async_get_or_create_notifications(self.hass)
        )


class OurInbox(Scene):
    row = "inbox"
    kind = "inbox"
    cannot: ClassVar = {
        **NO_NETWORK,
        Fault.HANGS: "one row in a local file",
        Fault.LATE: "as hangs",
        Fault.SWALLOWS: "it is our own",
        Fault.UNAVAILABLE: "as missing",
    }
    del cannot[Fault.RAISES], cannot[Fault.MISSING]

    async def build(self) -> Channel:
        self._database = Database(self.stage.path / "inbox.db")
        await self._database.open()
        self.stage.closing.append(self._database.close)
        self._store = InboxStore(self._database)
        self.hass.data[SHELF] = self._store
        return Inbox(self.hass, "it", "Inbox", "")

    async def go_wrong(self, fault: Fault) -> None:
        if fault is Fault.MISSING:
            del self.hass.data[SHELF]
        else:
            await self._database.close()

    def has_arrived(self) -> bool:
        ((count,),) = on_disk(self._database, "SELECT count(*) FROM inbox_item")
        return bool(count)


class Action(Scene):
    """An action of an integration that raises what goes wrong, as half of them do."""

    row = "any action that raises"
    kind = "notify_action"
    cannot: ClassVar = {
        Fault.SWALLOWS: "see the action `rest`",
        Fault.UNAVAILABLE: "an action has no state",
    }

    async def build(self) -> Channel:
        self._go = asyncio.Event()
        self._fault = Fault.WORKS
        self._took = 0
        self.hass.services.async_register(NOTIFY, "it", self._take)
        return NotifyAction(self.hass, "it", "It", "notify.it")

    async def _take(self, call: ServiceCall) -> None:
        if self._fault is Fault.HANGS:
            await self._go.wait()
            raise HomeAssistantError("Too late")
        if self._fault is Fault.RAISES:
            raise HomeAssistantError("The server says no")
        if self._fault is Fault.GONE:
            raise ConnectionRefusedError("nobody there")  # leaks from many libraries
        if self._fault is Fault.THROTTLES:
            raise HomeAssistantError("429 Too Many Requests")
        self._took += 1
        if self._fault is Fault.LATE:
            await self._go.wait()

    async def go_wrong(self, fault: Fault) -> None:
        self._fault = fault
        if fault is Fault.MISSING:
            self.hass.services.async_remove(NOTIFY, "it")

    def has_arrived(self) -> bool:
        return self._took > 0

    def let_go(self) -> None:
        self._go.set()


class OldGroup(Action):
    """The notify group of YAML: a member that works, and the action above.

    The message has arrived when it has come to both.
    """

    row = "notify group (YAML)"

    async def build(self) -> Channel:
        await super().build()
        self._other_took = 0
        self.hass.services.async_register(NOTIFY, "other", self._take_too)
        members = [{"action": "other"}, {"action": "it"}]
        group = {"platform": "group", "name": "all", "services": members}
        assert await async_setup_component(self.hass, NOTIFY, {NOTIFY: [group]})
        await self.hass.async_block_till_done()
        return NotifyAction(self.hass, "it", "All", "notify.all")

    async def _take_too(self, call: ServiceCall) -> None:
        self._other_took += 1

    def has_arrived(self) -> bool:
        return super().has_arrived() and self._other_took > 0


class Letterbox(notify.NotifyEntity):
    """A member of the group below."""

    def __init__(self, name: str) -> None:
        self._attr_name = self._attr_unique_id = name
        self.fault = Fault.WORKS
        self.took = 0
        self.go = asyncio.Event()

    async def async_send_message(self, message: str, title: str | None = None) -> None:
        if self.fault is Fault.RAISES:
            raise HomeAssistantError("The server says no")
        if self.fault is Fault.HANGS:
            await self.go.wait()
            raise HomeAssistantError("Too late")
        self.took += 1
        if self.fault is Fault.LATE:
            await self.go.wait()


class Group(Scene):
    """A group made in the UI, with a member that works and one that does not.

    The message has arrived when it has come to both.
    """

    row = "notify group (UI)"
    kind = "notify_entity"
    cannot: ClassVar = {
        Fault.GONE: "as raises",
        Fault.THROTTLES: "as raises",
    }

    async def build(self) -> Channel:
        assert await async_setup_component(self.hass, NOTIFY, {})
        self._members = [Letterbox("anna"), Letterbox("ben")]
        platform = MockEntityPlatform(self.hass, domain=NOTIFY, platform_name="post")
        await platform.async_add_entities(self._members)
        self.entry = MockConfigEntry(
            domain="group",
            options={
                "group_type": "notify",
                "name": "All",
                "entities": ["notify.anna", "notify.ben"],
                "hide_members": False,
            },
            title="All",
        )
        self.entry.add_to_hass(self.hass)
        assert await self.hass.config_entries.async_setup(self.entry.entry_id)
        await self.hass.async_block_till_done()
        (entity,) = er.async_entries_for_config_entry(
            er.async_get(self.hass), self.entry.entry_id
        )
        return NotifyEntity(self.hass, "it", "All", entity.id)

    async def go_wrong(self, fault: Fault) -> None:
        ben = self._members[1]
        if fault is Fault.MISSING:
            await self.hass.config_entries.async_remove(self.entry.entry_id)
        elif fault is Fault.UNAVAILABLE:
            await self.hass.config_entries.async_unload(self.entry.entry_id)
        elif fault is Fault.SWALLOWS:  # a member that is away is a line in the log
            ben._attr_available = False
            ben.async_write_ha_state()
            await self.hass.async_block_till_done()
        else:
            ben.fault = fault

    def has_arrived(self) -> bool:
        return all(member.took for member in self._members)

    def let_go(self) -> None:
        self._members[1].go.set()


@every_fault([LastResort, OurInbox, Action, OldGroup, Group])
async def test_the_grade_is_what_really_happened(
    stage: Stage, scene: type[Scene], fault: Fault, cells: Any
) -> None:
    await judge(stage, scene, fault, cells)
