"""Sets the integration up as a person would: through its own forms, in the UI's order.

First the entry, then the channels (the phone, the inbox), a recipient with both of
them, and the appliances. What exists already, in a config folder from an earlier
time, stays as it is. It must not write into Home Assistant's storage itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .api import FormRefusedError, HomeAssistant, Json
from .phone import Phone
from .plug import Plug

DOMAIN = "reliable_notifications"
# the entities of a new subentry are there after a reload, well below a second
SETTLE_LIMIT = 30.0
# looks in a row, a tenth of a second apart, that find everything settled
QUIET_LOOKS = 10
# a tariff of the demo's configuration.yaml
PRICE = "sensor.electricity_price"


class SetUpError(Exception):
    """The forms took everything, but what follows from it did not come about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appliance:
    """An appliance of the demo's household."""

    plug: str
    name: str
    kind: str


APPLIANCES = (
    Appliance(plug="kettle", name="Kettle", kind="kettle"),
    Appliance(plug="washing_machine", name="Washing machine", kind="washing_machine"),
    Appliance(plug="coffee_machine", name="Coffee machine", kind="coffee_machine"),
)


@dataclass(slots=True, kw_only=True)
class Household:
    """The set-up as Home Assistant knows it: ids by name."""

    api: HomeAssistant
    entry_id: str = ""
    subentries: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def channels(self) -> dict[str, str]:
        """The names of the channels by id."""
        return {
            subentry_id: name
            for (kind, name), subentry_id in self.subentries.items()
            if kind == "channel"
        }

    async def set_up(self, phone: Phone, appliances: tuple[Appliance, ...]) -> None:
        """Do all of it, leaving out what exists."""
        await self._set_up_entry()
        await self._look()
        inbox = await self._add_channel("inbox", "Inbox", None)
        mobile = await self._add_channel("mobile_app", phone.name, phone.name)
        await self._add(
            "recipient",
            "Demo",
            {"name": "Demo", "person": "person.demo", "channels": [mobile, inbox]},
        )
        for appliance in appliances:
            plug = Plug(self.api, appliance.plug)
            await self._add(
                "appliance",
                appliance.name,
                {
                    "name": appliance.name,
                    "kind": appliance.kind,
                    "power_entity": plug.entity_id,
                    "more": {"price_entity": PRICE},
                },
            )
        await self._until_settled(appliances)

    async def _set_up_entry(self) -> None:
        if entries := await self._entries():
            self.entry_id = entries[0]["entry_id"]
            return
        try:
            created = await self.api.fill_in(DOMAIN)
        except FormRefusedError:  # it asks for a confirmation first
            created = await self.api.fill_in(DOMAIN, {})
        self.entry_id = created["result"]["entry_id"]

    async def _entries(self) -> list[Json]:
        entries: list[Json] = await self.api.command(
            "config_entries/get", domain=DOMAIN
        )
        return entries

    async def _look(self) -> None:
        known = await self.api.command(
            "config_entries/subentries/list", entry_id=self.entry_id
        )
        self.subentries = {
            (s["subentry_type"], s["title"]): s["subentry_id"] for s in known
        }

    async def _add_channel(self, kind: str, name: str, target: str | None) -> str:
        def choose(step: Json) -> Mapping[str, Any]:
            fields = {"name": name}
            if target is not None:
                fields["target"] = _option(step, "target", target)
            return fields

        return await self._add("channel", name, {"next_step_id": kind}, choose)

    async def _add(self, kind: str, name: str, *answers: Any) -> str:
        if (kind, name) not in self.subentries:
            await self.api.fill_in((self.entry_id, kind), *answers)
            await self._look()
        return self.subentries[kind, name]

    async def _until_settled(self, appliances: tuple[Appliance, ...]) -> None:
        """Wait until the last reload is through: with all appliances, and loaded."""
        missing = ["everything"]
        quiet = 0
        try:
            async with asyncio.timeout(SETTLE_LIMIT):
                # between two reloads, too, everything is there for a moment
                while quiet < QUIET_LOOKS:
                    missing = await self._missing(appliances)
                    quiet = 0 if missing else quiet + 1
                    await asyncio.sleep(0.1)
        except TimeoutError:
            raise SetUpError(f"still missing: {', '.join(missing)}") from None

    async def _missing(self, appliances: tuple[Appliance, ...]) -> list[str]:
        wanted = [f"sensor.{appliance.plug}_state" for appliance in appliances]
        states = {each: await self.api.state(each) for each in wanted}
        (entry,) = await self._entries()
        missing = [
            entity_id
            for entity_id, state in states.items()
            if state is None or state["state"] == "unavailable"
        ]
        if entry["state"] != "loaded":
            missing.append(f"an entry that is loaded (it is {entry['state']})")
        return missing


def _option(step: Json, key: str, label: str) -> str:
    """Return the value of the option of a form's field that people see as `label`."""
    (shown,) = (each for each in step["data_schema"] if each["name"] == key)
    options = shown["selector"]["select"]["options"]
    for option in options:
        if label in option["label"]:
            value: str = option["value"]
            return value
    raise FormRefusedError(
        str(step.get("step_id")), f"{label!r} is not among {options}"
    )
