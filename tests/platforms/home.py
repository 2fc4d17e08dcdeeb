"""A home with one kettle, one phone-like notify action and one person in it.

Time is frozen and moved by hand; the plug is a state that is set.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState, ConfigSubentry
from homeassistant.core import Event, HomeAssistant, ServiceCall, callback
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)

from custom_components.reliable_notifications.appliances.appliance import ApplianceWatch
from custom_components.reliable_notifications.const import DOMAIN, EVENT_PREFIX
from custom_components.reliable_notifications.runtime import Runtime

PLUG = "sensor.kettle_plug_power"
ACTION = "pocket"


class Home:
    """What a test can do in the home, and what it can look at."""

    appliance = "Kettle"
    kind = "kettle"

    def __init__(self, hass: HomeAssistant, clock: FrozenDateTimeFactory) -> None:
        self.hass = hass
        self.clock = clock
        # what tells of the appliance beside its power sensor
        self.beside: dict[str, str] = {}
        self.received: list[ServiceCall] = []
        self.happened: list[tuple[str, dict[str, Any]]] = []
        self.entry = MockConfigEntry(
            domain=DOMAIN, title="Reliable Notifications", data={}
        )
        for word in (
            "cycle_started",
            "cycle_finished",
            "cycle_interrupted",
            "almost_done",
            "cycle_reopened",
            "short_run",
            "emptied",
            "unload_reminder",
            "delivered",
            "failed",
            "acknowledged",
        ):
            hass.bus.async_listen(f"{EVENT_PREFIX}{word}", self._heard)

    @callback  # else Home Assistant calls it in a thread, and the order is chance
    def _heard(self, event: Event[Any]) -> None:
        word = str(event.event_type).removeprefix(EVENT_PREFIX)
        self.happened.append((word, dict(event.data)))

    async def _receive(self, call: ServiceCall) -> None:
        self.received.append(call)

    async def add(self) -> None:
        """Add the entry, then the channel, the recipient and the appliance."""
        self.hass.services.async_register("notify", ACTION, self._receive)
        await self.watts(0)
        self.entry.add_to_hass(self.hass)
        channel = self._add(
            "channel", "Pocket", kind="notify_action", target=f"notify.{ACTION}"
        )
        inbox = self._add("channel", "Inbox", kind="inbox", target="")
        self._add("recipient", "Anna", channels=[channel, inbox])
        self._add(
            "appliance",
            self.appliance,
            **{"kind": self.kind, "power_entity": PLUG, **self.beside},
        )

    async def set_up(self) -> None:
        """Set up what was added."""
        assert await self.hass.config_entries.async_setup(self.entry.entry_id)
        await self.hass.async_block_till_done()
        while any(watch.is_learning for watch in self._watches()):
            await self.hass.async_block_till_done(wait_background_tasks=True)
        await self.wait(1)  # two reports never come at the same instant

    def _add(self, what: str, title: str, **data: Any) -> str:
        fresh = ConfigSubentry(
            data=MappingProxyType(data), subentry_type=what, title=title, unique_id=None
        )
        self.hass.config_entries.async_add_subentry(self.entry, fresh)
        return fresh.subentry_id

    def _watches(self) -> Iterable[ApplianceWatch]:
        runtime: Runtime = self.entry.runtime_data
        return runtime.watches.values()

    async def watts(self, value: float | str, unit: str = "W") -> None:
        """Let the plug report."""
        self.hass.states.async_set(
            PLUG,
            str(value),
            {"device_class": "power", "unit_of_measurement": unit},
        )
        # 2025.6 tells listeners one turn of the loop later
        await self.hass.async_block_till_done()

    async def wait(self, seconds: float, step: float = 10.0) -> None:
        """Let time pass; timers ring on the way."""
        while seconds > 0:
            self.clock.tick(timedelta(seconds=min(step, seconds)))
            seconds -= step
            async_fire_time_changed(self.hass)
            await self.settle()

    async def settle(self) -> None:
        """Let everything that has begun come to rest, the courier's work too.

        What the courier does goes through the database, in order: a few rounds of
        work of our own behind it, and it has got as far as it can without a timer.
        """
        for _ in range(8):
            await self.hass.async_block_till_done()
            if self.entry.state is ConfigEntryState.LOADED:
                await self.entry.runtime_data.database.write(lambda _: None)
                await self.entry.runtime_data.database.read(lambda _: None)

    async def boil(self) -> None:
        """One cycle of the kettle: three minutes, then quiet until it is told."""
        await self.watts(1800)
        await self.wait(180)
        await self.watts(0)
        await self.wait(150)

    def entity(self, platform: str, key: str) -> str:
        """The entity id of the one whose unique id is somebody's id and this key."""
        registry = er.async_get(self.hass)
        found = [
            entity.entity_id
            for entity in er.async_entries_for_config_entry(
                registry, self.entry.entry_id
            )
            if entity.domain == platform and entity.unique_id.partition("_")[2] == key
        ]
        assert len(found) == 1, (platform, key, found)
        return found[0]

    def value(self, platform: str, key: str) -> str:
        state = self.hass.states.get(self.entity(platform, key))
        assert state is not None
        return state.state


@asynccontextmanager
async def lived_in[H: Home](place: H) -> AsyncIterator[H]:
    """Add and set up what is in a home, and clear it away afterwards."""
    await place.add()
    await place.set_up()
    yield place
    if place.entry.state is ConfigEntryState.LOADED:
        await place.hass.config_entries.async_unload(place.entry.entry_id)
    await place.settle()
