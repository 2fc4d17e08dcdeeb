"""The delivery log: notifications, intents, attempts and receipts, as rows.

What `accept` has returned will be brought to an end, whatever happens to the process.
Must not send anything, and must not decide what an answer means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
import json
import sqlite3

from ..engine.delivery.record import Delivery, to_row
from ..engine.vocabulary import (
    Evidence,
    Instant,
    IntentRecord,
    Notification,
    Plan,
    Words,
)
from .attempt_rows import sent_since, store_attempt, store_receipt
from .bundle_rows import follow_rows, store_bundle
from .database import Database
from .fresh_parcel import new_parcel
from .parcel import (
    WORDLESS,
    AttemptEntry,
    Bundle,
    Parcel,
    ReceiptEntry,
    Settled,
    as_settled,
)
from .parcel_rows import (
    SELECT_PARCEL,
    UPDATE_INTENT,
    parcel_of,
    store_decided,
    store_intent,
    store_notification,
)

# Parcels that were accepted and not yet submitted; normally there are none, and those
# that are left behind are read from the database when their time comes
_MOST_FRESH = 1000


class Outbox:
    """The delivery log in the database."""

    def __init__(self, database: Database) -> None:
        """Remember where the rows are; reads nothing yet."""
        self._database = database
        # what was just accepted, so that the courier need not read it back
        self._fresh: dict[str, Parcel] = {}

    async def accept(
        self,
        notification: Notification,
        plans: Sequence[Plan | Settled],
        words: Sequence[Words] = (),
        *,
        also: Callable[[sqlite3.Connection], None] | None = None,
    ) -> list[str]:
        """Store a notification and one intent per plan, all or nothing.

        `words` are what is said to the recipient of each plan, in their order. Of what
        was decided the decision is stored too, also of those who are not told.
        `also` is stored in the same transaction: what must not be told twice and
        must not go untold belongs there. Returns the ids of the intents, in order.
        """
        said = words or [WORDLESS] * len(plans)
        settled = [as_settled(*each) for each in zip(plans, said, strict=True)]
        parcels = [new_parcel(notification, each) for each in settled]

        def work(connection: sqlite3.Connection) -> None:
            store_notification(connection, notification)
            for parcel, each in zip(parcels, settled, strict=True):
                store_intent(connection, parcel, each)
            if also is not None:
                also(connection)

        await self._database.write(work)
        for parcel in parcels:
            self._fresh[parcel.delivery.intent_id] = parcel
        while len(self._fresh) > _MOST_FRESH:
            del self._fresh[next(iter(self._fresh))]
        return [parcel.delivery.intent_id for parcel in parcels]

    def take_fresh(self, intent_id: str) -> Parcel | None:
        """The parcel as it was accepted, once; None means that it has to be read."""
        return self._fresh.pop(intent_id, None)

    async def load(self, intent_ids: Iterable[str]) -> list[Parcel]:
        """The parcels with these ids that exist, in the order of their ids."""
        wanted = json.dumps(list(intent_ids))
        return await self._parcels(
            "WHERE intent.id IN (SELECT value FROM json_each(?)) ORDER BY intent.id",
            wanted,
        )

    async def open_intents(self) -> list[Parcel]:
        """Everything that has no end yet, the oldest first.

        What is told with another is left out: it ends with that one.
        """
        return await self._parcels(
            "WHERE intent.finished_at IS NULL AND NOT EXISTS (SELECT 1 FROM intent"
            " AS leader WHERE leader.id = intent.led_by AND leader.finished_at IS NULL)"
            " ORDER BY intent.id"
        )

    async def lead(
        self, leader_id: str, bundle: Bundle, led: Sequence[str], at: Instant
    ) -> None:
        """Tell these intents with that one, in the words of the bundle."""
        await self._database.write(
            lambda connection: store_bundle(connection, leader_id, bundle, led, at)
        )

    async def led_by(self, leader_id: str) -> list[Parcel]:
        """What is, or was, told with this intent."""
        return await self._parcels(
            "WHERE intent.led_by = ? ORDER BY intent.id", leader_id
        )

    async def save(
        self,
        delivery: Delivery,
        *,
        attempt: AttemptEntry | None = None,
        news: ReceiptEntry | None = None,
    ) -> list[str]:
        """Store how far a delivery has come, with the call or the news behind it.

        Returns the ids of those that are not told with it after all.
        """

        def work(connection: sqlite3.Connection) -> list[str]:
            connection.execute(UPDATE_INTENT, to_row(delivery))
            if attempt is not None:
                store_attempt(connection, delivery.intent_id, attempt)
            if news is not None:
                store_receipt(connection, delivery.intent_id, news)
            return follow_rows(connection, delivery)

        return await self._database.write(work)

    async def save_decided(self, parcel: Parcel, settled: Settled) -> None:
        """Store what another decision has made of a held intent."""
        await self._database.write(
            lambda connection: store_decided(connection, parcel, settled)
        )

    async def save_after_crash(
        self, deliveries: Sequence[Delivery], at: Instant
    ) -> None:
        """Store what became of all that was in mid-call when we died."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE attempt SET ended_at = ?, evidence = ?, detail = ?"
                " WHERE ended_at IS NULL",
                (at, Evidence.UNKNOWN.value, "Interrupted in mid-call"),
            )
            for delivery in deliveries:
                connection.execute(UPDATE_INTENT, to_row(delivery))
                follow_rows(connection, delivery)

        await self._database.write(work)

    async def change(
        self,
        intent_id: str,
        change: Callable[[Delivery], Delivery],
        *,
        attempt: AttemptEntry | None = None,
        news: ReceiptEntry | None = None,
    ) -> Parcel | None:
        """Change an intent that nobody is carrying at the moment.

        Read and written in one piece, so that two changes at once both count.
        Returns the parcel if anything is different now.
        """

        def work(connection: sqlite3.Connection) -> Parcel | None:
            row = connection.execute(
                f"{SELECT_PARCEL} WHERE intent.id = ?", (intent_id,)
            ).fetchone()
            if row is None:
                return None
            parcel = parcel_of(row)
            if attempt is not None:
                store_attempt(connection, intent_id, attempt)
            if news is not None:
                store_receipt(connection, intent_id, news)
            changed = change(parcel.delivery)
            if changed == parcel.delivery:
                return None
            connection.execute(UPDATE_INTENT, to_row(changed))
            follow_rows(connection, changed)
            return replace(parcel, delivery=changed)

        return await self._database.write(work)

    async def note(self, intent_id: str, reasons: Iterable[str]) -> None:
        """Add reasons to those of the plan: what kept it from going as planned."""
        rows = [(reason, intent_id) for reason in reasons]
        await self._database.write(
            lambda connection: connection.executemany(
                "UPDATE intent SET plan_reasons = json_insert(plan_reasons, '$[#]', ?)"
                " WHERE id = ?",
                rows,
            )
        )

    async def sent_since(self, instant: Instant) -> list[tuple[str, str, Instant]]:
        """What was handed to channels: to whom, by which, when; the oldest first."""
        return await self._database.read(partial(sent_since, instant=instant))

    async def others_open(self, intent_id: str) -> list[str]:
        """The open intents of the same notifications, of other recipients."""
        return await self._ids(
            "SELECT other.id FROM intent JOIN intent AS other"
            " ON other.notification_id = intent.notification_id"
            " WHERE (intent.id = ?1 OR intent.led_by = ?1) AND other.id <> intent.id"
            " AND other.finished_at IS NULL ORDER BY other.id",
            intent_id,
        )

    async def open_with_tag(self, tag: str) -> list[str]:
        """The open intents of all messages that carry this tag."""
        return await self._ids(
            "SELECT intent.id FROM intent"
            " JOIN notification ON notification.id = intent.notification_id"
            " WHERE notification.tag = ? AND intent.finished_at IS NULL"
            " ORDER BY intent.id",
            tag,
        )

    async def of_notification(self, notification_id: str) -> list[Parcel]:
        """All intents of a notification; none if it is not known (any more)."""
        return await self._parcels(
            "WHERE intent.notification_id = ? ORDER BY intent.id", notification_id
        )

    async def answered_elsewhere(self) -> list[tuple[str, Evidence]]:
        """Open intents of which another recipient has seen or acknowledged theirs."""
        rows = await self._database.read(
            lambda connection: connection.execute(
                "SELECT intent.id, other.evidence FROM intent JOIN intent AS other"
                " ON other.notification_id = intent.notification_id"
                " AND other.id <> intent.id WHERE intent.finished_at IS NULL"
                " AND other.evidence IN ('seen', 'acknowledged')"
            ).fetchall()
        )
        return [(row["id"], Evidence(row["evidence"])) for row in rows]

    async def first_acknowledgement(
        self, notification_id: str
    ) -> tuple[str, Instant, str] | None:
        """Who was first, when, and in which words; None while nobody was."""
        row = await self._database.read(
            lambda connection: connection.execute(
                "SELECT receipt.who, receipt.at, receipt.text FROM receipt"
                " JOIN intent ON intent.id = receipt.intent_id"
                " WHERE intent.notification_id = ? AND receipt.evidence = ?"
                " ORDER BY receipt.number, receipt.at LIMIT 1",
                (notification_id, Evidence.ACKNOWLEDGED.value),
            ).fetchone()
        )
        return None if row is None else (row["who"], row["at"], row["text"])

    async def intents_with_tag(self, tag: str) -> list[str]:
        """The intents of the latest notification that carried this tag."""
        return await self._ids(
            "SELECT intent.id FROM intent WHERE notification_id ="
            " (SELECT id FROM notification WHERE tag = ?"
            " ORDER BY created_at DESC LIMIT 1) ORDER BY intent.id",
            tag,
        )

    async def records_since(self, instant: Instant) -> list[IntentRecord]:
        """All intents released since then, and all older ones that are open."""
        parcels = await self._parcels(
            "WHERE intent.released_at >= ? OR intent.finished_at IS NULL"
            " ORDER BY intent.released_at, intent.id",
            instant,
        )
        return [parcel.record() for parcel in parcels]

    async def last_notification(self) -> Notification | None:
        """The newest notification, if there was any."""
        parcels = await self._parcels(
            "WHERE intent.notification_id = (SELECT id FROM notification"
            " ORDER BY created_at DESC, id DESC LIMIT 1) LIMIT 1"
        )
        return parcels[0].notification if parcels else None

    async def _ids(self, query: str, value: str) -> list[str]:
        rows = await self._database.read(
            lambda connection: connection.execute(query, (value,)).fetchall()
        )
        return [row["id"] for row in rows]

    async def _parcels(self, condition: str, *values: str | float) -> list[Parcel]:
        return await self._database.read(
            lambda connection: [
                parcel_of(row)
                for row in connection.execute(f"{SELECT_PARCEL} {condition}", values)
            ]
        )
