"""How an intent and all about it stand in the tables, and come out of them again.

Statements and values only; which rows are read or written, and when, is the outbox's.
"""

from __future__ import annotations

from dataclasses import replace
import json
import sqlite3
from typing import Any

from ..engine.delivery.record import DeliveryRow, from_row, to_row
from ..engine.routing.putting_off import put_off_until
from ..engine.vocabulary import (
    ContactKind,
    Notification,
    Priority,
    Words,
)
from .bundle_rows import bundle_of
from .decision_text import latest_of, with_another
from .message_rows import from_parts, to_parts
from .parcel import NOTHING_ASKED, Parcel, Settled, digest_at

_DELIVERY_COLUMNS = tuple(DeliveryRow.__annotations__)
# of a delivery, what only another decision changes
_FIXED = frozenset(
    {"id", "priority", "deadline", "steps", "repeats", "yields_to", "provisional"}
)

_INSERT_INTENT = (
    "INSERT INTO intent ("
    + ", ".join(_DELIVERY_COLUMNS)
    + ", notification_id, recipient_id, recipient_name, plan_reasons, created_at,"
    " words, decisions)"
    " VALUES ("
    + ", ".join(f":{column}" for column in _DELIVERY_COLUMNS)
    + ", :notification_id, :recipient_id, :recipient_name, :plan_reasons, :created_at,"
    " :words, :decisions)"
)
UPDATE_INTENT = (
    "UPDATE intent SET "
    + ", ".join(
        f"{column} = :{column}" for column in _DELIVERY_COLUMNS if column not in _FIXED
    )
    + " WHERE id = :id"
)
_UPDATE_DECIDED = (
    "UPDATE intent SET "
    + ", ".join(f"{column} = :{column}" for column in _DELIVERY_COLUMNS)
    + ", plan_reasons = :plan_reasons, words = :words, decisions = :decisions"
    " WHERE id = :id"
)
SELECT_PARCEL = (
    "SELECT intent.*, notification.event, notification.category, notification.title,"
    " notification.message, notification.tag, notification.source,"
    " notification.is_test, notification.data,"
    " notification.priority AS own_priority,"
    " notification.created_at AS told_at, notification.deadline AS told_until,"
    " bundle.tag AS bundle_tag, bundle.number AS bundle_number,"
    " bundle.texts AS bundle_texts"
    " FROM intent JOIN notification ON notification.id = intent.notification_id"
    " LEFT JOIN bundle ON bundle.intent_id = intent.id"
)


def store_intent(
    connection: sqlite3.Connection, parcel: Parcel, settled: Settled
) -> None:
    """Store a new intent with what was decided, and why."""
    connection.execute(
        _INSERT_INTENT,
        {
            **to_row(parcel.delivery),
            "notification_id": parcel.notification.id,
            "recipient_id": parcel.recipient_id,
            "recipient_name": parcel.recipient_name,
            "plan_reasons": json.dumps(settled.reasons),
            "created_at": parcel.created_at,
            "words": _written(parcel.words),
            "decisions": _decisions("[]", settled),
        },
    )


def store_decided(
    connection: sqlite3.Connection, parcel: Parcel, settled: Settled
) -> None:
    """Store what became of a held intent, with the decision behind it."""
    row = connection.execute(
        "SELECT decisions FROM intent WHERE id = ?", (parcel.delivery.intent_id,)
    ).fetchone()
    before = "[]" if row is None else row["decisions"]
    connection.execute(
        _UPDATE_DECIDED,
        {
            **to_row(parcel.delivery),
            "plan_reasons": json.dumps(settled.reasons),
            "words": _written(parcel.words),
            "decisions": _decisions(before, settled),
        },
    )


def _decisions(before: str, settled: Settled) -> str:
    """The decisions of before, with this one if there was one."""
    if settled.decision is None:
        return before
    return with_another(before, settled.decision, settled.asked)


def notification_of(row: Any) -> Notification:
    """A row of the table of notifications as a value."""
    return Notification(
        id=row["id"],
        event=row["event"],
        category=row["category"],
        priority=Priority(row["priority"]),
        title=row["title"],
        message=row["message"],
        tag=row["tag"],
        created_at=row["created_at"],
        deadline=row["deadline"],
        source=row["source"],
        is_test=bool(row["is_test"]),
        data=json.loads(row["data"]),
    )


def parcel_of(row: Any) -> Parcel:
    """A row of `SELECT_PARCEL` as a value."""
    columns: DeliveryRow = {column: row[column] for column in _DELIVERY_COLUMNS}  # type: ignore[assignment]  # the names are DeliveryRow's own
    latest = latest_of(row["decisions"])
    return Parcel(
        notification=replace(
            notification_of(row),
            id=row["notification_id"],
            priority=Priority(row["own_priority"]),
            created_at=row["told_at"],
            deadline=row["told_until"],
        ),
        delivery=from_row(columns),
        recipient_id=row["recipient_id"],
        recipient_name=row["recipient_name"],
        created_at=row["created_at"],
        words=_read(row["words"]),
        level=None if latest is None else latest.decision.level,
        acknowledge=latest is not None and latest.decision.acknowledge,
        company=0.0 if latest is None else latest.decision.company,
        asked=NOTHING_ASKED if latest is None else latest.asked,
        bundle=bundle_of(row),
        digest_at=None if latest is None else digest_at(latest.decision),
        put_off_until=None if latest is None else put_off_until(latest.decision),
    )


def _written(words: Words) -> str:
    """The words as they are stored."""
    return json.dumps(
        {
            "language": words.language,
            "messages": to_parts(words.messages),
            "addresses": {kind.value: at for kind, at in words.addresses.items()},
        }
    )


def _read(stored: str) -> Words:
    """The words as they were stored; of intents from before there were any: none."""
    found = json.loads(stored)
    return Words(
        language=found.get("language", ""),
        messages=from_parts(found.get("messages", {})),
        addresses={
            ContactKind(kind): at for kind, at in found.get("addresses", {}).items()
        },
    )


def store_notification(
    connection: sqlite3.Connection, notification: Notification
) -> None:
    """Store a notification inside somebody else's transaction."""
    connection.execute(
        "INSERT INTO notification (id, event, category, priority, title, message, tag,"
        " created_at, deadline, source, is_test, data)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            notification.id,
            notification.event,
            notification.category,
            notification.priority.value,
            notification.title,
            notification.message,
            notification.tag,
            notification.created_at,
            notification.deadline,
            notification.source,
            notification.is_test,
            json.dumps(dict(notification.data)),
        ),
    )
