"""Replays a recipe in a real core of Home Assistant, with frozen time.

Phones, speakers and text messages end at actions that note what they are given. Must
not know what a recipe expects.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
import json
from pathlib import Path
from types import MappingProxyType
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import Context, HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import (
    area_registry as ar,
    entity_registry as er,
    issue_registry as ir,
)
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser

from custom_components.reliable_notifications.const import DOMAIN
from custom_components.reliable_notifications.engine.vocabulary import IntentRecord
from tests.platforms.home import Home

from .recipes import Recipe

ZONE = "Europe/Berlin"

# Seconds by which time moves: fine enough for a cycle while the story tells minutes,
# coarse over a night
_FINE, _COARSE = 30.0, 600.0

_UNITS = {"s": 1.0, "min": 60.0, "h": 3600.0}
_SECTIONS = {
    "channels": "channel",
    "people": "recipient",
    "appliances": "appliance",
    "rules": "rule",
    "events": "binding",
}
_TITLES = json.loads(
    Path("custom_components/reliable_notifications/translations/en.json").read_text()
)["issues"]

# features of an assist satellite: it announces
_ANNOUNCES = 1


class Told(Home):
    """The home of a recipe, and what it has seen by the end."""

    def __init__(
        self, hass: HomeAssistant, clock: FrozenDateTimeFactory, recipe: Recipe
    ) -> None:
        super().__init__(hass, clock)
        self.recipe = recipe
        self.entry = MockConfigEntry(
            domain=DOMAIN,
            title="Home",
            data={},
            options=dict(recipe.home.get("options", {})),
        )
        self.told: list[dict[str, str]] = []
        self.answers: list[dict[str, Any]] = []
        self._channels: dict[str, str] = {}
        self._broken: set[str] = set()
        self._users: dict[str, str] = {}

    async def add(self) -> None:
        """Everything that the recipe says of the home."""
        home = self.recipe.home
        await self.hass.config.async_set_time_zone(ZONE)
        for name, entities in home.get("rooms", {}).items():
            self._furnish(name, entities)
        self._set(home.get("states", {}))
        self.entry.add_to_hass(self.hass)
        ids: dict[str, str] = {}
        for section, subentry_type in _SECTIONS.items():
            for name, data in home.get(section, {}).items():
                if section == "channels":
                    self._equip(name, data.get("target", ""))
                fresh = ConfigSubentry(
                    data=MappingProxyType(_with_ids(data, ids)),
                    subentry_type=subentry_type,
                    title=name,
                    unique_id=None,
                )
                self.hass.config_entries.async_add_subentry(self.entry, fresh)
                ids[name] = fresh.subentry_id
        await self.hass.async_block_till_done()

    def _furnish(self, room: str, entities: Iterable[str]) -> None:
        area = ar.async_get(self.hass).async_get_or_create(room)
        for entity_id in entities:
            domain, _, name = entity_id.partition(".")
            presence = {"original_device_class": "occupancy"}
            entry = er.async_get(self.hass).async_get_or_create(
                domain,
                "recipe",
                name,
                suggested_object_id=name,
                **(presence if domain == "binary_sensor" else {}),
            )
            er.async_get(self.hass).async_update_entity(
                entry.entity_id, area_id=area.id
            )

    def _equip(self, name: str, target: str) -> None:
        """What a channel leads to."""
        domain, _, action = target.partition(".")
        self._channels[target] = name
        if domain == "assist_satellite":
            self.hass.states.async_set(
                target, "idle", {"supported_features": _ANNOUNCES}
            )
            self.hass.services.async_register(domain, "announce", self._take)
        elif domain == "notify":
            self.hass.services.async_register(domain, action, self._take)

    async def _take(self, call: ServiceCall) -> None:
        target = call.data.get("entity_id", f"{call.domain}.{call.service}")
        target = target if isinstance(target, str) else target[0]
        channel = self._channels[target]
        if channel in self._broken:
            raise HomeAssistantError("cannot be reached")
        words = (call.data.get("title", ""), call.data["message"])
        self.told.append(
            {
                "at": f"{dt_util.now():%a %H:%M}",
                "through": channel,
                "says": ": ".join(each for each in words if each),
            }
        )

    def _set(self, states: Mapping[str, str | bool]) -> None:
        for entity_id, said in states.items():
            state, _, unit = _word(said).partition(" ")
            about: dict[str, str] = {}
            if unit:
                about = {"device_class": "power", "unit_of_measurement": unit}
            elif entity_id.startswith("person."):
                about = {"user_id": self._user(entity_id.partition(".")[2].title())}
            self.hass.states.async_set(entity_id, state, about)

    # --- steps ---

    async def replay(self) -> None:
        """Take all steps."""
        for step, about in self.recipe.steps:
            match step:
                case "pass":
                    amount, unit = about.split()
                    await self._pass(float(amount) * _UNITS[unit])
                case "until":
                    await self._pass(_seconds_until(about))
                case "set":
                    self._set(about)
                case "breaks":
                    self._broken.add(about)
                case "fire":
                    self.hass.bus.async_fire(about["event_type"], about["data"])
                case "turn":
                    await self._turn(about)
                case _:
                    await self._act(step, dict(about or {}))
            await self.settle()

    async def _pass(self, seconds: float) -> None:
        if seconds > 3600:
            # so that later steps fall on full minutes
            seconds -= (odd := seconds % _COARSE)
            await self.wait(odd, odd)
        await self.wait(seconds, _COARSE if seconds > 3600 else _FINE)

    async def _turn(self, switches: Mapping[str, str | bool]) -> None:
        for key, said in switches.items():
            await self.hass.services.async_call(
                "switch",
                f"turn_{_word(said)}",
                {"entity_id": self.entity("switch", key)},
                blocking=True,
            )

    async def _act(self, action: str, data: dict[str, Any]) -> None:
        """One of our actions; `of` names the message, `by` who does it."""
        if (wanted := data.pop("of", None)) is not None:
            data["intent_id"] = (await self.intent(wanted)).intent_id
        context = None
        if (name := data.pop("by", None)) is not None:
            context = Context(user_id=self._user(name))
        answer = await self.hass.services.async_call(
            DOMAIN,
            action,
            data,
            blocking=True,
            context=context,
            return_response=True,
        )
        self.answers.append({action: answer})

    def _user(self, name: str) -> str:
        if name not in self._users:
            self._users[name] = MockUser(name=name).add_to_hass(self.hass).id
        return self._users[name]

    # --- looking ---

    async def intent(self, wanted: Mapping[str, Any]) -> IntentRecord:
        """The one for somebody; by its title or event, and its number, of several."""
        records = await self.entry.runtime_data.outbox.records_since(0)
        found = [
            each
            for each in records
            if each.recipient_name == wanted["for"]
            and wanted.get("message", "") in (each.event, each.title, "")
        ]
        found.sort(key=lambda each: each.intent_id)
        number = wanted.get("number")
        assert (number or 1) <= len(found), (wanted, found)
        assert number or len(found) == 1, (wanted, found)
        return found[(number or 1) - 1]

    async def explanation(self, wanted: Mapping[str, Any]) -> dict[str, Any]:
        """What *explain* answers about it."""
        intent = await self.intent(wanted)
        answer: Any = await self.hass.services.async_call(
            DOMAIN,
            "explain",
            {"intent_id": intent.intent_id},
            blocking=True,
            return_response=True,
        )
        (explained,) = answer["intents"]
        return dict(explained)

    def hints(self) -> list[str]:
        """The titles of the repairs that are shown."""
        return sorted(
            _TITLES[issue.translation_key]["title"].format(
                **(issue.translation_placeholders or {})
            )
            for (domain, _), issue in ir.async_get(self.hass).issues.items()
            if domain == DOMAIN and issue.active and issue.translation_key
        )


def _with_ids(data: Any, ids: Mapping[str, str]) -> Any:
    """What is stored has the ids of what a recipe calls by its name."""
    if isinstance(data, dict):
        return {ids.get(key, key): _with_ids(each, ids) for key, each in data.items()}
    if isinstance(data, list):
        return [_with_ids(each, ids) for each in data]
    return ids.get(data, str(data)) if isinstance(data, str) else data


def _word(said: str | bool) -> str:
    """YAML takes on and off for yes and no."""
    return said if isinstance(said, str) else ("on" if said else "off")


def _seconds_until(said: str) -> float:
    """Until a time on the wall that is to come, as *Sun 07:00*."""
    day, clock = said.split()
    hour, minute = map(int, clock.split(":"))
    now: datetime = dt_util.now()
    at = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    while at <= now or f"{at:%a}" != day:
        at += timedelta(days=1)
    return (dt_util.as_utc(at) - dt_util.as_utc(now)).total_seconds()
