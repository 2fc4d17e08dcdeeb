"""Turns what Home Assistant, the phone and the record say into lines of the story.

Every line comes from one of three witnesses: Home Assistant's websocket, the phone
itself, the integration's database. Nothing may be told because it was planned here.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .api import HomeAssistant, Json, Websocket
from .household import DOMAIN, Appliance
from .ledger import Attempt, Intent, Ledger
from .phone import Push
from .screen import Mark, Screen

LOOK_EVERY = 0.25
# readings are told when they change by half, three in a minute at most: a washing
# machine tumbles every few seconds and would bury the rest
NEWS_SHARE = 0.5
NEWS_WATTS = 20.0
READINGS_PER_MINUTE = 3
# the router's last step is no channel that somebody set up
LAST_RESORT = "Home Assistant's own list"


@dataclass(slots=True)
class _Meter:
    """What was last told of a plug."""

    said: float | None = None
    times: deque[float] = field(
        default_factory=lambda: deque([0.0] * READINGS_PER_MINUTE, READINGS_PER_MINUTE)
    )

    def is_news(self, watts: float, at: float) -> bool:
        if self.said is not None:
            change = abs(watts - self.said)
            if change < max(NEWS_WATTS, NEWS_SHARE * max(watts, self.said)):
                return False
            if at - self.times[0] < 60:
                return False
        self.said = watts
        self.times.append(at)
        return True


class Story:
    """The witnesses, and what they said already."""

    def __init__(
        self,
        screen: Screen,
        ledger: Ledger,
        appliances: tuple[Appliance, ...],
        channels: Mapping[str, str],
    ) -> None:
        """Know the names; `channels` are names by id."""
        self._screen = screen
        self._ledger = ledger
        self._channels = channels
        self._plugs = {f"sensor.{a.plug}_plug_power": a.name for a in appliances}
        self._states = {f"sensor.{a.plug}_state": a.name for a in appliances}
        self._meters = {entity_id: _Meter() for entity_id in self._plugs}
        self._known: dict[str, Intent] = {}
        self._told: set[tuple[str, str]] = set()
        self.watts: dict[str, float] = {}
        self.on_arrival: Callable[[Intent], None] | None = None

    async def listen(self, api: HomeAssistant, ready: asyncio.Event) -> None:
        """Follow Home Assistant's bus until it hangs up."""
        async with api.websocket() as socket:
            await self._subscribe(socket)
            ready.set()
            async for event in socket.events():
                self._hear(event)

    async def _subscribe(self, socket: Websocket) -> None:
        await socket.subscribe("state_changed")
        for what in (
            "cycle_started",
            "cycle_finished",
            "cycle_reopened",
            "cycle_interrupted",
            "delivered",
            "failed",
            "acknowledged",
        ):
            await socket.subscribe(f"{DOMAIN}_{what}")

    async def look(self) -> None:
        """Read the integration's record again and again, until cancelled."""
        while True:
            for intent in await asyncio.to_thread(self._ledger.intents):
                self._compare(intent)
            await asyncio.sleep(LOOK_EVERY)

    # ------------------------------------------------------- Home Assistant
    def _hear(self, event: Json) -> None:
        at = datetime.fromisoformat(event["time_fired"]).timestamp()
        kind, data = event["event_type"], event["data"]
        if kind == "state_changed":
            self._hear_state(at, data)
        elif kind.removeprefix(f"{DOMAIN}_").startswith("cycle_"):
            self._hear_cycle(at, kind.removeprefix(f"{DOMAIN}_cycle_"), data)
        else:
            text = f"{kind.removeprefix(f'{DOMAIN}_')}: “{data['title']}” to "
            text += f"{data['recipient']} by {data['channel']}"
            self._screen.tell(at, Mark.EVENT, text)

    def _hear_state(self, at: float, data: Json) -> None:
        entity_id, new, old = data["entity_id"], data["new_state"], data["old_state"]
        if new is None:
            return
        if entity_id in self._plugs:
            self._hear_reading(at, entity_id, new["state"])
        elif entity_id in self._states and old and old["state"] != new["state"]:
            reason = new["attributes"].get("reason")
            text = f"{self._states[entity_id]}: {old['state']} → {new['state']}"
            self._screen.tell(at, Mark.STATE, f"{text}  ({reason})" if reason else text)

    def _hear_reading(self, at: float, entity_id: str, state: str) -> None:
        name = self._plugs[entity_id]
        try:
            watts = float(state)
        except ValueError:
            self._screen.tell(at, Mark.READING, f"{name}: {state}")
            return
        self.watts[name] = watts
        if self._meters[entity_id].is_news(watts, at):
            self._screen.tell(at, Mark.READING, f"{name}: {watts:.0f} W")

    def _hear_cycle(self, at: float, what: str, data: Json) -> None:
        text = f"{data['appliance']}: cycle {what}"
        if data["ended_at"] is not None:
            ended = datetime.fromisoformat(data["ended_at"]).timestamp()
            text += f", {duration(data['duration'])}, {data['energy']:.3f} kWh"
            text += f", told {at - ended:.0f} s after its end"
        self._screen.tell(at, Mark.EVENT, f"{text}  [{data['cycle_id'][-6:]}]")

    # -------------------------------------------------------------- phone
    def push_arrived(self, push: Push) -> None:
        """Tell what the phone shows."""
        if push.is_command:
            text = f"told to {push.message} {push.tag}"
        else:
            text = f"shows “{push.title}”: {push.message}"
        self._screen.tell(push.at, Mark.PHONE, text)

    # ------------------------------------------------------------- record
    def _compare(self, intent: Intent) -> None:
        """Tell what is new in the record of one intent."""
        before = self._known.get(intent.id)
        if intent == before:
            return
        self._known[intent.id] = intent
        if before is None:
            self._tell_plan(intent)
        for attempt in intent.attempts:
            self._tell_attempt(intent, attempt)
        for receipt in intent.receipts:
            if self._is_new(intent.id, f"receipt {receipt.evidence}"):
                after = receipt.at - intent.created_at
                text = f"{receipt.evidence}, {after:.3f} s after it was stored"
                self._screen.tell(receipt.at, Mark.RECEIPT, text)
        if intent.finished_at and self._is_new(intent.id, "end"):
            self._tell_end(intent, intent.finished_at)
        arrived = intent.has_arrived and self._is_new(intent.id, "arrival")
        if arrived and self.on_arrival is not None:
            self.on_arrival(intent)

    def _is_new(self, intent_id: str, what: str) -> bool:
        if (intent_id, what) in self._told:
            return False
        self._told.add((intent_id, what))
        return True

    def _tell_plan(self, intent: Intent) -> None:
        names = [
            self._channels.get(channel, LAST_RESORT) for channel, _ in intent.steps
        ]
        text = f"stored “{intent.title}” ({intent.priority}) for {intent.recipient}: "
        self._screen.tell(intent.created_at, Mark.PLAN, text + ", else ".join(names))
        for _, reason in intent.steps[:1]:
            self._screen.tell(intent.created_at, Mark.PLAN, f"  because {reason}")
        for reason in intent.reasons:
            self._screen.tell(intent.created_at, Mark.PLAN, f"  {reason}")

    def _tell_attempt(self, intent: Intent, attempt: Attempt) -> None:
        name = self._channels.get(attempt.channel_id, LAST_RESORT)
        if self._is_new(intent.id, f"start {attempt.id}"):
            waited = (attempt.started_at - intent.created_at) * 1000
            text = f"{name} is called, {waited:.0f} ms after the message was stored"
            self._screen.tell(attempt.started_at, Mark.ATTEMPT, text)
        if attempt.ended_at and self._is_new(intent.id, f"end {attempt.id}"):
            took = (attempt.ended_at - attempt.started_at) * 1000
            text = f"{name}: {attempt.evidence} in {took:.0f} ms"
            text += f"  ({attempt.detail})" if attempt.detail else ""
            self._screen.tell(attempt.ended_at, Mark.ATTEMPT, text)

    def _tell_end(self, intent: Intent, at: float) -> None:
        text = f"delivery {intent.state}"
        if intent.latency is not None:
            text += f", latency {intent.latency:.3f} s"
        if intent.reason:
            reason = intent.reason
            for channel_id, name in self._channels.items():
                reason = reason.replace(channel_id, name)
            text += f"  ({reason})"
        self._screen.tell(at, Mark.RECEIPT, text)


def duration(seconds: float | None) -> str:
    """Say a length of time as people do."""
    if seconds is None:
        return "?"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def summary(data: Mapping[str, Any]) -> str:
    """Join names and values for the moving last line."""
    return " · ".join(f"{name} {value}" for name, value in data.items())
