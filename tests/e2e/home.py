"""A household in a real Home Assistant: everything of the demo but the show."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
import contextlib
from dataclasses import dataclass
import json
from pathlib import Path
import sqlite3
import time
from typing import Any

from demo.api import HomeAssistant, Json
from demo.household import APPLIANCES, DOMAIN, Household
from demo.ledger import Intent, Ledger
from demo.phone import Phone, Push
from demo.plug import Plug
from demo.process import HomeAssistantProcess

from .shipped import add_shipped_files


@dataclass(slots=True, kw_only=True)
class Home:
    """A running Home Assistant with phone, channels, recipient and appliances."""

    process: HomeAssistantProcess
    api: HomeAssistant
    phone: Phone
    household: Household
    ledger: Ledger
    set_up_at: float

    @classmethod
    async def move_in(cls, folder: Path, *, shipped_files: bool = False) -> Home:
        """Start it from nothing and set everything up through the forms."""
        process = HomeAssistantProcess(folder)
        phone = Phone(identity=folder / "phone.json")
        await process.prepare()
        if shipped_files:
            add_shipped_files(folder)
        await process.start()
        api = process.client()
        try:
            await phone.start()
            for appliance in APPLIANCES:
                await Plug(api, appliance.plug).report(0.0)
            await phone.register(api)
            household = Household(api=api)
            await household.set_up(phone, APPLIANCES)
        except BaseException:
            await phone.stop()
            await api.close()
            await process.kill()
            raise
        return cls(
            process=process,
            api=api,
            phone=phone,
            household=household,
            ledger=Ledger(folder),
            set_up_at=time.monotonic(),
        )

    async def move_out(self) -> int:
        """Stop everything; returns Home Assistant's exit code."""
        await self.phone.stop()
        await self.api.close()
        return await self.process.stop()

    def plug(self, name: str) -> Plug:
        return Plug(self.api, name)

    async def send(self, **fields: Any) -> Json:
        """Perform `reliable_notifications.send` and return what it answers."""
        return await self.api.ask(DOMAIN, "send", fields)

    async def until_state(
        self, entity_id: str, wanted: Callable[[Json], bool], limit: float = 30
    ) -> Json:
        """Return the state as soon as it is as wanted."""
        state: Json | None = None
        try:
            async with asyncio.timeout(limit):
                while True:
                    state = await self.api.state(entity_id)
                    if state is not None and wanted(state):
                        return state
                    await asyncio.sleep(0.1)
        except TimeoutError:
            raise AssertionError(f"{entity_id} stayed {state}") from None

    async def until_intent(
        self, intent_id: str, wanted: Callable[[Intent], bool], limit: float = 30
    ) -> Intent:
        """Return the record of an intent as soon as it is as wanted."""
        intent: Intent | None = None
        try:
            async with asyncio.timeout(limit):
                while True:
                    intent = await asyncio.to_thread(self.ledger.intent, intent_id)
                    if wanted(intent):
                        return intent
                    await asyncio.sleep(0.05)
        except TimeoutError:
            raise AssertionError(f"the intent stayed {intent}") from None

    def pushes(self, title: str) -> list[Push]:
        """All messages of a title that the phone got, commands left out."""
        return [p for p in self.phone.received if p.title == title and not p.is_command]

    def bus_history(self, what: str) -> list[Json]:
        """All events `reliable_notifications_<what>` that Home Assistant has recorded.

        The recorder writes once a second and outlives a kill, so this counts across
        restarts, where a listener has a gap.
        """
        path = self.process.folder / "home-assistant_v2.db"
        query = (
            "SELECT shared_data FROM events"
            " JOIN event_types ON events.event_type_id = event_types.event_type_id"
            " JOIN event_data ON events.data_id = event_data.data_id"
            " WHERE event_types.event_type = ? ORDER BY time_fired_ts"
        )
        uri = f"{path.as_uri()}?mode=ro"
        with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=10)) as database:
            rows = database.execute(query, (f"{DOMAIN}_{what}",)).fetchall()
        return [json.loads(row[0]) for row in rows]
