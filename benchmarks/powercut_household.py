"""A household that writes until it is told to stop, to be watched by `powercut`.

    python -m benchmarks.powercut_household FOLDER MESSAGES

Accepts messages, carries each a step further, and after each says what the database
has promised, by a line in `promised`. Must not sync that file: its lines stand in the
list of system calls, which is what counts.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
import sys

from custom_components.reliable_notifications.adapters.database import Database
from custom_components.reliable_notifications.adapters.outbox import Outbox
from custom_components.reliable_notifications.engine.delivery.lifecycle import close
from custom_components.reliable_notifications.engine.delivery.moves import Over
from custom_components.reliable_notifications.engine.vocabulary import (
    IntentState,
    Notification,
    Plan,
    PlannedStep,
    Priority,
)

PLAN = Plan(
    recipient_id="anna",
    recipient_name="Anna",
    steps=(PlannedStep(channel_id="phone", reason="first"),),
)


def _notification(number: int) -> Notification:
    return Notification(
        id=f"n-{number:05}",
        event="cycle_finished",
        category="appliance",
        priority=Priority.MEDIUM,
        title="Washing machine",
        message="Finished. " + "x" * (number % 7 * 300),
        tag=f"rn-{number}",
        created_at=float(number),
        deadline=float(number + 3600),
    )


async def _live(folder: Path, messages: int) -> None:
    ledger = os.open(folder / "promised", os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    database = Database(folder / "own.db")
    await database.open()
    outbox = Outbox(database)

    async def one(number: int) -> None:
        (intent_id,) = await outbox.accept(_notification(number), [PLAN])
        os.write(ledger, f"accepted n-{number:05}\n".encode())
        (parcel,) = await outbox.load([intent_id])
        over = Over(state=IntentState.DONE, reason="done")
        await outbox.save(close(parcel.delivery, over, float(number + 1)))
        os.write(ledger, f"done n-{number:05}\n".encode())

    for first in range(0, messages, 5):  # a few at once share a transaction
        await asyncio.gather(*(one(first + n) for n in range(min(5, messages - first))))
        if first == messages // 2:
            await database.renew()  # as after a backup
    await database.close()
    os.close(ledger)


if __name__ == "__main__":
    asyncio.run(_live(Path(sys.argv[1]), int(sys.argv[2])))
