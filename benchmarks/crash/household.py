"""A household that dies: lives of a process that delivers.

    python -m benchmarks.crash.household FOLDER    (one line `POINT NTH` per life)

A life opens the database in FOLDER, carries on what is open, accepts a few new
messages, and kills itself with SIGKILL when it passes POINT for the NTH time, or with
`after:SECONDS` whatever it is doing then; with the point `never` it accepts nothing and
lives until all is over. What it promised, sent and ended is noted, each line synced:
what the world knows, whatever the database says. Each life is a process of its own,
forked off from one that has imported everything and does nothing else; how it ended is
printed. Must not judge: that is `judge.py`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC
import os
from pathlib import Path
import signal
import sqlite3
import sys
import threading
import time
import traceback

from homeassistant.core import CoreState, HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util.ulid import ulid_now

from custom_components.reliable_notifications.adapters.courier import Courier
from custom_components.reliable_notifications.adapters.database import Database
from custom_components.reliable_notifications.adapters.outbox import Outbox
from custom_components.reliable_notifications.adapters.parcel import ReceiptEntry
from custom_components.reliable_notifications.channels.interface import (
    Channel,
    Envelope,
)
from custom_components.reliable_notifications.channels.notify_action import NotifyAction
from custom_components.reliable_notifications.channels.persistent import Persistent
from custom_components.reliable_notifications.engine.routing.policy import (
    HOUSEHOLD,
    deadline,
)
from custom_components.reliable_notifications.engine.routing.router import decide
from custom_components.reliable_notifications.engine.vocabulary import (
    LAST_RESORT,
    AttemptResult,
    Event,
    Evidence,
    HouseholdFacts,
    IntentRecord,
    IntentState,
    Notification,
    Plan,
    Priority,
    Recipient,
)

DATABASE = "delivery.db"

# In the order of a message's life: inside the transaction that stores it; stored and
# promised; the beginning of a call stored; in the call, before and after the message
# has gone; the call has answered and nobody has stored that; waiting to be tried again;
# over
POINTS = (
    *("writing", "promised", "started", "sending", "sent", "answered"),
    *("waiting", "over"),
)
NEVER = "never"
AFTER = "after:"

# the channels that each life's messages are to go by
WAYS: tuple[tuple[Priority, tuple[str, ...]], ...] = (
    (Priority.MEDIUM, ("phone",)),
    (Priority.MEDIUM, ("mail",)),
    (Priority.MEDIUM, ("missing", "phone")),
    (Priority.MEDIUM, ("missing", "mail")),
    (Priority.MEDIUM, ("flaky",)),
    (Priority.URGENT, ("phone", "mail")),
)

# channels on which a repeated message takes the place of the first; a repeated mail
# would be a second mail
REPLACING = ("phone", "flaky")
CHANNELS = (*REPLACING, "mail", "missing")

# A call never takes this long, however busy the machine is: a time limit that strikes
# would make another outcome unknown than the one that is looked for
_PATIENCE_S = 30.0

# Between two rounds of messages, and between two looks whether all is over
_PAUSE_S = 0.02

_PASSED: Mapping[IntentState, str] = {
    IntentState.SENDING: "started",
    IntentState.WAITING: "waiting",
    IntentState.DONE: "over",
}


class Fate:
    """Knows when this life ends."""

    def __init__(self, point: str, nth: int) -> None:
        """To die at this point, or at none."""
        self._point = point
        self._left = nth
        if point.startswith(AFTER):
            seconds = float(point.removeprefix(AFTER))
            threading.Thread(target=self._strike, args=(seconds,), daemon=True).start()

    def passes(self, point: str) -> None:
        """Die here, if it is the time and the place."""
        if point == self._point:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    @staticmethod
    def _strike(seconds: float) -> None:
        time.sleep(seconds)
        os.kill(os.getpid(), signal.SIGKILL)


class Ledger:
    """Lines that outlive us; books: promised, sent, stumbled, ended."""

    def __init__(self, folder: Path) -> None:
        """In this folder, one file per book."""
        self._folder = folder

    def read(self, book: str) -> list[str]:
        """All whole lines."""
        path = self._folder / book
        return path.read_text().split("\n")[:-1] if path.exists() else []

    def note(self, book: str, line: str) -> None:
        """On the disk when this returns."""
        with (self._folder / book).open("a") as file:
            file.write(f"{line}\n")
            file.flush()
            os.fsync(file.fileno())


class MortalAction(NotifyAction):
    """An action that can tell that the message has gone, and where we may die."""

    best_evidence = Evidence.ACCEPTED
    patience = _PATIENCE_S
    replaces = True
    fate: Fate

    async def async_send(self, envelope: Envelope) -> AttemptResult:
        """Send it; the courier hears of it unless we die first."""
        await super().async_send(envelope)
        self.fate.passes("answered")
        return AttemptResult(evidence=Evidence.ACCEPTED)


class UnreplacingAction(MortalAction):
    """The same, where a repeated message would be a second one."""

    replaces = False


def channels(hass: HomeAssistant, fate: Fate, ledger: Ledger) -> dict[str, Channel]:
    """Real actions: a phone, mail, one that is missing, one that fails at first."""
    # each message stumbles once, or the pauses would grow from life to life
    stumbled = set(ledger.read("stumbled"))

    async def deliver(call: ServiceCall) -> None:
        fate.passes("sending")
        ledger.note("sent", f"{call.service} {call.data['message']}")
        fate.passes("sent")

    async def stumble(call: ServiceCall) -> None:
        if call.data["message"] not in stumbled:
            stumbled.add(call.data["message"])
            ledger.note("stumbled", call.data["message"])
            raise HomeAssistantError("no network")
        await deliver(call)

    hass.services.async_register("notify", "phone", deliver)
    hass.services.async_register("notify", "mail", deliver)
    hass.services.async_register("notify", "flaky", stumble)
    built: dict[str, Channel] = {}
    for name in CHANNELS:
        kind = MortalAction if name in REPLACING else UnreplacingAction
        action = kind(hass, name, name, f"notify.{name}")
        action.fate = fate
        built[name] = action
    return built | {LAST_RESORT: Persistent(hass, LAST_RESORT, "Home Assistant", "")}


class Household:
    """The parts that deliver, in one life."""

    def __init__(
        self, hass: HomeAssistant, database: Database, fate: Fate, ledger: Ledger
    ) -> None:
        """Put them together; nothing runs yet."""
        self._fate = fate
        self._ledger = ledger
        self._outbox = Outbox(database)
        self._channels = channels(hass, fate, ledger)
        self._hass = hass
        self.courier = Courier(hass, self._outbox, self._channels, self._changed)

    def _changed(self, record: IntentRecord) -> None:
        """Tell fate, and the world, what has just been stored."""
        if record.state.is_terminal:
            self._ledger.note("ended", f"{record.intent_id} {record.state.value}")
        elif record.proven_at is not None:
            # what waits for somebody would come up again for an hour
            self._hass.async_create_task(self._acknowledge(record.intent_id))
        self._fate.passes(_PASSED.get(record.state, ""))

    async def _acknowledge(self, intent_id: str) -> None:
        news = ReceiptEntry(
            evidence=Evidence.ACKNOWLEDGED, at=time.time(), source="crash", who="anna"
        )
        await self.courier.book(intent_id, news)

    def _plans(self, priority: Priority, way: tuple[str, ...]) -> tuple[Plan, ...]:
        event = Event(
            key="test", at=time.time(), title="", message="", priority=priority
        )
        # each for somebody who gets nothing else, or they would be told in one message
        anna = Recipient(id=ulid_now(), name="Anna", channels=way)
        traits = {key: channel.traits for key, channel in self._channels.items()}
        facts = HouseholdFacts(at=event.at, zone=UTC)
        decisions = decide(event, [anna], traits, facts)
        return tuple(each.plan for each in decisions if each.plan is not None)

    async def promise(self, name: str) -> None:
        """Accept one message for each way."""

        def also(_: sqlite3.Connection) -> None:
            self._fate.passes("writing")

        for number, (priority, way) in enumerate(WAYS):
            note = _notification(f"{name}-{number}", priority)
            ids = await self._outbox.accept(note, self._plans(priority, way), also=also)
            self._ledger.note("promised", note.message)
            self._fate.passes("promised")
            self.courier.submit(ids)


def _notification(message: str, priority: Priority) -> Notification:
    now = time.time()
    notification_id = ulid_now()
    return Notification(
        id=notification_id,
        event="test",
        category="test",
        priority=priority,
        title="",
        message=message,
        tag=f"rn-{notification_id}",
        created_at=now,
        deadline=deadline(priority, now, HOUSEHOLD),
    )


async def live(folder: Path, point: str, nth: int) -> None:
    """One life; ends by itself only with the point `never`."""
    hass = HomeAssistant(str(folder))
    hass.set_state(CoreState.running)
    database = Database(folder / DATABASE)
    household = Household(hass, database, Fate(point, nth), Ledger(folder))
    await database.open()
    await household.courier.start()
    while point != NEVER:
        await household.promise(f"{time.time_ns()}")
        await asyncio.sleep(_PAUSE_S)
    while household.courier.open_count:  # noqa: ASYNC110 - nobody would set an event
        await asyncio.sleep(_PAUSE_S)
    await household.courier.stop()
    await database.close()
    await hass.async_stop(force=True)


def fork_off(life: Callable[[], None]) -> int:
    """Run one life in a process of its own; returns how it ended."""
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        return os.waitstatus_to_exitcode(status)
    code = 1
    try:
        life()
        code = 0
    finally:  # whatever happened: a child must not go on as its parent
        if code:
            traceback.print_exc()
        os._exit(code)


def main(folder: Path) -> None:
    """Live as often as a line says so."""
    for line in sys.stdin:
        when, times = line.split()
        print(
            fork_off(lambda: asyncio.run(live(folder, when, int(times)))),  # noqa: B023 - called at once
            flush=True,
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
