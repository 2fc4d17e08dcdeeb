"""A house with people, phones, rooms and speakers in Home Assistant's registries."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.reliable_notifications.adapters.asked import ChannelPlace, Picked
from custom_components.reliable_notifications.adapters.database import Database
from custom_components.reliable_notifications.adapters.health import Health
from custom_components.reliable_notifications.adapters.house_modes import HouseModes
from custom_components.reliable_notifications.adapters.household import Household
from custom_components.reliable_notifications.engine.vocabulary import (
    HouseholdFacts,
    PersonFacts,
    Recipient,
)

ANNA = "person.anna"


class House:
    """What a test can put into the house, and the snapshots of it."""

    def __init__(self, hass: HomeAssistant, folder: Path) -> None:
        self.hass = hass
        self.database = Database(folder / "house.db")
        self.modes = HouseModes(hass, self.database)
        self.health = Health()
        self.recipients: dict[str, Recipient] = {}
        self.channels: dict[str, ChannelPlace] = {}
        self.picked = Picked()
        self.changes = 0
        self._owners: dict[str, MockConfigEntry] = {}
        self._household: Household | None = None

    def inhabitant(
        self, name: str, person: str | None = None, channels: tuple[str, ...] = ()
    ) -> None:
        self.recipients[name] = Recipient(
            id=name, name=name.title(), channels=channels, person=person
        )

    def person(self, state: str, entity_id: str = ANNA, **attributes: Any) -> None:
        self.hass.states.async_set(entity_id, state, attributes)

    def device(self, platform: str, name: str, **data: Any) -> str:
        entry = MockConfigEntry(domain=platform, data=data)
        entry.add_to_hass(self.hass)
        device = dr.async_get(self.hass).async_get_or_create(
            config_entry_id=entry.entry_id, identifiers={(platform, name)}, name=name
        )
        self._owners[device.id] = entry
        return device.id

    def entity(
        self,
        domain: str,
        platform: str,
        unique_id: str,
        *,
        device_id: str | None = None,
        area: str | None = None,
        **registered: Any,
    ) -> str:
        registry = er.async_get(self.hass)
        entity = registry.async_get_or_create(
            domain,
            platform,
            unique_id,
            config_entry=self._owners.get(device_id or ""),
            device_id=device_id,
            **registered,
        )
        if area is not None:
            registry.async_update_entity(entity.entity_id, area_id=area)
        return entity.entity_id

    def area(self, name: str) -> str:
        return ar.async_get(self.hass).async_get_or_create(name).id

    async def open(self) -> None:
        await self.database.open()
        await self.modes.async_load()
        self._household = Household(
            self.hass,
            self.database,
            recipients=self.recipients,
            channels=self.channels,
            picked=self.picked,
            modes=self.modes,
            health=self.health,
        )
        self._household.listen(self._changed)
        await self._household.async_start()
        await self.hass.async_block_till_done()

    async def close(self) -> None:
        if self._household is not None:
            await self._household.async_stop()
            self._household = None
        self.modes.async_stop()
        await self.hass.async_block_till_done(wait_background_tasks=True)
        await self.database.close()

    def _changed(self) -> None:
        self.changes += 1

    def facts(
        self,
        entity_ids: tuple[str, ...] = (),
        conditions: Mapping[str, bool | None] | None = None,
    ) -> HouseholdFacts:
        assert self._household is not None
        return self._household.facts(entity_ids, conditions)

    def of(self, name: str) -> PersonFacts:
        return self.facts().people[name]
