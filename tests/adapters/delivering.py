"""A whole delivery to test with: real file, real outbox, real courier, real actions."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC
from pathlib import Path
import sqlite3
import time
from typing import Any

from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.util import dt as dt_util
from homeassistant.util.ulid import ulid_now

from custom_components.reliable_notifications.adapters.courier import Courier
from custom_components.reliable_notifications.adapters.database import Database
from custom_components.reliable_notifications.adapters.gate import Gate
from custom_components.reliable_notifications.adapters.outbox import Outbox
from custom_components.reliable_notifications.adapters.parcel import WORDLESS
from custom_components.reliable_notifications.channels.interface import Channel, Limits
from custom_components.reliable_notifications.channels.notify_action import (
    NotifyAction,
)
from custom_components.reliable_notifications.channels.persistent import Persistent
from custom_components.reliable_notifications.engine.routing.policy import (
    HOUSEHOLD,
    deadline,
)
from custom_components.reliable_notifications.engine.routing.router import decide
from custom_components.reliable_notifications.engine.vocabulary import (
    LAST_RESORT,
    AttemptResult,
    Contact,
    ContactKind,
    Event,
    Evidence,
    HouseholdFacts,
    IntentRecord,
    Notification,
    Plan,
    Priority,
    Recipient,
)

# where Anna is reached over channels that are accounts
ADDRESSES = {ContactKind.EMAIL: "anna@example.com", ContactKind.PHONE: "+4915123456789"}

type Handler = Callable[[ServiceCall], Awaitable[None]]


class TruthfulAction(NotifyAction):
    """A notify action whose platform raises when it fails, as some do."""

    best_evidence = Evidence.ACCEPTED
    replaces = True
    patience = 0.2
    # what a person may be sent in a minute is the business of other tests
    limits = Limits(per_minute=10_000, per_hour=10_000)

    async def async_send(self, envelope: Any) -> AttemptResult:
        await super().async_send(envelope)
        return AttemptResult(evidence=Evidence.ACCEPTED, reference=envelope.attempt_id)


class ForgetfulAction(TruthfulAction):
    """The same, but a repeated message would be a second message."""

    replaces = False


class Door:
    """A notify action that waits at a door until it is opened, or slammed."""

    def __init__(self) -> None:
        self.opened = asyncio.Event()
        self.error: Exception | None = None
        self.called = 0
        self.got: list[str] = []

    async def take(self, call: ServiceCall) -> None:
        self.called += 1
        await self.opened.wait()
        if self.error is not None:
            raise self.error
        self.got.append(call.data["message"])


class Desk:
    """The parts, and what they have reported."""

    def __init__(
        self, hass: HomeAssistant, database: Database, channels: Mapping[str, Channel]
    ) -> None:
        self.hass = hass
        self.database = database
        self.outbox = Outbox(database)
        self.channels = channels
        self.records: list[IntentRecord] = []
        self.gate = Gate(database)
        self.courier = self.new_courier()

    def new_courier(self) -> Courier:
        return Courier(
            self.hass,
            self.outbox,
            self.channels,
            self.records.append,
            gate=self.gate,
        )

    def plans(
        self, *channel_ids: str, priority: Priority, to: str | None = None
    ) -> tuple[Plan, ...]:
        """For somebody who gets nothing else, unless it is said for whom."""
        now = dt_util.utcnow().timestamp()
        event = Event(key="test", at=now, title="", message="", priority=priority)
        anna = Recipient(
            id=to or ulid_now(),
            name="Anna",
            channels=channel_ids,
            contacts=tuple(
                Contact(kind=kind, value=value, verified=True)
                for kind, value in ADDRESSES.items()
            ),
        )
        traits = {key: channel.traits for key, channel in self.channels.items()}
        facts = HouseholdFacts(at=now, zone=UTC)
        decisions = decide(event, [anna], traits, facts)
        return tuple(each.plan for each in decisions if each.plan is not None)

    async def store(
        self,
        *channel_ids: str,
        priority: Priority = Priority.MEDIUM,
        message: str = "Washing machine finished",
        tag: str | None = None,
        to: str | None = None,
    ) -> str:
        """Accept one intent without giving it to the courier."""
        plans = self.plans(*channel_ids, priority=priority, to=to)
        note = notification(priority=priority, message=message, tag=tag)
        words = replace(WORDLESS, addresses=ADDRESSES)
        (intent_id,) = await self.outbox.accept(note, plans, [words] * len(plans))
        return intent_id

    async def send(self, *channel_ids: str, **kwargs: Any) -> str:
        """Accept one intent and have it delivered."""
        intent_id = await self.store(*channel_ids, **kwargs)
        self.courier.submit([intent_id])
        return intent_id

    async def record(self, intent_id: str) -> IntentRecord:
        """What the store says of it."""
        (parcel,) = await self.outbox.load([intent_id])
        return parcel.record()

    async def until(
        self, intent_id: str, check: Callable[[IntentRecord], bool]
    ) -> IntentRecord:
        """Wait until the courier reports what is looked for."""
        found: list[IntentRecord] = []

        def look() -> bool:
            latest = [each for each in self.records if each.intent_id == intent_id][-1:]
            found[:] = [each for each in latest if check(each)]
            return bool(found)

        await wait_for(look)
        return found[0]

    async def over(self, intent_id: str) -> IntentRecord:
        """Wait for the end, as reported, and see that it is stored."""
        record = await self.until(intent_id, lambda each: each.state.is_terminal)
        assert await self.record(intent_id) == record
        return record

    async def proven(self, intent_id: str) -> IntentRecord:
        """Wait for the first proof, whether or not it is over with that."""
        return await self.until(intent_id, lambda each: each.proven_at is not None)

    async def attempts(self, intent_id: str) -> list[tuple[str, str | None, str]]:
        """Channel, evidence and detail of each call, in order."""
        rows = await self.database.read(
            lambda connection: connection.execute(
                "SELECT channel_id, evidence, detail FROM attempt"
                " WHERE intent_id = ? ORDER BY rowid",
                (intent_id,),
            ).fetchall()
        )
        return [tuple(row) for row in rows]


@asynccontextmanager
async def open_desk(
    hass: HomeAssistant, path: Path, *, start: bool = True, **channels: Channel
) -> AsyncIterator[Desk]:
    """A desk on a real file; always with the last resort."""
    database = Database(path / "delivery.db")
    await database.open()
    last = Persistent(hass, LAST_RESORT, "Home Assistant", "")
    desk = Desk(hass, database, {**channels, LAST_RESORT: last})
    try:
        await desk.gate.async_start()
        if start:
            await desk.courier.start()
        yield desk
    finally:
        await desk.courier.stop()
        await database.close()


async def wait_for(check: Callable[[], bool]) -> None:
    """Wait up to five real seconds, also where the test has frozen the clock."""
    loop = asyncio.get_running_loop()
    for _ in range(2500):
        if check():
            return
        await loop.run_in_executor(None, time.sleep, 0.002)
    raise AssertionError("it did not happen")


def action(hass: HomeAssistant, name: str, handler: Handler) -> TruthfulAction:
    """A real notify action in Home Assistant's core, and the channel for it."""
    hass.services.async_register("notify", name, handler)
    return TruthfulAction(hass, name, name.title(), f"notify.{name}")


def notification(
    *,
    priority: Priority = Priority.MEDIUM,
    message: str = "Washing machine finished",
    tag: str | None = None,
) -> Notification:
    now = dt_util.utcnow().timestamp()
    notification_id = ulid_now()
    return Notification(
        id=notification_id,
        event="cycle_finished",
        category="appliance",
        priority=priority,
        title="Washing machine",
        message=message,
        tag=tag or f"rn-{notification_id}",
        created_at=now,
        deadline=deadline(priority, now, HOUSEHOLD),
        data={"appliance": "Washing machine"},
    )


def on_disk(database: Database, query: str) -> list[tuple[Any, ...]]:
    """What another process would read from the file."""
    connection = sqlite3.connect(database.path)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()
