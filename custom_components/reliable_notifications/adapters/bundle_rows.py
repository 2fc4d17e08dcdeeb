"""Messages that are told together, as rows: who leads them, in which words.

One intent leads and is told; the others carry its id and end in the transaction in
which it ends, each once. Must not decide what the leader's end means for them.
"""

from __future__ import annotations

from collections.abc import Sequence
import json
import sqlite3
from typing import Any

from ..engine.delivery.following import Followed, SetFree, follow
from ..engine.delivery.record import Delivery
from ..engine.delivery.strength import weaker_than
from ..engine.vocabulary import Instant
from .message_rows import from_parts, to_parts
from .parcel import Bundle

# what is known of the leader is known of those that it leads, unless they know more
_LEARN = (
    "UPDATE intent SET evidence = :evidence, channel_id = :channel_id,"
    " proven_at = coalesce(proven_at, :proven_at) WHERE led_by = :id"
    " AND coalesce(evidence, '') IN (SELECT value FROM json_each(:weaker))"
)
_END = (
    "UPDATE intent SET state = ?, reason = ?, finished_at = ?, wake_at = NULL"
    " WHERE led_by = ? AND finished_at IS NULL"
)
_SET_FREE = (
    "UPDATE intent SET state = 'queued', led_by = NULL, reason = ''"
    " WHERE led_by = ? AND finished_at IS NULL RETURNING id"
)
_LEAD = (
    "UPDATE intent SET state = 'waiting', led_by = ?, wake_at = NULL, released_at = ?,"
    " reason = ? WHERE id = ? AND finished_at IS NULL"
)


def store_bundle(
    connection: sqlite3.Connection,
    leader_id: str,
    bundle: Bundle,
    led: Sequence[str],
    at: Instant,
) -> None:
    """From now on these intents are led by that one."""
    connection.execute(
        "INSERT INTO bundle (intent_id, tag, number, texts) VALUES (?, ?, ?, ?)",
        (leader_id, bundle.tag, bundle.number, json.dumps(to_parts(bundle.texts))),
    )
    reason = f"Told in one message with {bundle.number - 1} others"
    connection.executemany(_LEAD, [(leader_id, at, reason, each) for each in led])


def follow_rows(connection: sqlite3.Connection, leader: Delivery) -> list[str]:
    """Bring those that are led to where their leader is, if it leads any.

    Returns the ids of those that go their own ways again.
    """
    if leader.evidence is not None:
        connection.execute(
            _LEARN,
            {
                "id": leader.intent_id,
                "evidence": leader.evidence.value,
                "channel_id": leader.channel_id,
                "proven_at": leader.proven_at,
                "weaker": json.dumps(["", *weaker_than(leader.evidence)]),
            },
        )
    match follow(leader):
        case Followed(state=state, reason=reason):
            connection.execute(
                _END, (state.value, reason, leader.finished_at, leader.intent_id)
            )
        case SetFree():
            freed = connection.execute(_SET_FREE, (leader.intent_id,)).fetchall()
            return [row["id"] for row in freed]
        case None:
            pass
    return []


def bundle_of(row: Any) -> Bundle | None:
    """The bundle in a row of a parcel; None where it leads no others."""
    if row["bundle_texts"] is None:
        return None
    return Bundle(
        tag=row["bundle_tag"],
        number=row["bundle_number"],
        texts=from_parts(json.loads(row["bundle_texts"])),
    )
